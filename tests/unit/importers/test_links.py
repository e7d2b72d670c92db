"""Addresses without what follows the reader about."""

from __future__ import annotations

import pytest

from briefing_app.importers.html.dom import address
from briefing_app.importers.links import clean_link


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
