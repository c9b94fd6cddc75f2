"""The `hotnews serve` command, as a process with a real socket."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from uvicorn.server import ServerState

from crawler import serving as command
from crawler.serving import serve
from storage.errors import ArchiveError
from storage.web import bounded_connections
from storage.web.application import make_application
from storage.web.bounded_connections import MOST_CONNECTIONS, BoundedConnection
from storage.web.door import Door
from storage.web.serving import _config, _listen

START = [sys.executable, "-P", "-c", "from crawler.cli import main; main()", "serve"]
ROOT = Path(__file__).parents[3]


@contextmanager
def serving(archive_url: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a server process and its address."""
    arguments = [*START, "--port", "0", "--archive", archive_url]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"at (http://127\.0\.0\.1:\d+)/", line)
        assert found, line
        yield process, found[1]
        process.kill()


@pytest.fixture(scope="module")
def server(filled_url: str) -> Iterator[str]:
    """Return the address of a server that nothing may stop."""
    with serving(filled_url) as (_, address):
        yield address


def test_it_says_where_it_is_and_ends_quietly_when_interrupted(filled_url: str) -> None:
    with serving(filled_url) as (process, address):
        with urlopen(f"{address}/api/sites", timeout=30) as reply:
            assert reply.status == 200

        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_no_answer_waits_for_the_acknowledgement_of_its_head() -> None:
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /\xff\xfe HTTP/1.1",
        b"GET http://evil.test/ HTTP/1.1",
        b"GET * HTTP/1.1",
        b"GET /%ff?q=%ff%00 HTTP/1.1",
        b"\x00\x01\x02",
        b"GET /?q=" + b"a" * 70_000 + b" HTTP/1.1",
        b"GET //evil.test HTTP/1.1",
        b"GET /%0d%0aX:%20y HTTP/1.1",
    ],
)
def test_no_bytes_on_the_wire_stop_it(server: str, request_line: bytes) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as opened:
        opened.sendall(request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = opened.makefile("rb").readline()

    assert not status or status.split()[1][:1] in {b"2", b"4"}, status
    with urlopen(f"{server}/sites", timeout=30) as reply:
        assert reply.status == 200


@pytest.mark.parametrize("cut", [None, 19, 24], ids=["whole", "within a character", "behind it"])
def test_an_address_may_have_characters_as_they_are_typed(server: str, cut: int | None) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    request = "GET /api/search?q=港口 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()

    with socket.create_connection((host, int(port)), timeout=30) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.sendall(request[:cut])
        opened.sendall(request[cut:] if cut else b"")
        head, _, body = opened.makefile("rb").read().partition(b"\r\n\r\n")

    assert head.split()[1] == b"200"
    assert json.loads(body)["query"] == "港口"


def test_connections_that_ask_for_nothing_keep_nobody_out(
    server: str,
) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    with ExitStack() as held:
        for _ in range(MOST_CONNECTIONS + 20):
            idle = held.enter_context(socket.create_connection((host, int(port)), timeout=30))
            idle.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")

        with urlopen(f"{server}/api/sites", timeout=30) as reply:
            assert reply.status == 200


def test_a_connection_has_a_time_to_ask_however_often_it_sends_a_byte(
    filled_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_connections, "REQUEST_SECONDS", 0.2)

    async def send_slowly() -> tuple[bytes, float]:
        with closing(Door(filled_url)) as door:
            config, state = _config(make_application(door)), ServerState()
            loop = asyncio.get_running_loop()
            listening = await loop.create_server(
                lambda: BoundedConnection(config, state, app_state={}), "127.0.0.1", 0
            )
            async with listening:
                reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
                writer.write(b"GET /api/sites HTTP/1.1\r\nHost: localhost\r\n\r\n")
                answer = await reader.readuntil(b"\r\n")
                began = loop.time()
                try:
                    while not reader.at_eof():
                        writer.write(b"G")
                        await writer.drain()
                        with suppress(TimeoutError):
                            await asyncio.wait_for(reader.read(100_000), 0.02)
                except ConnectionError:
                    pass
                writer.transport.abort()
                return answer, loop.time() - began

    answer, seconds = asyncio.run(send_slowly())

    assert answer.split()[1] == b"200"
    assert seconds < 10


def test_a_request_under_another_name_is_refused(server: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(server, headers={"Host": "evil.test"}), timeout=30)

    with refused.value as reply:
        assert reply.code == 421


def run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [*START, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return done.returncode, done.stderr


def test_an_absent_archive_is_one_clear_line(tmp_path: Path) -> None:
    code, said = run("--archive", str(tmp_path / "none.db"), "--port", "0")

    assert code == 2
    assert said.count("\n") == 1
    assert "there is no archive yet" in said


def test_a_taken_port_is_one_clear_line(filled_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = run("--archive", filled_url, "--port", str(taken.getsockname()[1]))

    assert code == 2
    assert said.count("\n") == 1
    assert "cannot be listened at" in said


@pytest.mark.parametrize("url", ["news.example", "ftp://news.example/", "https://"])
def test_an_address_that_no_reader_could_use_is_refused(filled_url: str, url: str) -> None:
    code, said = run("--archive", filled_url, "--public-url", url)

    assert code == 2
    assert f"--public-url {url} is no http or https URL" in said


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, filled_url: str) -> None:
    monkeypatch.setattr(command, "NEEDED", ("no_such_module_at_all",))

    result = CliRunner().invoke(serve, ["--archive", filled_url])

    assert isinstance(result.exception, ArchiveError)
    assert result.exception.exit_code == 2
    assert "pip install 'hotnews[web]'" in str(result.exception)


def test_the_command_line_imports_no_web_module_before_it_serves() -> None:
    script = "import sys, crawler.serving; print({'starlette', 'uvicorn', 'jinja2'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert done.stdout.strip() == "set()"
