"""Links that lead through somebody else, and carry their target with them: taken out without the net.

Offices have them rewritten by their mail filters, newsletters by those who send them, and web sites
by themselves.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEEPEST = 8  # redirectors in redirectors
_LONGEST = 8 * 1024  # code points
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_INSIDE = re.compile(rb"https?://[\x21-\x7e]+")

# Host (and all below it), and the parameters that hold the target
_PARAMETERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("safelinks.protection.outlook.com", ("url",)),
    ("statics.teams.cdn.office.net", ("url",)),
    ("urlsand.esvalabs.com", ("u",)),
    ("protect2.fireeye.com", ("u",)),
    ("linkprotect.cudasvc.com", ("a",)),
    ("clicktime.symantec.com", ("u",)),
    ("clicktime.cloud.postoffice.net", ("U", "u")),
    ("mimecast.com", ("url", "u")),
    ("mimecastprotect.com", ("url", "u")),
    ("trendmicro.com", ("url",)),
    ("edgepilot.com", ("u",)),
    ("deref-gmx.net", ("redirectUrl",)),
    ("deref-mail.com", ("redirectUrl",)),
    ("deref-web.de", ("redirectUrl",)),
    ("l.facebook.com", ("u",)),
    ("lm.facebook.com", ("u",)),
    ("l.instagram.com", ("u",)),
    ("l.messenger.com", ("u",)),
    ("l.threads.net", ("u",)),
    ("out.reddit.com", ("url",)),
    ("vk.com", ("to",)),
    ("t.umblr.com", ("z",)),
    ("slack-redir.net", ("url",)),
    ("duckduckgo.com", ("uddg",)),
    ("go.redirectingat.com", ("url",)),
    ("go.skimresources.com", ("url",)),
    ("click.linksynergy.com", ("murl",)),
    ("awin1.com", ("ued", "p")),
    ("googleadservices.com", ("adurl",)),
    ("shareasale.com", ("urllink",)),
    ("lnks.gd", ("url",)),
)
# Host, and the path below which its parameters are a target: elsewhere they are a page's own
_PATHS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}"), "/url", ("q", "url")),
    (re.compile(r"(?:www\.)?linkedin\.com"), "/redir/redirect", ("url",)),
    (re.compile(r"(?:www\.)?linkedin\.com"), "/safety/go", ("url",)),
    (re.compile(r"(?:www\.|m\.)?youtube\.com"), "/redirect", ("q",)),
    (re.compile(r"(?:www\.)?facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"medium\.com"), "/r", ("url",)),
    (re.compile(r"steamcommunity\.com"), "/linkfilter", ("url", "u")),
    (re.compile(r"(?:[\w-]+\.)*mail\.ru"), "/redir", ("u", "url")),
)
_USUAL = ("url", "u", "target", "dest", "destination", "redirect", "redirect_url", "redirect_to",
          "redirectUrl", "to", "link", "href", "goto", "out", "uri")  # fmt: skip
_COUNTING_HOST = re.compile(
    r"(?:e?links?|e?clicks?|trks?|track(?:ing|er)?|redirect|redir|lnk|away|exit|out)\d*\.",
    re.IGNORECASE,
)
_COUNTING_PATH = re.compile(
    r"/(?:[\w-]+/)?(?:track|click|clickthru|redirect|redir|away|exit|out|go|leave|lt\.php|r\.php)/?$",
    re.IGNORECASE,
)


def unwrapped(url: str) -> str:
    """Return where a link leads in the end, as far as it says so itself."""
    for _ in range(_DEEPEST):
        if len(url) > _LONGEST:
            return url
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return url
        if parts.scheme not in ("http", "https"):
            return url
        target = next((t for t in _targets(parts, host, url) if _is_address(t)), "")
        if not target or target == url:
            return url
        url = target
    return url


def _targets(parts: SplitResult, host: str, url: str) -> Iterator[str]:
    if parts.query:
        yield from _from_parameters(parts, host)
    for known, reading in _OWN_WAYS:
        if host == known or host.endswith(f".{known}"):
            yield reading(parts, url)
    for marked in ("/CL0/", "/L0/"):  # Amazon's way, under anybody's host
        if parts.path.startswith(marked):
            yield unquote(parts.path.removeprefix(marked).split("/", 1)[0])
    yield _amp(parts, host)


def _from_parameters(parts: SplitResult, host: str) -> Iterator[str]:
    try:
        said = parse_qs(parts.query, max_num_fields=200)
    except ValueError:
        return
    names: list[str] = []
    for known, carrying in _PARAMETERS:
        if host == known or host.endswith(f".{known}"):
            names += carrying
    for pattern, path, carrying in _PATHS:
        if pattern.fullmatch(host) and parts.path.rstrip("/").startswith(path):
            names += carrying
    if not names and (_COUNTING_HOST.match(host) or _COUNTING_PATH.search(parts.path)):
        names += _USUAL
    for name in names:
        for value in said.get(name, ()):
            yield value
            yield unquote(value)


def _proofpoint(parts: SplitResult, url: str) -> str:
    """Read the three ways of URL Defense. Source: Proofpoint, "URL Defense Decoder"."""
    if parts.path.startswith("/v3/"):
        return _proofpoint_3(url)
    wrapped = parse_qs(parts.query).get("u", [""])[0]
    if parts.path.startswith("/v2/"):
        return unquote(wrapped.translate({ord("-"): "%", ord("_"): "/"}))
    return unquote(wrapped)


def _proofpoint_3(url: str) -> str:
    """Put back the characters that stand behind the address, coded, where it has asterisks."""
    wrapped, _, behind = url.partition("/v3/__")[2].partition("__;")
    coded, end, _ = behind.partition("!")
    if not end:
        return ""
    try:
        left = iter(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-8"))
    except (ValueError, UnicodeDecodeError):
        left = iter("")

    def put_back(mark: re.Match[str]) -> str:
        many = mark[1]
        if many:
            count = _RUNS.find(many) + 2
            return "".join(next(left, "") for _ in range(count))
        return next(left, "*")

    whole = re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put_back, wrapped)
    return re.sub(r"^(https?):/(?!/)", r"\1://", whole)


_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _last_in_base64(parts: SplitResult, _: str) -> str:
    """Read a target in base64 from the end of the path: ConvertKit, Mailjet."""
    return _in_base64(parts.path.rstrip("/").rsplit("/", 1)[-1])


def _postmark(parts: SplitResult, _: str) -> str:
    steps = parts.path.split("/")
    bare = unquote(steps[2]) if len(steps) > 2 and re.fullmatch(r"\d\w?s?", steps[1]) else ""
    return f"https://{bare}" if "." in bare else ""


def _in_the_path(parts: SplitResult, _: str) -> str:
    """Read a target that stands whole in the path: Cisco, Check Point, DoubleClick."""
    found = re.search(r"https?(?::|%3a)(?://|%2f%2f)?[^\s_;]+", parts.path, re.IGNORECASE)
    if not found:
        return ""
    target = unquote(found[0]) if "%3a" in found[0].lower() else found[0]
    target = re.sub(r"^(https?):/*", r"\1://", target)
    return f"{target}?{parts.query}" if parts.query and "?" not in target else target


def _check_point(_: SplitResult, url: str) -> str:
    found = re.search(r"/v\d/(?:r\d{2}/)?___(https?:/.+?)___", url)
    return re.sub(r"^(https?):/+", r"\1://", found[1]) if found else ""


def _substack(parts: SplitResult, _: str) -> str:
    found = re.match(r"/redirect/2/([\w-]+)", parts.path)
    return _from_json(found[1], "e") if found else ""


def _json_in_the_path(parts: SplitResult, _: str) -> str:
    """Read a target from JSON in base64, as tokens have it: GovDelivery, Customer.io."""
    found = re.search(r"/(?:[\w-]+\.)?(eyJ[\w-]{8,})", parts.path)
    return (_from_json(found[1], "url") or _from_json(found[1], "href")) if found else ""


def _mandrill(parts: SplitResult, _: str) -> str:
    packed = parse_qs(parts.query).get("p", [""])[0]
    inner = _json(packed).get("p")
    try:
        fields = json.loads(inner) if isinstance(inner, str) else {}
    except (ValueError, RecursionError):
        return ""
    return str(fields.get("url", "")) if isinstance(fields, dict) else ""


def _bing(parts: SplitResult, _: str) -> str:
    packed = parse_qs(parts.query).get("u", [""])[0]
    return _in_base64(packed[2:]) if packed.startswith("a1") else ""


def _yahoo(parts: SplitResult, _: str) -> str:
    found = re.search(r"/RU=([^/]+)/", parts.path)
    return unquote(found[1]) if found else ""


def _google_news(parts: SplitResult, _: str) -> str:
    """Read the target that older links of Google News hold among other bytes."""
    found = re.match(r"/(?:rss/)?(?:articles|read)/([\w-]+)", parts.path)
    inside = _INSIDE.search(_bytes(found[1])) if found else None
    return inside[0].decode("ascii") if inside else ""


def _govdelivery(_: SplitResult, url: str) -> str:
    found = re.search(r"&&&(https?://.+?)(?:&&&|$)", url)
    return found[1] if found else ""


_OWN_WAYS: tuple[tuple[str, Callable[[SplitResult, str], str]], ...] = (
    ("urldefense.com", _proofpoint),
    ("urldefense.proofpoint.com", _proofpoint),
    ("urldefense.us", _proofpoint),
    ("secure-web.cisco.com", _in_the_path),
    ("protect.checkpoint.com", _check_point),
    ("doubleclick.net", _in_the_path),
    ("convertkit-mail.com", _last_in_base64),
    ("convertkit-mail2.com", _last_in_base64),
    ("convertkit-mail3.com", _last_in_base64),
    ("mjt.lu", _last_in_base64),
    ("pstmrk.it", _postmark),
    ("substack.com", _substack),
    ("lnks.gd", _json_in_the_path),
    ("customeriomail.com", _json_in_the_path),
    ("mandrillapp.com", _mandrill),
    ("bing.com", _bing),
    ("search.yahoo.com", _yahoo),
    ("news.google.com", _google_news),
    ("govdelivery.com", _govdelivery),
)


def _amp(parts: SplitResult, host: str) -> str:
    """Return the page behind a copy for mobile readers."""
    found = None
    if host.endswith(".cdn.ampproject.org"):
        found = re.match(r"/[cvi]/(s/)?([^/]+\.[^/]+.*)", parts.path)
    elif re.fullmatch(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}", host):
        found = re.match(r"/amp/(s/)?([^/]+\.[^/]+.*)", parts.path)
    if not found:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"http{'s' if found[1] else ''}://{found[2]}{query}"


def _is_address(text: str) -> bool:
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        host = urlsplit(text).hostname or ""
    except ValueError:
        return False
    return "." in host or ":" in host


def _in_base64(text: str) -> str:
    return _bytes(text).decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _json(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(_bytes(text))
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _from_json(text: str, name: str) -> str:
    return str(_json(text).get(name, ""))
