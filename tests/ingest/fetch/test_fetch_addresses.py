"""Addresses in one form, patterns of them, names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.addresses import NoAddress, file_stem, host_of, joined, last_part, matches, normal_address


@pytest.mark.parametrize(
    ("given_address", "normal"),
    [
        ("HTTPS://WWW.Example.org/Decisions/#top", "https://www.example.org/Decisions/"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a b.pdf", "http://example.org:8080/a%20b.pdf"),
        ("https://example.org/caf\u00e9?q=\u00a35", "https://example.org/caf%C3%A9?q=%C2%A35"),
        ("https://ex\u00e4mple.org/", "https://xn--exmple-cua.org/"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_an_address_has_one_form(given_address: str, normal: str) -> None:
    assert normal_address(given_address) == normal


@pytest.mark.parametrize(
    "words", ["", "example.org", "ftp://example.org/a", "file:///etc/passwd", "https://", "https://a:b@example.org/",
              "http://[::1", "http://example.org:99999/", "javascript:alert(1)"]
)  # fmt: skip
def test_what_is_no_web_address_is_refused(words: str) -> None:
    with pytest.raises(NoAddress):
        normal_address(words)
    assert joined("mailto:a@b", words) is None or words == ""


@given(st.text(max_size=60))
def test_any_words_are_an_address_or_refused_and_the_form_is_stable(words: str) -> None:
    try:
        once = normal_address(f"https://example.org/{words}")
    except NoAddress:
        return
    assert normal_address(once) == once
    assert once.isascii()


@pytest.mark.parametrize(
    ("address", "pattern", "fits"),
    [
        ("https://a.org/decisions/2024", "/decisions/*", True),
        ("https://a.org/Decisions/2024/", "/decisions/*", True),
        ("https://a.org/decisions/2024/1", "/decisions/*", False),
        ("https://a.org/decisions/2024/1.PDF", "**.pdf", True),
        ("https://a.org/decisions/", "/decisions/*", False),
        ("https://a.org/decisions?page=2", "/decisions", False),
        ("https://a.org/decisions?page=2", "/decisions?page=*", True),
        ("https://a.org/decisions", "/decisions?page=*", False),
        ("https://a.org/ie.aspx?ID=1/2", "/ie.aspx?*ID=*", True),
        ("https://a.org/a%20policy.pdf", "**policy**", True),
        ("https://a.org/x(1).pdf", "/x(1).pdf", True),
        ("https://a.org/xay", "/x.y", False),
    ],
)
def test_a_pattern_is_of_a_path(address: str, pattern: str, fits: bool) -> None:
    assert matches(address, pattern) is fits


@given(st.text(max_size=200))
def test_a_file_name_leads_nowhere_and_fits_any_system(words: str) -> None:
    stem = file_stem(words)
    assert not set(stem) & set('/\\:*?"<>|\0') and not stem.startswith(".")
    assert len(stem) <= 90 and stem.isascii()
    assert stem.lower() not in {"con", "nul", "com1"}


def test_the_last_part_of_an_address_names_it() -> None:
    assert last_part("https://a.org/x/Notice%201.pdf") == "Notice 1.pdf"
    assert last_part("https://a.org/ie.aspx?ID=7") == "ie.aspx-ID=7"
    assert last_part("https://a.org/") == "index"
    assert host_of("https://www.a.org:8080/") == "a.org:8080"
