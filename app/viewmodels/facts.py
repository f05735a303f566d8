"""Facts other than money: starts, ends, parts, shares and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.links import decision_link, thing_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.model import Entity, RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.relations import StatedRelation

#: how a fact reads between its subject and its object
_SAID = {
    RelationKind.PART_OF: "is part of",
    RelationKind.FUNDED_FROM: "is funded from",
    RelationKind.STARTS: "starts",
    RelationKind.ENDS: "ends",
    RelationKind.DECLINED: "declined to fund",
    RelationKind.BID_UNSUCCESSFUL: "bid without success for",
    RelationKind.NUMBER_OF_AWARDS: "made this number of awards:",
    RelationKind.SHARE: "has this share:",
}
FACTS = frozenset(_SAID)
_DATES = (RelationKind.STARTS, RelationKind.ENDS)


def stated_facts(
    relations: Iterable[StatedRelation], heads: Mapping[str, DecisionHead] | None = None
) -> Table | None:
    """Return the facts among relations as a table with their quotations; None if there are none.

    Args:
        relations: The relations of a document or a thing.
        heads: The decisions by file name; None on a decision's own page.
    """
    rows: dict[str, tuple[Cell, ...]] = {}
    for stated in relations:
        if stated.kind in FACTS:
            rows.setdefault(fact_sentence(stated), _row(stated, heads))
    return Table(("About", "What is stated", "In these words"), tuple(rows.values())) if rows else None


def fact_sentence(stated: StatedRelation) -> str:
    """Return a fact as a sentence: "Warm Homes starts 1 April 2024"."""
    return f"{_subject(stated)} {_SAID[stated.kind]} {object_words(stated)}".strip()


def object_words(stated: StatedRelation) -> str:
    """Return the object of a fact for display: a date in words, a name, or the document's words."""
    text = stated.object.name if isinstance(stated.object, Entity) else stated.object_words
    return words.date(text) if stated.kind in _DATES else text


def _subject(stated: StatedRelation) -> str:
    return stated.subject.name if isinstance(stated.subject, Entity) else stated.subject_words


def _row(stated: StatedRelation, heads: Mapping[str, DecisionHead] | None) -> tuple[Cell, ...]:
    subject = stated.subject
    first = stated.evidence[0] if stated.evidence else None
    about = Cell(_subject(stated) or "This decision", thing_link(subject) if isinstance(subject, Entity) else "")
    said = f"{_SAID[stated.kind]} {object_words(stated)}"
    locator = first.locator if first else ""
    head = (heads or {}).get(stated.document)
    where = ", ".join(part for part in (head.caption if head else "", locator) if part)
    return (
        about,
        Cell(f"{said[:1].upper()}{said[1:]}", note=stated.detail),
        Cell(
            f"“{' '.join(first.quote.split())}”" if first and first.quote else "—",
            decision_link(stated.document, at=locator) if locator else "",
            note=where,
        ),
    )
