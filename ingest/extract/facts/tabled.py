"""Facts about the thing that a table row or card names ("Run by: X", a column of start dates)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity, EntityKind, Evidence, Relation, RelationKind
from graph.names.new_names import new_entity
from graph.parse.dates import find_dates
from graph.parse.money import find_money
from ingest.document import Block, BlockKind
from ingest.extract.facts.patterns import load_fact_patterns
from ingest.extract.scope.document import Scope
from ingest.extract.statements.prose import ProseCutter
from ingest.extract.tables.columns import Holds, held_under

_LONGEST = 70  #: characters of a cell or a card's title that is a name
_TIMES = {Holds.START: RelationKind.STARTS, Holds.END: RelationKind.ENDS}


@dataclass(slots=True)
class _Entry:
    """A row or card: its values by label, and their evidence."""

    title: str = ""
    said: dict[Holds, str] = field(default_factory=dict)
    stated: dict[RelationKind, str] = field(default_factory=dict)  #: by the words that state a fact: "Led by"
    where: list[Evidence] = field(default_factory=list)


def facts_of_entries(scope: Scope, cutter: ProseCutter) -> Iterator[Relation]:
    """Yield who delivers the thing of each row or card, where, and when it starts and ends."""
    for entry in (*_rows(scope), *_cards(scope)):
        thing = _thing(entry, scope)
        if thing is not None:
            yield from _facts(entry, thing, cutter)


def _rows(scope: Scope) -> Iterator[_Entry]:
    for block in scope.document.blocks:
        header = block.header[-1].texts if block.kind is BlockKind.TABLE and block.header else ()
        held = [held_under(heading) if heading else None for heading in header]
        for row in block.rows if Holds.PROGRAMME in held else ():
            words = scope.document.text[row.start : row.end]
            entry = _Entry(where=[Evidence(row.locator, words, row.page, row.start, row.end)])
            for holds, cell in zip(held, row.cells, strict=False):
                if holds is not None and cell.text.strip():
                    entry.said.setdefault(holds, cell.text.strip())
            yield entry


def _cards(scope: Scope) -> Iterator[_Entry]:
    """Yield the cards of a document: a line with a name, followed by labelled lines."""
    current = _Entry()
    for block in scope.document.blocks:
        label, value = _labelled(block)
        if not label:
            yield current
            is_title = len(block.text) <= _LONGEST and block.text[-1:] not in ".:;?!" and not find_money(block.text)
            current = _Entry(title=block.text.strip() if is_title else "")
            continue
        holds, kind = held_under(label), _stated(label)
        if kind is not None:
            current.stated.setdefault(kind, value)
        elif holds is not None:
            current.said.setdefault(holds, value)
        if kind is not None or holds is not None:
            start, end = block.start, block.end
            current.where.append(Evidence(block.locator, scope.document.text[start:end], block.page, start, end))
    yield current


def _labelled(block: Block) -> tuple[str, str]:
    if block.kind is BlockKind.FIELD:
        return block.field_name, block.text.strip()
    label, colon, value = block.text.partition(":")
    is_line = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and "\n" not in block.text and len(label.split()) < 4
    return (label.strip(), value.strip()) if colon and value.strip() and is_line else ("", "")


def _stated(label: str) -> RelationKind | None:
    """Return the relation that a label states about the value after it: "Run by", "Evaluated by", "Ends"; else None."""
    for pattern in load_fact_patterns():
        is_of_value = pattern.object == "date" or (
            pattern.subject == "organisation" and pattern.subject_side == "after"
        )
        if is_of_value and pattern.words.fullmatch(label):
            return RelationKind(pattern.relation)
    return None


def _thing(entry: _Entry, scope: Scope) -> Entity | None:
    """Return the thing that a row or card is about; for cards with a deliverer or dates, their title."""
    words = entry.said.get(Holds.PROGRAMME) or entry.title
    is_card = entry.stated or {Holds.RECIPIENT, Holds.START, Holds.END, Holds.PERIOD, Holds.PLACE} & set(entry.said)
    if not is_card or not 2 < len(words) <= _LONGEST or not words[:1].isupper() or find_money(words):
        return None
    known = scope.names.resolve(words, kinds={EntityKind.PROGRAMME}, context=scope.context)
    return known or new_entity(words.strip(" ‘’'“”\""), EntityKind.PROGRAMME)


def _facts(entry: _Entry, thing: Entity, cutter: ProseCutter) -> Iterator[Relation]:
    where = tuple(entry.where[:1])
    bodies = {kind: words for kind, words in entry.stated.items() if kind not in _TIMES.values()}
    bodies.setdefault(RelationKind.DELIVERS, entry.said.get(Holds.RECIPIENT, ""))
    for kind, words in bodies.items():
        body = _named(words, cutter)
        if body is not None and body.kind is EntityKind.ORGANISATION and body != thing:
            yield Relation(body, kind, thing, where)
    place = _named(entry.said.get(Holds.PLACE, ""), cutter)
    if place is not None:
        placed = place if place.kind is EntityKind.PLACE else new_entity(place.name, EntityKind.PLACE)
        yield Relation(thing, RelationKind.DELIVERED_IN, placed, where)
    for holds, kind in _TIMES.items():
        for date in find_dates(entry.stated.get(kind) or entry.said.get(holds, ""))[:1]:
            yield Relation(thing, kind, date.date, where)
    span: Sequence[str] = [one.date for one in find_dates(entry.said.get(Holds.PERIOD, ""))]
    if len(span) == 2:
        yield Relation(thing, RelationKind.STARTS, span[0], where)
        yield Relation(thing, RelationKind.ENDS, span[1], where)


def _named(words: str, cutter: ProseCutter) -> Entity | None:
    return cutter.entity_of_label(words) if 2 < len(words) <= _LONGEST and not find_money(words) else None
