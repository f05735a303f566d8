"""Forms held against a graph: what cannot be meant or found is said in sentences, and nothing else is."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ask.language.checking import problems
from graph.ask.language.terms import (
    Attribute,
    Both,
    Choice,
    Compare,
    Condition,
    Count,
    Describe,
    During,
    Form,
    Get,
    Is,
    Kind,
    List,
    Mean,
    Named,
    OfKind,
    Order,
    Path,
    Period,
    Quote,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Share,
    Sized,
    Standing,
    States,
    Sum,
    Total,
    Verify,
    Wanted,
    What,
)
from graph.model import Entity, FlowKind, RelationKind
from tests.graph.ask.test_language_json import NEW, any_of, facts, known


@cache
def named(role: Role, *ids: str, without: bool = False) -> Named:
    return Named(role, tuple(choice(known(id)) for id in ids), without)


def choice(thing: Entity) -> Choice:
    return Choice(thing.name, (thing,))


def awards(*where: Condition) -> Scan:
    return Scan(Rows.AWARDS, where)


def decisions(*where: Condition) -> Scan:
    return Scan(Rows.DECISIONS, where)


def during(period: Period) -> Total:
    return Total(awards(During(period)))


DRIVE = named(Role.PROGRAMME, "drive")
PCD_1460 = Referred(Role.DECISION, ("PCD 1460",))
DELIVERS = States((RelationKind.DELIVERS,))


GOOD = pytest.mark.parametrize(
    "form",
    [
        List(awards(DRIVE, named(Role.PLACE, "west-mercia-police-area")), What.FUNDER),
        List(awards(DRIVE, OfKind(Role.PARTY, Kind.COUNCIL, without=True)), What.FUNDER, Order(limit=3)),
        List(awards(named(Role.FUNDER, "home-office")), What.RECIPIENT),
        List(awards(named(Role.PARTY, "drive", without=True)), What.RECIPIENT),
        List(awards(Named(Role.RECIPIENT, (choice(NEW),))), What.FUNDER),
        List(decisions(PCD_1460), What.DECISION, Order("time", limit=1)),
        List(decisions(Referred(Role.DECIDER, ("Sophie Linden",))), What.DECISION),
        List(decisions(named(Role.BODY, "mopac")), What.DECISION),
        List(Scan(Rows.FACTS, (DRIVE, States((RelationKind.LEADS,)))), What.SUBJECT),
        List(Both(awards(DRIVE), awards(named(Role.FUNDER, "home-office"))), What.RECIPIENT),
        Total(awards()),
        Total(awards(DRIVE, Sized(Decimal(5), Decimal(10)), Standing((FlowKind.MATCH,)), Says(("outreach",)))),
        during(Period(years=("2023/24", "1999/00"))),
        during(Period(first="2020", last="2021-03-31")),
        Mean(awards(DRIVE), What.MONTH),
        Count(decisions(DRIVE), What.DECISION),
        Share(awards(DRIVE, named(Role.FUNDER, "home-office")), awards(DRIVE)),
        Share(awards(DRIVE), Sum(Decimal(5))),
        Compare((Total(awards(DRIVE)), Total(Sum(Decimal(5))))),
        Series(awards(DRIVE)),
        Get(decisions(PCD_1460), Attribute.CHANGED, "in:supersed"),
        Get(Scan(Rows.THINGS, (named(Role.FUNDER, "drive"),)), Attribute.NAMES),
        Get(awards(DRIVE), Attribute.OUTCOME),
        Is(awards(DRIVE)),
        Path(choice(known("drive")), choice(known("home-office"))),
        Describe(choice(known("drive"))),
        Describe(None, ("cuckooing",)),
        Verify(Scan(Rows.CHECKS)),
        Quote(Scan(Rows.PASSAGES, (named(Role.PARTY, "drive"),)), Wanted.DATE),
    ],
    ids=lambda form: type(form).__name__,
)


@GOOD
def test_a_form_that_can_be_meant_has_no_problems(form: Form) -> None:
    assert problems(form, facts()) == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (
            Total(awards(named(Role.FUNDER, "drive"))),
            "Drive is a programme and cannot be a funder; name an organisation.",
        ),
        (
            Total(awards(named(Role.PROGRAMME, "home-office"))),
            "Home Office is an organisation and cannot be a programme; name a programme.",
        ),
        (Total(awards(named(Role.PLACE, "drive"))), "Drive is a programme and cannot be a place; name a place."),
        (Total(awards(named(Role.FUND, "london"))), "London is a place and cannot be a fund; name a fund."),
        (
            Total(awards(named(Role.BODY, "safelives"))),
            "SafeLives has signed no decision of this graph; name a body that decides.",
        ),
        (
            Total(awards(named(Role.DECIDER, "mopac"))),
            "Mayor's Office for Policing and Crime is the decider of awards, which have none; take body, fund, funder, "
            "party, place, programme or recipient.",
        ),
        (
            List(Scan(Rows.FACTS, (named(Role.FUNDER, "home-office"), DELIVERS)), What.SUBJECT),
            "Home Office is the funder of facts, which have none; take body, fund, party, place or programme.",
        ),
        (
            List(awards(DELIVERS), What.FUNDER),
            "The condition States is put on awards, which have no such thing; leave it out.",
        ),
        (
            List(decisions(Standing((FlowKind.BID,))), What.DECISION),
            "The condition Standing is put on decisions, which have no such thing; leave it out.",
        ),
        (
            Total(awards(OfKind(Role.PLACE, Kind.COUNCIL))),
            "A kind of organisation is given for the place; give it for the funder, recipient or party.",
        ),
        (Total(awards(named(Role.RECIPIENT, "nia"))), "nia is in no decision of this graph; name something that is."),
        (
            Describe(choice(known("s-tac"))),
            "London Stalking Threat Assessment Centre is in no decision of this graph; name something that is.",
        ),
        (Describe(Choice("x", (), "x")), "“x” stands for nothing; give the thing that is meant."),
        (Describe(None), "The description names neither a thing nor words; give one of them."),
        (
            Total(awards(Referred(Role.DECISION, ("PCD 9999",)))),
            "No decision of this graph has the reference PCD 9999; give one that is loaded or cited.",
        ),
        (
            Total(awards(Referred(Role.DECIDER, ("Nobody Known",)))),
            "Nobody Known has signed no decision of this graph; give the full name of somebody who has.",
        ),
        (
            Share(awards(DRIVE), awards(DRIVE)),
            "The whole is the part, Drive; leave out of the whole what makes the part a part.",
        ),
        (
            Share(awards(), awards(DRIVE)),
            "The whole, Drive, lies inside the part, funding; exchange the two.",
        ),
        (
            Share(Sum(Decimal(5)), awards(DRIVE)),
            "£5 stands where a set is wanted; a stated sum can only be compared with or be the whole.",
        ),
        (
            Share(awards(DRIVE), Sum(Decimal(0))),
            "The whole is £0, of which nothing can be a share; give a sum above £0.",
        ),
        (
            Compare((Total(awards(DRIVE)),)),
            "The comparison has one set alone; give the set to compare it with.",
        ),
        (
            Compare((Total(awards(DRIVE)), Total(awards(DRIVE)))),
            "The comparison has the same set twice; give sets that differ.",
        ),
        (
            during(Period(years=("2023",))),
            "“2023” is no financial year; write it as “2023/24”, the second year following the first.",
        ),
        (
            during(Period(years=("2023/25",))),
            "“2023/25” is no financial year; write it as “2023/24”, the second year following the first.",
        ),
        (
            during(Period(years=("1066/67",))),
            "1066/67 is outside 1990 to 2060, the years that decisions have; give one of those.",
        ),
        (
            during(Period(calendar=(20233,))),
            "20233 is outside 1990 to 2060, the years that decisions have; give one of those.",
        ),
        (
            during(Period(first="2023-02-30")),
            "“2023-02-30” is no date; write it as “2023-07-06”, “2023-07” or “2023”.",
        ),
        (
            during(Period(first="2024-01-01", last="2023-01-01")),
            "The time ends on 2023-01-01, before it begins on 2024-01-01; exchange the two.",
        ),
        (during(Period()), "The time names no year and no bound; give one, or leave the condition out."),
        (Total(awards(Sized())), "The size has no bound; give the least or the most, or leave the condition out."),
        (
            Total(awards(Sized(Decimal(10), Decimal(5)))),
            "No sum lies between £10 and £5; exchange the bounds.",
        ),
        (
            List(awards(DRIVE), What.FUNDER, Order(limit=0)),
            "The list is limited to 0; set a limit from 1 to 100, or none.",
        ),
        (
            List(awards(DRIVE), What.FUNDER, Order(limit=101)),
            "The list is limited to 101; set a limit from 1 to 100, or none.",
        ),
        (
            Total(awards(Standing())),
            "The standing names no kind and no status of money; name one, or leave the condition out.",
        ),
        (
            Total(awards(Says(("…",)))),
            "The words to be found hold no letter and no digit; give words, or leave the condition out.",
        ),
        (
            List(awards(DRIVE), What.MONTH),
            "Months are listed, but money is recorded by year; list years, or ask for the average of a month.",
        ),
        (
            List(awards(DRIVE), What.SUBJECT),
            "Subjects are listed of rows that state no facts; set rows to facts, or list funders or recipients.",
        ),
        (
            List(decisions(DRIVE), What.FUNDER),
            "A funder is listed of decisions; list decisions, or set rows to awards.",
        ),
        (Total(decisions(DRIVE)), "Total is over decisions, which have none; take awards."),
        (
            Get(awards(DRIVE), Attribute.SIGNED),
            "“signed” is asked of awards, which do not have it; set rows to decisions.",
        ),
        (
            Get(decisions(PCD_1460), Attribute.SIGNED, "out:"),
            "“signed” has no direction, but “out:” is given; leave it out.",
        ),
        (
            Get(decisions(PCD_1460), Attribute.CHANGED, "sideways"),
            "The direction is “sideways”; write “out:” or “in:”, and the stem of the verb after it.",
        ),
        (
            Path(choice(known("drive")), choice(known("drive"))),
            "The path leads from Drive to itself; name two different things.",
        ),
        (
            Total(Both(awards(DRIVE), awards(DRIVE))),
            "Drive stands on both sides of a Both; give sets that differ.",
        ),
        (
            List(Both(awards(DRIVE), Scan(Rows.FACTS, (DRIVE,))), What.FUNDER),
            "both Drive and stated facts about Drive puts rows of different sorts together; give both sets the same "
            "rows.",
        ),
        (Quote(Scan(Rows.PASSAGES), Wanted.DATE), "The quotation has no condition; say what the sentence is about."),
    ],
    ids=lambda each: each[:50].replace(" ", "-") if isinstance(each, str) else "",
)
def test_what_cannot_be_meant_or_found_is_said(form: Form, said: str) -> None:
    assert said in problems(form, facts())


def test_a_place_may_stand_for_its_council() -> None:
    of_place = Total(awards(named(Role.FUNDER, "west-mercia-police-area")))
    assert not [each for each in problems(of_place, facts()) if "cannot be" in each]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.deferred(lambda: any_of(Form)))
def test_whatever_the_form_its_problems_are_clean_sentences(form: Form) -> None:
    says_it = "'None'" in repr(form)  # the word, as a name or reference of the form's own
    for each in problems(form, facts()):
        assert each.endswith(".") and "; " in each and (says_it or "None" not in each), each


@GOOD
def test_a_form_without_problems_is_executed_without_a_fault(form: Form) -> None:
    from graph.ask.running.execute import execute

    execute(form, facts())
