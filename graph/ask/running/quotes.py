"""Executes the form that quotes: the sentences that say most of a question, with the figure or date it wants."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from graph.ask.known.facts import Facts
from graph.ask.known.text import (
    BESIDE,
    DOCUMENT,
    HEADING,
    PARAGRAPH,
    SENTENCE,
    SUMMARY,
    TITLE,
    Paragraph,
    Sentence,
    Term,
    level,
    years_in,
)
from graph.ask.known.words import grammar_words, stem, stems_of
from graph.ask.language.phrases import in_words, pounds
from graph.ask.language.terms import During, Named, Quote, Referred, Role, Says, Wanted
from graph.ask.reading.lists import unit_counted
from graph.ask.reading.terms import term_of_choice, term_of_period, term_of_person, term_of_reference, term_of_word
from graph.ask.result import Item, Status, Value
from graph.ask.running.citing import cite_paragraphs, unique
from graph.ask.running.draft import Draft
from graph.ask.running.quoted_figures import FIGURED, Figure, figures_in, gist, only_figures
from graph.model import EntityKind

_NONE: frozenset[str] = frozenset()
DOCUMENTS = 12  #: that are looked into
LOCAL = 0.4  #: how much what tells the sentences of a document apart counts beside the rest
_ABOUT = 0.95  #: how near a name is that a document is about
_LEAST_LOCAL, _REASONED = 0.15, 0.05
_REASON = re.compile(
    r"\b(?:because|due to|since|so that|in order to|as a result|following|reason|owing to|given that|therefore|"
    r"to allow|to enable|to ensure|after|as the)\b",
    re.IGNORECASE,
)
_BESIDE = 3  #: passages of the same document that are cited besides
_BESIDE_NUMBER = 40  #: characters beside a number that say what it counts
_HELD, _NEAR = 0.5, 0.9  #: how near a word must stand to be held by a sentence's document, and by the sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that answers, with how much of the question's words it holds, and the wanted figure in it."""

    sentence: Sentence
    paragraph: Paragraph
    score: float
    levels: tuple[float, ...]  #: how near each term stands
    figure: Figure | None = None
    lead: float = 1.0  #: by how much the figure's own words hold more than those of the next
    words: float = 0.0  #: the share of the words' weight that it holds
    local: float = 0.0  #: the same of what tells the sentences of its document apart


class _Scored(NamedTuple):
    """A sentence before figures are looked for; a tuple, since there are thousands."""

    score: float
    sentence: Sentence
    levels: tuple[float, ...]
    words: float
    local: float


def best_sentences(terms: Sequence[Term], wanted: Wanted, facts: Facts, *, asked: str, most: int = 5) -> list[Found]:
    """Return the sentences that hold most of the terms and the wanted sort of expression, best first.

    Args:
        terms: What the question says.
        wanted: The sort of expression that the sentence must hold.
        facts: The graph.
        asked: The question: a figure in it is not its answer.
        most: The largest number of sentences.
    """
    every = sum(term.weight for term in terms)
    if not every:
        return []
    ranked = facts.texts.ranked_documents(terms, most=DOCUMENTS)
    stated = frozenset(gist(figure) for figure in figures_in(asked, wanted))
    scored: list[_Scored] = []
    for document, _ in ranked:
        scored += _in_document(document, terms, every, wanted, facts)
    scored.sort(key=lambda f: (-f.score, f.sentence.document, f.sentence.paragraph))
    found: list[Found] = []
    for each in scored:  # figures are looked for in the best alone
        figures = [figure for figure in figures_in(each.sentence.text, wanted) if gist(figure) not in stated]
        if figures or wanted not in FIGURED:
            found.append(_found(each, figures, terms, facts))
        if len(found) == most:
            break
    return found


