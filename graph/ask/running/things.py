"""Executes forms over things: descriptions, other names, connections, outcomes of bids, and comparisons of figures."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from graph.ask.known.facts import Facts
from graph.ask.known.text import Paragraph, sentences_of
from graph.ask.known.words import stem, words_of
from graph.ask.language.english import RELATED, subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import in_years, listed, pounds
from graph.ask.language.terms import Choice, Describe, Path, Rows, Scan, Verify
from graph.ask.result import Item, Status, Value
from graph.ask.running.citing import (
    checks_of_documents,
    cite,
    cite_flows,
    cite_heads,
    cite_paragraphs,
    cite_relations,
    unique,
)
from graph.ask.running.decisions_found import decisions_in
from graph.ask.running.draft import Draft, decision_item, entity_item
from graph.ask.running.matching import fitting
from graph.ask.running.shares import figure
from graph.ask.running.sums import is_narrow
from graph.counting.sides import Side
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind, FlowKind, FlowStatus, RelationKind, Verdict
from graph.networks.money_ways import MoneyWay, money_ways
from graph.registry import Organisation, Programme
from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import thing_key

_MOST = 4  #: passages of an answer
_SHORT, _LONG = 8, 60  #: words of a passage: of a shorter one little is made, and a longer one tells no more
_LONGEST = 6  #: steps of a path
Edge = tuple[str, StatedFlow | StatedRelation]
_NOT_PAID = frozenset({FlowStatus.CONTEXT, FlowStatus.SUPERSEDED, FlowStatus.UNSUCCESSFUL})
_CAPITAL = r"[A-Z][\w’'&-]{0,80}"
_SPELLED = re.compile(rf"\b({_CAPITAL}(?:[ -](?:and|of|the|for|to|{_CAPITAL})){{1,8}}) \(([A-Z][\w&-]{{1,9}})\)")


def describe(form: Describe, facts: Facts) -> Draft | None:
    """Return an answer that says what a thing is: in a document's words, the register's and the graph's."""
    thing = form.thing
    entity = thing.entities[0] if thing is not None else None
    names = _names(thing, facts) if thing is not None else [" ".join(form.words)]
    found = _defining(names, facts, most=_MOST)
    sentence = _sentence_of(found[0], names) if found else ""
    said = entity is not None and _is_described(entity, facts)
    if said and entity is not None and not (sentence and _says_what(sentence, names)):
        return _described(entity, facts, found)
    if not found:
        return _described(entity, facts, ()) if entity is not None else None
    items = (entity_item(entity),) if entity is not None else ()
    titled = facts.decisions_titled([name.lower() for name in names], most=3)
    citations = unique([*cite_paragraphs(found, facts), *cite_heads(titled)])
    return Draft(Status.ANSWERED, sentence, items, citations=citations)


def _is_described(entity: Entity, facts: Facts) -> bool:
    """Whether the register or the statements of the graph tell more of a thing than a passage that names it."""
    row = facts.registry.programmes.get(entity.id)
    return entity.kind is not EntityKind.PROGRAMME or bool(row is not None and row.description)


def _names(choice: Choice, facts: Facts) -> list[str]:
    return list(dict.fromkeys([choice.words, *(n for n in facts.names_of(choice.entities[0]) if len(n) >= 3)]))


def _defining(names: Sequence[str], facts: Facts, *, most: int | None = None) -> list[Paragraph]:
    """The passages that say what a name is, best first; with `most`, the first of them."""
    said, lowered = facts.columns.passages_with(*names), [name.lower() for name in names]
    scored: dict[int, tuple[int, int]] = {}
    for rank, pattern in enumerate(_definition_patterns(names)):
        for number, text in said.matching(pattern):
            if number not in scored and any(name in text.lower() for name in lowered):
                length = len(words_of(text))
                scored[number] = rank + (2 if length < _SHORT else 0), -min(length, _LONG)
        best = sorted(scored, key=lambda number: (scored[number], number))[:most]
        if len(best) == most and scored[best[-1]][0] <= rank:
            break  # the patterns that follow find none that comes before these
    return [facts.paragraph(number) for number in best]


