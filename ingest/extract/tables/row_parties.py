"""Read the words of a table's row by their column: payer, payee, programme, place, fund, years and purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Entity, EntityKind
from graph.names.index import looks_like_organisation, new_entity
from graph.names.new_names import has_legal_head, kind_of_name
from graph.parse.years import find_years, parse_year
from ingest.columns.values import date_of, years_between, years_of
from ingest.document import Row
from ingest.extract.scope.document import Scope
from ingest.extract.scope.periods import years_of_date
from ingest.extract.slots.thing_words import are_all_in, load_thing_words
from ingest.extract.tables.columns import Column, Holds

_OPEN = re.compile(
    r"\b(?:to\s+be\s+(?:procured|confirmed|appointed|agreed|determined)|tb[cda]|not\s+yet\s+known|provider)\b", re.I
)
_DESCRIBES = re.compile(r"^[A-Z]?[a-z]*\W+(?:[a-z]+\W+){2,}[a-z]+")  #: words in small letters: a name has capitals
_MATCH = re.compile(r"\bmatch(?:\s+funding)?\b|\bcontributions?\b|\bin[\s-]kind\b", re.I)
_NOTHING = re.compile(r"^\W*$|^(?:n/?a|-|none)$", re.I)
_NAME_BEFORE_COLON = re.compile(r"([A-Z][^:.,]{2,60}?):\s+[a-z]")  #: "Night Lights: an hour of theatre"
_LONGEST_NAME = 10  #: words; a cell of more that are mostly small describes what is done
_JOINED_NAMES = re.compile(r"\s{1,9}[-–]\s{1,9}|:\s{1,9}|\s{0,9}\((?P<inner>[^()]{1,300})\)\s{0,9}$")


@dataclass(frozen=True, slots=True)
class RowParties:
    """The payer, payee, programmes and other values that a row's words give."""

    words: str  #: the row's text cells, joined
    funder: Entity | None = None
    recipient: Entity | None = None
    recipient_words: str = ""
    programmes: tuple[Entity, ...] = ()
    place: Entity | None = None
    fund: Entity | None = None
    years: tuple[str, ...] = ()
    purpose: str = ""
    is_match: bool = False


def read_row_parties(scope: Scope, columns: Sequence[Column], row: Row, above: Row | None, caption: str) -> RowParties:
    """Return the parties, programmes, fund and years that a row's cells give.

    Args:
        scope: Facts about the whole document.
        columns: The columns of the table.
        row: The row.
        above: The row above; its first cell is used if this row's is empty, as in merged cells.
        caption: The words over the table; they may name a fund or its giver.
    """
    text_columns = [column for column in columns if column.holds not in (Holds.MONEY, Holds.TOTAL, Holds.OTHER)]
    out = RowParties(words=" ".join(cell for column in text_columns if (cell := _cell(row, column))))
    captioned = [found.entity for found in scope.mentions(caption)] if caption else []
    out = replace(out, fund=next((entity for entity in captioned if entity.kind is EntityKind.FUND), None))
    first = text_columns[0].index if text_columns else -1
    holds = {column.holds for column in text_columns}
    for column in text_columns:
        cell = _cell(row, column)
        if not cell and above is not None and column.index == first and len(text_columns) > 1:
            cell = _cell(above, column)
        if not _NOTHING.match(cell):
            out = _read_cell(scope, out, column.holds, cell)
    out = replace(out, years=out.years or _years_of_dates(columns, row))
    if Holds.RECIPIENT not in holds:
        out = _with_body_for_programme(scope, out)
    if {Holds.PROGRAMME, Holds.RECIPIENT} <= holds and out.place == _place_of_payee(scope, out.recipient):
        out = replace(out, place=None)  # a programme that one council leads may run in more places than its own
    if out.funder == scope.body and not holds & {Holds.RECIPIENT, Holds.PROGRAMME, Holds.LABEL}:
        out = replace(out, is_match=True)  # one of several payers of one thing
    return _settled(scope, out, next((entity for entity in captioned if scope.gives(entity)), None))


def _years_of_dates(columns: Sequence[Column], row: Row) -> tuple[str, ...]:
    """Return the financial years from the start to the end that a row gives; else the year of its date."""
    said = {column.holds: _cell(row, column) for column in columns}
    run = years_between(date_of(said.get(Holds.START, "")), date_of(said.get(Holds.END, "")))
    return run or years_of(said.get(Holds.DATE, ""))


def _with_body_for_programme(scope: Scope, out: RowParties) -> RowParties:
    """Read the name under "Service" as the payee if it is an organisation's and no other column names payees."""
    new = [one for one in out.programmes if not one.verified]
    if len(new) != 1 or len(out.programmes) > 1 or out.recipient not in (None, scope.body):
        return out
    name = re.sub(r"\s{0,9}\([^()]*\)\s*$", "", new[0].name)
    bodies = [one for one in scope.mentions(name) if one.surface == name and one.entity.kind is EntityKind.ORGANISATION]
    if not bodies and not (has_legal_head(name) and looks_like_organisation(name)):
        return out
    payee = bodies[0].entity if bodies else new_entity(name, EntityKind.ORGANISATION)
    return replace(out, recipient=payee, programmes=())


