"""A decision's page: its head, its money, what it changed, and its text with the facts marked in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.links import decision_link, thing_link
from app.viewmodels import words
from app.viewmodels.flow_table import standing
from graph.model import Entity, Evidence, RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

LINEAGE = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES, RelationKind.REFERS_TO)


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and value of the head; the value may lead somewhere."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision before or after this one, or a thing that it names."""

    words: str  #: "changes", "changed by", "delivered by"
    name: str
    href: str = ""
    note: str = ""  #: "Not loaded"; the detail of a relation


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, marked where a fact rests on it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, item or table of the document."""

    anchor: str  #: id in the page
    kind: str  #: heading | paragraph | item | field | table
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[bool, tuple[str, ...], bool], ...] = ()  #: (is header, cells, marked) of a table
    level: int = 0
    number: str = ""
    label: str = ""  #: of a field
    notes: tuple[str, ...] = ()  #: what was read from it: "£150,000 from A to B"
    page: int | None = None
    wanted: bool = False  #: the paragraph that the link asked for


def head_facts(head: DecisionHead, aliases: Sequence[str] = (), dates: Sequence[tuple[str, str]] = ()) -> list[Fact]:
    """Return what the top of the page lists."""
    facts = []
    if head.reference:
        facts.append(Fact("Reference", head.reference))
    others = [alias for alias in aliases if alias != head.reference]
    if others:
        facts.append(Fact("Also printed as", words.listed(others, limit=8)))
    if head.body:
        facts.append(Fact("Decision body", head.body.name, thing_link(head.body)))
    facts.append(Fact("Decided by", head.decided_by or "Not stated"))
    facts.append(Fact("Signed", words.date(head.signed) if head.signed else "Not stated"))
    facts += [Fact(what.capitalize(), words.date(when)) for what, when in dates]
    facts.append(Fact("Kind of record", head.record_type.capitalize() or "Not stated"))
    if head.source.startswith(("https://", "http://")):
        facts.append(Fact("Published at", head.source, head.source))
    facts.append(Fact("File", head.document))
    return facts


def steps(
    relations: Iterable[StatedRelation], head: DecisionHead, loaded: Mapping[str, DecisionHead]
) -> tuple[list[Step], list[Step]]:
    """Return (decisions before and after, other things named), each once, the closest kinds first.

    Args:
        relations: Those that name this decision or stand in it.
        head: This decision.
        loaded: The decisions that have a page, by IRI.
    """
    lineage: dict[tuple[str, str], Step] = {}
    named: dict[tuple[str, str], Step] = {}
    for relation in sorted(relations, key=lambda relation: relation.kind not in LINEAGE[:3]):
        forward = relation.subject == head.iri
        if isinstance(relation.subject, str) and isinstance(relation.object, str):
            if head.iri in (relation.subject, relation.object):
                step = _decision_step(relation, forward, loaded)
                lineage.setdefault((step.words, step.name), step)
        elif relation.document == head.document and relation.kind is not RelationKind.MENTIONS:
            step = _thing_step(relation)
            named.setdefault((step.words, step.name), step)
    return list(lineage.values()), list(named.values())


def text_blocks(
    document: Mapping[str, Any], flows: Sequence[StatedFlow], others: Sequence[Evidence] = (), *, at: str = ""
) -> list[TextBlock]:
    """Return the document's text with the words that flows and other statements rest on marked.

    Args:
        document: As a build keeps it: blocks with offsets.
        flows: Those of this document.
        others: Evidence of checks and relations, marked without a note.
        at: The locator to show; the block or the row's table that carries it is `wanted`.
    """
    noted = [(words_of, _note(stated)) for stated in flows for words_of in stated.flow.evidence]
    evidence = noted + [(words_of, "") for words_of in others]
    blocks = [_block(number, block, evidence, at) for number, block in enumerate(document.get("blocks", ()))]
    return [block for block in blocks if block.spans or block.rows]


def _note(stated: StatedFlow) -> str:
    flow = stated.flow
    payer = flow.funder.name if flow.funder else words.OPEN_PARTY
    parties = f"from {payer}" if words.recipient(flow) == words.OPEN_PARTY else f"{payer} to {words.recipient(flow)}"
    return f"{words.sum_of(flow)}: {parties}, {words.years(flow.years)} ({standing(stated).lower()})"


def _block(number: int, block: Mapping[str, Any], evidence: Sequence[tuple[Evidence, str]], at: str) -> TextBlock:
    start, end = int(block["start"]), int(block["end"])
    here = [(words_of, note) for words_of, note in evidence if words_of.start < end and words_of.end > start]
    rows = _rows(block, [words_of for words_of, _ in here])
    locators = {str(block.get("locator", "")), *(str(row.get("locator", "")) for row in block.get("rows", ()))}
    return TextBlock(
        anchor=f"text-{number}",
        kind=str(block["kind"]),
        spans=() if rows else _spans(str(block["text"]), [words_of.quote for words_of, _ in here]),
        rows=rows,
        level=int(block.get("level") or 0),
        number=str(block.get("number") or ""),
        label=str(block.get("field_name") or ""),
        notes=tuple(dict.fromkeys(note for _, note in here if note)),
        page=block.get("page"),
        wanted=bool(at) and at in locators,
    )


def _rows(block: Mapping[str, Any], here: Sequence[Evidence]) -> tuple[tuple[bool, tuple[str, ...], bool], ...]:
    rows = [(True, row) for row in block.get("header") or ()] + [(False, row) for row in block.get("rows") or ()]
    return tuple(
        (
            is_header,
            tuple(str(cell["text"]) for cell in row["cells"]),
            any(words_of.start < int(row["end"]) and words_of.end > int(row["start"]) for words_of in here),
        )
        for is_header, row in rows
    )


def _spans(text: str, quotes: Sequence[str]) -> tuple[Span, ...]:
    """Return the text with the quotes marked; all of it where a quote covers it or differs in its spaces."""
    marks = [False] * len(text)
    for quote in quotes:
        place = text.find(quote) if quote else -1
        whole = place < 0 or quote in ("", text)
        for at in range(len(text)) if whole else range(place, place + len(quote)):
            marks[at] = True
    spans: list[Span] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[start]:
            spans.append(Span(text[start:at], marks[start]))
            start = at
    return tuple(spans)


def _decision_step(relation: StatedRelation, forward: bool, loaded: Mapping[str, DecisionHead]) -> Step:
    other = relation.object if forward else relation.subject
    printed = relation.object_words if forward else relation.subject_words
    head = loaded.get(other) if isinstance(other, str) else None
    label = words.RELATION[relation.kind][0 if forward else 1]
    if head is None:
        return Step(label, printed or "another decision", note="Known by its reference only; not loaded")
    note = " · ".join(part for part in (words.date(head.signed) if head.signed else "", relation.detail) if part)
    return Step(label, head.caption, decision_link(head.document), note or head.title)


def _thing_step(relation: StatedRelation) -> Step:
    subject, thing = relation.subject, relation.object
    if isinstance(subject, Entity) and isinstance(thing, Entity):
        detail = f"{words.RELATION[relation.kind][0]} {thing.name}"
        return Step(detail, subject.name, thing_link(subject), relation.detail)
    entity = thing if isinstance(thing, Entity) else subject
    label = words.RELATION[relation.kind][0 if entity is thing else 1]
    if isinstance(entity, Entity):
        return Step(label, entity.name, thing_link(entity), relation.detail)
    return Step(label, relation.object_words, note=relation.detail)
