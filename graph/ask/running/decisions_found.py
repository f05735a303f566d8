"""The decisions in a set, in the order of time, and how well they match the set's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from graph.ask.known.facts import Facts
from graph.ask.known.text import Term, level, term_of, years_in
from graph.ask.language.terms import During, Named, Period, Referred, Role, Rows, Scan, Sized
from graph.ask.reading.terms import terms_said
from graph.ask.running.bounds import financial_years
from graph.ask.running.matching import fitting
from graph.ask.running.whom import ids, party_ids, places_within
from graph.stated.decisions import DecisionHead

_YEAR = re.compile(r"(?:19|20)\d\d")
_ACRONYM = 4  #: letters that make a name of capitals one by itself
_CLOSE = 0.11  #: so much less than the best a decision may hold
ENOUGH = 0.6  #: of what the words weigh, which a decision's title and summary must hold


def decisions_in(scan: Scan, facts: Facts) -> tuple[list[DecisionHead], float]:
    """Return the loaded decisions that meet every condition, oldest first, and how well the words fit, 0 to 1."""
    heads = _heads_among(scan, facts)
    for condition in scan.where:
        if isinstance(condition, Referred) and condition.role is not Role.DECISION:
            heads = [h for h in heads if facts.signed_by(h.document) in condition.names]
        elif isinstance(condition, Named) and condition.role is Role.BODY and condition.without:
            bodies = party_ids(condition.choices, facts)
            heads = [h for h in heads if h.body is None or h.body.id not in bodies]
        elif isinstance(condition, During) and scan.rows is Rows.DECISIONS:
            heads = [h for h in heads if _signed_within(h, condition.period) or _titled(h, condition.period)]
    documents = {h.document for h in heads}
    if any(isinstance(condition, Sized) for condition in scan.where):
        sums = fitting(Scan(Rows.AWARDS, scan.where), facts, without={Role.BODY}).money
        documents &= {s.document for s in sums}
    if unsaid := terms_said(scan.where, facts, without=True):
        documents = {d for d in documents if not any(t.holds(facts.texts.frames[d].title) for t in unsaid)}
    fit = 1.0
    words = terms_said(scan.where, facts)
    if words and documents:
        documents, fit = _saying(words, documents, facts)
    return sorted((h for h in heads if h.document in documents), key=lambda h: order_of(h, facts)), fit


def _heads_among(scan: Scan, facts: Facts) -> list[DecisionHead]:
    """The decisions that a set names by their references, their bodies or what they are about; all without names."""
    found: list[Collection[str]] = []
    for c in scan.where:
        if isinstance(c, Referred) and c.role is Role.DECISION:
            found.append(facts.documents_of_keys(c.names))
        elif isinstance(c, Named) and c.role is Role.BODY and not c.without:
            found.append(facts.documents_of_bodies(party_ids(c.choices, facts)))
        elif isinstance(c, Named) and not c.without:
            found.append(_naming(c, facts))
    if not found:
        return list(facts.heads.values())
    among = set(found[0]).intersection(*found[1:])
    return [facts.heads[d] for d in facts.columns.in_order(among) if d in facts.heads]


def _saying(terms: Sequence[Term], documents: set[str], facts: Facts) -> tuple[set[str], float]:
    every = sum(t.weight for t in terms) or 1.0
    scores = {}
    none: frozenset[str] = frozenset()
    for document in facts.texts.holding_most(terms, documents, ENOUGH - _CLOSE):
        frame = facts.texts.frames.get(document)
        if frame is not None:
            layers = ((1.0, frame.title, none), (0.9, frame.summary, none), (0.8, frame.every, none))
            scores[document] = sum(t.weight * level(t, layers) for t in terms) / every
    best = max(scores.values(), default=0.0)
    if best < ENOUGH:
        return set(), best
    return {d for d, score in scores.items() if score >= best - _CLOSE}, best


def _naming(condition: Named, facts: Facts) -> set[str]:
    """Documents with sums or facts about what a condition names, or whose title bears its name."""
    if condition.role is Role.PLACE:
        within = places_within(condition.choices, facts)
        found = {d for id in within for d in facts.documents_of_id(id)}
    elif condition.role in {Role.FUNDER, Role.RECIPIENT, Role.PARTY}:
        found = {d for id in party_ids(condition.choices, facts) for d in facts.documents_of_id(id)}
    else:
        found = {d for id in ids(condition.choices) for d in facts.documents_of_id(id, mentioned=False)}
    terms = [term_of(name, facts.texts) for c in condition.choices for name in (c.label, c.words)]
    return found.union(*(facts.texts.named(term) for term in terms if _is_telling(term)))


def _is_telling(term: Term) -> bool:
    """Whether a name is one by its words alone: of several words, or in capitals."""
    return len(next(iter(term.stems), frozenset())) > 1 or (term.said.isupper() and len(term.said) >= _ACRONYM)


def is_of_no_day(head: DecisionHead) -> bool:
    """Return True if nothing says when a decision was made: no signature, and no year in title or reference."""
    return not head.signed and not years_in(f"{head.title} {head.reference or ''}")


def _titled(head: DecisionHead, period: Period) -> bool:
    """Whether a decision is for the time by its title, where no day of signature is stated."""
    years = {*financial_years(period), *(str(y) for y in period.calendar)}
    return not head.signed and bool(years & years_in(f"{head.title} {head.reference or ''}"))


def _signed_within(head: DecisionHead, period: Period) -> bool:
    signed = head.signed
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
    """Return a sort key for decisions in the order of time: day of signature, else the first year of their money."""
    if head.signed:
        return (head.signed, head.caption)
    years = [y for s in facts.flows_of_document(head.document) for y in s.flow.years[:1]]
    if years:
        return (f"{min(years)[:4]}-04", head.caption)
    found = _YEAR.search(head.title) or _YEAR.search(head.caption)
    return (found.group() if found else "9999", head.caption)
