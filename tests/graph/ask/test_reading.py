"""How questions are read: the thing asked, the parts of their names, their conditions, and what follow-ups keep."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.ask.asking import answer_question, form_of
from graph.ask.known.facts import Facts
from graph.ask.language.edits import conditions_of
from graph.ask.language.terms import Form, Kind, List, Named, OfKind, Role, Says, Series, Sized, Total, What
from graph.ask.reading.candidates import Candidate, candidates
from graph.ask.reading.link import link
from graph.ask.reading.read import Parts, Reading, read
from graph.ask.running.execute import execute
from graph.model import Entity, FlowKind, FlowStatus
from graph.parse.references import reference_key
from graph.settings import Settings
from tests.graph.ask.made import (
    CIFA,
    HACKNEY_COUNCIL,
    INDEX,
    MERTON_COUNCIL,
    MOPAC,
    SAFELIVES,
    STAC,
    VICTIM_SUPPORT,
    WEST_MERCIA,
    document,
    flow,
    over,
)

BANK: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bank.yaml").read_text(encoding="utf-8"))
CASES = [(entry, wording) for entry in BANK for wording in entry["wordings"]]
PARTS = {
    "funders": "funder", "recipients": "recipient", "programmes": "prog", "places": "place", "funds": "fund",
    "excluded": "except",
}  # fmt: skip
SETTINGS = Settings()


@cache
def facts() -> Facts:
    manchester = INDEX.registry.entity("greater-manchester-police-area")
    first = document(
        1, flow("a", "1000"), flow("b", "700", years=("2024/25",)), flow("c", "450", recipient=VICTIM_SUPPORT),
        flow("d", "90", recipient=MERTON_COUNCIL), flow("e", "80", recipient=HACKNEY_COUNCIL, years=("2024/25",)),
        passages=["Drive is funded by the Home Office."],
    )  # fmt: skip
    second = document(
        2, flow("f", "300", programmes=(CIFA,), funder=MOPAC), flow("g", "200", programmes=(STAC,), funder=MOPAC),
        flow("h", "60", place=WEST_MERCIA), flow("i", "50", place=manchester, quote="Round 2: £50"),
        passages=["CIFA and S-TAC are funded by MOPAC."],
    )  # fmt: skip
    return over(first, second)


@cache
def reading(text: str) -> Reading:
    return read(link(text, facts().names, brought=facts().unverified), facts(), SETTINGS)


def guessed(text: str, most: int = 1) -> set[str]:
    return {guess.label for guess in reading(text).asks[:most]}


def wanted(entry: dict[str, Any]) -> set[str]:
    return set(entry["asks"]) if isinstance(entry["asks"], list) else {entry["asks"]}


def likeliest(text: str) -> Parts:
    parts = reading(text).parts
    return parts[0] if parts else Parts((), 1.0)


def ids(text: str, part: str) -> list[str]:
    """Ids of the names that most likely play a part."""
    found = (reading(text).linked.mentions[number].choice for number in likeliest(text).of(part))
    return sorted(choice.entities[0].id for choice in found if choice is not None)


def share(right: int, of: int) -> float:
    return round(100 * right / of, 1)


# --- the bank of wordings


def test_the_first_guess_is_the_thing_asked_in_95_of_100_wordings() -> None:
    wrong = [wording for entry, wording in CASES if not guessed(wording) & wanted(entry)]
    assert share(len(CASES) - len(wrong), len(CASES)) >= 95, wrong


def test_the_thing_asked_is_among_the_first_three_guesses_in_98_of_100_wordings() -> None:
    wrong = [wording for entry, wording in CASES if not guessed(wording, 3) & wanted(entry)]
    assert share(len(CASES) - len(wrong), len(CASES)) >= 98, wrong


def test_names_play_their_parts_in_99_of_100_wordings() -> None:
    wrong = [wording for entry, wording in CASES if not _parts_fit(entry, wording)]
    assert share(len(CASES) - len(wrong), len(CASES)) >= 99, wrong


def _parts_fit(entry: dict[str, Any], wording: str) -> bool:
    everywhere = {m.choice.entities[0].id for m in reading(wording).linked.mentions if m.choice is not None}
    by_part = all(ids(wording, part) == sorted(entry[key]) for key, part in PARTS.items() if key in entry)
    return by_part and set(entry.get("anywhere", ())) <= everywhere


@pytest.mark.parametrize(("entry", "wording"), CASES, ids=[wording for _, wording in CASES])
def test_times_references_words_and_kinds_of_money_are_read_in_every_wording(
    entry: dict[str, Any], wording: str
) -> None:
    found = reading(wording)
    assert list(found.period.years) == entry.get("years", [])
    assert list(found.signed_period.calendar) == entry.get("calendar", [])
    expected = {reference_key(printed) for printed in entry.get("references", ())}
    assert expected <= {m.reference for m in found.linked.mentions}
    assert set(entry.get("words", ())) <= set(found.telling)
    kinds = found.standing.kinds if found.standing is not None else ()
    assert not set(entry.get("kinds", ())) - {kind.value for kind in kinds}


def test_a_form_of_what_is_asked_is_tried_for_every_wording_that_is_guessed() -> None:
    guesses = [(entry, wording) for entry, wording in CASES if guessed(wording) & wanted(entry)]
    lacking = [wording for entry, wording in guesses if not {c.asks for c in tried(wording)} & wanted(entry)]
    assert not lacking


def test_a_change_without_years_is_told_year_by_year() -> None:
    assert any(isinstance(c.form, Series) for c in tried("how has funding for Drive in London changed"))


def tried(text: str) -> list[Candidate]:
    return candidates(reading(text), SETTINGS)


def test_every_thing_asked_has_at_least_five_wordings() -> None:
    assert not [entry["asks"] for entry in BANK if len(entry["wordings"]) < 5]


OTHERS = {
    "prog": {
        "cifa": "CIFA", "restart": "Restart", "mappa": "MAPPA", "make-a-change": "Make a Change",
        "london-stalking-support-service": "London Stalking Support Service",
        "operation-encompass": "Operation Encompass",
    },
    "org": {
        "surrey-pcc": "Surrey PCC", "ministry-of-justice": "Ministry of Justice", "victim-support": "Victim Support",
        "cleveland-pcc": "Cleveland PCC", "nhs-england": "NHS England",
        "womens-aid-federation-of-england": "Women's Aid",
    },
    "place": {"south-bcu": "South BCU", "london": "London", "wales": "Wales"},
    "area": {"croydon": "Croydon", "leeds": "Leeds", "hackney": "Hackney", "essex": "Essex"},
    "fund": {"safer-streets-fund": "Safer Streets Fund", "police-transformation-fund": "Police Transformation Fund"},
}  # fmt: skip


def replaced(wording: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The wording with each name replaced by others of its kind, and what now stands for what."""
    named = [mention for mention in reading(wording).linked.mentions if mention.choice is not None]
    for turn in range(3):
        text, swapped, shift = reading(wording).linked.text, dict[str, str](), 0
        for place, mention in enumerate(named):
            assert mention.choice is not None
            pool = [pair for pair in OTHERS[mention.tag].items() if pair[0] not in swapped.values()]
            id, name = pool[(turn + place) % len(pool)]
            swapped[mention.choice.entities[0].id] = id
            text = text[: mention.start + shift] + name + text[mention.end + shift :]
            shift += len(name) - (mention.end - mention.start)
        yield text, swapped


