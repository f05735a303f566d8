"""The Excel workbook: sums, decisions, the totals of each thing, and the meaning of the columns."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from decimal import Decimal
from typing import Any

from graph.counting.bounds import bounds, slots_of
from graph.counting.likeness import total
from graph.counting.sides import ENDS, Side
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.errors import WhofundsError
from graph.exports.columns import CellType, Column, about, columns_of
from graph.exports.flows import FlatFlow
from graph.exports.published import FlatPublished, flat_published
from graph.exports.selection import Selection
from graph.exports.table import FORMULA
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

PUBLISHED = "published"  #: sheet of what others publish of the sums, where anything is held
SHEETS = ("flows", "decisions", "totals", "dictionary")
_NUMBER, _DATE, _IRI = CellType.NUMBER, CellType.DATE, CellType.IRI
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MOST_ROWS = 1_048_575  #: of a sheet, beside the heading
_LONGEST_CELL = 32_767
_WIDTHS = {CellType.NUMBER: 16, CellType.DATE: 12, CellType.IRI: 24}
_MEANS = {"in": "money where it first comes in; of an organisation, what it gets from others"}
_MEANS["out"] = "money where it ends; of an organisation, what it gives or spends"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision that states a sum or an award, as a row."""

    id: str = field(metadata=about("address of the decision", _IRI))
    reference: str = field(metadata=about("as printed"))
    title: str = field(metadata=about("as printed"))
    decision_body: str = field(metadata=about("the office that decides"))
    decided_by: str = field(metadata=about("the role, with the name where it is printed"))
    signed: str = field(metadata=about("day of signature, with the precision of its source", _DATE))
    record_type: str = field(metadata=about("kind of the published record"))
    sums: str = field(metadata=about("how many of its sums are in this workbook", _NUMBER))
    awards: str = field(metadata=about("how many of its awards without a sum are in this workbook", _NUMBER))
    moves: str = field(
        metadata=about(
            "what comes in by this decision alone, empty where no sum is known; decisions are not added up", _NUMBER
        )
    )
    moves_not_sure: str = field(metadata=about("how much of that is likely right or to be checked", _NUMBER))
    document: str = field(metadata=about("file that was read"))
    source: str = field(metadata=about("address of the published record"))


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The totals of one thing on both sides, as a row. Totals of different things are not added up."""

    kind: str = field(metadata=about("what it is; all money: everything together", values=("all money", *EntityKind)))
    name: str = field(metadata=about("its usual name"))
    org_id: str = field(metadata=about("public identifier of an organisation"))
    total_in: str = field(metadata=about(f"{_MEANS['in']}; empty where no sum is known", _NUMBER))
    likely_in: str = field(metadata=about("how much of it is likely right, not sure", _NUMBER))
    check_in: str = field(metadata=about("how much of it is to be checked", _NUMBER))
    ceilings_in: str = field(metadata=about("how much of it is printed as at most this much", _NUMBER))
    least_in: str = field(metadata=about("the total without the sums in doubt that it holds", _NUMBER))
    most_in: str = field(metadata=about("the total with the sums in doubt that it leaves out", _NUMBER))
    joint_in: str = field(
        metadata=about("sums for several programmes together, beside the total: no document splits them", _NUMBER)
    )
    sums_in: str = field(metadata=about("how many sums make the total", _NUMBER))
    total_out: str = field(metadata=about(f"{_MEANS['out']}; empty where no sum is known", _NUMBER))
    likely_out: str = field(metadata=about("how much of it is likely right, not sure", _NUMBER))
    check_out: str = field(metadata=about("how much of it is to be checked", _NUMBER))
    ceilings_out: str = field(metadata=about("how much of it is printed as at most this much", _NUMBER))
    least_out: str = field(metadata=about("the total without the sums in doubt that it holds", _NUMBER))
    most_out: str = field(metadata=about("the total with the sums in doubt that it leaves out", _NUMBER))
    joint_out: str = field(metadata=about("sums for several programmes together, beside the total", _NUMBER))
    sums_out: str = field(metadata=about("how many sums make the total", _NUMBER))
    id: str = field(metadata=about("address of the thing", _IRI))


def workbook(selection: Selection, rows: Sequence[FlatFlow]) -> bytes:
    """Return the workbook as bytes: numbers are numbers, whole dates are dates, and no text is a formula.

    Args:
        selection: The selection to export.
        rows: Its sums and awards as flat rows.

    Raises:
        WhofundsError: A sheet cannot hold so many rows.
    """
    from openpyxl import Workbook

    if len(rows) > _MOST_ROWS:
        raise WhofundsError(f"{len(rows):,} sums are more than a sheet holds; use --format csv, or a filter")
    book = Workbook(write_only=True)
    made = selection.source.created[:19]
    book.properties.created = datetime.datetime.fromisoformat(made or "2000-01-01T00:00:00")
    _sheet(book.create_sheet(SHEETS[0]), columns_of(FlatFlow), map(astuple, rows))
    _sheet(book.create_sheet(SHEETS[1]), columns_of(DecisionRow), map(astuple, _decisions(selection)))
    _sheet(book.create_sheet(SHEETS[2]), columns_of(TotalRow), map(astuple, total_rows(selection)))
    published = flat_published(selection.source, selection.flows)
    if published:
        _sheet(book.create_sheet(PUBLISHED), columns_of(FlatPublished), map(astuple, published))
    _sheet(book.create_sheet(SHEETS[3]), _OF_DICTIONARY, _dictionary(with_published=bool(published)))
    data = io.BytesIO()
    book.save(data)
    return _without_the_hour(data, f"{book.properties.created.isoformat()}Z")


def _without_the_hour(data: io.BytesIO, modified: str) -> bytes:
    """Return the workbook as made when its build was, so that the same graph gives the same bytes."""
    again = io.BytesIO()
    with zipfile.ZipFile(data) as read, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            content = read.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + modified.encode(), content)
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return again.getvalue()


def total_rows(selection: Selection) -> Iterator[TotalRow]:
    """Yield the totals of all money, then those of each thing that the sums name, by kind and name."""
    yield _total_row(selection, None)
    things: dict[str, Entity] = {}
    for stated in selection.flows:
        flow = stated.flow
        for thing in (flow.funder, flow.recipient, flow.fund, flow.place, *flow.programmes):
            if thing is not None:
                things.setdefault(thing_key(thing), thing)
    for thing in sorted(things.values(), key=lambda each: (each.kind, each.name.casefold(), each.id)):
        yield _total_row(selection, thing)


def _total_row(selection: Selection, thing: Entity | None) -> TotalRow:
    came, went = (selection.part_of(selection.source.ledger.tally(thing, side)) for side in ENDS)
    return TotalRow(
        kind=thing.kind.value if thing else "all money",
        name=thing.name if thing else "all money together",
        org_id=selection.source.org_id(thing),
        id=str(entity_iri(thing)) if thing else "",
        **_sums(came, Side.SOURCES, thing),
        **_sums(went, Side.DELIVERIES, thing),
    )


def _sums(tally: Tally, side: Side, thing: Entity | None) -> dict[str, str]:
    unsure, bounded = unsure_part(tally.flows), bounds(tally, slots_of(thing, side))
    end = "in" if side is Side.SOURCES else "out"
    return {
        f"total_{end}": _known(unsure.whole, tally.flows),
        f"likely_{end}": _known(unsure.likely, tally.flows),
        f"check_{end}": _known(unsure.check, tally.flows),
        f"ceilings_{end}": _known(unsure.ceiling, tally.flows),
        f"least_{end}": _known(bounded.least, tally.flows),
        f"most_{end}": _known(bounded.most, tally.flows),
        f"joint_{end}": _known(total(tally.joint), tally.joint),
        f"sums_{end}": str(len(tally.flows)),
    }


def _known(amount: Decimal, made_of: Collection[StatedFlow]) -> str:
    """An amount; "" where no sum is known, which is never nought."""
    return f"{amount:.2f}" if made_of else ""


def _decisions(selection: Selection) -> Iterator[DecisionRow]:
    sums = Counter(stated.document for stated in selection.flows)
    awards = Counter(stated.document for stated in selection.awards)
    for document in sorted({*sums, *awards}):
        head = selection.source.heads.get(document)
        if head is None:
            continue
        moved = selection.part_of(selection.source.ledger.tally_of_decision(head.iri))
        yield DecisionRow(
            id=head.iri,
            reference=head.reference or "",
            title=head.title,
            decision_body=head.body.name if head.body else "",
            decided_by=head.decided_by,
            signed=head.signed,
            record_type=head.record_type,
            sums=str(sums[document]),
            awards=str(awards[document]),
            moves=_known(moved.total, moved.flows),
            moves_not_sure=_known(unsure_part(moved.flows).amount, moved.flows),
            document=document,
            source=head.source,
        )


_OF_DICTIONARY = tuple(
    Column(name, CellType.STRING, "") for name in ("sheet", "column", "type", "meaning", "what it may hold")
)


def _dictionary(*, with_published: bool) -> Iterator[tuple[str, ...]]:
    sheets = {**dict(zip(SHEETS, (FlatFlow, DecisionRow, TotalRow), strict=False)), PUBLISHED: FlatPublished}
    for sheet, row in sheets.items():
        if row is FlatPublished and not with_published:
            continue
        for column in columns_of(row):
            yield (sheet, column.name, column.type.value, column.meaning, "; ".join(column.values))


def _sheet(sheet: Any, columns: Sequence[Column], rows: Iterable[tuple[str, ...]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        width = _WIDTHS.get(column.type, max(18, min(len(column.name) + 4, 40)))
        sheet.column_dimensions[get_column_letter(number)].width = width
    heading = [WriteOnlyCell(sheet, column.name) for column in columns]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    below = 1
    for row in rows:
        below += 1
        sheet.append([_cell(sheet, column, text) for column, text in zip(columns, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{below}"


def _cell(sheet: Any, column: Column, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    if column.type is CellType.NUMBER:
        cell = WriteOnlyCell(sheet, float(text))
        cell.number_format = "#,##0.00" if "." in text else "0"
        return cell
    if column.type is CellType.DATE and len(text) == len("2023-07-06"):
        cell = WriteOnlyCell(sheet, datetime.datetime.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, _NOT_XML.sub("\ufffd", text)[:_LONGEST_CELL])
    # text stays text, also where it begins like a formula and someone goes into the cell
    cell.data_type = "s"
    cell.quotePrefix = 1 if text.startswith(FORMULA) else 0
    return cell
