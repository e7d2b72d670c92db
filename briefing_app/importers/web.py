"""Fetch one page from the web, when the user asks for it. No other module opens a connection.

Nothing is sent but the address: no cookie, no referrer, no name of a user. The address that a name
stands for is checked, and that very address is connected to, so that a name cannot change its mind in
between. Time, bytes and redirects have limits, and every wait hears when the user stops.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import io
import ipaddress
import queue
import selectors
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NoReturn

import certifi

from briefing_app.importers import addresses, limits, webwords
from briefing_app.importers.base import MEGABYTE, Document
from briefing_app.importers.links import clean_link

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from briefing_app.importers.addresses import Address
    from briefing_app.progress import Progress

_AGENT = "Mozilla/5.0 (compatible; BriefingDesk)"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_MOVED = (301, 302, 303, 307, 308)
# what a connection that is not there yet is called: the last is Windows' name for it
_ON_THE_WAY = (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN, 10035)
_LOOK = 0.2  # seconds between two looks at whether the user has stopped
_PIECE = 64 * 1024  # bytes
_GZIP = b"\x1f\x8b"
_LONGEST_TYPE = 120  # characters of a media type


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch goes. Units: seconds and bytes; `quiet` is how long a site may say nothing."""

    seconds: float = 180
    quiet: float = 20
    redirects: int = 8
    head: int = 256 * 1024
    body: int = limits.LARGEST_FILE
    pdf: int = limits.LARGEST_PDF


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that a name stands for, the best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def trust() -> ssl.SSLContext:
    """Return what sites have to prove: their name, vouched for by whom the system or Mozilla trusts."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Web:
    """Fetches pages; each fetch is on its own, and nothing is remembered in between."""

    def __init__(
        self,
        *,
        bounds: Limits | None = None,
        names: Callable[[str, int], Sequence[str]] = resolve,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._bounds = bounds or Limits()
        self._names = names
        self._context = context

    def fetch(
        self, url: str, now: Callable[[], dt.datetime], progress: Progress, *, private: bool = False
    ) -> Document:
        """Return what is at an address; `private` is whether it may lie in the user's own network.

        Raises: UnreadableSource with the reason, Cancelled.
        """
        name = addresses.typed(url)
        address = addresses.parse(name)
        clock = _Clock(self._bounds, progress, address)
        with webwords.spoken(lambda: clock.address.host):
            for _ in range(self._bounds.redirects + 1):
                clock.address, clock.connected = address, False
                document = self._ask(name, address, clock, now, private=private)
                if isinstance(document, Document):
                    return document
                address = document
        raise webwords.no_end_of_redirects()

    def _ask(
        self,
        name: str,
        address: Address,
        clock: _Clock,
        now: Callable[[], dt.datetime],
        *,
        private: bool,
    ) -> Document | Address:
        """Return what is at an address, or where it has moved."""
        stream = self._connect(address, clock, private=private)
        with contextlib.closing(_Connection(address, stream)) as connection, stream.held():
            connection.request("GET", address.path, headers=_headers(address))
            response = connection.getresponse()
            if response.status in _MOVED and (target := response.headers["Location"]):
                # http.client reads headers as Latin-1; sites mean UTF-8
                return addresses.parse(_utf8(target), address.url)
            if response.status != http.client.OK:
                raise webwords.refused(response.status, address.host)
            data = _body(response, stream, self._bounds)
            kind = response.headers.get("Content-Type", "")[:_LONGEST_TYPE]
            return Document(name, data, kind, clean_link(address.url), now())

    def _connect(self, address: Address, clock: _Clock, *, private: bool) -> _Stream:
        """Return a connection to the first address of a host that may be asked and answers."""
        found = self._look_up(address, clock)
        wanted = [ip for ip in found if private or addresses.is_public(ip)]
        if not wanted:
            raise webwords.own_network(address.host)
        if address.scheme == "https" and self._context is None:
            self._context = trust()
        trouble: OSError = OSError("no address")
        for ip in wanted:
            line = socket.socket(
                socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_STREAM
            )
            try:
                _reach(line, str(ip), address.port, clock)
                if address.scheme == "https" and self._context is not None:
                    line = _secured(line, address.host, self._context, clock)
            except OSError as error:
                line.close()
                if isinstance(error, ssl.SSLError):
                    raise
                trouble = error
            except BaseException:
                line.close()
                raise
            else:
                clock.connected = True
                return _Stream(line, clock)
        raise trouble

    def _look_up(self, address: Address, clock: _Clock) -> list[addresses.IP]:
        """Ask the name service on a thread of its own: it may take minutes, and cannot be stopped."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._names(address.host, address.port))
            except Exception as error:  # noqa: BLE001 (raised again on the thread that waits)
                answers.put(error)

        threading.Thread(target=ask, name="name service", daemon=True).start()
        while True:
            try:
                answer = answers.get(timeout=_LOOK)
            except queue.Empty:
                clock.check()
                continue
            if isinstance(answer, UnicodeError):  # a label that is too long
                raise OSError(str(answer)) from answer
            if isinstance(answer, Exception):
                raise answer
            return [ipaddress.ip_address(ip.partition("%")[0]) for ip in answer]