SWAPS = [(wording, text, swapped) for _, wording in CASES for text, swapped in replaced(wording)]


def test_other_names_of_the_same_kind_leave_the_first_guess_in_every_wording() -> None:
    assert not [text for wording, text, _ in SWAPS if guessed(text) != guessed(wording)]


def test_other_names_of_the_same_kind_play_the_same_parts_in_99_of_100_wordings() -> None:
    wrong = []
    for wording, text, swapped in SWAPS:
        parts = {part: sorted(swapped.get(id, id) for id in ids(wording, part)) for part in (*PARTS.values(), "party")}
        wrong += [text] if any(ids(text, part) != expected for part, expected in parts.items()) else []
    assert share(len(SWAPS) - len(wrong), len(SWAPS)) >= 99, wrong


# --- names and their parts


@pytest.mark.parametrize(
    ("text", "part", "id"),
    [
        ("how much did SafeLives get", "recipient", "safelives"),
        ("how much did SafeLives pay", "funder", "safelives"),
        ("who funds Drive in West Mercia", "place", "west-mercia-police-area"),
        ("who funds Drive other than the Home Office", "except", "home-office"),
        ("who funds Drive, leaving out MOPAC", "except", "mopac"),
        ("which decisions did MOPAC make on Drive", "body", "mopac"),
        ("what is paid for from the Safer Streets Fund", "fund", "safer-streets-fund"),
        ("which programmes are funded other than Drive", "except", "drive"),
    ],
)
def test_a_name_plays_its_part(text: str, part: str, id: str) -> None:
    assert ids(text, part) == [id]


