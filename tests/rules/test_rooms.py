"""Which room of the house may import which package.

The contracts of import-linter forbid what somebody thought of. This table is the other way round: a
package that is not in it may be imported nowhere, and one that is, only in the rooms named here.
"""

from __future__ import annotations

import sys

import grimp
import pytest

GUI = "briefing_app.gui"
STORAGE = "briefing_app.storage"
IMPORTERS = "briefing_app.importers"
EXPORTERS = "briefing_app.exporters"

ROOMS = {
    "PIL": (IMPORTERS,),
    "PySide6": (GUI,),
    "alembic": (STORAGE,),
    "bibtexparser": (IMPORTERS,),
    "certifi": ("briefing_app.importers.web",),
    "charset_normalizer": (IMPORTERS,),
    "deflate": (STORAGE,),
    "feedparser": (IMPORTERS,),
    "filelock": (STORAGE,),
    "frontmatter": (IMPORTERS,),
    "idna": (IMPORTERS,),
    "lxml": (IMPORTERS,),
    "lxml_html_clean": (IMPORTERS,),
    "mammoth": (IMPORTERS,),
    "markdown_it": (IMPORTERS,),
    "newspaper": (IMPORTERS,),
    "olefile": (IMPORTERS,),
    "pikepdf": (EXPORTERS,),
    "platformdirs": ("briefing_app.paths",),
    "psutil": (IMPORTERS,),
    "pypdfium2": (GUI, IMPORTERS),
    "rapidfuzz": ("briefing_app.domain.anchor",),
    "readability": (IMPORTERS,),
    "reportlab": (EXPORTERS,),
    "rispy": (IMPORTERS,),
    "sqlalchemy": (STORAGE,),
    "striprtf": (IMPORTERS,),
    "trafilatura": (IMPORTERS,),
    "warcio": (IMPORTERS,),
    "yaml": (IMPORTERS,),
}

# Parts of the standard library that have a room, or none at all: what strangers sent is never
# unpickled, and one module alone opens a connection.
GUARDED = {
    "dbm": (),
    "ftplib": (),
    "http": ("briefing_app.importers.web", "briefing_app.importers.webwords"),
    "marshal": (),
    "multiprocessing": (IMPORTERS, "briefing_app.app", "briefing_app.__main__"),
    "pickle": (),
    "shelve": (),
    "smtplib": (),
    "socket": ("briefing_app.importers.web",),
    "sqlite3": (STORAGE,),
    "ssl": ("briefing_app.importers.web", "briefing_app.importers.webwords"),
    "subprocess": (IMPORTERS, GUI),
    "tkinter": (),
    "webbrowser": (),
}


def test_every_package_is_imported_only_in_its_rooms():
    graph = grimp.build_graph("briefing_app", include_external_packages=True, cache_dir=None)
    assert strays(graph, "briefing_app") == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain", "import sqlalchemy"),
        ("domain", "from rapidfuzz import fuzz"),
        ("services", "from PySide6.QtCore import QObject"),
        ("services", "import sqlite3"),
        ("gui", "def late():\n    import reportlab"),
        ("importers", "import pickle"),
        ("importers", "import socket"),
        ("services", "import http.client"),
        ("exporters", "import a_package_nobody_agreed_on"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, monkeypatch, room, line):
    package = tmp_path / f"planted_{tmp_path.name}"
    (package / room).mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / room / "__init__.py").write_text(line, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    graph = grimp.build_graph(package.name, include_external_packages=True, cache_dir=None)

    assert len(strays(graph, package.name)) == 1


def strays(graph, root):
    """List each import of an outside package from a room that is not its own."""
    found = []
    for importer in sorted(m for m in graph.modules if m.split(".")[0] == root):
        place = importer.replace(root, "briefing_app", 1)
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            package = imported.split(".")[0]
            if package == root or _is_free(package):
                continue
            rooms = {**ROOMS, **GUARDED}.get(package, ())
            if not any(place == room or place.startswith(f"{room}.") for room in rooms):
                found.append(f"{importer} imports {package}")
    return found


def _is_free(package):
    return package in sys.stdlib_module_names and package not in GUARDED
