"""The one place that calls mammoth, which makes HTML of a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import mammoth

from briefing_app.importers.docx.tables import with_plain_tables

if TYPE_CHECKING:
    from mammoth.documents import Image

    from briefing_app.importers.pictures import Album

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
"""
_BACK = re.compile(r'(?: |<p> )?<a href="#(?:foot|end)note-ref-[^"]*">\u2191</a>')
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-')


def html_of(package: bytes, album: Album) -> str:
    """Return the HTML of a document, in which the address of a picture is its digest.

    Raises: whatever mammoth stumbles over.
    """

    def keep(image: Image) -> dict[str, str]:
        try:
            with image.open() as stream:
                return {"src": album.add(stream.read())}
        except (KeyError, OSError, ValueError, zipfile.BadZipFile):  # linked, or not there
            return {"src": ""}

    html = mammoth.convert_to_html(
        io.BytesIO(package),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(keep),
        transform_document=with_plain_tables,
        include_embedded_style_map=False,
        external_file_access=False,
    ).value
    return _NOTES.sub(r"<hr>\g<0>", _BACK.sub("", str(html)), count=1)
