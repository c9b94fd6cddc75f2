"""What a client sees of a pooler: the session that answers is not the one that was connected to."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import URL, make_url

KEY_DATA = re.compile(rb"(?s)K\0\0\0\x0c....")  # of the protocol: by which process a session is served


@contextmanager
def pooler(url: str) -> Iterator[str]:
    """Relay to the server of *url*, and yield the URL of the same database behind the relay."""
    behind = make_url(url)

    class Relay(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            relay(self.request, behind)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        before = behind.set(host="127.0.0.1", port=server.server_address[1])
        yield before.render_as_string(hide_password=False)
        server.shutdown()


def relay(client: socket.socket, behind: URL) -> None:
    """Carry what is said in both directions until one side ends."""
    with socket.create_connection((behind.host or "", behind.port or 5432)) as server:
        asking = threading.Thread(target=carry, args=(client, server), daemon=True)
        asking.start()
        carry(server, client)
        asking.join()


def carry(source: socket.socket, target: socket.socket) -> None:
    """Carry what *source* says to *target*, but for the process that it names."""
    with suppress(OSError):
        while said := source.recv(65_536):
            target.sendall(KEY_DATA.sub(b"K\0\0\0\x0c\0\0\0\1", said, count=1) if len(said) < 2_000 else said)
        target.shutdown(socket.SHUT_WR)
