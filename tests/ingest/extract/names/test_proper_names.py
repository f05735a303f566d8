"""New names by their form: where they begin and end, and what is none."""

from __future__ import annotations

import pytest

from graph.model import EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from ingest.extract.names.proper_names import proper_names
from ingest.extract.words.lexicon import load_lexicon


def names_in(text: str, *known: tuple[str, EntityKind]) -> list[str]:
    """Return the names found in a text in which some are known."""
    mentions = [
        NameMention(new_entity(name, kind), text.index(name), text.index(name) + len(name), name)
        for name, kind in known
    ]
    return [one.surface for one in proper_names(text, sorted(mentions, key=lambda one: one.start), load_lexicon())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The grant went to Harbour Arts for a course.", ["Harbour Arts"]),
        ("It was given to 1st Harbour Scout Group last week.", ["1st Harbour Scout Group"]),
        ("£5 to Kites in Transition for advice.", ["Kites in Transition"]),
        ("£5 went to Kites Youth Club in Northam, to open a shed.", ["Kites Youth Club"]),
        ("£5 goes to the Centre for Young Kites in May.", ["Centre for Young Kites"]),
        ("Award £5 to Catalyst for the Kites Service.", ["Catalyst", "Kites Service"]),
        ("Brightfield was given £5.", ["Brightfield"]),
        ("Paid to Kites Trust, NEST, and Harbour Scouts.", ["Kites Trust", "NEST", "Harbour Scouts"]),
        ("£5 to Kites Together C.I.C. for a shed.", ["Kites Together C.I.C."]),
        ("Hope for Kites received £5 for a shed.", ["Hope for Kites"]),
        ("£5 to Kites Sexual Violence and Abuse Services.", ["Kites Sexual Violence and Abuse Services"]),
        ("Paid to A Kites Trust and Harbour Scouts Group.", ["Kites Trust", "Harbour Scouts Group"]),
        ("Northam Rescue Dogs and Finder Dogs Harbour each had £5.", ["Northam Rescue Dogs", "Finder Dogs Harbour"]),
        ("In May the YOU Trust was awarded £5.", ["YOU Trust"]),
        ("£5 came from the Department for Kites and Sheds.", ["Department for Kites and Sheds"]),
    ],
)
def test_a_name_is_a_run_of_capitals_whatever_its_last_word(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Approve £5 in March 2021.",
        "Local groups were given £5.",
        "The Executive Director will sign.",
        'Jane Example, chief executive, said: "We are glad."',
        "PCC Jane Example has agreed.",
        "This is about CCTV and ASB.",
        "See PCD 1438 for it.",
    ],
)
def test_offices_people_months_and_references_are_no_names(text: str) -> None:
    assert names_in(text) == []


def test_a_longer_name_is_never_cut_to_a_known_one() -> None:
    text = "£5 went to Harbour & Hope CIC today."
    assert names_in(text, ("Harbour", EntityKind.ORGANISATION)) == ["Harbour & Hope CIC"]


def test_a_place_inside_a_name_makes_no_council_of_it() -> None:
    text = "£5 went to Haven Northam Youth Scheme today."
    assert names_in(text, ("Northam", EntityKind.PLACE)) == ["Haven Northam Youth Scheme"]


def test_two_known_names_side_by_side_stay_two() -> None:
    text = "The Northam Office Safer Lanes Fund pays £5."
    known = (("Northam Office", EntityKind.ORGANISATION), ("Safer Lanes Fund", EntityKind.FUND))
    assert names_in(text, *known) == ["Northam Office", "Safer Lanes Fund"]
