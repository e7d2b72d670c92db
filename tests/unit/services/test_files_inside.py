"""Files with several articles, with pictures, and with other files inside, in the library."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from briefing_app.domain.article import BlockKind, web_address
from briefing_app.errors import Cancelled
from briefing_app.importers.base import HOLDING, Document
from briefing_app.progress import NoProgress
from briefing_app.services import incoming
from briefing_app.services.batch import TOGETHER
from briefing_app.services.incoming import Coming, Unreadable

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff610000000d49444154789c6360180536"
    "00000110000117da3a5d0000000049454e44ae426082"
)


def bring_in(services, *documents):
    outcomes = services.importing.bring_in(
        [Document(name, data) for name, data in documents], NoProgress()
    )
    services.history.refresh()
    return outcomes


def mail(number, text="", *, attached=(), subject=""):
    message = EmailMessage()
    message["From"] = "Olena Kovalenko <olena@example.org>"
    message["Subject"] = subject or f"Report number {number}"
    message["Date"] = "Mon, 30 Nov 2026 09:41:00 +0200"
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content(text or f"What report {number} says stands in mail {number} alone.")
    for name, data, (main, sub) in attached:
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return bytes(message)


def mailbox(*mails):
    parts = (b"From olena@example.org Mon Nov 30 09:41:00 2026\n" + one + b"\n" for one in mails)
    return b"\n".join(parts)


def packed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_each_mail_of_a_box_is_an_article_and_all_are_one_step(services):
    outcomes = bring_in(services, ("box.mbox", mailbox(*map(mail, range(3)))))
    assert [(one.status, one.title) for one in outcomes] == [
        ("new", f"Report number {number}") for number in range(3)
    ]
    assert services.articles.counts().all == 3
    originals = {services.articles.version(one.article).original for one in outcomes}
    assert len(originals) == 1
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 0


def test_a_box_that_has_grown_brings_only_what_is_new(services):
    count = TOGETHER + 6  # more than are stored at once
    bring_in(services, ("box.mbox", mailbox(*map(mail, range(count)))))
    outcomes = bring_in(services, ("box.mbox", mailbox(*map(mail, range(count + 2)))))
    assert [one.status for one in outcomes] == ["duplicate"] * count + ["new"] * 2
    assert services.articles.counts().all == count + 2


def test_the_same_box_again_is_there_already(services):
    box = mailbox(*map(mail, range(3)))
    first = bring_in(services, ("box.mbox", box), ("copy.mbox", box))
    assert [one.status for one in first] == ["new"] * 3 + ["duplicate"] * 3
    again = bring_in(services, ("box.mbox", box))
    assert [(one.status, one.article) for one in again] == [
        ("duplicate", one.article) for one in first[:3]
    ]


def test_a_mail_is_known_by_its_own_number_whatever_it_is_called(services):
    (first,) = bring_in(services, ("a.eml", mail(1, "The talks begin on Monday in Abu Dhabi.")))
    (again,) = bring_in(
        services,
        ("b.eml", mail(1, "The talks begin on Tuesday in Abu Dhabi.", subject="RE: talks")),
    )
    (other,) = bring_in(
        services,
        ("c.eml", mail(2, "The talks began on Tuesday in Abu Dhabi.", subject="RE: talks")),
    )
    assert (again.status, again.article) == ("version", first.article)
    assert other.status == "new"


def test_what_is_attached_comes_in_too_and_is_named_with_its_mail(services):
    note = ("note.txt", b"The note\n\nWhat the note says.", ("text", "plain"))
    outcomes = bring_in(
        services, ("a.eml", mail(1, attached=(note,))), ("z.txt", b"Last\n\nThe last one.")
    )
    assert {one.title: (one.status, one.name) for one in outcomes} == {
        "Report number 1": ("new", "a.eml"),
        "The note": ("new", "a.eml › note.txt"),
        "Last": ("new", "z.txt"),
    }


def test_an_archive_in_an_archive_is_opened_and_a_bad_file_in_it_is_named(services):
    inner = packed(deep_txt=b"Deep\n\nFrom the depth.", bad_html=b"\x7fELF" + bytes(99))
    outcomes = bring_in(services, ("all.zip", packed(a_txt=b"A\n\nText of A.", in_zip=inner)))
    told = {one.title or one.name: one.status for one in outcomes}
    assert told["A"] == told["Deep"] == "new"
    assert services.articles.counts().all == 2


def test_a_picture_is_kept_with_its_article_and_goes_for_good_with_it(services):
    page = b"<html><body><p>%s</p><img alt='A bridge' src='cid:one'></body></html>" % (
        b"Text. " * 30
    )
    message = EmailMessage()
    message["Subject"] = "With a picture"
    message["Message-ID"] = "<picture@example.org>"
    message.set_content("See the other part.")
    message.add_alternative(page.decode(), subtype="html")
    message.get_payload()[1].add_related(DOT, "image", "png", cid="<one>")
    (outcome,) = bring_in(services, ("a.eml", bytes(message)))
    version = services.articles.version(outcome.article)
    (picture,) = [b for b in version.body.blocks if b.kind is BlockKind.IMAGE]
    assert services.articles.original(picture.asset) == DOT


def test_references_without_a_text_are_not_the_same(services):
    two = b"TY  - NEWS\nTI  - One thing\nER  - \nTY  - NEWS\nTI  - Another\nER  - \n"
    outcomes = bring_in(services, ("list.ris", two))
    assert [one.status for one in outcomes] == ["new", "new"]


@pytest.mark.parametrize("limit", ["DEEPEST", "MOST_INSIDE"])
def test_what_lies_too_deep_or_is_too_much_is_said_and_not_read(monkeypatch, limit):
    monkeypatch.setattr(incoming, limit, 2)
    document, child = Document("a.zip", b"x"), Document("b.txt", b"y")
    coming = Coming((document,))
    assert next(coming) is document
    if limit == "DEEPEST":
        for depth in (1, 2):
            coming.put_next(document, (child,))
            document = next(coming)
            assert document.depth == depth
        coming.put_next(document, (child,))
    else:
        coming.put_next(document, (child,) * 3)
        assert [next(coming).name for _ in range(2)] == ["a.zip › b.txt"] * 2
    refused = next(coming)
    assert isinstance(refused, Unreadable)
    assert "2" in str(refused.error)
    assert next(coming, None) is None


def test_a_list_of_links_says_that_nothing_was_fetched(services):
    list_ = b"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p><DT><A HREF="https://a.example/1">One</A><DT><A HREF="https://a.example/2">Two</A></DL>"""
    (outcome,) = bring_in(services, ("bookmarks.html", list_))
    assert outcome.status == "listed"
    assert [one.url for one in outcome.links] == ["https://a.example/1", "https://a.example/2"]
    assert services.articles.counts().all == 0


