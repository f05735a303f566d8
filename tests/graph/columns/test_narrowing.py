"""Sums are narrowed down by columns: none that meets the conditions of a set is ever missed."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ask.known.facts import Facts
from graph.ask.language.terms import (
    Choice,
    Condition,
    During,
    Kind,
    Named,
    OfKind,
    Period,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Sized,
    Standing,
)
from graph.ask.running.matcher import DECISION, NO_FIT, OWN, Matcher
from graph.ask.running.matching import CLOSE, Known, _fitting, fitting
from graph.ask.running.narrowing import narrowed
from graph.ask.running.sums import ROLES, _given_to, _paid_by
from graph.ask.running.whom import bodies_of_kind, is_of_kind
from graph.ask.running.without_sum import stand_in
from graph.columns.making import own_words
from graph.counting.left_out import is_money
from graph.counting.sides import deliveries, sources
from graph.model import Entity, EntityKind, FlowKind, FlowStatus
from graph.settings import Settings
from tests.graph.ask.record_graph import facts_of_records, names

LEAST = 12  #: sample decisions, which bring enough names


def may_fit(matcher: Matcher, funding: Any, facts: Facts) -> list[Any]:
    """Return the sums (or the awards without a sum) of the rows that may meet a set's conditions, in their order."""
    found: list[Any] = funding.rows.at(narrowed(matcher, funding, facts).rows)
    return found


@cache
def facts() -> Facts:
    from ingest.extract import extract_record
    from ingest.readers import read

    files = [p for p in sorted((Settings().data / "decisions").glob("*.md")) if p.name != "README.md"][::LEAST]
    return facts_of_records([extract_record(read(path), names()) for path in files], names())


def _things() -> list[Entity]:
    known = names().registry
    wider = [known.entity(id) for id in ("london", "west-mercia-police-area", "home-office", "mopac", "drive")]
    return [*facts().entities.values(), *wider]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """A condition that some of the sums may meet."""
    words = sorted(facts().columns.vocabulary[:])
    sort = draw(st.sampled_from(("named", "named", "named", "says", "sized", "during", "standing", "kind", "referred")))
    if sort == "named":
        entity = draw(st.sampled_from(_things()))
        said = draw(st.sampled_from([*facts().names_of(entity), entity.name.split()[0]]))
        return Named(draw(st.sampled_from(list(Role))), (Choice(said, (entity,)),), draw(st.booleans()))
    if sort == "says":
        return Says(tuple(draw(st.lists(st.sampled_from(words), min_size=1, max_size=2))), draw(st.booleans()))
    if sort == "sized":
        amounts = [stated.flow.amount for stated in facts().flows.values()]
        low, high = sorted((draw(st.sampled_from(amounts)), draw(st.sampled_from(amounts))))
        return Sized(low, high, draw(st.booleans()))
    if sort == "during":
        year = draw(st.integers(2014, 2026))
        given = draw(st.sampled_from(({"years": (f"{year}/{(year + 1) % 100:02d}",)}, {"calendar": (year,)},
                                      {"first": f"{year}-04-01"}, {"last": f"{year}-03-31"})))  # fmt: skip
        return During(Period(**given))  # type: ignore[arg-type]
    if sort == "standing":
        kinds = draw(st.lists(st.sampled_from(list(FlowKind)), max_size=2))
        return Standing(tuple(kinds), tuple(draw(st.lists(st.sampled_from(list(FlowStatus)), max_size=2))))
    if sort == "kind":
        return OfKind(
            draw(st.sampled_from((Role.FUNDER, Role.RECIPIENT, Role.PARTY))), draw(st.sampled_from(list(Kind)))
        )
    signers = sorted(set(facts().office_holders.values())) or ["Nobody"]
    keys = sorted(facts().by_key)
    return (
        Referred(Role.DECIDER, (draw(st.sampled_from(signers)),))
        if draw(st.booleans())
        else Referred(Role.DECISION, (draw(st.sampled_from(keys)),))
    )


@given(st.lists(conditions(), min_size=1, max_size=3), st.sampled_from((None, Role.FUNDER, Role.RECIPIENT)))
@settings(max_examples=300, deadline=None)
def test_no_sum_that_fits_is_missed(where: list[Condition], side: Role | None) -> None:
    matcher = Matcher(where, facts(), side)
    looked_at = {stated.iri for stated in may_fit(matcher, facts().columns.flows, facts())}
    fits = {stated.iri for stated in facts().flows.values() if matcher.fit(stated) > 0}
    assert fits <= looked_at


@given(st.lists(conditions(), min_size=1, max_size=3), st.sampled_from((None, Role.FUNDER, Role.RECIPIENT)))
@settings(max_examples=200, deadline=None)
def test_sums_that_are_not_looked_at_fit_in_full_and_the_others_do_not(
    where: list[Condition], side: Role | None
) -> None:
    matcher, flows = Matcher(where, facts(), side), facts().columns.flows
    found = narrowed(matcher, flows, facts())
    assert all(matcher.fits(stated) == (OWN, OWN) for stated in flows.rows.at(found.rows[found.own]))
    full = set(found.rows[found.full].tolist())
    assert {
        row for row, stated in enumerate(flows.rows) if matcher.fits(stated)[0] == OWN and matcher.fit(stated)
    } <= full


@given(st.lists(conditions(), min_size=1, max_size=3), st.sampled_from([None, Role.FUNDER, Role.RECIPIENT]))
@settings(max_examples=200, deadline=None)
def test_what_is_looked_for_in_full_is_what_may_fit_in_full(where: list[Condition], side: Role | None) -> None:
    matcher, funding = Matcher(where, facts(), side), facts().columns.flows
    wide, full = (narrowed(matcher, funding, facts(), in_full=in_full) for in_full in (False, True))
    assert full.rows.tolist() == wide.rows[wide.full].tolist()
    assert full.own.tolist() == wide.own[wide.full].tolist()


