"""Makes the tables of a build's texts: its passages, and which document contains which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.arrow import as_numbers
from graph.columns.everything import Everything
from graph.columns.funding import one_piece
from graph.columns.numbering import Numbering
from graph.columns.postings import postings_table
from graph.model import Passage
from graph.parse.years import named_years
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
    rows = [(numbers.document(document), *part) for document, parts in by_document.items() for part in parts]
    words = pyarrow.string()
    table = pyarrow.table(
        {
            "document": pyarrow.array([row[0] for row in rows], pyarrow.int32()),
            "id": pyarrow.array([row[1] for row in rows], words),
            "locator": pyarrow.array([row[2] for row in rows], words),
            "section": pyarrow.array([row[3] for row in rows], words),
            "text": pyarrow.array([row[4] for row in rows], pyarrow.large_string()),
        }
    )
    return with_common(table, len(stated.heads))


def with_common(passages: Any, decisions: int) -> Any:
    """Return a table of passages with a column that says which of them many of so many decisions share."""
    import numpy
    import pyarrow

    if not passages.num_rows:
        return passages.append_column("is_common", pyarrow.array([], pyarrow.bool_()))
    ids, numbers = one_piece(passages, "id").dictionary_encode(), as_numbers(one_piece(passages, "document"))
    codes, width = as_numbers(ids.indices).astype(numpy.int64), int(numbers.max()) + 1
    documents = numpy.bincount(numpy.unique(codes * width + numbers) // width, minlength=len(ids.dictionary))
    is_common = documents > max(_FEW, decisions * _FEW_SHARE)
    return passages.append_column("is_common", pyarrow.array(is_common[codes]))


def word_tables(
    stated: Everything, documents: Any, passages: Any, numbers: Numbering, registry: Registry
) -> dict[str, Any]:
    """Return tables of the words in titles, in summaries and anywhere, of years, with their documents; of all words."""
    heads: Mapping[str, DecisionHead] = stated.heads
    names = list(numbers.documents)
    known = [heads.get(name) for name in names]
    summaries = [stems_of(head.summary) if head is not None else _NOTHING for head in known]
    every: list[set[str]] = [set() for _ in names]
    texts = [[title_text(head, registry)] if head is not None else [""] for head in known]  #: title and passages
    titles = [stems_of(title) for (title,) in texts]
    said: set[int] = set()
    found: dict[str, frozenset[str]] = {}
    for row in passages.select(["document", "section", "text"]).to_pylist():
        said.add(row["document"])
        texts[row["document"]].append(row["text"])
        for text in (row["text"], row["section"]):
            if text not in found:
                found[text] = stems_of(text)
            every[row["document"]] |= found[text]
    for number in said:
        every[number] |= titles[number] | summaries[number]
    words = {word for text in passages["text"].to_pylist() for word in words_of(text)}
    words.update(word for head in known if head is not None for word in words_of(head.title))
    return {
        "title_words": postings_table(titles),
        "summary_words": postings_table(summaries),
        "document_words": postings_table(every),
        "document_years": postings_table(named_years(" ".join(parts)) for parts in texts),
        "decisions": postings_table((head.iri,) if head is not None else () for head in known),
        **vocabulary_tables(words, (entity.name for entity in numbers.entities)),
    }


def vocabulary_tables(words: Collection[str], names: Iterable[str]) -> dict[str, Any]:
    """Return the tables of every word that typing errors are compared with, and of the stems of these words.

    Args:
        words: Those of texts and titles.
        names: The names of things.
    """
    import pyarrow

    named = {word for name in names for word in words_of(name)}
    full = sorted(word for word in {*words, *named} if len(word) >= _SHORTEST and word.isalpha())
    return {
        "vocabulary": pyarrow.table(
            {
                "word": pyarrow.array(full, pyarrow.string()),
                "is_in_text": pyarrow.array([word in words for word in full], pyarrow.bool_()),
            }
        ),
        "vocabulary_stems": postings_table(({stem(word) for word in full},)),
    }
