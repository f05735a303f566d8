"""The words around a spreadsheet's table: they say whose list it is, its years, its fund and its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Decision, Entity, EntityKind
from graph.names.index import NameContext, NameIndex
from graph.parse.dates import find_dates
from graph.parse.titles import date_in_title
from graph.parse.years import find_years
from ingest.columns.bodies import body_of, is_telling
from ingest.columns.mapping import ColumnMapping
from ingest.columns.row_words import load_row_words
from ingest.columns.values import unit_of, year_of_date
from ingest.document import Block, BlockKind, Document

_URL = ("https://", "http://", "www.")
_LONGEST_TITLE = 200
_MOST_LINES = 40  #: above a table


@dataclass(frozen=True, slots=True)
class TableSetting:
    """A table with the words around it."""

    block: Block
    lines: tuple[str, ...]  #: above it in its sheet, its field lines as "Period: April"
    sheet: str  #: the sheet's name, "" where it says nothing
    file: str  #: the document's name without its ending

    @property
    def titles(self) -> str:
        """The lines above the table, the sheet's name and the file's name, one per line."""
        return "\n".join((*self.lines, self.sheet, self.file))


@dataclass(frozen=True, slots=True)
class ListContext:
    """The values for a row whose own cells do not say them."""

    names: NameIndex
    body: Entity | None
    place: Entity | None  #: the area of the body
    years: tuple[str, ...] = ()
    fund: Entity | None = None
    programme: Entity | None = None
    unit: int = 1

    @property
    def for_names(self) -> NameContext:
        """The context for linking names: the body and its area."""
        return NameContext(body=self.body, place=self.place)


def settings_of(document: Document) -> Iterator[TableSetting]:
    """Yield each table of a document with the lines that stand between it and the table before it."""
    file = document.name.rpartition("/")[2].rpartition(".")[0] or document.name
    lines: list[str] = []
    sheet = ""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            sheet = block.text if is_telling(block.text) else ""
            lines = []
        elif block.kind is BlockKind.TABLE:
            yield TableSetting(block, tuple(lines), sheet, file)
            lines = []
        elif len(lines) < _MOST_LINES:
            lines.append(f"{block.field_name}: {block.text}" if block.field_name else block.text)


def decision_of_list(document: Document, names: NameIndex, *, record_type: str, payers: Sequence[str] = ()) -> Decision:
    """Return the Decision that stands for a spreadsheet: its body and its title. It has no reference and no signature.

    Args:
        document: A workbook or separated values.
        names: The registry's names.
        record_type: The kind of list, such as "list of payments".
        payers: The different cells of the payer columns; a single payer is the body.
    """
    tables = list(settings_of(document))
    titles = [line for table in tables for line in table.lines if len(line) <= _LONGEST_TITLE]
    sheets = list(dict.fromkeys(table.sheet for table in tables if table.sheet))
    file = tables[0].file if tables else document.name
    source = next((word.rstrip(".,;)") for line in titles for word in line.split() if word.startswith(_URL)), None)
    payer = names.resolve(payers[0], kinds={EntityKind.ORGANISATION}) if len(payers) == 1 else None
    body = payer or body_of([*titles, *sheets, file], names)
    title = _title(tables, body, names) or (sheets[0] if len(sheets) == 1 else file.replace("_", " ").strip())
    return Decision(
        reference=None,
        title=title,
        body=body,
        decided_by=None,
        signed=None,
        record_type=record_type,
        source=source,
        summary="\n".join(dict.fromkeys(titles[:5])),
        titled=date_in_title(title),
    )


def _title(tables: Sequence[TableSetting], body: Entity | None, names: NameIndex) -> str:
    """Return at most two lines that stand above every table, without the body's name; "" if there are none."""
    lines = [line for line in tables[0].lines if ":" not in line and len(line) <= _LONGEST_TITLE] if tables else []
    above_all = [line for line in lines if all(line in table.lines for table in tables)]
    kinds = {EntityKind.ORGANISATION}
    return ", ".join([line for line in above_all if body is None or names.resolve(line, kinds=kinds) != body][:2])


def context_of(setting: TableSetting, mapping: ColumnMapping, decision: Decision, names: NameIndex) -> ListContext:
    """Return the values that the words around a table give for all its rows."""
    body = decision.body
    place = _area_of(body, names) if body is not None else None
    context = NameContext(body=body, place=place)
    named = [found.entity for line in (*setting.lines, setting.sheet) for found in names.find(line, context=context)]
    headings = " ".join(mapping.headings)
    return ListContext(
        names=names,
        body=body,
        place=place,
        years=_years(setting),
        fund=_only(named, EntityKind.FUND),
        programme=_only(named, EntityKind.PROGRAMME),
        unit=1 if unit_of(headings) != 1 else unit_of("\n".join(setting.lines)),
    )


def _area_of(body: Entity, names: NameIndex) -> Entity | None:
    """Return the area that a body decides for; the region if it is known by the region's name and has no other body."""
    registry = names.registry
    area = registry.place_of_body(body.id)
    if area is None:
        return None
    wider = [id for id in registry.places_around(area) if id != area and registry.commissioner_of(id) == body.id]
    return registry.get_entity(wider[0] if len(wider) == 1 else area)


def _only(named: Sequence[Entity], kind: EntityKind) -> Entity | None:
    found = {entity for entity in named if entity.kind is kind}
    return found.pop() if len(found) == 1 else None


def _years(setting: TableSetting) -> tuple[str, ...]:
    """Return the years named nearest to a table: by the sheet's name, else by its lines, else by the file's name."""
    lines = [line for line in setting.lines if not load_row_words().says("publication", line)]
    for words in (setting.sheet, *reversed(lines), setting.file.replace("_", " ")):
        years = tuple(dict.fromkeys(year for found in find_years(words) if not found.label for year in found.years))
        if years:
            return years
        months = {year_of_date(found.date) for found in find_dates(words)}
        if len(months) == 1:
            return (months.pop(),)
    return ()
