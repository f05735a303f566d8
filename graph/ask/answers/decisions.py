"""Answers about which decisions there are: by topic, body, date, place, party and programme."""

from __future__ import annotations

import re

from graph.ask.bounds import financial_years
from graph.ask.citing import cite_heads, cite_paragraphs, cite_relations, unique
from graph.ask.draft import Draft, decision_item
from graph.ask.facts import Facts
from graph.ask.matching import topic_stems
from graph.ask.question import Period, Question
from graph.ask.result import Citation, Item, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import listed, period_words
from graph.ask.topics import SUMMARY, documents_on, passages_with, stems_of_phrase
from graph.ask.whom import ids, party_ids, places_within
from graph.ask.words import is_general, stem, words_of
from graph.counting.left_out import is_money
from graph.model import Entity, RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.relations import StatedRelation

_FIRST_YEAR = re.compile(r"(?:19|20)\d\d")


def heads_of(question: Question, facts: Facts) -> list[DecisionHead]:
    """The loaded decisions whose references the question names."""
    iris = [iri for key in question.references for iri in facts.by_key.get(key, ())]
    return [facts.heads[d] for iri in dict.fromkeys(iris) for d in facts.documents_of.get(iri, ())[:1]]


def decisions_found(question: Question, facts: Facts) -> list[DecisionHead]:
    """The loaded decisions that meet every condition of the question, oldest first."""
    heads = list(facts.heads.values())
    if question.references:
        keyed = {h.iri for h in heads_of(question, facts)}
        heads = [h for h in heads if h.iri in keyed]
    if question.bodies:
        bodies = party_ids(question.bodies, facts)
        heads = [h for h in heads if h.body is not None and h.body.id in bodies]
    if question.deciders:
        heads = [h for h in heads if facts.signed_by(h.document) in question.deciders]
    if question.record_type:
        heads = [h for h in heads if question.record_type in h.record_type]
    if question.period and not question.money:
        heads = [h for h in heads if _signed_within(h, question)]
    documents = {h.document for h in heads}
    if (
        question.programmes
        or question.funds
        or question.funders
        or question.recipients
        or question.parties
        or question.places
    ):
        documents &= _naming(question, facts)
    bounded = question.at_least is not None or question.at_most is not None
    if bounded or (question.money and question.period):
        documents &= {s.document for s in find_flows(question.but(bodies=()), facts).everything if is_money(s)}
    if question.topic:
        near = documents_on(topic_stems(question, facts), facts, full_text=question.full_text)
        chosen = {d for d, level in near.items() if level <= SUMMARY or question.full_text} or set(near)
        documents &= chosen
    return sorted((h for h in heads if h.document in documents), key=lambda h: order_of(h, facts))


def _naming(question: Question, facts: Facts) -> set[str]:
    """Documents with flows or statements about what the question names."""
    wanted = ids(question.programmes) | ids(question.funds)
    parties = party_ids(question.funders + question.recipients + question.parties, facts)
    within = places_within(question.places, facts)
    found: list[set[str]] = []
    if wanted:
        found.append(_documents_about(wanted, question, facts))
    if parties:
        found.append(_documents_naming(parties, facts))
    if within:
        found.append(
            {s.document for s in facts.flows.values() if s.flow.place is not None and s.flow.place.id in within}
            | {h.document for h in facts.heads.values() if h.body and facts.registry.place_of_body(h.body.id) in within}
            | _documents_naming(within, facts)
        )
    return set.intersection(*found) if found else set()


def _documents_about(wanted: frozenset[str], question: Question, facts: Facts) -> set[str]:
    documents = {
        s.document
        for s in facts.flows.values()
        if any(p.id in wanted for p in s.flow.programmes) or (s.flow.fund is not None and s.flow.fund.id in wanted)
    }
    kinds = {RelationKind.ABOUT} | ({RelationKind.MENTIONS} if question.full_text else set())
    for relation in facts.relations:
        thing = relation.object
        if relation.kind in kinds and isinstance(thing, Entity) and thing.id in wanted:
            documents.add(relation.document)
    for choice in question.programmes + question.funds:
        for name in {choice.words, choice.label}:
            stems = [s for word in words_of(name) if not is_general(word) for s in (stem(word),)]
            if len(stems) > 1 or _is_acronym(name, choice.label) or not choice.entities[0].verified:
                near = documents_on(stems, facts, full_text=question.full_text)
                documents |= {d for d, level in near.items() if level <= SUMMARY or question.full_text}
    return documents


def _is_acronym(name: str, label: str) -> bool:
    return name.isalpha() and name.isupper() and len(name) >= 4 and label != name


def _documents_naming(wanted: frozenset[str], facts: Facts) -> set[str]:
    found = set()
    for stated in facts.flows.values():
        flow = stated.flow
        if any(e is not None and e.id in wanted for e in (flow.funder, flow.recipient, flow.place)):
            found.add(stated.document)
    for relation in facts.relations:
        if any(isinstance(t, Entity) and t.id in wanted for t in (relation.subject, relation.object)):
            found.add(relation.document)
    return found


def _signed_within(head: DecisionHead, question: Question) -> bool:
    period, signed = question.period, head.signed
    if not signed:
        return False
    if period.calendar:
        return int(signed[:4]) in period.calendar
    if period.years:
        year, month = int(signed[:4]), int(signed[5:7]) if len(signed) >= 7 else 0
        if not month:
            return any(y.startswith(signed[:4]) for y in period.years)
        first = year if month >= 4 else year - 1
        return f"{first}/{(first + 1) % 100:02d}" in financial_years(period)
    low, high = period.first or "0000", period.last or "9999"
    return low[: len(signed)] <= signed and signed[: len(high)] <= high


