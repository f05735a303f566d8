"""What forms over things, statements and passages come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.ask.language.terms import (
    Attribute,
    Choice,
    Condition,
    Count,
    Describe,
    During,
    Get,
    List,
    Named,
    Path,
    Period,
    Quote,
    Role,
    Rows,
    Says,
    Scan,
    States,
    Wanted,
    What,
)
from graph.ask.result import Value
from graph.ask.running.draft import Draft
from graph.ask.running.execute import execute
from graph.model import Entity, FlowKind, FlowStatus, Relation, RelationKind
from tests.builders import make_evidence
from tests.graph.ask.made import (
    CIFA,
    DRIVE,
    HACKNEY,
    HOME_OFFICE,
    LONDON,
    MERTON,
    MOPAC,
    RESPECT,
    SAFELIVES,
    STAC,
    VICTIM_SUPPORT,
    amounts,
    document,
    flow,
    money,
    named,
    over,
    over_flows,
    place_is,
    programme_is,
    run,
    says,
    thing,
)


def stated(who: Entity, kind: RelationKind, what: Entity, quote: str = "") -> Relation:
    return Relation(who, kind, what, (make_evidence(quote or f"{who.name} {kind.value} {what.name}."),))


def facts_that(kind: RelationKind, *where: Condition) -> Scan:
    return Scan(Rows.FACTS, (*where, States((kind,))))


def who(kind: RelationKind, *where: Condition, of: tuple[Relation, ...] = ()) -> list[str]:
    draft = execute(List(facts_that(kind, *where), What.SUBJECT), over(document(1, flow("a", "1000"), relations=of)))
    return [item.label for item in draft.items] if draft else []


# --- statements


@pytest.mark.parametrize(
    "kind",
    [
        RelationKind.DELIVERS, RelationKind.LEADS, RelationKind.DEVELOPED, RelationKind.EVALUATES,
        RelationKind.PARTNER_IN,
    ],
)  # fmt: skip
def test_who_does_what_a_fact_states(kind: RelationKind) -> None:
    of = (stated(RESPECT, kind, DRIVE), stated(VICTIM_SUPPORT, kind, STAC))
    assert who(kind, programme_is(DRIVE), of=of) == [RESPECT.name]


def test_who_is_paid_is_told_as_such_where_no_document_says_who_delivers() -> None:
    draft = run(List(facts_that(RelationKind.DELIVERS, programme_is(DRIVE)), What.SUBJECT), over_flows(flow("a", "1")))
    assert [i.label for i in draft.items] == [SAFELIVES.name]
    assert "no document read says in words who delivers it" in draft.text


def test_partners_stand_on_words_that_name_both() -> None:
    run_by = "Drive is run by SafeLives and Respect."
    of = (
        stated(SAFELIVES, RelationKind.PARTNER_IN, DRIVE, run_by),
        stated(RESPECT, RelationKind.PARTNER_IN, DRIVE, run_by),
        stated(MOPAC, RelationKind.PARTNER_IN, DRIVE, "The council buys in partnership with the PCC."),
    )
    assert who(RelationKind.PARTNER_IN, named(Role.PARTY, SAFELIVES), of=of) == [RESPECT.name]


def test_places_are_those_where_a_fact_has_it_delivered_before_those_of_the_money() -> None:
    facts = over(document(1, flow("a", "1000"), relations=(stated(DRIVE, RelationKind.DELIVERED_IN, HACKNEY),)))
    assert list(amounts(run(List(money(programme_is(DRIVE)), What.PLACE), facts))) == [HACKNEY.name]
    assert list(amounts(run(List(money(programme_is(DRIVE)), What.PLACE), over_flows(flow("a", "1"))))) == [LONDON.name]


def test_places_within_a_place_are_counted() -> None:
    of = tuple(stated(DRIVE, RelationKind.DELIVERED_IN, place) for place in (HACKNEY, MERTON))
    facts = over(document(1, flow("a", "1000"), relations=of))
    scan = facts_that(RelationKind.DELIVERED_IN, programme_is(DRIVE), place_is(LONDON))
    assert run(Count(scan, What.PLACE), facts).value.count == 2


def test_pilots_are_apart_from_where_it_is_delivered() -> None:
    of = (stated(DRIVE, RelationKind.DELIVERED_IN, HACKNEY), stated(DRIVE, RelationKind.PILOTED_IN, MERTON))
    facts = over(document(1, flow("a", "1000"), relations=of))
    piloted = run(List(facts_that(RelationKind.PILOTED_IN, programme_is(DRIVE)), What.PLACE), facts)
    assert list(amounts(piloted)) == [MERTON.name]


def test_where_it_was_piloted_is_said_once() -> None:
    facts = over(document(1, flow("a", "1000"), relations=(stated(DRIVE, RelationKind.PILOTED_IN, MERTON),)))
    piloted = run(List(facts_that(RelationKind.PILOTED_IN, programme_is(DRIVE)), What.PLACE), facts)
    assert piloted.text == "Drive was piloted in Merton."


# --- what a thing is, is called, is connected with


def test_an_organisation_is_told_by_the_register_and_by_what_it_does() -> None:
    facts = over(document(1, flow("a", "1000"), relations=(stated(SAFELIVES, RelationKind.PARTNER_IN, DRIVE),)))
    assert run(Describe(thing(SAFELIVES)[0]), facts).text == (
        "SafeLives, a charity, is a partner in Drive; got £1,000."
    )


def test_a_programme_is_told_by_the_sentence_that_says_what_it_is() -> None:
    says_so = "Drive is a programme for those who harm their partners. More follows."
    draft = run(Describe(thing(DRIVE)[0]), over(document(1, flow("a", "1"), passages=[says_so])))
    assert draft.text == says_so


def test_words_that_name_nothing_are_told_by_the_passage_that_explains_them() -> None:
    facts = over(document(1, flow("a", "1"), passages=["Cuckooing is a form of exploitation in the home."]))
    assert run(Describe(None, ("cuckooing",)), facts).text.startswith("Cuckooing is a form")
    assert execute(Describe(None, ("beekeeping",)), facts) is None


def test_other_names_are_those_of_the_register() -> None:
    draft = run(Get(Scan(Rows.THINGS, (programme_is(DRIVE),)), Attribute.NAMES), over_flows(flow("a", "1")))
    assert "Drive is also known as The Drive Project" in draft.text


def spelled(passage: str) -> str:
    scan = Scan(Rows.THINGS, (Named(Role.PARTY, (Choice("VRU", (MOPAC,)),)),))
    return run(Get(scan, Attribute.NAMES), over(document(1, flow("a", "1"), passages=[passage]))).text


def test_letters_are_spelled_out_where_a_document_does() -> None:
    assert spelled("We met the Violence Reduction Unit (VRU) decides.") == "VRU stands for Violence Reduction Unit."


@pytest.mark.xfail(strict=True, reason="the article in front of a name is taken for a part of it")
def test_what_letters_stand_for_does_not_begin_with_the_article() -> None:
    assert spelled("The Violence Reduction Unit (VRU) decides.") == "VRU stands for Violence Reduction Unit."


def connected(one: Entity, other: Entity, *, kind: FlowKind = FlowKind.GRANT) -> Draft | None:
    onward = flow("b", "300", funder=MOPAC, programmes=(CIFA,))
    facts = over_flows(flow("a", "1000", recipient=MOPAC, kind=kind), onward)
    return execute(Path(thing(one)[0], thing(other)[0]), facts)


def test_two_things_are_connected_by_money_step_by_step() -> None:
    draft = connected(HOME_OFFICE, SAFELIVES)
    assert draft is not None and draft.value.count == 2
    assert [i.label for i in draft.items] == [HOME_OFFICE.name, MOPAC.name, SAFELIVES.name]
    assert f"Home Office pays {MOPAC.name} £1,000 in 2023/24" in draft.text


def test_a_programme_is_connected_by_the_money_for_it() -> None:
    draft = connected(SAFELIVES, CIFA)
    assert draft is not None and draft.value.count == 1


def test_there_is_no_way_to_what_is_named_nowhere_or_over_bids() -> None:
    assert connected(HOME_OFFICE, RESPECT) is None
    bid = over_flows(flow("a", "1000", kind=FlowKind.BID))
    assert execute(Path(thing(HOME_OFFICE)[0], thing(SAFELIVES)[0]), bid) is None


def outcome(*where: Condition, status: FlowStatus = FlowStatus.UNSUCCESSFUL, passages: tuple[str, ...] = ()) -> Draft:
    bid = flow("bid", "900", recipient=MOPAC, kind=FlowKind.BID, status=status)
    flows = () if passages else (bid,)
    about = Relation("PCD 1", RelationKind.ABOUT, DRIVE, (make_evidence("Drive"),))
    facts = over(document(1, *flows, relations=(about,), passages=passages))
    return run(Get(money(*where), Attribute.OUTCOME), facts)


def test_a_bid_that_failed_is_told_with_its_sum() -> None:
    draft = outcome(programme_is(DRIVE))
    assert draft.text == "The bid to Home Office for Drive of £900 in 2023/24 was unsuccessful."
    assert draft.value.amount == 900


def test_a_bid_that_stands_open_is_told_as_it_is_recorded() -> None:
    assert outcome(programme_is(DRIVE), status=FlowStatus.PROPOSED).text.endswith("is recorded as proposed.")


def test_a_bid_that_stands_in_words_alone_is_told_in_them() -> None:
    said = "The bid for Drive was not successful. The board met."
    assert outcome(programme_is(DRIVE), passages=(said,)).text == "The bid for Drive was not successful."


# --- quotes

LINES = (
    "The helpline costs £45,000 over two years.",
    "The steering group met on 12 May 2023 in Croydon.",
    "In all 140 families used the helpline in the pilot.",
    "About 35 per cent of callers came back to the helpline.",
    "The helpline was moved because callers had waited for too long.",
    "The workshops are held in Hackney and in Merton.",
    "Victim Support keeps the casework files.",
)


def quoted(wanted: Wanted, *where: Condition, said: str = "") -> Draft:
    facts = over(document(1, flow("a", "1"), passages=LINES), document(2, flow("b", "2"), passages=["The weather."]))
    return run(Quote(Scan(Rows.PASSAGES, where), wanted, said), facts)


@pytest.mark.parametrize(
    ("wanted", "words", "value", "line"),
    [
        (Wanted.AMOUNT, ("helpline", "costs"), Value(amount=Decimal(45000)), 0),
        (Wanted.DATE, ("steering", "group"), Value(date="2023-05-12"), 1),
        (Wanted.NUMBER, ("families", "helpline"), Value(count=140), 2),
        (Wanted.PERCENT, ("callers", "back"), Value(percent=Decimal(35)), 3),
        (Wanted.REASON, ("helpline", "moved"), Value(), 4),
        (Wanted.SPAN, ("helpline", "costs"), Value(), 0),
        (Wanted.PLACE, ("workshops",), Value(), 5),
        (Wanted.NAME, ("casework", "files"), Value(), 6),
        (Wanted.WORDS, ("casework", "files"), Value(), 6),
    ],
    ids=[w.value for w in (*list(Wanted)[:4], Wanted.REASON, Wanted.SPAN, Wanted.PLACE, Wanted.NAME, Wanted.WORDS)],
)
def test_the_sentence_that_says_it_is_quoted_with_what_is_wanted(
    wanted: Wanted, words: tuple[str, ...], value: Value, line: int
) -> None:
    draft = quoted(wanted, says(*words))
    assert draft.value == value
    assert draft.text.endswith(f"PCD 1 says: “{LINES[line]}”")
    assert draft.citations[0].quote == LINES[line]


def test_a_sentence_that_states_one_sum_gives_it_as_the_figure_whatever_else_is_asked_of_it() -> None:
    assert quoted(Wanted.WORDS, says("helpline", "costs")).value.amount == Decimal(45000)
    assert quoted(Wanted.WORDS, says("helpline", "costs"), said="what costs £45,000").value.amount is None
    two = over(document(1, flow("a", "1"), passages=["The van costs £100 and the hut £200."]))
    assert run(Quote(Scan(Rows.PASSAGES, (says("van"),)), Wanted.WORDS), two).value == Value()


def test_the_names_in_a_quote_are_those_that_the_question_does_not_say() -> None:
    assert [i.label for i in quoted(Wanted.PLACE, says("workshops")).items] == [HACKNEY.name, MERTON.name]
    assert [i.label for i in quoted(Wanted.PLACE, place_is(MERTON), says("workshops")).items] == [HACKNEY.name]
    assert [i.label for i in quoted(Wanted.NAME, says("casework", "files")).items] == [VICTIM_SUPPORT.name]


def test_a_name_in_a_quote_that_the_register_lacks_is_found_where_its_document_brought_it() -> None:
    brought = Entity("new-moth-lane", "Moth Lane Trust", VICTIM_SUPPORT.kind, verified=False)
    record = document(1, flow("a", "1", recipient=brought), passages=["Moth Lane Trust keeps the casework files."])
    draft = run(Quote(Scan(Rows.PASSAGES, (says("casework", "files"),)), Wanted.NAME), over(record))
    assert [i.label for i in draft.items] == ["Moth Lane Trust"]


def test_a_span_is_quoted_as_it_is_worded() -> None:
    assert quoted(Wanted.SPAN, says("helpline", "costs")).text.startswith("two years: ")


def test_a_time_is_part_of_what_a_quote_must_say() -> None:
    draft = quoted(Wanted.WORDS, During(Period(calendar=(2023,), words="2023")), says("group"))
    assert "12 May 2023" in draft.text


def test_nothing_is_quoted_for_words_that_no_document_has() -> None:
    facts = over(document(1, flow("a", "1"), passages=LINES))
    assert execute(Quote(Scan(Rows.PASSAGES, (says("beekeeping"),)), Wanted.AMOUNT), facts) is None
    assert execute(Quote(Scan(Rows.PASSAGES, (Says(("helpline",), without=True),)), Wanted.WORDS), facts) is None