def test_one_who_gives_and_one_who_gets_are_told_apart() -> None:
    text = "how much did MOPAC give to Victim Support"
    assert (ids(text, "funder"), ids(text, "recipient")) == (["mopac"], ["victim-support"])


def test_two_names_in_a_row_play_one_part() -> None:
    assert ids("how much did SafeLives and Respect get", "recipient") == ["respect", "safelives"]


def test_a_body_that_decides_nothing_here_is_no_deciding_body() -> None:
    assert ids("which decisions did SafeLives make", "body") == []


def test_names_are_masked_by_their_sort_and_words_are_left() -> None:
    linked = reading("Who funds Drive in West Mercia for 2023/24?").linked
    assert [m.tag for m in linked.mentions] == ["prog", "area", "year"]
    assert linked.masked == "who funds prog_0 in area_1 for year_2"


def test_a_place_that_is_a_council_too_may_be_either() -> None:
    choice = reading("CIFA in Croydon").linked.mentions[1].choice
    assert choice is not None and {e.kind.value for e in choice.entities} == {"place", "organisation"}


def test_the_office_of_a_place_is_found_by_the_place() -> None:
    text = "what share of Drive in Worcestershire does the PCC pay"
    assert "west-mercia-pcc" in {m.choice.entities[0].id for m in reading(text).linked.mentions if m.choice is not None}


def test_a_name_that_documents_brought_is_linked() -> None:
    moth = Entity("new-moth-lane-trust", "Moth Lane Trust", SAFELIVES.kind, verified=False)
    linked = link("how much did Moth Lane Trust get", INDEX, brought=(moth,))
    assert [m.choice.label for m in linked.mentions if m.choice is not None] == ["Moth Lane Trust"]


def test_what_bodies_of_a_class_are_called_is_no_name() -> None:
    moth, boroughs = (Entity(f"new-{n}", name, SAFELIVES.kind, verified=False) for n, name in enumerate(
        ("Moth Lane Trusts", "Police and Crime Commissioners")))  # fmt: skip
    facts = over(document(1, flow("a", "1", recipient=moth), flow("b", "2", recipient=boroughs)))
    assert facts.brought_in("do Police and Crime Commissioners fund the Moth Lane Trusts") == (moth,)


# --- conditions


