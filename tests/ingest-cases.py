#!/usr/bin/env python3
"""Runs the input cases: tests/ingest-cases.py BIN [CASES] [--kind WORD] [--quiet]

CASES is a folder with cases.jsonl and files/<id>/ (default: tests/data/ingest). A case is
  right    the expected value comes
  refused  no value, but a message or warning says so (allowed: `expected` accepts that)
  silent   text or a value is lost or misread without a message
  wrong    another value, or a record is lost although its value can be read
Cases whose input cannot be rebuilt here are counted as `not run`.
"""
import ast
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

SENTENCES = [
    "on wages, after nine hours of talks", "said a deal could be signed this week",
    "strike would go on if the last offer", "and a further meeting was set for Friday",
]


def files_of(case, root):
    """The input files and stdin of a case, by name; None if they cannot be rebuilt."""
    found = {}
    make, at = case["make"], 0
    while at < len(make):
        head = re.match(r"(?:; )?(?:(stdin) |([\w./+-]+): )", make[at:])
        if not head:
            break
        at += head.end()
        quote, end = make[at], at + 1
        if quote not in "'\"":
            break
        while end < len(make) and make[end] != quote:
            end += 2 if make[end] == "\\" else 1
        try:
            text = ast.literal_eval(make[at : end + 1])
        except (SyntaxError, ValueError):
            return None
        name = head.group(1) or head.group(2)
        found[name] = text.encode("utf-8", "surrogateescape") if name.endswith((".docx", ".epub", ".gz", ".zst")) \
            else text.encode("utf-8", "surrogatepass")
        at = end + 1
    folder = os.path.join(root, "files", case["id"])
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            found[os.path.relpath(full, folder)] = open(full, "rb").read()
    # the description of a binary file is not its content
    if any(name.endswith((".gz", ".zst", ".docx")) for name in found) and not os.path.isdir(folder):
        return None
    return found or None


class Run:
    def __init__(self, case, files, binary, extra=""):
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "wb").write(content)
            command = case["command"].replace("detente ", binary + " ", 1) + extra
            done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, timeout=60,
                                  stdin=None if "< stdin" in command else subprocess.DEVNULL)
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")
        self.rows = []
        if "--format jsonl" in command:
            self.rows = [json.loads(line) for line in self.out.split("\n") if line.startswith("{")]

    def text(self):
        return " ".join(s["text"] for row in self.rows for s in row.get("statements", []))

    def words(self):
        """Messages and warnings other than the note that a page was read."""
        warned = [w["kind"] for row in self.rows for w in row.get("warnings", []) if w["kind"] != "html"]
        return bool(self.err.strip() or warned)


def value(run, got, wanted):
    if got == wanted:
        return "right"
    if got is None:
        return "refused" if run.words() else "silent"
    return "wrong"


def judge_date(case, run):
    wanted = re.search(r"-> (\S+)", case["expected"]).group(1)
    got = str(run.rows[0].get("date")) if run.rows else "None"
    if got == wanted:
        return "right"
    if got == "None":
        return "refused" if run.words() else "silent"
    return "wrong"


def judge_date_field(case, run):
    return value(run, run.rows[0].get("date") if run.rows else None, "2020-01-15")


def judge_count(case, run, wanted, texts=()):
    if len(run.rows) == wanted and all(text in run.text() for text in texts):
        return "right"
    if run.err.strip() or len(run.rows) == wanted and run.words():
        return "refused"
    return "silent"


def judge_nested(case, run):
    if case["id"] == "nest-newsapi-trunc":
        marked = any("trunc" in w["kind"] or "cut" in w["message"] for r in run.rows for w in r["warnings"])
        if "chars]" in run.text():
            return "silent"
        return "right" if marked else "wrong"
    if "mongo" in case["id"]:
        return value(run, run.rows[0].get("date") if run.rows else None, "2020-01-16")
    wanted = 2 if "newsapi-wrapped" in case["id"] else 1
    verdict = judge_count(case, run, wanted, SENTENCES[:1])
    if verdict == "right" and any(r["date"] != "2020-01-15" for r in run.rows):
        return "silent"
    return verdict


def judge_source(case, run):
    if ",The Lantern," in run.out:
        return "right"
    return "refused" if run.err.strip() else "silent"


def judge_text_field(case, run):
    return judge_count(case, run, 1, SENTENCES[:2])


