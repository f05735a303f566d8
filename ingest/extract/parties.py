"""Who pays and who gets a sum, from the verb, the names around it and the parts they play."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Entity, EntityKind
from graph.names import NameMention, looks_like_organisation, new_entity
from graph.parse.money import MoneyMention
from ingest.extract.frames import Act, Verb
from ingest.extract.mention_roles import Part, part_of_mention
from ingest.extract.scope import Scope

_JOINED = re.compile(r"^\s*(?:\([^)]*\))?\s*(?:,|and|&|,\s*and|or|/)\s*(?:to\s+|from\s+)?(?:the\s+)?$")
_AUXILIARY = re.compile(
    r"^(?:['’]s?(?:\s+[\w-]+){0,3})?\s*(?:\([^)]*\))?,?\s*(?:(?:has|have|had|will|would|is|are|was|were|been|be|also|then|now|further|to|jointly|formally"
    r"|provisionally|agreed|previously|already|team|office|and|which|who|that|in|on|turn|\w+ly|Public|Health|\d{4}|announced)\s+){0,6}$"
)
_EXPLETIVE = re.compile(r"\bit\s+(?:is|was|has\s+been)\s+(?:\w+ed|agreed)\s+(?:that\b|to\b)?[^.;]*$", re.I)
_PRONOUN = re.compile(r"\b(?:it|he|she|they|we)\s+(?:(?:has|have|had|will|also|then|was|were|is)\s+){0,3}$", re.I)
_THIS_PAPER = re.compile(r"\b(?:decision|paper|report|notice|summary|mayor|commissioner|deputy mayor|DMPC|entry|addendum)\b[^.;£]{0,60}$", re.I)
_OPEN = re.compile(
    r"\b(?:to|for)\s+((?:(?:the|all|each|every|its|their|both|\w+teen|\d+|two|three|four|five|six|seven|eight|nine|ten|lead|local|successful|other|various)\s+)*"
    r"(?:\w+\s+){0,3}?(?:providers?|organisations?|bidders?|authorities|councils?|partners?|boroughs|districts|charities|agencies|groups|services|applicants|evaluator"
    r"|contractors?|partnerships|supplier)\b[^.;,£]{0,60})",
    re.I,
)
_NEW_PAYEE = re.compile(
    r"\b(?:to|pays?|funds?|with)\s+(?:the\s+)?((?:[A-Z][\w&'’.-]*)(?:\s+(?:[A-Z][\w&'’.-]*|of|and|for|the|&|in)){0,7})"
)
_TAIL = re.compile(r"(?:\s+(?:of|and|for|the|&|in|to))+$")


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one sum."""

    funder: Entity | None = None
    recipient: Entity | None = None
    recipient_words: str = ""
    passed_to: Entity | None = None
    source: Entity | None = None  #: whose money it is that the funder passes on
    subject: Entity | None = None
    several: bool = False  #: several funders or recipients share it: it is their sum
    own_cost: bool = False
    open_award: bool = False
    unknown_payer: bool = False  #: somebody pays whom the text does not name

    def or_else(self, funder: Entity | None, recipient: Entity | None, words: str) -> Parties:
        """Return these parties, with others where they are open."""
        return replace(
            self,
            funder=self.funder or funder,
            recipient=self.recipient or recipient,
            recipient_words=self.recipient_words or words,
        )


