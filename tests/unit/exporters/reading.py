"""Read a PDF back, with other people's programs and with pikepdf."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

MARK = re.compile(r"\w+")


def words(text):
    return MARK.findall(text)


def missing(wanted, found):
    """The words of `wanted` that do not stand in `found` in this order."""
    rest = iter(found)
    return [word for word in wanted if word not in rest]


def run(path, *command):
    """What a program prints about a file; the test is skipped where the program is not installed."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*command, str(path)], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def poppler_text(path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pdfium_text(data):
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return "\n".join(texts)
    finally:
        document.close()


def page_count(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


class Structure:
    """The structure tree of a file, checked against what is painted on its pages."""

    def __init__(self, data):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            self.lang = str(pdf.Root.get("/Lang", ""))
            self.marked = bool(pdf.Root.MarkInfo.Marked)
            self.title = str(pdf.docinfo["/Title"])
            self.shows_title = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            self.xmp = pdf.Root.Metadata.read_bytes().decode()
            self.intents = [str(intent.S) for intent in pdf.Root.OutputIntents]
            self.tabs = [str(page.obj.get("/Tabs", "")) for page in pdf.pages]
            self.painted = {
                (number, mcid) for number, page in enumerate(pdf.pages) for mcid in _mcids(page)
            }
            self.untagged = [text for page in pdf.pages for text in _untagged(page)]
            self._pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            self.tags, self.in_tree, self.objects = [], [], []
            self._walk(pdf.Root.StructTreeRoot.K, 1, pdf.Root.StructTreeRoot)
            self.parents = _parent_tree(pdf)
            links = [
                annotation
                for page in pdf.pages
                for annotation in page.obj.get("/Annots", pikepdf.Array())
            ]
            self.link_parents = [int(link.StructParent) for link in links]
            self.link_texts = [str(link.get("/Contents", "")) for link in links]
            self.link_targets = [str(link.A.URI) if "/A" in link else "inside" for link in links]
            self.link_objects = [link.objgen for link in links]
            self.fonts = list(_fonts(pdf))

    def _walk(self, element, depth, parent):
        assert element.P.objgen == parent.objgen
        self.tags.append((depth, str(element.S)[1:]))
        home = element.get("/Pg")
        for kid in element.K:
            if isinstance(kid, int):
                self.in_tree.append((self._pages[home.objgen], int(kid)))
            elif kid.Type == "/MCR":
                self.in_tree.append((self._pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.Type == "/OBJR":
                self.objects.append(kid.Obj.objgen)
            else:
                self._walk(kid, depth + 1, element)


def _mcids(page):
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            yield int(operands[1]["/MCID"])


def _untagged(page):
    """Text and lines that stand in no marked content."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        assert depth >= 0
        if depth == 0 and name in ("Tj", "TJ", "S", "f", "f*", "B", "Do"):
            yield (name, operands)
    assert depth == 0


def _parent_tree(pdf):
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}.keys()


def _fonts(pdf):
    for page in pdf.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            embedded = "/FontFile2" in font.get("/FontDescriptor", {})
            yield str(font.BaseFont), embedded, "/ToUnicode" in font