def _in_document(document: str, terms: Sequence[Term], every: float, wanted: Wanted, facts: Facts) -> list[_Scored]:
    parts = facts.paragraphs.get(document, ())
    if not parts:
        return []
    outer = _around(document, terms, facts)
    near = [s for s in facts.texts.sentences(document) if parts[s.paragraph].id not in facts.furniture]
    by_term = [_levels(document, term, near, parts, facts) for term in terms]
    every_inner = list(zip(*by_term, strict=True))
    local = _local_weights(terms, every_inner)
    here = sum(local)
    weights = [term.weight for term in terms]
    out = []
    for sentence, inner in zip(near, every_inner, strict=True):
        levels = tuple(map(max, inner, outer))
        words = sum(map(mul, weights, levels)) / every
        told_here = sum(map(mul, local, inner)) / here if here else 0.0
        score = words + LOCAL * told_here
        score += _REASONED if wanted is Wanted.REASON and _REASON.search(sentence.text) else 0.0
        out.append(_Scored(score, sentence, levels, words, told_here))
    return out


def _found(each: _Scored, figures: Sequence[Figure], terms: Sequence[Term], facts: Facts) -> Found:
    """The sentence with that of its figures which is meant; it makes no difference to the order of sentences."""
    sentence = each.sentence
    part = facts.paragraphs[sentence.document][sentence.paragraph]
    best, lead = _best_figure(sentence.text, figures, terms) if figures else (None, 1.0)
    return Found(sentence, part, each.score, each.levels, best, lead, each.words, each.local)


def _levels(
    document: str, term: Term, near: Sequence[Sentence], parts: Sequence[Paragraph], facts: Facts
) -> tuple[float, ...]:
    """How near a term stands to each sentence of a document that may be quoted."""

    def make() -> tuple[float, ...]:
        if term.is_time:  # only sentences and whole documents are compared by their years
            return tuple(SENTENCE if term.holds(_NONE, sentence.years) else 0.0 for sentence in near)
        may = [term.may_stand_in(part.text.lower()) for part in parts]
        beside: dict[int, float] = {}  # of each paragraph, whatever the sentence
        out = []
        for sentence in near:
            number = sentence.paragraph
            if may[number] and term.holds(sentence.stems):
                out.append(SENTENCE)
                continue
            if number not in beside:
                beside[number] = _beside_sentence(term, number, parts, may)
            out.append(beside[number])
        return tuple(out)

    return facts.kept.value("levels", (document, term.stems, term.years, term.calendar), make)


def _beside_sentence(term: Term, number: int, parts: Sequence[Paragraph], may: Sequence[bool]) -> float:
    """How near a term of words stands to the sentences of a paragraph that do not hold it themselves.

    `may` says of each paragraph whether it may hold the term: most are not taken apart for it.
    """
    part = parts[number]
    if may[number] and term.holds(part.stems):
        return PARAGRAPH
    if term.holds(_section_stems(part.section)):
        return HEADING
    around = [each for each in parts[max(0, number - 1) : number + 2] if each is not part]
    if not term.may_stand_in(" ".join(each.text for each in around).lower()):
        return 0.0
    return BESIDE if term.holds(_NONE.union(*(each.stems for each in around))) else 0.0


def _around(document: str, terms: Sequence[Term], facts: Facts) -> list[float]:
    """How near the document as a whole brings each term: a name that it is about is as good as in each sentence."""
    frame = facts.texts.frames[document]
    years = facts.texts.years(document) if any(term.is_time for term in terms) else _NONE
    layers = ((TITLE, frame.title, _NONE), (SUMMARY, frame.summary, _NONE), (DOCUMENT, frame.every, years))
    found = []
    for term in terms:
        value = max(TITLE if document in term.documents else 0.0, level(term, layers))
        found.append(_ABOUT if term.is_name and value >= TITLE else value)
    return found


def _local_weights(terms: Sequence[Term], levels: Sequence[Sequence[float]]) -> list[float]:
    """How much each term tells one sentence of a document from the others."""
    count = len(levels)
    out = []
    for number, term in enumerate(terms):
        held = sum(row[number] >= PARAGRAPH for row in levels)
        rare = math.log((count + 1) / (held + 0.5)) / math.log((count + 1) / 0.5) if held else 0.0
        out.append((_LEAST_LOCAL + term.rarity) * max(rare, 0.0))
    return out


@lru_cache(maxsize=20_000)
def _section_stems(section: str) -> frozenset[str]:
    return stems_of(section)


