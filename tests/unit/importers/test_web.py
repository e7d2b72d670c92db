"""Fetching from a server on this computer that is good, bad, slow or broken."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
import ssl
import threading

import pytest

from briefing_app.errors import Cancelled, UnreadableSource
from briefing_app.importers.web import Limits, Web
from briefing_app.progress import NoProgress
from tests.hostile import sites
from tests.hostile.sites import PAGE, answer, moved

NOW = dt.datetime(2026, 1, 25, 4, 53, tzinfo=dt.UTC)


@pytest.fixture
def site():
    site = sites.Site()
    yield site
    site.close()


@pytest.fixture
def fetch(site):
    """Return a function that fetches from this server, or says why not."""

    def get(path="/page", *, private=True, host="127.0.0.1", names=None, **bounds):
        web = Web(bounds=Limits(**bounds), **({"names": names} if names else {}))
        return web.fetch(site.url(path, host), lambda: NOW, NoProgress(), private=private)

    return get


def refused(fetch, *args, **more):
    with pytest.raises(UnreadableSource) as caught:
        fetch(*args, **more)
    return str(caught.value)


def test_a_page_comes_as_a_document(fetch, site):
    found = fetch()
    assert (found.data, found.media_type) == (PAGE, "text/html; charset=utf-8")
    assert (found.name, found.url, found.retrieved) == (site.url(), site.url(), NOW)


def test_nothing_is_sent_but_the_address(fetch, site):
    fetch()
    head, _, body = site.requests[0].decode().partition("\r\n\r\n")
    first, *fields = head.split("\r\n")
    assert (first, body) == ("GET /page HTTP/1.1", "")
    names = sorted(field.partition(":")[0].lower() for field in fields)
    assert names == ["accept", "accept-encoding", "connection", "host", "user-agent"]


def test_a_cookie_is_not_kept_and_no_page_is_told_of_the_one_before(fetch, site):
    site.ways["/a"] = (
        b"HTTP/1.1 302 Found\r\nSet-Cookie: who=you\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"
    )
    assert fetch("/a").url == site.url("/page")
    assert b"who=you" not in site.requests[1]
    assert b"referer" not in site.requests[1].lower()


def test_what_follows_the_reader_is_not_asked_for(fetch, site):
    site.ways["/page?id=7"] = answer(PAGE)
    found = fetch("/page?id=7&utm_source=mail&fbclid=x#part")
    assert found.url == site.url("/page?id=7")
    assert site.paths() == ["/page?id=7"]


def test_a_packed_page_is_unpacked(fetch, site):
    site.ways["/a"] = sites.gzipped(PAGE)
    assert fetch("/a").data == PAGE


def test_a_page_that_was_packed_in_parts_is_whole(fetch, site):
    packed = gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])
    site.ways["/a"] = answer(packed + b"rest", "Content-Encoding: gzip")
    assert fetch("/a").data == PAGE


def test_a_page_in_pieces_is_put_together(fetch, site):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:100], PAGE[100:]))
    site.ways["/a"] = head + pieces + b"0\r\n\r\n"
    assert fetch("/a").data == PAGE


def test_an_address_in_another_script_goes_over_the_wire_as_it_should(fetch, site):
    site.ways["/%D0%BB%D1%96%D0%B4"] = answer(PAGE)
    site.ways["/moved"] = moved("/лід").decode().encode()  # sites send UTF-8 here
    assert fetch("/лід").data == PAGE
    assert fetch("/moved").data == PAGE


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_a_page_that_has_moved_is_found(fetch, site, status):
    site.ways["/a"] = moved("page", status)
    assert fetch("/a").url == site.url("/page")


def test_redirects_without_end_are_left(fetch, site):
    site.ways["/a"], site.ways["/b"] = moved("/b"), moved("/a")
    assert "without end" in refused(fetch, "/a")
    assert len(site.requests) == Limits().redirects + 1


@pytest.mark.parametrize(
    "path", ["file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "data:text/html,x"]
)
def test_a_redirect_out_of_the_web_is_refused(fetch, site, path):
    site.ways["/a"] = moved(path)
    assert "http://" in refused(fetch, "/a")


# which addresses may be asked


def test_this_computer_is_not_asked_unless_the_user_allows_it(fetch, site):
    for host in ("127.0.0.1", "localhost"):
        said = refused(fetch, host=host, private=False)
        assert "its own network" in said
    assert site.requests == []


def test_a_redirect_to_this_computer_is_refused_too(site):
    """The first host is taken for one of the internet; nothing is asked of the second."""
    asked = []

    def names(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    web = Web(names=names)
    with pytest.raises(UnreadableSource, match="its own network"):
        web.fetch(f"http://news.example:{site.port}/page", lambda: NOW, NoProgress())
    assert asked == ["news.example"]
    assert site.requests == []


def test_every_redirect_is_looked_up_and_checked_again(site, monkeypatch):
    from briefing_app.importers import addresses

    once = iter((True, False))
    monkeypatch.setattr(addresses, "is_public", lambda _ip: next(once))
    site.ways["/a"] = moved(f"http://localhost:{site.port}/page")
    with pytest.raises(UnreadableSource, match="“localhost” lies on this computer"):
        Web().fetch(site.url("/a"), lambda: NOW, NoProgress())
    assert site.paths() == ["/a"]


def test_the_address_that_was_checked_is_the_one_that_is_asked(site, fetch):
    """A name that stands for another address a moment later (DNS rebinding) gains nothing."""
    answers = iter((["127.0.0.1"], ["192.0.2.1"]))
    found = fetch(host="rebinding.example", names=lambda _host, _port: next(answers))
    assert found.data == PAGE
    assert b"Host: rebinding.example:" in site.requests[0]
    assert list(answers) == [["192.0.2.1"]]


def test_where_one_address_does_not_answer_the_next_one_is_asked(fetch):
    assert fetch(names=lambda _host, _port: ["::1", "127.0.0.1"]).data == PAGE


def test_a_name_without_an_answer_means_offline_and_says_so(fetch):
    def names(_host, _port):
        raise OSError("no name service")

    assert refused(fetch, names=names).startswith("This computer is offline, or the site cannot")


def test_nobody_at_home_is_said_so_too(fetch, site):
    site.close()
    assert refused(fetch).startswith("This computer is offline, or the site cannot be reached")


# servers that mean no good


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (sites.endless_body, "larger than 1 MB"),
        (sites.endless_chunks, "without an end"),
        (sites.endless_trailer, "without an end"),
        (sites.endless_head, "damaged, or the connection broke off|without an end"),
        (sites.endless_hints, "without an end"),
        (sites.dripping_head, "longer than 1 seconds"),
        (sites.dripping_body, "longer than 1 seconds"),
        (answer(bytes(2_000_000)), "larger than 1 MB"),
        (sites.gzipped(bytes(2_000_000)), "larger than 1 MB"),
        (answer(sites.bomb(200_000_000), "Content-Encoding: gzip"), "larger than 1 MB"),
        (answer(b"x" * 50, "Content-Encoding: gzip"), "damaged"),
        (answer(gzip.compress(PAGE)[:-20], "Content-Encoding: gzip"), "damaged"),
        (answer(PAGE, "Content-Encoding: br"), "not asked for"),
        (answer(PAGE).replace(b"Content-Length: ", b"Content-Length: 9"), "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "damaged"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000 + b"\r\n", "damaged"),
        (b"SSH-2.0-OpenSSH\r\n", "damaged"),
        (b"", "broke off"),
        (answer(b"", status="404 Not Found"), "has no such page"),
        (answer(b"", status="403 Forbidden"), "does not hand this page out"),
        (answer(b"", status="429 Slow Down"), "too often"),
        (answer(b"", status="503 Busy"), "trouble of its own"),
        (answer(b"", status="204 Nothing"), "something else"),
    ],
)
def test_a_bad_server_is_answered_by_a_sentence(fetch, site, way, words):
    site.ways["/a"] = way
    with pytest.raises(UnreadableSource, match=words):
        fetch("/a", seconds=1, body=1_000_000, pdf=1_000_000, head=100_000)


def test_a_silent_server_is_left(fetch, site):
    site.ways["/a"] = sites.silent
    assert "does not answer" in refused(fetch, "/a", quiet=0.3)


def test_a_longer_answer_than_announced_is_cut_where_it_was_to_end(fetch, site):
    site.ways["/a"] = answer(PAGE) + b"more"
    assert fetch("/a").data == PAGE


def test_a_pdf_may_be_larger(fetch, site):
    site.ways["/a"] = answer(b"%PDF-1.7" + bytes(2_000_000), kind="application/pdf")
    assert len(fetch("/a", body=1_000_000, pdf=3_000_000).data) == 2_000_008


class Stopping:
    """The progress of a user who stops once the page is on its way."""

    def __init__(self, site):
        self._site = site

    def step(self, done, total, note=""):
        pass

    def check(self):
        if self._site.requests:
            raise Cancelled


def test_the_user_can_stop_it(site):
    site.ways["/a"] = sites.silent
    with pytest.raises(Cancelled):
        Web().fetch(site.url("/a"), lambda: NOW, Stopping(site), private=True)


def test_the_user_can_stop_a_look_up(site):
    site.requests.append(b"GET / HTTP/1.1")
    waiting = threading.Event()

    def names(_host, _port):
        waiting.wait(20)
        return ["127.0.0.1"]

    with pytest.raises(Cancelled):
        Web(names=names).fetch(site.url(), lambda: NOW, Stopping(site), private=True)
    waiting.set()


# secure connections


@pytest.fixture
def secure(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    context, made = sites.certificate(tmp_path)
    site = sites.Site(context)
    yield site, made
    site.close()


def test_a_site_that_vouches_for_itself_is_not_believed(secure):
    site, _ = secure
    with pytest.raises(UnreadableSource, match="localhost cannot prove that it is that site"):
        Web().fetch(site.url(host="localhost"), lambda: NOW, NoProgress(), private=True)
    assert site.requests == []


def test_a_secure_page_comes_from_whom_the_system_trusts(secure):
    site, made = secure
    web = Web(context=ssl.create_default_context(cafile=made))
    found = web.fetch(site.url(host="localhost"), lambda: NOW, NoProgress(), private=True)
    assert found.data == PAGE


def test_a_certificate_of_another_name_is_not_believed(secure):
    site, made = secure
    web = Web(context=ssl.create_default_context(cafile=made), names=lambda *_: ["127.0.0.1"])
    with pytest.raises(UnreadableSource, match="cannot prove"):
        web.fetch(site.url(host="bank.example"), lambda: NOW, NoProgress(), private=True)


def test_a_server_that_knows_no_tls_is_told_in_a_sentence(site):
    url = f"https://localhost:{site.port}/page"
    with pytest.raises(UnreadableSource, match="No secure connection with localhost"):
        Web().fetch(url, lambda: NOW, NoProgress(), private=True)
