"""Makes the tables of a build out of those of the build before and what the changed documents state now.

The result is the tables that `make_tables` would make out of everything. Rows of other documents are taken over; only
their numbers change, since documents stand in the order of their signatures and things in the order of their naming.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.arrow import as_numbers
from graph.columns.columns import Columns
from graph.columns.everything import Everything
from graph.columns.funding import one_piece
from graph.columns.joining import Moved, Order, joined, joined_postings, order_of, placed
from graph.columns.making import (
    TIES,
    PlacesIn,
    Tables,
    checks_table,
    corrections_tables,
    make_tables,
    references_tables,
    things_tables,
)
from graph.columns.naming_order import NamedThings
from graph.columns.numbering import Numbering
from graph.columns.texts import vocabulary_tables, with_common
from graph.identifiers import name_in_iri
from graph.model import FlowLink, Passage
from graph.parse.references import reference_key
from graph.registry import Registry
from graph.stated.checks import CONTRADICTS, WORST_FIRST, StatedCheck, contradictions
from graph.stated.cited import CitedDecision
from graph.stems import stem, words_of

_OF_FUNDING = ("funder", "recipient", "place", "fund", "programmes")


@dataclass(frozen=True)
class Changes:
    """What is stated now by the documents that changed since the build before."""

    documents: frozenset[str]  #: all that are new, say something else or have gone
    stated: Everything  #: the content of those that are there
    passages: Sequence[tuple[str, Passage]]  #: theirs, as (document, passage)
    keys: Mapping[str, Sequence[str]]  #: the normalised references of every document, in the order of their names


def tables_after(before: Tables, changes: Changes, registry: Registry, places_in: PlacesIn) -> Tables:
    """Return the tables of a build.

    Args:
        before: Those of the build before.
        changes: What changed since.
        registry: The registry.
        places_in: Finds the places that a title and summary name.
    """
    own = make_tables(changes.stated, changes.passages, registry, places_in)
    return _Following(before, own, changes, registry).tables()


class _Following:
    def __init__(self, before: Tables, own: Tables, changes: Changes, registry: Registry) -> None:
        self._before, self._own, self._changes, self._registry = before, own, changes, registry
        self._documents = self._order_of_documents()
        self._moved: Moved = (self._documents.earlier, self._documents.new)
        self._names: list[str] = self._both("documents", "document")
        by_name = _ranks(self._names)
        by_iri = _ranks([f"{name_in_iri(name)}/" for name in self._names])
        self._rows = {name: self._order(name, by_name) for name in ("flows", "awards")}
        self._rows |= {name: self._order(name, by_iri) for name in ("relations", "totals")}
        self._rows["checks"] = self._order_of_checks(by_iri)
        self._rows["passages"] = self._order_of_passages(by_name)
        self._things = NamedThings(before, own, self._rows, self._documents, registry)

    def tables(self) -> Tables:
        """Return all tables."""
        documents, things = self._moved, self._things.moved
        found = {
            name: self._joined(name, document=documents, **dict.fromkeys(_OF_FUNDING, things))
            for name in ("flows", "awards")
        }
        found[TIES] = joined(self._before[TIES], self._own[TIES], self._rows["flows"], {})
        found["relations"] = self._joined("relations", document=documents, subject=things, object=things)
        found["totals"] = self._joined("totals", document=documents)
        found["documents"] = joined(
            self._before["documents"], self._own["documents"], self._documents, {"things": things}
        )
        one, other = (side["passages"].drop_columns("is_common") for side in self._sides)
        passages = joined(one, other, self._rows["passages"], {"document": documents})
        is_same = passages is one and len(self._names) == self._before["documents"].num_rows
        found["passages"] = self._before["passages"] if is_same else with_common(passages, len(self._names))
        for name, of in _WORDS.items():
            found[name] = self._postings(name, documents if of == "documents" else self._places(of))
        found |= things_tables(self._things.with_pages(found), self._things.numbering(self._names))
        found["checks"] = self._checks(found)
        found |= references_tables(*self._references(found), self._cited(found), self._key_of)
        found |= self._vocabulary(found)
        return found | corrections_tables(self._changes.stated.corrections, self._changes.stated.corrected_names)

    @property
    def _sides(self) -> tuple[Tables, Tables]:
        return self._before, self._own

    def _both(self, table: str, column: str) -> list[Any]:
        """Return a column of documents as it will be."""
        values = [value for side in self._sides for value in side[table][column].to_pylist()]
        return [values[row] for row in self._documents.rows.tolist()]

    # the order of rows

    def _order_of_documents(self) -> Order:
        """Return the order of documents: latest signature first, as `latest_first` has it."""
        columns = ("document", "signed", "reference", "title")
        name, signed, reference, title = (
            [value for side in self._sides for value in side["documents"][column].to_pylist()] for column in columns
        )
        had = self._before["documents"].num_rows
        stay = [row for row in range(len(name)) if row >= had or name[row] not in self._changes.documents]
        stay.sort(key=name.__getitem__)
        stay.sort(key=lambda row: (signed[row], reference[row] or title[row] or name[row]), reverse=True)
        import numpy

        return placed(numpy.array(stay, numpy.int64), had, len(name) - had)

    def _numbers(self, table: str) -> Any:
        """Return the number that the document of each row has now, earlier rows first; -1 for one that has gone."""
        import numpy

        sides = zip(self._sides, self._moved, strict=True)
        return numpy.concatenate([moved[as_numbers(one_piece(side[table], "document"))] for side, moved in sides])

    def _order(self, table: str, ranks: Any) -> Order:
        return self._ordered(table, lambda numbers: ranks[numbers])

    def _ordered(self, table: str, keys: Any) -> Order:
        numbers, had = self._numbers(table), self._before[table].num_rows
        return order_of(numbers[:had] >= 0, len(numbers) - had, keys(numbers))

    def _order_of_checks(self, by_iri: Any) -> Order:
        """Return the order of the checks within documents; those between documents are left out."""
        import numpy

        rank = {verdict.value: number for verdict, number in WORST_FIRST.items()}
        sides = [side["checks"] for side in self._sides]
        worst = numpy.array([rank[verdict] for side in sides for verdict in side["verdict"].to_pylist()], numpy.int64)
        within = numpy.array([not each for side in sides for each in side["between_documents"].to_pylist()], bool)
        numbers, had = self._numbers("checks"), sides[0].num_rows
        at = numpy.flatnonzero(within & (numbers >= 0))
        keys = worst * (len(self._names) + 1) + by_iri[numbers]
        return placed(at[numpy.argsort(keys[at], kind="stable")], had, len(numbers) - had)

    def _order_of_passages(self, by_name: Any) -> Order:
        """Return the order of passages: those of documents by name, then the summaries of decisions without any."""
        import numpy

        summaries = numpy.array([not id for side in self._sides for id in side["passages"]["id"].to_pylist()], bool)

        def keys(numbers: Any) -> Any:
            return numpy.where(summaries, len(by_name) + numbers, by_name[numbers])

        return self._ordered("passages", keys)

    # tables

    def _places(self, table: str) -> Moved:
        return self._rows[table].earlier, self._rows[table].new

    def _joined(self, table: str, **numbers: Moved) -> Any:
        return joined(self._before[table], self._own[table], self._rows[table], numbers)

    def _postings(self, table: str, moved: Moved) -> Any:
        return joined_postings(self._before[table], self._own[table], moved)

    def _checks(self, tables: Tables) -> Any:
        """Return the table of checks, for which those between documents are made anew."""
        import pyarrow

        within = self._joined("checks", document=self._moved)
        between = checks_table(self._contradictions(tables), (), self._numbering)
        return pyarrow.concat_tables([between, within]).combine_chunks()

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering({name: number for number, name in enumerate(self._names)})

    def _contradictions(self, tables: Tables) -> Sequence[StatedCheck]:
        """Return the figures of two documents that contradict each other."""
        import numpy

        columns, earlier = Columns(tables), Columns(self._before)
        between = as_numbers(one_piece(self._before["checks"], "between_documents"))
        known = [stated.iri.removesuffix(CONTRADICTS) for stated in earlier.checks.at(numpy.flatnonzero(between))]
        own = self._changes.stated.flows
        known += [each.iri for each in own if any(link is FlowLink.CONTRADICTS for link, _ in each.links)]
        ones = columns.flows.rows.at(columns.flows.rows_of_iris(known))
        others = [iri for one in ones for link, iri in one.links if link is FlowLink.CONTRADICTS]
        every = columns.flows.rows.at(columns.flows.rows_of_iris([*known, *others]))
        wanted = {one.iri for one in ones}
        heads = {each.document: columns.heads[columns.numbers_of_documents[each.document]] for each in every}
        return [each for each in contradictions(every, heads) if each.iri.removesuffix(CONTRADICTS) in wanted]

    def _references(self, tables: Tables) -> tuple[Iterable[tuple[str, str]], Iterable[tuple[str, str]]]:
        references, iris = (tables["documents"][name].to_pylist() for name in ("reference", "iri"))
        iri_of = dict(zip(self._names, iris, strict=True))
        keys = [(key, iri_of[document]) for document, own in self._changes.keys.items() for key in own]
        return list(zip(references, iris, strict=True)), keys

    @cached_property
    def _known_keys(self) -> dict[str, str]:
        columns = (self._before["references"][name].to_pylist() for name in ("printed", "key"))
        return dict(zip(*columns, strict=True))

    def _key_of(self, reference: str) -> str:
        known = self._known_keys.get(reference.lower())
        return reference_key(reference) if known is None else known

    def _cited(self, tables: Tables) -> list[CitedDecision]:
        """Return the decisions that are named and not loaded."""
        import numpy

        columns, earlier = Columns(tables), Columns(self._before)
        loaded = set(tables["documents"]["iri"].to_pylist())
        gone = numpy.flatnonzero(self._rows["relations"].earlier < 0)
        touched = {end for each in earlier.relations.at(gone) for end in (each.subject, each.object)}
        touched |= {end for each in self._changes.stated.relations for end in (each.subject, each.object)}
        touched |= {earlier.heads[row].iri for row in numpy.flatnonzero(self._documents.earlier < 0).tolist()}
        touched |= {head.iri for head in self._changes.stated.heads.values()}
        known = zip(*(self._before["cited"][name].to_pylist() for name in ("iri", "reference")), strict=True)
        found = {iri: reference for iri, reference in known if iri not in touched}
        for iri in (end for end in touched if isinstance(end, str) and end and end not in loaded):
            words = _words_naming(columns, iri)
            found |= {iri: min(words)} if words else {}
        return [CitedDecision(iri, reference) for iri, reference in found.items()]

    def _vocabulary(self, tables: Tables) -> Tables:
        """Return the tables of every word: those of texts that have gone are looked for in the other texts."""
        words = {word for side in self._sides for word in _words_in_text(side)}
        lost = self._words_of_gone() & words - set(_words_in_text(self._own))
        columns = Columns(tables)
        words -= {word for word in lost if not _is_said(columns, word)}
        return vocabulary_tables(words, tables["things"]["name"].to_pylist())

    def _words_of_gone(self) -> set[str]:
        import numpy

        gone = numpy.flatnonzero(self._documents.earlier < 0)
        titles = [self._before["documents"]["title"][row].as_py() for row in gone.tolist()]
        texts = _texts_of(Columns(self._before), gone.tolist())
        return {word for text in (*titles, *texts) for word in words_of(text)}


#: tables of words, ids or places, and the table whose rows they list
_WORDS = {
    "flow_words": "flows",
    "award_words": "awards",
    "relation_subjects": "relations",
    "relation_objects": "relations",
    "title_words": "documents",
    "summary_words": "documents",
    "document_words": "documents",
    "document_years": "documents",
    "decisions": "documents",
    "named_in": "documents",
    "documents_by_place": "documents",
}


def _ranks(names: Sequence[str]) -> Any:
    """Return the position of each name in the order of names."""
    import numpy

    ranks = numpy.empty(len(names), numpy.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = numpy.arange(len(names))
    return ranks


def _words_naming(columns: Columns, iri: str) -> list[str]:
    """Return the words with which relations name a decision, given by its IRI."""
    found = []
    for each in columns.relations.at(columns.postings("relation_subjects").rows(iri)):
        found += [each.subject_words] if each.subject_words else []
    for each in columns.relations.at(columns.postings("relation_objects").rows(iri)):
        found += [each.object_words] if each.object_words else []
    return found


def _words_in_text(tables: Tables) -> list[str]:
    table = tables["vocabulary"]
    words: list[str] = table.filter(table["is_in_text"])["word"].to_pylist()
    return words


def _texts_of(columns: Columns, documents: Collection[int]) -> list[str]:
    return [passage["text"] for number in documents for passage in columns.passages(number)]


def _is_said(columns: Columns, word: str) -> bool:
    """Return True if a text or a title contains a word."""
    root = stem(word)
    titled = columns.postings("title_words").rows(root).tolist()
    if any(word in words_of(columns.heads[number].title) for number in titled):
        return True
    said = columns.postings("document_words").rows(root).tolist()
    return any(word in words_of(text) for number in said for text in _texts_of(columns, [number]))
