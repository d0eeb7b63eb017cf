"""Scoring of texts, records and files."""

import json
import math
from datetime import date, datetime
from pathlib import Path

import pytest

import detente
from conftest import ROOT

QUOTED = "“A deal is close — very close,” said Ada Brenn, an analyst, on 3 May. 🤝 Talks may resume in June."


def test_attributes_of_a_scored_text():
    scored = detente.score("Talks collapsed on Sunday.", id="note", date="2031-05-09")
    assert scored.reading == "pessimistic"
    assert scored.score < -0.5
    assert scored.interval == (scored.low, scored.high)
    assert scored.low <= scored.score <= scored.high
    assert (scored.id, scored.date, scored.title) == ("note", date(2031, 5, 9), None)
    assert (scored.bearing, scored.thin, scored.reason) == (1, True, None)
    assert float(scored) == scored.score
    assert repr(scored).startswith("Scored(pessimistic: -0.")
    assert scored.to_dict() == json.loads(scored.to_json())


def test_silence_is_not_zero():
    scored = detente.score("The bakery opens at seven.")
    assert scored.score is None
    assert scored.interval is None
    assert math.isnan(float(scored))
    assert scored.reason == "nothing in the text bears on a negotiation"
    assert "nothing in the text" in repr(scored)


def test_offsets_in_characters_slice_the_text():
    scored = detente.score(QUOTED)
    assert len(scored.statements) == 2
    encoded = QUOTED.encode()
    for statement in scored.statements:
        assert QUOTED[statement.start : statement.end] == statement.text
        assert encoded[statement.start_byte : statement.end_byte].decode() == statement.text
        for span in [*statement.cues, *statement.events]:
            assert encoded[span.start_byte : span.end_byte].decode() == QUOTED[span.start : span.end]
        for cue in statement.cues:
            assert QUOTED[cue.start : cue.end] == cue.text
    assert any(statement.start != statement.start_byte for statement in scored.statements)
    speaker = scored.statements[0].speaker
    assert speaker.name == "Ada Brenn"
    assert "Ada Brenn" in QUOTED[speaker.start : speaker.end]
    assert scored.statements[0].bearing == json.loads(scored.to_json())["statements"][0]["bearing"]


@pytest.mark.parametrize("path", sorted((ROOT / "data/articles").glob("*.txt")), ids=lambda path: path.stem)
def test_a_str_is_read_as_a_text_file(path: Path):
    scored = detente.score(path.read_text(encoding="utf-8"), id=path.stem)
    assert scored == detente.score(path)
    assert scored.title
    assert scored.date


def test_a_mapping_is_a_record_and_fields_can_be_named():
    record = {"headline": "Talks stall", "body": "Talks collapsed.", "published": datetime(2031, 5, 9, 1, 30)}
    scored = detente.score(record)
    assert (scored.title, scored.date) == ("Talks stall", date(2031, 5, 9))
    named = detente.score({"a": "Talks collapsed.", "text": "Unused."}, fields={"text": "a"})
    assert named.text == "Talks collapsed."
    with pytest.raises(ValueError, match="unknown fields txt"):
        detente.score(record, fields={"txt": "a"})


def test_a_converted_file_keeps_offsets_of_the_file(tmp_path: Path):
    path = tmp_path / "note.txt"
    path.write_bytes("“Talks collapsed,” she said. Talks resumed.".encode("cp1252"))
    (first, second) = detente.score(path).statements
    assert (second.start, second.start_byte) == (29, 29)
    assert json.loads(detente.score(path).to_json())["statements"][1]["start"] == 29
    assert detente.score(path).text[second.start : second.end] == "Talks resumed."
    assert first.end == first.end_byte


def test_date_that_cannot_be_read_is_a_warning():
    scored = detente.score({"text": "Talks collapsed.", "date": "gestern"})
    assert scored.date is None
    assert [(warning.kind, warning.field, warning.value) for warning in scored.warnings] == [
        ("bad-date", "date", "gestern")
    ]
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        detente.score("Talks collapsed.", date="gestern")


def test_wrong_types_name_what_is_accepted():
    with pytest.raises(TypeError, match="score_many"):
        detente.score(["Talks collapsed."])
    with pytest.raises(TypeError, match="is a int; an article is a str"):
        detente.score(3)
    with pytest.raises(TypeError, match="score\\(\\) takes a single text"):
        detente.score_many("Talks collapsed.")
    with pytest.raises(TypeError, match="item 1 is a int"):
        detente.score_many(["Talks collapsed.", 3])
    with pytest.raises(TypeError, match="item 1 is a dict, but earlier items are not"):
        detente.score_many(["Talks collapsed.", {"text": "x"}])
    with pytest.raises(TypeError, match="record 1: a value of type object"):
        detente.score_many([{"text": "Talks collapsed."}, {"text": "x", "extra": object()}])


