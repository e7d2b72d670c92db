"""Addresses in the web: how they are written, and which of them may be asked."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.links import clean_link

_LONGEST = 8000  # code points; servers take no longer ones
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_FEED = re.compile(r"\Afeed:(?://)?(?=https?:)|\Afeed(?=://)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.IGNORECASE)
_ALONE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# what may stand unescaped; a per cent sign is taken for an escape that is there already
_PATH = "/%:@!$&'()*+,;=~"
_QUERY = f"{_PATH}?[]|"

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """An address that can be asked for: its parts as they go over the wire, all ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """Return the host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the whole address."""
        return f"{self.scheme}://{self.place}{self.path}"


def typed(text: str) -> str:
    """Return the address that somebody typed or pasted, cleaned of what follows the reader about.

    One without a scheme is taken for a secure page. Raises: UnreadableSource.
    """
    written = _FEED.sub(lambda found: "" if ":" in found[0] else "http", text.strip(), count=1)
    if not _SCHEME.match(written):
        written = f"https://{written.lstrip('/')}"
    return clean_link(parse(clean_link(written)).url)


def parse(url: str, base: str = "") -> Address:
    """Return an address in its parts; a redirect may be relative to the one before it.

    Raises: UnreadableSource if nothing can be fetched from there.
    """
    if len(url) > _LONGEST:
        raise _not_one(url[:80])
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port
        host = parts.hostname or ""
    except ValueError as error:
        raise _not_one(url) from error
    if parts.scheme not in _PORTS:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "Only addresses that begin with http:// or https:// can be fetched."
            )
        )
    if parts.username is not None or parts.password is not None:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The address holds a user name, which is not sent."),
            hint=_in_browser(),
        )
    path = quote(parts.path, safe=_PATH) or "/"
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return Address(
        parts.scheme,
        _ascii(host, url),
        _PORTS[parts.scheme] if port is None else port,
        path + query,
    )


def in_text(text: str) -> tuple[str, ...]:
    """Return the addresses of a text that consists of nothing else; none if there is more in it."""
    words = text.split()
    found = tuple(dict.fromkeys(word for word in words if _ALONE.fullmatch(word)))
    return found if len(set(words)) == len(found) else ()


def is_public(ip: IP) -> bool:
    """Tell whether an address lies in the internet, and not here or in a network of one's own."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:  # how networks without IPv4 reach it
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _ascii(host: str, url: str) -> str:
    """Return a host as the name service knows it."""
    if ":" in host:
        return host
    import idna  # noqa: PLC0415 (large tables, for few addresses)

    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _not_one(url) from error
    if not _HOST.fullmatch(name.rstrip(".")):
        raise _not_one(url)
    return name.rstrip(".").lower()


def _not_one(url: str) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "“{address}” is not an address in the web."), address=url
    )


def _in_browser() -> str:
    return QT_TRANSLATE_NOOP(
        "errors", "Open the page in your browser, save it there, and import the file."
    )
