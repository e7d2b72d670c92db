"""Which name an original gets as a file, and which are never given to the system to open."""

from __future__ import annotations

import pytest

from briefing_app.services.originals import file_name, may_be_opened, suffix_of


@pytest.mark.parametrize(
    ("media_type", "data", "suffix"),
    [
        ("", b"%PDF-1.7 ...", ".pdf"),
        ("text/plain", b"%PDF-1.7 ...", ".pdf"),
        ("text/html; charset=utf-8", b"<p>x", ".html"),
        ("", b"\n<!DOCTYPE html><html>", ".html"),
        ("", b"<!-- saved --><html>", ".html"),
        ("application/octet-stream", b"just words", ".txt"),
        ("", b"\x00\x01\x02", ".bin"),
        ("application/x-msdownload", b"MZ\x00\x00", ".bin"),
        ("message/rfc822", b"From: a", ".eml"),
    ],
)
def test_the_ending_says_what_the_bytes_are(media_type, data, suffix):
    assert suffix_of(media_type, data) == suffix


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00",
        b"\x7fELF\x02",
        b"#!/bin/sh\nrm -rf ~",
        b"\xef\xbb\xbf#!/bin/sh",
        b"[Desktop Entry]\nExec=sh",
        b"\n[InternetShortcut]\nURL=file:///x",
        b"\xca\xfe\xba\xbe",
    ],
)
def test_a_program_is_never_opened_whatever_it_calls_itself(data):
    for suffix in (".txt", ".pdf", ".md", suffix_of("", data)):
        assert not may_be_opened(suffix, data)


@pytest.mark.parametrize(
    "suffix", [".html", ".exe", ".desktop", ".sh", ".bin", ".eml", ".docm", ""]
)
def test_what_could_run_or_fetch_something_is_only_saved(suffix):
    assert not may_be_opened(suffix, b"harmless")


def test_a_text_and_a_pdf_are_opened():
    assert may_be_opened(".txt", b"words")
    assert may_be_opened(".pdf", b"%PDF-1.7")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ice closes the route", "Ice closes the route.txt"),
        ("a/b\\c:d", "a b c d.txt"),
        ("../../etc/passwd", "etc passwd.txt"),
        ("invoice.exe", "invoice_exe.txt"),
        ("photo\u202egpj.exe", "photo gpj_exe.txt"),
        ("CON", "Original.txt"),
        ("  ", "Original.txt"),
        ("x" * 300, "x" * 80 + ".txt"),
    ],
)
def test_the_name_is_the_title_and_hides_no_other_ending(title, name):
    assert file_name(title, ".txt") == name