def test_data_errors_say_where():
    records = [{"text": "Talks collapsed."}, {"text": ""}, {"text": 7}]
    with pytest.raises(detente.DataError, match="record 1: field text: empty") as raised:
        detente.score_many(records)
    assert (raised.value.row, raised.value.field) == (1, "text")
    results = detente.score_many(records, errors="return")
    assert [type(result).__name__ for result in results] == ["Scored", "DataError", "DataError"]
    with pytest.raises(ValueError, match="errors must be"):
        detente.score_many(records, errors="ignore")


def test_files_that_are_missing_or_hold_several_articles(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        detente.score(tmp_path / "none.txt")
    path = tmp_path / "two.jsonl"
    path.write_text('{"text":"Talks collapsed."}\n{"text":"They agreed."}\n')
    with pytest.raises(ValueError, match="score_many"):
        detente.score(path)
    assert [scored.id for scored in detente.score_many(path)] == ["two#1", "two#2"]
    assert [scored.id for scored in detente.score_many([path, path])] == ["two#1", "two#2"] * 2


def test_models_that_cannot_be_opened(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        detente.Engine(tmp_path / "none")
    (tmp_path / "model.bin").write_bytes(b"detente\nnonsense")
    with pytest.raises(detente.ModelError, match=r"model\.bin"):
        detente.Engine(tmp_path)


def test_settings_of_an_engine():
    text = "Velmark said it was optimistic. Ostrania rejected the draft, its envoy said."
    parties = {"velmark": ["Velmark"], "ostrania": ["Ostrania", "Ostranian"]}
    scored = detente.Engine(parties=parties).score(text)
    assert [side.side for side in scored.sides[:2]] == ["ostrania", "velmark"]
    assert scored.gap[:2] == ("velmark", "ostrania")
    assert detente.score(text, parties=parties).sides == scored.sides
    assert detente.Engine(aggregate="last").score(text).score < detente.Engine(aggregate="first").score(text).score
    with pytest.raises(ValueError, match="mean"):
        detente.Engine(aggregate="meen")
    german = "Die Gespräche sind am Sonntag gescheitert, und niemand will mit den anderen noch reden."
    assert "not English" in detente.score(german).reason
    assert detente.Engine(any_language=True).score(german).statements


def test_single_statements():
    scored = detente.score_statement("“Talks” collapsed.")
    assert scored.score < -0.5
    assert isinstance(scored.bearing, float)
    cue = scored.cues[-1]
    assert "“Talks” collapsed."[cue.start : cue.end] == cue.text
    assert scored.to_dict()["score"] == scored.score
    assert "StatementScore(-0." in repr(scored)


def test_explanation_in_all_forms():
    explained = detente.explain("Talks collapsed on Sunday.", id="note")
    assert "collapsed" in explained.to_text()
    assert explained.to_html().startswith("<!")
    assert "collapsed" in explained.to_markdown()
    assert "Explained('note', pessimistic" in repr(explained)
    assert explained.to_dict()


def test_notebook_forms():
    scored = detente.score("Talks <b>collapsed</b> & “ended”. They agreed.", title="<script>alert(1)</script>")
    html = scored._repr_html_()
    assert "<script>" not in html
    assert "rgba(198,40,40" in html
    assert scored._repr_mimebundle_()["text/plain"] == repr(scored)
    assert detente.explain("Talks collapsed.")._repr_html_().startswith("<iframe sandbox srcdoc=")


def test_panic_becomes_an_exception():
    from detente import _native

    with pytest.raises(detente.DetenteError, match="internal error: on purpose") as raised:
        _native._raise_panic("on purpose")
    assert isinstance(raised.value, Exception)


def test_progress_and_lazy_results():
    counts = []
    results = detente.Engine().score_iter((f"Talks collapsed {n} times." for n in range(1200)), progress=counts.append)
    next(results)
    assert counts == [512]
    assert len(list(results)) == 1199
    assert counts == [512, 1024, 1200]
    assert detente.score_many([]) == []
    with pytest.raises(ValueError, match="n_jobs"):
        detente.score_many(["x"], n_jobs=0)


def test_exception_of_the_iterator_reaches_the_caller():
    def broken():
        yield {"text": "Talks collapsed."}
        raise KeyError("broken")

    with pytest.raises(KeyError, match="broken"):
        detente.score_many(broken())
