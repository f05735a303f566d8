"""The words of the documents, sentence by sentence, for comparing a question with them.

A question's words are compared as stems; rare ones weigh more. A sentence is read with what stands around it: its
paragraph, its heading, the decision's title and summary, the rest of the document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from graph.ask.known.words import stem, stems_of, words_of
from graph.columns.columns import Columns
from graph.columns.lookups import LookedUp
from graph.columns.postings import Postings
from graph.columns.texts import title_text
from graph.parse.years import named_years
from graph.registry import Registry
from graph.stated.decisions import DecisionHead

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9£(\"'“‘])|\n+")
#: how much a word counts that stands in the sentence, its paragraph, its heading, beside it, the title, ...
_LIKELY = 4  #: times as many documents are looked at for their years as are wanted
_NOTHING: frozenset[str] = frozenset()
_NEAR = 1e-9  #: by how much sums of weights may differ by rounding
years_in = lru_cache(maxsize=50_000)(named_years)
SENTENCE, PARAGRAPH, HEADING, BESIDE, TITLE, SUMMARY, DOCUMENT = 1.0, 0.9, 0.8, 0.6, 0.8, 0.6, 0.35


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question mentions: words (any of several sets of stems will do), or years or dates."""

    said: str
    stems: tuple[frozenset[str], ...] = ()
    years: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  #: what is about it by itself: of a decision or of a body that is named
    weight: float = 1.0  #: how much it tells of what is meant
    rarity: float = 0.5  #: how rare it is, whatever questions are asked with
    is_name: bool = False

    @property
    def is_time(self) -> bool:
        """Whether the term stands for years or dates rather than for words."""
        return bool(self.years or self.calendar)

    def holds(self, words: Container[str], years: Container[str] = frozenset()) -> bool:
        """Return True if `words` contain all stems of one of the term's options.

        A term that stands for a time is held if one of its years or dates is in `years`.
        """
        if self.is_time:
            return any(year in years for year in self.years) or any(year in years for year in self.calendar)
        if isinstance(words, frozenset):
            return any(map(words.issuperset, self.stems))
        return any(all(word in words for word in option) for option in self.stems)

    def may_stand_in(self, lowered: str) -> bool:
        """Return False for a text, in lower case, whose stems cannot hold the term: it need not be taken apart."""
        for option in _beginnings(self.stems):
            for begins in option:
                if begins not in lowered:
                    break
            else:
                return True
        return False


@lru_cache(maxsize=1_000)
def _beginnings(options: tuple[frozenset[str], ...]) -> tuple[tuple[str, ...], ...]:
    """What a text contains where it has a word of each stem: the stem's letters, but for endings that it changes."""
    return tuple(tuple(re.split("['#]", each)[0].rstrip("i") for each in option) for option in options)


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a row of a table, with the paragraph that it stands in."""

    document: str
    paragraph: int  #: number within the document
    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the sentence's words."""
        return stems_of(self.text)

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that the sentence names; worked out only on demand, as few questions mention a time."""
        return years_in(self.text)


@dataclass(frozen=True)
class Paragraph:
    """One passage of a document, with its words ready to be compared."""

    document: str
    locator: str
    section: str
    text: str
    id: str = ""  #: of the passage, as search knows it

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the passage's words."""
        return stems_of(self.text)


class Frame:
    """The words that surround every sentence of one document: its title, its summary, and all of its text."""

    def __init__(self, title: str, summary: str, every: Container[str]) -> None:
        """Keep the words around the sentences.

        Args:
            title: What names the document: title, reference, body and signer.
            summary: The decision's summary.
            every: All stems that the document contains.
        """
        self._title = title
        self._summary = summary
        self.every = every

    @cached_property
    def title(self) -> frozenset[str]:
        """The stems of what names the document: title, reference, body, who signed."""
        return stems_of(self._title)

    @cached_property
    def summary(self) -> frozenset[str]:
        """The stems of the decision's summary."""
        return stems_of(self._summary)


class _Words:
    """The stems or the years of one document as a container, looked up in a table of all documents."""

    def __init__(self, postings: Postings, number: int) -> None:
        self._postings = postings
        self._number = number

    def __contains__(self, word: object) -> bool:
        return self._postings.has(str(word), self._number)


