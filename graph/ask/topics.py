"""Free words against decisions: titles, summaries and passages, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.ask.facts import Facts
from graph.ask.stated import Paragraph
from graph.ask.words import stem, words_of

TITLE, SUMMARY, PASSAGE = 0, 1, 2


def documents_on(stems: Sequence[str], facts: Facts, *, full_text: bool) -> dict[str, int]:
    """Documents whose words hold all the stems, with how near: in the title, the summary, or one passage."""
    wanted = frozenset(stems)
    found: dict[str, int] = {}
    if not wanted:
        return found
    for document in facts.heads:
        if wanted <= facts.title_stems[document]:
            found[document] = TITLE
        elif wanted <= facts.summary_stems[document]:
            found[document] = SUMMARY
    if full_text or not found:
        for document, paragraphs in facts.paragraphs.items():
            if document not in found and any(wanted <= paragraph.stems for paragraph in paragraphs):
                found[document] = PASSAGE
    return found


def passages_with(stems: Iterable[str], document: str, facts: Facts, *, most: int = 2) -> list[Paragraph]:
    """The passages of a document that hold all the stems, or else most of them."""
    wanted = frozenset(stems)
    paragraphs = facts.paragraphs.get(document, ())
    full = [p for p in paragraphs if wanted <= p.stems]
    if full:
        return full[:most]
    scored = sorted(
        ((len(wanted & p.stems), -n, p) for n, p in enumerate(paragraphs)), key=lambda t: t[:2], reverse=True
    )
    return [p for score, _, p in scored[:most] if score]


def stems_of_phrase(phrase: str) -> list[str]:
    """The stems of the words of a name or a phrase."""
    return [stem(word) for word in words_of(phrase)]
