"""Who pays and who gets a sum, from the verb, the names around it and the parts they play."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.model import Entity, EntityKind
from ingest.extract.prose.frames import Act, Verb
from ingest.extract.prose.mention_roles import Part
from ingest.extract.prose.names_around import NamesFound, Setting
from ingest.extract.prose.subjects import Subject
from ingest.extract.prose.unlisted import open_payee, provider_at_cost, unlisted_giver, unlisted_payee, unlisted_seller
from ingest.extract.scope.document import Scope

_LABEL = re.compile(r"(?:^|[;.]\s*)[^;£]*$")


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
    sharers: tuple[Entity, ...] = ()  #: the recipients, where they share it
    own_cost: bool = False
    open_award: bool = False

    def or_else(self, funder: Entity | None, recipient: Entity | None, words: str) -> Parties:
        """Return these parties, with others where they are open."""
        return replace(
            self,
            funder=self.funder or funder,
            recipient=self.recipient or (recipient if not self.recipient_words else None),
            recipient_words=self.recipient_words or (words if self.recipient is None else ""),
        )


def read_parties(scope: Scope, setting: Setting, verb: Verb | None, act: Act | None, subject: Subject) -> Parties:
    """Return who pays and who gets the sum.

    Args:
        act: What the governing verb does; inherited where the sum's own words have no verb.
        subject: Who does it, as the grammar says.
    """
    found = NamesFound(scope, setting)
    named = _arranged(scope, setting, verb, act, subject, found)
    return replace(
        named,
        passed_to=found.first(Part.PASSED_TO),
        own_cost=bool(found.own(Part.OWN_COST)),
        subject=subject.entity,
        sharers=tuple(found.parties(Part.RECIPIENT)) if found.several(Part.RECIPIENT) else (),
        several=found.several(Part.RECIPIENT) or (found.several(Part.FUNDER) and act is Act.RECEIVE),
    )


def recipients_in(scope: Scope, setting: Setting) -> list[Entity]:
    """Return all who get a sum by the words that stand before their names."""
    return NamesFound(scope, setting).parties(Part.RECIPIENT)


def meant_for(scope: Scope, setting: Setting) -> Entity | None:
    """Return the one whom a sum's own words say it is for, unless it is the body or one that gives."""
    found = NamesFound(scope, setting)
    meant = [found.party(one) for one in found.own(Part.BENEFICIARY)]
    named = [one for one in meant if one is not None and one != scope.body and not scope.gives(one)]
    return named[0] if len(named) == 1 else None


def _arranged(
    scope: Scope, setting: Setting, verb: Verb | None, act: Act | None, subject: Subject, found: NamesFound
) -> Parties:
    body = scope.body
    funder, owner = found.first(Part.FUNDER), found.first(Part.MONEY)
    recipient = next((one for one in found.parties(Part.RECIPIENT) if one != funder), None)
    if recipient is None and owner not in (None, body) and found.has_grant() and not scope.gives(owner):
        owner, recipient = None, owner  # "X's grant will rise to £5"
    if subject.words and act in (Act.RECEIVE, Act.GIVE, Act.ALLOCATE):
        pays = funder or owner or (body if act is Act.RECEIVE else None)
        return Parties(funder=pays, recipient_words=subject.words, open_award=True)
    if act is Act.RECEIVE:
        return _received(scope, setting, subject, funder, owner, recipient)
    if act is Act.REQUEST:
        asks = subject.entity or (
            None if subject.is_unknown and verb is not None and verb.words.endswith((" by", " from")) else body
        )
        asked = recipient if recipient is not None and scope.gives(recipient) else None
        funder = (funder if funder != asks else None) or asked
        return Parties(funder=funder or owner or (_giver(scope) if asks == body else body), recipient=asks)
    is_passive = verb is not None and verb.passive and (setting.money is None or verb.end <= setting.money.start)
    if is_passive and subject.entity is not None and subject.entity != funder and act in (Act.GIVE, Act.ALLOCATE):
        gets = subject.entity
        return Parties(funder=funder or owner or (_giver(scope) if gets == body else body), recipient=gets)
    words = ""
    if recipient is None:
        recipient, words = _payee(scope, setting, verb, act, subject, found)
    return _paid(scope, act, subject, found, funder, owner, recipient, words)


