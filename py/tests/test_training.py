"""Training and evaluation."""

import json
from pathlib import Path

import pytest

import detente
from conftest import ROOT


def statements(count: int) -> list:
    found = []
    for line in (ROOT / "data/corpus/train-a.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for statement in article["statements"]:
            if statement.get("outlook") is not None:
                found.append(
                    {
                        "id": f"s{len(found)}",
                        "text": statement["text"],
                        "outlook": statement["outlook"],
                        "group": article["id"],
                    }
                )
    return found[:count]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "small"
    engine = detente.train(statements(300), folder)
    assert engine.model_id == "small"
    return folder


def test_trained_model_scores(trained: Path):
    engine = detente.Engine(trained)
    good = engine.score_statement("They signed the agreement.").score
    assert good > engine.score_statement("Talks collapsed and nothing was agreed.").score


def test_evaluation_has_measures(trained: Path):
    found = detente.evaluate(statements(300), model=trained)
    assert json.loads(json.dumps(found)) == found
    assert found


def test_settings_and_data_that_are_wrong(tmp_path: Path):
    with pytest.raises(ValueError, match="no-such-option"):
        detente.train(statements(10), tmp_path / "m", no_such_option=1)
    with pytest.raises(detente.DetenteError, match="line 1"):
        detente.train([{"id": "a", "text": "x", "outlook": "high"}], tmp_path / "m")
    with pytest.raises(TypeError, match="record 0 is a int"):
        detente.train([3], tmp_path / "m")
    with pytest.raises(TypeError, match="labelled data is"):
        detente.train("file.jsonl", tmp_path / "m")


def test_statement_regressor_learns():
    pytest.importorskip("sklearn")
    from sklearn.base import clone

    from detente.sklearn import StatementRegressor

    rows = statements(300)
    texts, labels = [row["text"] for row in rows], [row["outlook"] / 3 for row in rows]
    regressor = clone(StatementRegressor()).fit(texts, labels, groups=[row["group"] for row in rows])
    assert regressor.score(texts, labels) > 0.3
    with pytest.raises(ValueError, match="row 1: label 3"):
        StatementRegressor().fit(texts[:2], [0, 3])