def test_tags_of_another_program_come_along(services):
    export = b'[{"title": "Kept", "url": "https://a.example/k", "content": "<p>Words.</p>",'
    export += b' "tags": ["energy", "#Energy", "peace talks"], "is_archived": 0}]'
    (outcome,) = bring_in(services, ("wallabag.json", export))
    assert services.articles.article(outcome.article).tags == ("energy", "peace talks")


def test_what_no_format_takes_of_an_archive_is_said(services):
    archive = packed(a_txt=b"A\n\nText of A.", b_exe=b"MZ\x90" + bytes(99))
    outcomes = bring_in(services, ("all.zip", archive))
    assert {one.name: one.status for one in outcomes} == {
        "all.zip": "failed",
        "all.zip \u203a a.txt": "new",
    }
    assert "b.exe" in outcomes[0].reason


def test_the_number_of_a_mail_and_a_shortened_address_are_known_by_and_never_shown(services):
    (letter,) = bring_in(services, ("a.eml", mail(1)))
    article = services.articles.article(letter.article)
    assert (article.canonical_url, web_address(article)) == ("mid:1@example.org", "")
    saved = b"""<html><head><title>Ice</title><link rel="canonical"
        href="http://m.a.example/ice?id=7"></head><body><p>%s</p></body></html>""" % (b"Ice. " * 60)
    (page,) = bring_in(services, ("ice.html", saved))
    assert web_address(services.articles.article(page.article)) == "http://m.a.example/ice?id=7"


def test_a_file_that_is_there_is_read_again_where_something_inside_it_failed(services):
    broken = ("photo.pdf", b"%PDF-1.4 and nothing more", ("application", "pdf"))
    data = mail(1, attached=[broken])
    first = bring_in(services, ("a.eml", data))
    assert [one.status for one in first] == ["new", "failed"]
    assert [one.status for one in bring_in(services, ("a.eml", data))] == ["duplicate", "failed"]
    again = services.importing.bring_in([Document("a.eml", data)], NoProgress(), again=True)
    assert [one.status for one in again] == ["duplicate", "failed"]
    assert services.articles.counts().all == 1


class StopsAfter:
    """Progress of a user who cancels when so many documents have come in."""

    def __init__(self, count):
        self.left = count

    def step(self, done, total, note=""):
        self.left -= done > 0

    def check(self):
        if self.left <= 0:
            raise Cancelled


def test_what_is_attached_comes_in_later_if_an_import_was_stopped_before_it(services):
    document = Document(
        "a.eml", mail(1, attached=(("note.txt", b"The note\n\nIts text.", ("text", "plain")),))
    )
    with pytest.raises(Cancelled):
        services.importing.bring_in([document], StopsAfter(1))
    assert services.articles.counts().all == 1
    outcomes = bring_in(services, (document.name, document.data))
    assert [(one.status, one.title) for one in outcomes] == [
        ("duplicate", "Report number 1"),
        ("new", "The note"),
    ]


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_formats_that_hold_files_are_known_to_do_so(services, name):
    data = mail(1, attached=(("note.txt", b"The note", ("text", "plain")),))
    read = services.importing.read(
        Document(name, mailbox(data) if name == "a.mbox" else data), NoProgress()
    )
    assert read.children
    assert read.format in HOLDING
