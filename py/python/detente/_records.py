"""Records, texts and paths as the native reader takes them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import TypeAlias

from ._native import ArticleStream

Record: TypeAlias = Mapping[str, object]
Article: TypeAlias = "str | os.PathLike[str] | Record"
"""A ``str`` is a text, a path is a file and a mapping is a record."""

Date: TypeAlias = "str | date | datetime"

FIELDS = ("text", "date", "date_format", "title", "id", "source", "group")
RECORDS_PER_CHUNK = 64


def field_names(fields: Mapping[str, str] | None) -> dict[str, str | None]:
    """Return the name of each field, where ``None`` tries the usual names."""
    fields = fields or {}
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ValueError(f"unknown fields {', '.join(unknown)}; the fields are {', '.join(FIELDS)}")
    return {name: fields.get(name) for name in FIELDS}


def iso_date(value: Date | None) -> str | None:
    """Return a day as ``YYYY-MM-DD``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a date is a datetime.date or a str as YYYY-MM-DD, not {type(value).__name__}")


def parties_file(parties: Mapping[str, Iterable[str]] | os.PathLike[str] | None) -> str | None:
    """Return the text of a parties file."""
    if parties is None:
        return None
    if isinstance(parties, os.PathLike):
        with open(parties, encoding="utf-8") as file:
            return file.read()
    if not isinstance(parties, Mapping):
        raise TypeError("parties is a mapping of ids to lists of names, or the path of a parties file")
    rows = []
    for id, names in parties.items():
        if isinstance(names, str):
            raise TypeError(f"parties[{id!r}] is a list of names, not a str")
        first, *more = [*names] or [id]
        rows.append({"id": id, "name": first, "aliases": more})
    return json.dumps(rows) if rows else None


def encode_record(record: Record) -> bytes:
    """Return a record as one line of JSON."""
    plain = record if isinstance(record, dict) else dict(record)
    try:
        line = json.dumps(plain, ensure_ascii=False, allow_nan=False, default=_plain)
    except ValueError:
        line = json.dumps(_without_nan(plain), ensure_ascii=False, allow_nan=False, default=_plain)
    return line.encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat() if value == value else None
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    for method in ("tolist", "item"):
        convert: Callable[[], object] | None = getattr(value, method, None)
        if convert is not None:
            return _without_nan(convert())
    raise TypeError(f"a value of type {type(value).__name__} cannot be read")


def _without_nan(value: object) -> object:
    """Replace numbers that are not finite, which stand for missing values in frames."""
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return value


def stream_of(
    articles: Iterable[Article] | os.PathLike[str],
    fields: Mapping[str, str] | None,
    name: str,
    date: Date | None,
) -> ArticleStream | None:
    """Return the articles as a native stream; ``None`` if there are none."""
    if isinstance(articles, (str, bytes)):
        raise TypeError("several articles are needed, such as a list of texts; score() takes a single text")
    if isinstance(articles, Mapping):
        raise TypeError("several articles are needed, such as a list of records; score() takes a single record")
    names, day = field_names(fields), iso_date(date)
    if isinstance(articles, os.PathLike):
        os.stat(articles)
        return ArticleStream.from_files([articles], names, day)
    iterator = iter(articles)
    first = next(iterator, None)
    if first is None:
        return None
    items = enumerate(chain([first], iterator))
    if isinstance(first, str):
        return ArticleStream.from_texts(_texts(items, name), day)
    if isinstance(first, Mapping):
        return ArticleStream.from_records(_chunks(items), name, names, day)
    if isinstance(first, os.PathLike):
        paths = []
        for row, item in items:
            _checked(item, os.PathLike, row)
            if isinstance(item, os.PathLike):
                os.stat(item)
                paths.append(item)
        return ArticleStream.from_files(paths, names, day)
    raise wrong_type(first, "item 0")


def wrong_type(value: object, what: str) -> TypeError:
    """Return the error for a value that is no article."""
    return TypeError(
        f"{what} is a {type(value).__name__}; an article is a str (its text), a path (its file) or a mapping "
        "(a record with text, date, …)"
    )


def _checked(item: object, kind: type, row: int) -> None:
    if isinstance(item, kind):
        return
    raise TypeError(
        f"item {row} is a {type(item).__name__}, but earlier items are not: all items must be of one kind"
        if isinstance(item, (str, Mapping, os.PathLike))
        else str(wrong_type(item, f"item {row}"))
    )


def _texts(items: Iterator[tuple[int, object]], name: str) -> Iterator[tuple[str, str]]:
    for row, item in items:
        _checked(item, str, row)
        yield f"{name}#{row + 1}", str(item)


def _chunks(items: Iterator[tuple[int, object]]) -> Iterator[bytes]:
    while lines := [_line(row, item) for row, item in islice(items, RECORDS_PER_CHUNK)]:
        yield b"".join(lines)


def _line(row: int, item: object) -> bytes:
    _checked(item, Mapping, row)
    try:
        return encode_record(item)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise type(error)(f"record {row}: {error}") from None
