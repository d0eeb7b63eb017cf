"""Timelines, comparisons and briefs."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import _native, _notebook, _records
from ._api import default_engine
from ._engine import Engine, _jobs, reporter
from ._errors import DataError, DetenteWarning
from ._results import Scored

if TYPE_CHECKING:
    from ._engine import Progress
    from ._records import Date

BATCH = 512

Json = dict[str, Any]


class _Report:
    """A result that is written in the formats of the program."""

    __slots__ = ("__weakref__", "_native")

    def __init__(self, native: _native.Report) -> None:
        self._native = native

    def to_json(self) -> str:
        """Return what the program writes with ``--format json``."""
        return self._native.render("json")

    def to_dict(self) -> Json:
        """Return the object of :meth:`to_json`."""
        found: Json = json.loads(self.to_json())
        return found

    def to_text(self) -> str:
        """Return the report as text."""
        return self._native.render("text")

    def to_markdown(self) -> str:
        """Return the report as Markdown."""
        return self._native.render("markdown")

    def to_html(self) -> str:
        """Return the report as a page."""
        return self._native.render("html")

    def _repr_html_(self) -> str:
        return _notebook.framed(self.to_html(), height=560)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.to_text(), "text/html": self._repr_html_()}


class _Chart(_Report):
    """A report with a chart and a table."""

    __slots__ = ()

    def to_svg(self) -> str:
        """Return the chart."""
        return self._native.render("svg")

    def to_csv(self) -> str:
        """Return the table that the program writes with ``--format csv``."""
        return self._native.render("csv")

    def to_columns(self) -> dict[str, list[str | float | None]]:
        """Return the table by column, with numbers as numbers."""
        header, *rows = csv.reader(io.StringIO(self.to_csv()))
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
        return {name: _cells(cells) for name, cells in zip(header, columns, strict=True)}

    def to_frame(self) -> Any:
        """Return the table as a frame of pandas, or of polars where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            import polars

            return polars.DataFrame(self.to_columns())
        return pandas.DataFrame(self.to_columns())

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def _repr_html_(self) -> str:
        return self.to_svg()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.to_text(), "text/html": self.to_svg(), "image/svg+xml": self.to_svg()}


def _cells(cells: Iterable[str]) -> list[str | float | None]:
    texts = list(cells)
    try:
        return [float(text) if text else None for text in texts]
    except ValueError:
        return [text or None for text in texts]


class Timeline(_Chart):
    """Outlooks over time."""

    __slots__ = ()

    @property
    def series(self) -> list[Json]:
        """The series with their points, turning points and highest and lowest stories."""
        return list(self.to_dict()["series"])

    @property
    def articles(self) -> int:
        """Number of articles."""
        return int(self.to_dict()["articles"])

    @property
    def stories(self) -> int:
        """Number of stories; near-duplicates are one."""
        return int(self.to_dict()["stories"])

    def __repr__(self) -> str:
        found = self.to_dict()
        names = ", ".join(series["key"] for series in found["series"][:4])
        return f"Timeline({found['articles']} articles, {found['stories']} stories by {found['period']}: {names})"


class Comparison(_Chart):
    """The difference of two sets of articles, and what causes it."""

    __slots__ = ()

    @property
    def difference(self) -> float:
        """Score of the second set less that of the first."""
        return float(self.to_dict()["difference"])

    def __repr__(self) -> str:
        return f"Comparison({self.to_dict()['verdict']})"


class Brief(_Report):
    """Negotiations on a page each."""

    __slots__ = ()

    @property
    def briefs(self) -> list[Json]:
        """The brief of each negotiation."""
        return list(self.to_dict()["briefs"])

    def __repr__(self) -> str:
        return f"Brief({', '.join(str(brief['name']) for brief in self.briefs)})"


