"""Triples of one document back to its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from rdflib import URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SKOS
from rdflib.term import Node

from graph.identifiers import entity_id, entity_iri, part_id, year_of
from graph.model import (
    Alternative,
    Award,
    Band,
    Basis,
    Check,
    Decision,
    Doubt,
    Entity,
    Evidence,
    FlowKind,
    FlowRelation,
    FlowStatus,
    FundingFlow,
    NewName,
    Record,
    Relation,
    StatedTotal,
    Unread,
    Verdict,
)
from graph.vocabulary import FLOW_LINK, RELATION, WF

_KIND_OF_RELATION = {term: kind for kind, term in RELATION.items()}


def record_of_triples(triples: Iterable[tuple[Node, Node, Node]]) -> Record:
    """Return the record that `record_triples` wrote, in the form of `canonical`.

    Raises:
        ValueError: The triples are not those of exactly one document.
    """
    return _Reader(triples).record()


def canonical(record: Record) -> Record:
    """Return the record in the form in which its triples keep it: without passages, and unordered parts sorted."""
    decision = replace(record.decision, aliases=tuple(sorted(set(record.decision.aliases))))
    return replace(
        record,
        decision=decision,
        flows=tuple(replace(flow, programmes=_by_id(flow.programmes)) for flow in record.flows),
        awards=tuple(replace(award, programmes=_by_id(award.programmes)) for award in record.awards),
        flow_relations=tuple(sorted(set(record.flow_relations), key=_link_order)),
        totals=tuple(
            replace(total, programmes=_by_id(total.programmes), parts=tuple(sorted(set(total.parts))))
            for total in record.totals
        ),
        passages=(),
    )


def _by_id(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(set(entities), key=lambda entity: entity.id))


def _link_order(link: FlowRelation) -> tuple[str, str, str]:
    return link.subject, link.link.value, link.object


class _Reader:
    """Looks up values in triples by subject and predicate."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        self.values: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self.members: dict[Node, list[Node]] = defaultdict(list)
        for subject, predicate, value in triples:
            self.values[subject, predicate].append(value)
            if predicate == RDF.type:
                self.members[value].append(subject)

    def record(self) -> Record:
        """Return the record of the one document in the triples.

        Raises:
            ValueError: The triples are not those of exactly one document.
        """
        documents = self.members[WF.Document]
        if len(documents) != 1:
            raise ValueError(f"the triples of one document were expected, these are of {len(documents)}")
        document, decision = documents[0], self.members[WF.Decision][0]
        flows = self._in_order(self.members[WF.FundingFlow])
        return Record(
            document=self._text(document, WF.documentName),
            digest=self._text(document, WF.digest),
            decision=self._decision(decision),
            flows=tuple(self._flow(node) for node in flows),
            flow_relations=self._flow_relations(flows),
            totals=tuple(self._total(node) for node in self._in_order(self.members[WF.StatedTotal])),
            relations=tuple(self._relation(node) for node in self._in_order(self.members[WF.Relation])),
            checks=tuple(self._check(node) for node in self._in_order(self.members[WF.Check])),
            new_names=tuple(self._new_name(node) for node in self._in_order(self.members[WF.NewName])),
            issues=tuple(self._text(node, WF.message) for node in self._parts(document, WF.issue)),
            awards=tuple(self._award(node) for node in self._in_order(self.members[WF.Award])),
            unread=self._unread(document),
        )

    def _one(self, subject: Node, predicate: URIRef) -> Node | None:
        values = self.values.get((subject, predicate))
        return values[0] if values else None

    def _text(self, subject: Node, predicate: URIRef) -> str:
        value = self._one(subject, predicate)  # a literal zero is false: ask for None
        return "" if value is None else str(value)

    def _maybe(self, subject: Node, predicate: URIRef) -> str | None:
        value = self._one(subject, predicate)
        return None if value is None else str(value)

    def _in_order(self, nodes: Iterable[Node]) -> list[Node]:
        return sorted(nodes, key=lambda node: int(self._text(node, WF.position) or 0))

    def _parts(self, subject: Node, predicate: URIRef) -> list[Node]:
        return self._in_order(self.values.get((subject, predicate), []))

    def _entity(self, iri: Node | None) -> Entity | None:
        known = entity_id(str(iri)) if iri is not None else None
        if iri is None or known is None:
            return None
        return Entity(known[0], self._text(iri, SKOS.prefLabel), known[1], self._flag(iri, WF.isVerified))

    def _entities(self, subject: Node, predicate: URIRef) -> tuple[Entity, ...]:
        entities = (self._entity(iri) for iri in self.values.get((subject, predicate), []))
        return _by_id(entity for entity in entities if entity is not None)

    def _flag(self, subject: Node, predicate: URIRef) -> bool:
        return self._text(subject, predicate) in {"true", "1"}

    def _years(self, subject: Node) -> tuple[str, ...]:
        years = (year_of(str(iri)) for iri in self.values.get((subject, WF.inFinancialYear), []))
        return tuple(sorted(year for year in years if year))

    def _evidence(self, subject: Node, term: URIRef = WF.hasEvidence) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(
                locator=self._text(node, WF.locator),
                quote=self._text(node, WF.quote),
                page=int(page) if (page := self._maybe(node, WF.page)) else None,
                start=int(self._text(node, WF.start)),
                end=int(self._text(node, WF.end)),
            )
            for node in self._parts(subject, term)
        )

    def _unread(self, document: Node) -> Unread:
        figures = int(self._text(document, WF.unreadFigures) or 0)
        return Unread(figures, self._evidence(document, WF.hasUnreadWords))

    def _decision(self, iri: Node) -> Decision:
        return Decision(
            reference=self._maybe(iri, DCTERMS.identifier),
            title=self._text(iri, DCTERMS.title),
            body=self._entity(self._one(iri, WF.hasDecisionBody)),
            decided_by=self._maybe(iri, WF.decidedBy),
            signed=self._maybe(iri, WF.signed),
            record_type=self._text(iri, WF.recordType),
            source=self._maybe(iri, DCTERMS.source),
            aliases=tuple(sorted(str(alias) for alias in self.values.get((iri, SKOS.altLabel), []))),
            summary=self._text(iri, DCTERMS.abstract),
            dates=tuple(
                (self._text(node, RDFS.label), self._text(node, DCTERMS.date))
                for node in self._parts(iri, WF.otherDate)
            ),
            titled=self._text(iri, WF.titled),
        )

    def _flow(self, iri: Node) -> FundingFlow:
        return FundingFlow(
            id=part_id(str(iri)),
            funder=self._entity(self._one(iri, WF.hasFunder)),
            recipient=self._entity(self._one(iri, WF.hasRecipient)),
            recipient_words=self._text(iri, WF.recipientWords),
            amount=Decimal(self._text(iri, WF.amount)),
            basis=Basis(part_id(self._text(iri, WF.hasBasis))),
            years=self._years(iri),
            programmes=self._entities(iri, WF.isFundedUnder),
            place=self._entity(self._one(iri, WF.hasBeneficiaryPlace)),
            fund=self._entity(self._one(iri, WF.hasFund)),
            kind=FlowKind(part_id(self._text(iri, WF.hasKind))),
            status=FlowStatus(part_id(self._text(iri, WF.hasStatus))),
            evidence=self._evidence(iri),
            confidence=float(self._text(iri, WF.confidence)),
            purpose=self._text(iri, WF.purpose),
            per_year=self._flag(iri, WF.isPerYear),
            currency=self._text(iri, WF.currency),
            band=self._band(iri),
            doubts=self._doubts(iri),
            awaits_payee=self._flag(iri, WF.awaitsPayee),
            in_summary=self._flag(iri, WF.standsInSummary),
            in_table=self._flag(iri, WF.standsInTable),
        )

    def _award(self, iri: Node) -> Award:
        return Award(
            id=part_id(str(iri)),
            funder=self._entity(self._one(iri, WF.hasFunder)),
            recipient=self._entity(self._one(iri, WF.hasRecipient)),
            recipient_words=self._text(iri, WF.recipientWords),
            years=self._years(iri),
            programmes=self._entities(iri, WF.isFundedUnder),
            place=self._entity(self._one(iri, WF.hasBeneficiaryPlace)),
            fund=self._entity(self._one(iri, WF.hasFund)),
            kind=FlowKind(part_id(self._text(iri, WF.hasKind))),
            status=FlowStatus(part_id(self._text(iri, WF.hasStatus))),
            evidence=self._evidence(iri),
            confidence=float(self._text(iri, WF.confidence)),
            purpose=self._text(iri, WF.purpose),
            band=self._band(iri),
            doubts=self._doubts(iri),
        )

    def _band(self, iri: Node) -> Band:
        return Band(part_id(self._text(iri, WF.hasBand)))

    def _doubts(self, iri: Node) -> tuple[Doubt, ...]:
        return tuple(
            Doubt(
                slot=self._text(node, WF.slot),
                value=self._text(node, WF.readValue),
                probability=float(self._text(node, WF.probability)),
                alternatives=tuple(
                    Alternative(
                        self._text(leaf, WF.readValue),
                        float(self._text(leaf, WF.probability)),
                        self._text(leaf, WF.readBy),
                    )
                    for leaf in self._parts(node, WF.hasAlternative)
                ),
            )
            for node in self._parts(iri, WF.hasDoubt)
        )

    def _flow_relations(self, flows: Iterable[Node]) -> tuple[FlowRelation, ...]:
        found = [
            FlowRelation(part_id(str(flow)), link, part_id(str(other)))
            for flow in flows
            for link, term in FLOW_LINK.items()
            for other in self.values.get((flow, term), [])
        ]
        return tuple(sorted(found, key=_link_order))

    def _total(self, iri: Node) -> StatedTotal:
        return StatedTotal(
            id=part_id(str(iri)),
            amount=Decimal(self._text(iri, WF.amount)),
            years=self._years(iri),
            programmes=self._entities(iri, WF.isFundedUnder),
            payer=self._entity(self._one(iri, WF.hasPayer)),
            label=self._text(iri, RDFS.label),
            parts=tuple(sorted(part_id(str(flow)) for flow in self.values.get((iri, WF.totals), []))),
            evidence=self._evidence(iri),
        )

    def _relation(self, iri: Node) -> Relation:
        kind = self._one(iri, WF.hasRelationKind)
        return Relation(
            subject=self._entity(self._one(iri, WF.hasSubject)) or self._text(iri, WF.subjectWords),
            kind=_KIND_OF_RELATION[URIRef(str(kind))],
            object=self._entity(self._one(iri, WF.hasObject)) or self._text(iri, WF.objectWords),
            evidence=self._evidence(iri),
            detail=self._text(iri, WF.detail),
        )

    def _check(self, iri: Node) -> Check:
        return Check(
            verdict=Verdict(part_id(self._text(iri, WF.hasVerdict))),
            figures=tuple(Decimal(figure) for figure in self._text(iri, WF.figures).split()),
            message=self._text(iri, WF.message),
            evidence=self._evidence(iri),
            kind=self._text(iri, WF.checkKind),
        )

    def _new_name(self, iri: Node) -> NewName:
        entity = self._entity(self._one(iri, WF.hasName))
        if entity is None:
            raise ValueError(f"{iri} names no entity")
        org_id = self._text(entity_iri(entity), ORG.identifier)
        return NewName(entity, self._text(iri, WF.context), self._text(iri, WF.locator), org_id)
