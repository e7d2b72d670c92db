"""A web server on this computer, good and bad: each path is a way to behave."""

from __future__ import annotations

import contextlib
import gzip
import socket  # noqa: TID251 (a server on this computer)
import ssl
import subprocess
import threading
import zlib

PAGE = (
    b"<!doctype html><html lang='en'><head><title>Ice closes the route</title></head><body>"
    b"<article><h1>Ice closes the route</h1>"
    b"<p>The last ferry left on Tuesday evening, before the strait froze over from shore to shore.</p>"
    b"<p>Operators expect that the northern route stays closed for at least two weeks, they said.</p>"
    b"<p>Three thousand commuters now travel by bus across the long bridge, which adds two hours.</p>"
    b"</article></body></html>"
)


def answer(body, *headers, status="200 OK", kind="text/html; charset=utf-8"):
    """Return the bytes of an honest answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def moved(to, status="302 Found"):
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def bomb(size):
    """Return that many zeros, packed a thousand to one."""
    packer = zlib.compressobj(9, wbits=31)
    chunk = bytes(1_000_000)
    return b"".join(packer.compress(chunk) for _ in range(size // 1_000_000)) + packer.flush()


class Site:
    """Answers each request in a thread of its own, as `ways` has it for the path."""

    def __init__(self, context=None):
        self.ways = {"/page": answer(PAGE)}
        self.requests = []
        self._context = context
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def url(self, path="/page", host="127.0.0.1"):
        return f"{'https' if self._context else 'http'}://{host}:{self.port}{path}"

    def close(self):
        self._over.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(20)

    def paths(self):
        return [request.split(b" ")[1].decode() for request in self.requests]

    def _serve(self):
        while not self._over.is_set():
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, line):
        line.settimeout(20)
        with contextlib.suppress(OSError), contextlib.closing(line):
            if self._context:
                line = self._context.wrap_socket(line, server_side=True)
            with contextlib.closing(line):
                request = b""
                while b"\r\n\r\n" not in request and (piece := line.recv(65536)):
                    request += piece
                    if request.startswith(b"\x16"):  # a greeting in TLS
                        line.sendall(answer(b"", status="400 What?"))
                        return
                if b"\r\n\r\n" not in request:
                    return
                self.requests.append(request)
                way = self.ways.get(request.split(b" ")[1].decode(), answer(b"?", status="404 No"))
                for piece in way(self._over) if callable(way) else (way,):
                    line.sendall(piece)


# Each takes what says that the server closes, and gives back the pieces that are sent.


def endless_body(over):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while not over.is_set():
        yield bytes(65536)


def endless_chunks(over):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while not over.is_set():
        yield b"1;" + b"x" * 5000 + b"\r\na\r\n"


def endless_trailer(over):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
    while not over.is_set():
        yield b"a: " + b"x" * 5000 + b"\r\n"


def endless_head(over):
    yield b"HTTP/1.1 200 OK\r\n"
    while not over.is_set():
        yield b"X-A: " + b"x" * 60_000 + b"\r\n"


def endless_hints(over):
    while not over.is_set():
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


def dripping_head(over):
    yield b"HTTP/1.1 200 OK\r\n"
    while not over.wait(0.05):
        yield b"x"


def dripping_body(over):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    while not over.wait(0.05):
        yield b"x"


def silent(over):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    over.wait(60)


def gzipped(data):
    return answer(gzip.compress(data), "Content-Encoding: gzip")


def certificate(folder):
    """Return the context of a server that vouches for itself, made by openssl."""
    key, made = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made
