"""Writes requests and reads responses of HTTP/1.1 as bytes; no network (RFC 9112)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError

from crawler.network.failures import HeadersTooLarge

MOST_HEADER_BYTES = 65_536
MOST_LINE_BYTES = 4096  # of a chunk's size and its extensions
WITHOUT_BODY = frozenset({204, 304})
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
STATUS_LINE = re.compile(rb"(HTTP/\d(?:\.\d)?)[ \t]+(\d{3})(?![^ \t])[ \t]*(.*)", re.DOTALL)
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;|\Z)")
UNSAFE = re.compile(rb"[\r\n\0]+")

HeaderPairs = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """The status line and the headers, as they were received but for folded lines."""

    protocol: str
    status: int
    reason: bytes
    headers: HeaderPairs

    def values(self, name: bytes) -> list[bytes]:
        """Return the values of the header *name*, which is in lower case."""
        return [value for key, value in self.headers if key.lower() == name]

    def without(self, name: bytes) -> HeaderPairs:
        """Return the headers but for *name*, which is in lower case."""
        return tuple(pair for pair in self.headers if pair[0].lower() != name)


def request_bytes(method: str, target: str, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    """Return a request; line breaks in a header's value are no end of that header."""
    lines = [f"{method} {target} HTTP/1.1".encode("ascii")]
    lines += (b"%s: %s" % (name, UNSAFE.sub(b" ", value)) for name, value in headers)
    if body or method in {"POST", "PUT", "PATCH"}:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join((*lines, b"", body))


