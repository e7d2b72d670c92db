import ipaddress

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.addresses import in_text, is_public, parse, typed


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("news.example", "https://news.example/"),
        (" https://News.Example/A b?q=é#part ", "https://news.example/A%20b?q=%C3%A9"),
        ("http://news.example:80/x", "http://news.example/x"),
        ("https://news.example:8443", "https://news.example:8443/"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("feed://news.example/rss", "http://news.example/rss"),
        ("feed:https://news.example/rss", "https://news.example/rss"),
        ("//news.example/x", "https://news.example/x"),
        ("https://новини.укр/лід", "https://xn--b1amarcd.xn--j1amh/%D0%BB%D1%96%D0%B4"),
        ("https://news.example/a?utm_source=x&id=1", "https://news.example/a?id=1"),
        ("https://news.example/50%25", "https://news.example/50%25"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnews.example%2Fx&data=me",
            "https://news.example/x",
        ),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
    ],
)
def test_what_is_typed_is_understood(written, meant):
    assert typed(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "two words", "https://", "ftp://a.example/", "file:///etc/passwd", "mailto:a@b.example",
     "https://a:b@news.example/", "https://news.example:99999/", "https://a..example/",
     "https://" + "a" * 9000, "https://[::1", "https://news.example:x/"],
)  # fmt: skip
def test_what_is_none_is_refused_in_a_sentence(written):
    with pytest.raises(UnreadableSource):
        typed(written)


def test_a_redirect_is_read_from_where_it_stands():
    assert parse("../b?x#y", "https://news.example/a/c").url == "https://news.example/b?x"
    assert parse("//other.example", "http://news.example").url == "http://other.example/"


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
     "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "::", "::1",
     "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "fec0::1"],
)  # fmt: skip
def test_an_address_here_or_near_is_not_public(ip):
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_an_address_in_the_internet_is_public(ip):
    assert is_public(ipaddress.ip_address(ip))


def test_a_text_of_addresses_alone_is_one():
    assert in_text(" https://a.example/x\n") == ("https://a.example/x",)
    assert in_text("http://a.example http://b.example http://a.example") == (
        "http://a.example",
        "http://b.example",
    )
    assert in_text("See https://a.example/x") == ()
    assert in_text("a.example") == ()
    assert in_text("") == ()
