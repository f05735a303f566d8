"""Relations to other decisions: modifies, extends, supersedes, or only refers to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.model import Decision, Evidence, Relation, RelationKind
from graph.parse.references import ReferenceMention, find_references, parse_reference, reference_key
from ingest.document import Block, BlockKind, Document
from ingest.extract.words.sentences import Sentence, sentences_of

_THE_OTHER = (
    r"(?:\s+(?:to|of|from|in|under|by|the|that|earlier|previous|original|existing|approved|decisions?|dmpc|pcc))*\W*$"
)
_CHANGES = re.compile(
    rf"\b(?:chang(?:e|es)\s+(?:to|from|of)|modif(?:y|ies|ied|ication)s?|amend(?:s|ed|ments?)?|var(?:y|ies|iations?)\b|alter(?:s|ations?)?)"
    rf"(?:\s+[\w'’&-]+){{0,9}}?{_THE_OTHER}",
    re.IGNORECASE,
)
_EXTENDS = re.compile(
    rf"\b(?:extend(?:s|ing)?|extension(?:s)?|continu(?:e|es|ation)|prolong(?:s|ation)?)(?:\s{{1,9}}[\w'’&,()-]{{1,80}}){{0,12}}?\s{{1,9}}"
    rf"(?:approved|awarded|agreed|made|let|granted|set\s{{1,9}}out|given|funded)?\s{{0,9}}(?:in|under|by|of|to)\b{_THE_OTHER}",
    re.IGNORECASE,
)
_SUPERSEDES = re.compile(
    rf"\b(?:supersed(?:e|es|ing)|revok(?:e|es|ing)|rescind(?:s|ing)?|replac(?:e|es|ing))(?:\s+[\w'’-]+){{0,3}}?{_THE_OTHER}",
    re.IGNORECASE,
)
_IS_SUPERSEDED = re.compile(
    r"\W*(?:is|are|was|has been|have been)\s+(?:hereby\s+|now\s+)?(?:superseded|revoked|rescinded|replaced)"
    r"(?:\s+by\s+(?:this|the present))?\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|nor|never|without)\b[^.;]{0,40}$", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(?:approv|agree|accept|award|allocat|commit|confirm|gave|set|sets|fund|sign|extend|grant|authoris|review|"
    r"establish|describ|continu|decid|report|outlin|cover|refers)\w*\b",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\b(?:related|linked|previous|associated) decisions?\b", re.IGNORECASE)
_NOTES = re.compile(r"^notes?$", re.IGNORECASE)
_LONGEST_DETAIL = 240
_REACH = 400  #: characters before a reference that can say how the decision stands to it


@dataclass
class _Link:
    """What has been read so far about one other decision."""

    reference: str
    kind: RelationKind
    details: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def decision_relations(document: Document, decision: Decision) -> list[Relation]:
    """Return a relation to each decision that the text cites, in order; refersTo if the text says no more."""
    own = {reference_key(reference) for reference in (decision.reference, *decision.aliases) if reference}
    links: dict[tuple[str, RelationKind], _Link] = {}
    for block in document.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.FIELD) or _NOTES.match(block.section):
            continue
        for sentence in _sentences(document, block):
            for mention in _citations(sentence, own):
                kind = _kind(sentence.text, mention)
                link = links.setdefault((mention.key, kind), _Link(mention.reference, kind))
                link.details.append(_detail(sentence, mention))
                link.evidence.append(sentence.evidence())
    strong = {key for key, kind in links if kind is not RelationKind.REFERS_TO}
    subject = name_of_decision(document, decision)
    return [
        _relation(subject, link)
        for (key, kind), link in links.items()
        if kind is not RelationKind.REFERS_TO or key not in strong
    ]


def name_of_decision(document: Document, decision: Decision) -> str:
    """Return the name of a decision in relations: its reference, else its title, else the file's name."""
    return decision.reference or decision.title or document.name


def _relation(subject: str, link: _Link) -> Relation:
    detail = max(link.details, key=bool) if link.details else ""
    return Relation(subject, link.kind, link.reference, tuple(dict.fromkeys(link.evidence)), detail)


def _sentences(document: Document, block: Block) -> list[Sentence]:
    if block.kind is not BlockKind.TABLE:
        return list(sentences_of(document, block))
    return [
        Sentence(document.text[cell.start : cell.end], cell.start, cell.end, block)
        for row in block.rows
        for cell in row.cells
        if any(character.isdigit() for character in cell.text)
    ]


def _citations(sentence: Sentence, own: set[str]) -> list[ReferenceMention]:
    if _RELATED.search(sentence.block.section):
        head = sentence.text.lstrip("-*• \t").partition(":")[0]
        mention = parse_reference(head)
        if mention:
            start = sentence.text.find(mention.text)
            moved = ReferenceMention(mention.reference, mention.key, start, start + len(mention.text), mention.text)
            return [moved] if mention.key not in own else []
    return [mention for mention in find_references(sentence.text) if mention.key not in own]


def _kind(text: str, mention: ReferenceMention) -> RelationKind:
    before, after = text[max(0, mention.start - _REACH) : mention.start], text[mention.end :]
    if _IS_SUPERSEDED.match(after):
        return RelationKind.SUPERSEDES
    for kind, pattern in (
        (RelationKind.SUPERSEDES, _SUPERSEDES),
        (RelationKind.MODIFIES, _CHANGES),
        (RelationKind.EXTENDS, _EXTENDS),
    ):
        match = pattern.search(before)
        if match and not _NEGATED.search(before[: match.start()]):
            return kind
    return RelationKind.REFERS_TO


def _detail(sentence: Sentence, mention: ReferenceMention) -> str:
    """Return what the other decision did, by the words after its reference, else by the whole sentence."""
    text = re.sub(r"\s+", " ", sentence.text).strip("-*• ")
    after = re.sub(r"\s+", " ", sentence.text[mention.end :]).strip(" .;")
    if _RELATED.search(sentence.block.section):
        return after.lstrip(": ")[:_LONGEST_DETAIL]
    opening = re.match(
        r"[\s,)]*(?:(?:and|,)\s+(?:PCD\s*)?\d+\s*)?(?:which\s+|that\s+|had\s+|has\s+|was\s+|were\s+)*(?P<act>\w+)",
        after,
    )
    if opening and _ACTS.match(opening["act"]):
        return after.lstrip(", )")[:_LONGEST_DETAIL]
    return text[:_LONGEST_DETAIL] if _ACTS.search(text) else ""
