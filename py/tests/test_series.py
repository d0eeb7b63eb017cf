"""Timelines, comparisons and briefs."""

import json
import warnings
from pathlib import Path

import pytest

import detente
from conftest import ROOT, script

EXAMPLE = ROOT / "data/example"


@pytest.fixture(scope="module")
def scored(rows: list) -> list:
    return detente.score_many(rows)


def dated(rows: list) -> list:
    return [row for row in rows if row["date"]]


def program(command: str, *arguments: object) -> str:
    done = script(command, *arguments, "--quiet")
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        ({}, []),
        ({"period": "month", "by": "side"}, ["--period", "month", "--by", "side"]),
        ({"by": ["source"], "weights": "source"}, ["--by", "source", "--weights", "source"]),
        ({"place": "statement", "causal": True}, ["--place", "statement", "--causal"]),
    ],
    ids=["week", "side", "source", "statement"],
)  # fmt: skip
def test_timeline_is_that_of_the_program(rows: list, scored: list, rows_file: Path, settings: dict, options: list):
    expected = program("timeline", rows_file, "--format", "json", *options)
    assert detente.timeline(rows, **settings).to_json() == expected
    assert detente.timeline(scored, **settings).to_json() == expected
    assert detente.timeline((one.to_dict() for one in scored), **settings).to_json() == expected
    checksum = detente.Engine().model_checksum
    items = [one.to_item(checksum) for one in reversed(scored)]
    assert detente.timeline(items, **settings).to_json() == expected


def test_timeline_of_files_and_frames(rows: list, rows_file: Path, lines: list, tmp_path: Path):
    pa = pytest.importorskip("pyarrow")
    pd = pytest.importorskip("pandas")
    expected = detente.timeline(rows).to_json()
    assert detente.timeline(rows_file).to_json() == expected
    (tmp_path / "scored.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert detente.timeline(tmp_path / "scored.jsonl").to_json() == expected
    table = pa.Table.from_pylist(rows)
    assert detente.timeline(table).to_json() == expected
    assert detente.timeline(pd.DataFrame(rows)).to_json() == expected
    packed = detente.score_frame(table, items=True)
    assert detente.timeline(packed.select(["item"])).to_json() == expected
    assert detente.timeline(packed.to_pandas()).to_json() == expected


def test_timeline_has_attributes_table_and_chart(scored: list):
    timeline = detente.timeline(scored, by="source")
    assert [series["key"] for series in timeline.series] == ["Harbour Wire", "North Courier", "The Lantern"]
    assert timeline.articles >= timeline.stories > 400
    assert timeline._repr_svg_().startswith("<svg")
    assert set(timeline._repr_mimebundle_()) == {"text/plain", "text/html", "image/svg+xml"}
    columns = timeline.to_columns()
    assert {"start", "score"} <= set(columns)
    assert all(value is None or isinstance(value, float) for value in columns["score"])
    assert repr(timeline).startswith("Timeline(")
    pd = pytest.importorskip("pandas")
    assert list(timeline.to_frame().columns) == list(columns)
    assert pd.api.types.is_numeric_dtype(timeline.to_frame()["score"])


def test_items_without_what_is_needed_and_of_other_versions_are_refused(scored: list):
    engine = detente.Engine()
    item = scored[0].to_item(engine.model_checksum)
    with pytest.raises(detente.DataError, match="item 0: packed article of version 9"):
        detente.timeline([b"\x09" + item[1:]])
    with pytest.raises(detente.DataError, match="item 0: damaged packed article"):
        detente.timeline([item[:-1]])
    other = [one.to_item("f" * 16) for one in scored[:200]]
    with pytest.raises(detente.DataError, match=r"scores of different models \(negotiation-en-1 \(.*ffffffffffffffff"):
        detente.timeline([*other, *(one.to_item(engine.model_checksum) for one in scored[200:])])
    with pytest.raises(detente.DataError, match="needs the texts of statements"):
        detente.compare([one.to_item(engine.model_checksum) for one in scored], split="2020-01-01")


def test_unknown_settings_and_inputs_are_refused(scored: list):
    with pytest.raises(ValueError, match="period must be one of day, week"):
        detente.timeline(scored, period="fortnight")
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        detente.timeline(scored, since="May")
    with pytest.raises(ValueError, match="alpha"):
        detente.timeline(scored, alpha=2)
    with pytest.raises(TypeError, match="not as str"):
        detente.timeline("Talks collapsed.")
    with pytest.raises(TypeError, match="item 1 is a dict; scored articles are needed"):
        detente.timeline([scored[0], {"text": "x"}])
    with pytest.raises(detente.DataError, match="no dated article"):
        detente.timeline([])
    with pytest.raises(FileNotFoundError):
        detente.timeline(Path("no-such-file.jsonl"))


def test_articles_with_errors_are_left_out_with_a_warning(rows: list):
    broken = [*rows, {"id": "x", "text": ""}]
    with pytest.raises(detente.DataError, match="record 600"):
        detente.timeline(broken)
    with pytest.warns(detente.DetenteWarning, match="left out: record 600: field text: empty"):
        timeline = detente.timeline(broken, errors="warn")
    assert timeline.to_json() == detente.timeline(rows).to_json()


def test_comparison_is_that_of_the_program(rows: list, scored: list, rows_file: Path, tmp_path: Path):
    expected = program("compare", rows_file, "--split", "2020-06-01", "--format", "json")
    assert detente.compare(rows, split="2020-06-01").to_json() == expected
    comparison = detente.compare(scored, split="2020-06-01")
    assert comparison.to_json() == expected
    assert comparison.to_svg().startswith("<svg")
    assert isinstance(comparison.difference, float)
    two = detente.compare(scored[:300], scored[300:], names=("early", "late"))
    assert [one["name"] for one in two.to_dict()["sets"]] == ["early", "late"]
    with pytest.raises(ValueError, match="two sets"):
        detente.compare(scored)
    with pytest.raises(ValueError, match="overlap"):
        detente.compare(scored, before="2021-01-01", after="2019-01-01")


def test_brief_is_that_of_the_program():
    expected = program("brief", EXAMPLE, "--format", "json")
    brief = detente.brief(EXAMPLE)
    assert brief.to_json() == expected
    assert detente.brief(detente.score_many(EXAMPLE)).to_json() == expected
    assert brief._repr_html_().startswith("<iframe sandbox")
    assert json.loads(expected)["briefs"][0]["name"] in repr(brief)
    engine = detente.Engine()
    items = [one.to_item(engine.model_checksum, texts=True, details=True) for one in detente.score_many(EXAMPLE)]
    assert detente.brief(items).to_json() == expected


def test_empty_sets_do_not_warn(rows: list):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        detente.timeline(iter(dated(rows)), n_jobs=1)
