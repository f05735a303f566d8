"""The small steps of reading a sentence: verbs of money, parts that names play, the words of each sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import names, scope_of

from graph.model import Basis, EntityKind, Evidence, FlowKind
from graph.names.index import looks_like_organisation, new_entity
from graph.parse.money import find_money
from ingest.extract.drafts import Draft, Origin
from ingest.extract.prose.clauses import windows
from ingest.extract.prose.frames import Act, verbs_in
from ingest.extract.prose.labelled_sums import labels_of
from ingest.extract.prose.mention_roles import Part, part_of_mention
from ingest.extract.scope.new_mentions import unlisted_organisations
from ingest.extract.settling.merging import merged, same_amount

VERBS = {
    "Hestia was awarded £5": [(Act.GIVE, True)],
    "we award Hestia £5": [(Act.GIVE, False)],
    "accept £5 and spend it": [(Act.RECEIVE, False), (Act.ALLOCATE, False)],
    "the grant to Hestia is £5": [(Act.GIVE, False)],
    "carry £5 forward": [(Act.CARRY, False)],
    "an application by Hestia for £5": [(Act.REQUEST, False)],
    "it costs £5": [(Act.COST, False)],
    "the grant agreement": [],
    "the contract management team": [],
    "a new grant programme": [],
    "Hestia runs a helpline": [],
}
PARTS = {
    "£5 from Hestia": Part.FUNDER,
    "£5 by Hestia": Part.FUNDER,
    "£5 to Hestia": Part.RECIPIENT,
    "a contract with Hestia": Part.RECIPIENT,
    "to sub-grant on to Hestia": Part.PASSED_TO,
    "£5 for Hestia": Part.BENEFICIARY,
    "£5 towards Hestia's staffing costs": Part.OWN_COST,
    "Hestia's grant of £5": Part.MONEY,
    "Hestia runs it": Part.NONE,
    "services paid for by Hestia": Part.NONE,
}
ORGANISATIONS = {
    "We met Oak Housing Association today.": ["Oak Housing Association"],
    "The Department for Safer Towns pays.": ["Department for Safer Towns"],
    "It is the University of Fenland's plan.": ["University of Fenland"],
    "The Oak Advice Centre helps.": ["Oak Advice Centre"],
    "Domestic Abuse Services are commissioned.": [],
    "On 1 October 2023 it began.": [],
    "the Police and Crime Plan": [],
    "Part One of the Report": [],
}


@pytest.mark.parametrize("text", VERBS)
def test_verbs_of_money_are_told_from_nouns(text: str) -> None:
    assert [(verb.act, verb.passive) for verb in verbs_in(text)] == VERBS[text]


@pytest.mark.parametrize("text", PARTS)
def test_the_words_beside_a_name_say_its_part(text: str) -> None:
    mention = next(found for found in names().find(text) if found.surface == "Hestia")
    assert part_of_mention(text, mention) is PARTS[text]


@pytest.mark.parametrize("text", ORGANISATIONS)
def test_bodies_that_no_list_knows_are_found_by_form(text: str) -> None:
    assert [found.surface for found in unlisted_organisations(text, names().find(text))] == ORGANISATIONS[text]


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Oak Trust", True),
        ("SafeTeam", True),
        ("staffing", False),
        ("to be procured", False),
        ("Total", False),
        ("TBC", False),
    ],
)
def test_a_name_is_told_from_other_words(text: str, is_name: bool) -> None:
    assert looks_like_organisation(text) is is_name


@pytest.mark.parametrize(
    ("text", "stretches", "wholes"),
    [
        ("£5 to Hestia and £6 to Cranstoun", ["£5 to Hestia", "£6 to Cranstoun"], [None, None]),
        ("£5 to Hestia; £6 to Cranstoun", ["£5 to Hestia", "£6 to Cranstoun"], [None, None]),
        ("£11, of which £6 is for Hestia", ["£11", "£6 is for Hestia"], [None, 0]),
        ("£11 (£5 and £6)", ["£11", "£5", "£6"], [None, 0, 0]),
    ],
)
def test_each_sum_has_its_own_words(text: str, stretches: list[str], wholes: list[int | None]) -> None:
    found = windows(text, find_money(text), names().find(text), verbs_in(text))
    assert [stretch in text[window.start : window.end] for stretch, window in zip(stretches, found, strict=True)] == [
        True
    ] * len(stretches)
    assert [window.whole for window in found] == wholes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("split between Cranstoun (£6) and Hestia (£5)", [("Cranstoun", False), ("Hestia", False)]),
        ("funded by Cranstoun (£6) and Hestia (£5)", [("Cranstoun", True), ("Hestia", True)]),
        ("Awards: Oak Trust £6; Hestia £5", [("Oak Trust", False), ("Hestia", False)]),
        ("of which we will fund £6 and Hestia £5", [("Hestia", True)]),
        ("shortlisted with Hestia: £6 to Cranstoun and £5 to Oak Trust", []),
        ("Hestia will get £6 and £5", []),
        ("Helpline (£6) and training (£5)", []),
        ("It will pay for: Equipment £6; Venues £5", []),
    ],
)
def test_names_right_before_their_sums_are_labels(text: str, wanted: list[tuple[str, bool]]) -> None:
    scope = scope_of("A paragraph.")
    found = labels_of(scope, text, find_money(text), scope.mentions(text))
    assert [(label.party.name, label.is_payer) for label in found.values()] == wanted


HESTIA = new_entity("Hestia", EntityKind.ORGANISATION)
OAK = new_entity("Oak Trust", EntityKind.ORGANISATION)


def draft(amount: str, place: int, origin: Origin = Origin.BODY, basis: Basis = Basis.EXACT) -> Draft:
    """Return a grant that stands at a place of its own."""
    return Draft(
        Decimal(amount), [Evidence(str(place), "words", None, place, place + 5)], origin, basis, kind=FlowKind.GRANT
    )


@pytest.mark.parametrize(
    ("one", "other", "basis", "same"),
    [
        ("5000", "5000", Basis.EXACT, True),
        ("652150.80", "652151", Basis.EXACT, True),
        ("286500", "286000", Basis.ROUNDED, True),
        ("286500", "286000", Basis.EXACT, False),
        ("5000", "6000", Basis.ROUNDED, False),
    ],
)
def test_a_rounded_figure_is_the_same_sum(one: str, other: str, basis: Basis, same: bool) -> None:
    assert same_amount(draft(one, 1), draft(other, 9, basis=basis)) is same


def test_one_sum_said_twice_fills_what_is_open() -> None:
    first, second = draft("5000", 1, Origin.TABLE), draft("5000", 20)
    second.recipient, second.years = HESTIA, ("2023/24",)
    (kept,) = merged([first, second])
    assert kept.recipient == HESTIA and kept.years == ("2023/24",) and len(kept.evidence) == 2


def test_sums_of_different_payees_stay_apart() -> None:
    first, second = draft("5000", 1), draft("5000", 20)
    first.recipient, second.recipient = HESTIA, OAK
    assert len(merged([first, second])) == 2


def test_rows_of_one_table_stay_apart() -> None:
    assert len(merged([draft("5000", 1, Origin.TABLE), draft("5000", 20, Origin.TABLE)])) == 2