def _received(
    scope: Scope,
    setting: Setting,
    subject: Subject,
    funder: Entity | None,
    owner: Entity | None,
    recipient: Entity | None,
) -> Parties:
    if subject.is_unknown and subject.entity is None and recipient is None and funder is None and owner is None:
        return Parties()  # somebody whom the words name and we can't place: no guess
    gets = subject.entity or recipient or scope.body
    if funder is None and owner is not None and scope.gives(owner) and gets != scope.body:
        return Parties(funder=scope.body, recipient=gets, source=owner)  # the giver's money, by the body's hand
    pays = funder or owner
    if pays is None and gets == scope.body:
        pays = unlisted_giver(scope, setting.text, setting.stretches) or _giver(scope)
    elif pays is None:
        pays = scope.body
    return Parties(funder=pays if pays != gets else _giver(scope), recipient=gets)


def _payee(
    scope: Scope, setting: Setting, verb: Verb | None, act: Act | None, subject: Subject, found: NamesFound
) -> tuple[Entity | None, str]:
    """The payee that no preposition marks: between verb and sum, as a list's label, as a new name, or left open."""
    money = setting.money
    if money is not None and (provider := provider_at_cost(scope, setting.text[: money.start])) is not None:
        return provider, ""
    if act is Act.GIVE and verb is not None and money is not None:
        low, high = (verb.end, money.start) if verb.end <= money.start else (verb.end, verb.end + 40)
        between = [one for one in found.right_after(low, high) if one != subject.entity]
        if between:
            return between[0], ""
    if money is not None and verb is None and act in (Act.GIVE, Act.ALLOCATE, None):
        label = setting.text[setting.stretches[0][0] : money.start]
        if re.search(r"[:\w)]\s*$", label) and _LABEL.search(label):
            named = found.between(setting.stretches[0][0], money.start)
            if named:
                return named[0], ""
    if (required := unlisted_seller(scope, setting.text, setting.stretches)) is not None:
        return required, ""
    is_bought = verb is not None and verb.words.startswith("procur")
    if act in (Act.GIVE, Act.ALLOCATE) and subject.entity in (None, scope.body) and not is_bought:
        meant = [one.entity for one in found.mentions(Part.BENEFICIARY) if one.entity.kind is EntityKind.ORGANISATION]
        if meant and meant[0] != scope.body and not scope.gives(meant[0]):
            return meant[0], ""  # "approve £5 for X, which delivers it"
    if (
        act in (Act.GIVE, Act.ALLOCATE)
        and (name := unlisted_payee(scope, setting.text, setting.stretches, money)) is not None
    ):
        return name, ""
    if (
        act in (Act.GIVE, Act.ALLOCATE)
        and subject.entity not in (None, scope.body)
        and found.first(Part.BENEFICIARY) == scope.body
    ):
        return scope.body, ""
    if act in (Act.GIVE, Act.ALLOCATE, None):
        return None, open_payee(setting.text, setting.stretches, money, act)
    return None, ""


def _paid(
    scope: Scope,
    act: Act | None,
    subject: Subject,
    found: NamesFound,
    funder: Entity | None,
    owner: Entity | None,
    recipient: Entity | None,
    words: str,
) -> Parties:
    body = scope.body
    own_money = body is not None and body in (*found.parties(Part.FUNDER), *found.parties(Part.MONEY))
    external = next((one for one in (funder, *found.parties(Part.MONEY)) if one is not None and scope.gives(one)), None)
    if own_money or act is Act.CARRY:
        external = None
    by_body = subject.entity in (None, body)
    if external is not None and by_body and (recipient not in (None, body) or words):
        return Parties(funder=body, recipient=recipient, recipient_words=words, source=external, open_award=bool(words))
    if external is not None and by_body:
        return Parties(funder=external, recipient=body)
    pays = body if own_money and (by_body or found.pays_after(body)) else subject.entity or funder or owner
    if pays is None and subject.is_unknown and subject.previous is not None and scope.gives(subject.previous):
        pays = subject.previous
    if pays is not None and recipient is None and not words and scope.gives(pays):
        recipient = body
    if pays is None and not subject.is_unknown and act not in (None, Act.COST):
        pays = body
    return Parties(
        funder=pays,
        recipient=recipient if recipient != pays else None,
        recipient_words=words,
        open_award=bool(words),
        source=external if external is not None and external != pays else None,
    )


def _giver(scope: Scope) -> Entity | None:
    """The organisation that gives the body money, where the document speaks of one, or the one it speaks of most."""
    return scope.givers[0] if scope.givers else None