def judge_value(case, run):
    if not run.rows:
        return "wrong"
    row, name = run.rows[0], case["id"]
    if "published" in name:
        return value(run, row["date"], "2020-01-15")
    if "num-title" in name:
        return value(run, row["title"], "2020")
    if "nan" in name:
        return "right" if row["title"] is None else "silent"
    if "headline-obj" in name:
        return value(run, row["title"], "Port wage talks")
    return "right" if SENTENCES[0] in run.text() else "silent"


def judge_second(case, run):
    if not run.rows:
        return "refused"
    if "bad-date" in case["id"]:
        return value(run, run.rows[0]["date"], "2020-01-15")
    return "right" if SENTENCES[0] in run.text() else "silent"


def judge_table(case, run):
    name, text = case["id"], run.text()
    wanted = {
        "csv-backslash-1": (2, ['"the deal is close"']), "csv-backslash-2": (2, ['"the deal is close,"']),
        "tsv-leading-quote-even": (5, []), "tsv-leading-quote-3col": (4, []),
        "tsv-quoted-words": (2, ['"No deal," he said, "is near."', '"Deal" is the word.']),
        "csv-inner-quote": (2, ['"good step"']), "csv-sep-line": (1, []), "csv-semicolon-text-only": (1, []),
        "csv-tab-in-csv": (1, []), "csv-extra-cell": (2, []), "csv-short-last": (2, []), "csv-crlf-in-cell": (1, []),
        "csv-mojibake": (1, ["“No deal”", "isn’t"]),
    }.get(name)
    if wanted:
        return judge_count(case, run, *wanted)
    if name == "csv-dup-columns":
        return "right" if run.words() else "silent"
    # refused on purpose: the row is named, the other rows are scored
    if name == "csv-nul":
        return "right" if len(run.rows) == 1 and "line 2" in run.err else "silent"
    return "right" if run.err.strip() and not run.rows else "silent"


def judge_json(case, run):
    wanted = {"jsonl-pydict": 1, "jsonl-jsonp": 1, "jsonl-comment": 1}.get(case["id"], 2)
    if len(run.rows) == wanted:
        return "right"
    if not run.err.strip():
        return "silent"
    if "remedy" in case["expected"]:
        return "refused" if "--input-format" in run.err else "wrong"
    return "refused"


def judge_stdin(case, run):
    if "empty" in case["id"]:
        return "right" if run.code == 3 and run.err.strip() else "silent"
    return judge_count(case, run, 2)


FORMATS = {
    "ext-a.xml": (2, ["The union agreed to a deal."]), "ext-a.warc": (1, ["The union agreed"]),
    "ext-a.sgm": (2, ["The union agreed to a deal."]), "ext-a.srt": (1, ["The union agreed to a deal."]),
    "ext-a.mht": (1, ["The union agreed to a deal."]), "ext-a.docx": (1, ["The union agreed to a deal."]),
    "ext-a.htm.txt": (1, ["The union agreed"]), "ext-a.csv.txt": (2, ["Talks collapsed."]),
    "ext-a.yaml": (1, []), "ext-a.log": (1, []), "ext-noext": (1, []),
}


def judge_format(case, run):
    if re.search(r"<\w|-->|WARC|MIME|%PDF|PK|id,", run.text()):
        return "silent"
    wanted = FORMATS.get(case["id"])
    return judge_count(case, run, *wanted) if wanted else ("refused" if run.err.strip() and not run.rows else "silent")


def judge_page(case, run):
    text = run.text()
    have = [s in text for s in SENTENCES if s in case["all"]]
    if run.rows and all(have) and "collapsed" not in text:
        return "right"
    return "refused" if run.err.strip() or run.words() else "silent"


def judge_page_date(case, run):
    if not run.rows:
        return "refused"
    row = run.rows[0]
    wanted = re.search(r"date (\S+?),? ", case["expected"] + " ").group(1)
    wanted = None if wanted == "None" else wanted
    title = re.search(r"title (.*) or a word", case["expected"])
    if title and row["title"] != title.group(1):
        return "refused" if run.words() else "wrong"
    return value(run, row["date"], wanted)


def judge_sections(case, run):
    paragraphs = r"delegation of port (\w+) said"
    if set(re.findall(paragraphs, run.text())) == set(re.findall(paragraphs, case["all"])):
        return "right"
    return "refused" if run.words() else "silent"


def judge_markup(case, run):
    if not run.rows:
        return "refused"
    bad = re.search(r"<\w|</|&#|&\w+;|href|var deal|strike-collapse|walkout", run.text())
    return "right" if not bad else ("refused" if run.words() else "silent")


def judge_empty(case, run):
    named = bool(run.err.strip())
    if "code 3" in case["expected"]:
        return "right" if named and run.code == 3 else "silent"
    return "right" if named else "silent"


