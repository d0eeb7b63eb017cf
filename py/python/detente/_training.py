"""Training and evaluation, by the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import _records
from ._engine import Engine
from ._errors import DataError, DetenteError, ModelError
from ._series import _is_pandas, _rows

Setting = object


class Evaluation(dict[str, Any]):
    """Measures of accuracy with intervals: the object that ``detente evaluate --format json`` writes."""

    def __repr__(self) -> str:
        return f"Evaluation({', '.join(self)})"


def train(data: Any, out: str | os.PathLike[str], **settings: Setting) -> Engine:
    """Train a model on labelled data and return an engine with it.

    Parameters
    ----------
    data
        Labelled statements or articles: a frame, a list of records, or paths of files.
    out
        Folder that the model and its card are written to.
    settings
        Options of ``detente train`` without their dashes, such as ``folds=5``, ``labels="…"`` or ``tune=True``.

    """
    with tempfile.TemporaryDirectory() as folder:
        _run(["train", *_files(data, folder), "--out", os.fspath(out), *_options(settings)])
    return Engine(out)


def evaluate(data: Any, *, model: str | os.PathLike[str] | None = None, **settings: Setting) -> Evaluation:
    """Evaluate a model on labelled data; the settings are options of ``detente evaluate``."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = [] if model is None else ["--model", os.fspath(model)]
        done = _run(["evaluate", *_files(data, folder), "--format", "json", *chosen, *_options(settings)])
    return Evaluation(json.loads(done))


def _options(settings: Mapping[str, Setting]) -> list[str]:
    """Return settings as options of the program: ``text_field="body"`` is ``--text-field body``."""
    options: list[str] = []
    for name, value in settings.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            options.append(option)
        elif isinstance(value, (list, tuple)):
            options += [option, ",".join(map(str, value))]
        elif value is not None and value is not False:
            options += [option, os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
    return options


def _files(data: Any, folder: str) -> list[str]:
    """Return the files of the data; records are written to one."""
    if isinstance(data, (str, bytes, Mapping)):
        raise TypeError("labelled data is a frame, a list of records or the path of a file (as a pathlib.Path)")
    if isinstance(data, os.PathLike):
        return [os.fspath(data)]
    records: Iterable[Any] = _rows(data) if hasattr(data, "__arrow_c_stream__") or _is_pandas(data) else data
    rows = list(records)
    if rows and all(isinstance(row, os.PathLike) for row in rows):
        return [os.fspath(row) for row in rows]
    path = Path(folder) / "data.jsonl"
    with path.open("wb") as file:
        for at, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise TypeError(f"record {at} is a {type(row).__name__}, not a mapping")
            # a missing cell of a frame is a field that the record does not have
            file.write(_records.encode_record({name: cell for name, cell in row.items() if not _is_missing(cell)}))
    return [os.fspath(path)]


def _is_missing(cell: object) -> bool:
    return cell is None or cell != cell if isinstance(cell, (float, type(None))) else False


def _run(arguments: list[str]) -> str:
    """Run the program in a process of its own and return what it writes to stdout."""
    command = [sys.executable, "-m", "detente", *arguments, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    message = done.stderr.strip().removeprefix("detente: ")
    if done.returncode == 2:
        raise ValueError(message)
    if done.returncode not in (0, 1):
        lowered = message.lower()
        if "model" in lowered:
            raise ModelError(message)
        raise DataError(message) if message else DetenteError(f"detente ended with code {done.returncode}")
    return done.stdout