def _definition_patterns(names: Sequence[str]) -> list[re.Pattern[str]]:
    """Ways to say what a name is, the plainest first."""
    name = rf"(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})"
    return [
        re.compile(rf"(?i)\b{name}[\"'*)]*(?: \([^)]{{1,40}}\))?\**[^.;:]{{0,40}}? (?:is|are|was) (?:an? |the |one of |"
                   rf"delivered|intensive)"),
        re.compile(rf"(?i)\b{name}\b[^.;:]{{0,60}}?\b(?:aims?|seeks?|provides?|supports?|works?|helps?|offers?|consists?)\b"),
        re.compile(rf"(?i)\(\s*{name}\s*\)"),
        re.compile(rf"(?i)\b{name}(?!\w)"),
    ]  # fmt: skip


def _says_what(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence that begins with the name says in so many words what it is."""
    starts = re.match(rf"(?i)(?:the )?(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", sentence)
    return starts is not None and any(pattern.search(sentence) for pattern in _definition_patterns(names)[:2])


def _sentence_of(paragraph: Paragraph, names: Sequence[str]) -> str:
    sentences = sentences_of(paragraph.text)
    for n, sentence in enumerate(sentences):
        if any(name.lower() in sentence.lower() for name in names):
            return " ".join(sentences[n : n + 2])[:500]
    return paragraph.text[:400]


_DOES = (
    RelationKind.DELIVERS,
    RelationKind.LEADS,
    RelationKind.DEVELOPED,
    RelationKind.EVALUATES,
    RelationKind.PARTNER_IN,
)


def _described(entity: Entity, facts: Facts, passages: Sequence[Paragraph]) -> Draft | None:
    """What the register and the graph say of a thing; None where they say nothing."""
    found = facts.relations_where(_DOES, ids=[entity.id])
    roles = [r for r in found if r.subject == entity and isinstance(r.object, Entity)]
    money = _money(entity, facts)
    if not (roles or money or passages):
        return None
    parts = [part for part in (_roles(roles), _sums(entity, money, facts)) if part]
    text = f"{_opening(entity, facts)}{'; '.join(parts)}".rstrip(":;, ")
    citations = unique(
        [*cite_relations(roles, facts), *cite_flows(money[:6], facts), *cite_paragraphs(passages[:3], facts)]
    )
    return Draft(Status.ANSWERED, f"{text}.", (entity_item(entity),), Value(), citations, flows=tuple(money))


def _opening(entity: Entity, facts: Facts) -> str:
    """What a thing is, in the register's words: "Builder, a charity, ", "Warm Homes: a unit that ...; "."""
    row = facts.registry.row(entity.id) if entity.id in facts.registry else None
    if isinstance(row, Organisation) and row.type not in {"", "other"}:
        kind = row.type.replace("-", " ")
        return f"{entity.name}, {'an' if kind[0] in 'aeiou' else 'a'} {kind}, "
    if isinstance(row, Programme) and row.description:
        return f"{entity.name}: {row.description.rstrip('.')}; "
    return f"{entity.name} "


def _roles(relations: Sequence[StatedRelation]) -> str:
    """ "is a partner in and evaluates Drive"."""
    of_things: dict[str, dict[str, None]] = {}
    for relation in relations:
        if isinstance(relation.object, Entity):
            of_things.setdefault(relation.object.name, {})[RELATED[relation.kind]] = None
    of_roles: dict[tuple[str, ...], list[str]] = {}
    for thing, does in of_things.items():
        of_roles.setdefault(tuple(does), []).append(thing)
    return listed(f"{listed(does)} {listed(things, most=_MOST)}" for does, things in of_roles.items())


def _money(entity: Entity, facts: Facts) -> list[StatedFlow]:
    if entity.kind is EntityKind.FUND:
        found = (s for d in sorted(facts.documents_of_money("fund", [entity.id])) for s in facts.flows_of_document(d))
        return [s for s in found if s.flow.fund == entity]
    sides = (Side.SOURCES, Side.DELIVERIES) if entity.kind is EntityKind.ORGANISATION else (Side.SOURCES,)
    return list(dict.fromkeys(s for side in sides for s in facts.ledger.tally(entity, side).flows))


def _sums(entity: Entity, flows: Sequence[StatedFlow], facts: Facts) -> str:
    if entity.kind is EntityKind.FUND:
        programmes = listed((p.name for s in flows for p in s.flow.programmes), most=_MOST)
        return f"is a fund that pays for {programmes}" if programmes else ""
    got = facts.ledger.tally(entity, Side.SOURCES).flows
    if entity.kind is not EntityKind.ORGANISATION:
        return f"{figure(got)} is on record" if got else ""
    gave = facts.ledger.tally(entity, Side.DELIVERIES).flows
    return listed(
        part for part in (f"got {figure(got)}" if got else "", f"gave {figure(gave)}" if gave else "") if part
    )


def other_names(thing: Choice, facts: Facts) -> Draft | None:
    """Return an answer with the other names of a thing, and what its initials stand for."""
    entity = thing.entities[0]
    aliases = [name for name in facts.names_of(entity)[1:]]
    text = (
        f"{entity.name} is also known as {listed(aliases, most=15)}."
        if aliases
        else f"No other name of {entity.name} is known."
    )
    if thing.words.lower() != entity.name.lower():
        text = f"{thing.words} stands for {entity.name}. {text}"
    items = (entity_item(entity), *(Item(alias, str(entity_iri(entity)), "name") for alias in aliases))
    documents = sorted(facts.documents_naming(entity))
    heads = [facts.heads[d] for d in documents if d in facts.heads]
    spelled = [p for p in _defining([thing.words, entity.name], facts) if f"({thing.words})" in p.text]
    citations = unique([*cite_paragraphs(spelled[:3], facts), *cite_heads(heads[:3])])
    return Draft(Status.ANSWERED, text, items, citations=citations)


def spelled_out(words: str, facts: Facts) -> Draft | None:
    """Return an answer with the long form of some initials, if a document spells them out: "Long Name (LN)"."""
    for number, said in facts.columns.passages_saying(f"({words})"):
        for match in _SPELLED.finditer(said):
            if match.group(2).lower() == words.lower():
                text = f"{match.group(2)} stands for {match.group(1)}."
                items = (Item(match.group(1), "", "name"),)
                return Draft(Status.ANSWERED, text, items, citations=cite_paragraphs([facts.paragraph(number)], facts))
    return None


def connection(form: Path, facts: Facts) -> Draft | None:
    """Return an answer that says how two things are connected: by money, else a common payer, else common work."""
    ends = [{thing_key(entity) for entity in choice.entities} for choice in (form.one, form.other)]
    ways = money_ways(facts.flows.values(), *ends)
    if ways:
        return _along_money(ways[0], facts)
    one, other = ({entity.id for entity in choice.entities} for choice in (form.one, form.other))
    for with_relations in (False, True):
        path = _shortest(one, other, _edges(facts, with_relations=with_relations))
        if path:
            return _told(path, facts)
    return None


def _along_money(way: MoneyWay, facts: Facts) -> Draft:
    """A way told in the direction of the money, each step by its largest payment that belongs to the way."""
    ids = [key.partition("/")[2] for key in way.keys]
    flows = [step.flows[0] for step in way.steps]
    return _told([(ids[0], None), *zip(ids[1:], flows, strict=True)], facts)


def _edges(facts: Facts, *, with_relations: bool) -> dict[str, list[Edge]]:
    graph: dict[str, list[Edge]] = {}

    def add(a: Entity | None, b: Entity | None, why: StatedFlow | StatedRelation) -> None:
        if a is not None and b is not None and a.id != b.id:
            graph.setdefault(a.id, []).append((b.id, why))
            graph.setdefault(b.id, []).append((a.id, why))

    for stated in facts.flows.values():
        flow = stated.flow
        if flow.kind in {FlowKind.ENVELOPE, FlowKind.BID} or flow.status in _NOT_PAID:
            continue
        add(flow.funder, flow.recipient, stated)
        if with_relations:
            for programme in flow.programmes:
                add(flow.funder, programme, stated)
                add(flow.recipient, programme, stated)
                add(programme, flow.place, stated)
            add(flow.fund, flow.funder, stated)
    for relation in facts.relations if with_relations else ():
        if relation.kind in RELATED and isinstance(relation.subject, Entity) and isinstance(relation.object, Entity):
            add(relation.subject, relation.object, relation)
    return graph


def _shortest(
    start: set[str], goal: set[str], graph: dict[str, list[Edge]]
) -> list[tuple[str, StatedFlow | StatedRelation | None]]:
    before: dict[str, Edge | None] = dict.fromkeys(start)
    depth = dict.fromkeys(start, 0)
    waiting = deque(sorted(start))
    while waiting:
        node = waiting.popleft()
        if node in goal:
            path: list[tuple[str, StatedFlow | StatedRelation | None]] = []
            step: Edge | None = before[node]
            while step is not None:
                path.append((node, step[1]))
                node = step[0]
                step = before[node]
            return [(node, None), *path[::-1]] if path else []
        for other, why in graph.get(node, ()) if depth[node] < _LONGEST else ():
            if other not in before:
                before[other] = (node, why)
                depth[other] = depth[node] + 1
                waiting.append(other)
    return []


def _told(path: list[tuple[str, StatedFlow | StatedRelation | None]], facts: Facts) -> Draft:
    things = [entity for id, _ in path if (entity := facts.entity_of(id)) is not None]
    said, flows, relations = [], [], []
    for why in (why for _, why in path if why is not None):
        if isinstance(why, StatedFlow):
            flows.append(why)
            funder = why.flow.funder.name if why.flow.funder else "someone"
            target = why.flow.recipient.name if why.flow.recipient else listed(p.name for p in why.flow.programmes)
            said.append(f"{funder} pays {target} {figure([why], in_years(why.flow.years))}")
        else:
            relations.append(why)
            one = why.subject.name if isinstance(why.subject, Entity) else why.subject_words
            other = why.object.name if isinstance(why.object, Entity) else why.object_words
            said.append(f"{one} {RELATED[why.kind]} {other}")
    text = f"{' → '.join(t.name for t in things)}: {listed(said)}."
    citations = unique([*cite_flows(flows, facts), *cite_relations(relations, facts)])
    items = tuple(entity_item(t) for t in things)
    return Draft(Status.ANSWERED, text, items, Value(count=len(said)), citations, flows=tuple(flows))


def outcome(scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer on the outcome of bids, by the sums that are bids, else by the words of the decisions."""
    found = fitting(scan, facts)
    bids = [
        s
        for s in found.everything
        if s.flow.kind is FlowKind.BID or s.flow.status in {FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED}
    ]
    if bids:
        return _bids_told(bids, scan, facts)
    documents = {s.document for s in found.everything} | {h.document for h in decisions_in(scan, facts)[0][:5]}
    wanted = {stem(word) for word in ("bid", "successful", "unsuccessful", "shortlisted", "declined")}
    passages = [p for d in sorted(documents) for p in facts.paragraphs.get(d, ()) if wanted & p.stems]
    if not passages or not is_narrow(scan):
        return None
    sentences = [s for s in sentences_of(passages[0].text) if wanted & {stem(w) for w in words_of(s)}]
    return Draft(Status.ANSWERED, " ".join(sentences[:3]), citations=cite_paragraphs(passages[:4], facts), level=0.6)


def _bids_told(bids: Sequence[StatedFlow], scan: Scan, facts: Facts) -> Draft:
    said, items = [], []
    for stated in bids:
        flow = stated.flow
        fate = "was unsuccessful" if flow.status is FlowStatus.UNSUCCESSFUL else f"is recorded as {flow.status.value}"
        source = f" to {flow.funder.name}" if flow.funder else ""
        programme = listed(p.name for p in flow.programmes) or subject(scan)
        said.append(f"the bid{source} for {programme} of {pounds(flow.amount)}{in_years(flow.years)} {fate}")
        items.append(Item(programme, stated.iri, "bid", flow.amount, flow.years, flow.status.value))
    text = f"{listed(said)}."
    amount = bids[0].flow.amount if len(bids) == 1 else None
    return Draft(
        Status.ANSWERED,
        text[:1].upper() + text[1:],
        tuple(items),
        Value(amount),
        cite_flows(bids, facts),
        flows=tuple(bids),
    )


def verify(form: Verify, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists the figures that do not add up, or says that the compared figures agree."""
    del form
    documents = set(facts.heads)
    if scan.where:
        documents = {h.document for h in decisions_in(Scan(Rows.AWARDS, scan.where), facts)[0]}
        documents = documents or {s.document for s in fitting(scan, facts).everything}
    if not documents:
        return None
    notes = checks_of_documents(documents, facts)
    wrong = [n for n in notes if n.verdict is Verdict.CONFLICT]
    rounding = [n for n in notes if n.verdict is Verdict.ROUNDING]
    names = listed((facts.heads[d].caption for d in sorted(documents)), most=3)
    shown = facts.checks_in(documents)
    at_odds = sorted({s.document for s in shown if s.check.verdict is Verdict.CONFLICT})
    if wrong:
        each = listed((_at_odds(d, facts) for d in at_odds), most=12)
        text = f"{number_of(len(wrong), 'conflict')} in {number_of(len(at_odds), 'decision')}: {each}."
    elif rounding:
        text = f"The figures of {names} agree but for rounding: {rounding[0].message.rstrip('.')}."
    elif notes:
        text = f"The figures of {names} that were compared agree ({number_of(len(notes), 'check')})."
    else:
        text = f"No figures of {names} could be compared: no total is stated over its parts."
    told = [s for s in shown if s.check.verdict is not Verdict.CONSISTENT or not (wrong or rounding)]
    found = [c for s in told for c in cite(s.document, s.check.evidence, facts)]
    heads = [facts.heads[d] for d in at_odds or sorted(documents)][:20]
    items = tuple(decision_item(facts.heads[d], note=_figures_of(d, facts)) for d in at_odds)
    shown_notes = notes if len(documents) == 1 or not wrong else tuple(wrong)
    return Draft(
        Status.ANSWERED, text, items, Value(count=len(wrong)), unique([*found, *cite_heads(heads)]), shown_notes
    )


def _figures_of(document: str, facts: Facts) -> str:
    """The figures of a decision that are at odds, in pairs."""
    pairs = [s.check.figures[-2:] for s in _conflicts(document, facts) if len(s.check.figures) >= 2]
    return "; ".join(" against ".join(pounds(each) for each in pair) for pair in pairs)


def _at_odds(document: str, facts: Facts) -> str:
    """A decision with the two figures, or with the words of the check where it is not about figures."""
    said = [s.check.message for s in _conflicts(document, facts)]
    return f"{facts.heads[document].caption} ({_figures_of(document, facts) or said[0].rstrip('.')})"


def _conflicts(document: str, facts: Facts) -> list[StatedCheck]:
    return [s for s in facts.checks_in([document]) if s.check.verdict is Verdict.CONFLICT]
