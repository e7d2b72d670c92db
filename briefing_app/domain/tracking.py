"""Links that hide where they lead: they count who clicks, and only their sender knows the target.

Such a link is shown as a tracking link, never printed, and followed only on a click.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Whole hosts, and all hosts below them
_HOSTS = frozenset(
    ("bit.ly", "t.co", "tinyurl.com", "ow.ly", "buff.ly", "is.gd", "goo.gl", "dlvr.it", "ift.tt",
     "lnkd.in", "trib.al", "rb.gy", "cutt.ly", "shorturl.at", "t.ly", "fb.me", "amzn.to",
     "sendgrid.net", "list-manage.com", "rs6.net", "cmail19.com", "cmail20.com", "cmail1.com",
     "cmail2.com", "createsend1.com", "createsend2.com", "createsend4.com", "createsend5.com",
     "hubspotlinks.com", "hubspotemail.net", "hs-sites-track.com", "klclick.com", "klclick1.com",
     "klclick2.com", "klclick3.com", "sendibt2.com", "sendibt3.com", "sendibm1.com",
     "sendibm3.com", "mlsend.com", "mlsend2.com", "mailerlite.com", "acemlna.com", "acemlnb.com",
     "activehosted.com", "convertkit-mail.com", "convertkit-mail2.com", "convertkit-mail3.com",
     "pstmrk.it", "mjt.lu", "mandrillapp.com", "customeriomail.com", "exct.net", "awstrack.me",
     "mkt-links.com", "mktoresp.com", "en25.com", "pardot.com", "emltrk.com", "mailgun.org",
     "beehiiv.net", "emailprotection.link", "edgepilot.com", "mimecast.com", "mimecastprotect.com",
     "sparkpostmail.com", "sailthru.com", "lnks.gd", "iterable.com", "getresponse.com",
     "feedproxy.google.com", "feedblitz.com", "smartlinks.news", "sg.links.news")
)  # fmt: skip
_PATHS = re.compile(
    r"/(?:ls/click|ss/c/|wf/click|trk/click|track/click|tracking/click|e3t/|ctc/|mk/cl/|mk/mr/"
    r"|acton/ct/|f/a/[\w~-]{8,}|rts/go2|c/ej[\w-]{20,}|cl0/|l0/|uni/(?:ls/click|ss/c/)|lt\.php"
    r"|track/v\d/|v1/c/|redirect/[0-9a-f]{8}-[0-9a-f]{4}|u/click|lnk/[\w-]{8,}"
    r"|(?:u|click|clicks|track|trk|r|t|l|c|e|x|z|d|a|v|q)/?\?[\w-]{1,20}=[\w%~.-]{40,}$)",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"(?:e?links?|e?clicks?|trks?|track(?:ing|er)?|e?mail|e|go|lnk|ct|url\d{1,6}|news|em\d{0,5}"
    r"|email\.mg\d?|newsletters?|r|t|mail\d?|links\d?)$",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"[\w~%=.+-]{40,}")
_WORDS = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+){3,}", re.IGNORECASE)  # a title in an address


def hides_target(url: str) -> bool:
    """Tell whether a link does not say where it leads."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.path.strip("/") + parts.query:
        return False
    labels = host.split(".")
    if any(".".join(labels[at:]) in _HOSTS for at in range(len(labels) - 1)):
        return True
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if _PATHS.match(whole):
        return True
    if len(labels) < 3 or not _COUNTING.match(labels[0]):
        return False
    return bool(_OPAQUE.search(whole)) and not _WORDS.search(whole)