@given(st.lists(conditions(), min_size=1, max_size=2), conditions())
@settings(max_examples=100, deadline=None)
def test_what_is_known_of_some_conditions_changes_nothing(where: list[Condition], more: Condition) -> None:
    wide, narrow = Scan(Rows.AWARDS, tuple(where)), Scan(Rows.AWARDS, (*where, more))
    found = [
        _fitting(narrow.where, facts(), None, known) for known in (None, Known(wide.where, facts()))
    ]  # fmt: skip
    one, other = ([s.iri for part in (f.flows, f.across, f.undated) for s in part] for f in found)
    assert one == other
    assert (found[0].fit, found[0].unmet) == (found[1].fit, found[1].unmet)


@given(st.lists(conditions(), max_size=3), st.sampled_from((None, Role.FUNDER, Role.RECIPIENT)))
@settings(max_examples=200, deadline=None)
def test_the_sums_that_fit_best_are_those_found_by_looking_at_every_sum(
    where: list[Condition], side: Role | None
) -> None:
    matcher, found = Matcher(where, facts(), side), _fitting(tuple(where), facts(), side, None)
    fits = {stated: matcher.fits(stated) for stated in facts().flows.values() if matcher.fit(stated) > NO_FIT}
    named = max((fit[0] for fit in fits.values()), default=NO_FIT)
    worded = max((fit[1] for fit in fits.values() if fit[0] >= named - CLOSE), default=NO_FIT)
    enough = min(worded, DECISION) - CLOSE
    best = [stated for stated, fit in fits.items() if fit[0] >= named - CLOSE and fit[1] >= enough]
    if not matcher.within:  # else a wider area's sums may be left out
        best = matcher.preferred(best)
        assert found.unmet == (matcher.unmet(best) if best else matcher.said_nowhere())
        assert list(found.flows) == [s for s in best if matcher.years_fit(s) == "inside"]
        assert list(found.across) == [s for s in best if matcher.years_fit(s) == "across"]
        assert list(found.undated) == [s for s in best if matcher.years_fit(s) == "unknown"]
    assert found.fit == min(named, worded)
    assert list(found.money) == [s for s in found.everything if is_money(s)]


@given(st.lists(conditions(), min_size=1, max_size=2), st.sampled_from((None, Role.FUNDER, Role.RECIPIENT)))
@settings(max_examples=50, deadline=None)
def test_who_passes_money_on_is_told_by_the_sums_of_the_bodies_concerned_alone(
    where: list[Condition], side: Role | None
) -> None:
    scan, grounds = Scan(Rows.AWARDS, tuple(where)), facts().grounds
    flows = list(fitting(scan, facts(), side=side).money)
    wider = fitting(scan, facts(), without=ROLES).everything
    assert sources(flows, _given_to(flows, scan, facts()), grounds) == sources(flows, wider, grounds)
    assert deliveries(flows, _paid_by(flows, scan, facts()), grounds) == deliveries(flows, wider, grounds)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_part_of_a_table_answers_as_the_whole_does_for_its_rows(data: st.DataObject) -> None:
    flows = facts().columns.flows
    rows = numpy.array(sorted(data.draw(st.sets(st.integers(0, len(flows) - 1)))), int)
    part = flows.part(rows)
    things = data.draw(st.lists(st.integers(0, len(facts().entities)), max_size=12))
    stems = sorted(own_words(flows.rows[data.draw(st.integers(0, len(flows) - 1))].flow))[:2]
    amount = flows.rows[data.draw(st.integers(0, len(flows) - 1))].flow.amount
    for asked in (
        lambda table: table.under(things), lambda table: table.naming("funder", things),
        lambda table: table.in_documents(things), lambda table: table.saying(stems),
        lambda table: table.where("years", bool), lambda table: table.between(amount, amount * 2, strict=True),
    ):  # fmt: skip
        assert asked(part).tolist() == asked(flows)[rows].tolist()


@given(st.sampled_from(list(Kind)))
@settings(max_examples=len(Kind), deadline=None)
def test_bodies_of_a_kind_are_those_that_are_told_so_one_by_one(kind: Kind) -> None:
    columns, mask = facts().columns, bodies_of_kind(kind, facts())
    for number, is_one in enumerate(mask.tolist()):
        thing = columns.thing(number)
        assert is_one == (thing.kind is EntityKind.ORGANISATION and is_of_kind(thing, kind, facts()))


@given(st.lists(conditions(), min_size=1, max_size=2))
@settings(max_examples=100, deadline=None)
def test_no_award_that_fits_is_missed(where: list[Condition]) -> None:
    matcher = Matcher(where, facts(), None)
    looked_at = {each.iri for each in may_fit(matcher, facts().columns.awards, facts())}
    fits = {each.iri for each in facts().awards if matcher.fit(stand_in(each)) > 0}
    assert fits <= looked_at


def test_a_name_and_a_place_leave_few_sums_to_be_looked_at() -> None:
    drive, mercia = (names().registry.entity(id) for id in ("drive", "west-mercia-police-area"))
    where = [
        Named(Role.PROGRAMME, (Choice("Drive", (drive,)),)),
        Named(Role.PLACE, (Choice("West Mercia", (mercia,)),)),
    ]
    looked_at = may_fit(Matcher(where, facts(), None), facts().columns.flows, facts())
    assert len(looked_at) < len(facts().flows) / 4