class _Clock:
    """How much time a fetch has left, and whether the user still wants it."""

    def __init__(self, bounds: Limits, progress: Progress, address: Address) -> None:
        self._end = time.monotonic() + bounds.seconds
        self.bounds = bounds
        self._progress = progress
        self.address = address
        self.connected = False
        self.heard()

    def heard(self) -> None:
        """Note that the site has said something."""
        self._quiet = time.monotonic() + self.bounds.quiet

    def check(self) -> None:
        """Go on only if there is time. Raises: Cancelled, UnreadableSource, TimeoutError."""
        self._progress.check()
        now = time.monotonic()
        if now > self._quiet:
            if self.connected:
                raise webwords.silent(self.address.host)
            raise TimeoutError  # another address of the site may answer
        if now > self._end:
            raise webwords.too_slow(self.address.host, self.bounds.seconds)


class _Stream(io.RawIOBase):
    """The bytes of a connection as they come, within time and number."""

    def __init__(self, line: socket.socket, clock: _Clock) -> None:
        super().__init__()
        self._line = line
        self._clock = clock
        self._room = clock.bounds.head
        line.settimeout(_LOOK)

    def allow(self, room: int) -> None:
        """Let so many bytes more come in."""
        self._room = room

    def readable(self) -> bool:
        """Part of `RawIOBase`."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (as RawIOBase has it)
        """Wait for some bytes. Raises: UnreadableSource, Cancelled, OSError."""
        while True:
            self._clock.check()
            try:
                count = self._line.recv_into(buffer)
            except TimeoutError:
                continue
            except ssl.SSLEOFError:  # sites that hang up without a word
                return 0
            self._clock.heard()
            self._room -= count
            if self._room < 0:
                raise webwords.endless(self._clock.address.host)
            return count

    def sendall(self, data: bytes) -> None:
        """Send; a request is short."""
        self._clock.check()
        self._line.settimeout(self._clock.bounds.quiet)
        self._line.sendall(data)
        self._line.settimeout(_LOOK)

    def makefile(self, mode: str) -> IO[bytes]:
        """Part of what http.client asks of a socket."""
        del mode
        return io.BufferedReader(self)

    def close(self) -> None:
        """Stay: http.client lets go of a socket before it reads what came over it."""

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hang up at the end of a block."""
        try:
            yield
        finally:
            self._line.close()


class _Connection(http.client.HTTPConnection):
    """A request over a connection that is there already: it is never made here, by name."""

    def __init__(self, address: Address, stream: _Stream) -> None:
        super().__init__(address.host, address.port)
        self.sock: Any = stream

    def connect(self) -> NoReturn:
        """Refuse to connect: only checked addresses are."""
        raise OSError("the connection is gone")


def _reach(line: socket.socket, ip: str, port: int, clock: _Clock) -> None:
    line.setblocking(False)
    clock.heard()
    code = line.connect_ex((ip, port))
    if code in _ON_THE_WAY:
        with selectors.DefaultSelector() as selector:
            selector.register(line, selectors.EVENT_WRITE)
            while not selector.select(_LOOK):
                clock.check()
        code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, "the site does not answer")
    clock.heard()


def _secured(
    line: socket.socket, host: str, context: ssl.SSLContext, clock: _Clock
) -> ssl.SSLSocket:
    line.settimeout(_LOOK)
    secure = context.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    try:
        while True:
            try:
                secure.do_handshake()
            except TimeoutError:
                clock.check()
            else:
                return secure
    except BaseException:
        secure.close()
        raise


def _headers(address: Address) -> dict[str, str]:
    return {
        "Host": address.place,
        "User-Agent": _AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _body(response: http.client.HTTPResponse, stream: _Stream, bounds: Limits) -> bytes:
    """Return all that a site sends, unpacked, within the limits of what can be imported."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise webwords.oddly_packed()
    largest = max(bounds.body, bounds.pdf)
    if (response.length or 0) > largest:
        raise webwords.too_large(largest)
    stream.allow(2 * largest + MEGABYTE)  # what is around the pieces of a body
    unpack = _Gzip() if coding.endswith("gzip") else None
    data = bytearray()
    while piece := response.read1(_PIECE):
        for part in unpack.parts(piece) if unpack else (piece,):
            data += part
            limit = bounds.pdf if data.startswith(b"%PDF-") else bounds.body
            if len(data) > limit:
                raise webwords.too_large(limit)
    if response.length or (unpack and not unpack.complete):
        raise http.client.IncompleteRead(b"")
    return bytes(data)


class _Gzip:
    """Unpacks a body by pieces, never more of it than somebody takes."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)

    @property
    def complete(self) -> bool:
        """Return whether the end has come."""
        return self._member.eof

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """Give back what is in a piece, bit by bit; what is behind the end is passed over."""
        while piece:
            if self._member.eof:
                if not piece.startswith(_GZIP):
                    return
                self._member = zlib.decompressobj(31)  # several, one behind the other
            yield self._member.decompress(piece, _PIECE)
            piece = self._member.unused_data or self._member.unconsumed_tail


def _utf8(header: str) -> str:
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
