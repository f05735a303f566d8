"""The tables of a build's texts: its passages, and which documents have which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.columns.everything import Everything
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
    """What names a decision: its title, its reference, who signed, and every name of its body."""
    body = head.body
    known = registry.row(body.id).aliases if body is not None and body.id in registry else ()
    return " ".join([head.title, head.reference or "", head.decided_by, *([body.name, *known] if body else [])])


def passages_table(stated: Everything, passages: Iterable[tuple[str, Passage]], numbers: Numbering) -> Any:
    """The passages, those of one document together; a decision without any has its summary in their place."""
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


def word_tables(stated: Everything, passages: Any, numbers: Numbering, registry: Registry) -> dict[str, Any]:
    """Return, for each word, the documents that hold it in title, summary or anywhere; and a list of all words."""
    import pyarrow

    heads: Mapping[str, DecisionHead] = stated.heads
    titles = [stems_of(title_text(heads[name], registry)) if name in heads else _NOTHING for name in numbers.documents]
    summaries = [stems_of(heads[name].summary) if name in heads else _NOTHING for name in numbers.documents]
    every: list[set[str]] = [set() for _ in numbers.documents]
    vocabulary: set[str] = set()
    known: dict[str, frozenset[str]] = {}
    has_text = set()
    for row in passages.select(["document", "section", "text"]).to_pylist():
        has_text.add(row["document"])
        for text in (row["text"], row["section"]):
            if text not in known:
                known[text] = stems_of(text)
            every[row["document"]] |= known[text]
        vocabulary.update(words_of(row["text"]))
    for number in has_text:
        every[number] |= titles[number] | summaries[number]
    for head in heads.values():
        vocabulary.update(words_of(head.title))
    for entity in numbers.entities:
        vocabulary.update(words_of(entity.name))
    full = sorted(word for word in vocabulary if len(word) >= _SHORTEST and word.isalpha())
    decisions = ((heads[name].iri,) if name in heads else () for name in numbers.documents)
    return {
        "title_words": postings_table(titles),
        "summary_words": postings_table(summaries),
        "document_words": postings_table(every),
        "decisions": postings_table(decisions),
        "vocabulary": pyarrow.table({"word": pyarrow.array(full, pyarrow.string())}),
        "vocabulary_stems": postings_table(({stem(word) for word in full},)),
    }
