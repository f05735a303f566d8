"""What the graph says, as the answers need it: flows, decisions, relations, checks and totals, each read once.

A build never changes, so what was read is kept for as long as the source lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from rdflib.term import Node

from graph.ask.people import office_holders, person_of
from graph.ask.stated import CitedDecision, Paragraph, Total, total_of
from graph.ask.words import GENERAL, TELLING, stem, stems_of, words_of
from graph.corrections.notes import CorrectionNote, correction_notes
from graph.counting.graph_ledger import open_ledger
from graph.counting.grounds import Grounds, grounds_of
from graph.counting.ledger import Ledger
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind, Passage, RelationKind
from graph.names.index import NameIndex
from graph.parse.references import reference_key
from graph.queries import query
from graph.registry import Registry
from graph.stated.awards import StatedAward, all_awards
from graph.stated.checks import StatedCheck, checks_of, contradictions
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.evidence import evidence_of
from graph.stated.flows import StatedFlow, all_flows
from graph.stated.relations import StatedRelation, all_relations
from graph.stated.things import named_things, text_of, thing_key
from graph.stores.store import Store


class Facts:
    """Everything that answers are made of, over one store."""

    def __init__(
        self,
        store: Store,
        names: NameIndex,
        passages: Callable[[], Iterable[tuple[str, Passage]]] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.store = store
        self.names = names
        self._passages = passages
        self._folder = folder  #: of the build, which keeps the ledger
        self._mended: dict[str, str] = {}
        self._places: dict[str, frozenset[str]] = {}

    @property
    def registry(self) -> Registry:
        """The names we know."""
        return self.names.registry

    @cached_property
    def flows(self) -> Mapping[str, StatedFlow]:
        """Every flow by IRI, in the order of the documents."""
        return {flow.iri: flow for flow in all_flows(self.store)}

    @cached_property
    def corrections(self) -> Mapping[str, tuple[CorrectionNote, ...]]:
        """What people set right, by the IRI of the flow."""
        return correction_notes(self.store)

    @cached_property
    def heads(self) -> Mapping[str, DecisionHead]:
        """Every loaded decision, by document."""
        return decision_heads(self.store)

    @cached_property
    def office_holders(self) -> Mapping[str, str]:
        """Names of those who signed, as printed -> in full."""
        return office_holders(head.decided_by for head in self.heads.values())

    def signed_by(self, document: str) -> str:
        """The full name of who signed a document's decision; "" where only the office is printed."""
        head = self.heads.get(document)
        return self.office_holders.get(person_of(head.decided_by), "") if head is not None else ""

    @cached_property
    def documents_of(self) -> Mapping[str, tuple[str, ...]]:
        """The documents that record each decision, by its IRI."""
        found: dict[str, list[str]] = {}
        for document, head in self.heads.items():
            found.setdefault(head.iri, []).append(document)
        return {iri: tuple(documents) for iri, documents in found.items()}

    @cached_property
    def awards(self) -> tuple[StatedAward, ...]:
        """Every award whose sum no document prints."""
        return all_awards(self.store)

    @cached_property
    def relations(self) -> tuple[StatedRelation, ...]:
        """Every statement between things."""
        return all_relations(self.store)

    @cached_property
    def checks(self) -> tuple[StatedCheck, ...]:
        """Every comparison of figures."""
        return (*contradictions(self.flows.values(), self.heads), *checks_of(self.store))

    @cached_property
    def cited(self) -> Mapping[str, CitedDecision]:
        """Decisions known by reference only, by IRI."""
        rows = self.store.select(query("ask-cited"), {})
        loaded = {head.iri for head in self.heads.values()}
        found: dict[str, CitedDecision] = {}
        for row in rows:
            iri = text_of(row, "decision")
            if iri not in loaded:
                found.setdefault(iri, CitedDecision(iri, text_of(row, "words")))
        return found

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Every sum that a document states over several flows."""
        rows = self.store.select(query("ask-totals"), {})
        evidence = evidence_of(self.store, [row["total"] for row in rows])
        merged: dict[str, list[Mapping[str, Node]]] = {}
        for row in rows:
            merged.setdefault(text_of(row, "total"), []).append(row)
        return tuple(total_of(iri, parts, evidence.get(iri, ())) for iri, parts in sorted(merged.items()))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Everything that flows and relations name, by IRI."""
        found: dict[str, Entity] = {}
        for stated in self.flows.values():
            flow = stated.flow
            for entity in (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes):
                if entity is not None:
                    found[str(entity_iri(entity))] = entity
        for award in (each.award for each in self.awards):
            for entity in (award.funder, award.recipient, award.place, award.fund, *award.programmes):
                if entity is not None:
                    found[str(entity_iri(entity))] = entity
        for relation in self.relations:
            for thing in (relation.subject, relation.object):
                if isinstance(thing, Entity):
                    found[str(entity_iri(thing))] = thing
        for head in self.heads.values():
            if head.body is not None:
                found[str(entity_iri(head.body))] = head.body
        return found

    @cached_property
    def with_page(self) -> Mapping[str, Entity]:
        """Everything that has a page, by the key that the ledger gives it: what decisions name, not wider areas."""
        return {thing_key(named.entity): named.entity for named in named_things(self.store)}

    @cached_property
    def funders(self) -> tuple[Entity, ...]:
        """Everyone who gives."""
        return tuple(dict.fromkeys(s.flow.funder for s in self.flows.values() if s.flow.funder is not None))

    @cached_property
    def recipients(self) -> tuple[Entity, ...]:
        """Everyone who gets."""
        return tuple(dict.fromkeys(s.flow.recipient for s in self.flows.values() if s.flow.recipient is not None))

    @cached_property
    def parties_by_name(self) -> Mapping[str, Entity]:
        """Everyone who gives or gets, by the name in lower case."""
        return {entity.name.lower(): entity for entity in (*self.funders, *self.recipients)}

    @cached_property
    def funded_programmes(self) -> frozenset[str]:
        """Ids of the programmes that flows are for."""
        return frozenset(p.id for stated in self.flows.values() for p in stated.flow.programmes)

    @cached_property
    def unverified(self) -> tuple[Entity, ...]:
        """Names that the registry lacks: those that documents brought, and those that corrections gave to a thing."""
        brought = [each for each in self.entities.values() if not each.verified or each.id not in self.registry]
        rows = self.store.select(query("corrected-names"), {})
        given = [(self.entities.get(text_of(row, "thing")), text_of(row, "name")) for row in rows]
        return (*brought, *(replace(entity, name=name) for entity, name in given if entity is not None))

    @cached_property
    def references(self) -> Mapping[str, str]:
        """Printed reference in lower case -> its key, for every decision that is loaded or cited."""
        found: dict[str, str] = {}
        for printed in [head.reference for head in self.heads.values()] + [c.reference for c in self.cited.values()]:
            if printed:
                found[printed.lower()] = reference_key(printed)
        return found

    @cached_property
    def by_key(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a reference -> the IRIs of the decisions that have it, loaded ones first."""
        found: dict[str, list[str]] = {}
        for head in self.heads.values():
            if head.reference:
                found.setdefault(reference_key(head.reference), []).append(head.iri)
        for row in self.store.select(query("ask-decision-keys"), {}):
            found.setdefault(text_of(row, "key"), []).append(text_of(row, "decision"))
        for cited in self.cited.values():
            found.setdefault(reference_key(cited.reference), []).append(cited.iri)
        return {key: tuple(dict.fromkeys(iris)) for key, iris in found.items()}

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[Paragraph, ...]]:
        """The passages of each document in order; none where the source holds none."""
        found: dict[str, list[Paragraph]] = {}
        if self._passages is not None:
            for document, passage in self._passages():
                found.setdefault(document, []).append(
                    Paragraph(document, passage.locator, passage.section, passage.text, stems_of(passage.text))
                )
        for document, head in self.heads.items():
            if document not in found and head.summary:
                found[document] = [
                    Paragraph(document, "Executive summary", "Executive summary", head.summary, stems_of(head.summary))
                ]
        return {document: tuple(parts) for document, parts in found.items()}

    @cached_property
    def title_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of each document's title and reference."""
        return {doc: stems_of(f"{head.title} {head.reference or ''}") for doc, head in self.heads.items()}

    @cached_property
    def summary_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of each document's title and summary."""
        return {doc: self.title_stems[doc] | stems_of(head.summary) for doc, head in self.heads.items()}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that the graph's texts hold, for slips of the keyboard."""
        words: set[str] = set()
        for parts in self.paragraphs.values():
            for part in parts:
                words.update(words_of(part.text))
        for head in self.heads.values():
            words.update(words_of(head.title))
        for entity in self.entities.values():
            words.update(words_of(entity.name))
        return frozenset(word for word in words if len(word) >= 4 and word.isalpha())

    @cached_property
    def about(self) -> Mapping[str, frozenset[str]]:
        """Ids of the programmes and other things that a decision is said to be about, by the decision's IRI."""
        found: dict[str, set[str]] = {}
        for relation in self.relations:
            if relation.kind is RelationKind.ABOUT and isinstance(relation.object, Entity):
                found.setdefault(str(relation.subject), set()).add(relation.object.id)
        return {iri: frozenset(ids) for iri, ids in found.items()}

    @cached_property
    def grounds(self) -> Grounds:
        """What counting needs to know besides the flows."""
        return grounds_of(self.flows.values(), self.heads, self.relations, self.checks)

    @cached_property
    def ledger(self) -> Ledger:
        """The tally of each thing, as its page shows it."""
        return open_ledger(self.store, self._folder, lambda key: self.flows)

    @cached_property
    def funds_of(self) -> Mapping[str, frozenset[str]]:
        """Ids of the funds that the flows of a document name, by document."""
        found: dict[str, set[str]] = {}
        for stated in self.flows.values():
            if stated.flow.fund is not None:
                found.setdefault(stated.document, set()).add(stated.flow.fund.id)
        return {document: frozenset(ids) for document, ids in found.items()}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.vocabulary)

    def mended(self, word: str) -> str:
        """A word that neither the graph's texts nor English questions know, as the one it most likely is."""
        from rapidfuzz import fuzz, process

        if word in self._mended:
            return self._mended[word]
        near = None
        if len(word) >= 5 and word.isalpha() and word not in GENERAL and stem(word) not in self._stems:
            near = process.extractOne(word, self.vocabulary | GENERAL | TELLING, scorer=fuzz.ratio, score_cutoff=86)
        # the first letter is seldom mistyped: another one makes another name
        self._mended[word] = str(near[0]) if near and near[0][0] == word[0] else word
        return self._mended[word]

    def says(self, name: str) -> bool:
        """Whether the words of a name stand together in any document, whatever their form."""
        stems = frozenset(stem(word) for word in words_of(name))
        return any(stems <= part.stems for parts in self.paragraphs.values() for part in parts)

    def places_named(self, document: str) -> frozenset[str]:
        """Ids of the places that a decision's title and summary name."""
        if document not in self._places:
            head = self.heads.get(document)
            found = self.names.find(f"{head.title}. {head.summary}", kinds={EntityKind.PLACE}) if head else []
            self._places[document] = frozenset(mention.entity.id for mention in found)
        return self._places[document]

    def words_around(self, stated: StatedFlow) -> str:
        """A flow's own words with its decision's title and summary, in lower case, words parted by single spaces."""
        head = self.heads.get(stated.document)
        parts = [e.quote for e in stated.flow.evidence] + ([head.title, head.summary] if head else [])
        return " ".join(words_of(" ".join(parts)))

    def caption_of(self, document: str) -> str:
        """What to call the decision of a document."""
        head = self.heads.get(document)
        return head.caption if head is not None else document

    def caption(self, iri: str) -> str:
        """What to call a decision."""
        for document in self.documents_of.get(iri, ()):
            return self.heads[document].caption
        cited = self.cited.get(iri)
        return cited.reference if cited else iri.rpartition("/")[2]
