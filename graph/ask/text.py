"""The words of the documents, sentence by sentence, for comparing a question with them.

A question's words are compared as stems; rare ones weigh more. A sentence is read with what stands around it: its
paragraph, its heading, the decision's title and summary, the rest of the document.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.ask.words import stem, stems_of, words_of
from graph.parse.years import find_years

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9£(\"'“‘])|\n+")
_CALENDAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
#: how much a word counts that stands in the sentence, its paragraph, its heading, beside it, the title, ...
_LIKELY = 4  #: times as many documents are looked at for their years as are wanted
_NOTHING: frozenset[str] = frozenset()
SENTENCE, PARAGRAPH, HEADING, BESIDE, TITLE, SUMMARY, DOCUMENT = 1.0, 0.9, 0.8, 0.6, 0.8, 0.6, 0.35


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question says: any of several sets of stems, or any of some years or dates."""

    said: str
    stems: tuple[frozenset[str], ...] = ()
    years: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  #: what is about it by itself: of a decision or of a body that is named
    weight: float = 1.0  #: how much it tells of what is meant
    rarity: float = 0.5  #: how rare it is, whatever questions are asked with
    is_name: bool = False

    def holds(self, words: frozenset[str], years: frozenset[str] = frozenset()) -> bool:
        """Whether the term stands among some words, or among the years of some text."""
        if self.years or self.calendar:
            return bool((self.years | self.calendar) & years)
        return any(option <= words for option in self.stems)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a row of a table, and the paragraph that it stands in."""

    document: str
    paragraph: int  #: number within the document
    text: str
    stems: frozenset[str]
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage of a document, with its words ready to be compared."""

    document: str
    locator: str
    section: str
    text: str
    stems: frozenset[str]
    id: str = ""  #: of the passage, as search knows it


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around the sentences of one document."""

    title: frozenset[str]
    summary: frozenset[str]
    every: frozenset[str]


class Texts:
    """All documents' words, ready to be asked."""

    def __init__(
        self, paragraphs: Mapping[str, Sequence[Paragraph]], titles: Mapping[str, str], summaries: Mapping[str, str]
    ) -> None:
        """Keep the words.

        Args:
            paragraphs: The passages of each document, in order.
            titles: What names each document: title, reference, body, who signed.
            summaries: The summary of each document.
        """
        self.paragraphs = paragraphs
        self._titles = titles
        self._summaries = summaries
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._years: dict[str, frozenset[str]] = {}

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """The words of each document."""
        found = {}
        for document, parts in self.paragraphs.items():
            title = stems_of(self._titles.get(document, ""))
            summary = stems_of(self._summaries.get(document, ""))
            every = title.union(summary, *(p.stems for p in parts), *(stems_of(p.section) for p in parts))
            found[document] = Frame(title, summary, every)
        return found

    @cached_property
    def _documents_with(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for document, frame in self.frames.items():
            for word in frame.every:
                found[word].add(document)
        return {word: frozenset(documents) for word, documents in found.items()}

    def sentences(self, document: str) -> tuple[Sentence, ...]:
        """Every sentence of a document, read when it is first asked for."""
        if document not in self._sentences:
            self._sentences[document] = tuple(_sentences(self.paragraphs.get(document, ())))
        return self._sentences[document]

    def years(self, document: str) -> frozenset[str]:
        """The years that a document names, in its title or anywhere else."""
        if document not in self._years:
            text = [self._titles.get(document, ""), *(part.text for part in self.paragraphs.get(document, ()))]
            self._years[document] = years_in(" ".join(text))
        return self._years[document]

    def rarity(self, word: str) -> float:
        """How much a stem tells, 0 to 1: little where most documents have it."""
        count = max(len(self.frames), 1)
        held = len(self._documents_with.get(word, ()))
        return math.log((count + 1) / (held + 0.5)) / math.log((count + 1) / 0.5)

    def documents_with(self, term: Term) -> frozenset[str]:
        """The documents that hold a term that is no time anywhere."""
        found = set(term.documents)
        for option in term.stems:
            held = [self._documents_with.get(word, frozenset()) for word in option]
            found |= frozenset.intersection(*held) if held else frozenset()
        return frozenset(found)

    def ranked_documents(self, terms: Sequence[Term], *, most: int = 15) -> list[tuple[str, float]]:
        """The documents that hold the most of what is said, with the share of its weight.

        Times are looked up only in those that hold the most of the rest: most documents name several years.
        """
        every = sum(term.weight for term in terms)
        scores: dict[str, float] = defaultdict(float)
        timed = [term for term in terms if term.years or term.calendar]
        for term in terms:
            for document in self.documents_with(term) if term not in timed else ():
                scores[document] += term.weight
        likely = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[: most * _LIKELY]
        found = {
            document: score + sum(term.weight for term in timed if term.holds(_NOTHING, self.years(document)))
            for document, score in likely
        }
        best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        return [(document, score / every) for document, score in best] if every else []


def level(term: Term, layers: Iterable[tuple[float, frozenset[str], frozenset[str]]]) -> float:
    """How near a term stands: the value of the best layer that holds it, each given with its words and years."""
    return max((value for value, words, years in layers if term.holds(words, years)), default=0.0)


def years_in(text: str) -> frozenset[str]:
    """The financial and calendar years that a text names."""
    financial = {year for mention in find_years(text) for year in mention.years}
    return frozenset(financial | set(_CALENDAR.findall(text)))


def _sentences(parts: Sequence[Paragraph]) -> Iterable[Sentence]:
    for number, part in enumerate(parts):
        for text in sentences_of(part.text):
            yield Sentence(part.document, number, text, stems_of(text), years_in(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a short one stays with the one before it."""
    out: list[str] = []
    for piece in _SENTENCE.split(text):
        piece = piece.strip()
        if not piece:
            continue
        if out and len(words_of(piece)) < 3:
            out[-1] = f"{out[-1]} {piece}"
        else:
            out.append(piece)
    return out


def term_of(words: str, texts: Texts, *, weight: float | None = None, is_name: bool = False) -> Term:
    """The term of a word or a name; a name weighs as its rarest word."""
    stems = frozenset(stem(word) for word in words_of(words))
    rare = max((texts.rarity(word) for word in stems), default=0.0)
    return Term(
        words, (stems,) if stems else (), weight=rare if weight is None else weight, rarity=rare, is_name=is_name
    )