@pytest.mark.parametrize(
    ("words", "years", "bounds"),
    [
        ("in 2023/24", ("2023/24",), (None, None)),
        ("in 23-24", ("2023/24",), (None, None)),
        ("in FY2023/24", ("2023/24",), (None, None)),
        ("in 2022/23 and 2023/24", ("2022/23", "2023/24"), (None, None)),
        ("since 2022/23", (), ("2022-04-01", None)),
        ("after 2022/23", (), ("2023-04-01", None)),
        ("before 2022/23", (), (None, "2022-03-31")),
        ("until 2022/23", (), (None, "2023-03-31")),
        ("after March 2025", (), ("2025-04-01", None)),
        ("since March 2025", (), ("2025-03", None)),
        ("before March 2025", (), (None, "2025-02-28")),
        ("until March 2025", (), (None, "2025-03")),
        ("after 31 March 2025", (), ("2025-04-01", None)),
        ("from 2021/22 to 2023/24", ("2021/22", "2022/23", "2023/24"), (None, None)),
        ("between 2021 and 2023", (), ("2021-01-01", "2023-12-31")),
        ("in May 2023", ("2023/24",), (None, None)),
        ("in February 2023", ("2022/23",), (None, None)),
        ("", (), (None, None)),
    ],
)
def test_a_time_is_years_or_bounds(words: str, years: tuple[str, ...], bounds: tuple[str | None, str | None]) -> None:
    period = reading(f"how much did SafeLives get {words}").period
    assert (period.years, (period.first, period.last)) == (years, bounds)


def test_the_month_of_a_signature_stays_a_month() -> None:
    found = reading("which decisions were signed in May 2023")
    assert (found.signed_period.first, found.signed_period.last) == ("2023-05", "2023-05")


@pytest.mark.parametrize(
    ("words", "sized"),
    [
        ("over £1,000", Sized(Decimal(1000), None, True)),
        ("of at least £1,000", Sized(Decimal(1000))),
        ("of £1,000 or more", Sized(Decimal(1000))),
        ("under 2k", Sized(None, Decimal(2000), True)),
        ("of up to £2m", Sized(None, Decimal(2000000))),
        ("between £1,000 and £2,000", Sized(Decimal(1000), Decimal(2000))),
        ("of £1,000", None),
        ("", None),
    ],
)
def test_bounds_are_read_with_whether_they_are_in_it(words: str, sized: Sized | None) -> None:
    assert reading(f"list grants {words}").sized == sized


@pytest.mark.parametrize("words", ["round 2", "Round two", "the second round"])
def test_a_numbered_round_is_one_word(words: str) -> None:
    assert "round#2" in [word.replace(" ", "#") for word in reading(f"how much did {words} of Drive cost").telling]


@pytest.mark.parametrize(
    ("text", "kind", "not_kind"),
    [
        ("which boroughs got Drive money", Kind.BOROUGH, None),
        ("which charities got Drive money", Kind.CHARITY, None),
        ("list the commissioners that fund Drive", Kind.COMMISSIONER, None),
        ("which councils fund Drive", Kind.COUNCIL, None),
        ("which police forces got Drive money", Kind.FORCE, None),
        ("who got Drive money other than councils", Kind.COUNCIL, Kind.COUNCIL),
        ("who got Drive money, not a charity", Kind.CHARITY, Kind.CHARITY),
        ("who got Drive money", None, None),
    ],
)
def test_kinds_of_body_are_asked_for_or_left_out(text: str, kind: Kind | None, not_kind: Kind | None) -> None:
    assert (reading(text).kind, reading(text).not_kind) == (kind, not_kind)


def test_a_kind_of_body_is_a_condition_of_the_form() -> None:
    assert OfKind(Role.PARTY, Kind.BOROUGH) in conditions_of(first_form("which boroughs got Drive money"))
    left_out = conditions_of(first_form("who got Drive money other than councils"))
    assert OfKind(Role.PARTY, Kind.COUNCIL, without=True) in left_out