def judge_plain(case, run):
    name = case["id"]
    dates = [row["date"] for row in run.rows]
    if "md-" in name:
        bad = re.search(r"collapse|failed.png|<!--", run.text().replace("talks failed", ""))
        return "right" if run.rows and not bad else "silent"
    if "lexis" in name:
        right = dates == ["2020-01-15", "2020-01-17"]
    else:
        right = dates == ["2020-01-15"] and not re.search(r"layout|BYLINE|LENGTH|DATE|^date", run.text())
    if right:
        return "right"
    return "refused" if run.words() else "silent"


def judge_packed(case, run):
    wanted = {"zst-compare-two-frames": ",80,"}.get(case["id"], ",40,40,")
    if wanted in run.out:
        return "right"
    return "refused" if run.err.strip() else "silent"


def judge_series(case, run):
    name = case["id"]
    if "far-before" in name or "future" in name:
        return "right" if run.err.strip() else "silent"
    if "template" in name:
        return "right" if ",4,4," in run.out else ("refused" if run.err.strip() else "silent")
    if "missing-dates" in name:
        return "right" if run.code == 0 or "publishedAt" in run.err else "refused"
    if "since" in name or "repeated" in case["expected"] or "same-id" in name:
        return "right" if run.err.strip() else "silent"
    return "right" if run.code == 0 and run.out and "NaN" not in run.out else "refused"


def judge_compare(case, run):
    if case["verdict"] == "refused":
        return "right" if run.code in (2, 3) and run.err.strip() else "wrong"
    return "right" if run.code == 0 and run.out else "refused"


JUDGES = {
    "date string": judge_date, "name of date field": judge_date_field, "nested JSON": judge_nested,
    "name of source field": judge_source, "name of text field": judge_text_field,
    "awkward values in fields": judge_value, "first candidate empty, second full": judge_second,
    "CSV quoting": judge_table, "TSV quoting": judge_table, "CSV head": judge_table, "CSV rows": judge_table,
    "JSON": judge_json, "stdin": judge_stdin, "other formats given by name": judge_format,
    "web page: text": judge_page, "web page: date and title": judge_page_date,
    "plain text and Markdown": judge_plain, "time series": judge_series, "compare": judge_compare,
    "web page: text in several containers": judge_sections, "wrong text taken": judge_sections,
    "HTML in a text field": judge_markup, "empty inputs": judge_empty, "packed scored rows": judge_packed,
}


def main():
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    only = sys.argv[sys.argv.index("--kind") + 1] if "--kind" in sys.argv else ""
    words = [w for w in words if w != only]
    binary = os.path.abspath(words[0])
    root = words[1] if len(words) > 1 else os.path.join(os.path.dirname(__file__), "data/ingest")
    kinds, failures, missing = collections.defaultdict(collections.Counter), [], []
    for line in open(os.path.join(root, "cases.jsonl"), encoding="utf-8"):
        case = json.loads(line)
        if only and only not in case["kind"]:
            continue
        files, judge = files_of(case, root), JUDGES.get(case["kind"])
        if case["id"] == "stdin-empty":
            files = {"stdin": b""}
        # long inputs are cut in the description; a series needs all of its articles
        is_cut = len(case["make"]) >= 700 and not os.path.isdir(os.path.join(root, "files", case["id"]))
        if not files or not judge or is_cut and case["kind"] in ("time series", "compare"):
            missing.append(case["id"])
            continue
        case["all"] = " ".join(content.decode("utf-8", "replace") for content in files.values())
        run = Run(case, files, binary)
        verdict = judge(case, run)
        kinds[case["kind"]][verdict] += 1
        if verdict != "right":
            shown = [(r["date"], r["title"], [w["kind"] for w in r["warnings"]]) for r in run.rows][:2]
            failures.append(f"{verdict:8} {case['id']}: {case['expected'][:60]} | {shown} {run.text()[:60]!r} "
                            f"| {run.code} {run.err.strip()[:160]!r}")
    total = collections.Counter()
    print(f"{'kind':40}{'right':>7}{'refused':>9}{'silent':>8}{'wrong':>7}")
    for kind, counts in [*kinds.items(), ("all", total)]:
        total.update(counts if kind != "all" else {})
        numbers = [counts[v] for v in ("right", "refused", "silent", "wrong")]
        print(f"{kind:40}{numbers[0]:7}{numbers[1]:9}{numbers[2]:8}{numbers[3]:7}")
    print(f"{len(missing)} not run")
    if "--quiet" not in sys.argv:
        print(*failures, sep="\n")


if __name__ == "__main__":
    main()
