"""An answer in the making, and the small parts that all kinds of answer share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from graph.ask.result import Alternative, Caveat, CheckNote, Citation, Item, Passage, Status, Value
from graph.counting.tally import Tally
from graph.identifiers import entity_iri
from graph.model import Entity
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


@dataclass(frozen=True)
class Draft:
    """What one kind of answer found; the dispatcher adds the question and how it was read."""

    status: Status
    text: str
    items: tuple[Item, ...] = ()
    value: Value = field(default_factory=Value)
    citations: tuple[Citation, ...] = ()
    checks: tuple[CheckNote, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    sparql: str = ""
    flows: tuple[StatedFlow, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    counted: Tally | None = None
    level: float = 1.0  #: how well the conditions fit, 0 to 1
    unmet: tuple[str, ...] = ()  #: words of the question that nothing of it holds
    signs: Mapping[str, float] = field(default_factory=dict)  #: of how well it answers, beside the level
    nearest: tuple[Passage, ...] = ()

    def but(self, **changes: object) -> Draft:
        """Return the draft with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def entity_item(
    entity: Entity | None,
    label: str = "",
    *,
    amount: Decimal | None = None,
    years: tuple[str, ...] = (),
    note: str = "",
) -> Item:
    """A line for a thing of the graph, or for words that name none."""
    if entity is None:
        return Item(label, "", "words", amount, years, note)
    return Item(label or entity.name, str(entity_iri(entity)), entity.kind.value, amount, years, note)


def decision_item(
    head: DecisionHead, *, amount: Decimal | None = None, years: tuple[str, ...] = (), note: str = ""
) -> Item:
    """A line for a loaded decision."""
    shown = note or (head.title if head.reference else "")
    return Item(head.caption, head.iri, "decision", amount, years, shown)
