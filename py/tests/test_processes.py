"""Threads, forks, spawned processes and pickles."""

import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import detente
from conftest import ROOT

TEXTS = [f"Talks on steel collapsed {n} times. “A deal is near,” said the minister." for n in range(200)]
MODEL = ROOT / "tests/fixtures/models/format-2.bin"


def test_threads_share_an_engine():
    engine = detente.Engine()
    expected = [engine.score(text).to_json() for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [engine.score(text).to_json() for text in TEXTS], range(8)))
    assert all(lines == expected for lines in found)


def test_other_threads_run_while_a_call_scores(rows: list):
    engine, state = detente.Engine(), {"count": 0, "stop": False}

    def count():
        while not state["stop"]:
            state["count"] += 1

    def counted(work) -> float:
        start_count, start = state["count"], time.perf_counter()
        work()
        return (state["count"] - start_count) / (time.perf_counter() - start)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        alone = counted(lambda: time.sleep(0.5))
        # one call that scores for a while: the interpreter's lock would stop the counter
        text = " ".join(str(row["text"]) for row in rows)
        beside = counted(lambda: [engine.score(text) for _ in range(2)])
    finally:
        state["stop"] = True
        thread.join()
    assert beside > alone / 10, (beside, alone)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked_child_scores_after_the_pool_was_used():
    expected = [scored.to_json() for scored in detente.score_many(TEXTS, n_jobs=2)]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.apply_async(_lines, (TEXTS,)).get(timeout=60)
    assert found == expected


def test_spawned_process_gets_an_engine_and_returns_results():
    engine = detente.Engine(aggregate="mean")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(engine.score, TEXTS[:5], timeout=60))
    assert found == [engine.score(text) for text in TEXTS[:5]]


def _lines(texts: list) -> list:
    return [scored.to_json() for scored in detente.score_many(texts, n_jobs=2)]


def test_pickles_are_small_and_equal(tmp_path: Path):
    engine = detente.Engine(parties={"a": ["Arland"]})
    data = pickle.dumps(engine)
    assert len(data) < 1000
    assert pickle.loads(data) == engine
    (tmp_path / "copy").mkdir()
    shutil.copy(MODEL, tmp_path / "copy/model.bin")
    own = detente.Engine(tmp_path / "copy")
    data = pickle.dumps(own)
    shutil.rmtree(tmp_path / "copy")
    assert len(data) > MODEL.stat().st_size
    assert pickle.loads(data) == own
    assert pickle.loads(data).score(TEXTS[0]) == own.score(TEXTS[0])
    for result in (detente.score(TEXTS[0]), detente.score_statement(TEXTS[0])):
        assert pickle.loads(pickle.dumps(result)) == result
    error = detente.DataError("m", row=3, field="text")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.row, copy.field) == ("m", 3, "text")


def test_engine_of_another_model_is_refused():
    from detente import _engine

    state = list(detente.Engine()._native.state())
    state[1:3] = ["0" * 64, "negotiation-en-9"]
    with pytest.raises(detente.ModelError, match=r"negotiation-en-9 \(0000000000000000\) is not the one"):
        _engine._engine_from(*state)


def test_import_is_quick_and_loads_little():
    code = (
        "import sys, time; start = time.process_time(); import detente; "
        "print(time.process_time() - start); print([m for m in ('json', 'numpy', 'pandas') if m in sys.modules])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
        for _ in range(5)
    ]
    assert min(float(run[0]) for run in runs) < 0.03
    assert runs[0][1] == "[]"
