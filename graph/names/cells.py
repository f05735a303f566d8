"""Reads a whole cell or phrase as one name: "MPS", "LB X", "X (on behalf of Y)", "X staffing"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.bodies import defined, is_place
from graph.names.mentions import NameContext, NameMention
from graph.names.new_names import is_left_open, new_entity
from graph.names.text_names import TextNames
from graph.names.words import name_key

_AROUND = ' \t\n.,;:–-*_•|"“”'
_BRACKET = re.compile(r"\s{0,9}[(\[]([^()\[\]]*)[)\]]\s{0,9}")
_LED_BY = re.compile(r"(?i)\b(?:(?:led|hosted|run|delivered|headed)\s+by|lead(?:\s+\w+)?\s*:)\s+(?:the\s+)?")
_ASIDE = re.compile(
    r"(?i)\s{0,9}(?:\(?\b(?:on behalf of|for and on behalf of|as lead|via|through|in partnership with|working with|"
    r"acting for|and partners)\b.{0,300})$"
)
_OWN_COST = re.compile(
    r"(?i)\b(?:staff\w*|salar\w+|posts?|management|overheads?|running costs?|administration|admin|internal|resourc\w+|"
    r"programme team|oversight|on-?costs?)\b"
)
_LEADER_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_OFFICE = re.compile(r"(?:the\s+)?(?:DMPC|Deputy\s+Mayor\s+for\s+Policing\s+and\s+Crime)(?:['’]s)?(?:\s+office)?", re.I)
_JOINT = re.compile(r"\s{0,9}(?:/|&|\+|\band\b|,)\s{0,9}")


@dataclass(frozen=True, slots=True)
class CellReading:
    """The party that a cell names, and the words beside the name."""

    entity: Entity | None  #: None where nothing is known or the party is left open
    rest: str  #: the words beside the name, "staffing" of "X staffing"; "" where there are none
    is_own_cost: bool  #: the rest says that the money stays with the body itself: staffing, management
    is_left_open: bool  #: "to be procured", "TBC"


class CellNames:
    """Reads whole cells, over one set of known names."""

    def __init__(self, names: TextNames) -> None:
        self._names = names

    def read(
        self, text: str, *, kinds: Collection[EntityKind] | None, context: NameContext, as_payee: bool
    ) -> CellReading:
        """Return the party that a cell names, with the words beside its name.

        Args:
            text: The cell.
            kinds: The kinds of thing to look for; None for all.
            context: What the document has said so far.
            as_payee: The cell stands in a column of payees, where a place stands for its council.
        """
        entity = self.resolve(text, kinds=kinds, context=context, as_payee=as_payee)
        cell = " ".join(text.split()).strip(_AROUND)
        rest = cell
        for mention in self._names.find(cell, context=context):
            rest = rest.replace(mention.surface, " ", 1)
        rest = " ".join(rest.split()).strip(_AROUND + "()/&")
        return CellReading(entity, rest, entity is not None and bool(_OWN_COST.search(rest)), is_left_open(cell))

    def resolve(
        self, text: str, *, kinds: Collection[EntityKind] | None, context: NameContext, as_payee: bool
    ) -> Entity | None:
        """Return the thing that a whole phrase names; None if it is unknown or left open.

        For the arguments see `read`.
        """
        cell = " ".join(text.split()).strip(_AROUND)
        if not cell or is_left_open(cell):
            return None
        payee = as_payee or context.payee
        if _OFFICE.fullmatch(cell):
            return context.body
        for phrase in _phrases(cell):
            entity = self._whole(phrase, kinds, context, payee)
            if entity is not None:
                return entity
        return self._main(cell, kinds, context, payee) or self._joint(cell, kinds, context, payee)

    def _whole(
        self, phrase: str, kinds: Collection[EntityKind] | None, context: NameContext, payee: bool
    ) -> Entity | None:
        known = defined(context.definitions, phrase)
        if known is not None and (kinds is None or known.kind in kinds):
            return known
        forms = [form for form in self._names.trie.forms_of(phrase) if not form.is_typed]
        entities = self._names.choice.in_order(forms, context, key=name_key(phrase))
        chosen = self._wanted(entities, kinds, payee)
        if chosen is not None:
            return chosen
        for mention in self._names.find(phrase, context=context):
            if mention.start <= len("the ") and mention.end >= len(phrase) - 2:
                return self._wanted((mention.entity, *mention.candidates), kinds, payee)
        return None

    def _main(
        self, cell: str, kinds: Collection[EntityKind] | None, context: NameContext, payee: bool
    ) -> Entity | None:
        """Return the name that opens a longer cell, if no other capitalised name follows it."""
        for mention in self._names.find(cell, context=context):
            chosen = self._wanted((mention.entity, *mention.candidates), kinds, payee)
            if chosen is not None:
                return chosen if _carries(cell, mention) else None
        return None

    def _joint(
        self, cell: str, kinds: Collection[EntityKind] | None, context: NameContext, payee: bool
    ) -> Entity | None:
        """Return a new joint body, named as printed, for a payee of several places: "X/Y", "Tri-borough"; else None."""
        if not payee or (kinds is not None and EntityKind.ORGANISATION not in kinds):
            return None
        plain = _BRACKET.sub(" ", cell).strip(_AROUND)
        whole = self._whole(plain, {EntityKind.PLACE}, context, False)
        if whole is not None:
            row = self._names.registry.places.get(whole.id)
            return new_entity(plain, EntityKind.ORGANISATION) if row and row.type == "sub-region" else None
        parts = [self._whole(part, {EntityKind.PLACE}, context, False) for part in _JOINT.split(plain) if part]
        if len(parts) > 1 and all(part is not None and self._names.bodies.council(part) for part in parts):
            return new_entity(plain, EntityKind.ORGANISATION)
        return None

    def _wanted(self, entities: Collection[Entity], kinds: Collection[EntityKind] | None, payee: bool) -> Entity | None:
        """Return the first entity of the wanted kinds; a place's council if a body is wanted."""
        wants_body = payee or (kinds is not None and EntityKind.PLACE not in kinds)
        for entity in entities:
            if wants_body and is_place(entity) and (kinds is None or EntityKind.ORGANISATION in kinds):
                body = self._names.bodies.as_party(entity)
                if body is not None:
                    return body
            if kinds is None or entity.kind in kinds:
                return entity
        return None


def _phrases(cell: str) -> list[str]:
    """Return the readings of a cell to try in turn: lead body, whole, without brackets, content of brackets."""
    plain = _BRACKET.sub(" ", cell).strip(_AROUND)
    phrases = [part.strip(_AROUND + "()") for part in _LED_BY.split(cell)[1:]]
    phrases += [cell, plain, _ASIDE.sub("", plain).strip(_AROUND)]
    leader = _LEADER_IN_BRACKETS.search(cell)
    if leader:
        phrases.append(leader.group(1).strip(_AROUND))
    return [phrase for phrase in dict.fromkeys(phrases) if phrase]


def _carries(cell: str, mention: NameMention) -> bool:
    """Return True if a name opens the cell and the rest of it is no other capitalised name."""
    rest = re.findall(r"\b[\w'’]+", cell[mention.end :])[:4]
    return mention.start <= len("the ") and not any(word[:1].isupper() for word in rest)
