"""Estimators for scikit-learn."""

import pickle

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline

import detente
from detente.sklearn import OutlookRegressor, OutlookVectorizer

TEXTS = [
    "Talks collapsed on Sunday.",
    "The bakery opens at seven.",
    "They signed the accord.",
    "Talks may resume.",
] * 6
LABELS = [-1.0, 0.0, 1.0, 0.2] * 6


def test_features_are_the_scores():
    features = OutlookVectorizer().fit_transform(TEXTS)
    assert features.shape == (24, 5)
    scored = detente.score(TEXTS[0])
    assert features[0].tolist() == [scored.score, scored.low, scored.high, scored.hedge, 1.0]
    assert np.isnan(features[1, :4]).all()
    names = OutlookVectorizer().get_feature_names_out()
    assert list(names) == ["outlook_score", "outlook_low", "outlook_high", "outlook_hedge", "outlook_bearing"]


def test_estimators_follow_the_rules():
    for estimator in (OutlookVectorizer(n_jobs=2), OutlookRegressor(fallback=-0.5)):
        copy = clone(estimator)
        assert copy.get_params() == estimator.get_params()
        assert not [name for name in vars(estimator) if name.endswith("_")], "no state before fit"
        assert copy.set_params(n_jobs=1).n_jobs == 1
        assert estimator.fit(TEXTS) is estimator
        work = getattr(estimator, "transform", None) or estimator.predict
        first = work(TEXTS)
        np.testing.assert_array_equal(first, work(TEXTS))
        restored = pickle.loads(pickle.dumps(estimator))
        np.testing.assert_array_equal(first, (getattr(restored, "transform", None) or restored.predict)(TEXTS))
        np.testing.assert_array_equal(first[:3], work(np.array(TEXTS[:3], dtype=object).reshape(-1, 1)))
        with pytest.raises(ValueError, match="a single str"):
            estimator.fit("Talks collapsed.")
        with pytest.raises(TypeError, match="row 1"):
            work(["x", 3])
        unfitted = clone(estimator)
        with pytest.raises(Exception, match="not fitted"):
            (getattr(unfitted, "transform", None) or unfitted.predict)(TEXTS)


def test_pipelines_and_searches():
    pipeline = make_pipeline(OutlookVectorizer(), SimpleImputer(), Ridge())
    assert cross_val_score(pipeline, TEXTS, LABELS, cv=3).mean() > 0.5
    search = GridSearchCV(pipeline, {"ridge__alpha": [0.1, 1.0], "outlookvectorizer__n_jobs": [1, 2]}, cv=3)
    assert search.fit(TEXTS, LABELS).best_score_ > 0.5
    pytest.importorskip("pandas")
    frame = OutlookVectorizer().set_output(transform="pandas").fit_transform(TEXTS)
    assert frame.columns[0] == "outlook_score"


def test_regressor_uses_the_fallback():
    predicted = OutlookRegressor(fallback=-0.5).fit(TEXTS).predict(TEXTS[:2])
    assert predicted.tolist() == [detente.score(TEXTS[0]).score, -0.5]
