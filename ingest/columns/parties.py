"""Link cells to entities of the registry: payees, payers, programmes, funds and places."""

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
    """The organisation that a cell names; the cell's words are kept if it names none."""

    entity: Entity | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a sum is for and what it is paid from: at most one programme and one fund."""

    programme: Entity | None = None
    fund: Entity | None = None


class Linker:
    """Links the cells of one document to entities. Equal cells are looked up once; each new name keeps one spelling."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._known: dict[tuple[str, str, str], Entity | None] = {}
        self._spelled: dict[tuple[EntityKind, str], Entity] = {}
        self._by_org_id = {row.org_id.upper(): row.id for row in names.registry.organisations.values() if row.org_id}
        self._given: dict[str, Entity] = {}  # org id -> the entity that its first row gave it

    @property
    def org_ids(self) -> dict[str, str]:
        """The org-id.guide identifiers that the document gives for organisations the registry lacks, by Entity.id."""
        return {entity.id: org_id for org_id, entity in self._given.items() if not entity.verified}

    def payee(self, words: str, org_id: str, context: ListContext) -> Party:
        """Return the payee of a sum.

        Any words in a payee column name one, unless they withhold the name ("redacted").
        """
        if not words or load_row_words().says("redacted", words) or is_left_open(words):
            return Party(None, words)
        return Party(self._organisation(words, org_id, context, as_payee=True))

    def payer(self, words: str, org_id: str, context: ListContext) -> Entity | None:
        """Return the payer of a sum: the organisation that the row names, else the body whose list it is."""
        if not words or is_left_open(words):
            return context.body
        return self._organisation(words, org_id, context, as_payee=False)

    def place(self, words: str, context: ListContext) -> Entity | None:
        """Return the place where a sum is spent: the known place that the row names, else the body's area."""
        found = self._resolved(words, EntityKind.PLACE, context) if words else None
        return found or context.place

    def cause(self, found: RowSum, context: ListContext, *, is_standard: bool) -> Cause:
        """Return the programme and the fund that a row's cells name.

        A fund's name in the programme column is read as a fund, except in the 360Giving standard, where that column
        holds programmes only. Without a fund column, a purpose cell that is exactly a known fund's name is read as the
        fund.
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
        """Return the one programme that words name; with `whole`, only if the words are exactly its name."""
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
        """Return the organisation that a whole cell names; a longer name is never shortened to a known one.

        Only words in brackets, or words that say the money stays with the body ("MPS staffing"), may stand beside the
        name.
        """
        read = self._names.read_cell(words, kinds=_ORGANISATIONS, context=context.for_names, as_payee=as_payee)
        is_cut = read.rest and tokens_of(read.rest) != tokens_of(words) and not read.is_own_cost and "(" not in words
        return None if is_cut else read.entity

    def _thing(self, words: str, kind: EntityKind, context: ListContext, *, keeps_kind: bool) -> Entity | None:
        """Return the programme or fund that a whole cell names; None for cells such as "n/a"."""
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
        """Return the entity under the spelling that came first, so that "NORTHSIDE TRUST" is Northside Trust."""
        return self._spelled.setdefault((entity.kind, entity.id), entity)


def _readings(words: str) -> Iterator[str]:
    """Yield a payee's cell as printed, then without its legal form ("Ltd")."""
    yield words
    rows = load_row_words()
    form = rows.longest("legal form", words)
    if form and len(tokens_of(words)) > form:
        yield " ".join(words.split()[:-form])


def _org_id(text: str) -> str:
    """Return an org-id.guide identifier in capitals.

    A bare number of six or seven digits is read as a charity number.
    """
    plain = text.strip().upper()
    return f"{_CHARITIES}{plain}" if _NUMBER.fullmatch(plain) else plain if plain.startswith("GB-") else ""
