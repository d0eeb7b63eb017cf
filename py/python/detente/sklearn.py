"""Estimators for scikit-learn.

>>> from sklearn.pipeline import make_pipeline
>>> from sklearn.impute import SimpleImputer
>>> from sklearn.linear_model import LogisticRegression
>>> from detente.sklearn import OutlookVectorizer
>>> pipeline = make_pipeline(OutlookVectorizer(), SimpleImputer(), LogisticRegression())
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ._engine import Engine, _jobs

__all__ = ["OutlookRegressor", "OutlookVectorizer", "StatementRegressor"]

FEATURES = ("score", "low", "high", "hedge", "bearing")


def _texts(X: Iterable[str]) -> list[str]:
    """Return the texts, which a column of a frame or an array with one column may hold."""
    if isinstance(X, (str, bytes)):
        raise ValueError("several texts are needed, as a list, a column or an array; a single str was given")
    shape = getattr(X, "shape", None)
    if shape is not None and len(shape) == 2:
        if shape[1] != 1:
            raise ValueError(f"one column of texts is needed; there are {shape[1]}")
        X = np.asarray(X).ravel()
    texts = list(X)
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"row {row}: a {type(text).__name__}, not a str")
    return texts


class _TextEstimator(BaseEstimator):  # type: ignore[misc]
    """An estimator whose input is texts."""

    model: str | os.PathLike[str] | None
    n_jobs: int | None

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags

    def _engine(self) -> Engine:
        _jobs(self.n_jobs)
        return Engine(self.model)


class OutlookVectorizer(TransformerMixin, _TextEstimator):  # type: ignore[misc]
    """Turn texts into scores: score, low, high, hedge, and the share of statements that bear on a negotiation.

    Values are NaN where nothing bears: put a ``SimpleImputer`` after it. Nothing is learned from the texts.
    """

    def __init__(self, model: str | os.PathLike[str] | None = None, n_jobs: int | None = 1) -> None:
        self.model = model
        self.n_jobs = n_jobs

    def fit(self, X: Iterable[str], y: object = None) -> OutlookVectorizer:
        """Open the model."""
        _texts(X)
        self.engine_ = self._engine()
        self.n_features_out_ = len(FEATURES)
        return self

    def transform(self, X: Iterable[str]) -> np.ndarray:
        """Return one row of features a text."""
        check_is_fitted(self, "engine_")
        texts = _texts(X)
        features = np.full((len(texts), len(FEATURES)), np.nan)
        for row, scored in enumerate(self.engine_.score_iter(texts, n_jobs=self.n_jobs, errors="return")):
            if isinstance(scored, Exception):
                continue
            if scored.score is not None:
                features[row, :4] = (scored.score, scored.low, scored.high, _number(scored.hedge))
            statements = scored._native.statement_count
            features[row, 4] = scored.bearing / statements if statements else np.nan
        return features

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:
        """Return the names of the features."""
        names: np.ndarray = np.asarray([f"outlook_{name}" for name in FEATURES], dtype=object)
        return names


class OutlookRegressor(RegressorMixin, _TextEstimator):  # type: ignore[misc]
    """Predict the outlook of articles with a trained model. ``fit`` opens the model and learns nothing.

    ``fallback`` is the prediction where nothing bears on a negotiation.
    """

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        fallback: float = 0.0,
        n_jobs: int | None = 1,
    ) -> None:
        self.model = model
        self.fallback = fallback
        self.n_jobs = n_jobs

    def fit(self, X: Iterable[str], y: object = None) -> OutlookRegressor:
        """Open the model."""
        _texts(X)
        self.engine_ = self._engine()
        return self

    def predict(self, X: Iterable[str]) -> np.ndarray:
        """Return the score of each text."""
        check_is_fitted(self, "engine_")
        results = self.engine_.score_iter(_texts(X), n_jobs=self.n_jobs, errors="return")
        scores = [None if isinstance(scored, Exception) else scored.score for scored in results]
        known = [self.fallback if score is None else score for score in scores]
        predicted: np.ndarray = np.asarray(known, dtype=float)
        return predicted


class StatementRegressor(RegressorMixin, _TextEstimator):  # type: ignore[misc]
    """Learn the scores of single statements from labels between -1 and +1, and predict them.

    ``fit`` trains a model of its own (``detente.train``); ``settings`` are options of ``detente train``. Statements
    of one group, as ``groups`` says, are in one fold.
    """

    def __init__(self, settings: dict[str, object] | None = None, n_jobs: int | None = 1) -> None:
        self.settings = settings
        self.n_jobs = n_jobs

    def fit(self, X: Iterable[str], y: Sequence[float], groups: Sequence[str] | None = None) -> StatementRegressor:
        """Train a model on statements and their labels."""
        from ._training import train

        texts, labels = _texts(X), np.asarray(y, dtype=float)
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts, but {len(labels)} labels")
        outside = np.flatnonzero(~(np.abs(labels) <= 1))
        if outside.size:
            raise ValueError(f"row {outside[0]}: label {labels[outside[0]]} is not between -1 and 1")
        names = [f"row {row}" for row in range(len(texts))] if groups is None else list(groups)
        records = [
            # labels are on the annotation scale, -3 to +3
            {"id": f"{row}", "text": text, "outlook": 3 * float(label), "group": str(name)}
            for row, (text, label, name) in enumerate(zip(texts, labels, names, strict=True))
        ]
        with tempfile.TemporaryDirectory() as folder:
            self.engine_ = train(records, os.path.join(folder, "model"), **(self.settings or {}))
        return self

    def predict(self, X: Iterable[str]) -> np.ndarray:
        """Return the score of each statement."""
        check_is_fitted(self, "engine_")
        scores = [self.engine_.score_statement(text).score for text in _texts(X)]
        predicted: np.ndarray = np.asarray(scores, dtype=float)
        return predicted


def _number(value: float | None) -> float:
    return np.nan if value is None else value
