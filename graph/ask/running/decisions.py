"""Executes forms over decisions: which there are, who signed them when, what they say, and what they change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from graph.ask.known.facts import Facts
from graph.ask.known.text import Paragraph, Term, term_of, years_in
from graph.ask.language.english import subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import in_years, listed, when
from graph.ask.language.terms import Attribute, During, Get, List, Referred, Role, Rows, Scan
from graph.ask.reading.terms import terms_said
from graph.ask.result import Caveat, Item, Status, Value
from graph.ask.running.citing import (
    checks_of_documents,
    cite_flows,
    cite_heads,
    cite_paragraphs,
    cite_relations,
    unique,
)
from graph.ask.running.decisions_found import decisions_in, is_of_no_day, order_of
from graph.ask.running.draft import Draft, decision_item, entity_item, opened
from graph.ask.running.matching import choices_of, fitting, period_of
from graph.ask.running.shares import ceiling_of, figure, with_level, years_of
from graph.ask.running.stated_facts import relations_in
from graph.counting.left_out import Reason, is_money
from graph.model import Entity, RelationKind, Verdict
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

_WHOLE = Caveat("whole decisions", "The sums beside the decisions are all that each one moves, not for this alone.")
LINKS = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES, RelationKind.REFERS_TO)
_SAID = {
    RelationKind.MODIFIES: "modifies", RelationKind.EXTENDS: "extends", RelationKind.SUPERSEDES: "supersedes",
    RelationKind.REFERS_TO: "refers to",
}  # fmt: skip
_CHANGING = {"modif": LINKS[:1] + LINKS[2:3], "amend": LINKS[:1], "extend": LINKS[1:2], "supersed": LINKS[2:3],
             "replac": (LINKS[2], LINKS[0])}  # fmt: skip


def listing(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists the decisions of a set with their money.

    If the form orders them by time, only the first or last of them are listed.
    """
    heads, fit = _of_sums(scan, facts) if scan.rows is Rows.AWARDS else decisions_in(scan, facts)
    if not heads:
        return _cited_only(scan, facts)
    about = subject(replace(scan, rows=Rows.DECISIONS))
    if form.order is not None and form.order.by == "time":
        heads = heads if form.order.ascending else heads[::-1]
        chosen, untold = with_level(heads, form.order.limit or 1, lambda h: h.signed or h.iri)
        which = "first" if form.order.ascending else "latest"
        head = chosen[0]
        same_day = listed(h.caption for h in chosen[1:] if head.signed and h.signed == head.signed)
        on = f", signed {when(head.signed)}" if head.signed else ""
        text = f"The {which} of the {about} is {head.caption}{on}: {head.title}."
        text += f" Signed on the same day: {same_day}." if same_day else ""
        text += f" {number_of(untold, 'other is', 'others are')} of the same day as the last." if untold else ""
        return _of_heads(text, chosen, scan, facts, fit).but(value=Value(date=head.signed or None))
    about = about if len(heads) > 1 else about.replace("decisions", "decision", 1)
    called = (f"{h.reference} ({h.title})" if h.reference and h.title else h.caption for h in heads)
    text = f"{len(heads)} {about}: {listed(called, most=8)}.{_without_a_day(scan, facts)}"
    return _of_heads(text, heads, scan, facts, fit)


def _without_a_day(scan: Scan, facts: Facts) -> str:
    """Return a sentence on the decisions that a time leaves out, as they state no day of signature; "" for none."""
    if scan.rows is not Rows.DECISIONS or not period_of(scan):
        return ""
    ever = replace(scan, where=tuple(c for c in scan.where if not isinstance(c, During)))
    number = sum(is_of_no_day(head) for head in decisions_in(ever, facts)[0])
    states = "states" if number == 1 else "state"
    return f" {number_of(number, 'other')} {states} no day of signature and may be of the time too." if number else ""


def _of_sums(scan: Scan, facts: Facts) -> tuple[list[DecisionHead], float]:
    """The decisions that state the sums of a set, oldest first, and how well these fit."""
    found = fitting(scan, facts)
    documents = {s.document for s in found.money}
    return sorted((facts.heads[d] for d in documents if d in facts.heads), key=lambda h: order_of(h, facts)), found.fit


def _cited_only(scan: Scan, facts: Facts) -> Draft | None:
    """Decisions that we don't hold, where the words that cite them name the programme and the year asked about."""
    choices = choices_of(scan, Role.PROGRAMME, Role.FUND)
    years = period_of(scan).years
    if not (choices and years):
        return None
    names = [name.lower() for c in choices for name in (c.words, c.label)]
    found: dict[str, StatedRelation] = {}
    for relation in facts.relations_where({RelationKind.REFERS_TO}):
        known = not isinstance(relation.object, str) or relation.object in facts.documents_of
        if known:
            continue
        quote = " ".join(e.quote for e in relation.evidence)
        if set(years) & years_in(quote) and any(name in quote.lower() for name in names):
            found.setdefault(str(relation.object), relation)
    if not found:
        return None
    items = tuple(Item(facts.caption(iri), iri, "decision", note="cited, not loaded") for iri in found)
    citing = listed(facts.caption_of(r.document) for r in found.values())
    text = f"{listed(i.label for i in items)}, cited by {citing}; not among the documents read."
    return Draft(Status.ANSWERED, opened(text), items, Value(count=len(items)), cite_relations(found.values(), facts))


