"""Scores of peers on labelled sentences, as CSV for `detente evaluate --peer`.

VADER and TextBlob as they come; TF-IDF of word 1-2-grams with ridge and logistic regression of
scikit-learn, trained on the files given, soft labels too. Scores are on -1..+1. The strength of the regularisation is
chosen by cross-validation on the training files, whole groups left out.

    peers.py EVALUATE.jsonl OUT.csv TRAIN.jsonl...
"""

import csv
import json
import sys

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

# weights of a statement of an article or contrast set and of a softly labelled one, as `detente train` has them
AUTHORED = 0.3
SOFT = 0.6


def statements(path):
    """Yields id, text, score (0 where nothing bears), chances of a bearing and of a hedge, group, weight."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            article = "statements" in record
            group = record.get("negotiation") or record.get("set")
            group = group or f"{record.get('src', record['id'])} {record.get('date')}"
            for number, s in enumerate(record["statements"] if article else [record]):
                if "outlook_soft" in s:
                    chances = s["bearing_soft"], s["hedge_soft"]
                    yield s["id"], s["text"], s["outlook_soft"] / 3, *chances, group, SOFT
                if "outlook" not in s:
                    continue
                name = f"{record['id']}#{number}" if article else record["id"]
                bears = s["outlook"] is not None
                hedged = bears and s["hedge"] >= 1
                weight = AUTHORED if article or "set" in record else 1.0
                yield name, s["text"], (s["outlook"] or 0) / 3, float(bears), float(hedged), group, weight


def columns(rows):
    return [np.array(column, dtype=object if i in (0, 1, 5) else float) for i, column in enumerate(zip(*rows))]


def best(make, x, y, weights, groups, strengths, loss):
    """The model with the strength of least loss over three group folds, trained on everything."""

    def total(strength):
        return sum(
            loss(make(strength).fit(x[a], y[a], sample_weight=weights[a]), x[b], y[b], weights[b])
            for a, b in GroupKFold(3).split(x, y, groups)
        )

    strength = min(strengths, key=total)
    return make(strength).fit(x, y, sample_weight=weights)


def squared(model, x, y, weights):
    return float((weights * (model.predict(x) - y) ** 2).sum())


def entropy(model, x, y, weights):
    p = model.predict_log_proba(x)
    at = np.searchsorted(model.classes_, y)
    return float(-(weights * p[np.arange(len(y)), at]).sum())


def both_ways(x, chance, weights, groups):
    """Every statement as a hit and as a miss, each with its chance as weight."""
    x = vstack([x, x])
    y = np.repeat([True, False], len(chance))
    weights = np.concatenate([weights * chance, weights * (1 - chance)])
    at = np.flatnonzero(weights > 0)
    return x[at], y[at], weights[at], np.concatenate([groups, groups])[at]


def logistic(strength):
    return LogisticRegression(C=strength, max_iter=1000, tol=1e-5)


def main(evaluate, out, *train):
    ids, texts, *_ = columns(statements(evaluate))
    _, train_texts, score, bears, hedged, groups, weights = columns(
        row for path in train for row in statements(path)
    )
    vader = SentimentIntensityAnalyzer()
    found = {
        "vader": [vader.polarity_scores(text)["compound"] for text in texts],
        "textblob": [TextBlob(text).sentiment.polarity for text in texts],
    }
    tfidf = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    x, new = tfidf.fit_transform(train_texts), tfidf.transform(texts)
    ridge = best(lambda a: Ridge(alpha=a), x, score, weights, groups, (1, 2, 4, 8), squared)
    strengths = (1, 3, 10)
    classes = np.where(score >= 0.5 / 3, 1.0, np.where(score <= -0.5 / 3, -1.0, 0.0))
    three = best(logistic, x, classes, weights, groups, strengths, entropy)
    means = np.array([score[classes == c].mean() for c in three.classes_])
    bearing = best(logistic, *both_ways(x, bears, weights, groups), strengths, entropy)
    hedge = best(logistic, *both_ways(x, hedged, weights * bears, groups), strengths, entropy)
    found["tfidf-ridge"] = ridge.predict(new)
    found["tfidf-logistic"] = three.predict_proba(new) @ means
    found["tfidf-logistic_bearing"] = bearing.predict_proba(new)[:, 1]
    found["tfidf-logistic_hedge"] = hedge.predict_proba(new)[:, 1]
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *found])
        for number, name in enumerate(ids):
            writer.writerow([name, *(f"{values[number]:.6f}" for values in found.values())])


if __name__ == "__main__":
    main(*sys.argv[1:])