def timeline(
    articles: Any,
    *,
    engine: Engine | None = None,
    period: str = "week",
    by: str | Iterable[str] | None = None,
    place: str = "article",
    weights: str = "equal",
    fill: str = "none",
    smooth: str = "level",
    half_life: float = 28.0,
    min_segment: int = 5,
    alpha: float = 0.05,
    causal: bool = False,
    since: Date | None = None,
    until: Date | None = None,
    allow_mixed: bool = False,
    fields: Mapping[str, str] | None = None,
    n_jobs: int | None = None,
    errors: str = "raise",
    progress: bool | Progress = False,
) -> Timeline:
    """Compute outlooks over time.

    Parameters
    ----------
    articles
        Scored articles (:class:`Scored`, dictionaries or packed items), articles to score (texts, records, paths), a
        frame of either, or the path of a file of either.
    engine
        Scores what is not scored yet; by default with the built-in model.
    period
        ``day``, ``week``, ``month``, ``quarter`` or ``year``.
    by
        One series for each ``side``, ``speaker``, ``source``, ``negotiation`` or ``domain``.
    place
        The date that counts: that of the ``article``, or of the events that a ``statement`` describes.
    weights, fill, smooth, half_life, min_segment, alpha, causal, since, until, allow_mixed
        As the options of ``detente timeline``.
    fields
        Names of the fields of records.
    errors
        ``raise`` the first error of an article, or ``warn`` of errors and leave these articles out.
    n_jobs, progress
        As in :meth:`Engine.score_many`.

    """
    groups = [by] if isinstance(by, str) else list(by or [])
    collector = _native.Collector(
        place == "statement" or not {"side", "speaker"}.isdisjoint(groups), False, False, _jobs(n_jobs)
    )
    _Collection(collector, engine, fields, errors, progress).add(articles, second=False)
    options = {
        "period": period,
        "by": groups,
        "place": place,
        "weights": weights,
        "fill": fill,
        "smooth": smooth,
        "half_life": half_life,
        "min_segment": min_segment,
        "alpha": alpha,
        "causal": causal,
        "news_until": None,
        "limits": _limits(since, until, allow_mixed),
    }
    return Timeline(collector.timeline(options))


def compare(
    first: Any,
    second: Any = None,
    *,
    engine: Engine | None = None,
    names: tuple[str, str] = ("first", "second"),
    split: Date | None = None,
    before: Date | None = None,
    after: Date | None = None,
    sides: tuple[str, str] | None = None,
    since: Date | None = None,
    until: Date | None = None,
    allow_mixed: bool = False,
    fields: Mapping[str, str] | None = None,
    n_jobs: int | None = None,
    errors: str = "raise",
    progress: bool | Progress = False,
) -> Comparison:
    """Compare two sets of articles, or two periods or sides of one set.

    ``split`` compares articles before a day with those on or after it, ``before`` and ``after`` leave out what is
    between, ``sides`` compares the statements of two sides. The other arguments are those of :func:`timeline`.
    """
    if second is None and split is None and sides is None and (before is None or after is None):
        raise ValueError("compare() needs two sets, split=, before= with after=, or sides=")
    collector = _native.Collector(True, True, False, _jobs(n_jobs))
    collection = _Collection(collector, engine, fields, errors, progress)
    collection.add(first, second=False)
    if second is not None:
        collection.add(second, second=True)
    options = {
        "names": None if second is None else tuple(names),
        "split": _records.iso_date(split),
        "before": _records.iso_date(before),
        "after": _records.iso_date(after),
        "sides": sides,
        "limits": _limits(since, until, allow_mixed),
    }
    return Comparison(collector.compare(options))


def brief(
    articles: Any,
    *,
    engine: Engine | None = None,
    since: Date | None = None,
    until: Date | None = None,
    period: str | None = None,
    about: str | Iterable[str] = (),
    allow_mixed: bool = False,
    fields: Mapping[str, str] | None = None,
    n_jobs: int | None = None,
    errors: str = "raise",
    progress: bool | Progress = False,
) -> Brief:
    """Summarise negotiations on a page each: where they stand, what changed, who moved, what comes next.

    The arguments are those of :func:`timeline`; ``since`` is the day of the change, ``about`` keeps articles with one
    of these words.
    """
    collector = _native.Collector(True, True, True, _jobs(n_jobs))
    _Collection(collector, engine, fields, errors, progress).add(articles, second=False)
    options = {
        "since": _records.iso_date(since),
        "until": _records.iso_date(until),
        "period": period,
        "about": [about] if isinstance(about, str) else list(about),
        "allow_mixed": allow_mixed,
        "news_until": None,
    }
    return Brief(collector.brief(options))


