#!/usr/bin/env python3
"""The pages in a browser, from the first page to a restart of the server: read, file, drop, timeline, compare, search,
export. Checks the console, the width of each page on a phone and, with axe-core, the rules for screen readers.

    story.py PROGRAM [--shots FOLDER]

Leaves with 0 and a reason where there is no Chromium. axe-core is taken from AXE (the path of axe.min.js).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from chromium import Browser

ROOT = Path(__file__).resolve().parents[4]
EXAMPLE = sorted((ROOT / "data" / "example").glob("*.txt"))
PASTED = (ROOT / "data" / "example" / "2033-01-12-harbour-wire.txt").read_text()
NAME = "Fishing & “quotas” <b>"


class Server:
    def __init__(self, program, archive):
        arguments = [program, "serve", "--port", "0", "--archive", str(archive), "--quiet"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def end(self):
        self.process.terminate()
        assert self.process.wait(timeout=10) == 0, "the server did not end well"


class Story:
    def __init__(self, browser, shots):
        self.browser, self.shots, self.checked = browser, shots, []
        axe = os.environ.get("AXE")
        self.axe = Path(axe).read_text() if axe else None

    def check_page(self, name):
        """Looks at the page in all widths and colours."""
        browser = self.browser
        for width in [1200, 400]:
            for dark in [False, True]:
                browser.look(width, dark)
                assert not browser.overflows(), f"{name}: wider than {width}"
                if self.shots:
                    browser.picture(f"{self.shots}/{name}-{width}-{'dark' if dark else 'light'}.png")
                # contrast in both colours, layout in both widths
                if self.axe and dark == (width == 400):
                    self.check_rules(f"{name} {width} {'dark' if dark else 'light'}")
        browser.look(1200, False)
        assert not browser.faults, f"{name}: {browser.faults}"
        self.checked.append(name)

    def check_rules(self, name):
        self.browser.run(self.axe + ";0")
        found = self.browser.run("axe.run({resultTypes: ['violations']}).then((found) => JSON.stringify("
                                 "found.violations.map((v) => [v.impact, v.id, v.nodes.slice(0, 3).map((n) => n.html)])))")
        serious = [fault for fault in json.loads(found) if fault[0] in ("serious", "critical")]
        assert not serious, f"{name}: {serious}"

    def says(self, words, selector="main"):
        text = self.browser.text(selector)
        assert words in text, f"{words!r} is not in: {text[:2000]}"


def run(program, shots):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        print("skipped: no chromium on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "talks.db"
        server = Server(program, archive)
        browser = Browser(chromium)
        try:
            story = Story(browser, shots)
            if not story.axe:
                print("axe-core is not checked: AXE does not name axe.min.js")
            tell(story, browser, server, archive, Path(folder), program)
            print(f"{len(story.checked)} passed, 0 failed")
        finally:
            browser.close()
            if server.process.poll() is None:
                server.process.kill()


def tell(story, browser, server, archive, folder, program):
    browser.open(f"{server.address}/")
    story.says("How are the talks going?")
    story.says("Who moved")
    story.check_page("start")

    # without scripts: paste and read
    browser.scripts(False)
    browser.open(f"{server.address}/")
    browser.scripts(True)
    browser.fill("#text", PASTED)
    browser.scripts(False)
    browser.call("Runtime.evaluate", expression="0")
    browser.scripts(True)
    browser.click("#read-form button")
    story.says("statements bear on it")
    assert browser.run("document.querySelectorAll('p.said[style]').length") >= 2, "no sentence is tinted"
    story.says("Anna Brannick (Estmar)")
    browser.run("document.querySelector('p.said[style]').focus()")
    browser.press("Enter", 13)
    assert browser.run("document.querySelector('.why').textContent.length") > 10, "the reasons do not open"
    story.check_page("read")

    # file it
    browser.fill("#negotiation", NAME)
    browser.click(".file button")
    story.says("1 article filed")
    story.check_page("filed")

    # drop ten files, one of them a saved page
    page = folder / "page.html"
    paragraphs = EXAMPLE[1].read_text().split("\n\n")
    body = "".join(f"<p>{text}</p>" for text in paragraphs[2:])
    page.write_text(f"<html><head><title>{paragraphs[1]}</title></head><body><article><h1>{paragraphs[1]}</h1>"
                    f"<time datetime='2033-01-27'>27 January 2033</time>{body}</article></body></html>")
    files = [page, *EXAMPLE[2:11]]
    drop = """(() => { const data = new DataTransfer(); data.items.add(new File(["x"], "x.txt"));
        const event = (kind) => new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
        document.dispatchEvent(event("dragover")); document.dispatchEvent(event("drop"));
        return document.getElementById("files").files.length })()"""
    assert browser.run(drop) == 1, "a dropped file is not taken"
    browser.choose_files("#files", files)
    browser.click("#read-form button")
    story.says("10 articles filed")
    story.says("11 articles")
    story.says("What comes next")
    story.check_page("negotiation")
    assert browser.run("document.querySelectorAll('td a[href^=\"/articles/\"]').length") == 11, "articles have no links"

    # the same again changes nothing
    browser.choose_files("#files", files)
    browser.click("#read-form button")
    story.says("0 articles filed, 10 articles known before")

    browser.click("td a[href^='/articles/']")
    story.says("Ledger")
    story.check_page("article")
    browser.click(".path a")

    browser.run("document.getElementById('by').value = 'side'")
    browser.click(".tools form[action$='/timeline'] button")
    story.says("Turning points" if "Turning points" in browser.text() else "Highest")
    story.check_page("timeline")
    browser.click(".path a")
    browser.click(".tools form[action$='/compare'] button")
    story.says("Statements that moved it most")
    story.check_page("compare")
    browser.click(".path a")

    browser.fill("#q", "kovland \"selvoe bank\"")
    browser.click(".tools form[action$='/search'] button")
    story.says("best match first")
    assert browser.run("document.querySelectorAll('mark').length") > 2, "found words are not marked"
    story.check_page("search")
    browser.open(f"{server.address}/search?q=%22+NEAR(+*")
    story.check_page("search-signs")

    browser.open(f"{server.address}/negotiations")
    story.says("11 articles")
    story.check_page("negotiations")
    link = browser.run("document.querySelector('.cards a').href")
    for kind, start in [("jsonl", b'{"schema":1'), ("csv", b"id,"), ("html", b"<!doctype"), ("svg", b"<svg"),
                        ("markdown", b"# "), ("statements", b"id,date,statement,")]:
        with urllib.request.urlopen(f"{link}/export?format={kind}") as answer:
            saved = answer.read()
        assert saved.startswith(start), f"{kind}: {saved[:60]}"
        if kind == "jsonl":
            assert saved.count(b"\n") == 11, "not all articles are saved"

    # a text without anything, an undated one, and pages that are not there
    browser.open(f"{server.address}/")
    browser.click("#read-form button")
    story.says("nothing to read")
    browser.faults = [fault for fault in browser.faults if "422" not in fault]
    story.check_page("nothing")
    browser.open(f"{server.address}/")
    browser.fill("#text", "<script>alert(1)</script> The two sides met and agreed to talk again.")
    browser.fill("#title", "<script>alert(2)</script>")
    browser.fill("#negotiation", "Undated")
    browser.click("#read-form button")
    story.says("no chart yet")
    story.check_page("undated")
    browser.click("main li a")
    browser.fill("#date", "2033-07-01")
    browser.click("button[value=date]")
    story.says("The date is set")
    browser.click(".path a")
    story.says("1 article")
    browser.open(f"{server.address}/nowhere")
    story.says("Not here")
    browser.faults = [fault for fault in browser.faults if "404" not in fault]
    story.check_page("nowhere")
    browser.open(f"{server.address}/api")
    story.check_page("api")
    browser.open(f"{server.address}/example")
    story.says("13 articles")
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert browser.run("getComputedStyle(document.querySelector('.tools')).display") == "none"
    browser.call("Emulation.setEmulatedMedia", media="")

    # restart: still there
    server.end()
    again = Server(program, archive)
    try:
        browser.open(f"{again.address}/negotiations")
        story.says(NAME)
        story.says("11 articles")
    finally:
        again.end()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    shots = arguments.pop(arguments.index("--shots") + 1) if "--shots" in arguments else None
    if shots:
        Path(shots).mkdir(parents=True, exist_ok=True)
    run(os.path.abspath(arguments[0]), shots)
