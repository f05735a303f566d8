"""What briefings of a small graph in memory are made from, and hostile words for them."""

from __future__ import annotations

from functools import cache

from app.briefings.known import Known
from app.briefings.of_thing import briefing_of_thing
from graph.ask.known.facts import Facts
from graph.model import Band, Basis, Entity, FlowStatus
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from tests.app.view_fixtures import SmallGraph, graph_of, money_passed_on
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    make_award,
    make_check,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    programme,
)

FORMULA = '=HYPERLINK("https://attacker.example","click")'
MARKUP = '<script>alert(1)</script>'
TURNED = "Kent\u202efdp.exe\x07\x00"
HOSTILE = programme(f"{FORMULA} {MARKUP} {TURNED}", id="new-hostile")


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def known(graph: SmallGraph, base: str = "") -> Known:
    """Return what briefings of a graph are made from, on 6 July 2026."""
    return Known(Facts(graph.store, names()), "build-7", "2026-07-05T10:00:00", "2026-07-06", base)


def several_kinds_of_money() -> SmallGraph:
    """Return an exact, a ceiling, a joint and a proposed sum, an award without one, and figures that do not add up."""
    other = programme("Cold Homes")
    flows = (
        make_flow("exact", amount="1000.00", funder=TREASURY, recipient=MAYOR, years=("2023/24",)),
        make_flow("ceiling", amount="500.00", funder=TREASURY, recipient=COUNCIL, years=("2024/25",),
                  basis=Basis.CEILING, band=Band.CHECK, evidence=[make_evidence("up to £500", locator="Annex 2")]),
        make_flow("joint", amount="70.00", funder=MAYOR, recipient=COUNCIL, years=("2024/25",),
                  programmes=(programme("Warm Homes"), other)),
        make_flow("asked", amount="9.00", funder=TREASURY, recipient=COUNCIL, status=FlowStatus.PROPOSED),
    )  # fmt: skip
    published = make_record(
        *flows[:2],
        document="pcd-1.md",
        decision=make_decision("PCD 1", title="Warm Homes grant", signed="2023-07-06", source="https://x.example/pcd-1"),
        checks=(make_check("1000", "1100"),),
    )
    unpublished = make_record(
        *flows[2:], document="pcd-2.md", awards=(make_award("bare"),),
        decision=make_decision("PCD 2", title="Warm Homes again", signed="2024-07-06", source=""),
    )  # fmt: skip
    return graph_of(published, unpublished)


def hostile_money() -> tuple[SmallGraph, Entity]:
    """Return a sum whose every name and word is an attack, and the programme that it is for."""
    attacker = organisation(FORMULA, id="new-attacker")
    flow = make_flow(
        "hostile", funder=attacker, recipient=attacker, programmes=(HOSTILE,), place=None, purpose=f"+1+1 {MARKUP}",
        evidence=[make_evidence(f"-2+3 {MARKUP}{TURNED}", locator="@SUM(A1)")],
    )  # fmt: skip
    decision = make_decision(f"=1+1 {MARKUP}", title=TURNED, source="javascript:alert(1)")
    return graph_of(make_record(flow, document="evil.md", decision=decision)), HOSTILE


__all__ = [
    "FORMULA", "HOSTILE", "MARKUP", "TURNED", "briefing_of_thing", "hostile_money", "known", "money_passed_on",
    "several_kinds_of_money",
]  # fmt: skip
