"""A headless Chromium, driven through its debugging pipe; no other library is needed."""

import base64
import json
import os
import select
import subprocess
import tempfile
import time
from pathlib import Path

# seconds; a busy machine may be slow
PATIENCE = 120


class Browser:
    """One tab. `faults` has every error that its console has seen."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory(prefix="detente-browser-")
        command_out, self.commands = os.pipe()
        self.answers, answer_in = os.pipe()

        def name_pipes():
            # above 4 first: either pipe may have one of the two numbers
            source, sink = os.dup(command_out), os.dup(answer_in)
            while source <= 4 or sink <= 4:
                source, sink = os.dup(source), os.dup(sink)
            os.dup2(source, 3)
            os.dup2(sink, 4)

        arguments = [
            program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
            f"--user-data-dir={self.folder.name}", "about:blank",
        ]
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=name_pipes, close_fds=False,
        )
        os.close(command_out)
        os.close(answer_in)
        self.waiting = b""
        self.number = 0
        self.session = None
        self.events = []
        self.faults = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "DOM", "Network"]:
            self.call(f"{domain}.enable")

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, TimeoutError, EOFError):
            pass
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def _message(self, until):
        while b"\0" not in self.waiting:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                raise EOFError("the browser has ended")
            self.waiting += piece
        text, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(text)

    def _note(self, message):
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.faults.append(params["exceptionDetails"].get("text", "exception"))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.faults.append(f"console: {params['args']}")
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.faults.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        elif method:
            self.events.append(method)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._message(until)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._note(answer)

    def _wait_for_page(self, act):
        self.events.clear()
        result = act()
        until = time.monotonic() + PATIENCE
        while "Page.loadEventFired" not in self.events:
            self._note(self._message(until))
        return result

    def open(self, address):
        self._wait_for_page(lambda: self.call("Page.navigate", url=address))

    def run(self, script):
        """The value of a script."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", script))
        return result["result"].get("value")

    def click(self, selector):
        """Clicks what leads to another page."""
        script = f"document.querySelector({json.dumps(selector)}).click()"
        self._wait_for_page(lambda: self.run(script))

    def press(self, key, code):
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      text="\r" if key == "Enter" else "")

    def fill(self, selector, value):
        self.run(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(value)}")

    def choose_files(self, selector, paths):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def text(self, selector="main"):
        return self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def scripts(self, enabled):
        self.call("Emulation.setScriptExecutionDisabled", value=not enabled)

    def look(self, width, dark):
        """Sets the width of the page, and its colours."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def overflows(self):
        """Whether the page is wider than the window."""
        return self.run("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def picture(self, path):
        image = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")["data"]
        Path(path).write_bytes(base64.b64decode(image))
