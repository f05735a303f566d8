"""Answers about one decision: what it decided, when, by whom, what it changed, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.ask.answers.decisions import decisions_found, heads_of
from graph.ask.citing import checks_of_documents, cite_flows, cite_heads, cite_paragraphs, cite_relations, unique
from graph.ask.draft import Draft, decision_item, entity_item
from graph.ask.facts import Facts
from graph.ask.question import Question
from graph.ask.result import Item, Status, Value
from graph.ask.sentences import in_words, in_years, listed, pounds
from graph.ask.shares import years_of
from graph.ask.stated import Paragraph
from graph.counting.left_out import Reason, is_money
from graph.model import Entity, RelationKind, Verdict
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

_DECISION_LINKS = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES, RelationKind.REFERS_TO)
_VERBS = {
    "modif": (RelationKind.MODIFIES, RelationKind.SUPERSEDES),
    "amend": (RelationKind.MODIFIES,),
    "chang": (RelationKind.MODIFIES, RelationKind.SUPERSEDES, RelationKind.EXTENDS),
    "var": (RelationKind.MODIFIES,),
    "extend": (RelationKind.EXTENDS,),
    "extens": (RelationKind.EXTENDS,),
    "supersed": (RelationKind.SUPERSEDES,),
    "replac": (RelationKind.SUPERSEDES, RelationKind.MODIFIES),
}
_SAID = {
    RelationKind.MODIFIES: "modifies",
    RelationKind.EXTENDS: "extends",
    RelationKind.SUPERSEDES: "supersedes",
    RelationKind.REFERS_TO: "refers to",
}


def one_decision(question: Question, facts: Facts) -> Draft | None:
    """What a decision decided: its summary, its money, what it rests on."""
    heads = heads_of(question, facts)
    if not heads:
        return None
    head = heads[0]
    moved = facts.ledger.tally_of_decision(head.iri)
    counted = [*moved.flows, *(out.flow for out in moved.left_out if out.reason is Reason.PASSED_ON)]
    links = [r for r in facts.relations if r.document == head.document and r.kind in _DECISION_LINKS]
    text = f"{head.caption}: {head.title}."
    if head.summary:
        text += f" {_first_sentences(head.summary)}"
    if moved.flows:
        text += f" It moves {pounds(moved.total)}{in_years(years_of(moved.flows))}."
    items = [
        entity_item(
            s.flow.recipient or s.flow.funder,
            s.flow.recipient_words if s.flow.recipient is None else "",
            amount=s.flow.amount,
            years=s.flow.years,
        )
        for s in counted
    ]
    citations = unique([*cite_heads([head]), *cite_flows(counted, facts), *cite_relations(links, facts)])
    checks = tuple(c for c in checks_of_documents([head.document], facts) if c.verdict is not Verdict.CONSISTENT)
    return Draft(Status.ANSWERED, text, tuple(items), Value(date=head.signed or None), citations, checks)


def _first_sentences(text: str, most: int = 320) -> str:
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.replace("\n", " ").strip())
    out = ""
    for sentence in sentences:
        if out and len(out) + len(sentence) > most:
            break
        out = f"{out} {sentence}".strip()
    return out[: most * 2]


def changes(question: Question, facts: Facts) -> Draft | None:
    """What a decision changed: the decisions it touches, what it replaced, and by what."""
    heads = heads_of(question, facts)
    if not heads:
        return None
    documents = {h.document for h in heads}
    links = [r for r in facts.relations if r.document in documents and r.kind in _DECISION_LINKS[:3]]
    flows = [s for s in facts.flows.values() if s.document in documents]
    gone = [s for s in flows if s.flow.status.value == "superseded"]
    fresh = [s for s in flows if any(link.value == "replaces" for link, _ in s.links)] or _same_sums(gone, flows)
    if not links and not gone:
        return None
    said = [f"{heads[0].caption} {_SAID[r.kind]} {facts.caption(str(r.object))}" for r in _each_once(links)]
    text = f"{listed(said)}." if said else f"{heads[0].caption} replaces earlier awards."
    if gone:
        text += f" Replaced: {listed(_flow_words(s) for s in gone)}."
    if fresh:
        text += f" Instead: {listed(_flow_words(s) for s in fresh)}."
    items = [Item(facts.caption(str(r.object)), str(r.object), "decision") for r in _each_once(links)]
    citations = unique([*cite_relations(links, facts), *cite_flows([*gone, *fresh], facts)])
    return Draft(Status.ANSWERED, text, tuple(items), citations=citations, flows=(*gone, *fresh))


def _same_sums(gone: Sequence[StatedFlow], flows: Sequence[StatedFlow]) -> list[StatedFlow]:
    sums = {s.flow.amount for s in gone}
    return [s for s in flows if s not in gone and s.flow.amount in sums and is_money(s)]


def _flow_words(stated: StatedFlow) -> str:
    flow = stated.flow
    recipient = flow.recipient.name if flow.recipient else flow.recipient_words or "an open recipient"
    return f"{pounds(flow.amount)} to {recipient}{in_years(flow.years)}"


def _each_once(relations: Iterable[StatedRelation]) -> list[StatedRelation]:
    """One relation per decision named, the strongest kind first."""
    rank = {kind: n for n, kind in enumerate(_DECISION_LINKS)}
    found: dict[str, StatedRelation] = {}
    for relation in sorted(relations, key=lambda r: rank.get(r.kind, 9)):
        found.setdefault(str(relation.object), relation)
    return list(found.values())


def decision_links(question: Question, facts: Facts) -> Draft | None:
    """Which decisions a decision modifies, extends, refers to; or which do so to it."""
    direction, _, verb = question.direction.partition(":")
    kinds = _VERBS.get(verb, _DECISION_LINKS)
    iris = {iri for key in question.references for iri in facts.by_key.get(key, ())}
    documents = {d for iri in iris for d in facts.documents_of.get(iri, ())}
    if direction == "in":
        hits = [r for r in facts.relations if str(r.object) in iris and r.kind in _DECISION_LINKS]
    else:
        hits = [
            r
            for r in facts.relations
            if r.document in documents and r.kind in _DECISION_LINKS and not isinstance(r.object, Entity)
        ]
    chosen = [r for r in hits if r.kind in kinds]
    if not chosen:
        return None
    if direction == "in":
        targets = {r.document: r for r in chosen}
        items = [decision_item(facts.heads[d]) for d in targets if d in facts.heads]
        name = listed(facts.caption(iri) for iri in iris)
        text = f"{listed(i.label for i in items)} {_SAID[chosen[0].kind]} {name}."
    else:
        once = _each_once(chosen)
        items = [Item(facts.caption(str(r.object)), str(r.object), "decision", note=_SAID[r.kind]) for r in once]
        text = (
            f"{listed(facts.heads[d].caption for d in documents)} "
            f"{listed(f'{_SAID[r.kind]} {facts.caption(str(r.object))}' for r in once)}."
        )
    return Draft(Status.ANSWERED, text, tuple(items), citations=cite_relations(chosen, facts))


def when(question: Question, facts: Facts) -> Draft | None:
    """The date of a signature."""
    heads = heads_of(question, facts) or (decisions_found(question, facts) if question.things or question.topic else [])
    if not heads:
        return None
    dated = [h for h in heads if h.signed]
    if not dated:
        return Draft(
            Status.NO_DATA, f"{listed(h.caption for h in heads)}: no date of signature is stated in the document.",
            tuple(decision_item(h) for h in heads), citations=cite_heads(heads),
        )  # fmt: skip
    first = dated[0]
    text = (
        f"{first.caption} was signed on {in_words(first.signed)}."
        if len(dated) == 1
        else (f"{listed((f'{h.caption} on {in_words(h.signed)}' for h in dated), most=8)}.")
    )
    passages = [p for h in dated for p in _date_passages(h, facts)]
    citations = unique([*cite_paragraphs(passages, facts), *cite_heads(dated)])
    return Draft(Status.ANSWERED, text, tuple(decision_item(h) for h in dated), Value(date=first.signed), citations)


def _date_passages(head: DecisionHead, facts: Facts) -> list[Paragraph]:
    found = [p for p in facts.paragraphs.get(head.document, ()) if re.search(r"(?i)\b(?:date|signed)\b", p.text)]
    return list(found[:1])


def who_decided(question: Question, facts: Facts) -> Draft | None:
    """Who signed."""
    heads = heads_of(question, facts) or decisions_found(question, facts)
    if not heads:
        return None
    said = []
    for head in heads[:8]:
        who = head.decided_by or "nobody named in the document"
        body = f" ({head.body.name})" if head.body else ""
        on = f" on {in_words(head.signed)}" if head.signed else ""
        said.append(f"{head.caption} was signed by {who}{body}{on}")
    items = [
        Item(h.decided_by or (h.body.name if h.body else ""), h.iri, "decision maker", note=h.caption)
        for h in heads[:8]
    ]
    return Draft(Status.ANSWERED, f"{listed(said)}.", tuple(items), citations=cite_heads(heads[:8]))
