"""Training time of detente's solver beside LIBLINEAR's (trust-region Newton, through scikit-learn): one logistic head on
the same matrix and objective, both stopped at ever smaller tolerances, interleaved, one thread each.

    training.py FIT [DATA.jsonl…]

FIT is target/release/examples/fit. Rows are sentences with a label (bearing or not), columns hashed word 1-2-grams with
rows of length 1. The objective is the sum of the losses and half the squared weights, the offset all but free (a column
of tens in LIBLINEAR). A line of the table: seconds (wall, median of three) and by how much the objective is above the
least that either found.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from sklearn.datasets import dump_svmlight_file
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

WIDTH = 2**18
TOLERANCES = [1e-2, 1e-3, 1e-4]
OFFSET = 10.0


def rows(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                for row in record.get("statements", [record]):
                    bears = row["bearing_soft"] > 0.5 if "bearing_soft" in row else row["outlook"] is not None
                    yield row["text"], bears


def objective(x, y, weights, offset):
    margins = (x @ weights + offset) * numpy.where(y, 1, -1)
    return numpy.logaddexp(0, -margins).sum() + weights @ weights / 2


def main():
    fit, paths = sys.argv[1], sys.argv[2:]
    texts, labels = zip(*rows(paths))
    y = numpy.array(labels)
    x = HashingVectorizer(ngram_range=(1, 2), n_features=WIDTH).transform(texts)
    print(f"{x.shape[0]} rows, {x.nnz} entries")
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "rows.svm")
        dump_svmlight_file(x, numpy.where(y, 1, -1), file)

        def ours(tolerance):
            command = [fit, file, str(WIDTH), "1", str(tolerance)]
            out = subprocess.run(command, check=True, capture_output=True, text=True,
                                 env={**os.environ, "RAYON_NUM_THREADS": "1"})
            seconds, reached, _ = map(float, out.stdout.split())
            return seconds, reached

        def theirs(tolerance):
            model = LogisticRegression(solver="liblinear", dual=False, C=1.0, tol=tolerance, intercept_scaling=OFFSET)
            start = time.perf_counter()
            model.fit(x, y)
            return time.perf_counter() - start, objective(x, y, model.coef_[0], model.intercept_[0])

        systems = [("detente", ours), ("LIBLINEAR", theirs)]
        runs = {(name, t): [] for name, _ in systems for t in TOLERANCES}
        for _ in range(3):
            for tolerance in TOLERANCES:
                for name, run in systems:
                    runs[name, tolerance].append(run(tolerance))
    least = min(reached for found in runs.values() for _, reached in found)
    print("| | tolerance | seconds | above the least objective |\n|---|---|---|---|")
    for (name, tolerance), found in runs.items():
        seconds = statistics.median(seconds for seconds, _ in found)
        print(f"| {name} | {tolerance:g} | {seconds:.2f} | {found[0][1] / least - 1:.1e} |")


main()
