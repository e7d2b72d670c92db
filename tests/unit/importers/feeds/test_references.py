"""RIS, BibTeX, CSL-JSON: the abstract is the text, and without one the reference stands for it."""

from __future__ import annotations

import json

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.references.item import WAITING
from tests.unit.importers.feeds.reading import blocks, iso, read

RIS = """TY  - NEWS
TI  - Ports reopen
AU  - Marlow, Ada
AU  - Редакція
T2  - The Harbour Post
DA  - 2026/01/25/
SP  - 4
EP  - 5
SN  - 1234-5678
AB  - Two ports reopened on Monday.
KW  - ports
UR  - https://harbour.example/ports?utm_source=x
ER  -

TY  - JOUR
T1  - A theory
A1  - Shannon, Claude E.
Y1  - 1948/07//
JF  - Technical Journal
VL  - 27
IS  - 3
DO  - 10.1000/182
ER  -
"""

BIB = r"""% made by hand
@string{post = {The Harbour Post}}
@comment{not this}
@article{marlow2026,
  author = {Marlow, Ada and {World {Port} Office} and Jan {\v{S}}koda},
  title = "Ports {Reopen} -- \emph{at last}",
  journal = post # { (city)},
  year = 2026, month = jan, day = 25,
  pages = {12--23},
  abstract = {Two ports reopened in M{\"u}nde.},
  url = {https://harbour.example/a_b},
}
@inproceedings(old, title = {Second}, year = {1999}, booktitle = {Proc. of Ports}, publisher={P})
@article{broken, title = {never closed
@misc{last, title = {Третя}, date = {2020-03}}
"""

CSL = [
    {
        "id": "a",
        "type": "article-journal",
        "title": "Ports <i>reopen</i>",
        "author": [{"family": "van Dijk", "given": "Piet"}, {"literal": "Port Office"}],
        "container-title": "Harbour",
        "issued": {"date-parts": [["2026", 1, 25]]},
        "abstract": "<jats:p>One.</jats:p><jats:p>Two.</jats:p>",
        "DOI": "10.1000/1",
        "language": "en",
    },
    {"id": "b", "type": "book", "title": "Only\u202e a title", "issued": {"date-parts": [[2001]]}},
]


def test_a_reference_with_an_abstract_is_an_article():
    article = read("anything", RIS).articles[0]
    assert (article.title, article.source) == ("Ports reopen", "The Harbour Post")
    assert article.authors == ("Ada Marlow", "Редакція")
    assert article.url == "https://harbour.example/ports"
    assert iso(article.published) == "2026-01-25"
    assert blocks(article) == [("paragraph", "Two ports reopened on Monday.")]
    assert article.reference["type"] == "article-newspaper"
    assert article.reference["author"][0] == {"family": "Marlow", "given": "Ada"}
    assert article.reference["ISSN"] == "1234-5678"
    assert article.reference["page"] == "4-5"
    assert ("text", WAITING) not in article.origins


def test_a_reference_without_a_text_stands_for_itself_and_waits():
    found = read("a.ris", RIS)
    article = found.articles[1]
    assert article.body.text == (
        "Claude E. Shannon: A theory. Technical Journal 27 (3). 1948-07. 10.1000/182."
    )
    assert ("text", WAITING) in article.origins
    assert article.url == "https://doi.org/10.1000/182"
    assert article.published is None  # no day is made up
    assert article.reference["issued"] == {"date-parts": [[1948, 7]]}
    assert "wait for it: 1" in str(found.warnings[0])


def test_a_reference_in_ris_that_is_not_closed_is_not_lost():
    found = read("a.ris", RIS.replace("ER  -\n", "").replace("TI  -", "TI -"))
    assert [article.title for article in found.articles] == ["Ports reopen", "A theory"]
    assert "no end" in str(found.warnings[0])


def test_bibtex_is_read_with_its_abbreviations_braces_and_accents():
    found = read("anything", BIB)
    article = found.articles[0]
    assert article.title == "Ports Reopen – at last"
    assert article.source == "The Harbour Post (city)"
    assert article.authors == ("Ada Marlow", "World Port Office", "Jan Škoda")
    assert article.reference["author"][1] == {"literal": "World Port Office"}
    assert article.body.text == "Two ports reopened in Münde."
    assert iso(article.published) == "2026-01-25"
    assert article.url == "https://harbour.example/a_b"
    assert article.reference["page"] == "12-23"


def test_an_entry_of_bibtex_with_a_slip_is_named_and_the_others_come_in():
    found = read("a.bib", BIB)
    assert [article.title for article in found.articles[1:]] == ["Second", "Третя"]
    assert "left out: 1" in str(found.warnings[0])
    assert found.articles[1].body.text == "Second. Proc. of Ports. P. 1999."


def test_csl_json_is_known_by_its_content_and_kept_as_it_is():
    found = read("export", json.dumps(CSL))
    first, second = found.articles
    assert first.title == "Ports reopen"
    assert first.authors == ("Piet van Dijk", "Port Office")
    assert blocks(first) == [("paragraph", "One."), ("paragraph", "Two.")]
    assert iso(first.published) == "2026-01-25"
    assert first.reference["DOI"] == "10.1000/1"
    assert second.body.text == "Only a title. 2001."
    assert second.reference["title"] == "Only a title"


def test_an_export_of_the_web_of_science_is_read():
    text = (
        "FN Clarivate\nVR 1.0\nPT J\nAU Marlow, A\nAF Marlow, Ada\nTI Ports\n   reopen\n"
        "SO HARBOUR\nAB Two ports.\nPY 2004\nVL 43\nBP 1\nEP 9\nER\n\nEF"
    )
    (article,) = read("savedrecs.txt", text).articles
    assert (article.title, article.authors) == ("Ports reopen", ("Ada Marlow",))
    assert (article.source, article.body.text) == ("HARBOUR", "Two ports.")
    assert article.reference["page"] == "1-9"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.bib", "nothing here"), ("a.bib", "@article{"), ("a.ris", "hello"), ("a.csljson", "[]")],
)
def test_a_file_without_references_says_so(name, text):
    with pytest.raises(UnreadableSource, match=r"no references|no entries|damaged"):
        read(name, text)
