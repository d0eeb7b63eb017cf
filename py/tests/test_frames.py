"""Frames of pandas, polars, pyarrow and DuckDB."""

import json
import subprocess
import sys
import warnings
from datetime import datetime, timedelta, timezone

import pytest

import detente

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

pytestmark = pytest.mark.filterwarnings("ignore::detente.DetenteWarning")

ADDED = ["score", "low", "high", "hedge", "reading", "statements", "bearing", "reason", "warnings", "error"]
TEXTS = ["Talks collapsed.", "The bakery opens at seven.", "They signed the accord."]


@pytest.fixture(scope="module")
def scores(lines: list) -> list:
    found = [json.loads(line)["outlook"] for line in lines]
    return [outlook and outlook["score"] for outlook in found]


def numbers(column) -> list:
    return [None if value is None or value != value else value for value in column]


def test_table_batch_and_reader(rows: list, lines: list, scores: list):
    table = pa.Table.from_pylist(rows)
    scored = detente.score_frame(table, json=True)
    assert isinstance(scored, pa.Table)
    assert scored.column_names == [*table.column_names, *ADDED, "json"]
    assert scored.select(table.column_names) == table
    assert scored["json"].to_pylist() == lines
    assert scored["score"].to_pylist() == scores
    batch = table.combine_chunks().to_batches()[0]
    assert detente.score_frame(batch, json=True)["json"].to_pylist() == lines
    reader = detente.score_frame(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(100)), json=True)
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.read_all()["json"].to_pylist() == lines
    for jobs in (1, 2):
        assert detente.score_frame(table, n_jobs=jobs)["score"].to_pylist() == scores


