"""The notebooks run from start to end, and their last expressions can be shown."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "py/notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore::detente.DetenteWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("pandas")
    shutil.copytree(ROOT / "data/example", tmp_path / "data/example")
    monkeypatch.chdir(tmp_path)
    names: dict = {"__name__": "__main__"}
    shown = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), str(path), "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), str(path), "eval"), names)
            bundle = getattr(value, "_repr_mimebundle_", dict)()
            assert bundle.get("text/html", "<")
            assert repr(value)
            shown.append(value)
    assert len(shown) >= 5


def test_there_are_two_notebooks():
    assert len(NOTEBOOKS) == 2