@pytest.mark.parametrize(
    ("words", "kinds", "statuses"),
    [
        ("match funding for Drive", (FlowKind.MATCH,), ()),
        ("the sub-grants of SafeLives", (FlowKind.SUB_GRANT,), ()),
        ("money carried forward for Drive", (FlowKind.CARRY_FORWARD,), ()),
        ("provisional money for Drive", (), (FlowStatus.PROVISIONAL,)),
        ("unsuccessful applications for Drive", (), (FlowStatus.UNSUCCESSFUL,)),
    ],
)
def test_kinds_and_states_of_money_are_named(
    words: str, kinds: tuple[FlowKind, ...], statuses: tuple[FlowStatus, ...]
) -> None:
    found = reading(f"how much is there of {words}").standing
    assert found is not None and (found.kinds, found.statuses) == (kinds, statuses)


@pytest.mark.parametrize(("words", "limit"), [("top 3", 3), ("the five biggest", 5), ("largest", None)])
def test_how_many_are_asked_for_is_read(words: str, limit: int | None) -> None:
    assert reading(f"{words} Drive awards").limit == limit


def first_form(text: str) -> Form:
    return max(tried(text), key=lambda c: (c.probability * c.parts, -c.unused)).form


def test_words_that_name_nothing_are_a_condition() -> None:
    assert Says(("beekeeping",)) in conditions_of(first_form("how much did Merton get for beekeeping"))


# --- follow-ups


def asked(*texts: str) -> Form:
    form = None
    for text in texts:
        form = form_of(text, facts(), settings=SETTINGS, before=form)
    assert form is not None
    return form


def in_role(form: Form, role: Role) -> list[str]:
    named = (c for c in conditions_of(form) if isinstance(c, Named) and c.role is role and not c.without)
    return [choice.entities[0].id for c in named for choice in c.choices]


def years(form: Form) -> list[str]:
    return [year for c in conditions_of(form) for year in getattr(getattr(c, "period", None), "years", ())]


def test_another_year_keeps_the_rest() -> None:
    form = asked("How much did SafeLives get for Drive in 2023/24?", "and in 2024/25?")
    assert isinstance(form, Total) and years(form) == ["2024/25"]
    assert (in_role(form, Role.PROGRAMME), in_role(form, Role.RECIPIENT)) == (["drive"], ["safelives"])


def test_another_place_keeps_what_is_asked_and_the_programme() -> None:
    form = asked("who funds Drive in West Mercia", "what about Greater Manchester?")
    assert isinstance(form, List) and form.what is What.FUNDER
    assert in_role(form, Role.PROGRAMME) == ["drive"]
    assert in_role(form, Role.PLACE) == ["greater-manchester-police-area"]


def test_another_programme_keeps_the_place() -> None:
    form = asked("who funds Drive in London", "and S-TAC?")
    assert (in_role(form, Role.PROGRAMME), in_role(form, Role.PLACE)) == (["s-tac"], ["london"])


def test_another_party_plays_the_part_of_the_first() -> None:
    form = asked("how much did SafeLives get in 2023/24", "and Victim Support?")
    assert (in_role(form, Role.RECIPIENT), years(form)) == (["victim-support"], ["2023/24"])


def test_something_else_asked_keeps_the_conditions() -> None:
    form = asked("how much did MOPAC pay for CIFA in 2023/24", "and who got it?")
    assert isinstance(form, List) and form.what is What.RECIPIENT
    assert in_role(form, Role.PROGRAMME) == ["cifa"]


def test_two_follow_ups_add_up() -> None:
    form = asked("who funds Drive in London", "and in 2023/24?", "and CIFA?")
    assert (in_role(form, Role.PROGRAMME), years(form)) == (["cifa"], ["2023/24"])


def test_a_whole_question_after_another_stands_alone() -> None:
    form = asked("who funds Drive in West Mercia", "How much was awarded to Victim Support in 2023/24?")
    assert isinstance(form, Total) and in_role(form, Role.PROGRAMME) == []


def test_an_answer_after_others_is_that_of_the_form_put_together() -> None:
    first, then = "How much did SafeLives get for Drive in 2023/24?", "and in 2024/25?"
    form = asked(first, then)
    assert answer_question(then, facts(), after=[first]).form == form
    draft = execute(form, facts())
    assert draft is not None and draft.value.amount == 700
