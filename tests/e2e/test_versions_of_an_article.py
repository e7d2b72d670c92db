"""What a script sees of versions and originals, and how it corrects what an import decided."""

from __future__ import annotations

import hashlib

PARAGRAPHS = "".join(
    f"<p>Sentence number {n} of the same page, long enough to count as a text.</p>"
    for n in range(6)
)


def page(more=""):
    return (
        '<html><head><title>Ice</title><link rel="canonical" href="https://a.example/ice"></head>'
        f"<body><article><h1>Ice</h1>{PARAGRAPHS}{more}</article></body></html>"
    ).encode()


def bring_in(briefing, name, data):
    path = briefing.home / name
    path.write_bytes(data)
    return briefing.json("import", path).one


def test_versions_and_originals_of_an_article(briefing):
    old, new = page(), page("<p>The ice is melting now, they said on Tuesday evening.</p>")
    uid = bring_in(briefing, "a.html", old)["article"]
    assert bring_in(briefing, "b.html", new)["status"] == "version"

    newer, older = briefing.json("article", "versions", uid).lines
    assert (newer["current"], older["current"]) == (True, False)
    assert newer["more"] == newer["words"] - older["words"] == 10
    shown = briefing.json("article", "versions", uid, "--show", older["version"][:8]).one
    assert "melting" not in shown["text"]

    target = briefing.home / "out"
    target.mkdir()
    written = briefing.json("article", "original", uid, "--to", target).one
    assert (target / "Ice.html").read_bytes() == new
    assert written["sha256"] == hashlib.sha256(new).hexdigest()
    briefing.json(
        "article", "original", uid, "--version", older["version"], "-o", target / "o.html"
    )
    assert (target / "o.html").read_bytes() == old
    refused = briefing.json("article", "original", uid, "-o", target / "o.html", code=1)
    assert "exists already" in refused.err
    assert briefing("--library", briefing.library, "article", "original", uid).out.encode() == new


def test_it_is_not_the_same_article_and_then_it_is(briefing):
    uid = bring_in(briefing, "a.html", page())["article"]
    bring_in(briefing, "b.html", page("<p>The ice is melting now, they said on Tuesday.</p>"))

    made = briefing.json("article", "split", uid).one["new"]
    assert {one["id"] for one in briefing.json("articles").lines} == {uid, made}
    briefing.json("article", "join", uid, made)
    assert [one["id"] for one in briefing.json("articles").lines] == [uid]
    assert len(briefing.json("article", "versions", uid).lines) == 2
    assert briefing.json("undo").one["action"] == "join-articles"
    assert briefing.json("undo").one["action"] == "split-article"
    assert len(briefing.json("article", "versions", uid).lines) == 2
