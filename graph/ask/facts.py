"""What the graph says, as the answers need it: flows, decisions, relations, checks and totals, each read once.

A build never changes, so what was read is kept for as long as the source lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from rdflib.term import Node

from graph.ask.reading.people import office_holders, person_of
from graph.ask.stated import CitedDecision, Total, total_of
from graph.ask.text import Paragraph, Term, Texts
from graph.ask.words import general_words, stem, stems_of, words_of
from graph.corrections.notes import CorrectionNote, correction_notes
from graph.counting.graph_ledger import open_ledger
from graph.counting.grounds import Grounds, grounds_of
from graph.counting.ledger import Ledger
from graph.identifiers import entity_iri
from graph.model import Award, Entity, EntityKind, FundingFlow, Passage, RelationKind
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

_FEW, _FEW_SHARE = 4, 0.05  #: documents, and their share, that may have one passage before it says nothing of any


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
        self._around: dict[str, frozenset[str]] = {}
        self.word_terms: dict[str, Term] = {}  #: of words that questions had

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
        """Everything that flows, awards and relations name, and the bodies that decide, by IRI."""
        named = (entity for _, entity in self._namings())
        return {str(entity_iri(entity)): entity for entity in named}

    def _namings(self) -> Iterator[tuple[str, Entity]]:
        """Every thing that a sum, an award, a relation or the head of a decision names, with the document."""
        for stated in self.flows.values():
            yield from ((stated.document, entity) for entity in _things_of(stated.flow))
        for each in self.awards:
            yield from ((each.document, entity) for entity in _things_of(each.award))
        for relation in self.relations:
            ends = (relation.subject, relation.object)
            yield from ((relation.document, entity) for entity in ends if isinstance(entity, Entity))
        for document, head in self.heads.items():
            if head.body is not None:
                yield document, head.body

    @cached_property
    def with_page(self) -> Mapping[str, Entity]:
        """Everything that has a page, by the key that the ledger gives it: what decisions name, not wider areas."""
        return {thing_key(named.entity): named.entity for named in named_things(self.store)}

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
                    Paragraph(
                        document, passage.locator, passage.section, passage.text, stems_of(passage.text), passage.id
                    )
                )
        for document, head in self.heads.items():
            if document not in found and head.summary:
                found[document] = [
                    Paragraph(document, "Executive summary", "Executive summary", head.summary, stems_of(head.summary))
                ]
        return {document: tuple(parts) for document, parts in found.items()}

    @cached_property
    def passage_documents(self) -> Mapping[str, tuple[str, ...]]:
        """The documents that have each passage, by its id."""
        found: dict[str, list[str]] = {}
        for document, parts in self.paragraphs.items():
            for part in parts:
                found.setdefault(part.id, []).append(document)
        return {id: tuple(dict.fromkeys(documents)) for id, documents in found.items()}

    @cached_property
    def _at(self) -> Mapping[tuple[str, str], list[Paragraph]]:
        found: dict[tuple[str, str], list[Paragraph]] = {}
        for document, parts in self.paragraphs.items():
            for part in parts:
                found.setdefault((document, part.locator), []).append(part)
        return found

    def stems_around(self, stated: StatedFlow) -> frozenset[str]:
        """The words of the paragraph or row that states a sum, and of its heading."""
        if stated.iri not in self._around:
            found: set[str] = set()
            for evidence in stated.flow.evidence[:1]:
                for part in self._at.get((stated.document, evidence.locator), ()):
                    found |= part.stems | stems_of(part.section)
            self._around[stated.iri] = frozenset(found)
        return self._around[stated.iri]

    @cached_property
    def _of_document(self) -> Mapping[str, list[StatedFlow]]:
        found: dict[str, list[StatedFlow]] = {}
        for stated in self.flows.values():
            found.setdefault(stated.document, []).append(stated)
        return found

    def entities_of_document(self, document: str) -> tuple[Entity, ...]:
        """Everything that the sums, awards and facts of a document name."""
        return self._by_document.get(document, ())

    @cached_property
    def _by_document(self) -> Mapping[str, tuple[Entity, ...]]:
        found: dict[str, dict[str, Entity]] = {}
        for document, entity in self._namings():
            found.setdefault(document, {})[entity.id] = entity
        return {document: tuple(named.values()) for document, named in found.items()}

    def flows_of_document(self, document: str) -> list[StatedFlow]:
        """The sums that a document states."""
        return self._of_document.get(document, [])

    @cached_property
    def furniture(self) -> frozenset[str]:
        """Ids of passages that many documents have: menus, notices, headings of forms."""
        most = max(_FEW, len(self.heads) * _FEW_SHARE)
        return frozenset(id for id, documents in self.passage_documents.items() if len(documents) > most)

    @cached_property
    def title_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of each document's title and reference."""
        return {doc: stems_of(f"{head.title} {head.reference or ''}") for doc, head in self.heads.items()}

    @cached_property
    def texts(self) -> Texts:
        """The words of all documents, ready to be compared with a question."""
        titles = {}
        for document, head in self.heads.items():
            body = [head.body.name, *self._also_called(head.body)] if head.body is not None else []
            titles[document] = " ".join([head.title, head.reference or "", head.decided_by, *body])
        return Texts(self.paragraphs, titles, {document: head.summary for document, head in self.heads.items()})

    def names_of(self, entity: Entity) -> tuple[str, ...]:
        """The name of a thing and its other names."""
        return (entity.name, *self._also_called(entity))

    @cached_property
    def _named_in(self) -> Mapping[str, frozenset[str]]:
        """The documents that name each thing, by its id; a place also where the body that decides is of it."""
        found: dict[str, set[str]] = {}
        for document, entity in self._namings():
            found.setdefault(entity.id, set()).add(document)
        for document, head in self.heads.items():
            area = self.registry.place_of_body(head.body.id) if head.body is not None else None
            if area:
                found.setdefault(area, set()).add(document)
        return {id: frozenset(documents) for id, documents in found.items()}

    def documents_of_id(self, id: str, *, mentioned: bool = True) -> frozenset[str]:
        """The documents whose sums, facts or body name a thing, by its id; or whose money or subject it is."""
        if mentioned:
            return self._named_in.get(id, frozenset())
        found = {s.document for s in self.flows.values() for e in (s.flow.fund, *s.flow.programmes) if e and e.id == id}
        about = {d for iri, ids in self.about.items() if id in ids for d in self.documents_of.get(iri, ())}
        return frozenset(found | about)

    def documents_naming(self, entity: Entity) -> frozenset[str]:
        """The documents whose sums, facts or body name a thing; of a place also what lies within it."""
        ids = self.registry.places_within(entity.id) if entity.kind is EntityKind.PLACE else {entity.id}
        return frozenset(d for id in ids for d in self._named_in.get(id, ()))

    def _also_called(self, entity: Entity) -> tuple[str, ...]:
        return self.registry.row(entity.id).aliases if entity.id in self.registry else ()

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
        if len(word) >= 5 and word.isalpha() and word not in general_words() and stem(word) not in self._stems:
            near = process.extractOne(word, self.vocabulary | general_words(), scorer=fuzz.ratio, score_cutoff=86)
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


def _things_of(funding: FundingFlow | Award) -> list[Entity]:
    """Everything that a sum or an award names."""
    things = (funding.funder, funding.recipient, funding.place, funding.fund, *funding.programmes)
    return [entity for entity in things if entity is not None]
