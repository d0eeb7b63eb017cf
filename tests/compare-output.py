#!/usr/bin/env python3
"""Compares the output of two builds of the program byte for byte.

    tests/compare-output.py OLD NEW [--values]

OLD and NEW are paths of `detente` binaries. Runs `score`, `explain`, `timeline`, `compare` and
`evaluate` on the committed data, and on ../shared where it is present. With --values, messages,
descriptions and other prose in JSON output are set aside: numbers, spans, names, keys and their
order are compared. Exits with 1 if anything differs.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PROSE = {"message", "reason", "words", "feature", "description"}


def commands():
    articles = sorted(map(str, (ROOT / "data/articles").glob("*.txt")))
    articles += sorted(map(str, (SHARED / "articles").glob("*.txt")))
    corpus = sorted(map(str, (ROOT / "data/corpus").glob("train-*.jsonl")))
    contrast = str(ROOT / "data/corpus/contrast.jsonl")
    pages = sorted(map(str, (ROOT / "tests/pages").glob("*.html")))
    for form in ("text", "json", "jsonl", "csv"):
        yield ["score", "--format", form, *articles]
    for form in ("text", "json", "jsonl", "markdown", "html"):
        yield ["explain", "--format", form, *articles]
    yield ["score", "--format", "jsonl", *corpus]
    yield ["score", "--format", "csv", *corpus[:2]]
    yield ["score", "--format", "jsonl", *pages]
    yield ["score", "--statements", "--format", "jsonl", contrast]
    yield ["score", "--statements", "--format", "csv", contrast]
    for form in ("text", "json", "csv", "markdown", "svg", "html"):
        yield ["timeline", "--format", form, "--period", "month", *corpus]
    for by in ("side", "speaker", "source", "negotiation", "domain"):
        yield ["timeline", "--format", "json", "--by", by, *corpus]
    for form in ("text", "json", "html"):
        yield ["compare", "--format", form, corpus[0], corpus[1]]
    yield ["evaluate", contrast]
    yield ["evaluate", "--format", "json", contrast, corpus[0]]
    real = SHARED / "real"
    if real.is_dir():
        yield ["score", "--format", "jsonl", str(real / "articles-dev.jsonl")]
        yield ["score", "--statements", "--format", "jsonl", str(real / "press.jsonl")]
        yield ["evaluate", str(real / "dev.jsonl")]
    lines = SHARED / "storylines"
    if lines.is_dir():
        yield ["timeline", "--format", "json", str(lines / "us-china-trade.tsv")]
        yield ["score", "--format", "jsonl", str(lines / "brexit.tsv")]


def without_prose(value):
    if isinstance(value, dict):
        return [(key, "" if key in PROSE else without_prose(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [without_prose(inner) for inner in value]
    return value


def values(output):
    text = output.decode()
    try:
        return without_prose(json.loads(text))
    except ValueError:
        pass
    try:
        return [without_prose(json.loads(line)) for line in text.splitlines()]
    except ValueError:
        return None


def main():
    names = [arg for arg in sys.argv[1:] if arg != "--values"]
    if len(names) != 2:
        sys.exit(__doc__)
    only_values = "--values" in sys.argv
    different = total = 0
    for command in commands():
        results = [subprocess.run([name, *command], capture_output=True, cwd=ROOT) for name in names]
        total += 1
        old, new = results
        if old.returncode > 1:
            print("fails in both:" if new.returncode > 1 else "failed before:", " ".join(command[:6]), old.stderr[:200].decode())
        same = (old.returncode, old.stdout) == (new.returncode, new.stdout)
        if not same and only_values and old.returncode == new.returncode:
            parsed = values(old.stdout)
            # text, Markdown, HTML and CSV have no values to tell from prose
            same = parsed is not None and parsed == values(new.stdout)
            if parsed is None and command[command.index("--format") + 1 if "--format" in command else 0] in (
                "text", "markdown", "html", "svg", "evaluate",
            ):
                print("not compared, prose:", " ".join(command[:5]))
                continue
        if not same:
            different += 1
            print("differs:", " ".join(command[:6]), f"(exit {old.returncode} and {new.returncode})")
            for a, b in zip(old.stdout.splitlines(), new.stdout.splitlines()):
                if a != b:
                    print("  old", a[:300].decode(errors="replace"))
                    print("  new", b[:300].decode(errors="replace"))
                    break
    print(f"{total} commands, {different} differ")
    sys.exit(1 if different else 0)


main()
