"""Facts other than money: starts, ends, parts, shares and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.links import decision_link, thing_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.model import Entity, EntityKind, RelationKind
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
}
#: of whom or of what a count or a share is, only the document's own words tell
_COUNTED = (RelationKind.NUMBER_OF_AWARDS, RelationKind.SHARE)
FACTS = frozenset({*_SAID, *_COUNTED})
_DATES = (RelationKind.STARTS, RelationKind.ENDS)
#: a body does not begin or end: something of it does, which the quotation names
_DATED_BODY = {
    RelationKind.STARTS: "is named where something starts",
    RelationKind.ENDS: "is named where something ends",
}
_AROUND = 6  #: words before and after a number that are shown with it
_PUNCTUATION = re.compile(r"[.,;:](?=\s|$)|[()]")
_SPELT = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def stated_facts(relations: Iterable[StatedRelation], heads: Mapping[str, DecisionHead] | None = None) -> Table | None:
    """Return the facts among relations as a table with their quotations; None if there are none.

    Args:
        relations: The relations of a document or a thing.
        heads: The decisions by file name; None on a decision's own page.
    """
    rows: dict[str, tuple[Cell, ...]] = {}
    for stated in relations:
        if stated.kind in FACTS:  # a count is stated of a fund and of the body that decides: it is one fact
            rows.setdefault(fact_sentence(stated) or _quote(stated), _row(stated, heads))
    return Table(("About", "What is stated", "In these words"), tuple(rows.values())) if rows else None


def fact_sentence(stated: StatedRelation) -> str:
    """Return a fact as a sentence, "Warm Homes starts 1 April 2024"; "" for a count that no words explain."""
    if stated.kind in _COUNTED:
        counted = counted_words(stated)
        return f"Counted in the text: “{counted}”" if counted else ""
    return f"{_subject(stated)} {_verb(stated)} {object_words(stated)}".strip()


def counted_words(stated: StatedRelation) -> str:
    """Return the words that stand around a count or a share in its quotation: "in six boroughs under the lead"."""
    last = stated.object_words.rsplit(" ", 1)[-1]
    spelt = _SPELT[int(last)] if last.isdigit() and int(last) < len(_SPELT) else last
    number = re.compile(rf"(?<![\w£.,])(?:{re.escape(last)}|{spelt})(?![\w,]|\.\d)", re.I)
    for clause in _PUNCTUATION.split(_quote(stated)):
        found = number.search(clause)
        if found:
            before, after = clause[: found.start()].split(), clause[found.end() :].split()
            kept = [*before[-_AROUND:], found[0], *after[:_AROUND]]
            said = f"{'… ' * (len(before) > _AROUND)}{' '.join(kept)}{' …' * (len(after) > _AROUND)}"
            return said if len(kept) > 1 else ""
    return ""


def _verb(stated: StatedRelation) -> str:
    is_body = isinstance(stated.subject, Entity) and stated.subject.kind is EntityKind.ORGANISATION
    return _DATED_BODY.get(stated.kind, _SAID[stated.kind]) if is_body else _SAID[stated.kind]


def _quote(stated: StatedRelation) -> str:
    return " ".join(stated.evidence[0].quote.split()) if stated.evidence else ""


def object_words(stated: StatedRelation) -> str:
    """Return the object of a fact for display: a date in words, a name, or the document's words."""
    text = stated.object.name if isinstance(stated.object, Entity) else stated.object_words
    return words.date(text) if stated.kind in _DATES else text


def _subject(stated: StatedRelation) -> str:
    return stated.subject.name if isinstance(stated.subject, Entity) else stated.subject_words


def _row(stated: StatedRelation, heads: Mapping[str, DecisionHead] | None) -> tuple[Cell, ...]:
    subject, first = stated.subject, stated.evidence[0] if stated.evidence else None
    if stated.kind in _COUNTED:
        about, counted = Cell("Counted in the text"), counted_words(stated)
        said = f"“{counted}”" if counted else "See its words"
    else:
        about = Cell(_subject(stated) or "This decision", thing_link(subject) if isinstance(subject, Entity) else "")
        said = f"{_verb(stated)} {object_words(stated)}"
    locator = first.locator if first else ""
    head = (heads or {}).get(stated.document)
    where = ", ".join(part for part in (head.caption if head else "", locator) if part)
    return (
        about,
        Cell(f"{said[:1].upper()}{said[1:]}", note=stated.detail),
        Cell(
            f"“{_quote(stated)}”" if _quote(stated) else "—",
            decision_link(stated.document, at=locator) if locator else "",
            note=where,
        ),
    )
