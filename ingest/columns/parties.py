"""Cells to things of the registry: payees, payers, programmes, funds and places; what it lacks becomes a new name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex, is_left_open, new_entity
from graph.names.new_names import kind_of_name
from ingest.columns.context import ListContext
from ingest.columns.phrases import tokens_of
from ingest.columns.row_words import load_row_words
from ingest.columns.rows import RowSum

_ORGANISATIONS = {EntityKind.ORGANISATION}
_NUMBER = re.compile(r"\d{6,7}(?:-\d{1,2})?")
_CHARITIES = "GB-CHC-"  #: the prefix that org-id.guide gives the charities of England and Wales
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Party:
    """Who a cell names; the words are kept where nobody can be named."""

    entity: Entity | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a sum is for and from: at most one programme, at most one fund."""

    programme: Entity | None = None
    fund: Entity | None = None


class Linker:
    """Links the cells of one document. The same cell is looked up once, and one spelling stands for each new name."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._known: dict[tuple[str, str, str], Entity | None] = {}
        self._spelled: dict[tuple[EntityKind, str], Entity] = {}
        self._by_org_id = {row.org_id.upper(): row.id for row in names.registry.organisations.values() if row.org_id}
        self._given: dict[str, Entity] = {}  # org id -> the entity that its first row gave it

    @property
    def org_ids(self) -> dict[str, str]:
        """The identifiers that the document gives to organisations which the registry lacks, by Entity.id."""
        return {entity.id: org_id for org_id, entity in self._given.items() if not entity.verified}

    def payee(self, words: str, org_id: str, context: ListContext) -> Party:
        """Return who gets a sum. Whatever stands in a column of payees is one, unless it withholds the name."""
        if not words or load_row_words().says("redacted", words) or is_left_open(words):
            return Party(None, words)
        return Party(self._organisation(words, org_id, context, as_payee=True))

    def payer(self, words: str, org_id: str, context: ListContext) -> Entity | None:
        """Return who pays: whoever the row names, else the body whose list it is."""
        if not words or is_left_open(words):
            return context.body
        return self._organisation(words, org_id, context, as_payee=False)

    def place(self, words: str, context: ListContext) -> Entity | None:
        """Return where a sum is spent: the place that the row names, if the registry knows it, else the body's area."""
        found = self._resolved(words, EntityKind.PLACE, context) if words else None
        return found or context.place

    def cause(self, found: RowSum, context: ListContext, *, is_standard: bool) -> Cause:
        """Return what the cells of programme and fund name.

        The name of a fund among programmes is a fund, but for the 360Giving standard, whose column has programmes
        alone. Where no column is a fund, a cell of purposes that is nothing but a known fund's name is one.
        """
        named: dict[EntityKind, Entity] = {}
        for words, kind in ((found.programme, EntityKind.PROGRAMME), (found.fund, EntityKind.FUND)):
            thing = self._thing(words, kind, context, keeps_kind=is_standard)
            if thing is not None:
                named.setdefault(thing.kind, thing)
        fund = named.get(EntityKind.FUND)
        for words in () if found.fund else found.purpose.split("; "):
            fund = fund or self._resolved(words, EntityKind.FUND, context)
        return Cause(
            named.get(EntityKind.PROGRAMME, context.programme if not found.programme else None),
            fund or (context.fund if not found.fund else None),
        )

    def programme_in(self, words: str, context: ListContext, *, whole: bool) -> Entity | None:
        """Return the one programme that words name; with `whole`, only where they are nothing but its name."""
        if not words:
            return None
        if whole:
            return self._resolved(words, EntityKind.PROGRAMME, context)
        found = {
            mention.entity
            for mention in self._names.find(words, context=context.for_names, kinds={EntityKind.PROGRAMME})
        }
        return found.pop() if len(found) == 1 else None

    def _organisation(self, words: str, org_id: str, context: ListContext, *, as_payee: bool) -> Entity:
        key = _org_id(org_id)
        if key in self._by_org_id:
            return self._names.registry.entity(self._by_org_id[key])
        found = self._given.get(key) if key else None
        if found is None:
            found = self._named(words, context, as_payee=as_payee)
        if key:
            self._given.setdefault(key, found)
        return found

    def _named(self, words: str, context: ListContext, *, as_payee: bool) -> Entity:
        key = (words, "payee" if as_payee else "payer", context.body.id if context.body else "")
        if key not in self._known:
            readings = (self._whole(reading, context, as_payee=as_payee) for reading in _readings(words))
            self._known[key] = next((found for found in readings if found is not None), None)
        return self._spelling(self._known[key] or new_entity(words[:_LONGEST_NAME], EntityKind.ORGANISATION))

    def _whole(self, words: str, context: ListContext, *, as_payee: bool) -> Entity | None:
        """Return the organisation that a cell names as a whole; a longer name is never cut to a known one.

        What may stand beside the name is in brackets, or says that the money stays with the body ("MPS staffing").
        """
        read = self._names.read_cell(words, kinds=_ORGANISATIONS, context=context.for_names, as_payee=as_payee)
        is_cut = read.rest and tokens_of(read.rest) != tokens_of(words) and not read.is_own_cost and "(" not in words
        return None if is_cut else read.entity

    def _thing(self, words: str, kind: EntityKind, context: ListContext, *, keeps_kind: bool) -> Entity | None:
        """Return the programme or fund that a whole cell names; a cell that says nothing names none."""
        if not any(sign.isalpha() for sign in words) or is_left_open(words) or len(words) > _LONGEST_NAME:
            return None
        other = EntityKind.FUND if kind is EntityKind.PROGRAMME else EntityKind.PROGRAMME
        known = self._resolved(words, kind, context) or self._resolved(words, other, context)
        if known is not None:
            return known
        said = kind if keeps_kind else kind_of_name(words)
        return self._spelling(new_entity(words, said if said is not EntityKind.ORGANISATION else kind))

    def _resolved(self, words: str, kind: EntityKind, context: ListContext) -> Entity | None:
        key = (words, kind.value, context.body.id if context.body else "")
        if key not in self._known:
            self._known[key] = self._names.resolve(words, kinds={kind}, context=context.for_names)
        return self._known[key]

    def _spelling(self, entity: Entity) -> Entity:
        """Return the entity as it was first spelled: "NORTHSIDE TRUST" is Northside Trust."""
        return self._spelled.setdefault((entity.kind, entity.id), entity)


def _readings(words: str) -> Iterator[str]:
    """Yield the readings of a payee's cell: as printed, and without the words for its legal form."""
    yield words
    rows = load_row_words()
    form = rows.longest("legal form", words)
    if form and len(tokens_of(words)) > form:
        yield " ".join(words.split()[:-form])


def _org_id(text: str) -> str:
    """Return an org-id.guide identifier in capitals; a bare number of six or seven digits is a charity's."""
    plain = text.strip().upper()
    return f"{_CHARITIES}{plain}" if _NUMBER.fullmatch(plain) else plain if plain.startswith("GB-") else ""
