"""Choose among candidates for awards without a printed amount: which names are funded, by whom, for what and when."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Award, Band, Entity, EntityKind, FlowKind, FlowStatus, FundingFlow
from ingest.extract.awards.candidates import AwardRole, Candidate, CandidateReader, Mention
from ingest.extract.choice import choose
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import usable_years
from ingest.extract.weights import Weights
from ingest.extract.words.clauses import governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import joined_names, role_of
from ingest.extract.words.tokens import Sort

#: how probable an award must be to be told: three of five are right above these on bodies left out
LEAST = {AwardRole.PAYEE: 0.5, AwardRole.THING: 0.4, AwardRole.GIVER: 0.5}
SHARED = 0.8  #: how much of what speaks for a name is shared by the names of its list
LIKELY = 0.7  #: and to be told as likely: three of four are right
_LEAST_PROBABILITY = 1e-9
_PAYING = ("government-department", "local-authority", "police-force", "police-and-crime-commissioner", "nhs-body")
_TO_BE_PROCURED = "(to be procured) provider"


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was chosen as funded, with its role, the place in the text and the probability."""

    entity: Entity
    role: AwardRole
    mention: Mention
    probability: float


def award_candidates(
    scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow]
) -> list[Candidate]:
    """Return the names of a document that may be funded without a printed amount."""
    return CandidateReader(scope, names, lexicon, flows).candidates()


def read_awards(
    scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow], weights: Weights
) -> tuple[Award, ...]:
    """Return the awards that a document states without printing their amount; `flows` are the flows with an amount."""
    own = weights.of("award")
    if not own:
        return ()
    found = list(_found(award_candidates(scope, names, lexicon, flows), own))
    awards: dict[str, Award] = {}
    for one in _distinct(found):
        for award in _awards(one, scope, lexicon):
            awards.setdefault(award.id, award)
    return tuple(awards.values())


def _found(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> Iterator[Found]:
    """Yield the names that are funded. The names of one list share most of the evidence for and against each."""
    judged = [(one, _odds(one, weights)) for one in candidates]
    lists: dict[tuple[object, AwardRole], list[float]] = {}
    for _, roles in judged:
        for role, (mention, odds) in roles.items():
            lists.setdefault((mention.row, role), []).append(odds)
    for one, roles in judged:
        pooled = {}
        for role, (mention, odds) in roles.items():
            beside = lists[mention.row, role] if mention.row is not None else [odds]
            pooled[role] = (1 - SHARED) * odds + SHARED * sum(beside) / len(beside)
        role = max(pooled, key=lambda each: pooled[each], default=AwardRole.NONE)
        likely = 1 - 1 / (1 + sum(math.exp(odds) for odds in pooled.values()))
        if pooled and likely >= LEAST[role]:
            yield Found(one.entity, role, roles[role][0], likely)


def _odds(candidate: Candidate, weights: Mapping[str, float]) -> dict[AwardRole, tuple[Mention, float]]:
    """Return, by role, the mention that speaks most for the role, and its log odds against "no role"."""
    none = _LEAST_PROBABILITY
    summed: dict[AwardRole, float] = {}
    best: dict[AwardRole, Mention] = {}
    for (role, mention), probability in choose(candidate.options(), weights).ranked:
        if mention is None:
            none = max(none, probability)
        else:
            summed[role] = summed.get(role, _LEAST_PROBABILITY) + probability
            best.setdefault(role, mention)
    return {role: (best[role], math.log(summed[role] / none)) for role in best}


def _distinct(found: Iterable[Found]) -> list[Found]:
    """Return each award once, without short forms of a name and without things that a payee in the sentence runs."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.role is AwardRole.THING, -one.probability)):
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.mention.evidence.start)


def _is_same(one: Found, other: Found) -> bool:
    is_beside = one.mention.evidence == other.mention.evidence
    if one.role is AwardRole.THING and other.role is AwardRole.PAYEE:
        return is_beside and "many" not in one.mention.features
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


def _awards(one: Found, scope: Scope, lexicon: Lexicon) -> Iterator[Award]:
    """Yield the awards of a name: one for each thing that a payee is paid for."""
    mention = one.mention
    is_open = one.role is AwardRole.THING and "cue=procure" in mention.features
    payee = one.entity if one.role is AwardRole.PAYEE else scope.body if one.role is AwardRole.GIVER else None
    payer = one.entity if one.role is AwardRole.GIVER else _payer(one, scope, lexicon)
    is_described = one.role is AwardRole.THING and one.entity.name[:1].islower()
    said = usable_years(mention.parse.text)
    years = tuple(sorted({year for each in said for year in each.years})) or scope.years
    status = _status(mention)
    nothing: list[Entity | None] = [None]
    for programme in nothing if is_described else _programmes(one, scope) or nothing:
        parties = (payer.id if payer else "", payee.id if payee else "", programme.id if programme else one.entity.id)
        yield Award(
            id="award-" + hashlib.sha256("|".join((*parties, one.role, *years)).encode()).hexdigest()[:12],
            funder=payer,
            recipient=payee,
            recipient_words=_TO_BE_PROCURED if is_open else "",
            years=years,
            programmes=(programme,) if programme is not None else (),
            place=scope.place,
            fund=scope.fund,
            kind=_kind(mention, payee, status),
            status=status,
            evidence=(mention.evidence,),
            confidence=round(one.probability, 3),
            purpose=one.entity.name if is_described else "",
            band=Band.LIKELY if one.probability >= LIKELY else Band.CHECK,
        )


def _payer(one: Found, scope: Scope, lexicon: Lexicon) -> Entity | None:
    """Return the payer that the sentence names by its grammar; the deciding body if it names none."""
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


def _programmes(one: Found, scope: Scope) -> list[Entity]:
    """Return what is funded: the named thing itself, what a payee is paid for, else the programme of the sentence."""
    if one.role is AwardRole.THING:
        return [_programme(one.entity)]
    tokens, found = one.mention.parse.tokens, []
    if one.role is AwardRole.PAYEE:
        for index in range(one.mention.index + 1, len(tokens)):
            before = [token.text.lower() for token in tokens[max(0, index - 3) : index]]
            if tokens[index].name is not None and any(word in ("for", "deliver", "run", "project") for word in before):
                found = [tokens[at].name for at in joined_names(one.mention.parse, index)]
                break
    named = [name.entity for name in found if name is not None and name.entity.kind is not EntityKind.PLACE]
    spoken = [token.name.entity for token in tokens if token.name and token.name.entity.kind is EntityKind.PROGRAMME]
    return [_programme(entity) for entity in named if entity != one.entity] or [*spoken, *scope.programmes][:1]


def _programme(entity: Entity) -> Entity:
    return Entity(entity.id, entity.name, EntityKind.PROGRAMME, entity.verified)


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
