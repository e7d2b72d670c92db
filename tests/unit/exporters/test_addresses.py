import pytest

from briefing_app.exporters.addresses import safe_address, short_address


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://example.org", "mailto:desk@example.org"]
)
def test_an_address_of_the_web_or_of_mail_passes_unchanged(url):
    assert safe_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/hostname",
        "ftp://example.org",
        "//example.org",
        "/relative",
        "https://",
        "https:///path",
        "http://[broken",
        'https://example.org/"onclick="x',
        "https://example.org/<b>",
        "https://example.org/a b",
        "https://example.org/\x00",
        "mailto:nobody",
    ],
)
def test_any_other_address_is_none(url):
    assert safe_address(url) == ""


def test_the_name_and_password_of_a_user_are_left_out():
    assert safe_address("https://me:pw@example.org:8080/x") == "https://example.org:8080/x"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://www.example.org/", "example.org"),
        ("https://example.org/a/b?q=1", "example.org/a/b?…"),
        ("mailto:desk@example.org?subject=x", "desk@example.org"),
    ],
)
def test_an_address_is_short_on_paper(url, text):
    assert short_address(url) == text


def test_a_long_address_ends_in_an_ellipsis():
    text = short_address("https://example.org/" + "a" * 500)
    assert len(text) == 60
    assert text.endswith("…")


def test_an_address_beyond_ascii_is_written_as_every_reader_takes_it():
    url = safe_address("https://приклад.укр/шлях?q=ї")
    assert url.isascii()
    assert url.startswith("https://xn--")
    assert short_address("https://example.org/%D1%88%D0%BB%D1%8F%D1%85") == "example.org/шлях"


def test_a_character_that_cannot_be_written_is_no_address():
    assert safe_address("https://ex\ud800mple.org/") == ""
    assert safe_address("https://example.org/\ud800") == ""