def test_polars(rows: list, lines: list, scores: list):
    frame = pl.DataFrame(rows)
    scored = detente.score_frame(frame, json=True)
    assert isinstance(scored, pl.DataFrame)
    assert scored["json"].to_list() == lines
    assert scored.select(frame.columns).equals(frame)
    categories = frame.with_columns(pl.col("source").cast(pl.Categorical))
    assert detente.score_frame(categories, json=True)["json"].to_list() == lines
    lazy = detente.score_frame(frame.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect()["score"].to_list() == scores
    assert lazy.filter(pl.col("score") > 0).select("id").collect().height == sum((s or 0) > 0 for s in scores)


def test_pandas_keeps_index_and_types(rows: list, lines: list, scores: list):
    frame = pd.DataFrame(rows).set_index(pd.Index(range(len(rows), 0, -1), name="key"))
    frame["tag"] = pd.Categorical(["x", "y"] * (len(rows) // 2))
    frame["anything"] = [object() for _ in rows]
    scored = detente.score_frame(frame, json=True)
    assert scored.index.equals(frame.index)
    pd.testing.assert_frame_equal(scored[frame.columns], frame)
    assert list(scored["json"]) == lines
    assert numbers(scored["score"]) == scores
    assert str(scored["statements"].dtype) == "Int32"
    assert detente.score_frame(frame.iloc[:0]).columns.tolist() == scored.columns.drop("json").tolist()


def test_pandas_without_pyarrow(rows: list, lines: list, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    frame = pd.DataFrame(rows).astype({"text": object})
    assert list(detente.score_frame(frame, json=True)["json"]) == lines
    frame.loc[4, "text"] = 7
    with pytest.raises(TypeError, match="column 'text', row 4: a int"):
        detente.score_frame(frame, text="text")


def test_duckdb(rows: list, lines: list):
    duckdb = pytest.importorskip("duckdb")
    table = pa.Table.from_pylist(rows)
    relation = duckdb.from_arrow(table)
    scored = detente.score_frame(relation, json=True)
    assert isinstance(scored, duckdb.DuckDBPyRelation)
    assert [row[0] for row in scored.order("id").select("json").fetchall()] == [
        line for _, line in sorted(zip([row["id"] for row in rows], lines, strict=True))
    ]


def test_types_of_text_columns():
    expected = [detente.score(text).score for text in TEXTS]
    for kind in (
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint32(), pa.large_string()),
    ):
        column = pa.array(TEXTS).cast(kind) if kind != pa.string_view() else pa.array(TEXTS, kind)
        assert detente.score_frame(pa.table({"text": column}))["score"].to_pylist() == expected, kind


def test_missing_texts_are_errors_of_their_rows():
    table = pa.table({"id": ["a", "b", "c"], "text": ["Talks collapsed.", None, ""]})
    scored = detente.score_frame(table)
    first, second, third = scored["error"].to_pylist()
    assert first is None
    assert second.startswith("row 1: no text field")
    assert third == "row 2: field text: empty"
    assert scored["id"].to_pylist() == ["a", "b", "c"]
    assert scored["score"].null_count == 2
    nothing = pa.table({"text": pa.nulls(2)})
    assert detente.score_frame(nothing)["error"].null_count == 0
    frame = pd.DataFrame({"text": ["Talks collapsed.", float("nan"), None]}, dtype=object)
    assert detente.score_frame(frame)["error"].isna().tolist() == [True, False, False]


def test_zero_rows_and_chunks():
    table = pa.table({"text": TEXTS})
    assert detente.score_frame(table.slice(0, 0)).num_rows == 0
    assert detente.score_frame(table.slice(0, 0)).column_names == ["text", *ADDED]
    chunks = pa.Table.from_batches(
        [*table.to_batches(1), table.slice(0, 0).combine_chunks().to_batches()[0]]
        if table.slice(0, 0).combine_chunks().to_batches()
        else table.to_batches(1)
    )
    assert detente.score_frame(chunks)["score"].to_pylist() == detente.score_frame(table)["score"].to_pylist()
    empty = pa.record_batch({"text": pa.array([], pa.string())})
    one = pa.record_batch({"text": TEXTS})
    mixed = pa.RecordBatchReader.from_batches(one.schema, [empty, one, empty, empty, one, empty])
    assert detente.score_frame(mixed).read_all().num_rows == 6


def test_dates_of_all_types():
    zone = timezone(timedelta(hours=2))
    moment = datetime(2031, 5, 9, 0, 30, tzinfo=zone)
    columns = {
        "date32": pa.array([moment.date()], pa.date32()),
        "date64": pa.array([moment.date()], pa.date64()),
        "fixed": pa.array([moment], pa.timestamp("us", "+02:00")),
        "named": pa.array([moment], pa.timestamp("ns", "Europe/Paris")),
        "plain": pa.array([moment.replace(tzinfo=None)], pa.timestamp("s")),
        "text": pa.array(["9 May 2031"]),
        "utc": pa.array([datetime(2031, 5, 9, 23, 59, tzinfo=timezone.utc)], pa.timestamp("ms", "UTC")),
    }
    for name, column in columns.items():
        table = pa.table({"body": ["Talks collapsed."], "day": column})
        (line,) = detente.score_frame(table, text="body", date="day", json=True)["json"].to_pylist()
        assert json.loads(line)["date"] == "2031-05-09", name


def test_unreadable_dates_warn_with_column_and_row():
    table = pa.table({"text": TEXTS, "date": ["2031-05-09", "gestern", "2031-05-10"]})
    with pytest.warns(detente.DetenteWarning, match=r"bad-date in 1 of 3 rows; the first is row 1: .*date.*gestern"):
        scored = detente.score_frame(table)
    assert "gestern" in scored["warnings"][1].as_py()
    with warnings.catch_warnings():
        warnings.simplefilter("error", detente.DetenteWarning)
        detente.score_frame(table.slice(2))


def test_failures_are_counted_in_a_warning():
    with pytest.warns(detente.DetenteWarning, match="2 of 3 rows have no score; the first is row 0: field text"):
        detente.score_frame(pa.table({"text": ["", "Talks collapsed.", None]}))


def test_wrong_columns_are_named():
    table = pa.table({"n": [1], "text": ["Talks collapsed."]})
    with pytest.raises(TypeError, match=r'column "n" \(text=\) has type Int64'):
        detente.score_frame(table, text="n")
    with pytest.raises(ValueError, match=r'column "body" \(text=\) is missing; the columns are n, text'):
        detente.score_frame(table, text="body")
    frame = table.to_pandas()
    with pytest.raises(TypeError, match="column 'n'"):
        detente.score_frame(frame, text="n")
    with pytest.raises(ValueError, match="column 'body'"):
        detente.score_frame(frame, text="body")
    mixed = pd.DataFrame({"text": ["Talks collapsed.", 7]}, dtype=object)
    with pytest.raises(TypeError, match="column 'text', row 1: a int"):
        detente.score_frame(mixed, text="text")
    taken = pa.table({"text": TEXTS, "score": [0.0, 0.0, 0.0]})
    with pytest.raises(ValueError, match="names that are added: score; prefix="):
        detente.score_frame(taken)
    assert "detente_score" in detente.score_frame(taken, prefix="detente_").column_names
    with pytest.raises(TypeError, match=r"list is no frame"):
        detente.score_frame(TEXTS)
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        detente.score_arrow(TEXTS)


def test_repeated_ids_and_ambiguous_dates_are_read_as_by_the_program():
    table = pa.table({"id": ["a", "a"], "text": TEXTS[:2], "date": ["01/02/2020", "13/02/2020"]})
    first, second = map(json.loads, detente.score_frame(table, json=True)["json"].to_pylist())
    assert (first["date"], second["date"]) == ("2020-02-01", "2020-02-13")
    assert [warning["kind"] for warning in second["warnings"]] == ["repeated-id"]


def test_nested_columns_are_read():
    parties = [{"velmark": ["Velmark"], "ostrania": ["Ostrania"]}]
    table = pa.table({"text": ["Velmark said it was optimistic."], "parties": parties, "meta": [{"day": "2031-05-09"}]})
    (line,) = detente.score_frame(table, date="meta.day", json=True)["json"].to_pylist()
    found = json.loads(line)
    assert found["date"] == "2031-05-09"
    assert [side["side"] for side in found["sides"][:2]] == ["ostrania", "velmark"]


def test_statements():
    table = pa.table({"text": TEXTS})
    scored = detente.score_frame(table, statements=True)
    assert scored.column_names == ["text", "score", "bearing", "hedge", "warnings", "error"]
    assert scored["score"].to_pylist() == [detente.score_statement(text).score for text in TEXTS]


def test_stream_is_lazy_and_read_once():
    pulled = []

    def batches():
        for number in range(5):
            pulled.append(number)
            yield pa.record_batch({"text": TEXTS})

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    counts = []
    scores = detente.score_arrow(reader, progress=counts.append)
    assert len(pulled) <= 1
    stream = pa.RecordBatchReader.from_stream(scores)
    stream.read_next_batch()
    assert len(pulled) <= 2
    assert scores.rows == 3
    assert stream.read_all().num_rows == 12
    assert counts == [3, 6, 9, 12, 15]
    with pytest.raises(ValueError, match="once"):
        pa.table(scores)
    assert "15 rows" in repr(scores)


def test_exceptions_of_the_input_and_of_progress_end_the_stream():
    def batches():
        yield pa.record_batch({"text": TEXTS})
        raise RuntimeError("broken source")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    with pytest.raises(Exception, match="broken source"):
        pa.table(detente.score_arrow(reader))

    def stop(count: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(Exception, match="enough"):
        pa.table(detente.score_arrow(pa.table({"text": TEXTS}), progress=stop))


def test_a_stream_takes_little_memory():
    code = """
import resource, pyarrow as pa, detente
def batches():
    for n in range(100):
        yield pa.record_batch({"text": [f"Talks collapsed {n}-{i}." for i in range(1000)]})
schema = pa.schema({"text": pa.string()})
detente.score("warm")
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = 0
for batch in pa.RecordBatchReader.from_stream(
    detente.score_arrow(pa.RecordBatchReader.from_batches(schema, batches()), statements=True)
):
    rows += batch.num_rows
assert rows == 100_000
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100, "MB above the start"
