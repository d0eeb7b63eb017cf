"""Spark and Sail against the command of the package."""

import os
import shutil
import sys

import pytest

import detente
from conftest import make_rows, script, write_rows

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark", reason="pyspark is not installed")

ROWS = int(os.environ.get("DETENTE_SPARK_ROWS", "400"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """Records, the lines and the timeline that the command writes for them."""
    rows = make_rows(ROWS, seed=7)
    path = write_rows(tmp_path_factory.mktemp("spark") / "rows.jsonl", rows)
    lines = script("score", path, "--format", "jsonl", "--quiet").stdout.decode().splitlines()
    timeline = script("timeline", path, "--by", "side", "--format", "json", "--quiet").stdout.decode()
    return rows, lines, timeline


def check(session, data: tuple, partitions: int) -> None:
    from detente import spark

    rows, lines, timeline = data
    schema = "id string, date string, title string, source string, text string"
    frame = session.createDataFrame([tuple(row.values()) for row in rows], schema).repartition(partitions)
    scored = spark.score(frame, keep=["id"], json=True, items=True)
    assert scored.columns[:3] == ["id", "score", "low"]
    table = pa.Table.from_pylist([row.asDict() for row in scored.collect()])
    found = dict(zip(table["id"].to_pylist(), table["json"].to_pylist(), strict=True))
    assert [found[row["id"]] for row in rows] == lines
    items = [bytes(item) for item in table["item"].to_pylist()]
    assert detente.timeline(items, by="side").to_json() == timeline


def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed, which PySpark needs")
def test_pyspark(data: tuple, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("py4j", reason="pyspark-client has no engine of its own")
    environment(monkeypatch)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "100").getOrCreate()
    try:
        check(session, data, 3)
    finally:
        session.stop()


def test_sail(data: tuple, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("pysail", reason="pysail is not installed")
    environment(monkeypatch)
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    try:
        for partitions in (1, 7):
            check(session, data, partitions)
    finally:
        session.stop()
        server.stop()


def test_wrong_columns_are_refused():
    from detente import spark

    class Frame:
        columns = ("text",)

    with pytest.raises(ValueError, match="columns id"):
        spark.score(Frame(), keep=["id"])
