"""Who does what a verb of money says: the grammatical subject, as a party."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.index import NameMention, looks_like_organisation, new_entity
from ingest.extract.prose.frames import Act, Verb
from ingest.extract.prose.mention_roles import Part, parts_of
from ingest.extract.prose.new_subjects import described_before, is_several, named_before
from ingest.extract.scope.document import Scope

_BETWEEN = re.compile(
    r"^\)?(?:['’]s?(?:\s+(?:\w+\s+){0,2}?(?:team|office|department|directorate|health|service|board|unit))?)?\s*(?:team|office)?\s*(?:\([^)]*\))?(?:,\s+(?:on\s+behalf\s+of|who|which|an?|acting|working|as)\b[^,£]{2,80},)?,?\s*"
    r"(?:(?:has|have|had|will|would|should|shall|must|may|is|are|was|were|been|be|also|then|now|further|to|jointly|formally|provisionally|agreed|previously|already"
    r"|team|which|who|that|in|turn|\w+ly|\d{4})\s+){0,6}$"
)
_PRONOUN = re.compile(r"\b(?:it|he|she|they|we)\s+(?:(?:has|have|had|will|also|then|was|were|is)\s+){0,3}$", re.I)
_EXPLETIVE = re.compile(r"\bit\s+(?:is|was|has\s+been)\s+\w+ed\s+(?:that\b|to\b)?[^.;]*$", re.I)
_AFTER_BY = re.compile(
    r"\s+(?:the\s+)?([A-Z][\w'’&.-]*(?:\s+(?:[A-Z][\w'’&.-]*|of|and|the|&))*)(?=\s+(?:for|to|of|was|were|is)\b|\s*[(£,.])"
)
_THIS_PAPER = re.compile(
    r"\b(?:decision|paper|report|notice|summary|mayor|commissioner|DMPC|entry|addendum)\b[^.;£]{0,60}$", re.I
)
#: "the intention for next year is to": nobody's but the decision maker's
_INTENDS = re.compile(
    r"\b(?:intention|proposal|plan|aim|recommendation|intend\w*|propos\w+)\b[^.;£]{0,60}?\b(?:(?:is|was|are)\s+)?to\s+(?:\w+ly\s+)?$",
    re.I,
)
#: a word for those who act, or a name: a capital inside the words
_SOMEBODY = re.compile(
    r"\b(?:partner(?:s|ship)?|councils?|boroughs?|districts?|authorit(?:y|ies)|providers?|organisations?|forces?|police|charit(?:y|ies)"
    r"|trusts?|foundations?|government|departments?|lottery|bod(?:y|ies)|agenc(?:y|ies)|groups?|boards?|they|who|he|she|applicants?"
    r"|schools?|services?|consortium|university|ministers?|ministry|others?|areas?|companies|contractors?)\b"
    r"|(?<=[\w,)] )[A-Z][A-Za-z]",
)
_AND = re.compile(r"(?:\band\b|,|;)\s+(?:(?:then|also|now|will|would|has|have|had|is|are|was|were|be|been|\w+ly)\s+)*$")
_NOUN = re.compile(r"\b(?:an?|the|further|new)\s+$", re.I)
_IMPERATIVE = re.compile(
    r"^(?:\w+ly\s+)?(?:to|(?:that\s+)?(?:the\s+\w+\s+)?(?:is\s+asked\s+to)|approv\w*|agrees?|accepts?|notes?|that|and|awards?|allocat\w*|makes?|takes?|pass|pay|vary|grants?|use|commit|contribute"
    r"|enter|extends?|provides?|procure|delegate|increase|give|fund)\b",
    re.I,
)
_SUM_ONLY = re.compile(r"^\W*(?:a\s+|the\s+)?(?:\w+\s+){0,3}?£[\d,.]+\s*(?:k|m|million)?(?:\s+\w+){0,6}\s*$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts. `entity` is None where the words name nobody; `is_unknown` where they name somebody we can't place."""

    entity: Entity | None = None
    is_unknown: bool = False
    previous: Entity | None = None  #: who the sentence before spoke of
    words: str = ""  #: of recipients that the text describes and does not name
    names_nobody: bool = False  #: the words before the verb speak of no person or body at all


