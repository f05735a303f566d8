"""Answers about decisions: which ones, what one decided, when, by whom, what it changed, their history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.ask.citing import checks_of_documents, cite_flows, cite_heads, cite_paragraphs, cite_relations, unique
from graph.ask.draft import Draft, decision_item, entity_item
from graph.ask.facts import Facts, Paragraph
from graph.ask.money import counted_once, is_source, years_of
from graph.ask.question import Focus, Question
from graph.ask.result import Citation, Item, Status, Value
from graph.ask.scope import (
    counts,
    financial_years,
    find_flows,
    ids,
    party_ids,
    places_within,
    topic_stems,
)
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_years, listed, pounds, subject
from graph.ask.topics import SUMMARY, documents_on, passages_with, stems_of_phrase
from graph.ask.words import is_general, stem, words_of
from graph.decisions import DecisionHead
from graph.flows import StatedFlow
from graph.model import Entity, RelationKind, Verdict
from graph.relations import StatedRelation

_FIRST_YEAR = re.compile(r"(?:19|20)\d\d")
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
    if question.money and (question.period or question.at_least is not None or question.at_most is not None):
        documents &= {s.document for s in find_flows(question.but(bodies=()), facts).everything if counts(s)}
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
    heads = decisions_found(question, facts)
    cited = _cited_only(question, facts)
    if not heads and not cited:
        return None
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
    if cited:
        text += (
            f" {listed(facts.caption(iri) for iri, _ in cited)} {'is' if len(cited) == 1 else 'are'} not among "
            f"the documents read; another decision says so."
        )
    return Draft(Status.ANSWERED, text, tuple(items), Value(count=len(items)), unique(citations))


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
        f"{first.caption} was signed on {first.signed}."
        if len(dated) == 1
        else (f"{listed((f'{h.caption} on {h.signed}' for h in dated), most=8)}.")
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
        said.append(f"{head.caption} by {who}{body}{f', {head.signed}' if head.signed else ''}")
    items = [
        Item(h.decided_by or (h.body.name if h.body else ""), h.iri, "decision maker", note=h.caption)
        for h in heads[:8]
    ]
    return Draft(Status.ANSWERED, f"{listed(said)}.", tuple(items), citations=cite_heads(heads[:8]))


def one_decision(question: Question, facts: Facts) -> Draft | None:
    """What a decision decided: its summary, its money, what it rests on."""
    heads = heads_of(question, facts)
    if not heads:
        return None
    head = heads[0]
    flows = [s for s in facts.flows.values() if s.document == head.document]
    counted = counted_once(flows, facts)
    links = [r for r in facts.relations if r.document == head.document and r.kind in _DECISION_LINKS]
    text = f"{head.caption}: {head.title}."
    if head.summary:
        text += f" {_first_sentences(head.summary)}"
    if counted.flows:
        sources = [s for s in counted.flows if is_source(s, flows)]
        total = sum((s.flow.amount for s in sources), Decimal(0))
        text += f" It moves {pounds(total)}{in_years(years_of(sources))}."
    items = [
        entity_item(
            s.flow.recipient or s.flow.funder,
            s.flow.recipient_words if s.flow.recipient is None else "",
            amount=s.flow.amount,
            years=s.flow.years,
        )
        for s in counted.flows
    ]
    citations = unique([*cite_heads([head]), *cite_flows(counted.flows, facts), *cite_relations(links, facts)])
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
    return [s for s in flows if s not in gone and s.flow.amount in sums and counts(s)]


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


def history(question: Question, facts: Facts) -> Draft | None:
    """The decisions on a programme's money in the order of time, each with its sums."""
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if s.flow.kind.value != "envelope"]
    documents = list(dict.fromkeys(s.document for s in flows))
    heads = sorted(
        (facts.heads[d] for d in documents if d in facts.heads), key=lambda h: order_of_flows(h, flows, facts)
    )
    if not heads:
        heads = decisions_found(question, facts)
        if not heads:
            return None
    items, said, used = [], [], []
    for head in heads:
        own = [s for s in flows if s.document == head.document]
        counted = counted_once(own, facts, programmes=ids(question.programmes))
        sources = [s for s in counted.flows if is_source(s, own)] or list(counted.flows) or list(counted.joint)
        total = sum((s.flow.amount for s in sources), Decimal(0)) if sources else None
        note = "joint sum, not split" if sources and not counted.flows else ""
        items.append(decision_item(head, amount=total, years=years_of(own), note=note))
        used += sources or own
        figure = f" {pounds(total)}" if total is not None else ""
        said.append(f"{head.caption}{in_years(years_of(own))}{figure}")
    text = (
        f"{subject(question)}, in order: {listed(said, most=10)}. The sums of different decisions may be the same "
        f"money and are not added here."
    )
    citations = unique([*cite_flows(used, facts), *cite_heads(heads)])
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(items),
        citations=citations,
        flows=tuple(used),
        sparql=scope.plan.sparql if scope.plan else "",
    )


