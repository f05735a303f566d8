"""Namespaces and terms of the ontology. A misspelt term of the project's own raises at once."""

# Terms are written as the ontology writes them.
# ruff: noqa: N815

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, DefinedNamespace

from graph.model import EntityKind, FlowLink, RelationKind

BASE = "https://w3id.org/whofunds/"
SCHEMA = Namespace("https://schema.org/")


class WF(DefinedNamespace):
    """The terms of ontologies/whofunds.ttl."""

    _NS = Namespace("https://w3id.org/whofunds/ontology#")
    _fail = True

    # classes
    Statement: URIRef  #: what was read from a document
    MoneyStatement: URIRef  #: a flow, an award or a stated total
    Funding: URIRef  #: a flow or an award
    FundingFlow: URIRef  #: one sum from one funder to one recipient
    Award: URIRef  #: an award whose sum is not printed; it has no amount
    Reading: URIRef  #: one way to read a part of a flow or award
    Doubt: URIRef  #: a part of a flow or award that may be read wrongly
    Alternative: URIRef  #: another value of a doubtful part
    Decision: URIRef  #: a formal act of a decision body
    RecordedDecision: URIRef  #: a decision whose document we hold
    CitedDecision: URIRef  #: a decision of which only the reference is known
    NamedDate: URIRef  #: a date of a decision beside its signature
    Programme: URIRef  #: what is done
    Place: URIRef  #: where; places nest
    Fund: URIRef  #: the pot that money comes from
    FinancialYear: URIRef  #: April to March
    Evidence: URIRef  #: the exact words a statement rests on
    StatedTotal: URIRef  #: a sum that a document states over several flows
    Check: URIRef  #: figures compared
    Relation: URIRef  #: a statement between things, with its evidence
    Document: URIRef  #: one file, and the named graph of what was read from it
    Issue: URIRef  #: something that could not be read
    NewName: URIRef  #: a name that the registry lacks, for review
    Correction: URIRef  #: what a person set right, with who, when and why
    Change: URIRef  #: one property that a correction set

    # funding flow
    hasFunder: URIRef
    hasRecipient: URIRef
    recipientWords: URIRef
    amount: URIRef
    currency: URIRef
    hasKind: URIRef
    hasStatus: URIRef
    hasBasis: URIRef
    inFinancialYear: URIRef
    isFundedUnder: URIRef
    hasBeneficiaryPlace: URIRef
    hasFund: URIRef
    isMadeBy: URIRef
    hasEvidence: URIRef
    confidence: URIRef
    hasBand: URIRef
    hasDoubt: URIRef
    slot: URIRef
    readBy: URIRef
    readValue: URIRef
    probability: URIRef
    hasAlternative: URIRef
    purpose: URIRef
    isPerYear: URIRef
    awaitsPayee: URIRef
    standsInSummary: URIRef
    standsInTable: URIRef
    passesOn: URIRef
    partOf: URIRef
    carriedFrom: URIRef
    contradicts: URIRef
    restates: URIRef
    replaces: URIRef

    # decision
    referenceKey: URIRef
    hasDecisionBody: URIRef
    decidedBy: URIRef
    signed: URIRef
    titled: URIRef
    recordType: URIRef
    documentName: URIRef
    isKnownByReferenceOnly: URIRef
    aliasKey: URIRef
    isRecordedIn: URIRef
    otherDate: URIRef
    modifies: URIRef
    extends: URIRef
    supersedes: URIRef
    refersTo: URIRef
    isAbout: URIRef
    mentions: URIRef

    # evidence
    quote: URIRef
    locator: URIRef
    page: URIRef
    start: URIRef
    end: URIRef
    inDocument: URIRef

    # totals, checks, relations, documents
    hasPayer: URIRef
    totals: URIRef
    hasVerdict: URIRef
    figure: URIRef
    figures: URIRef
    message: URIRef
    checkKind: URIRef
    hasSubject: URIRef
    hasRelationKind: URIRef
    hasObject: URIRef
    subjectWords: URIRef
    objectWords: URIRef
    detail: URIRef
    isStatedIn: URIRef
    isPartnerIn: URIRef
    leads: URIRef
    developed: URIRef
    delivers: URIRef
    evaluates: URIRef
    isPanelMemberFor: URIRef
    isDeliveredIn: URIRef
    isPilotedIn: URIRef
    isPartOf: URIRef
    isFundedFrom: URIRef
    startDate: URIRef
    endDate: URIRef
    declined: URIRef
    bidUnsuccessfullyFor: URIRef
    numberOfAwards: URIRef
    share: URIRef
    digest: URIRef
    issue: URIRef
    unreadFigures: URIRef
    hasUnreadWords: URIRef
    hasName: URIRef
    context: URIRef
    position: URIRef

    # corrections
    action: URIRef
    corrects: URIRef
    hasChange: URIRef
    changedProperty: URIRef
    originalValue: URIRef
    correctedValue: URIRef
    isUndoneBy: URIRef

    # names
    isVerified: URIRef
    isWithin: URIRef
    isWithinTransitively: URIRef
    gssCode: URIRef
    isAdministeredBy: URIRef
    yearsSeen: URIRef
    firstYear: URIRef

    # the other direction; never written, a reasoner concludes them
    makes: URIRef
    records: URIRef
    states: URIRef
    isEvidenceOf: URIRef
    contains: URIRef
    hasPart: URIRef
    isModifiedBy: URIRef
    isExtendedBy: URIRef
    isSupersededBy: URIRef
    isReferredToBy: URIRef
    isPassedOnBy: URIRef
    isReplacedBy: URIRef


