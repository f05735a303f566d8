"""What is said to be answered besides is answered, and nothing is left out that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ask import facts_of
from graph.ask.answerable import also_answered, answerable
from graph.ask.known.facts import Facts
from graph.ask.language.terms import (
    Choice,
    Condition,
    During,
    Form,
    Kind,
    List,
    Named,
    OfKind,
    Period,
    Role,
    Rows,
    Says,
    Scan,
    Total,
    What,
)
from graph.ask.rereading import HISTORY, LOOKED_FOR, answer_form, looked_for, looking_for
from graph.ask.result import Status
from graph.builds.workspace import Workspace
from graph.model import EntityKind
from graph.settings import Settings
from tests.samples import share_the_samples

ROLES = {
    EntityKind.PROGRAMME: (Role.PROGRAMME,), EntityKind.FUND: (Role.FUND,), EntityKind.PLACE: (Role.PLACE,),
    EntityKind.ORGANISATION: (Role.FUNDER, Role.RECIPIENT, Role.PARTY),
}  # fmt: skip


pytestmark = share_the_samples


@pytest.fixture(scope="module")
def facts(sample_workspace: Path) -> Facts:
    settings = Settings(workspace=sample_workspace)
    return facts_of(Workspace(sample_workspace, settings=settings).current(), settings=settings)


def about(facts: Facts) -> list[tuple[Condition, ...]]:
    """Return the conditions of sets: each thing that decisions name in the roles that it may play, and more."""
    things = [each.entity for each in facts.columns.named()]
    alone: list[tuple[Condition, ...]] = [
        (Named(role, (Choice(thing.name, (thing,)),)),) for thing in things for role in ROLES[thing.kind]
    ]
    year = During(Period(years=("2019/20",)))
    more = [*((*where, year) for where in alone[::6]), *((*where, Says(("support",))) for where in alone[::18])]
    return [*alone[::2], *more]


def answered(form: Form, facts: Facts) -> bool:
    given = answer_form("q", form, facts)
    return given.status is Status.ANSWERED and bool(given.citations)


def test_what_is_offered_has_an_answer_and_what_has_one_is_offered(facts: Facts) -> None:
    offered = 0
    for where in about(facts):
        scan = Scan(Rows.AWARDS, where)
        for name in LOOKED_FOR:
            form = looking_for(List(scan, What.FUNDER), name)
            assert form is not None
            known, is_answered = answerable(form, facts), answered(form, facts)
            assert known is None or is_answered, form
            goes_by_words = any(isinstance(each, Says) for each in where)
            assert known is not None or not is_answered or goes_by_words, form
            offered += known is not None
    assert offered > 500


def test_what_is_asked_or_said_already_is_not_offered(facts: Facts) -> None:
    drive = Named(Role.PROGRAMME, (Choice("Drive", (facts.registry.entity("drive"),)),))
    form = List(Scan(Rows.AWARDS, (drive,)), What.RECIPIENT)
    found = also_answered(form, facts)
    assert {"funder", "total", "by-year", HISTORY} <= set(found)
    assert not {looked_for(form), "programme"} & set(found)
    assert found["by-year"].has_years and found["funder"].has_sums


def test_kinds_of_body_are_told_by_the_answer_itself(facts: Facts) -> None:
    councils = Scan(Rows.AWARDS, (OfKind(Role.RECIPIENT, Kind.COUNCIL),))
    assert answerable(List(councils, What.RECIPIENT), facts) is not None
    nobody = Scan(Rows.AWARDS, (*councils.where, During(Period(years=("1999/00",)))))
    assert answerable(Total(nobody), facts) is None