def _limits(since: Date | None, until: Date | None, allow_mixed: bool) -> dict[str, object]:
    return {"since": _records.iso_date(since), "until": _records.iso_date(until), "allow_mixed": allow_mixed}


class _Collection:
    """Adds articles in any form to a collector."""

    def __init__(
        self,
        collector: _native.Collector,
        engine: Engine | None,
        fields: Mapping[str, str] | None,
        errors: str,
        progress: bool | Progress,
    ) -> None:
        if errors not in ("raise", "warn"):
            raise ValueError(f"errors must be 'raise' or 'warn', not {errors!r}")
        self.collector = collector
        self.engine = engine or default_engine
        self.fields = fields
        self.errors = errors
        self.report = reporter(progress)
        self.count = 0

    def add(self, articles: Any, *, second: bool) -> None:
        """Add articles to the first or second set."""
        if isinstance(articles, os.PathLike):
            os.stat(articles)
            if _is_scored_file(articles):
                with open(articles, "rb") as file:
                    self._add_values(_lines(file), second)
                return
        elif not isinstance(articles, (str, bytes, Mapping)) and (
            hasattr(articles, "__arrow_c_stream__") or _is_pandas(articles)
        ):
            articles = _rows(articles)
        elif isinstance(articles, Iterable) and not isinstance(articles, (str, bytes, Mapping)):
            pass
        else:
            raise TypeError(
                "articles are needed as a list or another iterable, as a frame or as the path of a file, not as "
                f"{type(articles).__name__}"
            )
        if isinstance(articles, os.PathLike):
            self._add_raw(articles, second)
            return
        iterator = iter(articles)
        first = next(iterator, None)
        if first is None:
            return

        def again() -> Iterator[Any]:
            yield first
            yield from iterator

        if isinstance(first, (Scored, bytes)) or _is_scored_row(first):
            self._add_values(again(), second)
        else:
            self._add_raw(again(), second)

    def _add_values(self, values: Iterator[Any], second: bool) -> None:
        for row, value in enumerate(values):
            try:
                if isinstance(value, Scored):
                    self.collector.add_scored(value._native, second)
                elif isinstance(value, bytes) and not value.startswith(b"{"):
                    self.collector.add_item(value, second)
                elif isinstance(value, bytes):
                    self.collector.add_line(value, second)
                elif _is_scored_row(value):
                    self.collector.add_line(_records.encode_record(value), second)
                else:
                    raise TypeError(f"item {row} is a {type(value).__name__}; scored articles are needed, all of them")
            except DataError as error:
                self._fail(DataError(f"item {row}: {error}", kind=error.kind, row=row))
            self._done(1)

    def _add_raw(self, articles: Any, second: bool) -> None:
        stream = _records.stream_of(articles, self.fields, "record", None)
        if stream is None:
            return
        while True:
            count, failures = self.collector.add_next(self.engine._native, stream, BATCH, second)
            if count == 0:
                return
            self._done(count)
            for failure in failures:
                self._fail(failure)

    def _done(self, count: int) -> None:
        self.count += count
        if self.report is not None:
            self.report(self.count)

    def _fail(self, error: Exception) -> None:
        if self.errors == "raise":
            raise error
        warnings.warn(f"left out: {error}", DetenteWarning, stacklevel=5)


def _is_scored_row(value: object) -> bool:
    return isinstance(value, Mapping) and "schema" in value and "outlook" in value


def _is_pandas(value: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def _is_scored_file(path: os.PathLike[str]) -> bool:
    if os.path.isdir(path):
        return False
    with open(path, "rb") as file:
        head = file.read(64 << 10)
    return head.startswith(b"{") and b'"schema"' in head and b'"outlook"' in head


def _lines(file: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line in file if line.strip())


def _rows(frame: Any) -> Iterator[Any]:
    """Return the rows of a frame: packed items if it has them, else records."""
    if _is_pandas(frame):
        if "item" in frame.columns:
            return (bytes(item) for item in frame["item"] if isinstance(item, bytes))
        return iter(frame.to_dict("records"))
    import pyarrow

    reader = pyarrow.RecordBatchReader.from_stream(frame)
    if "item" in reader.schema.names:
        return (item for batch in reader for item in batch.column("item").to_pylist() if item is not None)
    return (row for batch in reader for row in batch.to_pylist())
