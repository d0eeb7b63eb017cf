"""Scores on Spark and on engines with its API, such as Sail.

>>> from detente import spark
>>> scored = spark.score(df, items=True)                            # on all executors
>>> timeline = detente.timeline(scored.select("item").toArrow())    # on the driver

Executors get the engine by value: the built-in model as its checksum, another model as its file, which a worker opens
once. A worker of another version of the built-in model is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ._api import default_engine
from ._engine import Engine

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["SCHEMA", "score"]

SCHEMA = (
    "score double, low double, high double, hedge double, reading string, statements int, bearing int, "
    "reason string, warnings string, error string"
)
"""Columns that are added, as Spark writes a schema."""

STATEMENT_SCHEMA = "score double, bearing double, hedge double, warnings string, error string"


def score(
    frame: DataFrame,
    *,
    engine: Engine | None = None,
    fields: Mapping[str, str] | None = None,
    keep: Iterable[str] | None = None,
    statements: bool = False,
    prefix: str = "",
    json: bool = False,
    items: bool = False,
) -> DataFrame:
    """Score the rows of a frame of Spark.

    Parameters
    ----------
    frame
        A frame with a column of texts.
    engine
        The engine; by default that of the built-in model.
    fields
        Names of the columns, such as ``{"text": "body", "date": "published"}``; by default the usual names are tried.
    keep
        Columns of the input that are kept; by default all.
    statements, prefix, json, items
        As in :func:`detente.score_frame`.

    """
    engine = engine or default_engine
    kept = list(frame.columns if keep is None else keep)
    missing = [name for name in kept if name not in frame.columns]
    if missing:
        raise ValueError(f"columns {', '.join(missing)} (keep=) are missing")
    added = _added(engine, statements, prefix, json, items)
    types = dict(frame.dtypes)
    schema = ", ".join([f"`{name}` {types[name]}" for name in kept] + added)
    mapper = _Mapper(engine, dict(fields or {}), kept, statements, prefix, json, items)
    return frame.mapInArrow(mapper, schema)


def _added(engine: Engine, statements: bool, prefix: str, json: bool, items: bool) -> list[str]:
    columns = [column.rsplit(" ", 1) for column in (STATEMENT_SCHEMA if statements else SCHEMA).split(", ")]
    if statements and engine.classes:
        columns[3:3] = [["label", "string"], *([f"p_{name}", "double"] for name in engine.classes)]
    if json and not statements:
        columns.append(["json", "string"])
    if items and not statements:
        columns.append(["item", "binary"])
    return [f"`{prefix}{name}` {kind}" for name, kind in columns]


class _Mapper:
    """The function that executors apply to the batches of a partition; it is pickled by value of its parts."""

    def __init__(
        self,
        engine: Engine,
        fields: dict[str, str],
        keep: list[str],
        statements: bool,
        prefix: str,
        json: bool,
        items: bool,
    ) -> None:
        self.engine = engine
        self.fields = fields
        self.keep = keep
        self.options = {"statements": statements, "prefix": prefix, "json": json, "items": items}

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        first = next(batches, None)
        if first is None:
            return

        def all_batches() -> Iterator[Any]:
            yield first
            yield from batches

        # a dictionary of names cannot clash with the options, and columns that are not kept are still read
        reader = pyarrow.RecordBatchReader.from_batches(first.schema, all_batches())
        fields: dict[str, Any] = dict(self.fields)
        options: dict[str, Any] = dict(self.options)
        scores = self.engine.score_arrow(reader, n_jobs=1, **fields, **options)
        wanted = [name for name in scores.column_names if name in self.keep or name not in first.schema.names]
        for batch in pyarrow.RecordBatchReader.from_stream(scores):
            yield batch.select(wanted)
