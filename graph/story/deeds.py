"""What a decision did with money, in verbs: it takes, awards, adds, sets aside, replaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.likeness import total
from graph.model import Basis, Entity, FlowKind, FlowStatus
from graph.stated.flows import StatedFlow

_WORST = (Basis.ROUNDED, Basis.CEILING, Basis.EXACT)  #: what a sum of several is said to be


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a decision does with money: verb, other party and sums."""

    verb: str  #: "takes", "awards"; with who does it in front where that is not the decision's body
    amount: Decimal
    basis: Basis
    party: str  #: "from the Treasury", "to Builders Ltd", "of its own", ""
    years: tuple[str, ...]
    together: tuple[str, ...]  #: the programmes, where it is one sum for several
    flows: tuple[StatedFlow, ...]  #: what it rests on

    @property
    def is_money(self) -> bool:
        """Whether the deed moves money, rather than asking for money or setting aside an earlier sum."""
        return all(s.flow.status in (FlowStatus.APPROVED, FlowStatus.PROVISIONAL) for s in self.flows)


def deeds_of(flows: Iterable[StatedFlow], body: Entity | None) -> tuple[Deed, ...]:
    """Return what the flows of one decision do, seen from its body: incoming money first, then the largest.

    Flows with the same verb and party are one deed; sums for several programmes stay apart.
    """
    grouped: dict[tuple[int, str, str, tuple[str, ...]], list[StatedFlow]] = {}
    for stated in flows:
        names = tuple(programme.name for programme in stated.flow.programmes)
        together = names if len(names) > 1 else ()
        grouped.setdefault((*_told(stated, body), together), []).append(stated)
    ordered = sorted(grouped.items(), key=lambda pair: (pair[0][0], -total(pair[1]), pair[0][1:3]))
    return tuple(_deed(verb, party, together, found) for (_, verb, party, together), found in ordered)


def _told(stated: StatedFlow, body: Entity | None) -> tuple[int, str, str]:
    """Return the place of a flow in the telling, its verb, and the other party."""
    flow = stated.flow
    if flow.status is FlowStatus.SUPERSEDED:
        return 4, "replaces", _to(flow.recipient, flow.recipient_words)
    if flow.kind is FlowKind.BID or flow.status is FlowStatus.UNSUCCESSFUL:
        lost = ", without success" if flow.status is FlowStatus.UNSUCCESSFUL else ""
        return 5, "asks for", f"{_from(flow.funder)}{lost}".strip()
    propose = flow.status is FlowStatus.PROPOSED
    if body in (flow.funder, flow.recipient) and (
        flow.kind is FlowKind.OWN_COST or flow.recipient == flow.funder
    ):  # fmt: skip
        return 3, _verb("keep", propose), "for its own costs"
    if flow.recipient is not None and flow.recipient == body:
        return 0, _verb("take", propose), _from(flow.funder)
    if flow.funder is None:
        return 1, "names", f"{_to(flow.recipient, flow.recipient_words)}, without saying who pays".lstrip(", ")
    if flow.funder != body:
        return _others(stated, flow.funder.name, propose)
    return _own(stated, propose)


def _others(stated: StatedFlow, who: str, propose: bool) -> tuple[int, str, str]:
    """Return the place, verb and party of a flow between two parties of which neither is the deciding body."""
    to = _to(stated.flow.recipient, stated.flow.recipient_words)
    if stated.flow.kind is FlowKind.SUB_GRANT:
        return 3, f"{who} {_verb('pass', propose)}", f"on {to}".strip()
    return (2, f"{who} {_verb('give', propose)}", to) if to else (1, f"{who} {_verb('add', propose)}", "")


def _own(stated: StatedFlow, propose: bool) -> tuple[int, str, str]:
    """Return the place, verb and party of a flow whose funder is the deciding body."""
    flow = stated.flow
    if flow.kind is FlowKind.CARRY_FORWARD:
        return 3, _verb("carry forward", propose), ""
    if flow.kind is FlowKind.MATCH and flow.recipient is None:
        return 1, _verb("add", propose), "of its own"
    if flow.recipient is None and not flow.recipient_words:
        return 1, _verb("set aside" if flow.kind is FlowKind.ALLOCATION else "provide", propose), ""
    return 2, _verb("award", propose), _to(flow.recipient, flow.recipient_words)


def _verb(plain: str, propose: bool) -> str:
    """Return a verb such as "award" as "awards", or as "proposes to award"."""
    if propose:
        return f"proposes to {plain}"
    first, _, rest = plain.partition(" ")
    said = {"carry": "carries", "pass": "passes"}.get(first, f"{first}s")
    return f"{said} {rest}".strip()


def _from(party: Entity | None) -> str:
    return f"from {party.name}" if party else "from a funder who is not named"


def _to(party: Entity | None, words: str) -> str:
    name = party.name if party else words
    return f"to {name}" if name else ""


def _deed(verb: str, party: str, together: tuple[str, ...], flows: Sequence[StatedFlow]) -> Deed:
    bases = {stated.flow.basis for stated in flows}
    return Deed(
        verb=verb,
        amount=total(flows),
        basis=next(basis for basis in _WORST if basis in bases),
        party=party,
        years=tuple(sorted({year for stated in flows for year in stated.flow.years})),
        together=together,
        flows=tuple(flows),
    )