def _of_heads(text: str, heads: Sequence[DecisionHead], scan: Scan, facts: Facts, fit: float) -> Draft:
    items = []
    for head in heads:
        moved = facts.ledger.tally_of_decision(head.iri)
        items.append(decision_item(head, moved.flows))
    stems = terms_said(scan.where, facts)
    stems += [
        term_of(c.words, facts.texts) for c in choices_of(scan, Role.PROGRAMME, Role.FUND, Role.RECIPIENT, Role.PARTY)
    ]
    parts = [p for head in heads[:20] for p in _passages_with(stems, head.document, facts)]
    citations = unique([*cite_heads(heads), *cite_paragraphs(parts, facts)])
    caveats = (_WHOLE,) if stems and any(item.amount for item in items) else ()
    return Draft(
        Status.ANSWERED, text, tuple(items), Value(count=len(heads)), citations, level=fit, caveats=caveats
    )  # fmt: skip


def _passages_with(terms: Sequence[Term], document: str, facts: Facts) -> list[Paragraph]:
    """The passage of a document that holds most of what is said."""
    parts = facts.paragraphs.get(document, ())
    if not terms or not parts:
        return []
    scored = [(sum(t.weight for t in terms if t.holds(p.stems)), -n, p) for n, p in enumerate(parts)]
    best = max(scored, key=lambda each: each[:2])
    return [best[2]] if best[0] else []