def read_cell_parties(scope: Scope, cells: Sequence[tuple[Holds, str]]) -> RowParties:
    """Return the values of cells whose content is known by their labels, as for the cells of one row."""
    out = RowParties(words=" ".join(cell for _, cell in cells))
    for holds, cell in cells:
        out = _read_cell(scope, out, holds, cell)
    return _settled(scope, out, None)


def _cell(row: Row, column: Column) -> str:
    return row.cells[column.index].text.strip() if column.index < len(row.cells) else ""


def _read_cell(scope: Scope, out: RowParties, holds: Holds, cell: str) -> RowParties:
    if holds is Holds.PERIOD:
        years = parse_year(cell) or tuple(year for found in find_years(cell) for year in found.years)
        return replace(out, years=years or years_of_date(cell))
    if holds in (Holds.DATE, Holds.START, Holds.END, Holds.STATUS):
        return out
    if holds is Holds.FUND:
        return _with_fund(scope, out, cell)
    if holds is Holds.FUNDER:
        return _with_funder(scope, out, cell)
    if holds is Holds.PROGRAMME:
        return _with_programme(scope, out, cell)
    if holds is Holds.RECIPIENT:
        return _with_recipient(scope, out, cell)
    return _with_label(scope, out, cell)


def _with_fund(scope: Scope, out: RowParties, cell: str) -> RowParties:
    fund = scope.names.resolve(cell, kinds={EntityKind.FUND}, context=scope.context)
    if fund is not None:
        return replace(out, fund=fund)
    payer = scope.names.resolve(cell, kinds={EntityKind.ORGANISATION}, context=scope.context)
    if payer is not None:
        return replace(out, funder=payer)
    found = scope.names.find(cell, context=scope.context, kinds={EntityKind.FUND, EntityKind.ORGANISATION})
    funds = [one.entity for one in found if one.entity.kind is EntityKind.FUND]
    givers = [one.entity for one in found if scope.gives(one.entity)]
    if not found and are_all_in(cell.split(), load_thing_words()["generic"]):
        return replace(out, purpose=cell)  # "Community Safety Funding" under "Type of Funding"
    return replace(
        out,
        fund=funds[0] if funds else new_entity(cell, EntityKind.FUND),
        funder=givers[0] if givers else out.funder,
    )


def _with_funder(scope: Scope, out: RowParties, cell: str) -> RowParties:
    found = scope.names.find(cell, context=scope.context)
    fund = next((one.entity for one in found if one.entity.kind is EntityKind.FUND), out.fund)
    payer = scope.names.resolve(cell, kinds={EntityKind.ORGANISATION}, context=scope.context)
    if payer is None and fund is not None:
        payer = scope.giver_of(fund)
    return replace(out, funder=payer or out.funder, fund=fund, is_match=out.is_match or bool(_MATCH.search(cell)))


def _with_programme(scope: Scope, out: RowParties, cell: str) -> RowParties:
    known = scope.names.resolve(cell, kinds={EntityKind.PROGRAMME}, context=scope.context)
    if known is not None:
        return replace(out, programmes=(known,))
    payer_or_payee = scope.names.resolve(cell, kinds={EntityKind.ORGANISATION}, context=scope.context)
    if payer_or_payee is not None and out.recipient is None:  # a row has its payee already: "Refuge" is what for
        return _with_label(scope, out, cell)
    found = [one.entity for one in scope.names.find(cell, context=scope.context, kinds={EntityKind.PROGRAMME})]
    if not found and (head := _NAME_BEFORE_COLON.match(cell)):
        return replace(out, programmes=(new_entity(head[1], EntityKind.PROGRAMME),), purpose=cell)
    if not found and _is_sentence(cell):
        return replace(out, purpose=cell)
    return replace(
        out, programmes=tuple(dict.fromkeys(found)) or (new_entity(cell, EntityKind.PROGRAMME),), purpose=cell
    )


def _is_sentence(cell: str) -> bool:
    """Return True for words that describe an activity: mostly in small letters, and many or ending in a full stop."""
    words = cell.split()
    small = sum(word[:1].islower() for word in words)
    return 2 * small > len(words) and (len(words) > _LONGEST_NAME or (cell.endswith(".") and len(words) > 4))


