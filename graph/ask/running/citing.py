"""The sources of an answer: citations of flows and relations, and the checks that touch their figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.ask.known.facts import Facts
from graph.ask.known.text import Paragraph
from graph.ask.result import CheckNote, Citation
from graph.model import Evidence, Verdict
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

MOST = 60  #: citations of one answer
_QUOTE = 1200  #: characters of one quote


def cite(document: str, evidence: Iterable[Evidence], facts: Facts) -> list[Citation]:
    """Return a citation for each piece of evidence in one document."""
    head = facts.heads.get(document)
    return [_citation(head, document, e.locator, e.quote) for e in evidence if e.quote]


def _citation(head: DecisionHead | None, document: str, locator: str, quote: str) -> Citation:
    return Citation(
        decision=head.caption if head is not None else document,
        document=document,
        locator=locator,
        quote=quote[:_QUOTE],
        source=head.source if head is not None else "",
        iri=head.iri if head is not None else "",
    )


def cite_flows(flows: Iterable[StatedFlow], facts: Facts) -> tuple[Citation, ...]:
    """Return citations of the words of each flow, each once."""
    return unique(each for stated in flows for each in _of_flow(stated, facts))


def _of_flow(stated: StatedFlow, facts: Facts) -> list[Citation]:
    found = cite(stated.document, stated.flow.evidence[:2], facts)
    notes = facts.corrections.get(stated.iri, ())
    return [replace(each, corrected=". ".join(note.sentence for note in notes)) for each in found] if notes else found


def cite_relations(relations: Iterable[StatedRelation], facts: Facts) -> tuple[Citation, ...]:
    """Return citations of the words of each relation, each once."""
    return unique(c for relation in relations for c in cite(relation.document, relation.evidence[:2], facts))


def cite_heads(heads: Iterable[DecisionHead]) -> tuple[Citation, ...]:
    """Return a citation of each decision itself, with its title as the quote."""
    return unique(_citation(head, head.document, "title", head.title) for head in heads)


def cite_paragraphs(paragraphs: Iterable[Paragraph], facts: Facts) -> tuple[Citation, ...]:
    """Return a citation of each passage."""
    return unique(_citation(facts.heads.get(p.document), p.document, p.locator, p.text) for p in paragraphs)


def unique(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations with each quote of a document once, in order."""
    seen: dict[tuple[str, str, str], Citation] = {}
    for citation in citations:
        seen.setdefault((citation.document, citation.locator, citation.quote), citation)
        if len(seen) == MOST:  # the others are not made
            break
    return tuple(seen.values())


def checks_on(
    documents: Collection[str], amounts: Sequence[Decimal], facts: Facts, *, with_totals: bool = False
) -> tuple[CheckNote, ...]:
    """Return the conflicts and roundings in some documents that name one of the amounts.

    Roundings, and checks that are about a total alone, are marked `aside`.

    Args:
        documents: The documents.
        amounts: The amounts that an answer gives.
        facts: The graph.
        with_totals: Include those that name a total which one of the documents states.
    """
    found = facts.checks_at_odds(documents)
    if not found:
        return ()
    totals = [each.amount for each in facts.totals_in(documents)] if with_totals else []
    answered, near = set(amounts), {*amounts, *totals}
    return tuple(
        CheckNote(
            s.check.verdict, s.check.figures, s.check.message, facts.caption_of(s.document),
            aside=s.check.verdict is Verdict.ROUNDING or not answered & set(s.check.figures),
        )
        for s in found
        if near & set(s.check.figures)
    )  # fmt: skip


def checks_of_documents(documents: Iterable[str], facts: Facts) -> tuple[CheckNote, ...]:
    """Return all checks of some documents, conflicts first."""
    return tuple(
        CheckNote(s.check.verdict, s.check.figures, s.check.message, facts.caption_of(s.document))
        for s in facts.checks_in(documents)
    )
