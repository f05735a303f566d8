"""Sums made by hand for tests of the account: a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graph.model import Basis, Entity, EntityKind, Evidence, FlowKind, FlowStatus
from ingest.extract.account.account import Account, account_of
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Fallback, Said, Spot, Sum, certain
from ingest.extract.words.sections import Origin

SURE = 0.9


def body(name: str) -> Entity:
    """Return an organisation."""
    return Entity(name.lower().replace(" ", "-"), name, EntityKind.ORGANISATION)


OFFICE = body("Office of Norwick")
MINISTRY = body("Ministry of Lights")
LAMPS = body("Lamps Trust")
OARS = body("Oars Club")


def read_sum(
    amount: int | str,
    *parties: Entity | None,
    at: int = 0,
    origin: Origin = Origin.BODY,
    sentence: int | None = None,
    series: str = "",
    years: Iterable[str] = (),
    said: Iterable[Said] = (),
    standing: Standing = Standing.FLOW,
    sure: float = SURE,
    **more: object,
) -> Sum:
    """Return a sum that stands at a place of its document; its parties are the payer and the payee, None where open.

    Args:
        amount: In pounds.
        parties: Payer and payee; the office pays, to whom is open, where none are given.
        at: Where its figure stands.
        origin: What sort of place that is.
        sentence: Where its sentence begins; each has its own where None is given.
        series: Its list or table.
        years: Its financial years.
        said: What its words make of it.
        standing: What it is to the decision.
        sure: How probable its parties are; the rest is for the payer alone.
        more: Other fields of a sum.
    """
    payer, payee = parties if len(parties) == 2 else (OFFICE, None)
    words = f"sum of {amount} at {at}"
    start = at if sentence is None else sentence
    choice = (
        Choice(((Pair(payer, payee), sure), (Pair(payer, None), 1 - sure))) if payee else certain(Pair(payer, None))
    )
    fields: dict[str, object] = {
        "amount": Decimal(amount),
        "spot": Spot(origin, Evidence(f"at {at}", words, None, at, at + len(words)), at, start, start, series),
        "standing": certain(standing, SURE),
        "parties": choice,
        "years": certain(tuple(years)),
        "programmes": certain(()),
        "fund": certain(None),
        "unit": Decimal(1),
        "said": frozenset(said),
        "label": words,
    }
    return Sum(**{**fields, **more})  # type: ignore[arg-type]


def row(amount: int | str, *parties: Entity | None, at: int, **more: object) -> Sum:
    """Return a sum of a table."""
    fields: dict[str, object] = {"origin": Origin.TABLE, "series": "table", "sure": 1.0, **more}
    return read_sum(amount, *parties, at=at, **fields)  # type: ignore[arg-type]


def account(*sums: Sum) -> Account:
    """Return the account of some sums."""
    return account_of(sums)


def flows(*sums: Sum) -> list[str]:
    """Return "payer > payee: amount years" for each flow of the account of some sums, in the order of their words."""
    return sorted(
        f"{_name(flow.funder)} > {_name(flow.recipient)}: {flow.amount:.0f} {'+'.join(flow.years)}".strip()
        for flow in account(*sums).flows
    )


def totals(*sums: Sum) -> list[str]:
    """Return "amount: its parts" for each stated total."""
    made = account(*sums)
    parts = {flow.id: f"{flow.amount:.0f}" for flow in made.flows}
    return sorted(f"{total.amount:.0f}: {' '.join(sorted(parts[id] for id in total.parts))}" for total in made.totals)


def links(*sums: Sum) -> list[str]:
    """Return "payee or amount link payee or amount" for each relation of flows."""
    made = account(*sums)
    names = {flow.id: f"{_name(flow.recipient)} {flow.amount:.0f}" for flow in made.flows}
    return sorted(f"{names[one.subject]} {one.link} {names[one.object]}" for one in made.relations)


def kinds(*sums: Sum) -> list[str]:
    """Return "amount kind status" for each flow."""
    return sorted(f"{flow.amount:.0f} {flow.kind} {flow.status}" for flow in account(*sums).flows)


def _name(party: Entity | None) -> str:
    return party.name.split()[0] if party is not None else "?"


__all__ = ["LAMPS", "MINISTRY", "OARS", "OFFICE", "Basis", "Fallback", "FlowKind", "FlowStatus"]
