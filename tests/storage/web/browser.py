"""A headless Chromium, driven by the WebDriver protocol over loopback: no library, no download."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

DRIVER = "chromedriver"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
START_SECONDS = 30
TAB, ENTER = "\ue004", "\ue007"


def missing() -> str | None:
    """Return what of a browser is not installed here, None where all is."""
    if shutil.which(DRIVER) is None:
        return f"{DRIVER} is not installed (Debian's package chromium-driver)"
    if not any(map(shutil.which, BROWSERS)):
        return "chromium is not installed (Debian's package chromium)"
    return None


class Browser:
    """One window."""

    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, url: str) -> None:
        """Go to *url* and wait until it is loaded."""
        self._post("url", {"url": url})

    @property
    def title(self) -> str:
        """Return the title of the window."""
        return str(_call("GET", f"{self._session}/title"))

    @property
    def url(self) -> str:
        """Return the address of the page shown."""
        return str(_call("GET", f"{self._session}/url"))

    def wait_for_address(self, part: str) -> None:
        """Wait until the page shown has *part* in its address: a form takes its time."""
        deadline = time.monotonic() + START_SECONDS
        while part not in self.url and time.monotonic() < deadline:
            time.sleep(0.05)
        assert part in self.url

    def run(self, script: str, *arguments: object) -> Any:
        """Return what *script*, run by the driver and not by the page, returns."""
        return self._post("execute/sync", {"script": script, "args": list(arguments)})

    def text(self, selector: str = "body") -> str:
        """Return the text, as it is seen, of the first element that *selector* finds."""
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def count(self, selector: str) -> int:
        """Return how many elements *selector* finds."""
        return int(self.run("return document.querySelectorAll(arguments[0]).length", selector))

    def press(self, *keys: str) -> None:
        """Press and release each of *keys*, wherever the focus is."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._post("actions", {"actions": [{"type": "key", "id": "keys", "actions": steps}]})

    def focused(self) -> str:
        """Return what the focused element says, to those who see and to those who hear."""
        return str(
            self.run(
                "const e = document.activeElement;"
                "return (e.innerText || e.getAttribute('aria-label') || e.id || e.tagName).trim()"
            )
        )

    def resize(self, width: int, height: int) -> None:
        """Give the screen this size in CSS pixels; a narrow one is a phone's."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, scheme: str) -> None:
        """Let the reader prefer a light or a dark *scheme*."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.devtools("Emulation.setEmulatedMedia", {"features": features})

    def devtools(self, command: str, parameters: Mapping[str, object]) -> Any:
        """Return what a *command* of the DevTools protocol answers."""
        return self._post("goog/cdp/execute", {"cmd": command, "params": dict(parameters)})

    def complaints(self) -> list[str]:
        """Return what the browser logged since the last call: blocked content and failed loads."""
        return [str(entry["message"]) for entry in self._post("se/log", {"type": "browser"})]

    def _post(self, command: str, values: Mapping[str, object]) -> Any:
        return _call("POST", f"{self._session}/{command}", values)


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Yield a browser whose profile is an empty folder in *folder*."""
    port = _free_port()
    log = folder / "chromedriver.log"
    driver = subprocess.Popen([DRIVER, f"--port={port}", f"--log-path={log}"], stdout=subprocess.DEVNULL)
    session = ""
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        session = f"{base}/session/{_new_session(base, folder)}"
        yield Browser(session)
    finally:
        if session:
            _call("DELETE", session)
        driver.terminate()
        driver.wait(timeout=START_SECONDS)


def _new_session(base: str, folder: Path) -> str:
    binary = next(path for path in map(shutil.which, BROWSERS) if path)
    options = {"binary": binary, "args": [*FLAGS, f"--user-data-dir={folder / 'profile'}"]}
    wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    created = _call("POST", f"{base}/session", {"capabilities": {"alwaysMatch": wanted}})
    return str(created["sessionId"])


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(base: str) -> None:
    """Wait until the driver answers. :raises TimeoutError: if it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if _call("GET", f"{base}/status")["ready"]:
                return
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(f"{DRIVER} did not answer within {START_SECONDS} s")


def _call(method: str, url: str, values: Mapping[str, object] | None = None) -> Any:
    body = json.dumps(values).encode() if values is not None else None
    request = Request(url, data=body, method=method, headers={"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]