def get(form: Get, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with an attribute of the decisions in a set; None if the graph does not state it."""
    if form.attribute is Attribute.CHANGED:
        return _changed(form, scan, facts)
    if form.attribute in _TIMES:
        return _time_of(form, scan, facts)
    heads, fit = decisions_in(scan, facts)
    if not heads or len(heads) > 8:
        return None
    if form.attribute is Attribute.SIGNED:
        return _signed(heads, facts, fit)
    if form.attribute is Attribute.DECIDER:
        return _decider(heads, fit)
    return _summary(heads[0], facts, fit) if form.attribute is Attribute.SUMMARY else None


_TIMES = {Attribute.STARTS: (RelationKind.STARTS, "starts"), Attribute.ENDS: (RelationKind.ENDS, "ends")}


def _time_of(form: Get, scan: Scan, facts: Facts) -> Draft | None:
    """When something starts or ends, as documents state it; nothing where they state several days."""
    kind, verb = _TIMES[form.attribute]
    found = relations_in(Scan(Rows.FACTS, scan.where), facts, (kind,))
    dates = sorted({r.object_words for r in found if r.object_words})
    if len(dates) != 1:
        return None
    names = listed(r.subject.name for r in found if isinstance(r.subject, Entity))
    text = f"{names} {verb} {when(dates[0])}."
    items = tuple(entity_item(r.subject) for r in found[:1] if isinstance(r.subject, Entity))
    return Draft(Status.ANSWERED, text, items, Value(date=dates[0]), cite_relations(found, facts))


def _signed(heads: Sequence[DecisionHead], facts: Facts, fit: float) -> Draft:
    dated = [h for h in heads if h.signed]
    items = tuple(decision_item(h) for h in dated or heads)
    if not dated:
        text = f"{listed(h.caption for h in heads)}: no date of signature is stated in the document."
        return Draft(Status.NO_DATA, text, items, citations=cite_heads(heads))
    text = f"{listed((f'{h.caption} was signed {when(h.signed)}' for h in dated), most=8)}."
    passages = [
        p for h in dated for p in facts.paragraphs.get(h.document, ()) if re.search(r"(?i)\b(?:date|signed)\b", p.text)
    ]
    citations = unique([*cite_paragraphs(passages[:3], facts), *cite_heads(dated)])
    return Draft(Status.ANSWERED, text, items, Value(date=dated[0].signed), citations, level=fit)


def _decider(heads: Sequence[DecisionHead], fit: float) -> Draft | None:
    signed = [h for h in heads if h.decided_by]
    if not signed:
        text = f"{listed(h.caption for h in heads)}: the document does not say who signed."
        return Draft(Status.NO_DATA, text, tuple(decision_item(h) for h in heads), citations=cite_heads(heads))
    said = []
    for head in signed:
        body = f" ({head.body.name})" if head.body else ""
        on = f" {when(head.signed)}" if head.signed else ""
        said.append(f"{head.caption} was signed by {head.decided_by}{body}{on}")
    items = tuple(Item(h.decided_by, h.iri, "decision maker", note=h.caption) for h in signed)
    return Draft(Status.ANSWERED, f"{listed(said)}.", items, citations=cite_heads(signed), level=fit)


def _summary(head: DecisionHead, facts: Facts, fit: float) -> Draft:
    """What a decision decided: its summary, its money, what it rests on."""
    moved = facts.ledger.tally_of_decision(head.iri)
    counted = [*moved.flows, *(out.flow for out in moved.left_out if out.reason is Reason.PASSED_ON)]
    links = facts.relations_where(LINKS, documents=[head.document])
    text = f"{head.caption}: {head.title}."
    if head.summary:
        text += f" {first_sentences(head.summary)}"
    if moved.flows:
        text += f" It moves {figure(moved.flows, in_years(years_of(moved.flows)))}."
    items = tuple(
        entity_item(s.flow.recipient or s.flow.funder, "" if s.flow.recipient else s.flow.recipient_words,
                    amount=s.flow.amount, years=s.flow.years, ceiling=ceiling_of([s]))
        for s in counted
    )  # fmt: skip
    parts = facts.paragraphs.get(head.document, ())[:4]
    citations = unique(
        [
            *cite_heads([head]),
            *cite_flows(counted, facts),
            *cite_paragraphs(parts, facts),
            *cite_relations(links, facts),
        ]
    )
    checks = tuple(c for c in checks_of_documents([head.document], facts) if c.verdict is not Verdict.CONSISTENT)
    return Draft(Status.ANSWERED, text, items, Value(date=head.signed or None), citations, checks, level=fit)


def first_sentences(text: str, most: int = 320) -> str:
    """Return the first sentences of a text: as many as fit into `most` characters."""
    out = ""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.replace("\n", " ").strip()):
        if out and len(out) + len(sentence) > most:
            break
        out = f"{out} {sentence}".strip()
    return out[: most * 2]


def _changed(form: Get, scan: Scan, facts: Facts) -> Draft | None:
    """Which decisions a decision modifies, extends, refers to; or which do so to it, and what was replaced by what."""
    iris = {i for c in scan.where if isinstance(c, Referred) for key in c.names for i in facts.by_key.get(key, ())}
    if not iris:
        iris = {h.iri for h in decisions_in(scan, facts)[0][:3]}
    direction, _, verb = form.direction.partition(":")
    kinds = _CHANGING.get(verb, LINKS)
    documents = {d for iri in iris for d in facts.documents_of.get(iri, ())}
    if direction == "in":
        hits = facts.relations_where(kinds, decisions=iris)
        items = [decision_item(facts.heads[d]) for d in dict.fromkeys(r.document for r in hits) if d in facts.heads]
        if not items:
            return None
        text = f"{listed(i.label for i in items)} {_SAID[hits[0].kind]} {listed(facts.caption(iri) for iri in iris)}."
        return Draft(Status.ANSWERED, text, tuple(items), Value(count=len(items)), cite_relations(hits, facts))
    found_here = facts.relations_where(kinds, documents=documents)
    hits = [r for r in found_here if not isinstance(r.object, Entity)]
    once = _one_each(hits)
    flows = [s for d in documents for s in facts.flows_of_document(d)]
    gone = [s for s in flows if s.flow.status.value == "superseded"]
    if not once and not gone:
        return None
    said = listed(f"{_SAID[r.kind]} {facts.caption(str(r.object))}" for r in once)
    text = f"{listed(facts.heads[d].caption for d in documents)} {said or 'replaces earlier awards'}."
    if gone:
        text += f" Replaced: {listed(_flow_words(s) for s in gone)}."
        sums = {s.flow.amount for s in gone}
        same = [s for s in flows if s not in gone and s.flow.amount in sums and is_money(s)]
        fresh = [s for s in flows if any(link.value == "replaces" for link, _ in s.links)] or same
        text += f" Instead: {listed(_flow_words(s) for s in fresh)}." if fresh else ""
        gone = [*gone, *fresh]
    found = tuple(Item(facts.caption(str(r.object)), str(r.object), "decision", note=_SAID[r.kind]) for r in once)
    citations = unique([*cite_relations(hits, facts), *cite_flows(gone, facts)])
    return Draft(Status.ANSWERED, text, found, Value(count=len(found)), citations, flows=tuple(gone))


def _flow_words(stated: StatedFlow) -> str:
    flow = stated.flow
    recipient = flow.recipient.name if flow.recipient else flow.recipient_words or "an open recipient"
    return f"{figure([stated])} to {recipient}{in_years(flow.years)}"


def _one_each(relations: Iterable[StatedRelation]) -> list[StatedRelation]:
    """One relation per decision named, the strongest kind first."""
    rank = {kind: n for n, kind in enumerate(LINKS)}
    found: dict[str, StatedRelation] = {}
    for relation in sorted(relations, key=lambda r: rank.get(r.kind, 9)):
        found.setdefault(str(relation.object), relation)
    return list(found.values())
