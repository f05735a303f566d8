"""Office-holders by name."""

from __future__ import annotations

from graph.ask.known.people import office_holders, people_in, person_of

HOLDERS = ("Paul Smithers", "Anna Overby")


def test_the_name_stands_in_brackets_behind_the_office() -> None:
    assert person_of("Commissioner (Paul Smithers)") == "Paul Smithers"
    assert person_of("Commissioner (acting)") == ""
    assert person_of("Commissioner") == ""


def test_initials_are_the_full_name_where_both_are_printed() -> None:
    known = office_holders(["Commissioner (Paul Smithers)", "Commissioner (P. Smithers)", "Mayor (Anna Overby)"])
    assert known["P. Smithers"] == "Paul Smithers"
    assert known["Anna Overby"] == "Anna Overby"


def test_a_name_is_found_in_full_mistyped_and_by_the_surname() -> None:
    for text in ("signed by Paul Smithers", "by paul smithers", "Paul Smiters decisions", "Smithers's decisions"):
        assert [name for _, _, name in people_in(text, HOLDERS)] == ["Paul Smithers"], text


def test_other_names_are_not_taken_for_an_office_holder() -> None:
    assert people_in("who paid Smith and Sons", HOLDERS) == []
