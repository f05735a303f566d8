"""Records to triples. All statements of one document stand in its named graph, which is complete by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD

from graph.identifiers import (
    award_iri,
    concept_iri,
    decision_iri,
    entity_iri,
    flow_iri,
    graph_iri,
    iri_of_decision,
    part_iri,
    year_iri,
)
from graph.model import (
    Award,
    Check,
    Decision,
    Doubt,
    Entity,
    EntityKind,
    Evidence,
    Funding,
    FundingFlow,
    NewName,
    Record,
    Relation,
    RelationKind,
    StatedTotal,
)
from graph.parse.references import reference_key
from graph.vocabulary import ENTITY_CLASS, FLOW_LINK, RELATION, TO_DECISIONS, TO_WORDS, WF

Triple = tuple[URIRef, URIRef, URIRef | Literal]
Value = URIRef | Literal | str | bool | int | float | Decimal | None


def record_triples(record: Record) -> list[Triple]:
    """Return all that a document states, without its passages, as triples for the graph `graph_iri(document)`.

    `graph.rdf.triples_back.record_of_triples` reads them back.
    """
    return _Writer(record).written()


def text_literal(text: str) -> Literal:
    """Return words as a literal that every store accepts: a lone surrogate becomes a question mark."""
    return Literal(text.encode("utf-8", "replace").decode())


def date_literal(text: str) -> Literal:
    """Return an ISO date as a literal of its precision: a day, a month or a year.

    Other words become a plain literal.
    """
    for datatype, filled in ((XSD.date, text), (XSD.gYearMonth, f"{text}-01"), (XSD.gYear, f"{text}-01-01")):
        try:
            # fromisoformat knows more forms than xsd:date does
            if date.fromisoformat(filled).isoformat() == filled:
                return Literal(text, datatype=datatype)
        except ValueError:
            continue
    return text_literal(text)


def address(text: str) -> URIRef | Literal:
    """Return a web address as an IRI; other words as a literal."""
    import pyoxigraph

    if text.startswith(("http://", "https://")):
        try:
            return URIRef(pyoxigraph.NamedNode(text).value)
        except ValueError:
            pass
    return text_literal(text)


def entity_triples(entity: Entity) -> Iterable[Triple]:
    """Yield the triples about an entity that every graph which names it holds."""
    iri = entity_iri(entity)
    yield iri, RDF.type, ENTITY_CLASS[entity.kind]
    yield iri, SKOS.prefLabel, text_literal(entity.name)
    yield iri, WF.isVerified, Literal(entity.verified)
    if entity.kind is EntityKind.PLACE:
        yield iri, WF.isWithinTransitively, iri


def evidence_triples(node: URIRef, words: Evidence, document: str, position: int) -> Iterable[Triple]:
    """Yield the triples of a piece of evidence: its words and where they stand.

    Args:
        node: The IRI of the evidence.
        words: The evidence.
        document: The document's file name.
        position: Its place among the statement's evidence.
    """
    yield node, RDF.type, WF.Evidence
    yield node, WF.position, Literal(position)
    if words.quote:
        yield node, WF.quote, text_literal(words.quote)
    if words.locator:
        yield node, WF.locator, text_literal(words.locator)
    if words.page is not None:
        yield node, WF.page, Literal(words.page)
    yield node, WF.start, Literal(words.start)
    yield node, WF.end, Literal(words.end)
    yield node, WF.inDocument, graph_iri(document)
    yield node, WF.documentName, text_literal(document)


def _double(value: float) -> Literal:
    return Literal(repr(value), datatype=XSD.double)


def _fact(kind: RelationKind, words: Entity | str) -> Literal:
    """Return the literal for a relation whose object is words: a date with its precision, or other words."""
    text = words.name if isinstance(words, Entity) else words
    return date_literal(text) if kind in (RelationKind.STARTS, RelationKind.ENDS) else text_literal(text)


@dataclass
class _Writer:
    """Collects the triples of one record."""

    record: Record
    triples: dict[Triple, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = self.record.document
        self.decision = iri_of_decision(self.record.decision, self.document)
        self.body = self.record.decision.body.id if self.record.decision.body else None
        self.entities: dict[Entity, URIRef] = {}

    def written(self) -> list[Triple]:
        """Return the triples of the whole record."""
        self._document()
        self._decision(self.record.decision)
        for position, flow in enumerate(self.record.flows, 1):
            self._flow(flow, position)
        for position, award in enumerate(self.record.awards, 1):
            self._award(award, position)
        for link in self.record.flow_relations:
            self._add(self._iri_of_flow(link.subject), FLOW_LINK[link.link], self._iri_of_flow(link.object))
        for position, total in enumerate(self.record.totals, 1):
            self._total(total, position)
        for position, relation in enumerate(self.record.relations, 1):
            self._relation(relation, position)
        for position, check in enumerate(self.record.checks, 1):
            self._check(check, position)
        for position, name in enumerate(self.record.new_names, 1):
            self._new_name(name, position)
        return list(self.triples)

    def _add(self, subject: URIRef, predicate: URIRef, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, Decimal):
            value = Literal(f"{value:f}", datatype=XSD.decimal)
        elif isinstance(value, str) and not isinstance(value, URIRef | Literal):
            value = text_literal(value)
        elif not isinstance(value, URIRef | Literal):
            value = Literal(value)
        self.triples[(subject, predicate, value)] = None

    def _name(self, entity: Entity | None) -> URIRef | None:
        if entity is None:
            return None
        if entity not in self.entities:
            self.entities[entity] = entity_iri(entity)
            self.triples.update(dict.fromkeys(entity_triples(entity)))
        return self.entities[entity]

    def _iri_of_flow(self, flow_id: str) -> URIRef:
        return flow_iri(self.document, flow_id)

    def _document(self) -> None:
        graph = graph_iri(self.document)
        self._add(graph, RDF.type, WF.Document)
        self._add(graph, WF.documentName, self.document)
        self._add(graph, WF.digest, self.record.digest)
        for position, sentence in enumerate(self.record.issues, 1):
            node = part_iri(self.document, "issue", position)
            self._add(graph, WF.issue, node)
            self._add(node, RDF.type, WF.Issue)
            self._add(node, WF.message, sentence)
            self._add(node, WF.position, position)
        if self.record.unread.figures:
            self._add(graph, WF.unreadFigures, self.record.unread.figures)
        self._words(graph, WF.hasUnreadWords, part_iri(self.document, "unread", ""), self.record.unread.examples)

    def _decision(self, decision: Decision) -> None:
        iri, graph = self.decision, graph_iri(self.document)
        self._add(iri, RDF.type, WF.Decision)
        self._add(iri, RDF.type, WF.RecordedDecision)
        self._add(iri, WF.isRecordedIn, graph)
        self._add(iri, WF.documentName, self.document)
        self._add(iri, WF.isKnownByReferenceOnly, False)
        self._add(iri, DCTERMS.identifier, decision.reference)
        self._add(iri, DCTERMS.title, decision.title)
        self._add(iri, DCTERMS.abstract, decision.summary)
        self._add(iri, WF.hasDecisionBody, self._name(decision.body))
        self._add(iri, WF.decidedBy, decision.decided_by)
        self._add(iri, WF.recordType, decision.record_type)
        self._add(iri, WF.signed, date_literal(decision.signed) if decision.signed else None)
        self._add(iri, WF.titled, date_literal(decision.titled) if decision.titled else None)
        if decision.source:
            self._add(iri, DCTERMS.source, address(decision.source))
            if isinstance(where := address(decision.source), URIRef):  # words are no entity to derive from
                self._add(graph, PROV.wasDerivedFrom, where)
        key = reference_key(decision.reference) if decision.reference else ""
        self._add(iri, WF.referenceKey, key)
        for alias in decision.aliases:
            self._add(iri, SKOS.altLabel, alias)
            if reference_key(alias) != key:
                self._add(iri, WF.aliasKey, reference_key(alias))
        for position, (what, when) in enumerate(decision.dates, 1):
            node = part_iri(self.document, "date", position)
            self._add(iri, WF.otherDate, node)
            self._add(node, RDF.type, WF.NamedDate)
            self._add(node, RDFS.label, what)
            self._add(node, DCTERMS.date, date_literal(when))
            self._add(node, WF.position, position)

    def _flow(self, flow: FundingFlow, position: int) -> None:
        iri = self._iri_of_flow(flow.id)
        self._add(iri, RDF.type, WF.FundingFlow)
        self._add(iri, WF.amount, flow.amount)
        self._add(iri, WF.currency, flow.currency)
        self._add(iri, WF.hasBasis, concept_iri(flow.basis))
        self._add(iri, WF.isPerYear, flow.per_year)
        self._add(iri, WF.awaitsPayee, flow.awaits_payee or None)
        self._add(iri, WF.standsInSummary, flow.in_summary or None)
        self._add(iri, WF.standsInTable, flow.in_table or None)
        self._funding(iri, flow, position)

    def _award(self, award: Award, position: int) -> None:
        iri = award_iri(self.document, award.id)
        self._add(iri, RDF.type, WF.Award)
        self._funding(iri, award, position)

    def _funding(self, iri: URIRef, funding: Funding, position: int) -> None:
        """Write the triples that flows, and awards without a sum, have in common."""
        self._add(iri, WF.position, position)
        self._add(iri, WF.isMadeBy, self.decision)
        self._add(iri, WF.hasFunder, self._name(funding.funder))
        self._add(iri, WF.hasRecipient, self._name(funding.recipient))
        self._add(iri, WF.recipientWords, funding.recipient_words)
        self._add(iri, WF.hasKind, concept_iri(funding.kind))
        self._add(iri, WF.hasStatus, concept_iri(funding.status))
        self._years_and_programmes(iri, funding.years, funding.programmes)
        self._add(iri, WF.hasBeneficiaryPlace, self._name(funding.place))
        self._add(iri, WF.hasFund, self._name(funding.fund))
        self._add(iri, WF.confidence, _double(funding.confidence))
        self._add(iri, WF.hasBand, concept_iri(funding.band))
        self._add(iri, WF.purpose, funding.purpose)
        for number, doubt in enumerate(funding.doubts, 1):
            self._doubt(iri, doubt, number)
        self._evidence(iri, funding.evidence)

    def _doubt(self, owner: URIRef, doubt: Doubt, position: int) -> None:
        node = URIRef(f"{owner}/doubt/{position}")
        self._add(owner, WF.hasDoubt, node)
        self._add(node, RDF.type, WF.Doubt)
        self._add(node, WF.position, position)
        self._add(node, WF.slot, doubt.slot)
        self._add(node, WF.readValue, doubt.value)
        self._add(node, WF.probability, _double(doubt.probability))
        for number, other in enumerate(doubt.alternatives, 1):
            leaf = URIRef(f"{node}/alternative/{number}")
            self._add(node, WF.hasAlternative, leaf)
            self._add(leaf, RDF.type, WF.Alternative)
            self._add(leaf, WF.position, number)
            self._add(leaf, WF.readValue, other.value)
            self._add(leaf, WF.probability, _double(other.probability))
            self._add(leaf, WF.readBy, other.reader)

    def _years_and_programmes(self, iri: URIRef, years: Sequence[str], programmes: Sequence[Entity]) -> None:
        for year in years:
            node = year_iri(year)
            self._add(iri, WF.inFinancialYear, node)
            self._add(node, RDF.type, WF.FinancialYear)
            self._add(node, RDFS.label, year)
        for programme in programmes:
            self._add(iri, WF.isFundedUnder, self._name(programme))

    def _evidence(self, owner: URIRef, evidence: Sequence[Evidence]) -> None:
        self._words(owner, WF.hasEvidence, f"{owner}/evidence/", evidence)

    def _words(self, owner: URIRef, term: URIRef, start: str, evidence: Sequence[Evidence]) -> None:
        """Write evidence, each piece as a node whose IRI begins with `start`, and point to it from `owner`."""
        for position, words in enumerate(evidence, 1):
            node = URIRef(f"{start}{position}")
            self._add(owner, term, node)
            self.triples.update(dict.fromkeys(evidence_triples(node, words, self.document, position)))

    def _total(self, total: StatedTotal, position: int) -> None:
        iri = part_iri(self.document, "total", total.id)
        self._add(iri, RDF.type, WF.StatedTotal)
        self._add(iri, WF.position, position)
        self._add(iri, WF.isStatedIn, graph_iri(self.document))
        self._add(iri, WF.amount, total.amount)
        self._add(iri, WF.hasPayer, self._name(total.payer))
        self._add(iri, RDFS.label, total.label)
        self._years_and_programmes(iri, total.years, total.programmes)
        for part in total.parts:
            self._add(iri, WF.totals, self._iri_of_flow(part))
        self._evidence(iri, total.evidence)

    def _relation(self, relation: Relation, position: int) -> None:
        iri = part_iri(self.document, "relation", position)
        subject, thing = self._thing(relation.subject), self._object(relation)
        term = RELATION[relation.kind]
        if relation.kind in TO_WORDS:
            self._add(subject, term, _fact(relation.kind, relation.object))
        else:
            self._add(subject, term, thing)
        self._add(iri, RDF.type, WF.Relation)
        self._add(iri, WF.position, position)
        self._add(iri, WF.isStatedIn, graph_iri(self.document))
        self._add(iri, WF.hasSubject, subject)
        self._add(iri, WF.hasRelationKind, term)
        self._add(iri, WF.hasObject, thing)
        self._add(iri, WF.detail, relation.detail)
        if isinstance(relation.subject, str):
            self._add(iri, WF.subjectWords, relation.subject)
        if isinstance(relation.object, str):
            self._add(iri, WF.objectWords, relation.object)
        self._evidence(iri, relation.evidence)

    def _object(self, relation: Relation) -> URIRef | None:
        """Return the IRI of a relation's object; None if the object is words that name no decision."""
        if isinstance(relation.object, str) and relation.kind not in TO_DECISIONS:
            return None
        return self._thing(relation.object)

    def _thing(self, thing: Entity | str) -> URIRef:
        """Return the IRI of an entity; for words, of this decision or of the decision that they name."""
        if isinstance(thing, Entity):
            return self._name(thing) or entity_iri(thing)
        own = self.record.decision
        names = {own.title, self.document, *own.aliases, *([own.reference] if own.reference else [])}
        if not thing or thing in names or reference_key(thing) in {reference_key(name) for name in names if name}:
            return self.decision
        return decision_iri(self.body, thing, title=thing)

    def _check(self, check: Check, position: int) -> None:
        iri = part_iri(self.document, "check", position)
        self._add(iri, RDF.type, WF.Check)
        self._add(iri, WF.position, position)
        self._add(iri, WF.isStatedIn, graph_iri(self.document))
        self._add(iri, WF.hasVerdict, concept_iri(check.verdict))
        self._add(iri, WF.checkKind, check.kind)
        self._add(iri, WF.message, check.message)
        # a set of triples forgets order and repetition, which a check is about
        self._add(iri, WF.figures, " ".join(f"{figure:f}" for figure in check.figures))
        for figure in check.figures:
            self._add(iri, WF.figure, figure)
        self._evidence(iri, check.evidence)

    def _new_name(self, name: NewName, position: int) -> None:
        iri = part_iri(self.document, "new-name", position)
        self._add(iri, RDF.type, WF.NewName)
        self._add(iri, WF.position, position)
        self._add(iri, WF.isStatedIn, graph_iri(self.document))
        self._add(iri, WF.hasName, self._name(name.entity))
        self._add(entity_iri(name.entity), ORG.identifier, name.org_id)
        self._add(iri, WF.context, name.context)
        self._add(iri, WF.locator, name.locator)
