"""Speed of detente beside its peers on the same sentences, one core, in one run.

    speed.py DETENTE [ROUNDS]

Every round runs each system once, in turn, so that whatever else the machine does strikes all alike. Counted is
processor time, start-up taken off by a run on one sentence; the figure is the median of the rounds. Sentences are
the statements of data/corpus. VADER and TextBlob as they come; scikit-learn with TF-IDF of word 1-2-grams and
logistic regression, and with hashing and SGD, fitted to the sign of the labels; fastText and Vowpal Wabbit where
they are installed (`pip install fasttext-wheel vowpalwabbit`), trained on the same.
"""

import glob
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def corpus():
    texts, labels = [], []
    for path in sorted(glob.glob("data/corpus/*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                for statement in record.get("statements", [record]):
                    texts.append(" ".join(statement["text"].split()))
                    labels.append((statement.get("outlook") or 0) > 0)
    return texts, labels


def of_children(command):
    """Processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def of_call(work):
    """Processor seconds of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def of_program(command, few, many):
    return lambda: of_children([*command, many]) - of_children([*command, few])


def systems(binary, texts, labels, folder):
    """Name, share of the sentences that is run, and what runs them and gives its seconds."""

    def lines(name, rows):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows)
        return path

    def jsonl(name, rows):
        return lines(name, (json.dumps({"id": str(i), "text": t}, ensure_ascii=False) for i, t in enumerate(rows)))

    many, few = jsonl("many.jsonl", texts * 4), jsonl("few.jsonl", texts[:1])
    score = [binary, "--jobs", "1", "score", "--format", "jsonl"]
    yield "detente, statements", 4, of_program([*score, "--statements"], few, many)
    articles = [" ".join(texts[i : i + 15]) for i in range(0, len(texts), 15)]
    many, few = jsonl("articles.jsonl", articles * 4), jsonl("article.jsonl", articles[:1])
    yield "detente, full articles", 4, of_program(score, few, many)

    part = texts[::8]
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    yield "vaderSentiment", 1 / 8, lambda: of_call(lambda: [vader.polarity_scores(t) for t in part])
    yield "TextBlob", 1 / 8, lambda: of_call(lambda: [TextBlob(t).sentiment for t in part])

    from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, SGDClassifier
    from sklearn.pipeline import make_pipeline

    tfidf = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit(texts, labels)
    yield "scikit-learn, TF-IDF", 1, lambda: of_call(lambda: tfidf.predict(texts))
    hashed = make_pipeline(HashingVectorizer(ngram_range=(1, 2), n_features=2**18), SGDClassifier(random_state=1))
    hashed.fit(texts, labels)
    yield "scikit-learn, hashing", 1, lambda: of_call(lambda: hashed.predict(texts))

    try:
        import fasttext

        rows = [f"__label__{int(label)} {text}" for text, label in zip(texts, labels)]
        quick = fasttext.train_supervised(lines("fasttext.txt", rows), dim=10, wordNgrams=2, thread=1, verbose=0)
        yield "fastText", 1, lambda: of_call(lambda: quick.f.multilinePredict([t + "\n" for t in texts], 1, 0.0, ""))
    except ImportError:
        print("fastText is not installed", file=sys.stderr)
    try:
        from vowpalwabbit import Workspace

        plain = [t.replace(":", " ").replace("|", " ") for t in texts]
        rabbit = Workspace("--loss_function logistic --ngram 2 -b 20 --quiet")
        for text, label in zip(plain, labels):
            rabbit.learn(f"{1 if label else -1} | {text}")
        yield "Vowpal Wabbit", 1, lambda: of_call(lambda: [rabbit.predict(f"| {t}") for t in plain])
    except ImportError:
        print("Vowpal Wabbit is not installed", file=sys.stderr)


def main():
    binary = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    texts, labels = corpus()
    size = sum(len(text.encode()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        every = list(systems(binary, texts, labels, folder))
        seconds = {name: [] for name, _, _ in every}
        for _ in range(rounds):
            for name, _, run in every:
                seconds[name].append(run())
    speed = {name: size * share / 1e6 / statistics.median(seconds[name]) for name, share, _ in every}
    ours = speed["detente, statements"]
    print("| system | MB a second of processor time | detente's statements are faster by |\n|---|---|---|")
    for name, megabytes in speed.items():
        print(f"| {name} | {megabytes:.2f} | {ours / megabytes:.1f} |")


main()