def read_subject(
    scope: Scope,
    text: str,
    mentions: Sequence[NameMention],
    verb: Verb | None,
    verbs: Sequence[Verb],
    previous: Entity | None,
    *,
    imperative: bool,
) -> Subject:
    """Return the subject of a verb.

    Args:
        verbs: All verbs of the sentence, for "X accepts ... and awards ...".
        previous: Who the sentence before spoke of, for "it" and "he".
        imperative: The sentence is a recommendation: the body acts unless someone is named right before the verb.
    """
    if verb is None:
        return Subject(previous=previous)
    if verb.act is Act.REQUEST and verb.words.endswith((" by", " from")):
        return _asker(scope, text, mentions, verb, previous)
    before = text[: verb.start]
    if _EXPLETIVE.search(before):
        return Subject(scope.body, previous=previous)
    parts = parts_of(text, mentions)
    nearest = [one for one in mentions if one.end <= verb.start and _as_party(scope, one) is not None]
    if (
        nearest
        and parts[nearest[-1].start] in (Part.NONE, Part.MONEY)
        and _BETWEEN.match(text[nearest[-1].end : verb.start])
    ):
        return Subject(_as_party(scope, nearest[-1]), previous=previous)
    if _PRONOUN.search(before):
        return Subject(previous or scope.body, previous=previous)
    head = re.sub(r"^[\W\d]*(?:[a-z]\)\s*)?", "", before)
    if imperative and head.strip() and not _IMPERATIVE.match(head):
        gets = _new_recipient(scope, text, before, verb, previous)
        if gets is not None:
            return gets
    if not head.strip() or imperative or _IMPERATIVE.match(head) or _SUM_ONLY.match(before):
        return Subject(
            scope.body if head.strip() == "" or imperative or _IMPERATIVE.match(head) else None, previous=previous
        )
    leading = next((one for one in mentions if one.start < 20), None)
    if (
        leading is not None
        and _AND.search(before)
        and verb.act in (Act.RECEIVE, Act.GIVE)
        and (verb.passive or verb.act is Act.RECEIVE)
        and re.match(r"\s+(?:\w+ly\s+)?[a-z]+(?:ed|s)\b", text[leading.end :])
        and parts[leading.start] is Part.NONE
        and (who := _as_party(scope, leading))
    ):
        return Subject(who, previous=previous)  # "X submitted a bid and was awarded ..."
    if (_AND.search(before) or _NOUN.search(before)) and verbs and verbs[0] is not verb:
        earlier = [one for one in verbs if one.start < verb.start]
        return read_subject(scope, text, mentions, earlier[0], earlier[:1], previous, imperative=imperative)
    if _THIS_PAPER.search(before) or _INTENDS.search(before) or _names_office_holder(scope, before):
        return Subject(scope.body, previous=previous)
    if (gets := _new_recipient(scope, text, before, verb, previous)) is not None:
        return gets
    if (
        leading is not None
        and verb.words.endswith("ing")
        and parts[leading.start] is Part.NONE
        and (who := _as_party(scope, leading))
    ):
        return Subject(who, previous=previous)
    return Subject(None, is_unknown=not verb.passive, previous=previous, names_nobody=not _may_be_another(before, verb))


def _may_be_another(before: str, verb: Verb) -> bool:
    """Return whether the words before a verb speak of anybody; what has a price is no payer."""
    return verb.act is not Act.COST and _SOMEBODY.search(before) is not None


def _asker(scope: Scope, text: str, mentions: Sequence[NameMention], verb: Verb, previous: Entity | None) -> Subject:
    """Return who asks, after "an application by"."""
    named = next((one for one in mentions if re.fullmatch(r"\s+(?:the\s+)?", text[verb.end : one.start])), None)
    if named is not None:
        return Subject(_as_party(scope, named), previous=previous)
    new = _AFTER_BY.match(text, verb.end)
    if new is not None and looks_like_organisation(new[1]):
        return Subject(new_entity(new[1], EntityKind.ORGANISATION), previous=previous)
    return Subject(is_unknown=True, previous=previous)


def _new_recipient(scope: Scope, text: str, before: str, verb: Verb, previous: Entity | None) -> Subject | None:
    """Return who receives, where no list knows the name or the words describe several."""
    if not (verb.act is Act.RECEIVE or (verb.passive and verb.act in (Act.GIVE, Act.ALLOCATE))):
        return None
    if verb.passive and re.match(r"\s+(?:\w+ly\s+)?to\s", text[verb.end :]):
        return None  # what is awarded to somebody is no payee
    described = described_before(before)
    if described:
        return Subject(is_unknown=True, previous=previous, words=described)
    name = named_before(before)
    if name and is_several(name, text):
        return Subject(is_unknown=True, previous=previous, words=name)
    if not name:
        return None
    known = scope.names.resolve(name, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
    return Subject(known or new_entity(name, EntityKind.ORGANISATION), previous=previous)


def _names_office_holder(scope: Scope, before: str) -> bool:
    """Return whether the words right before a verb are the name of who decided."""
    name = re.search(r"\(([^()]+)\)", scope.decision.decided_by or "")
    return name is not None and before.rstrip().endswith(name[1].strip())


def _as_party(scope: Scope, mention: NameMention) -> Entity | None:
    if mention.entity.kind is EntityKind.ORGANISATION:
        return mention.entity
    if mention.entity.kind is EntityKind.PLACE and scope.is_own_area(mention.entity):
        return scope.body
    return None
