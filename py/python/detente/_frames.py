"""Frames of pandas, polars, pyarrow and DuckDB, and other Arrow streams."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import _native, _records
from ._engine import reporter
from ._errors import DetenteWarning

if TYPE_CHECKING:
    from ._engine import Progress
    from ._records import Date

ROWS_PER_CHUNK = 1024

# Doubts that are in the column `warnings` but are not worth a warning of Python.
QUIET = ("date-doubt", "html")

Finding = tuple[int, int, str]


class ArrowScores:
    """The scores of an Arrow stream. They are computed as they are read, once.

    Any library that reads Arrow streams takes it: ``pyarrow.table(scores)``, ``polars.DataFrame(scores)``.
    """

    __slots__ = ("__weakref__", "_native")

    def __init__(self, native: _native.ArrowScores) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    @property
    def column_names(self) -> list[str]:
        """Names of the columns."""
        return self._native.column_names

    @property
    def rows(self) -> int:
        """Number of rows so far."""
        return self._native.rows

    @property
    def warnings(self) -> dict[str, Finding]:
        """By kind, the number of warnings so far, the first row (from 0) and its message."""
        return self._native.warnings

    @property
    def errors(self) -> Finding | None:
        """The number of rows with an error so far, the first one (from 0) and its message."""
        return self._native.errors

    def __repr__(self) -> str:
        return f"ArrowScores({', '.join(self.column_names)}; {self.rows} rows so far)"


def warn_of(found: Mapping[str, Finding], errors: Finding | None, rows: int) -> None:
    """Warn of what was found in the rows of a stream. The native reader calls it at the end."""
    if errors is not None:
        count, _, message = errors
        text = f"{count} of {rows} rows have no score; the first is {message} (column error has all)"
        warnings.warn(text, DetenteWarning, stacklevel=3)
    for kind, (count, row, message) in found.items():
        if kind not in QUIET:
            text = f"{kind} in {count} of {rows} rows; the first is row {row}: {message} (column warnings has all)"
            warnings.warn(text, DetenteWarning, stacklevel=3)


def _options(
    names: dict[str, str | None],
    statements: bool,
    keep: bool,
    prefix: str,
    json: bool,
    items: bool,
    n_jobs: int | None,
    progress: bool | Progress,
    default_date: Date | None,
) -> dict[str, object]:
    return {
        "fields": names,
        "statements": statements,
        "keep": keep,
        "prefix": prefix,
        "json": json and not statements,
        "items": items and not statements,
        "jobs": n_jobs,
        "date": _records.iso_date(default_date),
        "progress": reporter(progress),
    }


def score_arrow(
    engine: _native.Engine,
    data: object,
    names: dict[str, str | None],
    statements: bool,
    keep: bool,
    prefix: str,
    json: bool,
    items: bool,
    n_jobs: int | None,
    progress: bool | Progress,
    default_date: Date | None,
) -> ArrowScores:
    """Score the rows of an Arrow stream."""
    options = _options(names, statements, keep, prefix, json, items, n_jobs, progress, default_date)
    return ArrowScores(engine.score_arrow(data, options))


def score_frame(
    engine: _native.Engine,
    frame: Any,
    names: dict[str, str | None],
    statements: bool,
    prefix: str,
    json: bool,
    items: bool,
    n_jobs: int | None,
    progress: bool | Progress,
    default_date: Date | None,
) -> Any:
    """Score the rows of a frame and return the same kind."""
    options = _options(names, statements, True, prefix, json, items, n_jobs, progress, default_date)
    kind = f"{type(frame).__module__.split('.')[0].lstrip('_')}.{type(frame).__name__}"
    if kind == "pandas.DataFrame":
        return _score_pandas(engine, frame, names, options)
    if kind == "polars.LazyFrame":
        return _score_lazy(engine, frame, options)
    if not hasattr(frame, "__arrow_c_stream__"):
        raise TypeError(
            f"{kind} is no frame: a frame of pandas or polars, a table, batch or reader of pyarrow, a relation of "
            "DuckDB or an object with __arrow_c_stream__ is needed"
        )
    scores = ArrowScores(engine.score_arrow(frame, options))
    if kind == "polars.DataFrame":
        import polars

        return polars.DataFrame(scores)
    if kind.startswith("pyarrow."):
        import pyarrow

        if kind.endswith(".RecordBatchReader"):
            return pyarrow.RecordBatchReader.from_stream(scores)
        table = pyarrow.table(scores)
        if kind.endswith(".RecordBatch"):
            (batch,) = table.combine_chunks().to_batches() or [pyarrow.RecordBatch.from_pylist([], table.schema)]
            return batch
        return table
    if kind.startswith("duckdb."):
        import duckdb
        import pyarrow

        return duckdb.from_arrow(pyarrow.table(scores))
    return scores


def _score_lazy(engine: _native.Engine, frame: Any, options: dict[str, object]) -> Any:
    """Return a lazy frame of polars whose batches are scored when it is collected."""
    import polars

    def scored(batch: Any) -> Any:
        return polars.DataFrame(ArrowScores(engine.score_arrow(batch, options)))

    return frame.map_batches(scored, schema=dict(scored(frame.collect_schema().to_frame()).schema))


def _score_pandas(engine: _native.Engine, frame: Any, names: dict[str, str | None], options: dict[str, object]) -> Any:
    import pandas

    if not frame.columns.is_unique:
        repeated = frame.columns[frame.columns.duplicated()][0]
        raise ValueError(f"two columns are named {repeated!r}")
    wanted = [name.split(".")[0] if name not in frame.columns else name for name in _named(names)]
    for option, name in names.items():
        if option != "date_format" and name is not None and name not in frame.columns:
            columns = ", ".join(map(str, frame.columns))
            raise ValueError(f"column {name!r} ({option}=) is missing; the columns are {columns}")
    options = {**options, "keep": False}
    try:
        import pyarrow
    except ImportError:
        scores = engine.score_rows(_row_chunks(frame, names), options)
    else:
        scores = engine.score_arrow(_arrow_of(pyarrow, frame, wanted, names), options)
    taken = [name for name in scores.column_names if name in frame.columns]
    if taken:
        raise ValueError(
            f"the input has columns of the names that are added: {', '.join(taken)}; prefix= renames the added ones"
        )
    kinds = {"float": "float64", "int": "Int32", "str": "string", "bytes": "object"}
    added = {
        name: pandas.Series(values, index=frame.index, dtype=kinds[kind]) for name, kind, values in scores.columns()
    }
    return pandas.concat([frame, pandas.DataFrame(added, index=frame.index)], axis=1)


def _named(names: Mapping[str, str | None]) -> list[str]:
    return [name for option, name in names.items() if option != "date_format" and name is not None]


def _arrow_of(pyarrow: Any, frame: Any, wanted: list[str], names: Mapping[str, str | None]) -> Any:
    """Return the columns that may be read as an Arrow table; others stay in the frame only."""
    columns = {}
    for name in frame.columns:
        try:
            columns[str(name)] = pyarrow.Array.from_pandas(frame[name])
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError) as error:
            if name in wanted:
                raise TypeError(_mixed(frame[name], name, str(error))) from None
    _check_text(frame, names)
    return pyarrow.table(columns)


def _check_text(frame: Any, names: Mapping[str, str | None]) -> None:
    name = names["text"]
    if name is not None and frame[name].dtype.kind in "iufbmM":
        raise TypeError(f"column {name!r} (text=) has type {frame[name].dtype}; strings are needed")


def _mixed(column: Any, name: str, message: str) -> str:
    """Say which row of a column of mixed types is not a text."""
    missing = column.isna()
    for row, value in enumerate(column):
        if not isinstance(value, str) and not missing.iloc[row]:
            return f"column {name!r}, row {row}: a {type(value).__name__}, not a str"
    return f"column {name!r}: {message}"


def _row_chunks(frame: Any, names: Mapping[str, str | None]) -> Iterator[tuple[bytes, int]]:
    """Return the rows as lines of JSON, for machines without pyarrow."""
    _check_text(frame, names)
    text = names["text"]
    columns = [str(name) for name in frame.columns]
    rows = enumerate(frame.itertuples(index=False, name=None))
    while chunk := list(islice(rows, ROWS_PER_CHUNK)):
        lines = []
        for row, values in chunk:
            record = dict(zip(columns, values, strict=True))
            if text is not None and not _is_text(record[text]):
                raise TypeError(f"column {text!r}, row {row}: a {type(record[text]).__name__}, not a str")
            lines.append(_records.encode_record(record))
        yield b"".join(lines), len(lines)


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, (str, float)) or type(value).__name__ == "NAType"
