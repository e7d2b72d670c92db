"""Addresses without what follows the reader about."""

from __future__ import annotations

import base64
import json

import pytest

from briefing_app.domain.tracking import hides_target
from briefing_app.importers.html.dom import address
from briefing_app.importers.links import canonical_link, clean_link, shown_link


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?utm_source=m&utm_medium=e", "https://a.example/x"),
        ("https://a.example/x?id=7&fbclid=abc#part", "https://a.example/x?id=7#part"),
        ("https://a.example/x?q=%C3%BC&b=", "https://a.example/x?q=%C3%BC&b="),
        ("https://[bad", "https://[bad"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_tracking_parameters_go_and_everything_else_stays(url, clean):
    assert clean_link(url) == clean


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("/b", "https://a.example/b"),
        ("c?x=1", "https://a.example/dir/c?x=1"),
        ("//b.example/", "https://b.example/"),
        ("#part", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("\\\\host\\share", "https://a.example/dir/\\\\host\\share"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_an_address_is_absolute_and_of_the_web_or_mail(href, whole):
    assert address(href, "https://a.example/dir/page") == whole


def test_without_a_base_a_relative_address_is_none():
    assert address("/b") == ""


TARGET = "https://news.example/a/story-of-the-day?id=7"


def packed(value) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "wrapped",
    [
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnews.example%2Fa%2Fstory-of"
            "-the-day%3Fid%3D7&data=05%7C01%7Creader%40office.example%7C1&sdata=x&reserved=0"
        ),
        (
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html"
            "?url=https%3A%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7&locale=en-us"
        ),
        "https://urldefense.proofpoint.com/v1/url?u=https://news.example/a/story-of-the-day%3Fid%3D7&k=x",
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example_a_story-2Dof-2Dthe-2Dday-3F"
            "id-3D7&d=DwMFaQ&c=x&r=y&m=z&s=a&e="
        ),
        "https://urldefense.com/v3/__https://news.example/a/story-of-the-day?id=7__;!!AbC!xyz$",
        "https://urldefense.com/v3/__https:/news.example/a/story-of-the-day*id=7__;Pw!!AbC!xyz$",
        (
            "https://protect2.fireeye.com/v1/url?k=1-2&q=1&e=3&u=https%3A%2F%2Fnews.example%2Fa%2Fstory-of"
            "-the-day%3Fid%3D7"
        ),
        "https://secure-web.cisco.com/1AbC-dEf/https%3A%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7",
        "https://protect.checkpoint.com/v2/___https://news.example/a/story-of-the-day?id=7___.YXAz",
        (
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fnews.example%2fa%2fstory-of-the-day%3fid"
            "%3d7&c=E,1,x&typo=1"
        ),
        "https://protect-eu.mimecast.com/r/x?u=https%3A%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7",
        "https://www.google.com/url?sa=t&q=https://news.example/a/story-of-the-day%3Fid%3D7&ved=x",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7&h=x",
        "https://abc.awstrack.me/L0/https:%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid=7/1/0101/x=1",
        "https://tracking.letter.example/CL0/https:%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid=7/1/a/b",
        "https://click.pstmrk.it/3s/news.example%2Fa%2Fstory-of-the-day%3Fid%3D7/abc/def",
        "https://substack.com/redirect/2/" + packed({"e": TARGET, "p": 1}) + ".sig?token=me",
        "https://click.convertkit-mail2.com/68ugeo/qvh8h7/" + packed(TARGET),
        "https://x123.mjt.lu/lnk/AAA/BBB/1/CCC/" + packed(TARGET),
        "https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9." + packed({"url": TARGET}) + ".sig",
        "https://mandrillapp.com/track/click/1/news.example?p="
        + packed({"s": "x", "v": 1, "p": json.dumps({"u": 1, "url": TARGET})}),
        "https://click.letter.example/?url=https%3A%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7",
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A"
            "%2F%2Fnews.example%2Fa%2Fstory-of-the-day%3Fid%3D7__%3B%21%21a%21b%24&data=x"
        ),
    ],
)
def test_a_redirector_that_carries_its_target_is_taken_off(wrapped):
    assert clean_link(wrapped) == TARGET


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.example/save?url=https://news.example/a",
        "https://www.google.com/search?q=https://news.example/a",
        "https://nam02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)",
        "https://nam02.safelinks.protection.outlook.com/?url=file%3A%2F%2F%2Fetc%2Fpasswd",
        "https://www.youtube.com/watch?v=abc",
        "https://l.facebook.com/l.php?u=",
    ],
)
def test_what_is_no_redirector_or_leads_nowhere_stays(url):
    assert clean_link(url) == url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://mailchi.mp/house/issue-12?e=1a2b3c4d", "https://mailchi.mp/house/issue-12"),
        ("https://a.example/x?e=7&email=me%40office.example", "https://a.example/x?e=7"),
        ("https://a.example/x?u=7#xtor=AL-1", "https://a.example/x?u=7"),
        ("https://a.example/x#:~:text=quote", "https://a.example/x"),
        ("https://x.substack.com/p/y?r=abc&token=eyJ", "https://x.substack.com/p/y"),
    ],
)
def test_personal_parameters_go(url, clean):
    assert clean_link(url) == clean


def test_a_link_that_wraps_itself_comes_to_an_end():
    url = "https://click.a.example/?url=" + "https://click.a.example/?url=" * 40 + "x"
    assert clean_link(url).startswith("https://click.a.example/")


@pytest.mark.parametrize(
    "url",
    [
        "https://u25184427.ct.sendgrid.net/ls/click?upn=" + "aB3" * 30,
        "https://elink.letter.example/ss/c/" + "aB3" * 30,
        "https://house.us4.list-manage.com/track/click?u=1&id=2&e=3",
        "https://t.co/AbCdEf",
        "https://email.mg2.substack.com/c/eJx" + "aB3" * 30,
        "https://click.e.house.example/?qs=" + "0f" * 40,
        "https://protect-us.mimecast.com/s/AbCdEf?domain=news.example",
    ],
)
def test_a_link_that_hides_its_target_is_told(url):
    assert hides_target(clean_link(url))
    assert shown_link(url).endswith("/\u2026")


@pytest.mark.parametrize(
    "url",
    [
        TARGET,
        "https://email.house.example/p/the-long-story-of-a-small-boat-and-a-very-large-sea",
        "https://news.house.example/2026/01/the-long-story-of-a-small-boat-and-a-very-large-sea.html",
        "https://t.co",
        "https://news.example/?page=2",
        "mailto:a@b.example",
        "https://[bad",
        "",
    ],
)
def test_other_links_hide_nothing(url):
    assert not hides_target(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/story",
        "https://m.a.example/story",
        "https://amp.a.example/story?amp=1",
        "https://a.example/story/amp/",
        "https://a.example/amp/story",
        "https://a.example:443/story#comments",
        "https://A.example/story?utm_source=x",
        "https://a-example.cdn.ampproject.org/c/s/a.example/story",
        "https://www.google.com/amp/s/a.example/story",
    ],
)
def test_the_addresses_of_one_page_are_one(url):
    assert canonical_link(url) == "https://a.example/story"


def test_a_short_host_is_no_copy_for_mobile_readers():
    assert canonical_link("https://m.example/") == "https://m.example/"
    assert canonical_link("https://en.m.wiki.example/a") == "https://en.wiki.example/a"
