"""A PostgreSQL server that does not let us in: which error, which exit code, and no password in it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from storage.archive import Archive
from storage.errors import ArchiveNotFound, ArchiveUnreachable
from tests.postgres_server import free_port

ASKS_FOR_PASSWORD = b"R\x00\x00\x00\x08\x00\x00\x00\x03"


@contextmanager
def server_that_answers(*answers: bytes) -> Iterator[int]:
    """Yield the port of a server that gives a message of the client the next of *answers*, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_answer_all, args=(listening, answers), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _answer_all(listening: socket.socket, answers: tuple[bytes, ...]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:  # the test is over
            return
        with connection:
            for answer in answers:
                connection.recv(4096)
                connection.sendall(answer)


def fatal(sqlstate: str, message: str) -> bytes:
    """Return a FATAL of the server as its protocol (version 3) has it."""
    fields = f"SFATAL\0VFATAL\0C{sqlstate}\0M{message}\0\0".encode()
    return b"E" + (len(fields) + 4).to_bytes(4) + fields


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([fatal("3D000", 'database "news" does not exist')], "there is no such database"),
        ([fatal("28000", 'role "me" does not exist')], "no such database or user"),
        ([fatal("28000", 'no pg_hba.conf entry for host "10.0.0.1"')], "lets this user not in from here"),
        (
            [ASKS_FOR_PASSWORD, fatal("28P01", 'password authentication failed for user "me"')],
            "the server refused the password",
        ),
        ([fatal("28000", 'Peer authentication failed for user "me"')], "the server refused the user"),
        ([fatal("08P01", "unsupported startup parameter: options")], "a pooler takes no `options`"),
    ],
)
def test_a_server_that_refuses_what_the_url_names_is_a_fault_of_the_url(
    answers: list[bytes], says: str
) -> None:
    with server_that_answers(*answers) as port, pytest.raises(ArchiveNotFound, match=says) as raised:
        Archive(f"postgresql://me:secret@127.0.0.1:{port}/news?sslmode=disable&gssencmode=disable")

    assert raised.value.exit_code == 2
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([fatal("57P03", "the database system is starting up")], "starting up"),
        ([fatal("57P03", "the database system is in recovery mode")], "recovery mode"),
        ([fatal("53300", "sorry, too many clients already")], "too many clients"),
        ([b""], "server closed the connection"),
    ],
)
def test_a_server_that_takes_nobody_just_now_is_a_storage_error(answers: list[bytes], says: str) -> None:
    with server_that_answers(*answers) as port, pytest.raises(ArchiveUnreachable, match=says) as raised:
        Archive(f"postgresql://me:secret@127.0.0.1:{port}/news?sslmode=disable&gssencmode=disable")

    assert raised.value.exit_code == 7
    assert len(str(raised.value).splitlines()) == 1


def test_a_server_that_is_not_there_is_a_storage_error_for_those_who_write_too() -> None:
    url = f"postgresql://me:secret@127.0.0.1:{free_port()}/news"

    with pytest.raises(ArchiveUnreachable, match=r"cannot be reached .*refused"):
        Archive.create(url)


def test_a_server_that_is_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.server_sessions.CONNECT_SECONDS", "2")  # the least that libpq takes

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        with pytest.raises(ArchiveUnreachable, match="timeout"):
            Archive(f"postgresql://me@127.0.0.1:{port}/news")