def order_of(head: DecisionHead, facts: Facts) -> tuple[str, str]:
    """A key that puts decisions in the order of time: signature, else the first year of their money."""
    if head.signed:
        return (head.signed, head.caption)
    years = [y for s in facts.flows.values() if s.document == head.document for y in s.flow.years[:1]]
    if years:
        return (f"{min(years)[:4]}-04", head.caption)
    found = _FIRST_YEAR.search(head.title) or _FIRST_YEAR.search(head.caption)
    return (found.group() if found else "9999", head.caption)


def decisions(question: Question, facts: Facts) -> Draft | None:
    """The decisions that meet the conditions."""
    if question.is_bare and (kinds := _between(question)):
        return _that_touch_others(kinds, facts)
    heads = decisions_found(question, facts)
    cited = _cited_only(question, facts)
    if not heads and not cited:
        return _only_undated(question, facts)
    stems = topic_stems(question, facts) or [
        s for c in question.programmes + question.funds for s in stems_of_phrase(c.words)
    ]
    citations: list[Citation] = []
    for head in heads:
        passages = passages_with(stems, head.document, facts, most=1) if stems else []
        citations += cite_paragraphs(passages, facts) or cite_heads([head])
    items = [decision_item(h) for h in heads]
    if question.limit and heads:
        items = (items if question.ascending else items[::-1])[: question.limit]
    items += [Item(facts.caption(iri), iri, "decision", note="known by its reference only") for iri, _ in cited]
    citations += cite_relations([r for _, r in cited], facts)
    text = f"{number_of(len(items), 'decision')}: {listed((i.label for i in items), most=8)}."
    text += _undated(question, facts)
    if cited:
        text += (
            f" {listed(facts.caption(iri) for iri, _ in cited)} {'is' if len(cited) == 1 else 'are'} not among "
            f"the documents read; another decision says so."
        )
    return Draft(Status.ANSWERED, text, tuple(items), Value(count=len(items)), unique(citations))


_TOUCHING = {
    "exten": (RelationKind.EXTENDS,),
    "modif": (RelationKind.MODIFIES,),
    "amend": (RelationKind.MODIFIES,),
    "chang": (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES),
    "replac": (RelationKind.SUPERSEDES, RelationKind.MODIFIES),
    "supersed": (RelationKind.SUPERSEDES,),
    "refer": (RelationKind.REFERS_TO,),
}


def _between(question: Question) -> tuple[RelationKind, ...]:
    """What the decisions asked for do to other decisions."""
    words = words_of(question.text)
    return next((kinds for verb, kinds in _TOUCHING.items() if any(word.startswith(verb) for word in words)), ())


def _that_touch_others(kinds: tuple[RelationKind, ...], facts: Facts) -> Draft | None:
    """The decisions that extend, modify or refer to another, with the other."""
    found: dict[str, list[StatedRelation]] = {}
    for relation in facts.relations:
        if relation.kind in kinds and isinstance(relation.object, str) and relation.document in facts.heads:
            found.setdefault(relation.document, []).append(relation)
    if not found:
        return None
    heads = sorted((facts.heads[document] for document in found), key=lambda head: order_of(head, facts))
    others = {h.document: listed(facts.caption(str(r.object)) for r in found[h.document]) for h in heads}
    text = f"{number_of(len(heads), 'decision')}: {listed((h.caption for h in heads), most=8)}."
    items = tuple(decision_item(head, note=f"of {others[head.document]}") for head in heads)
    citations = cite_relations([r for head in heads for r in found[head.document]], facts)
    return Draft(Status.ANSWERED, text, items, Value(count=len(items)), citations)


def _without_date(question: Question, facts: Facts) -> list[DecisionHead]:
    """Decisions that meet everything but the time asked, and that bear no date of signature."""
    narrowed = question.things or question.topic or question.deciders
    if not question.period or question.money or not narrowed:
        return []
    return [h for h in decisions_found(question.but(period=Period()), facts) if not h.signed]


def _undated(question: Question, facts: Facts) -> str:
    heads = _without_date(question, facts)
    if not heads:
        return ""
    which = listed((h.caption for h in heads), most=5)
    verb = "bears" if len(heads) == 1 else "bear"
    return f" {number_of(len(heads), 'further decision')} {verb} no date of signature: {which}."


def _only_undated(question: Question, facts: Facts) -> Draft | None:
    heads = _without_date(question, facts)
    if not heads:
        return None
    text = f"No decision is recorded as signed{period_words(question.period)}.{_undated(question, facts)}"
    return Draft(Status.NO_DATA, text, citations=cite_heads(heads[:20]))


def _cited_only(question: Question, facts: Facts) -> list[tuple[str, StatedRelation]]:
    """Decisions that we don't hold, where the words that cite them meet the conditions (programme and year)."""
    if not (question.programmes and question.period.years):
        return []
    found: dict[str, StatedRelation] = {}
    names = [n.lower() for c in question.programmes for n in (c.words, c.label)]
    for relation in facts.relations:
        if relation.kind is not RelationKind.REFERS_TO or not isinstance(relation.object, str):
            continue
        if relation.object in facts.documents_of:
            continue
        quote = " ".join(e.quote for e in relation.evidence).lower()
        in_year = any(y in quote or y.replace("/", "-") in quote or y[2:] in quote for y in question.period.years)
        if in_year and any(name in quote for name in names):
            found.setdefault(relation.object, relation)
    return list(found.items())
