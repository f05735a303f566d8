"""When two names stand for the same thing."""

from __future__ import annotations

import pytest
from label_folders import body_key, comparison

from ingest.labels.names import plain


@pytest.mark.parametrize(
    ("said", "accepted"),
    [
        ("The Home Office", "home office"),
        ("Safe & Together", "Safe and Together"),
        ("MOPAC", "Mayor's Office for Policing and Crime"),
        ("Mayor’s Office for Policing and Crime", "Mayor's Office for Policing and Crime"),
        ("Brightwater Trust (BT)", "Brightwater Trust"),
        ("SafeLives", "Respect|SafeLives"),
        (None, "SafeLives|"),
        (None, "(to be procured) provider"),
        ("Provider to be procured", "(to be procured) provider"),
        (None, "(boroughs)"),
        ("London boroughs", "boroughs"),
        ("Victims budget", "MOPAC victims' budget"),
    ],
)
def test_names_that_agree(said: str | None, accepted: str) -> None:
    assert comparison().agrees(said, tuple(accepted.split("|")))


@pytest.mark.parametrize(
    ("said", "accepted"),
    [
        ("Home Office", "Ministry of Justice"),
        (None, "SafeLives"),
        ("SafeLives", ""),
        ("Harbour & Hope CIC", "Harbour"),
        ("SafeLives", "(to be procured) provider"),
        ("SafeLives", "(boroughs)"),
        ("Harbour", "SafeLives budget"),
    ],
)
def test_names_that_differ(said: str | None, accepted: str) -> None:
    assert not comparison().agrees(said, tuple(accepted.split("|")))


def test_a_name_touches_another_that_holds_its_words() -> None:
    assert comparison().touches("Counselling Foundation of Luton", ("Counselling Foundation",))
    assert comparison().touches("Luton", ("Luton and Dunstable",))
    assert not comparison().touches("Luton", ("Dunstable",))
    assert not comparison().touches(None, ("Luton",))
    assert not comparison().touches("The Act Trust", ("Act",)), "short words stand in others by chance"


def test_plain_words_have_no_case_no_article_and_no_marks() -> None:
    assert plain("The Women’s & Girls' Network, Ltd.") == "women's and girls' network ltd."


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Police and Crime Commissioner for Gwent", "gwent"),
        ("Mayor's Office for Policing and Crime", "mopac"),
        ("West Yorkshire Combined Authority", "west-yorkshire"),
        ("Board of Nowhere", "board-of-nowhere"),
        ("", "none"),
    ],
)
def test_a_body_has_a_short_key(name: str, key: str) -> None:
    assert body_key(name) == key
