"""Writes scored articles as `detente score --format jsonl` does, for the bench of `detente timeline`.

    python3 million.py CORPUS COUNT > scored.jsonl

Each article says three things made of the words of CORPUS (a JSONL file of `data/corpus`), on
a day of ten years; one in ten is a copy of an earlier one with a word changed, up to three days
later, as agencies' copy runs. The same arguments give the same bytes.
"""

import datetime
import json
import random
import re
import sys

CUES = [("deal", "good_thing"), ("tariffs", "bad_thing"), ("agreed", "outlook"), ("collapsed", "outlook"),
        ("lift", "up"), ("may", "hedge"), ("progress", "outlook"), ("strike", "bad_thing")]


def statement(index, text, score, cue, draw):
    word, kind = cue
    return {
        "index": index, "start": 0, "end": len(text), "text": text, "bearing": 0.9, "score": score,
        "hedge": round(draw.random(), 4),
        "cues": [{"start": 0, "end": len(word), "text": word, "kind": kind}],
        "speaker": {"name": f"Speaker {draw.randrange(400)}", "side": f"Side {draw.randrange(6)}"},
        "when": None, "background": False, "weight": 0.3333, "contribution": round(score / 3, 4),
    }


def main(corpus, count):
    words = sorted(set(re.findall(r"\b[a-z]{3,}\b", open(corpus, encoding="utf-8").read())))
    draw = random.Random(20)
    start = datetime.date(2011, 1, 3)
    days = [str(start + datetime.timedelta(at)) for at in range(3660)]
    recent = []
    for at in range(count):
        day = at * 3650 // count
        if recent and draw.random() < 0.1:
            texts = list(draw.choice(recent))
            texts[2] += " " + draw.choice(words)
            day += draw.randrange(4)
        else:
            texts = [" ".join(draw.choices(words, k=18)) for _ in range(3)]
            recent = (recent + [texts])[-50:]
        scores = [round(draw.uniform(-1, 1), 4) for _ in texts]
        mean = round(sum(scores) / 3, 4)
        row = {
            "schema": 1, "id": f"wire-{at:07d}", "title": " ".join(texts[0].split()[:8]), "date": days[day],
            "model": "negotiation-en-1", "source": f"source-{at % 40}",
            "outlook": {"score": mean, "low": max(-1, round(mean - 0.3, 4)), "high": min(1, round(mean + 0.3, 4)),
                        "coverage": 0.9, "reading": "open", "hedge": 0.4, "statements": 3, "bearing": 3},
            "sides": [],
            "statements": [statement(i, t, s, draw.choice(CUES), draw) for i, (t, s) in enumerate(zip(texts, scores))],
            "warnings": [],
        }
        sys.stdout.write(json.dumps(row, separators=(",", ":")) + "\n")


main(sys.argv[1], int(sys.argv[2]))