PREFIXES: dict[str, str] = {
    "wf": str(WF._NS),
    "org": str(ORG),
    "skos": str(SKOS),
    "prov": str(PROV),
    "dcterms": str(DCTERMS),
    "schema": str(SCHEMA),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
}

ENTITY_CLASS: dict[EntityKind, URIRef] = {
    EntityKind.ORGANISATION: ORG.Organization,
    EntityKind.PROGRAMME: WF.Programme,
    EntityKind.PLACE: WF.Place,
    EntityKind.FUND: WF.Fund,
}

FLOW_LINK: dict[FlowLink, URIRef] = {
    FlowLink.PASSES_ON: WF.passesOn,
    FlowLink.PART_OF: WF.partOf,
    FlowLink.CARRIED_FROM: WF.carriedFrom,
    FlowLink.RESTATES: WF.restates,
    FlowLink.CONTRADICTS: WF.contradicts,
    FlowLink.REPLACES: WF.replaces,
}

RELATION: dict[RelationKind, URIRef] = {
    RelationKind.MODIFIES: WF.modifies,
    RelationKind.EXTENDS: WF.extends,
    RelationKind.SUPERSEDES: WF.supersedes,
    RelationKind.REFERS_TO: WF.refersTo,
    RelationKind.PARTNER_IN: WF.isPartnerIn,
    RelationKind.LEADS: WF.leads,
    RelationKind.DEVELOPED: WF.developed,
    RelationKind.DELIVERS: WF.delivers,
    RelationKind.EVALUATES: WF.evaluates,
    RelationKind.MEMBER_OF_PANEL: WF.isPanelMemberFor,
    RelationKind.DELIVERED_IN: WF.isDeliveredIn,
    RelationKind.PILOTED_IN: WF.isPilotedIn,
    RelationKind.MENTIONS: WF.mentions,
    RelationKind.ABOUT: WF.isAbout,
    RelationKind.PART_OF: WF.isPartOf,
    RelationKind.FUNDED_FROM: WF.isFundedFrom,
    RelationKind.STARTS: WF.startDate,
    RelationKind.ENDS: WF.endDate,
    RelationKind.DECLINED: WF.declined,
    RelationKind.BID_UNSUCCESSFUL: WF.bidUnsuccessfullyFor,
    RelationKind.NUMBER_OF_AWARDS: WF.numberOfAwards,
    RelationKind.SHARE: WF.share,
}

#: relations whose object is words: a date, a number, a share, what was declined
TO_WORDS: frozenset[RelationKind] = frozenset(
    {
        RelationKind.STARTS,
        RelationKind.ENDS,
        RelationKind.DECLINED,
        RelationKind.NUMBER_OF_AWARDS,
        RelationKind.SHARE,
    }
)

#: relations in which words stand for a decision, by its reference
TO_DECISIONS: frozenset[RelationKind] = frozenset(
    {
        RelationKind.MODIFIES,
        RelationKind.EXTENDS,
        RelationKind.SUPERSEDES,
        RelationKind.REFERS_TO,
        RelationKind.MEMBER_OF_PANEL,
        RelationKind.MENTIONS,
        RelationKind.ABOUT,
    }
)
