"""Candidates to awards: which names are funded without a printed sum, by whom, for what and when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Award, Band, Entity, EntityKind, FlowKind, FlowStatus, FundingFlow
from ingest.document import Document
from ingest.extract.awards.candidates import AwardRole, Candidate, CandidateReader, Mention
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import usable_years
from ingest.extract.slots.choice import choose
from ingest.extract.weights import Weights
from ingest.extract.words.clauses import governor_of, role_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort

LEAST = 0.35  #: how probable an award must be to be told
_PAYING = ("government-department", "local-authority", "police-force", "police-and-crime-commissioner", "nhs-body")
_TO_BE_PROCURED = "(to be procured) provider"


@dataclass(frozen=True, slots=True)
class Found:
    """A name that is funded: as what, by which mention, and how probably."""

    entity: Entity
    role: AwardRole
    mention: Mention
    probability: float


def award_candidates(
    scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow]
) -> list[Candidate]:
    """Return the names of a document that may be funded without a printed sum."""
    return CandidateReader(scope, names, lexicon, flows).candidates()


def read_awards(
    scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow], weights: Weights
) -> tuple[Award, ...]:
    """Return the awards that a document states without printing their sums; `flows` are those with a sum."""
    own = weights.of("award")
    if not own:
        return ()
    found = [one for candidate in award_candidates(scope, names, lexicon, flows) if (one := _found(candidate, own))]
    awards: dict[str, Award] = {}
    for one in _distinct(found):
        award = _award(one, scope, lexicon)
        awards.setdefault(award.id, award)
    return tuple(awards.values())


def _found(candidate: Candidate, weights: dict[str, float] | object) -> Found | None:
    choice = choose(candidate.options(), weights)  # type: ignore[arg-type]
    by_role: dict[AwardRole, float] = {}
    for (role, _), probability in choice.ranked:
        by_role[role] = by_role.get(role, 0.0) + probability
    likely = 1 - by_role.pop(AwardRole.NONE)
    role = max(by_role, key=lambda one: by_role[one])
    mention = next((said for (own, said), _ in choice.ranked if own is role and said is not None), None)
    return Found(candidate.entity, role, mention, likely) if mention is not None and likely >= LEAST else None


def _distinct(found: Iterable[Found]) -> list[Found]:
    """Return each award once: short forms of a name, and things that a payee of the same sentence is paid for, go."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.role is AwardRole.THING, -one.probability)):
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.mention.evidence.start)


def _is_same(one: Found, other: Found) -> bool:
    is_beside = one.mention.evidence == other.mention.evidence
    if one.role is AwardRole.THING and other.role is AwardRole.PAYEE:
        return is_beside
    if one.role is not other.role or one.role is AwardRole.GIVER:
        return False
    first, second = _plain(one.entity.name), _plain(other.entity.name)
    if first in second or second in first:
        return True
    between = sorted((one.mention.index, other.mention.index))
    opens = [token.text for token in one.mention.parse.tokens[between[0] + 1 : between[1]]]
    return is_beside and opens == ["("]


def _plain(name: str) -> str:
    return re.sub(r"\bthe |[^a-z0-9 ]", "", name.lower()).strip()


def _award(one: Found, scope: Scope, lexicon: Lexicon) -> Award:
    mention = one.mention
    text = mention.parse.text
    is_open = one.role is AwardRole.THING and any(f == "cue=procure" for f in mention.features)
    payee = one.entity if one.role is AwardRole.PAYEE else scope.body if one.role is AwardRole.GIVER else None
    payer = one.entity if one.role is AwardRole.GIVER else _payer(one, scope, lexicon)
    programmes, purpose = _programmes(one, scope)
    years = tuple(sorted({year for said in usable_years(text) for year in said.years})) or scope.years
    status = _status(mention)
    key = "|".join((payer.id if payer else "", payee.id if payee else "", *(p.id for p in programmes), purpose, *years))
    return Award(
        id="award-" + hashlib.sha256(f"{key}|{one.role}".encode()).hexdigest()[:12],
        funder=payer,
        recipient=payee,
        recipient_words=_TO_BE_PROCURED if is_open and payee is None else "",
        years=years,
        programmes=programmes,
        place=scope.place,
        fund=scope.fund,
        kind=_kind(mention, payee, status),
        status=status,
        evidence=(mention.evidence,),
        confidence=round(one.probability, 3),
        purpose=purpose,
        band=Band.LIKELY if one.probability >= 0.6 else Band.CHECK,
    )


def _payer(one: Found, scope: Scope, lexicon: Lexicon) -> Entity | None:
    """Return the payer that the words name by their grammar; the deciding body where they name none."""
    mention = one.mention
    parse = mention.parse
    governor = governor_of(parse, mention.index)
    if governor is not None:
        for index, token in enumerate(parse.tokens):
            if token.sort is Sort.SELF:
                return scope.body
            entity = token.name.entity if token.name is not None else None
            if entity is None or entity.kind is not EntityKind.ORGANISATION or entity == one.entity:
                continue
            role = role_of(parse, index, governor.index, governor)
            role = "subject" if role in ("beside", "bracket", "label") else role
            is_payer = lexicon.frames.get((governor.key, role)) == "payer"
            row = scope.names.registry.organisations.get(entity.id)
            if is_payer and row is not None and row.type in _PAYING:
                return entity
    return scope.body


def _programmes(one: Found, scope: Scope) -> tuple[tuple[Entity, ...], str]:
    """Return the programme that is funded, and its words where it has no name."""
    if one.role is AwardRole.THING:
        if one.entity.name[:1].islower():
            return (), one.entity.name
        return (Entity(one.entity.id, one.entity.name, EntityKind.PROGRAMME, one.entity.verified),), ""
    spoken = [
        token.name.entity
        for token in one.mention.parse.tokens
        if token.name is not None and token.name.entity.kind is EntityKind.PROGRAMME
    ]
    return tuple(dict.fromkeys(spoken))[:1] or scope.programmes[:1], ""


def _status(mention: Mention) -> FlowStatus:
    cues = {feature[4:] for feature in mention.features if feature.startswith("cue=")}
    if "unsuccessful" in cues:
        return FlowStatus.UNSUCCESSFUL
    if "bid" in cues and "won" not in cues:
        return FlowStatus.PROPOSED
    if "past" in cues and "extend" not in cues:
        return FlowStatus.CONTEXT
    return FlowStatus.APPROVED


def _kind(mention: Mention, payee: Entity | None, status: FlowStatus) -> FlowKind:
    if status is FlowStatus.UNSUCCESSFUL or (status is FlowStatus.PROPOSED and "cue=bid" in mention.features):
        return FlowKind.BID
    return FlowKind.GRANT if payee is not None else FlowKind.ALLOCATION
