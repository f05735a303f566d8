"""The names, times and describing words of a question as weighted terms, to compare documents with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from graph.ask.known.facts import Facts
from graph.ask.known.text import Term, term_of
from graph.ask.known.words import general_words, grammar_words, numbered, stem, words_of
from graph.ask.language.terms import Choice, Period, Says
from graph.ask.reading.link import LinkedQuestion
from graph.ask.reading.wordings import load_wordings
from graph.search.thesaurus import meanings
from graph.settings import Settings

_TOKEN = re.compile(r"\b(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+\b")
_FIGURE = re.compile(r"[\d.,£]+")
_GENERAL = 0.2  #: how much a word of the field counts beside one that tells
_NAME = 1.2  #: how much a name counts beside a word as rare
_TIME, _REFERENCE, _STEP = 0.5, 1.5, 0.7  #: how much a time, a reference and a numbered round count
_LONGEST = 6  #: years of a span whose every year counts


def words_asked(linked: LinkedQuestion) -> list[str]:
    """Return the words of a question that are neither names nor grammar nor figures, each once.

    Numbered rounds come last.
    """
    asked = _TOKEN.sub(" ", linked.masked)
    steps = numbered(asked)
    parts = {part for step in steps for part in step.split("#")}
    words = [word for word in words_of(asked) if word not in grammar_words() and not _FIGURE.fullmatch(word)]
    return list(dict.fromkeys([*(word for word in words if word not in parts), *steps]))


def term_of_word(word: str, facts: Facts) -> Term:
    """Return the term of one word, with the synonyms that the thesaurus has for it; typing errors are mended."""
    step = numbered(word)
    if step and " " in word:
        return term_of_word(step[0], facts)
    if word not in facts.word_terms:
        facts.word_terms[word] = _of_word(word, _meanings(word), facts)
    return facts.word_terms[word]


def terms_said(conditions: Iterable[object], facts: Facts, *, without: bool = False) -> list[Term]:
    """Return the terms of the words in `Says` conditions, each once.

    With `without`, these are the words that must not stand in a row.
    """
    said = (w for c in conditions if isinstance(c, Says) and c.without is without for w in c.words)
    return [term_of_word(word, facts) for word in dict.fromkeys(said)]


def _of_word(word: str, also: Sequence[tuple[frozenset[str], ...]], facts: Facts) -> Term:
    if "#" in word:
        return Term(word.replace("#", " "), (frozenset({word}),), weight=_STEP, rarity=_STEP)
    mended = facts.mended(word)
    found = term_of(mended, facts.texts)
    others = {option for options in also for option in options}
    weight = found.weight * (_GENERAL if mended in general_words() else 1.0) * _is_asked_with(mended)
    return replace(
        found, said=word, stems=(*found.stems, *sorted(others - set(found.stems), key=sorted)), weight=weight
    )


def _meanings(words: str) -> list[tuple[frozenset[str], ...]]:
    """Return the thesaurus's terms for everyday words: for each of its entries, the terms as sets of stems."""
    found = []
    for meant in meanings(words, Settings().data):
        options = tuple(frozenset(stem(part) for part in words_of(term)) for term in meant)
        found.append(options)
    return found


@cache
def _asking_counts() -> Counter[str]:
    """Return, for each stem, the number of collected wordings that contain it outside their slots."""
    return Counter(word for wording in load_wordings() for word in {stem(w) for w in words_of(wording.without_slots)})


def _is_asked_with(word: str) -> float:
    """Return the share of its weight that a word keeps, 0 to 1: a word that many questions contain tells little."""
    return float((1 + _asking_counts()[stem(word)]) ** -0.4)


def term_of_period(period: Period) -> Term:
    """Return the term of a time; a calendar year also matches the two financial years that it overlaps."""
    years = set(period.years)
    calendar = {str(year) for year in period.calendar}
    bounds = [int(date[:4]) for date in (period.first, period.last) if date]
    if bounds and len(bounds) == 2 and bounds[1] - bounds[0] <= _LONGEST:
        calendar |= {str(year) for year in range(bounds[0], bounds[1] + 1)}
    elif bounds:
        calendar |= {str(year) for year in bounds}
    for year in map(int, sorted(calendar)):
        years |= {f"{year}/{(year + 1) % 100:02d}", f"{year - 1}/{year % 100:02d}"}
    return Term(period.words, years=frozenset(years), calendar=frozenset(calendar), weight=_TIME)


def term_of_reference(key: str, facts: Facts) -> Term:
    """Return the term of a decision's reference, given by its key."""
    documents = facts.documents_of_keys([key])
    printed = {facts.caption(iri) for iri in facts.by_key.get(key, ())} | {key}
    stems = tuple(sorted((frozenset(stem(word) for word in words_of(name)) for name in printed), key=sorted))
    return Term(key, stems, documents=documents, weight=_REFERENCE, is_name=True)


def term_of_person(name: str, facts: Facts) -> Term:
    """Return the term of a person who signs decisions."""
    signed = facts.documents_signed_by({name})
    return Term(name, (frozenset({stem(name.split()[-1].lower())}),), documents=signed, is_name=True)


def term_of_choice(choice: Choice, facts: Facts) -> Term:
    """Return the term of a name: any spelling of it matches, and any document whose money or facts name the thing."""
    names = [choice.words, *(name for entity in choice.entities for name in facts.names_of(entity))]
    stems = {frozenset(stem(w) for w in words_of(name) if w not in grammar_words()) for name in names}
    options = tuple(sorted((option for option in stems if option), key=sorted))
    documents: set[str] = set()
    for entity in choice.entities:
        documents |= facts.documents_naming(entity)
    rare = term_of(choice.words, facts.texts).weight
    return Term(choice.words, options, documents=frozenset(documents), weight=_NAME * max(rare, 0.35), is_name=True)
