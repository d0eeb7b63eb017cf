#!/usr/bin/env python3
"""Measures the parties that are found in articles without given parties.

Usage: tests/found-parties.py DETENTE ARTICLES.jsonl

Each record has `sides`, two texts like `U.K.=-1;Brazil=0` from two label passes. Counted are the articles for which both
passes name two parties: how many show two named sides, how many the two parties of the first pass, and, where both
passes tell these apart by 1 or more, in how many the more hopeful one is right. Names are matched by ALIASES."""
import json
import subprocess
import sys
import tempfile

UNNAMED = {"outsiders", "unnamed", "others", "narrator"}
# name in the labels: beginnings of names that the program may show
ALIASES = {
    "u.k.": ["united kingdom", "u.k."],
    "britain": ["united kingdom", "u.k."],
    "u.s.": ["united states", "u.s."],
    "eu": ["european union"],
    "ec": ["european union"],
    "dprk": ["north korea"],
    "palestinians": ["palestin"],
    "netanyahu": ["israel"],
    "biden": ["united states"],
    "lamy": ["world trade"],
    "iaea": ["international atomic"],
    "jem": ["justice and equality", "rebel"],
    "milf": ["moro islamic"],
    "sudan government": ["sudan"],
    "government": ["sudan", "nepal", "philippine", "government"],
    "consumers": ["consumer"],
    "producers": ["producer"],
    "maoists": ["maoist"],
}


def labels(text):
    pairs = (part.split("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): float(score) for name, score in pairs}


def shown(name, sides):
    begins = ALIASES.get(name, [name])
    return next((s for s in sides if any(s["side"].lower().startswith(b) for b in begins)), None)


def main():
    program, path = sys.argv[1:3]
    with open(path, encoding="utf8") as file:
        records = [json.loads(line) for line in file]
    passes = {r["id"]: [labels(side) for side in r["sides"]] for r in records}
    records = [r for r in records if all(len(side) >= 2 for side in passes[r["id"]])]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as file:
        for record in records:
            file.write(json.dumps({k: record[k] for k in ("id", "date", "title", "text")}) + "\n")
        file.flush()
        command = [program, "score", "--format", "jsonl", "--quiet", file.name]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    two = both = told = right = 0
    for article in map(json.loads, output.splitlines()):
        sides = [s for s in article["sides"] if s["side"] not in UNNAMED]
        first, second = passes[article["id"]]
        two += len(sides) >= 2
        found = {name: shown(name, sides) for name in first}
        both += sum(side is not None for side in found.values()) >= 2
        (a, x), (b, y) = list(first.items())[:2]
        if abs(x - y) >= 1 and a in second and b in second and abs(second[a] - second[b]) >= 1:
            told += 1
            scores = [found[name]["score"] if found[name] else None for name in (a, b)]
            right += None not in scores and (scores[0] > scores[1]) == (x > y)
        if "-v" in sys.argv:
            print(article["id"], first, {s["side"]: s["score"] for s in sides})
    print(f"two named sides in {two} of {len(records)}, both parties in {both}; more hopeful side right in {right} of {told}")


main()
