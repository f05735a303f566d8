"""The tables of a build, read a row at a time: by name, by document, or by the things that a row names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from graph.arrow import among, as_numbers, numbers_column, one_of_texts
from graph.columns.funding import Funding, one_piece, places_of
from graph.columns.grouped import Grouped
from graph.columns.passages_saying import PassagesSaying
from graph.columns.postings import Postings, Texts
from graph.columns.rows import Rows
from graph.corrections.notes import CorrectionNote
from graph.model import Entity, EntityKind
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.cited import Total
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import NamedThing

_SOME_PASSAGES = 2_000
_FEW_DOCUMENTS = 100  #: whose rows are looked up one by one; for more, every row is looked at


class Columns:
    """The tables of a build, opened; each value is read only when asked for."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Keep the tables, by name, as `make_tables` or `open_tables` return them."""
        self._tables = tables
        self.thing = lru_cache(maxsize=100_000)(self._thing)

    # sums, awards and what documents state besides

    @cached_property
    def flows(self) -> Funding[StatedFlow]:
        """Every flow, ordered by document and place in it."""
        return Funding(self._tables["flows"], self._tables["flow_words"], StatedFlow)

    @cached_property
    def awards(self) -> Funding[StatedAward]:
        """Every award without a sum, ordered by document and place in it."""
        return Funding(self._tables["awards"], self._tables["award_words"], StatedAward)

    @cached_property
    def relations(self) -> Rows[StatedRelation]:
        """Every relation between things or decisions."""
        return Rows(self._column("relations", "stated"), StatedRelation)

    @cached_property
    def checks(self) -> Rows[StatedCheck]:
        """Every comparison of figures: those between documents, then those within one, conflicts first."""
        return Rows(self._column("checks", "stated"), StatedCheck)

    @cached_property
    def totals(self) -> Rows[Total]:
        """Every total that a document states over several of its flows."""
        return Rows(self._column("totals", "stated"), Total)

    @cached_property
    def heads(self) -> Rows[DecisionHead]:
        """The decision of each document that has one, in the order of document numbers: latest signature first."""
        return Rows(self._column("documents", "stated"), DecisionHead, kept=None)

    @lru_cache(maxsize=64)  # noqa: B019 - columns live as long as the process that opened them
    def numbers(self, table: str, column: str) -> Any:
        """Return a column of whole numbers as an array."""
        return as_numbers(self._column(table, column))

    def words(self, table: str, column: str) -> list[str]:
        """Return a whole column of texts as a list."""
        found: list[str] = self._column(table, column).to_pylist()
        return found

    @lru_cache(maxsize=64)  # noqa: B019 - columns live as long as the process that opened them
    def postings(self, table: str) -> Postings:
        """Return one of the tables that list, for each word, id or address, the rows that have it."""
        return Postings(self._tables[table])

    @lru_cache(maxsize=64)  # noqa: B019 - the same
    def _column(self, table: str, column: str) -> Any:
        return one_piece(self._tables[table], column)

    def rows_in(self, table: str, documents: Iterable[int]) -> Any:
        """Return the row numbers of a table whose document is one of some documents, given by their numbers."""
        import numpy

        wanted = set(documents)
        if len(wanted) > _FEW_DOCUMENTS:
            return numpy.flatnonzero(among(self.numbers(table, "document"), wanted))
        found = [self._of_document(table).rows(number) for number in wanted]
        return numpy.sort(numpy.concatenate([numpy.empty(0, numpy.int64), *found]))

    @lru_cache(maxsize=16)  # noqa: B019 - columns live as long as the process that opened them
    def _of_document(self, table: str) -> Grouped:
        return Grouped(self.numbers(table, "document"))

    def relation_rows(
        self,
        kinds: Iterable[str] | None,
        documents: Iterable[int] | None,
        ids: Iterable[str] | None,
        decisions: Iterable[str] | None,
    ) -> Any:
        """Return the row numbers of `relations` that meet every given condition; None leaves a condition out.

        Args:
            kinds: The relation is of one of these kinds.
            documents: One of these documents, given by number, states it.
            ids: One of these things, given by id, is its subject or object.
            decisions: One of these decisions, given by IRI, is its object.
        """
        import numpy

        kind = self._column("relations", "kind")
        chosen = numpy.ones(len(kind), bool)
        if kinds is not None and len(kind):
            wanted = {str(each) for each in kinds}
            chosen &= numpy.array([each in wanted for each in kind.dictionary.to_pylist()])[as_numbers(kind.indices)]
        if documents is not None:
            chosen &= among(self.numbers("relations", "document"), list(documents))
        if ids is not None:
            named = numpy.zeros(len(kind), bool)
            named[self.relation_rows_of(self.numbers_of_ids(ids).tolist())] = True
            chosen &= named
        if decisions is not None:
            objects = self.postings("relation_objects")
            hit = numpy.zeros(len(kind), bool)
            for iri in decisions:
                hit[objects.rows(iri)] = True
            chosen &= hit
        return numpy.flatnonzero(chosen)

    def relation_rows_of(self, things: list[int]) -> Any:
        """Return the row numbers of the relations whose subject or object is one of some things, given by number."""
        import numpy

        subjects, objects = (among(self.numbers("relations", end), things) for end in ("subject", "object"))
        return numpy.flatnonzero(subjects | objects)

    @lru_cache(maxsize=4)  # noqa: B019 - the same
    def objects_of(self, kind: str) -> Grouped:
        """Return the rows of `relations` of one kind by the number of the thing that is their object."""
        import numpy

        return Grouped(self.numbers("relations", "object"), numpy.flatnonzero(self.are("relations", "kind", kind)))

    @lru_cache(maxsize=16)  # noqa: B019 - the same
    def are(self, table: str, column: str, word: str) -> Any:
        """Return a mask of the rows of a table that have a word in a column of words."""
        values = self._column(table, column)
        if str(values.type).startswith("dictionary"):
            return one_of_texts(values.dictionary, {str(word)})[as_numbers(values.indices)]
        return one_of_texts(values, {str(word)})

    def rows_between_decisions(self) -> Any:
        """Return the row numbers of `relations` whose both ends are decisions."""
        import numpy

        return numpy.flatnonzero((self.numbers("relations", "subject") < 0) & (self.numbers("relations", "object") < 0))

    # documents

    @cached_property
    def documents(self) -> list[str]:
        """The names of all documents; a document's number is its position here.

        Documents with a decision come first.
        """
        return self.words("documents", "document")

    @cached_property
    def numbers_of_documents(self) -> Mapping[str, int]:
        """The number of each document, by its name."""
        return {name: number for number, name in enumerate(self.documents)}

    @cached_property
    def held(self) -> int:
        """The number of documents that have a decision."""
        column = self._column("documents", "stated")
        return len(column) - int(column.null_count)

    def names(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return the names of some documents, given by their numbers."""
        return frozenset(self.documents[number] for number in numbers)

    def in_order(self, documents: Iterable[str]) -> list[str]:
        """Return some documents, given by name, in the order of their numbers."""
        return sorted(documents, key=self.numbers_of_documents.__getitem__)

    def places_named(self, number: int) -> frozenset[str] | None:
        """Return the ids of the places that the title and summary of a document's decision name.

        Return None if not worked out.
        """
        found = self._column("documents", "places_named")[number].as_py()
        return None if found is None else frozenset(found)

    def documents_placed_in(self, places: Iterable[str]) -> Any:
        """Return the numbers of the documents whose title or summary may name one of some places, as a sorted array.

        If the build did not work the places out, these are all documents.
        """
        import numpy

        column = self._column("documents", "places_named")
        if int(column.null_count) > len(column) - self.held:  # nobody looked
            return numpy.arange(len(column), dtype=numpy.int32)
        named = self.postings("documents_by_place")
        return numpy.unique(numpy.concatenate([numpy.empty(0, numpy.int32), *(named.rows(p) for p in places)]))

    def entities_of(self, number: int) -> tuple[Entity, ...]:
        """Return every thing that a document, given by its number, names."""
        return tuple(self.thing(thing) for thing in self._column("documents", "things")[number].as_py())

    # passages

    @cached_property
    def _passages(self) -> dict[int, tuple[int, int]]:
        return places_of(self.numbers("passages", "document"))

    def documents_with_text(self) -> Iterator[int]:
        """Return the numbers of the documents that have passages, in the order of the passages."""
        return iter(self._passages)

    def has_text(self, number: int) -> bool:
        """Return True if a document, given by its number, has passages."""
        return number in self._passages

    def count_with_text(self) -> int:
        """Return the number of documents that have passages."""
        return len(self._passages)

    def passages(self, number: int) -> list[dict[str, Any]]:
        """Return the passages of a document, given by its number, in order, each as a dict of its columns."""
        first, last = self._passages.get(number, (0, 0))
        rows: list[dict[str, Any]] = self._tables["passages"].slice(first, last - first).to_pylist()
        return rows

    def passage(self, row: int) -> dict[str, Any]:
        """Return a passage, given by the number of its row, as a dict of its columns."""
        found: dict[str, Any] = self._tables["passages"].slice(row, 1).to_pylist()[0]
        return found

    def passages_saying(self, *texts: str) -> Iterator[tuple[int, str]]:
        """Yield the row and the text of each passage that contains one of some texts; capitals are ignored.

        Passages are looked through some thousand at a time, as the first are often enough.
        """
        import numpy
        from pyarrow import compute

        column = self._column("passages", "text")
        for first in range(0, len(column), _SOME_PASSAGES):
            some = column[first : first + _SOME_PASSAGES]
            found = numpy.zeros(len(some), bool)
            for text in texts:
                found |= as_numbers(compute.match_substring(some, text, ignore_case=True))
            for row in numpy.flatnonzero(found).tolist():
                yield first + row, some[row].as_py()

    def passages_with(self, *texts: str) -> PassagesSaying:
        """Return the passages that contain one of some texts, to be looked through by patterns."""
        return PassagesSaying(self._column("passages", "text"), texts)

    def common_passages(self) -> frozenset[str]:
        """Return the ids of passages that many documents share, such as menus, notices and headings of forms."""
        import numpy

        ids, common = self._column("passages", "id"), numpy.flatnonzero(self.numbers("passages", "is_common"))
        return frozenset(ids[row].as_py() for row in common.tolist())

    # things

    def _thing(self, number: int) -> Entity:
        row = {name: self._column("things", name)[number].as_py() for name in ("id", "name", "kind", "is_verified")}
        return Entity(row["id"], row["name"], EntityKind(row["kind"]), row["is_verified"])

    def numbers_of_ids(self, ids: Iterable[str]) -> Any:
        """Return the numbers of the things that have one of some ids, as a sorted array."""
        import numpy

        return numpy.unique(self.postings("things_by_id").with_any(ids))

    def things_called(self, part: str) -> list[int]:
        """Return the numbers of the things whose name contains some text; capitals are ignored."""
        import numpy
        from pyarrow import compute

        found = compute.match_substring(self._column("things", "name"), part, ignore_case=True)
        numbers: list[int] = numpy.flatnonzero(as_numbers(found)).tolist()
        return numbers

    def containing(self, table: str, column: str, texts: Iterable[str]) -> Any:
        """Return the numbers of the rows whose text, in lower case, contains one of some texts, as a sorted array."""
        import numpy

        lowered = self._lowered(table, column)
        return numpy.flatnonzero(_any_of(numpy.zeros(len(lowered), bool), (_contain(lowered, text) for text in texts)))

    def containing_all(self, table: str, columns: Iterable[str], texts: Iterable[str], rows: Any) -> Any:
        """Return those of some rows, by number, that have each of some texts in one of some columns, in lower case."""
        from pyarrow import compute

        some = numbers_column(rows)
        lowered = [compute.utf8_lower(self._column(table, column).take(some)) for column in columns]
        found = rows >= 0
        for text in texts:
            found &= _any_of(rows < 0, (_contain(column, text) for column in lowered))
        return rows[found]

    @lru_cache(maxsize=4)  # noqa: B019 - the same
    def _lowered(self, table: str, column: str) -> Any:
        from pyarrow import compute

        return compute.utf8_lower(self._column(table, column))

    def named(self) -> Iterator[NamedThing]:
        """Yield everything that has a page, in the order of the pages."""
        pages, flows, awards = (self.numbers("things", name) for name in ("page", "flows", "awards"))
        for number in sorted((n for n, page in enumerate(pages.tolist()) if page >= 0), key=lambda n: int(pages[n])):
            yield NamedThing(self.thing(number), int(flows[number]), int(awards[number]))

    def names_in(self, lowered: str) -> list[int]:
        """Return the numbers of the things whose name stands in a text, in the things' order.

        The text is in lower case.
        """
        found = self._names.beginning_in(lowered)
        return sorted(self._column("names", "thing")[row].as_py() for row in found)

    @cached_property
    def _names(self) -> Texts:
        return Texts(self._column("names", "name"))

    # references

    def references_in(self, lowered: str) -> dict[str, str]:
        """Return the references that stand in a text, as printed -> key.

        Both the text and the references are in lower case.
        """
        rows = self._printed.beginning_in(lowered)
        order = self.numbers("references", "order")
        keys = self._column("references", "key")
        return {self._printed[row]: keys[row].as_py() for row in sorted(rows, key=lambda row: int(order[row]))}

    @cached_property
    def _printed(self) -> Texts:
        return Texts(self._column("references", "printed"))

    def decisions_of_key(self, key: str) -> tuple[str, ...]:
        """Return the IRIs of the decisions that have a reference, given by its key.

        Loaded decisions come before cited ones.
        """
        row = Texts(self._column("keys", "key")).index_of(key)
        return () if row is None else tuple(self._column("keys", "decisions")[row].as_py())

    def cited_reference(self, iri: str) -> str | None:
        """Return the reference of a decision that is cited and not loaded, given by its IRI; None for any other IRI."""
        row = Texts(self._column("cited", "iri")).index_of(iri)
        return None if row is None else str(self._column("cited", "reference")[row].as_py())

    # corrections and words

    @cached_property
    def corrections(self) -> Mapping[str, tuple[CorrectionNote, ...]]:
        """The corrections that people made, by the IRI of the flow or document that they are about."""
        notes = Rows(self._column("corrections", "stated"), tuple[CorrectionNote, ...])
        return dict(zip(self.words("corrections", "about"), notes, strict=True))

    @cached_property
    def vocabulary(self) -> Texts:
        """Every word of texts, titles and names that typing errors are compared with, sorted."""
        return Texts(self._column("vocabulary", "word"))


def _any_of(found: Any, masks: Iterable[Any]) -> Any:
    for mask in masks:
        found |= mask
    return found


def _contain(column: Any, text: str) -> Any:
    """Return a mask of the texts of a column that contain a text."""
    from pyarrow import compute

    return as_numbers(compute.match_substring(column, text))
