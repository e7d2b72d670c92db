"""What can go wrong when a page is fetched, in words."""

from __future__ import annotations

import http.client
import ssl
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BROKEN_OFF = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)


@contextmanager
def spoken(site: Callable[[], str]) -> Iterator[None]:
    """Say in words what goes wrong on the way to a site. Raises: UnreadableSource."""
    try:
        yield
    except UnreadableSource:
        raise
    except ssl.SSLCertVerificationError as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "{site} cannot prove that it is that site: {reason}."),
            hint=QT_TRANSLATE_NOOP(
                "errors",
                "Its certificate may have run out, or somebody listens in; ask whoever runs your "
                "network.",
            ),
            site=site(),
            reason=error.verify_message or "no reason was given",
        ) from error
    except ssl.SSLError as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "No secure connection with {site} comes about: {reason}."),
            site=site(),
            reason=(error.reason or "unknown").replace("_", " ").lower(),
        ) from error
    except (http.client.HTTPException, zlib.error, *_BROKEN_OFF) as error:
        raise _broken_off(site()) from error
    except OSError as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "This computer is offline, or the site cannot be reached: {site}."
            ),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Check the address and the connection, then try again."
            ),
            site=site(),
        ) from error


def no_end_of_redirects() -> UnreadableSource:
    """Return that a site leads on and on."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "The site leads from one address to the next, without end.")
    )


def too_slow(site: str, seconds: float) -> UnreadableSource:
    """Return that a site took longer than anybody waits."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "{site} took longer than {seconds} seconds."),
        hint=_later(),
        site=site,
        seconds=f"{seconds:g}",
    )


def silent(site: str) -> UnreadableSource:
    """Return that a site says nothing more."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "{site} does not answer."), hint=_later(), site=site
    )


def endless(site: str) -> UnreadableSource:
    """Return that a site sends more than any page has."""
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "{site} sends without an end."), site=site)


def oddly_packed() -> UnreadableSource:
    """Return that a body cannot be unpacked."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "The site packs its pages in a way that was not asked for.")
    )


def too_large(limit: int) -> UnreadableSource:
    """Return that a page is beyond what can be imported."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It is larger than {limit} MB, which is too much to import."),
        limit=f"{limit / MEGABYTE:g}",
    )


def _broken_off(site: str) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP(
            "errors", "What {site} sent is damaged, or the connection broke off before its end."
        ),
        hint=_later(),
        site=site,
    )


def own_network(host: str) -> UnreadableSource:
    """Return that a host is none of the internet's."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{site}” lies on this computer or in its own network; nothing is fetched from there.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "The settings can allow it; a command has the option --private."
        ),
        site=host,
    )


def refused(status: int, site: str) -> UnreadableSource:
    """Return what a site means by a number."""
    browser = QT_TRANSLATE_NOOP(
        "errors", "Open the page in your browser, save it there, and import the file."
    )
    if status in (404, 410):
        said, hint = QT_TRANSLATE_NOOP("errors", "{site} has no such page."), ""
    elif status in (401, 402, 403, 407, 451):
        said = QT_TRANSLATE_NOOP("errors", "{site} does not hand this page out ({status}).")
        hint = browser
    elif status == 429:
        said = QT_TRANSLATE_NOOP("errors", "{site} was asked too often.")
        hint = _later()
    elif status >= 500:
        said = QT_TRANSLATE_NOOP("errors", "{site} has trouble of its own ({status}).")
        hint = _later()
    else:
        said = QT_TRANSLATE_NOOP("errors", "{site} answers with something else ({status}).")
        hint = browser
    return UnreadableSource(said, hint=hint, site=site, status=status)


def _later() -> str:
    return QT_TRANSLATE_NOOP("errors", "Try again later.")