#: what stands before a figure that the words before it are about, and after one that the words after it are about
_OWNED_BEFORE = re.compile(
    r"(?:[:|=(–—-]|\b(?:is|was|are|were|of|at|to|totall?ing|totals|costs?|worth|gets?|receives?|only|about|around))\s*$"
)
_OWNED_AFTER = re.compile(
    r"\s*(?:\(|(?:for|from|to|of|in|towards|as|per|each|a|an|by|on|over|and other)\b)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;.]|, (?:and|with|of which)\b")
_NEXT, _NEXT_TO = 3, 0.9  #: words beside a figure that are near it on either side, and how much they count
_FAR = 0.4  #: how much words count that are in the sentence, but on the side of the figure that is not about it


def _best_figure(text: str, figures: Sequence[Figure], terms: Sequence[Term]) -> tuple[Figure, float]:
    """The figure whose own words say most of what the question says, and by how much more than the next."""
    if len(figures) == 1:
        return figures[0], 1.0
    every = sum(term.weight for term in terms) or 1.0
    gaps = [text[: figures[0].start], *(text[a.end : b.start] for a, b in pairwise(figures)), text[figures[-1].end :]]
    scores = []
    for number in range(len(figures)):
        before, after = gaps[number], gaps[number + 1]
        is_before = bool(_OWNED_BEFORE.search(before)) or number == 0
        of_former = number > 0 and bool(_OWNED_AFTER.match(before)) and not is_before
        own_before = 1.0 if is_before else _FAR if of_former else 0.7
        own_after = 1.0 if _OWNED_AFTER.match(after) else _FAR
        near_before = _CLAUSE.split(before)[-1] if number else before
        near_after = _CLAUSE.split(after)[0]
        next_to = " ".join([*before.split()[-_NEXT:], *after.split()[:_NEXT]])
        layers = (
            (_NEXT_TO, stems_of(next_to), years_in(next_to)),
            (own_before, stems_of(near_before), years_in(near_before)),
            (own_after, stems_of(near_after), years_in(near_after)),
            (_FAR / 2, stems_of(before) | stems_of(after), _NONE),
        )
        scores.append(sum(t.weight * level(t, layers) for t in terms) / every)
    ranked = sorted(scores, reverse=True)
    return figures[scores.index(ranked[0])], ranked[0] - ranked[1]


# --- the answer


def quote(form: Quote, facts: Facts) -> Draft | None:
    """Return an answer that quotes the sentence which says most of the question, in the document's words."""
    terms = terms_in(form, facts)
    found = best_sentences(terms, form.wanted, facts, asked=form.said)
    return drafted(form, found, terms, facts) if found else None


def terms_in(form: Quote, facts: Facts) -> list[Term]:
    """Return the terms of a form's conditions."""
    terms: list[Term] = []
    for condition in form.of.where:
        if isinstance(condition, Named) and not condition.without:
            terms += [term_of_choice(choice, facts) for choice in condition.choices]
        elif isinstance(condition, Referred) and condition.role is Role.DECISION:
            terms += [term_of_reference(name, facts) for name in condition.names]
        elif isinstance(condition, Referred):
            terms += [term_of_person(name, facts) for name in condition.names]
        elif isinstance(condition, During):
            terms += [term_of_period(condition.period)]
        elif isinstance(condition, Says) and not condition.without:
            terms += [term_of_word(word, facts) for word in condition.words]
    return [term for term in terms if term.weight]


