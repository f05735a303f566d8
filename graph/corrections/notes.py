"""Corrections as readers of a corrected figure see them, read from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from graph.corrections.correction import Action, Field
from graph.queries import query
from graph.rdf.triples_corrections import PROPERTY
from graph.stated.things import text_of
from graph.stores.store import Store

_FIELD = {str(term): name for name, term in PROPERTY.items()}


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """One correction in force, in words."""

    id: str  #: IRI of the correction
    about: str  #: IRI of the flow, document or thing
    action: Action
    who: str
    when: str  #: ISO date
    why: str
    changes: tuple[tuple[str, str, str], ...] = ()  #: (field, as it was read, as corrected)
    locator: str = ""
    quote: str = ""  #: the document's words

    @property
    def sentence(self) -> str:
        """The correction in words: "Amount corrected from £10,000 to £1,000 (A. Reader, 2025-01-31: the annex)"."""
        by = f"({self.who}, {self.when}: {self.why})"
        if self.action is Action.WITHDRAW:
            return f"Taken out {by}"
        if self.action is Action.NOTE:
            return f"Note {by}"
        changes = "; ".join(
            f"{name} confirmed: {new}" if old == new else f"{name} corrected from {old} to {new}"
            for name, old, new in self.changes
        )
        return f"{changes[:1].upper()}{changes[1:] or 'Corrected'} {by}"


@dataclass(slots=True)
class _Rows:
    first: Mapping[str, object]
    old: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    new: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def correction_notes(store: Store) -> dict[str, tuple[CorrectionNote, ...]]:
    """Return the corrections in force, oldest first, by the IRI of the flow or document that they are about."""
    found: dict[str, _Rows] = {}
    for row in store.select(query("corrections-of-flows"), {}):
        rows = found.setdefault(text_of(row, "correction"), _Rows(row))
        name = _FIELD.get(text_of(row, "property"))
        if name:
            rows.old[name] |= {text_of(row, "old")} - {""}
            rows.new[name] |= {text_of(row, "new")} - {""}
    notes: dict[str, list[CorrectionNote]] = defaultdict(list)
    for iri, rows in found.items():
        note = _note(iri, rows)
        notes[note.about].append(note)
    return {about: tuple(sorted(each, key=lambda note: (note.when, note.id))) for about, each in notes.items()}


def _note(iri: str, rows: _Rows) -> CorrectionNote:
    first = {name: str(value) for name, value in rows.first.items()}
    return CorrectionNote(
        id=iri,
        about=first["about"],
        action=Action(first["action"]),
        who=first["who"],
        when=first["when"][:10],
        why=first["why"],
        changes=tuple(
            (name.value, _shown(name, rows.old[name]), _shown(name, rows.new[name]))
            for name in Field
            if name in rows.old
        ),
        locator=first.get("locator", ""),
        quote=first.get("quote", ""),
    )


def _shown(name: Field, values: set[str]) -> str:
    from graph.parse.money import format_pounds

    if name is Field.AMOUNT:
        try:
            return ", ".join(format_pounds(Decimal(value)) for value in values)
        except InvalidOperation:
            pass
    return ", ".join(sorted(values)) or ("not stated" if name is Field.YEARS else "not named")