def read_parties(
    scope: Scope,
    text: str,
    mentions: Sequence[NameMention],
    verb: Verb | None,
    start: int,
    end: int,
    money: MoneyMention | None,
    *,
    act: Act | None = None,
    subject: Entity | None = None,
    inherited: Parties | None = None,
) -> Parties:
    """Return who pays and who gets the sum whose words are text[start:end].

    Args:
        verb: The verb that governs the sum, None where the words have none; `act` then says what was inherited.
        subject: Who the sentence before spoke of, for "it" and "he".
        inherited: The parties of the list's lead or of the sentence that "this" points back to.
    """
    act = verb.act if verb is not None else act
    parts = _parts(text, mentions)
    inside = [found for found in mentions if start <= found.start < end]
    by_part: dict[Part, list[NameMention]] = {}
    for found in inside:
        if found.entity.kind in (EntityKind.ORGANISATION, EntityKind.PLACE):
            by_part.setdefault(parts[found.start], []).append(found)
    grammatical = _subject(scope, text, mentions, verb, subject, parts)
    funders = _organisations(scope, by_part.get(Part.FUNDER, []))
    money_of = _organisations(scope, [found for found in by_part.get(Part.MONEY, []) if found.entity.kind is EntityKind.ORGANISATION])
    recipients = _payees(scope, by_part.get(Part.RECIPIENT, []))
    found_parties = _arrange(scope, text, verb, act, inside, parts, grammatical, funders, money_of, recipients, money, start, end)
    passed = _payees(scope, by_part.get(Part.PASSED_TO, []))
    out = replace(
        found_parties,
        passed_to=passed[0] if passed else None,
        own_cost=bool(by_part.get(Part.OWN_COST)),
        subject=grammatical,
        several=found_parties.several or len(recipients) > 1 or (len(funders) > 1 and act is Act.RECEIVE),
    )
    if inherited is not None:
        out = out.or_else(inherited.funder, inherited.recipient, inherited.recipient_words)
    return out


def _parts(text: str, mentions: Sequence[NameMention]) -> dict[int, Part]:
    """The part of each mention by its start; a list of names shares the part of its first."""
    parts: dict[int, Part] = {}
    previous: NameMention | None = None
    for found in mentions:
        part = part_of_mention(text, found)
        if part in (Part.NONE, Part.MONEY) and previous is not None and _JOINED.match(text[previous.end : found.start]):
            inherited = parts[previous.start]
            part = inherited if inherited in (Part.FUNDER, Part.RECIPIENT) else part
        parts[found.start] = part
        previous = found
    return parts


def _organisations(scope: Scope, found: Sequence[NameMention]) -> list[Entity]:
    return list(dict.fromkeys(one.entity for one in found if one.entity.kind is EntityKind.ORGANISATION))


