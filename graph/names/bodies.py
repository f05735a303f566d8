"""Bodies that a text names by their place and role: councils, forces and commissioners, and "the PCC" of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.mentions import NameContext
from graph.registry import Registry

_COUNCIL_AFTER = re.compile(
    r"\s{1,9}(?:(?:(?:Metropolitan|London|City|County|Borough|District|Unitary)\s{1,9}){0,3}(?:Council(?!\s{1,9}for\b)|Corporation)|"
    r"Metropolitan\s{1,9}(?:Borough|District)|Unitary\s{1,9}Authority|(?:Local\s{1,9})?Authority|M\.?B\.?C|M\.?D\.?C|CC|BC|DC|LA|LBC|"
    r"(?:metropolitan |london |city |county |borough |district ){0,40}council)\b"
)
_COUNCIL_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he\s+)?(?:Mayor\s+and\s+Burgesses\s+of\s+)?(?:[Tt]he\s+)?(?:Council\s+(?:of|for)\s+(?:the\s+)?)?"
    r"(?:(?:London|Royal|Metropolitan)\s+Borough|LB|L\.B\.|RB|RBK?|City|County|Borough|District)\s+(?:Council\s+)?"
    r"(?:of\s+)?(?:the\s+)?|\b(?:LBs?|RB)\s+|\bCouncil\s+(?:of|for)\s+(?:the\s+)?)$"
)
_NEEDS_AFTER = re.compile(
    r"(?:^|\s)(?<!\bof )(?<!\bof the )(?:[Tt]he\s+)?(?:City|County|Borough|District)\s+of\s+(?:the\s+)?$"
)
_COMMISSIONER_WORDS = (
    r"(?:Office\s+(?:of|for)\s+(?:the\s+)?)?(?:[Pp]olice(?:,)?\s+(?:Fire\s+)?(?:and|&)\s+[Cc]rime\s+[Cc]ommissioner|"
    r"[Pp]olice(?:,)?\s+Fire\s*(?:and|&)\s*[Cc]rime\s+[Cc]ommissioner|"
    r"[Pp]olice(?:,)?\s+[Cc]rime\s+and\s+Victims[’']?\s+[Cc]ommissioner|"
    r"O?PF?CC|O?PCVC)(?:[’']?s?[’']?\s+Office)?"
)
_COMMISSIONER_AFTER = re.compile(rf"(?:[’']s)?\s{{1,9}}{_COMMISSIONER_WORDS}\b")
_COMMISSIONER_BEFORE = re.compile(rf"\b{_COMMISSIONER_WORDS}\s+(?:for|of|in)\s+(?:the\s+)?$")
_FORCE_AFTER = re.compile(
    r"\s{1,9}(?:Police(?!\s{0,9}(?:,|and|&|\s)\s{0,9}(?:Fire|Crime|Force Area|Area|District))|Constabulary)\b"
)
_ROLE = re.compile(
    r"\b(?:(?:[Tt]he\s+)?(?:Office\s+of\s+the\s+)?(?:[Pp]olice(?:,\s*Fire|\s+Fire)?\s+(?:and|&)\s+[Cc]rime\s+[Cc]ommissioner"
    r"(?:[’']s\s+Office)?)|O?PF?CC|O?PCVC|(?:[Tt]he|THE)\s+(?:[Cc]ommissioner|COMMISSIONER)(?:[’']s\s+Office)?)"
    r"\b(?![’']?\s+(?:for|of)\s+(?:the\s+)?[A-Z])"
)
_PAID = re.compile(
    r"(?i)(?:(?:\b(?:grants?|award(?:s|ed)?|allocat\w{1,40}|payments?|paid|funding|contributions?)\b|£[\d,.]{1,40}\w{0,40})[^.;:|]{0,50}"
    r"\b(?:to|from|by)|\bled by|\blead(?:\s{1,9}(?:borough|authority|partner))?(?:\s{1,9}(?:is|being))?|\bhosted by|"
    r"\bon behalf of|\bcontract(?:ed)?\s{1,9}with|\bcommissioned by|\bemployed by)\s{1,9}(?:the\s{1,9})?$"
)
_ACTS = re.compile(
    r"(?:\s{1,9}\((?:lead|as lead|host)[^)]{0,300}\))?\s{1,9}"
    r"(?:will|has been awarded|have been awarded|was awarded|were awarded|to lead|is the lead|(?:as|is) lead|"
    r"receives?|received|leads?\b|hosts?\b|contributes?|contributed|match(?:ed)? fund)"
)
_LIST_BEFORE = re.compile(r"(?:\b[A-Z][\w’'-]{0,80},?\s{1,9}(?:(?:and|&|of|upon)\s{1,9})?){1,12}$")
_WHERE = re.compile(r"(?i)\b(?:in|across|within|throughout|around|outside|inside|live|living|near|into)\s+(?:the\s+)?$")
_CAPITAL_RUN = re.compile(r"(?: (?:(?:and|of|for|the|&) ){0,2}[A-Z][\w’'&\-]*){1,6}")
#: "Drug and Alcohol Care" after a place: three words and more, two of them joined, that no council is called by
_JOINED_WORDS = re.compile(r" (?!Council|Borough|County|City|District)[A-Z]\w+ (?:and|&|for|of) [A-Z]\w+(?: [A-Z]\w+)+")
_BODY_WORD = re.compile(
    r"\b(?:Trust|Ltd|Limited|CIC|CIO|Foundation|Association|Charity|Centre|Society|Network|Alliance|Federation|Institute|"
    r"College|School|Academy|Consortium|Forum|Hospitals?|Chambers?|Commerce|CVS|VCS|Mind|Homes|Housing|Aid|Club|Church|"
    r"Partnership|Partners|Service|Services|Board|Council|University|Agency|Hub|Refuge|Rape|Women|Citizens|YMCA|Project)\b"
)
_PRINTED = {word.lower(): word for word in ("PCC", "OPCC", "PFCC", "OPFCC", "PCVC", "OPCVC", "MBC", "MDC", "LB", "RB")}
_ROLE_WORD = re.compile(
    r"(?i)\b(?:o?p(?:f?c|cv)c|mbc|mdc|lb|rb|police|crime|commissioner|office|fire|victims|constabulary|council|borough|"
    r"london|royal|city|county|district|metropolitan)\b"
)
_COUNCIL_PLACES = frozenset({"london-borough", "district", "unitary-authority", "county"})


@dataclass(frozen=True, slots=True)
class Body:
    """A body read from a place's name and the words around it, with the (start, end) offsets of the whole name."""

    entity: Entity
    start: int
    end: int


