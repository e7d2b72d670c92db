"""Addresses without what follows the reader about."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from briefing_app.domain.tracking import hides_target
from briefing_app.importers.redirectors import unwrapped

_FOLLOWING = frozenset(
    ("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "igsh", "twclid",
     "ttclid", "li_fat_id", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "hsctatracking", "vero_id",
     "vero_conv", "oly_anon_id", "oly_enc_id", "mkt_tok", "wickedid", "ocid", "cmpid", "smid",
     "ref_src", "ref_url", "s_cid", "xtor", "guccounter", "guce_referrer", "guce_referrer_sig",
     "_openstat", "_ga", "_gl", "_ke", "_kx", "_bta_tid", "_bta_c", "trk_contact", "trk_msg",
     "trk_module", "trk_sid", "elqtrackid", "elqtrack", "elqaid", "elqat", "elqcampaignid",
     "sc_src", "sc_lid", "sc_uid", "sc_llid", "sc_eh", "sc_campaign", "sc_customer", "cndid",
     "bxid", "nltr", "nl_link", "sailthru_id", "ck_subscriber_id",
     "dm_i", "dm_t", "inf_contact_key", "rb_clickid", "irclickid", "ir_partnerid", "zanpid",
     "share_source", "share_medium", "isfreemail", "triedredirect", "echobox",
     "__twitter_impression", "amp_js_v", "usqp", "sca_esv", "smtyp", "wt_mc",
     "ns_mchannel", "ns_source", "ns_linkname", "ns_fee", "at_custom1", "at_custom2", "at_format",
     "at_link_id", "at_ptr_name", "at_bbc_team",
     "nlid", "mailid", "subscriber_id", "sfmc_id",
     "sfmc_sub", "et_rid", "et_cid", "email_hash", "emailhash", "lctg")
)  # fmt: skip
_FAMILIES = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "at_medium", "at_campaign",
             "ns_campaign", "stm_", "itm_", "iesrc", "vgo_", "wt.", "__hs", "__s")  # fmt: skip
# Names that mean something of their own on some hosts, and the reader on these
_ON_HOSTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("mailchi.mp", frozenset(("e",))),
    ("campaign-archive.com", frozenset(("e",))),
    ("list-manage.com", frozenset(("e", "c", "r"))),
    ("substack.com", frozenset(("r", "token", "s", "publication_id", "post_id", "showwelcome"))),
    ("beehiiv.com", frozenset(("_bhlid", "jwt_token"))),
    ("nytimes.com", frozenset(
        ("te", "nl", "emc", "partner", "campaign_id", "instance_id", "segment_id", "regi_id", "user_id")
    )),
    ("bloomberg.com", frozenset(("hash", "esrc"))),
    ("wired.com", frozenset(("hasha", "hashb", "hashc", "esrc"))),
    ("newyorker.com", frozenset(("hasha", "hashb", "hashc", "esrc"))),
    ("wsj.com", frozenset(("reflink", "emc"))),
    ("google.com", frozenset(("ved", "ei", "sxsrf"))),
    ("youtube.com", frozenset(("si", "feature", "pp"))),
    ("spotify.com", frozenset(("si",))),
    ("aliexpress.com", frozenset(("spm",))),
    ("economist.com", frozenset(("etear", "fsrc"))),
    ("twitter.com", frozenset(("s", "t"))),
    ("x.com", frozenset(("s", "t"))),
    ("medium.com", frozenset(("source", "sk"))),
    ("linkedin.com", frozenset(
        ("trk", "trackingid", "midtoken", "midsig", "trkemail", "eid", "otptoken")
    )),
    ("theguardian.com", frozenset(("cmp",))),
    ("spiegel.de", frozenset(("sara_ref", "sara_ecid"))),
    ("youtu.be", frozenset(("si", "feature"))),
)  # fmt: skip
_NAMING = frozenset(
    ("e", "em", "email", "mail", "e-mail", "recipient", "user", "uid", "to", "subscriber", "addr",
     "address", "u", "id", "eid", "contact", "member", "reader")
)  # fmt: skip
_MAIL_ADDRESS = re.compile(r"[^@\s/]{1,64}@[\w-]+(?:\.[\w-]+)+")
_FRAGMENTS = re.compile(r"(?:echobox|xtor|utm_\w+|ref|at_\w+|fbclid)=", re.IGNORECASE)
_HIGHLIGHT = re.compile(r":~:.*")
_MOBILE = re.compile(r"(?:m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp/?$|\.amp(?=\.html?$)|\.amp$|/amp\.html$|^/amp(?=/.)")
_AMP_QUERY = frozenset(("amp", "outputtype", "_amp", "isamp"))
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def clean_link(url: str) -> str:
    """Return where a link leads, without tracking and personal parameters.

    A redirector that carries its target is taken off without the net; an address that has nothing of
    the kind comes back as it is.
    """
    target = unwrapped(url)
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").lower()
    except ValueError:
        return target
    if parts.scheme not in ("http", "https"):
        return target
    fragment = _HIGHLIGHT.sub("", parts.fragment)
    if _FRAGMENTS.match(fragment):
        fragment = ""
    query = "&".join(pair for pair in parts.query.split("&") if not _follows(pair, host))
    if (query, fragment) == (parts.query, parts.fragment):
        return target
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def canonical_link(url: str) -> str:
    """Return what several addresses of one page have in common, for telling duplicates.

    No fragment, no tracking, no copy for mobile readers, no name of an index page.
    """
    target = clean_link(url)
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return target
    if parts.scheme not in ("http", "https") or not host:
        return target
    bare = _MOBILE.sub("", host) if host.count(".") >= 2 else host
    bare = re.sub(r"^([a-z]{2})\.m\.(?=[^.]+\.)", r"\1.", bare)  # en.m.wikipedia.org
    path = _AMP_PATH.sub("", parts.path)
    query = "&".join(
        pair for pair in parts.query.split("&") if pair.split("=")[0].lower() not in _AMP_QUERY
    )
    place = bare if port in (None, 80, 443) else f"{bare}:{port}"
    return urlunsplit(SplitResult("https", place, _INDEX.sub("/", path) or "/", query, ""))


def shown_link(text: str) -> str:
    """Return an address that stands in a text as it is to be read: cleaned, or the bare host.

    A tracking link's address says nothing to a reader but who they are.
    """
    if not text.lower().startswith(("http://", "https://")):
        return text
    clean = clean_link(text)
    if not hides_target(clean):
        return clean
    return f"{urlsplit(clean).hostname}/\u2026"


def _follows(pair: str, host: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _NAMING and _MAIL_ADDRESS.fullmatch(unquote(value)):
        return True
    if any(name in names and _below(host, known) for known, names in _ON_HOSTS):
        return True
    return name in _FOLLOWING or name.startswith(_FAMILIES)


def _below(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")
