"""The content of the graph as answers need it: flows, decisions, relations, checks and totals, looked up on demand.

A build never changes, so every result is kept for as long as the source lives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.ask.known.decision_facts import DecisionFacts
from graph.ask.known.derived_values import DerivedValues
from graph.ask.known.text import Paragraph, Term, Texts
from graph.ask.known.words import general_words, stem, stems_of, words_of
from graph.columns.columns import Columns
from graph.columns.grounds import grounds_of_columns
from graph.columns.lookups import InRows, LookedUp
from graph.columns.opening import open_columns
from graph.counting.grounds import Grounds
from graph.model import Entity, EntityKind, Passage, RelationKind, Verdict
from graph.names.index import NameIndex
from graph.registry import Registry
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.decisions import document_of
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import thing_key
from graph.stores.store import Store

if TYPE_CHECKING:
    from graph.corrections.notes import CorrectionNote
    from graph.counting.ledger import Ledger
    from graph.stated.cited import Total

_CLASS = 3  #: bodies whose names begin alike, from which on that beginning is what bodies of a class are called


class Facts(DecisionFacts):
    """Everything that answers are made of, read from one store or from the columns of its build."""

    def __init__(
        self,
        store: Store | Callable[[], Store],
        names: NameIndex,
        passages: Callable[[], Iterable[tuple[str, Passage]]] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Keep where the graph, its names and its documents' text are read from.

        Args:
            store: The graph, or a function that opens it; the graph is opened only when something must be read from it.
            names: The index of known names.
            passages: Returns (document, passage) for all documents; only needed without a build's columns.
            folder: The build's folder, which holds its ledger and its columns; None for a graph without a build.
        """
        self._store = store
        self.names = names
        self._passages = passages
        self._folder = folder
        self._mended: dict[str, str] = {}
        self._places: dict[str, frozenset[str]] = {}
        self._around: dict[str, frozenset[str]] = {}
        self.word_terms: dict[str, Term] = {}  #: of words that questions had
        self.kept = DerivedValues()

    @cached_property
    def store(self) -> Store:
        """The graph."""
        return self._store() if callable(self._store) else self._store

    @property
    def registry(self) -> Registry:
        """The registry: the known organisations, programmes, places and funds with their names."""
        return self.names.registry

    @cached_property
    def columns(self) -> Columns:
        """The content of the graph as columns: those that the build keeps, else made from the graph."""
        return open_columns(self._folder, lambda: self.store, self.registry, self._passages)

    def places_named(self, document: str) -> frozenset[str]:
        """Return the ids of the places that a decision's title and summary name."""
        if document not in self._places:
            head = self.heads.get(document)
            known = self.columns.places_named(self.columns.numbers_of_documents[document]) if head else frozenset()
            if known is None and head is not None:
                found = self.names.find(f"{head.title}. {head.summary}", kinds={EntityKind.PLACE})
                known = frozenset(mention.entity.id for mention in found)
            self._places[document] = known or frozenset()
        return self._places[document]

    # money

    @cached_property
    def flows(self) -> Mapping[str, StatedFlow]:
        """Every flow by IRI, in the order of the documents."""
        flows = self.columns.flows

        def find(iri: str) -> StatedFlow | None:
            row = flows.rows_by_iri(self.columns.numbers_of_documents.get(document_of(iri))).get(iri)
            return flows.rows[row] if row is not None else None

        return InRows(find, lambda: (flows.iri(row) for row in range(len(flows))), lambda: flows.rows, len(flows))

    def some_flows(self, most: int) -> list[StatedFlow]:
        """Return at most `most` flows, spread evenly over the documents; all flows if there are no more."""
        flows = self.columns.flows
        step = max(1, len(flows) / most)
        return [flows.rows[int(place * step)] for place in range(min(len(flows), most))]

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The financial years that have flows, the latest first."""
        found = {year for years in self.columns.flows.values("years") for year in years.split()}
        return tuple(sorted(found, reverse=True))

    def flows_of_document(self, document: str) -> list[StatedFlow]:
        """Return the flows that a document states."""
        flows, number = self.columns.flows, self.columns.numbers_of_documents.get(document)
        return [flows.rows[row] for row in flows.of_document(number)] if number is not None else []

    def documents_of_money(self, column: str, ids: Collection[str]) -> frozenset[str]:
        """Return the documents with a flow whose `column` (place, fund or programmes) has one of some ids."""
        flows, things = self.columns.flows, self.columns.numbers_of_ids(ids)
        rows = flows.under(things) if column == "programmes" else flows.naming(column, things)
        return self.columns.names(flows.documents[rows].tolist())

    @cached_property
    def funds_of(self) -> Mapping[str, frozenset[str]]:
        """The ids of the funds that the flows of a document name, by document."""

        def find(document: str) -> frozenset[str]:
            funds = (stated.flow.fund for stated in self.flows_of_document(document))
            return frozenset(fund.id for fund in funds if fund is not None)

        return LookedUp(find, lambda: self.columns.documents)

    def are_funded(self, ids: Collection[str]) -> bool:
        """Return True if any flow is for a programme that has one of some ids."""
        return not self._funded.isdisjoint(self.columns.numbers_of_ids(ids).tolist())

    @cached_property
    def _funded(self) -> set[int]:
        return self.columns.flows.things("programmes")

    @cached_property
    def awards(self) -> Iterable[StatedAward]:
        """Every award whose document does not print a sum."""
        return self.columns.awards.rows

    @property
    def corrections(self) -> Mapping[str, tuple[CorrectionNote, ...]]:
        """The corrections that people made, by the IRI of the flow that was corrected."""
        return self.columns.corrections

    @cached_property
    def grounds(self) -> Grounds:
        """What counting needs besides the flows: citations between decisions, figures at odds, and lists."""
        return grounds_of_columns(self.columns, self.flows_of_document)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger: the tally of each thing, the same that its page shows."""
        from graph.counting.graph_ledger import open_ledger

        return open_ledger(
            lambda: self.store, self._folder, lambda key, iris: self.columns.flows.by_iri(iris, self.flows)
        )

    # what documents state besides

    @property
    def relations(self) -> Iterable[StatedRelation]:
        """Every relation: a statement that joins two things or decisions, such as who leads a programme."""
        return self.columns.relations

    def relations_where(
        self,
        kinds: Collection[RelationKind] | None = None,
        *,
        documents: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        decisions: Collection[str] | None = None,
    ) -> list[StatedRelation]:
        """Return the relations that meet every given condition; None leaves a condition out.

        Args:
            kinds: The relation is of one of these kinds.
            documents: One of these documents states it.
            ids: One of these things, given by id, is its subject or its object.
            decisions: One of these decisions, given by IRI, is its object.
        """
        columns = self.columns
        numbers = None if documents is None else self._numbers(documents)
        chosen = columns.relation_rows(kinds, numbers, ids, decisions)
        return columns.relations.at(chosen)

    def relations_between_decisions(self) -> list[StatedRelation]:
        """Return the relations whose both ends are decisions: which one changes, replaces or refers to which."""
        return self.columns.relations.at(self.columns.rows_between_decisions())

    def checks_in(self, documents: Iterable[str]) -> list[StatedCheck]:
        """Return the checks (comparisons of figures) of some documents."""
        return self.columns.checks.at(self.columns.rows_in("checks", self._numbers(documents)))

    def checks_at_odds(self, documents: Iterable[str]) -> list[StatedCheck]:
        """Return those checks of some documents whose figures do not agree, or only but for rounding."""
        return [each for each in self.checks_in(documents) if each.check.verdict is not Verdict.CONSISTENT]

    def totals_in(self, documents: Iterable[str]) -> list[Total]:
        """Return the totals that some documents state over several of their flows."""
        return self.columns.totals.at(self.columns.rows_in("totals", self._numbers(documents)))

    def _numbers(self, documents: Iterable[str]) -> list[int]:
        known = self.columns.numbers_of_documents
        return [known[document] for document in documents if document in known]

    @cached_property
    def about(self) -> Mapping[str, frozenset[str]]:
        """The ids of the programmes and other things that a decision is stated to be about, by the decision's IRI."""

        def find(iri: str) -> frozenset[str]:
            rows = self.columns.relations.at(self.columns.postings("relation_subjects").rows(iri))
            return frozenset(r.object.id for r in rows if r.kind is RelationKind.ABOUT and isinstance(r.object, Entity))

        return LookedUp(find, lambda: self.columns.words("decisions", "word"))

    def documents_about(self, ids: Collection[str]) -> frozenset[str]:
        """Return the documents whose decision is stated to be about one of some things, given by id."""
        objects = self.columns.objects_of(RelationKind.ABOUT)
        rows = (objects.rows(number) for number in self.columns.numbers_of_ids(ids).tolist())
        found = (relation for each in rows for relation in self.columns.relations.at(each))
        return frozenset(d for relation in found for d in self.documents_of.get(str(relation.subject), ()))

    # things

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Everything that flows, awards and relations name, and the bodies that decide, by IRI."""
        iris, named = self.columns.words("things", "iri"), self.columns.numbers("things", "is_named")
        return {iri: self.columns.thing(number) for number, iri in enumerate(iris) if named[number]}

    def entity_of(self, id: str) -> Entity | None:
        """Return the thing that has an id; None if nothing in the graph names it."""
        named = self.columns.numbers("things", "is_named")
        return next((self.columns.thing(n) for n in self.columns.numbers_of_ids([id])[::-1].tolist() if named[n]), None)

    def entities_called(self, part: str) -> list[Entity]:
        """Return the named things whose name contains some text, ignoring capitals."""
        named = self.columns.numbers("things", "is_named")
        return [self.columns.thing(number) for number in self.columns.things_called(part) if named[number]]

    @cached_property
    def with_page(self) -> Mapping[str, Entity]:
        """Everything that has a page, by its `thing_key`: what decisions name, without the wider areas around it."""
        pages = self.columns.numbers("things", "page")

        def find(key: str) -> Entity | None:
            of_id = self.columns.numbers_of_ids([key.partition("/")[2]]).tolist()
            things = (self.columns.thing(number) for number in of_id if pages[number] >= 0)
            return next((thing for thing in things if thing_key(thing) == key), None)

        def keys() -> Iterable[str]:
            shown = sorted((page, number) for number, page in enumerate(pages.tolist()) if page >= 0)
            return (thing_key(self.columns.thing(number)) for _, number in shown)

        return LookedUp(find, keys)

    @cached_property
    def _given(self) -> tuple[Entity, ...]:
        """The things that corrections renamed or added a name to, once for each such name."""
        columns = self.columns
        given = zip(columns.words("corrected_names", "thing"), columns.words("corrected_names", "name"), strict=True)
        found = [(self.entities.get(iri), name) for iri, name in given]
        return tuple(replace(entity, name=name) for entity, name in found if entity is not None)

    @cached_property
    def unverified(self) -> tuple[Entity, ...]:
        """Names that the registry lacks: those that documents brought in, and those that corrections gave."""
        return (*(each for each in self.entities.values() if self._is_brought(each)), *self._given)

    def _is_brought(self, entity: Entity) -> bool:
        return not entity.verified or entity.id not in self.registry

    def brought_in(self, text: str) -> tuple[Entity, ...]:
        """Return the things that a text may name and whose names the registry lacks."""
        named = self.columns.numbers("things", "is_named")
        found = [self.columns.thing(number) for number in self.columns.names_in(text.lower()) if named[number]]
        return (*(each for each in found if self._is_brought(each) and not self._is_class(each.name)), *self._given)

    def _is_class(self, name: str) -> bool:
        """Return True if a name is a plural such as "London Boroughs": several bodies are a "London Borough of ..."."""
        one = name.lower().removesuffix("s") + " "
        bodies = self.registry.entities(EntityKind.ORGANISATION)
        return name.lower().endswith("s") and sum(each.name.lower().startswith(one) for each in bodies) >= _CLASS

    def entities_of_document(self, document: str) -> tuple[Entity, ...]:
        """Return every thing that the flows, awards and relations of a document name."""
        number = self.columns.numbers_of_documents.get(document)
        return self.columns.entities_of(number) if number is not None else ()

    def names_of(self, entity: Entity) -> tuple[str, ...]:
        """Return the names of a thing: its canonical name first, then its aliases."""
        aliases = self.registry.row(entity.id).aliases if entity.id in self.registry else ()
        return (entity.name, *aliases)

    def documents_of_id(self, id: str, *, mentioned: bool = True) -> frozenset[str]:
        """Return the documents that name a thing, given by its id.

        Without `mentioned`, only those whose money is for it or whose decision is stated to be about it.
        """
        if not mentioned:
            return self.documents_of_money("fund", [id]) | self.documents_of_money("programmes", [id]) | (
                self.documents_about([id])
            )  # fmt: skip
        return self.columns.names(self.columns.postings("named_in").rows(id).tolist()) | self.documents_of_areas({id})

    def documents_naming(self, entity: Entity) -> frozenset[str]:
        """Return the documents whose flows, relations or body name a thing; for a place also places within it."""
        ids = self.registry.places_within(entity.id) if entity.kind is EntityKind.PLACE else {entity.id}
        found = self.columns.names({n for id in ids for n in self.columns.postings("named_in").rows(id).tolist()})
        return found | self.documents_of_areas(ids)

    # words

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[Paragraph, ...]]:
        """The passages of each document, in order; a decision's summary where the source holds no passages."""
        columns = self.columns

        def find(document: str) -> tuple[Paragraph, ...] | None:
            number = columns.numbers_of_documents.get(document)
            rows = columns.passages(number) if number is not None else []
            return tuple(_paragraph(document, row) for row in rows) or None

        def documents() -> Iterable[str]:
            return (columns.documents[number] for number in columns.documents_with_text())

        return LookedUp(find, documents)

    def paragraph(self, number: int) -> Paragraph:
        """Return a passage, given by its number."""
        row = self.columns.passage(number)
        return _paragraph(self.columns.documents[row["document"]], row)

    def stems_around(self, stated: StatedFlow) -> frozenset[str]:
        """Return the stems of the paragraph or row that states a flow, and of its heading."""
        if stated.iri not in self._around:
            found: set[str] = set()
            for evidence in stated.flow.evidence[:1]:
                for part in self.paragraphs.get(stated.document, ()):
                    if part.locator == evidence.locator:
                        found |= part.stems | stems_of(part.section)
            self._around[stated.iri] = frozenset(found)
        return self._around[stated.iri]

    @cached_property
    def furniture(self) -> frozenset[str]:
        """The ids of passages that many documents share, such as menus, notices and headings of forms."""
        return self.columns.common_passages()

    @cached_property
    def texts(self) -> Texts:
        """The words of all documents, ready to be compared with a question."""
        return Texts(self.columns, self.paragraphs, self.heads, self.registry)

    def mended(self, word: str) -> str:
        """Return the known word that a mistyped word most likely stands for; any other word stays as it is."""
        if word not in self._mended:
            self._mended[word] = self._as_meant(word) if len(word) >= 5 and word.isalpha() else word
        return self._mended[word]

    def _as_meant(self, word: str) -> str:
        from rapidfuzz import fuzz, process

        known: Any = self.columns.vocabulary
        if word in general_words() or known.index_of(word) is not None:
            return word
        if stem(word) in self.columns.postings("vocabulary_stems"):
            return word
        near = process.extractOne(word, [*known[:], *sorted(general_words())], scorer=fuzz.ratio, score_cutoff=86)
        # the first letter is seldom mistyped: another one makes another name
        return str(near[0]) if near and near[0][0] == word[0] else word

    def says(self, name: str) -> bool:
        """Return True if one passage of any document holds all words of a name, in any grammatical form."""
        stems = frozenset(stem(word) for word in words_of(name))
        documents = self.columns.postings("document_words").with_all(stems).tolist() if stems else ()
        names = (self.columns.documents[number] for number in documents)
        return not stems or any(stems <= part.stems for each in names for part in self.paragraphs.get(each, ()))


def _paragraph(document: str, row: Mapping[str, str]) -> Paragraph:
    return Paragraph(document, row["locator"], row["section"], row["text"], row["id"])
