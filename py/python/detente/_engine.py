"""The engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from . import _native, _records
from ._results import Explained, Scored, StatementScore

if TYPE_CHECKING:
    from ._frames import ArrowScores
    from ._records import Article, Date

Frame = TypeVar("Frame")
Progress = Callable[[int], object]

BATCH = 512


class Engine:
    """A model with settings. One engine can be used from many threads at once, and in many processes.

    Parameters
    ----------
    model
        Folder that ``detente train`` wrote; ``None`` is the built-in model.
    any_language
        Score articles that are clearly not English, too.
    date_from_text
        Correct a date that the text contradicts.
    aggregate
        How statements are combined into an outlook: ``learned``, or one scheme, such as ``mean`` or ``lead``.
    parties
        Names of each party by its id, or the path of a parties file, for articles without parties.

    """

    __slots__ = ("__weakref__", "_native")

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        *,
        any_language: bool = False,
        date_from_text: bool = False,
        aggregate: str = "learned",
        parties: Mapping[str, Iterable[str]] | os.PathLike[str] | None = None,
    ) -> None:
        self._native = _native.Engine(model, any_language, date_from_text, aggregate, _records.parties_file(parties))

    @property
    def model_id(self) -> str:
        """Id of the model."""
        return self._native.model_id

    @property
    def model_checksum(self) -> str:
        """Checksum of the model (BLAKE3), which distinguishes models with one id."""
        return self._native.model_checksum

    @property
    def classes(self) -> list[str]:
        """Names of the classes that the model was trained on; empty if its labels were numbers."""
        return self._native.model_classes

    def __repr__(self) -> str:
        return f"Engine({self.model_id!r}, checksum={self.model_checksum[:16]!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return _engine_from, self._native.state()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Engine) and self._native.state() == other._native.state()

    def __hash__(self) -> int:
        return hash(self._native.state())

    def _read(
        self,
        article: Article,
        fields: Mapping[str, str] | None,
        known: dict[str, str | None],
    ) -> _native.Article:
        if isinstance(article, str):
            return _native.Article.from_text(article, "text", known)
        if isinstance(article, Mapping):
            line = _records.encode_record(article)
            return _native.Article.from_record(line, _records.field_names(fields), known)
        if isinstance(article, os.PathLike):
            os.stat(article)
            return _native.Article.from_file(article, _records.field_names(fields), known)
        hint = "; score_many() takes several articles" if isinstance(article, Iterable) else ""
        raise TypeError(str(_records.wrong_type(article, "the article")) + hint)

    def score(
        self,
        article: Article,
        *,
        id: str | None = None,
        title: str | None = None,
        date: Date | None = None,
        source: str | None = None,
        negotiation: str | None = None,
        domain: str | None = None,
        parties: Mapping[str, Iterable[str]] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Scored:
        """Score one article: a ``str`` is its text, a path its file, a mapping its record.

        The other arguments replace what the article says of itself. ``fields`` names the fields of a record, such as
        ``{"text": "body"}``; by default the usual names are tried.
        """
        known = _known(id, title, date, source, negotiation, domain, parties)
        return Scored(self._native.score(self._read(article, fields, known)))

    def score_statement(
        self, statement: str | Mapping[str, object], *, fields: Mapping[str, str] | None = None
    ) -> StatementScore:
        """Score one statement, without splitting it into sentences."""
        if isinstance(statement, str):
            statement = {"id": "text", "text": statement}
            fields = None
        elif not isinstance(statement, Mapping):
            raise TypeError(f"a statement is a str or a mapping, not a {type(statement).__name__}")
        line = _records.encode_record(statement)
        article = _native.Article.from_record(line, _records.field_names(fields), _known())
        return StatementScore(self._native.score_statement(article), article.text)

    def explain(
        self,
        article: Article,
        *,
        id: str | None = None,
        title: str | None = None,
        date: Date | None = None,
        source: str | None = None,
        negotiation: str | None = None,
        domain: str | None = None,
        parties: Mapping[str, Iterable[str]] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Explained:
        """Score one article and explain its score; the arguments are those of :meth:`score`."""
        known = _known(id, title, date, source, negotiation, domain, parties)
        return Explained(self._native.explain(self._read(article, fields, known)))

    @overload
    def score_iter(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["raise"] = "raise",
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> Iterator[Scored]: ...

    @overload
    def score_iter(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["return"],
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> Iterator[Scored | Exception]: ...

    def score_iter(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["raise", "return"] = "raise",
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> Iterator[Scored | Exception]:
        """Score several articles, one batch at a time; the arguments are those of :meth:`score_many`."""
        if errors not in ("raise", "return"):
            raise ValueError(f"errors must be 'raise' or 'return', not {errors!r}")
        return self._scored(articles, _jobs(n_jobs), errors, progress, fields, date, name)

    def _scored(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        n_jobs: int | None,
        errors: str,
        progress: bool | Progress,
        fields: Mapping[str, str] | None,
        date: Date | None,
        name: str,
    ) -> Iterator[Scored | Exception]:
        stream = _records.stream_of(articles, fields, name, date)
        if stream is None:
            return
        report, count = reporter(progress), 0
        while batch := self._native.score_next(stream, BATCH, n_jobs):
            count += len(batch)
            if report is not None:
                report(count)
            for result in batch:
                if not isinstance(result, Exception):
                    yield Scored(result)
                elif errors == "raise":
                    raise result
                else:
                    yield result

    @overload
    def score_many(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["raise"] = "raise",
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> list[Scored]: ...

    @overload
    def score_many(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["return"],
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> list[Scored | Exception]: ...

    def score_many(
        self,
        articles: Iterable[Article] | os.PathLike[str],
        *,
        n_jobs: int | None = None,
        errors: Literal["raise", "return"] = "raise",
        progress: bool | Progress = False,
        fields: Mapping[str, str] | None = None,
        date: Date | None = None,
        name: str = "record",
    ) -> list[Scored] | list[Scored | Exception]:
        """Score several articles, in order.

        Parameters
        ----------
        articles
            Texts, records or paths, all of one kind; or the path of a file or folder with several articles.
        n_jobs
            Number of threads; by default one a core.
        errors
            ``raise`` the first error, or ``return`` errors in place of results.
        progress
            ``True`` prints the count to stderr; a function is called with it.
        fields
            Names of the fields of records, such as ``{"text": "body"}``.
        date
            Date of articles without one.
        name
            Numbers the articles without an id: ``name#1``, ``name#2``, …

        """
        results = self.score_iter(
            articles,
            n_jobs=n_jobs,
            errors=errors,
            progress=progress,
            fields=fields,
            date=date,
            name=name,
        )
        return list(results)

    def score_arrow(
        self,
        data: object,
        *,
        text: str | None = None,
        date: str | None = None,
        title: str | None = None,
        id: str | None = None,
        source: str | None = None,
        group: str | None = None,
        date_format: str | None = None,
        default_date: Date | None = None,
        statements: bool = False,
        keep: bool = True,
        prefix: str = "",
        json: bool = False,
        items: bool = False,
        n_jobs: int | None = None,
        progress: bool | Progress = False,
    ) -> ArrowScores:
        """Score the rows of an Arrow table, batch or reader; see :func:`detente.score_frame`.

        The result has the method ``__arrow_c_stream__``: rows are scored as they are read, once.
        """
        from ._frames import score_arrow

        names = _frame_fields(text, date, title, id, source, group, date_format)
        options = (statements, keep, prefix, json, items, _jobs(n_jobs), progress, default_date)
        return score_arrow(self._native, data, names, *options)

    def score_frame(
        self,
        frame: Frame,
        *,
        text: str | None = None,
        date: str | None = None,
        title: str | None = None,
        id: str | None = None,
        source: str | None = None,
        group: str | None = None,
        date_format: str | None = None,
        default_date: Date | None = None,
        statements: bool = False,
        prefix: str = "",
        json: bool = False,
        items: bool = False,
        n_jobs: int | None = None,
        progress: bool | Progress = False,
    ) -> Frame:
        """Score the rows of a frame of pandas, polars or pyarrow, or of a DuckDB relation; return the same kind.

        The input columns, the order and the index are kept, and columns are added: ``score``, ``low``, ``high``,
        ``hedge``, ``reading``, ``statements``, ``bearing``, ``reason``, ``warnings`` and ``error``. A row with an
        error has the reason in ``error``; an article in which nothing bears on a negotiation has it in ``reason``.

        Parameters
        ----------
        frame
            A frame with a column of texts.
        text, date, title, id, source, group, date_format
            Names of the columns, and the form of the dates. By default the usual names are tried, as the program does.
        default_date
            Date of articles without one.
        statements
            Take each row as one statement, unsplit: the added columns are ``score``, ``bearing`` and ``hedge``.
        prefix
            Put before the names of the added columns.
        json, items
            Add a column ``json`` with the program's line, or ``item`` with the packed article that ``timeline`` reads.
        n_jobs
            Number of threads; by default one a core.
        progress
            ``True`` prints the count to stderr; a function is called with it.

        """
        from ._frames import score_frame

        names = _frame_fields(text, date, title, id, source, group, date_format)
        options = (statements, prefix, json, items, _jobs(n_jobs), progress, default_date)
        scored: Frame = score_frame(self._native, frame, names, *options)
        return scored


def _engine_from(*state: object) -> Engine:
    """Make the engine that was pickled."""
    engine = Engine.__new__(Engine)
    engine._native = _native.Engine.from_state(*state)  # type: ignore[arg-type]
    return engine


def _known(
    id: str | None = None,
    title: str | None = None,
    date: Date | None = None,
    source: str | None = None,
    negotiation: str | None = None,
    domain: str | None = None,
    parties: Mapping[str, Iterable[str]] | None = None,
) -> dict[str, str | None]:
    return {
        "id": id,
        "title": title,
        "date": _records.iso_date(date),
        "source": source,
        "negotiation": negotiation,
        "domain": domain,
        "parties": _records.parties_file(parties),
    }


def _frame_fields(
    text: str | None,
    date: str | None,
    title: str | None,
    id: str | None,
    source: str | None,
    group: str | None,
    date_format: str | None,
) -> dict[str, str | None]:
    return {
        "text": text,
        "date": date,
        "date_format": date_format,
        "title": title,
        "id": id,
        "source": source,
        "group": group,
    }


def _jobs(n_jobs: int | None) -> int | None:
    if n_jobs is None or n_jobs == -1:
        return None
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, int) or n_jobs < 1:
        raise ValueError(f"n_jobs must be a number of threads from 1, -1 or None, not {n_jobs!r}")
    return n_jobs


def reporter(progress: bool | Progress) -> Progress | None:
    """Return the function that is called with the number of articles."""
    if progress is True:
        import sys
        import time

        start = time.monotonic()

        def print_count(count: int) -> None:
            rate = count / max(time.monotonic() - start, 1e-9)
            print(f"\r{count:,} articles, {rate:,.0f} a second", end="", file=sys.stderr, flush=True)

        return print_count
    return progress or None
