"""Makes the tables of a build's texts: its passages, and which document contains which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from graph.arrow import among, as_numbers
from graph.columns.earlier import Earlier
from graph.columns.everything import Everything
from graph.columns.funding import one_piece
from graph.columns.numbering import Numbering
from graph.columns.postings import postings_table
from graph.model import Passage
from graph.registry import Registry
from graph.stated.decisions import DecisionHead
from graph.stems import stem, stems_of, words_of

SUMMARY = "Executive summary"  #: where a decision's summary stands if the build keeps no passages of its document
_FEW, _FEW_SHARE = 4, 0.05  #: documents, and their share, that may have one passage before it says nothing of any
_SHORTEST = 4  #: letters of a word that a slip of the keyboard may have changed
_NOTHING: frozenset[str] = frozenset()


def title_text(head: DecisionHead, registry: Registry) -> str:
    """Return what names a decision, as one text: its title, reference and signer, and every name of its body."""
    body = head.body
    known = registry.row(body.id).aliases if body is not None and body.id in registry else ()
    return " ".join([head.title, head.reference or "", head.decided_by, *([body.name, *known] if body else [])])


def passages_table(stated: Everything, passages: Iterable[tuple[str, Passage]], numbers: Numbering) -> Any:
    """Return the table of passages, grouped by document.

    A decision without passages has its summary in their place.
    """
    import pyarrow

    by_document: dict[str, list[tuple[str, str, str, str]]] = {}
    for document, passage in passages:
        by_document.setdefault(document, []).append((passage.id, passage.locator, passage.section, passage.text))
    for document, head in stated.heads.items():
        if document not in by_document and head.summary:
            by_document[document] = [("", SUMMARY, SUMMARY, head.summary)]
    documents: dict[str, int] = {}
    for parts in by_document.values():
        for id in {part[0] for part in parts}:
            documents[id] = documents.get(id, 0) + 1
    most = max(_FEW, len(stated.heads) * _FEW_SHARE)
    rows = [(numbers.document(document), *part) for document, parts in by_document.items() for part in parts]
    words = pyarrow.string()
    return pyarrow.table(
        {
            "document": pyarrow.array([row[0] for row in rows], pyarrow.int32()),
            "id": pyarrow.array([row[1] for row in rows], words),
            "locator": pyarrow.array([row[2] for row in rows], words),
            "section": pyarrow.array([row[3] for row in rows], words),
            "text": pyarrow.array([row[4] for row in rows], pyarrow.large_string()),
            "is_common": pyarrow.array([documents[row[1]] > most for row in rows], pyarrow.bool_()),
        }
    )


def word_tables(
    stated: Everything, documents: Any, passages: Any, numbers: Numbering, registry: Registry, earlier: Earlier
) -> dict[str, Any]:
    """Return tables of the words in titles, in summaries and anywhere, with their documents, and of all words."""
    heads: Mapping[str, DecisionHead] = stated.heads
    names = list(numbers.documents)
    moved = earlier.documents_of(documents, passages)
    as_before = set(moved.tolist())
    fresh = [number for number in range(len(names)) if number not in as_before]
    known = {number: heads[names[number]] for number in fresh if names[number] in heads}
    titles = {number: stems_of(title_text(head, registry)) for number, head in known.items()}
    summaries = {number: stems_of(head.summary) for number, head in known.items()}
    every: dict[int, set[str]] = {}
    found: dict[str, frozenset[str]] = {}
    rows = passages.select(["document", "section", "text"])
    for row in _rows_in(rows, fresh).to_pylist():
        own = every.setdefault(row["document"], set())
        for text in (row["text"], row["section"]):
            if text not in found:
                found[text] = stems_of(text)
            own |= found[text]
    for number, own in every.items():
        own |= titles.get(number, _NOTHING) | summaries.get(number, _NOTHING)
    decisions = ((heads[name].iri,) if name in heads else () for name in names)
    return {
        "title_words": earlier.words("title_words", moved, titles),
        "summary_words": earlier.words("summary_words", moved, summaries),
        "document_words": earlier.words("document_words", moved, every),
        "decisions": postings_table(decisions),
        **_vocabulary(earlier.vocabulary(moved), heads, rows, fresh, numbers),
    }


def _rows_in(passages: Any, documents: Collection[int]) -> Any:
    """Return the passages of some documents, given by number."""
    import pyarrow

    return passages.filter(pyarrow.array(among(as_numbers(one_piece(passages, "document")), documents)))


def _vocabulary(
    known: set[str] | None,
    heads: Mapping[str, DecisionHead],
    rows: Any,
    fresh: Sequence[int],
    numbers: Numbering,
) -> dict[str, Any]:
    """Return the table of every word of texts, titles and names.

    `known` are the words of all documents but the fresh ones; None if they are not at hand.
    """
    import pyarrow

    words = known or set()
    names = list(numbers.documents)
    here = range(len(names)) if known is None else fresh
    for text in _rows_in(rows, here)["text"].to_pylist():
        words.update(words_of(text))
    for number in here:
        words.update(words_of(heads[names[number]].title) if names[number] in heads else ())
    named = {word for entity in numbers.entities for word in words_of(entity.name)}
    full = sorted(word for word in words | named if len(word) >= _SHORTEST and word.isalpha())
    return {
        "vocabulary": pyarrow.table(
            {
                "word": pyarrow.array(full, pyarrow.string()),
                "is_in_text": pyarrow.array([word in words for word in full], pyarrow.bool_()),
            }
        ),
        "vocabulary_stems": postings_table(({stem(word) for word in full},)),
    }
