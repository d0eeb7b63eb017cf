"""Articles that the tests share, made from the authored corpus of the repository."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("DETENTE_PROGRAM", ROOT / "target/release/detente"))


def sentences() -> list[str]:
    """Statements of the authored corpus."""
    found = []
    for name in ("train-a", "train-b", "train-c"):
        for line in (ROOT / f"data/corpus/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            found += [statement["text"] for statement in json.loads(line)["statements"]]
    return found


def make_rows(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Articles of three to fourteen sentences, some with a title, curly quotes or an emoji, some without a date."""
    draw, pool = random.Random(seed), sentences()
    rows = []
    for at in range(count):
        text = " ".join(draw.choice(pool) for _ in range(draw.randint(3, 14)))
        if at % 7 == 0:
            text += " “We are close — très proche,” she said. 🤝 The envoys left."
        date = f"20{draw.randint(18, 22)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        rows.append(
            {
                "id": f"n{at}",
                "date": None if at % 50 == 3 else date,
                "title": draw.choice(pool)[:70] if at % 3 else None,
                "source": draw.choice(["The Lantern", "Harbour Wire", "North Courier"]),
                "text": text,
            }
        )
    return rows


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write rows as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def script(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command of the package."""
    command = [sys.executable, "-m", "detente", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.fixture(scope="session")
def rows() -> list[dict[str, object]]:
    return make_rows(600)


@pytest.fixture(scope="session")
def rows_file(rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("rows") / "rows.jsonl", rows)


@pytest.fixture(scope="session")
def lines(rows_file: Path) -> list[str]:
    """What the command writes for the rows."""
    done = script("score", rows_file, "--format", "jsonl", "--quiet")
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().splitlines()