class BodyNames:
    """Finds the body that a place's name stands for, in one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def get_body(self, place: Entity, text: str, start: int, end: int, *, any_case: bool = False) -> Body | None:
        """Return the body that the place `text[start:end]` and the words around it name; None if they name no body.

        With `any_case`, for questions, the words need no capitals.
        """
        before, after = text[max(0, start - 90) : start], text[end : end + 60]
        if any_case:
            before, after = _with_capitals(before), _with_capitals(after)
        for expression, id in (
            (_COMMISSIONER_AFTER, self._registry.commissioner_of(place.id)),
            (_FORCE_AFTER, self._force(place.id)),
            (_COUNCIL_AFTER, self._registry.council_of(place.id)),
        ):
            tail = expression.match(after)
            if tail and id:
                head = _COUNCIL_BEFORE.search(before) if expression is _COUNCIL_AFTER else None
                if expression is _COUNCIL_AFTER and "County" in tail.group():
                    id = self._county_council(place.id) or id
                return self._body(id, start - (len(head.group().lstrip()) if head else 0), end + tail.end())
        for expression, id in (
            (_COMMISSIONER_BEFORE, self._registry.commissioner_of(place.id)),
            (_COUNCIL_BEFORE, self._registry.council_of(place.id)),
        ):
            head = expression.search(before)
            if head and id and not (expression is _COUNCIL_BEFORE and _NEEDS_AFTER.search(head.group())):
                return self._body(id, start - len(head.group().lstrip()), end)
        return None

    def _county_council(self, place: str) -> str | None:
        """Return the id of the council of the county that a place is or lies in; None if it lies in none."""
        counties = (id for id in self._registry.places_around(place) if id in self._registry.places)
        county = next((id for id in counties if self._registry.places[id].type == "county"), None)
        return self._registry.council_of(county) if county else None

    def council(self, place: Entity) -> Entity | None:
        """Return the council whose area a place is; None for a wider or narrower place."""
        row = self._registry.places.get(place.id)
        id = self._registry.council_of(place.id) if row and row.type in _COUNCIL_PLACES else None
        return self._registry.entity(id) if id else None

    def as_party(self, place: Entity) -> Entity | None:
        """Return the body that a place's name stands for in a column of payees: its council or commissioner."""
        council = self.council(place)
        if council is not None:
            return council
        row = self._registry.places.get(place.id)
        if row is None or row.type != "police-force-area":
            return None
        id = self._registry.commissioner_of(place.id)
        return self._registry.entity(id) if id else None

    def is_party(self, text: str, start: int, end: int) -> bool:
        """Return True if a place's name stands where a text names a payer or payee."""
        before, after = _LIST_BEFORE.sub("", text[max(0, start - 90) : start]), text[end : end + 60]
        if _WHERE.search(before) or is_inside_longer_name(text, end):
            return False
        return bool(_PAID.search(before) or _ACTS.match(after))

    def other_readings(self, place: Entity) -> tuple[Entity, ...]:
        """Return what else a bare place name may stand for: its council, police area, commissioner and force."""
        row = self._registry.places.get(place.id)
        if row is None or row.type in ("country", "region", "basic-command-unit", "sub-region"):
            return ()
        ids = [self._registry.council_of(place.id)]
        if row.type in ("county", "police-force-area"):
            ids += [
                self._registry.police_area_of(place.id),
                self._registry.commissioner_of(place.id),
                self._registry.force_of(place.id),
            ]
        return tuple(self._registry.entity(id) for id in ids if id and id != place.id)

    def roles(self, text: str, context: NameContext) -> list[Body]:
        """Return the mentions of the document's own decision body as "the PCC", "OPCC" or "the Commissioner"."""
        body = context.body
        if body is None or not self._is_commissioner(body):
            return []
        return [Body(body, match.start(), match.end()) for match in _ROLE.finditer(text)]

    def _is_commissioner(self, body: Entity) -> bool:
        row = self._registry.organisations.get(body.id)
        names = (body.name,) if row is None else (row.name, *row.aliases)
        return any("Commissioner" in name for name in names)

    def _force(self, place: str) -> str | None:
        row = self._registry.places[place]
        return self._registry.force_of(place) if row.type in ("police-force-area", "county") else None

    def _body(self, id: str, start: int, end: int) -> Body:
        return Body(self._registry.entity(id), start, end)


def _with_capitals(text: str) -> str:
    """Return a text in which the words of bodies have the capitals of print; every character keeps its offset."""
    return _ROLE_WORD.sub(lambda word: _PRINTED.get(word.group().lower(), word.group().capitalize()), text)


def is_inside_longer_name(text: str, end: int) -> bool:
    """Return True if capitalised words follow that make it another body's name, such as "... Chambers of Commerce"."""
    run = _CAPITAL_RUN.match(text, end)
    if run is None:
        return False
    return bool(_BODY_WORD.search(run.group())) or bool(_JOINED_WORDS.match(run.group()))


def defined(definitions: Mapping[str, Entity], surface: str) -> Entity | None:
    """Return the entity that a document defined a short form for; None if it did not."""
    return definitions.get(surface) or definitions.get(surface.strip("'’ "))


def is_place(entity: Entity) -> bool:
    """Return whether an entity is a place."""
    return entity.kind is EntityKind.PLACE