def drafted(form: Quote, found: Sequence[Found], terms: Sequence[Term], facts: Facts) -> Draft:
    """Return an answer that quotes the best sentence, and cites the sentences beside it."""
    best = found[0]
    caption = facts.caption_of(best.sentence.document)
    said = best.sentence.text.strip()
    figure, value = best.figure, Value()
    if figure is not None and figure.amount is not None:
        value, answer = Value(amount=figure.amount), pounds(figure.amount)
    elif figure is not None and figure.date:
        value, answer = Value(date=figure.date), in_words(figure.date)
    elif figure is not None and figure.number is not None and form.wanted is Wanted.PERCENT:
        value, answer = Value(percent=figure.number), f"{figure.number} per cent"
    elif figure is not None and figure.number is not None:
        whole = figure.number == figure.number.to_integral_value()
        value, answer = Value(count=int(figure.number) if whole else None), f"{figure.number:,}"
    else:
        answer = figure.words if figure is not None else ""
        value = only_figures(said, form.said) if figure is None else value
    text = f"{answer + ': ' if answer else ''}{caption} says: “{said}”"
    beside = [f.paragraph for f in found[1:] if f.sentence.document == best.sentence.document]
    names = tuple(Item(name, "", "name") for name in _names_in(best, form, facts))
    paragraphs = [best.paragraph, *dict.fromkeys(p for p in beside if p != best.paragraph)][: _BESIDE + 1]
    return Draft(
        Status.ANSWERED, text, names, value, unique(cite_paragraphs(paragraphs, facts)),
        level=round(best.words, 3), signs=_signs(found, terms, form),
    )  # fmt: skip


def _signs(found: Sequence[Found], terms: Sequence[Term], form: Quote) -> dict[str, float]:
    """How well the best sentence answers, beside the share of the words that it holds."""
    best = found[0]
    others = [f for f in found[1:] if gist(f.figure) != gist(best.figure) or form.wanted is Wanted.WORDS]
    missed = [t.weight for t, value in zip(terms, best.levels, strict=True) if value < _HELD]
    named = [value for t, value in zip(terms, best.levels, strict=True) if t.is_name]
    near = sum(t.weight for t, value in zip(terms, best.levels, strict=True) if value >= _NEAR)
    figures = len(figures_in(best.sentence.text, form.wanted))
    return {
        "local": best.local,
        "rival": best.score - others[0].score if others else 0.5,
        "rival elsewhere": next(
            (best.score - f.score for f in found if f.sentence.document != best.sentence.document), 0.5
        ),
        "missed most": max(missed, default=0.0),
        "missed": sum(missed) / sum(t.weight for t in terms),
        "near": near / sum(t.weight for t in terms),
        "name least": min(named, default=0.7),
        "unit": float(_counts(best, form)),
        "words near": _words_near(best, terms),
        "figures": min(figures, 4) / 4,
        "lead": min(best.lead, 0.5) if figures > 1 else 0.5,
        "weight": min(sum(t.weight for t in terms), 4.0) / 4,
    }


def _words_near(best: Found, terms: Sequence[Term]) -> float:
    """The share of the words that name nothing which stand in the sentence itself."""
    words = [(t.weight, value) for t, value in zip(terms, best.levels, strict=True) if not t.is_name and t.stems]
    every = sum(weight for weight, _ in words)
    return sum(weight for weight, value in words if value >= _NEAR) / every if every else 0.5


def _counts(best: Found, form: Quote) -> bool:
    """Whether the number in the sentence is of what the question counts."""
    unit = unit_counted(form.said.lower())
    if best.figure is None or not unit:
        return False
    text = best.sentence.text
    beside = text[max(0, best.figure.start - _BESIDE_NUMBER) : best.figure.end + _BESIDE_NUMBER]
    return bool(stems_of(beside) & {stem(word) for word in unit.split() if word not in grammar_words()})


def _names_in(best: Found, form: Quote, facts: Facts) -> list[str]:
    """The bodies or places that the sentence names and the question does not."""
    if form.wanted not in {Wanted.NAME, Wanted.PLACE}:
        return []
    asked = {e.id for c in form.of.where if isinstance(c, Named) for choice in c.choices for e in choice.entities}
    kind = EntityKind.ORGANISATION if form.wanted is Wanted.NAME else EntityKind.PLACE
    text = best.sentence.text
    known = [m.entity for m in facts.names.find(text, kinds={kind}) if m.entity.id not in asked]
    brought = [
        e
        for e in facts.entities_of_document(best.sentence.document)
        if e.kind is kind and e.id not in asked and e.name.lower() in text.lower()
    ]
    names = list(dict.fromkeys(e.name for e in (*known, *brought)))
    return [name for name in names if not any(name != other and name in other for other in names)]
