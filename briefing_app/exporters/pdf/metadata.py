"""What the file says of itself: the XMP packet and the old information dictionary, in step.

Source: ISO 19005-2 section 6.6 (PDF/A identification and extension schemas), ISO 14289-1 section 5.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from briefing_app.domain.moment import Moment

PRODUCER = "Briefing Desk"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader program shows as the properties of the file."""

    title: str
    author: str
    language: str
    date: Moment


def xmp(facts: Facts) -> bytes:
    """Return the XMP packet."""
    author = f"<rdf:li>{escape(facts.author)}</rdf:li>"
    creator = f"<dc:creator><rdf:Seq>{author}</rdf:Seq></dc:creator>\n" if facts.author else ""
    values = {
        "title": escape(facts.title),
        "creator": creator,
        "language": escape(facts.language),
        "producer": PRODUCER,
        "date": f"{_wall(facts.date):%Y-%m-%dT%H:%M:%S}{_zone(facts.date)}",
    }
    return _XMP.format(**values).encode()


def info(facts: Facts) -> dict[str, str]:
    """Return the information dictionary, which says the same."""
    zone = _zone(facts.date).replace(":", "'")
    date = f"D:{_wall(facts.date):%Y%m%d%H%M%S}" + (zone if zone == "Z" else f"{zone}'")
    found = {
        "/Title": facts.title,
        "/Producer": PRODUCER,
        "/CreationDate": date,
        "/ModDate": date,
    }
    return {**found, "/Author": facts.author} if facts.author else found


def _wall(moment: Moment) -> dt.datetime:
    """Return the wall-clock time; a day without a time is noon, as everywhere."""
    return dt.datetime.combine(moment.date, moment.time or dt.time(12))


def _zone(moment: Moment) -> str:
    minutes = moment.offset or 0
    if minutes == 0:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
