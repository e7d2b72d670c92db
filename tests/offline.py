"""Fail any test that looks up a name or connects outside this computer.

The program works offline, so its tests do too. Raising inside the audit hook is not enough: code
that catches every `OSError` would hide it. So the attempt is stopped, remembered, and fails the
test.
"""

from __future__ import annotations

import ipaddress
import sys

import pytest

_LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}


class Attempts:
    """Remembers what tried to leave this computer."""

    def __init__(self):
        self.seen = []

    def watch(self, event, args):
        """Stop and remember a socket event whose address is outside."""
        host = _host(event, args)
        if host is not None and not _is_here(host):
            self.seen.append(f"{event} {host}")
            raise ConnectionRefusedError(f"tests stay on this computer: {event} {host}")


_ATTEMPTS = pytest.StashKey[Attempts]()


def pytest_configure(config):
    attempts = Attempts()
    config.stash[_ATTEMPTS] = attempts
    sys.addaudithook(attempts.watch)


@pytest.fixture(autouse=True)
def _stay_on_this_computer(request):
    attempts = request.config.stash[_ATTEMPTS]
    attempts.seen.clear()
    yield
    assert attempts.seen == [], "a test tried to reach the network"


def _host(event, args):
    """Return the host that an audit event names, or None where it names none."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a Unix socket
    else:
        return None
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


def _is_here(host):
    if host.lower() in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
