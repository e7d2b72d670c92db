"""Files as they lie on a disk: a text, a Markdown file, a saved page, stories, a broken one."""

from __future__ import annotations

NOTE = """Harbour pilots walk out

Pilots at the northern harbour stopped work at noon on Monday. Eleven ships wait in the roads.

The port authority expects the queue to take four days to clear. Two of the ships carry grain.
"""

REPORT = """---
title: Grid failures in the north
source: Energy Weekly
author: A. Writer
date: 2026-01-24
---

A million people were without power on Friday night. Repairs will take six weeks.

## What failed

Three transformers burned out within an hour. No spare of that size exists in the country.

- Hospitals run on generators.
- Trains stand still.
"""

_PARAGRAPHS = """\
The central bank left its main rate at four per cent on Thursday, as most observers had expected.
The governor said that inflation had fallen faster than the bank had forecast in November, and that the
next step would more likely be down than up.

Banks raised their lending to small firms by two per cent in December. It was the first rise in fourteen
months, and the largest since the spring of 2024.

Two members of the council voted for a cut at once. Their names are not told before the spring.

The minutes will be published in three weeks."""
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
    "<title>Central bank holds its rate</title>"
    "<meta property='og:site_name' content='The Morning Paper'>"
    "<meta name='author' content='B. Reporter'>"
    "<meta property='article:published_time' content='2026-01-23T09:00:00+00:00'>"
    "</head><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
    "<article><h1>Central bank holds its rate</h1>"
    + "".join(f"<p>{words}</p>" for words in _PARAGRAPHS.split("\n\n"))
    + "</article><footer>All rights reserved</footer></body></html>"
)

STORIES = """Sat Jan 24 18:00:00 UTC 2026: # Ferry service is cut
The Story:
The ferry company cut its winter service by half.
Key Points:
- Two of four ferries are laid up.
- The islands have 900 inhabitants.
Key Takeaways:
- The islands depend on the mail plane.
Impact Analysis:
What follows from it:
- Food prices rise.
It may end with the ice in March."""

BROKEN = b""


def lay_out(folder):
    """Write the files and return their paths by name."""
    texts = {
        "note.txt": NOTE.encode(),
        "report.md": REPORT.encode(),
        "page.html": PAGE.encode(),
        "ferry.txt": STORIES.encode(),
        "broken.html": BROKEN,
    }
    folder.mkdir()
    for name, data in texts.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in texts}
