"""Make a painted file a tagged and archival one: structure, links, outline, metadata, colours.

Everything is numbered in reading order and nothing reads a clock, so the same input gives the same
bytes. All streams are compressed here, by the library that pikepdf carries, not by Python's.
Source: ISO 32000-1 section 14.7 and 14.8, ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from briefing_app.assets import resource
from briefing_app.exporters.pdf.metadata import info, xmp
from briefing_app.exporters.pdf.tree import Area, Marked, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.exporters.pdf.metadata import Facts
    from briefing_app.exporters.pdf.painter import LinkArea, Painted, Place

_PRINTED = 4  # the annotation flag that PDF/A asks for


def finish(painted: Painted, root: Node, facts: Facts) -> bytes:
    """Return the finished file."""
    with pikepdf.open(io.BytesIO(painted.data)) as pdf:
        root.prune()
        _Finisher(pdf, painted).structure(root)
        _catalogue(pdf, facts)
        _outline(pdf, painted.places)
        out = io.BytesIO()
        # qpdf would keep a part of the identity that ReportLab drew
        del pdf.trailer["/ID"]
        pdf.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return out.getvalue()


class _Finisher:
    """Writes the structure tree, and the links that belong to it."""

    def __init__(self, pdf: pikepdf.Pdf, painted: Painted) -> None:
        self._pdf = pdf
        self._painted = painted
        self._pages = [page.obj for page in pdf.pages]
        self._elements: dict[Node, pikepdf.Object] = {}
        self._annotations: list[pikepdf.Object] = []

    def structure(self, root: Node) -> None:
        """Write the tree below `root`, and the tables that lead into it."""
        self._links()
        top = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top.K = self._element(root, top)
        numbers = Array()
        for number, (page, nodes) in enumerate(zip(self._pages, self._painted.marked, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            del page.Trans  # an empty page transition, which ReportLab always writes
            elements = _array(*(self._elements[node] for node in nodes))
            numbers.append(number)
            numbers.append(self._pdf.make_indirect(elements))
        for number, link in enumerate(self._painted.links, len(self._pages)):
            numbers.append(number)
            numbers.append(self._elements[link.node])
        top.ParentTree = self._pdf.make_indirect(Dictionary(Nums=numbers))
        top.ParentTreeNextKey = len(self._pages) + len(self._painted.links)
        self._pdf.Root.StructTreeRoot = top
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _links(self) -> None:
        """Put the link annotations on their pages; each is a child of its structure node."""
        places = {place.mark.id: place for place in self._painted.places}
        for number, link in enumerate(self._painted.links):
            annotation = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=_array(*(round(edge, 2) for edge in link.rect)),
                Border=_array(0, 0, 0),
                F=_PRINTED,
                Contents=String(link.text),
                StructParent=len(self._pages) + number,
            )
            annotation.update(self._leads_to(link, places))
            indirect = self._pdf.make_indirect(annotation)
            page = self._pages[link.page]
            if "/Annots" not in page:
                page.Annots = Array()
            page.Annots.append(indirect)
            self._annotations.append(indirect)
            link.node.mark(Area(link.page, number))

    def _leads_to(self, link: LinkArea, places: dict[str, Place]) -> Dictionary:
        if link.target.startswith("#"):
            return Dictionary(Dest=_destination(self._pages, places[link.target[1:]]))
        return Dictionary(A=Dictionary(S=Name.URI, URI=String(link.target)))

    def _element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent)
        )
        self._elements[node] = element
        if node.language:
            element.Lang = String(node.language)
        if node.numbering:
            element.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
        home = next((kid.page for kid in node.kids if isinstance(kid, Marked)), None)
        if home is not None:
            element.Pg = self._pages[home]
        element.K = _array(*(self._kid(kid, element, home) for kid in node.kids))
        return element

    def _kid(
        self, kid: Node | Marked | Area, element: pikepdf.Object, home: int | None
    ) -> pikepdf.Object | int:
        if isinstance(kid, Node):
            return self._element(kid, element)
        page = self._pages[kid.page]
        if isinstance(kid, Area):
            return Dictionary(Type=Name.OBJR, Obj=self._annotations[kid.number], Pg=page)
        if kid.page == home:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.mcid)


def _array(*items: Any) -> Array:  # noqa: ANN401 (whatever pikepdf can encode)
    return Array(items)


def _destination(pages: Sequence[pikepdf.Object], place: Place) -> Array:
    return _array(pages[place.page], Name.XYZ, None, round(place.top + 12, 2), None)


def _catalogue(pdf: pikepdf.Pdf, facts: Facts) -> None:
    catalogue = pdf.Root
    catalogue.Lang = String(facts.language)
    catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(xmp(facts))
    metadata.Type = Name.Metadata
    metadata.Subtype = Name.XML
    catalogue.Metadata = metadata
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({key: String(fact) for key, fact in info(facts).items()})
    )
    profile = pdf.make_stream(resource("icc", "srgb.icc").read_bytes())
    profile.N = 3
    name = String("sRGB IEC61966-2.1")
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        DestOutputProfile=profile,
        OutputConditionIdentifier=name,
        Info=name,
    )
    catalogue.OutputIntents = _array(pdf.make_indirect(intent))


def _outline(pdf: pikepdf.Pdf, places: list[Place]) -> None:
    """List the headings beside the pages, where there is more than one."""
    entries = [place for place in places if place.mark.level]
    if len(entries) < 2:
        return
    pages = [page.obj for page in pdf.pages]
    with pdf.open_outline() as outline:
        branches: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for place in entries:
            item = pikepdf.OutlineItem(place.mark.title, _destination(pages, place))
            while branches[-1][0] >= place.mark.level:
                branches.pop()
            branches[-1][1].append(item)
            branches.append((place.mark.level, item.children))
