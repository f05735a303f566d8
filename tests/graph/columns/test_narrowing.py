"""Sums are narrowed down by columns: none that meets the conditions of a set is ever missed."""

from __future__ import annotations

from functools import cache

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
    Says,
    Sized,
    Standing,
)
from graph.ask.running.matcher import Matcher
from graph.ask.running.narrowing import may_fit
from graph.ask.running.without_sum import stand_in
from graph.model import Entity, FlowKind, FlowStatus
from graph.settings import Settings
from tests.graph.ask.record_graph import facts_of_records, names

LEAST = 12  #: sample decisions, which bring enough names


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