def _with_recipient(scope: Scope, out: RowParties, cell: str) -> RowParties:
    entity = scope.names.resolve(cell, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
    inner = _JOINED_NAMES.search(cell)
    programmes = out.programmes
    if inner and inner["inner"]:
        named = [
            one.entity for one in scope.names.find(inner["inner"], context=scope.context, kinds={EntityKind.PROGRAMME})
        ]
        programmes = programmes or tuple(named[:1])
    place = _place_of_payee(scope, entity)
    if entity is not None and scope.gives(entity) and entity not in (scope.body,):
        return replace(out, funder=entity, recipient=scope.body)
    if entity is not None:
        return replace(out, recipient=entity, programmes=programmes, place=out.place or place)
    if _OPEN.search(cell):
        return replace(out, recipient_words=cell)
    outer = cell[: inner.start()].strip() if inner and inner["inner"] else cell
    known = (
        scope.names.resolve(outer, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
        if outer != cell
        else None
    )
    if inner and inner["inner"] and not programmes and _may_name_programme(scope, inner["inner"]):
        programmes = (new_entity(inner["inner"], EntityKind.PROGRAMME),)
    if known is None and _DESCRIBES.search(outer) and not looks_like_organisation(outer):
        return replace(out, recipient_words=cell)
    return replace(out, recipient=known or new_entity(outer, EntityKind.ORGANISATION), programmes=programmes)


def _may_name_programme(scope: Scope, words: str) -> bool:
    """Return True if words in brackets after a payee may name what is funded: no initials, no place, no agent."""
    return not (
        words.isupper()
        or re.match(r"on behalf|led by|for\b", words, re.I)
        or scope.names.find(words, context=scope.context)
    )


def _with_label(scope: Scope, out: RowParties, cell: str) -> RowParties:
    """Read a cell whose heading does not tell its content by the names in the cell."""
    found = scope.mentions(cell)
    head = re.split(r"\s{1,9}[-–]\s{1,9}", cell)[0]
    programmes = tuple(dict.fromkeys(one.entity for one in found if one.entity.kind is EntityKind.PROGRAMME))
    funds = [one.entity for one in found if one.entity.kind is EntityKind.FUND]
    whole = scope.names.resolve(head, kinds={EntityKind.ORGANISATION}, context=scope.context, as_payee=True)
    parties = [one.entity for one in found if one.entity.kind is EntityKind.ORGANISATION]
    party = whole or (parties[0] if parties else None)
    years = tuple(year for one in find_years(cell) for year in one.years)
    is_match = bool(_MATCH.search(cell))
    out = replace(
        out,
        programmes=out.programmes or programmes,
        fund=out.fund or (funds[0] if funds else None),
        years=out.years or years,
        purpose=out.purpose or cell,
        is_match=out.is_match or is_match,
    )
    if party is None:
        return _without_party(out, cell)
    if scope.gives(party) or is_match:
        return replace(out, funder=party, recipient=None if is_match else scope.body)
    if out.funder is not None and out.recipient is None:
        return replace(out, recipient=party, place=out.place or _place_of_payee(scope, party))
    if party == scope.body:
        return replace(out, recipient=party) if out.fund is not None else replace(out, funder=party)
    return replace(out, recipient=party, place=out.place or _place_of_payee(scope, party))


def _without_party(out: RowParties, cell: str) -> RowParties:
    if _OPEN.search(cell) and not out.programmes:
        return replace(out, recipient_words=cell)
    is_general = are_all_in(cell.split(), load_thing_words()["generic"])
    if kind_of_name(cell) is EntityKind.FUND and looks_like_organisation(cell) and not is_general:
        return replace(out, fund=out.fund or new_entity(cell, EntityKind.FUND))
    is_payee = has_legal_head(cell) or (out.funder is not None and looks_like_organisation(cell))
    if is_payee and not out.programmes and out.fund is None:
        return replace(out, recipient=new_entity(cell, EntityKind.ORGANISATION))
    return out


def _place_of_payee(scope: Scope, party: Entity | None) -> Entity | None:
    if party is None:
        return None
    row = scope.names.registry.organisations.get(party.id)
    return scope.place_of(party) if row is not None and row.type == "local-authority" else None


def _settled(scope: Scope, out: RowParties, named: Entity | None) -> RowParties:
    """Fill open parties from the others: a fund's giver pays the body; the body pays what it awards.

    Args:
        named: The giver that the caption names; it is preferred to the giver that is known to run the fund.
    """
    if out.funder is not None:
        if out.recipient is None and scope.gives(out.funder):
            return replace(out, recipient=scope.body)
        return out
    giver = (named or scope.giver_of(out.fund)) if out.fund is not None else None
    is_another = giver is not None and giver != scope.body
    is_open = out.recipient is None and not out.programmes and not out.recipient_words
    if is_another and (out.recipient == scope.body or is_open):
        return replace(out, funder=giver, recipient=scope.body)
    if out.recipient is None and scope.receives_only and scope.givers and not out.recipient_words:
        return replace(out, funder=scope.givers[0], recipient=scope.body)
    return replace(out, funder=scope.body)
