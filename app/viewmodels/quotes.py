"""Quotations: the words that a statement rests on, their place, and the link to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.links import decision_link
from app.viewmodels.words import date
from graph.model import Evidence
from graph.stated.decisions import DecisionHead


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation."""

    words: str
    source: str  #: the decision's reference or title
    place: str  #: locator in words, "paragraph 3.2"
    href: str  #: the decision's page at that paragraph
    published: str = ""  #: address of the published record; "" where none is known
    dated: str = ""  #: when the decision was signed, in words; "" where it does not say
    corrected: str = ""  #: in a sentence, where a person set right what was read from the words


def quotes_of(evidence: Iterable[Evidence], document: str, head: DecisionHead | None) -> tuple[Quote, ...]:
    """Return the evidence of a statement as quotations from its document."""
    return tuple(
        Quote(
            words=words.quote,
            source=head.caption if head else document,
            place=place_words(words.locator, words.page),
            href=decision_link(document, at=words.locator),
            published=head.source if head else "",
            dated=words_of_date(head),
        )
        for words in evidence
    )


def words_of_date(head: DecisionHead | None) -> str:
    """Return the date of a decision's signature in words; "" if unknown."""
    return date(head.signed) if head and head.signed else ""


def cited(
    citations: Iterable[Mapping[str, str | None]], heads: Mapping[str, DecisionHead] | None = None
) -> tuple[Quote, ...]:
    """Return the citations of an answer (as in `whofunds ask --json`) as quotations, without repeats."""
    quotes: dict[tuple[str, str, str], Quote] = {}
    for citation in citations:
        document, locator = citation.get("document") or "", citation.get("locator") or ""
        quote = Quote(
            words=citation.get("quote") or "",
            source=citation.get("decision") or document,
            place=place_words(locator),
            href=decision_link(document, at=locator),
            published=citation.get("source") or "",
            dated=words_of_date((heads or {}).get(document)),
            corrected=citation.get("corrected") or "",
        )
        quotes.setdefault((document, locator, quote.words), quote)
    return tuple(quotes.values())


def place_words(locator: str, page: int | None = None) -> str:
    """Return "paragraph 3.2, page 4" for a bare number; other locators unchanged."""
    bare = locator.replace(".", "").isdigit()
    place = f"paragraph {locator}" if bare else locator
    return ", ".join(part for part in (place, f"page {page}" if page else "") if part)
