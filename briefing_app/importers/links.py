"""Addresses without what follows the reader about."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_FOLLOWING = frozenset(
    ("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "twclid",
     "ttclid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "vero_id", "oly_anon_id", "oly_enc_id",
     "mkt_tok", "wickedid", "ocid", "cmpid", "smid", "ref_src", "s_cid", "xtor", "guccounter")
)  # fmt: skip
_FAMILIES = ("utm_", "hsa_", "pk_", "mtm_", "at_medium", "at_campaign", "ns_campaign")


def clean_link(url: str) -> str:
    """Return an address without tracking parameters; one that has none comes back as it is."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    kept = [(name, value) for name, value in pairs if not _follows(name.lower())]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _follows(name: str) -> bool:
    return name in _FOLLOWING or name.startswith(_FAMILIES)
