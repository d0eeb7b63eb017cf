"""Scores how negotiations are going from news text.

>>> import detente
>>> detente.score("Talks collapsed on Sunday.")
Scored(pessimistic: -0.82 [-1.00, +0.05], 1 of 1 statements bear)

A ``str`` is a text, a path is a file and a mapping is a record. See ``docs/python.md``.
"""

from ._errors import DataError, DetenteError, DetenteWarning, ModelError
from ._native import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._api import explain, score, score_arrow, score_frame, score_iter, score_many, score_statement
    from ._engine import Engine
    from ._results import Cue, Event, Explained, Scored, Side, Speaker, Statement, StatementScore, Warning
    from ._series import Brief, Comparison, Timeline, brief, compare, timeline
    from ._training import Evaluation, evaluate, train

__all__ = [
    "Brief",
    "Comparison",
    "Cue",
    "DataError",
    "DetenteError",
    "DetenteWarning",
    "Engine",
    "Evaluation",
    "Event",
    "Explained",
    "ModelError",
    "Scored",
    "Side",
    "Speaker",
    "Statement",
    "StatementScore",
    "Timeline",
    "Warning",
    "__version__",
    "brief",
    "compare",
    "evaluate",
    "explain",
    "score",
    "score_arrow",
    "score_frame",
    "score_iter",
    "score_many",
    "score_statement",
    "timeline",
    "train",
]

# Names are imported when they are first used, so that `import detente` takes a few milliseconds.
_MODULES = {
    "_api": ("explain", "score", "score_arrow", "score_frame", "score_iter", "score_many", "score_statement"),
    "_engine": ("Engine",),
    "_results": (
        "Cue",
        "Event",
        "Explained",
        "Scored",
        "Side",
        "Speaker",
        "Statement",
        "StatementScore",
        "Warning",
    ),
    "_series": ("Brief", "Comparison", "Timeline", "brief", "compare", "timeline"),
    "_training": ("Evaluation", "evaluate", "train"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"detente.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
