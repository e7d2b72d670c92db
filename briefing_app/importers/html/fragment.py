"""HTML that is article all through: a mail, a chapter of a book, the content of a feed.

There is no vote; all blocks are the article's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE
from briefing_app.importers.body import body_of
from briefing_app.importers.encoding import decode
from briefing_app.importers.html import dom, prescan
from briefing_app.importers.html.blocks import with_tables
from briefing_app.importers.html.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.article import Body
    from briefing_app.importers.body import Draft

LARGEST = 10 * MEGABYTE  # code points, or bytes

_XML = re.compile(r"\s*<\?xml\b|[^>]{0,200}<html\b[^>]{0,1000}\bxmlns\s*=", re.IGNORECASE)
# an element of XML may end in its own tag; to an HTML parser it stays open, and eats what follows
_CLOSED = re.compile(
    r"<(a|b|i|p|em|li|td|th|div|span|strong|title|script|style|textarea|sup|sub|h[1-6])"
    r"(\s(?:[^<>\"'/]|\"[^\"<>]*+\"|'[^'<>]*+'|/(?!>))*+)?/>",
    re.IGNORECASE,
)


def read_fragment(
    html: str | bytes, *, url: str = "", picture: Callable[[str], str] | None = None
) -> tuple[Body, str]:
    """Return the body of all blocks in a piece of HTML, and its title or an empty string.

    `url` is what its links are resolved against; `picture` tells the digest of a picture from the
    address that the HTML has for it, or nothing. HTML without a text has an empty body.
    Raises: UnreadableSource if it is beyond the limits.
    """
    found, title = fragment_blocks(html, url=url, picture=picture)
    return body_of(found), title


def fragment_blocks(
    html: str | bytes, *, url: str = "", picture: Callable[[str], str] | None = None
) -> tuple[list[Draft], str]:
    """Return the blocks of a piece of HTML before they are put together, and its title.

    Raises: UnreadableSource if it is beyond the limits.
    """
    if len(html) > LARGEST:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "A text in HTML is larger than {limit} MB."),
            limit=LARGEST // MEGABYTE,
        )
    text = html if isinstance(html, str) else decode(html).text
    if _XML.match(text):
        text = _CLOSED.sub(r"<\1\2></\1>", text)
    text = prescan.safe(text)
    try:
        root = dom.parse(text)
    except UnreadableSource:
        return [], ""
    element = root.find(".//title")
    title = "" if element is None else clean_line(dom.text_of(element))
    return list(with_tables(walk(dom.body_of_page(root), url, picture))), title