def _payees(scope: Scope, found: Sequence[NameMention]) -> list[Entity]:
    """Organisations, and places that stand where a payee does: their councils."""
    out: list[Entity] = []
    for one in found:
        entity = one.entity
        if entity.kind is EntityKind.PLACE:
            council = scope.names.resolve(one.surface, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
            if council is None:
                continue
            entity = council
        out.append(entity)
    return list(dict.fromkeys(out))


def _subject(
    scope: Scope,
    text: str,
    mentions: Sequence[NameMention],
    verb: Verb | None,
    previous: Entity | None,
    parts: dict[int, Part],
) -> Entity | None:
    if verb is None:
        return None
    before = text[: verb.start]
    nearest = [found for found in mentions if found.end <= verb.start and found.entity.kind is EntityKind.ORGANISATION]
    if _EXPLETIVE.search(before):
        return scope.body
    if nearest and parts[nearest[-1].start] in (Part.NONE, Part.MONEY) and _AUXILIARY.match(text[nearest[-1].end : verb.start]):
        first = nearest[-1]
        return first.entity
    if _PRONOUN.search(before):
        return previous or scope.body
    head = re.sub(r"^[\W\d]*(?:[a-z]\)\s*)?", "", before)
    if not head.strip() or re.match(r"^(?:to|approves?|agrees?|accept|note|that|and|accept and approve)\W", head + " ", re.I):
        return scope.body
    if _THIS_PAPER.search(before) or (scope.body is not None and nearest and nearest[-1].entity == scope.body):
        return scope.body
    return None


def _arrange(
    scope: Scope, text: str, verb: Verb | None, act: Act | None, inside: Sequence[NameMention], parts: dict[int, Part],
    subject: Entity | None, funders: list[Entity], money_of: list[Entity], recipients: list[Entity],
    money: MoneyMention | None, start: int, end: int,
) -> Parties:
    body = scope.body
    funder = funders[0] if funders else None
    giver = next((one for one in money_of if scope.gives(one)), None)
    owner = money_of[0] if money_of else None
    recipient = next((one for one in recipients if one != funder), None)
    words = ""
    if act is Act.RECEIVE:
        gets = subject or recipient or body
        pays = funder or owner or (_default_giver(scope) if gets == body else body)
        return Parties(funder=pays if pays != gets else _default_giver(scope), recipient=gets)
    if verb is not None and verb.passive and subject is not None and act in (Act.GIVE, Act.ALLOCATE) and subject != funder:
        pays = funder or owner or (_default_giver(scope) if subject == body else body)
        return Parties(funder=pays, recipient=subject)
    if recipient is None and act is Act.GIVE:
        recipient = _indirect_object(scope, inside, parts, verb, money, subject)
    if recipient is None and act in (Act.GIVE, Act.ALLOCATE, None):
        recipient, words = _unlisted_payee(scope, text, start, end, act, money)
    if recipient is None and act in (Act.GIVE, Act.ALLOCATE) and subject is not None and subject != body:
        meant = [found.entity for found in inside if parts[found.start] is Part.BENEFICIARY]
        recipient = meant[0] if meant and meant[0] == body else None
    if act is Act.REQUEST:
        asks = subject or body
        return Parties(funder=funder or owner or (_default_giver(scope) if asks == body else body), recipient=asks)
    external = funder if funder is not None and scope.gives(funder) else giver
    if external is not None and recipient is not None and recipient != body and (subject in (None, body)):
        return Parties(funder=body, recipient=recipient, recipient_words=words, source=external, open_award=bool(words))
    if external is not None and recipient is None and not words and subject in (None, body):
        return Parties(funder=external, recipient=body)
    if subject is not None and subject != body and recipient is None and scope.gives(subject):
        recipient = body
    pays = subject or funder or owner
    unknown = pays is None and verb is not None and act is not Act.COST and not verb.passive and _names_a_subject(text, verb)
    return Parties(
        funder=pays if pays is not None else (None if unknown else body),
        recipient=recipient if recipient != pays else None,
        recipient_words=words,
        open_award=bool(words),
        unknown_payer=unknown,
        source=external if external not in (pays, None) else None,
    )


def _default_giver(scope: Scope) -> Entity | None:
    """The only organisation of the document that gives the body money, or the one it speaks of most."""
    return scope.givers[0] if scope.givers else None


def _indirect_object(
    scope: Scope, inside: Sequence[NameMention], parts: dict[int, Part], verb: Verb | None, money: MoneyMention | None, subject: Entity | None
) -> Entity | None:
    """The name between a giving verb and its sum ("awarded X £5"), or right after a sum that "pays X"."""
    if verb is None or money is None:
        return None
    low, high = (verb.end, money.start) if verb.end <= money.start else (verb.end, verb.end + 40)
    between = [found for found in inside if low <= found.start < high and parts[found.start] is Part.NONE
               and found.entity.kind in (EntityKind.ORGANISATION, EntityKind.PLACE)]
    payees = [one for one in _payees(scope, between) if one != subject]
    return payees[0] if payees else None


def _unlisted_payee(
    scope: Scope, text: str, start: int, end: int, act: Act | None, money: MoneyMention | None
) -> tuple[Entity | None, str]:
    """A payee that the registry lacks, as a new name; or the words for parties that stay open."""
    after = text[money.end if money is not None else start : end]
    if act is Act.GIVE:
        before = text[start : money.start] if money is not None else ""
        for stretch in (after, before):
            for found in _NEW_PAYEE.finditer(stretch):
                name = _TAIL.sub("", found[1]).rstrip(".,")
                if looks_like_organisation(name) and not scope.names.find(name, context=scope.context):
                    return new_entity(name, EntityKind.ORGANISATION), ""
    opened = _OPEN.search(after) or (_OPEN.search(text[start:end]) if act is Act.GIVE else None)
    return None, re.sub(r"\s+", " ", opened[1]).strip() if opened else ""


def _names_a_subject(text: str, verb: Verb) -> bool:
    head = re.split(r"[.;:]\s", text[: verb.start])[-1]
    words = re.sub(r"^[\W\d]*", "", head).split()
    return bool(words) and words[0].lower() not in {"approve", "accept", "award", "to", "agree", "note", "that", "and", "allocate", "of", "the"} or bool(
        re.match(r"^the\s+(?!total|sum|cost|grant|award|decision|funding|financial)\w+", head.strip(), re.I)
    )
