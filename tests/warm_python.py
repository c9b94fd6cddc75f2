"""Commands run by a Python that has imported what they need: each is a fork of one process.

To start Python and import Scrapy takes longer than most crawls that tests make. What a command says, how it
ends and what it does elsewhere is as if it had been started by itself; `python -P` is what it stands for.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import Any

# Neither the settings, which read the environment, nor a reactor, which belongs to one process.
IMPORTED = (
    "scrapy.cmdline",
    "scrapy.extensions.spiderstate",
    "scrapy.squeues",
    "twisted.web.client",
    "itemadapter",
    "crawler.feed_exports",
    "crawler.session",
    "crawler.account.conclusion",
    "crawler.crawling",
    "crawler.reports.report",
    "crawler.spiders.adhoc",
    "crawler.spiders.demo",
    "crawler.middlewares.robots",
    "crawler.network.http_handler",
    "pipelines.archive",
    "storage.archive",
    "storage.commands.rendering",
    "storage.writing.due",
    "storage.writing.site_numbers",
    "storage.writing.section_walks",
    "storage.search.index",
    "storage.search.index_merges",
)
WALKED = (
    "scrapy.commands",
    "scrapy.downloadermiddlewares",
    "crawler.commands",
    "crawler.middlewares",
    "crawler.spiders",
)
NOT_IMPORTED = {"crawler.settings", "twisted.internet.reactor"}
LONGEST_TASK = 200_000  # bytes: a command with its environment


class WarmPython:
    """Runs commands as `subprocess.run([sys.executable, "-P", *command])` does, one at a time."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def run(
        self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float, first: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, after the code that its process is to run *first*.

        :raises TimeoutExpired: if that takes longer than *timeout* seconds
        """
        task = json.dumps({"command": command, "cwd": str(cwd), "env": dict(env), "first": first})
        with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as log:
            socket.send_fds(self._channel, [task.encode()], [out.fileno(), log.fileno()])
            code = self._exit_code(int(self._channel.recv(32)), timeout)
            if code is None:
                raise subprocess.TimeoutExpired(command, timeout)
            out.seek(0)
            log.seek(0)
            return subprocess.CompletedProcess(command, code, out.read(), log.read())

    def _exit_code(self, pid: int, timeout: float) -> int | None:
        """Wait for the end of a command; None if it took too long and was killed."""
        self._channel.settimeout(timeout)
        try:
            return int(self._channel.recv(32))
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            self._channel.settimeout(None)
            self._channel.recv(32)
            return None
        finally:
            self._channel.settimeout(None)

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        self._process.wait()


@cache
def warm_python() -> WarmPython:
    """Return the one of this process, started when it is first asked for."""
    python = WarmPython()
    atexit.register(python.close)
    return python


# The other side


def next_command(channel: socket.socket) -> list[str]:
    """Fork for each task; return in the fork, with the command that it is to run."""
    while True:
        message, streams, _, _ = socket.recv_fds(channel, LONGEST_TASK, 2)
        if not message:
            sys.exit()
        pid = os.fork()
        if pid == 0:
            channel.close()
            return prepared(json.loads(message), streams)
        for stream in streams:
            os.close(stream)
        channel.send(str(pid).encode())
        channel.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def prepared(task: dict[str, Any], streams: Sequence[int]) -> list[str]:
    """Take over the streams, the folder and the environment of *task*; return its command."""
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(task["cwd"])
    os.environ.clear()
    os.environ.update(task["env"])
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [folder for folder in named if folder and folder not in sys.path]
    exec(task["first"], {})
    return list(task["command"])


def execute(command: Sequence[str]) -> None:
    """Run `-m MODULE`, `-c CODE` or a file with its arguments, as the Python interpreter does."""
    what, *arguments = command
    if what in {"-m", "-c"}:
        named, *arguments = arguments
    sys.argv = [what, *arguments]
    sys.modules["__main__"] = main = ModuleType("__main__")
    if what == "-m":
        runpy.run_module(named, run_name="__main__", alter_sys=True)
    elif what == "-c":
        exec(compile(named, "<string>", "exec"), vars(main))
    else:
        runpy.run_path(what, run_name="__main__")


def import_what_commands_need() -> None:
    """Import it, and keep it to the very end of each fork: to take it apart costs more than many a command.

    What a command imports and makes itself ends with it as ever.
    """
    kept: list[object] = []
    atexit.register(forget, kept)  # before all others: it comes after them
    for name in IMPORTED:
        import_module(name)
    from scrapy.utils.misc import walk_modules_iter

    for package in WALKED:
        list(walk_modules_iter(package))
    assert not NOT_IMPORTED & sys.modules.keys()
    kept += [*sys.modules, [*sys.modules.values(), kept]]
    gc.collect()
    gc.freeze()


def forget(kept: list[object]) -> None:
    """Have the interpreter take no module apart that is *kept*, in a circle that no collection looks at."""
    for name in kept:
        if isinstance(name, str) and name not in {"sys", "builtins", "__main__"}:
            sys.modules.pop(name, None)


if __name__ == "__main__":
    import_what_commands_need()
    execute(next_command(socket.socket(fileno=int(sys.argv[1]))))