class Texts:
    """The words of all documents, looked up by document or by term."""

    def __init__(
        self,
        columns: Columns,
        paragraphs: Mapping[str, Sequence[Paragraph]],
        heads: Mapping[str, DecisionHead],
        registry: Registry,
    ) -> None:
        """Keep the tables of words.

        Args:
            columns: The tables that say which document contains which stems.
            paragraphs: The passages of each document, in order.
            heads: The decision of each document.
            registry: The registry; the aliases of the deciding body count as words that name a document.
        """
        self.paragraphs = paragraphs
        self._columns = columns
        self._heads = heads
        self._registry = registry
        self._words = columns.postings("document_words")
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self.frames: Mapping[str, Frame] = LookedUp(self._frame, lambda: self.paragraphs)

    def _frame(self, document: str) -> Frame | None:
        number = self._columns.numbers_of_documents.get(document)
        if number is None or not self._columns.has_text(number):
            return None
        head = self._heads.get(document)
        return Frame(self._title(document), head.summary if head else "", _Words(self._words, number))

    def _title(self, document: str) -> str:
        head = self._heads.get(document)
        return title_text(head, self._registry) if head is not None else ""

    def sentences(self, document: str) -> tuple[Sentence, ...]:
        """Return every sentence of a document, in order; they are split when first asked for."""
        if document not in self._sentences:
            self._sentences[document] = tuple(_sentences(self.paragraphs.get(document, ())))
        return self._sentences[document]

    def years(self, document: str) -> Container[str]:
        """Return the years that a document names, in its title or anywhere in its text."""
        return _Words(self._columns.postings("document_years"), self._columns.numbers_of_documents[document])

    def rarity(self, word: str) -> float:
        """Return how rare a stem is, 0 to 1: near 0 if most documents contain it, 1 if no document does."""
        count = max(self._columns.count_with_text(), 1)
        held = len(self._words.rows(word))
        return math.log((count + 1) / (held + 0.5)) / math.log((count + 1) / 0.5)

    def documents_with(self, term: Term) -> frozenset[str]:
        """Return the documents whose text contains a term of words."""
        return term.documents | self._columns.names(self.numbers_with(term).tolist())

    def numbers_with(self, term: Term) -> Any:
        """Return the numbers of the documents whose text contains a term, as a sorted int32 array without repeats.

        It is empty for a term that stands for a time.
        """
        import numpy

        held = [self._words.with_all(option) for option in term.stems]
        return numpy.unique(numpy.concatenate([numpy.empty(0, numpy.int32), *held]))

    def named(self, term: Term) -> frozenset[str]:
        """Return the documents whose title, reference, body, signer or summary contains a term."""
        tables = [self._columns.postings(name) for name in ("title_words", "summary_words")]
        found = {n for option in term.stems for words in tables for n in words.with_all(option).tolist()}
        return self._columns.names(number for number in found if self._columns.has_text(number))

    def holding_most(self, terms: Sequence[Term], documents: Collection[str], least: float) -> list[str]:
        """Return, sorted, those of `documents` that contain at least the share `least` of the terms, by weight."""
        import numpy

        scores = numpy.zeros(len(self._columns.documents))
        for term in terms:
            scores[self.numbers_with(term)] += term.weight
        every = sum(term.weight for term in terms) or 1.0
        found = self._columns.names(numpy.flatnonzero(scores >= (least - _NEAR) * every).tolist())
        return sorted(found & set(documents))

    def ranked_documents(self, terms: Sequence[Term], *, most: int = 15) -> list[tuple[str, float]]:
        """Return the `most` documents that contain the most of some terms: (document, share of their weight, 0 to 1).

        Times are compared only for the documents that contain most of the other terms: most documents name several
        years.
        """
        import numpy

        every = sum(term.weight for term in terms)
        scores = numpy.zeros(len(self._columns.documents))
        timed = [term for term in terms if term.is_time]
        for term in terms:
            if term not in timed:
                about = [self._columns.numbers_of_documents[d] for d in term.documents]
                scores[numpy.union1d(self.numbers_with(term), numpy.array(about, numpy.int32))] += term.weight
        touched = numpy.flatnonzero(scores)
        if len(touched) > most * _LIKELY:  # those level with the last are looked at by their names
            touched = touched[scores[touched] >= numpy.partition(scores[touched], -most * _LIKELY)[-most * _LIKELY]]
        held = [(self._columns.documents[n], float(scores[n])) for n in touched.tolist()]
        likely = sorted(held, key=lambda pair: (-pair[1], pair[0]))[: most * _LIKELY]
        best: list[tuple[float, str]] = []  # (score, times included, as a negative number; document)
        for document, score in likely:
            if len(best) == most and best[-1] <= (-(score + sum(term.weight for term in timed)), document):
                break  # neither this document nor any after it can come before those
            at = sum(term.weight for term in timed if term.holds(_NOTHING, self.years(document)))
            best = sorted([*best, (-(score + at), document)])[:most]
        return [(document, -score / every) for score, document in best] if every else []


def level(term: Term, layers: Iterable[tuple[float, Container[str], Container[str]]]) -> float:
    """Return how near a term stands: the largest value of the layers that contain it, 0.0 if none does.

    Each layer is (value, words, years), such as (1.0, the sentence's words and years) or (0.5, those of its paragraph).
    """
    best = 0.0
    for value, words, years in layers:
        if value > best and term.holds(words, years):
            best = value
    return best


def _sentences(parts: Sequence[Paragraph]) -> Iterable[Sentence]:
    for number, part in enumerate(parts):
        for text in sentences_of(part.text):
            yield Sentence(part.document, number, text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a short sentence is joined to the sentence before it."""
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
    """Return a word or a name as a term; a name of several words weighs as much as its rarest word.

    `weight` replaces that weight.
    """
    stems = frozenset(stem(word) for word in words_of(words))
    rare = max((texts.rarity(word) for word in stems), default=0.0)
    return Term(
        words, (stems,) if stems else (), weight=rare if weight is None else weight, rarity=rare, is_name=is_name
    )
