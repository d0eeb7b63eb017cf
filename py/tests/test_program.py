"""The package and the program write the same bytes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import detente
from conftest import PROGRAM, ROOT, script

ARTICLES = sorted((ROOT / "data/articles").glob("*.txt"))


def test_records_have_the_lines_of_the_program(rows: list, lines: list):
    assert [scored.to_json() for scored in detente.score_many(rows)] == lines
    assert [scored.to_json() for scored in detente.score_many(iter(rows), n_jobs=1)] == lines
    assert [detente.score(row).to_json() for row in rows[:100]] == lines[:100]


def test_files_have_the_lines_of_the_program():
    done = script("score", *ARTICLES, "--format", "jsonl", "--quiet")
    assert [detente.score(path).to_json() for path in ARTICLES] == done.stdout.decode().splitlines()
    assert [scored.to_json() for scored in detente.score_many(ARTICLES)] == done.stdout.decode().splitlines()


def test_statements_have_the_lines_of_the_program(tmp_path: Path):
    path = tmp_path / "s.csv"
    path.write_text("id,text\na,Talks collapsed.\nb,They may agree.\n")
    done = script("score", path, "--statements", "--format", "jsonl", "--quiet")
    records = [{"id": "a", "text": "Talks collapsed."}, {"id": "b", "text": "They may agree."}]
    assert [detente.score_statement(r).to_json() for r in records] == done.stdout.decode().splitlines()


@pytest.mark.skipif(not PROGRAM.exists(), reason=f"{PROGRAM} is not built")
@pytest.mark.parametrize(
    "arguments",
    [
        ["score", *ARTICLES, "--format", "json", "--jobs", "1"],
        ["score", *ARTICLES, "--format", "csv", "--jobs", "2"],
        ["score", ARTICLES[0], "no-such-file.txt"],
        ["score", "--no-such-option"],
        ["score", "no-such-file.txt"],
        ["--version"],
        ["model", "list"],
    ],
    ids=["done", "csv", "partly", "usage", "nothing", "version", "model"],
)
def test_command_and_program_agree(arguments: list):
    program = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
    own = script(*arguments)
    assert (own.returncode, own.stdout, own.stderr) == (program.returncode, program.stdout, program.stderr)


def test_exit_codes():
    assert script("score", ARTICLES[0]).returncode == 0
    assert script("score", ARTICLES[0], "no-such-file.txt").returncode == 1
    assert script("score", "--no-such-option").returncode == 2
    assert script("score", "no-such-file.txt").returncode == 3


def test_interrupt_ends_with_130():
    command = [sys.executable, "-m", "detente", "score", "-"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    try:
        assert running.wait(timeout=20) == 130
    finally:
        running.kill()
        running.communicate()