def order_of_flows(head: DecisionHead, flows: Sequence[StatedFlow], facts: Facts) -> tuple[str, str]:
    """A key for a history: the first year of the money, else the signature."""
    years = [y for s in flows if s.document == head.document for y in s.flow.years[:1]]
    return (f"{min(years)[:4]}-04" if years else order_of(head, facts)[0], order_of(head, facts)[0])


def first_last(question: Question, facts: Facts) -> Draft | None:
    """The earliest or the latest decision or year of money."""
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if counts(s) and s.flow.years]
    decided = decisions_found(question.but(money=False), facts) if question.focus is Focus.DECISION or not flows else []
    if decided:
        head = decided[0] if question.ascending else decided[-1]
        text = (
            f"The {'first' if question.ascending else 'latest'} decision on {subject(question)} is "
            f"{head.caption}{f', signed {head.signed}' if head.signed else ''}: {head.title}."
        )
        return Draft(Status.ANSWERED, text, (decision_item(head),), Value(date=head.signed or None), cite_heads([head]))
    if not flows:
        return None
    pick = min if question.ascending else max
    year = pick(s.flow.years[0] if question.ascending else s.flow.years[-1] for s in flows)
    chosen = [s for s in flows if year in s.flow.years]
    text = (
        f"{subject(question)}: the {'first' if question.ascending else 'latest'} money recorded is for {year}, by "
        f"{listed(dict.fromkeys(facts.heads[s.document].caption for s in chosen))}."
    )
    items = [decision_item(facts.heads[d], years=(year,)) for d in dict.fromkeys(s.document for s in chosen)]
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(items),
        Value(date=year[:4]),
        cite_flows(chosen, facts),
        flows=tuple(chosen),
    )


def checks(question: Question, facts: Facts) -> Draft | None:
    """Figures that don't add up, or the word that they do."""
    if question.references:
        documents = {h.document for h in heads_of(question, facts)}
    elif question.things or question.topic or question.period:
        flows = find_flows(question, facts).everything
        documents = {s.document for s in flows} or {h.document for h in decisions_found(question, facts)}
    else:
        documents = set(facts.heads)
    if not documents:
        return None
    notes = checks_of_documents(documents, facts)
    wrong = [n for n in notes if n.verdict is Verdict.CONFLICT]
    rounding = [n for n in notes if n.verdict is Verdict.ROUNDING]
    shown = [s for s in facts.checks if s.document in documents]
    names = listed((facts.heads[d].caption for d in documents), most=3)
    if wrong:
        text = (
            f"{number_of(len(wrong), 'conflict')} in {names}: "
            f"{' '.join(n.message.rstrip('.') + '.' for n in wrong[:3])}"
        )
    elif rounding:
        text = f"The figures of {names} agree but for rounding: {rounding[0].message.rstrip('.')}."
    elif notes:
        text = f"The figures of {names} that were compared agree ({number_of(len(notes), 'check')})."
    else:
        text = f"No figures of {names} could be compared: no total is stated over its parts."
    from graph.ask.citing import cite

    found = [
        c
        for s in shown
        if s.check.verdict is not Verdict.CONSISTENT or not (wrong or rounding)
        for c in cite(s.document, s.check.evidence, facts)
    ]
    heads = [facts.heads[d] for d in sorted(documents)][:20]
    items = [
        decision_item(facts.heads[d])
        for d in sorted({s.document for s in shown if s.check.verdict is Verdict.CONFLICT})
    ]
    return Draft(
        Status.ANSWERED, text, tuple(items), Value(count=len(wrong)), unique([*found, *cite_heads(heads)]), notes
    )