class ResponseReader:
    """Reads one response from the bytes that arrive.

    Faults that browsers pass over are passed over: bare line feeds, header lines without a colon, blank
    lines before the status. A body whose length cannot be known for certain is none.
    """

    def __init__(self, method: str, *, most_body_bytes: int) -> None:
        """*most_body_bytes* is the largest body that is taken, 0 for any."""
        self.head: ResponseHead | None = None
        self.finished = False
        self.reusable = False  # the connection, once the response is finished
        self._method = method
        self._most = most_body_bytes
        # Functions, not methods bound to this reader: it would hold itself, and the body, until a collection.
        self._take: Callable[[ResponseReader, bytes], None] = ResponseReader._take_head
        self._pending = bytearray()  # what the next step needs more of
        self._head_bytes = 0
        self._parts: list[bytes | bytearray] = []  # of the body; joined, a single one is not copied
        self._size = 0  # of the body so far, in bytes
        self._left = 0  # bytes of the body, or of its chunk, that are still to come
        self._take_line: Callable[[ResponseReader, bytes], None] = ResponseReader._take_chunk_size

    @property
    def body(self) -> bytes:
        """The body under its content encoding, without its transfer encoding."""
        return b"".join(self._parts)

    def feed(self, data: bytes) -> None:
        """Take *data*.

        :raises DownloadFailedError: if it is no HTTP, or does not say where the body ends.
        :raises HeadersTooLarge: if the headers, interim responses included, do not end.
        :raises DownloadCancelledError: if the body is larger than it may be.
        :raises ResponseDataLossError: if its chunks cannot be told apart, or it is longer than it says.
        """
        if self.finished:
            self.reusable = False  # nobody asked for that
            return
        self._take(self, data)

    def end(self, error: Exception | None = None) -> None:
        """Take the end of the connection, which *error* brought about unless it was an orderly one.

        :raises DownloadFailedError: if no response was complete up to its body.
        :raises ResponseDataLossError: if the body was not.
        """
        if self.finished:
            return
        why = f": {error}" if error and str(error) else ""
        if self.head is None:
            had = "in the headers" if self.begun else "without an answer"
            raise DownloadFailedError(f"the connection ended {had}{why}") from error
        if error or not self.end_is_untold:
            raise ResponseDataLossError(
                f"the connection ended after {self._size} bytes of the body{why}"
            ) from error
        self.finished = True

    @property
    def end_is_untold(self) -> bool:
        """Whether nothing but the end of the connection says where the body ends."""
        return self._take is ResponseReader._take_until_end

    @property
    def begun(self) -> bool:
        """Whether any byte has arrived."""
        return self._head_bytes > 0 or bool(self._pending)

    def _take_head(self, data: bytes) -> None:
        """Take bytes of a head; the common one, which comes at once with its body, is not copied."""
        pending, searched, at = self._pending, max(0, len(self._pending) - 3), 0
        if pending:
            pending += data
        else:  # some servers put a line break between two responses
            self._head_bytes += len(data) - len(data := data.lstrip(b"\r\n"))
        received = pending or data
        while end := END_OF_HEAD.search(received, max(searched, at)):
            self._count_head(end.end() - at)
            parsed = _parsed_head(bytes(received[at : end.start()]))
            at = end.end()
            if parsed.status >= 200:
                rest = bytes(received[at:])
                pending.clear()
                self._begin_body(parsed)
                if rest or self._take is ResponseReader._take_counted:  # of no bytes, maybe
                    self.feed(rest)
                return
            if parsed.status == 101:
                raise DownloadFailedError("the server changed to a protocol that nobody asked for")
        if received is data or at:
            self._pending = bytearray(received[at:])
        self._check_unfinished(self._pending)

    def _count_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEADER_BYTES:
            raise HeadersTooLarge(f"the headers are larger than {MOST_HEADER_BYTES} bytes")

    def _check_unfinished(self, pending: bytearray) -> None:
        if not _may_begin_response(pending):
            raise DownloadFailedError(f"no HTTP: {bytes(pending[:40])!r}")
        if self._head_bytes + len(pending) > MOST_HEADER_BYTES:
            raise HeadersTooLarge(f"the headers are larger than {MOST_HEADER_BYTES} bytes")

    def _begin_body(self, head: ResponseHead) -> None:
        coding = b",".join(head.values(b"transfer-encoding")).lower().strip()
        length = _length(head) if coding in {b"", b"identity"} else None
        self.head = head
        self.reusable = _stays_open(head)
        if self._method == "HEAD" or head.status in WITHOUT_BODY:
            self.finished = True
        elif coding.rpartition(b",")[2].strip() == b"chunked":
            self._parts.append(bytearray())  # one for all: a server may send a byte in each chunk
            self._take = ResponseReader._take_chunks
        elif length is not None:
            self._left = length
            self._check_size(length)
            self._take = ResponseReader._take_counted
        else:
            self.reusable = False
            self._take = ResponseReader._take_until_end

    def _check_size(self, size: int) -> None:
        if self._most and size > self._most:
            self._parts.clear()
            raise DownloadCancelledError(f"the body is larger than {self._most} bytes: {size}")

    def _take_until_end(self, data: bytes) -> None:
        self._size += len(data)
        self._check_size(self._size)
        self._parts.append(data)

    def _take_counted(self, data: bytes) -> None:
        more = data[self._left :]
        self._parts.append(data[: self._left])
        self._size += len(self._parts[-1])
        self._left -= len(self._parts[-1])
        self.finished = not self._left
        if more:
            self.reusable = False
            if more.strip() and not _may_begin_response(more):  # which nobody asked for
                raise ResponseDataLossError(
                    f"the body goes on after the {self._size} bytes it is said to have"
                )

    def _take_chunks(self, data: bytes) -> None:
        if self._pending:
            data = bytes(self._pending) + data
            self._pending.clear()
        at = 0
        while at < len(data):
            if self._left:
                part = data[at : at + self._left]
                self._parts[0] += part
                self._size += len(part)
                self._left -= len(part)
                at += len(part)
                continue
            end = data.find(b"\n", at, at + MOST_LINE_BYTES)
            if end < 0:
                if len(data) - at >= MOST_LINE_BYTES:
                    raise ResponseDataLossError("a line between the chunks of the body does not end")
                self._pending += data[at:]
                return
            self._take_line(self, data[at:end].rstrip(b"\r"))
            at = end + 1
            if self.finished:
                self.reusable = self.reusable and at == len(data)
                return

    def _take_chunk_size(self, line: bytes) -> None:
        size = CHUNK_SIZE.match(line)
        if size is None:
            raise ResponseDataLossError(f"no size of a chunk: {line[:40]!r}")
        self._left = int(size[1], 16)
        self._check_size(self._size + self._left)
        self._take_line = ResponseReader._take_chunk_end if self._left else ResponseReader._take_trailer

    def _take_chunk_end(self, line: bytes) -> None:
        if line:
            raise ResponseDataLossError("a chunk of the body is longer than it says")
        self._take_line = ResponseReader._take_chunk_size

    def _take_trailer(self, line: bytes) -> None:
        """Drop *line*: no trailer says what a page needs."""
        self.finished = not line


def _may_begin_response(data: bytes | bytearray) -> bool:
    return data.startswith(b"HTTP/") or b"HTTP/".startswith(data)


def _parsed_head(head: bytes) -> ResponseHead:
    first, *lines = head.split(b"\n")
    status = STATUS_LINE.fullmatch(first.rstrip(b"\r"))
    if status is None:
        raise DownloadFailedError(f"no HTTP: {first[:40]!r}")
    headers: list[tuple[bytes, bytes]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t"):  # a folded line
            if headers:
                name, value = headers[-1][0], headers[-1][1] + b" " + line.strip()
                headers[-1] = (name, value)
        elif colon and (name := name.strip()):
            headers.append((name, value.strip()))
    return ResponseHead(status[1].decode(), int(status[2]), status[3].strip(), tuple(headers))


def _length(head: ResponseHead) -> int | None:
    """Return what the body's length is said to be.

    :raises DownloadFailedError: if that is no number, or several.
    """
    said = {value.strip() for line in head.values(b"content-length") for value in line.split(b",")} - {b""}
    if not said:
        return None
    if len(said) > 1 or not (length := said.pop()).isdigit():
        raise DownloadFailedError(f"no length of a body: {head.values(b'content-length')!r}"[:100])
    return int(length[:20])


def _stays_open(head: ResponseHead) -> bool:
    said = b",".join(head.values(b"connection")).lower()
    return b"close" not in said if head.protocol == "HTTP/1.1" else b"keep-alive" in said
