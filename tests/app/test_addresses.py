"""The addresses at which the app is opened."""

from __future__ import annotations

import pytest

from app.addresses import UnusableAddress, addresses, origins_by_host


def test_an_office_names_its_addresses_between_commas() -> None:
    given = "https://Funds.Example.org/, http://10.0.0.7:8501,https://funds.example.org:443"
    assert addresses(given) == ("https://funds.example.org", "http://10.0.0.7:8501", "https://funds.example.org")
    assert addresses("") == ()
    assert addresses(" , ") == ()


@pytest.mark.parametrize(
    "given",
    [
        "funds.example.org", "*", "https://*.example.org", "https://", "ftp://funds.example.org", "null",
        "https://funds.example.org/app", "https://funds.example.org?x=1", "https://a@funds.example.org",
        "https://funds.example.org:x", "https://funds.example.org:99999", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_whole_address_is_refused_with_its_words(given: str) -> None:
    with pytest.raises(UnusableAddress, match="WHOFUNDS_ADDRESSES: ") as found:
        addresses(f"https://good.example, {given}")
    assert repr(given) in str(found.value)
    assert "good.example" not in str(found.value)


def test_this_machines_names_are_allowed_at_the_port_of_the_server_and_no_other() -> None:
    assert origins_by_host((), 8501) == {
        "localhost:8501": {"http://localhost:8501"},
        "127.0.0.1:8501": {"http://127.0.0.1:8501"},
        "[::1]:8501": {"http://[::1]:8501"},
    }
    assert origins_by_host((), None) == {}


def test_a_port_that_browsers_leave_out_may_be_named() -> None:
    allowed = origins_by_host(("https://funds.example.org", "http://funds.example.org"), None)
    assert allowed["funds.example.org"] == {"https://funds.example.org", "http://funds.example.org"}
    assert allowed["funds.example.org:443"] == {"https://funds.example.org"}
    assert allowed["funds.example.org:80"] == {"http://funds.example.org"}
    assert "funds.example.org:8501" not in allowed
