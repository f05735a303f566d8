"""Looking flows up by what they need to agree in finds all that comparing each with each finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph.model import Basis, FlowKind, FundingFlow, Record, Relation, RelationKind
from ingest.reconcile import Reconciliation, reconcile
from ingest.reconcile_candidates import Candidates, Held
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    programme,
)

#: parties and kinds that hang together by one rule each, and all mixed
GIVEN, OUT = (TREASURY, MAYOR), (MAYOR, COUNCIL)
THEMES = (
    ((GIVEN, OUT, (MAYOR, None), (TREASURY, COUNCIL), (None, MAYOR)), (FlowKind.GRANT, FlowKind.CARRY_FORWARD)),
    ((GIVEN,), (FlowKind.GRANT,)),
    ((OUT, (MAYOR, None)), (FlowKind.GRANT, FlowKind.ALLOCATION)),
    ((OUT,), (FlowKind.MATCH,)),
)
PROGRAMMES = ((WARM_HOMES,), (programme("Safe Streets"),), (WARM_HOMES, programme("Safe Streets")), (WARM_HOMES,), ())
YEARS = ((), ("2023/24",), ("2023/24", "2024/25"))
REFERENCES = ("PCD 1", "PCD 2", "PCD 3", "Decision", "")


@some.composite
def flows(draw: some.DrawFn, theme: int) -> FundingFlow:
    """Return a flow made of few values, so that many agree."""
    sides, kinds = THEMES[theme]
    funder, recipient = draw(some.sampled_from(sides))
    return make_flow(
        amount=draw(some.sampled_from(("1000.00", "1005.00", "1100.00", "5000.00"))),
        funder=funder,
        recipient=recipient,
        programmes=draw(some.sampled_from(PROGRAMMES)),
        years=draw(some.sampled_from(YEARS)),
        kind=draw(some.sampled_from(kinds)),
        basis=draw(some.sampled_from((Basis.EXACT, Basis.ROUNDED))),
    )


@some.composite
def record_lists(draw: some.DrawFn) -> list[Record]:
    """Return records of one body, some of which cite each other."""
    made = []
    theme = draw(some.integers(0, len(THEMES) - 1))
    for at in range(draw(some.integers(2, 6))):
        reference = draw(some.sampled_from(REFERENCES))
        cited = draw(some.lists(some.sampled_from(REFERENCES), max_size=2))
        decision = make_decision(reference)
        signed = draw(some.sampled_from((None, "2023-05-01", "2024-05-01")))
        kind = draw(some.sampled_from(("decision notice", "news")))
        made.append(
            make_record(
                *(replace(flow, id=f"flow-{n}") for n, flow in enumerate(draw(some.lists(flows(theme), max_size=4)))),
                document=f"{at}.md",
                decision=replace(decision, signed=signed, record_type=kind, body=MAYOR),
                relations=[Relation(reference, RelationKind.REFERS_TO, to, (make_evidence(to),)) for to in cited],
            )
        )
    return made


def each_with_each(records: list[Record]) -> Reconciliation:
    """Return what comparing each flow of a body with each other gives."""

    def every(candidates: Candidates, one: Held) -> Iterator[Held]:
        return iter(candidates._flows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Candidates, "of", every)
        return reconcile(records)


@settings(max_examples=200, deadline=None)
@given(record_lists())
def test_nothing_is_missed_that_comparing_each_with_each_would_find(records: list[Record]) -> None:
    assert reconcile(records) == each_with_each(records)


def test_flows_that_agree_in_nothing_are_not_compared() -> None:
    strangers = [
        Held(make_record(flow, document=f"{at}.md"), flow, f"PCD {at}", frozenset())
        for at, flow in enumerate(make_flow(amount=f"{1000 + at}.00") for at in range(50))
    ]
    candidates = Candidates(strangers)
    assert [list(candidates.of(one)) for one in strangers] == [[one] for one in strangers]
