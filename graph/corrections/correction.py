"""The typed form of corrections: what a person sets right in a record, with who, when and why.

`graph.corrections.corrected` applies them; `graph.corrections.file` reads and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from graph.errors import WhofundsError
from graph.model import Entity, EntityKind


class CorrectionRefused(WhofundsError):
    """A correction cannot be made: the thing it names is missing or ambiguous, or its value cannot be read."""


class Action(StrEnum):
    """What a correction does."""

    FLOW = "flow"  #: sets values of one funding flow
    WITHDRAW = "withdraw"  #: takes one funding flow out
    MERGE = "merge"  #: says that two names stand for one thing
    NAME = "name"  #: renames a thing that the registry lacks, or says that its name was checked
    NOTE = "note"  #: says something of a decision or a flow, and changes nothing
    UNDO = "undo"  #: takes back an earlier correction


class Field(StrEnum):
    """The field of a flow that a correction sets."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    AMOUNT = "amount"
    BASIS = "basis"
    YEARS = "years"
    PROGRAMMES = "programmes"
    PLACE = "place"
    FUND = "fund"
    KIND = "kind"
    STATUS = "status"


#: the part of a flow that a doubt names -> what can be set of it
FIELD_OF_SLOT: dict[str, Field] = {
    "funder": Field.FUNDER,
    "recipient": Field.RECIPIENT,
    "year": Field.YEARS,
    "programme": Field.PROGRAMMES,
    "fund": Field.FUND,
    "status": Field.STATUS,
}
#: what an award without a printed sum does not have
OF_A_SUM = (Field.AMOUNT, Field.BASIS)

#: the fields that hold names, and of what kind
NAMED: dict[Field, EntityKind] = {
    Field.FUNDER: EntityKind.ORGANISATION,
    Field.RECIPIENT: EntityKind.ORGANISATION,
    Field.PROGRAMMES: EntityKind.PROGRAMME,
    Field.PLACE: EntityKind.PLACE,
    Field.FUND: EntityKind.FUND,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A new value for one field of a flow, as text: "150000.00", "2023/24", names.

    Without a value the field is left open.
    """

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowKey:
    """A description of one flow or award, by which it is found again after its document was read anew."""

    document: str  #: file name
    flow: str = ""  #: its id when the correction was made; "" for the decision as a whole
    amount: Decimal | None = None  #: as it was read then; None: not known, or an award
    years: tuple[str, ...] | None = None
    locator: str = ""
    recipient: str = ""  #: of an award: who gets it, as it was read then
    is_award: bool = False  #: it is an award without a printed sum


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. Its action says which of the later fields are filled."""

    id: str  #: "c1"; unique in the file
    action: Action
    who: str
    when: str  #: ISO date, or date and time
    why: str
    flow: FlowKey | None = None
    changes: tuple[Change, ...] = ()
    was: tuple[Change, ...] = ()  #: what was read for the same fields, for people
    name: str = ""  #: of a merge: the name that goes; of a name: the name as it was read
    into: str = ""  #: of a merge: the name that stays; of a name: the right one, "" to keep it
    kind: EntityKind = EntityKind.ORGANISATION  #: of the thing that a merge or a name is about
    verified: bool = False  #: of a name: it was checked
    undoes: str = ""  #: of an undo: the id of the correction taken back


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """The thing that a name in a correction stands for."""

    name: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class CorrectionSet:
    """Every correction in the order they were made, undone ones too, and the things that their names stand for."""

    corrections: tuple[Correction, ...] = ()
    names: tuple[NamedEntity, ...] = ()

    def entity(self, name: str, kind: EntityKind) -> Entity | None:
        """Return the thing that a name of a kind stands for; None if it stands for none."""
        return next((each.entity for each in self.names if each.name == name and each.entity.kind is kind), None)


def undone(corrections: Sequence[Correction]) -> dict[str, str]:
    """Return the id of each undone correction -> the id of the correction that undoes it.

    An undo can itself be undone.
    """
    found: dict[str, str] = {}
    for correction in reversed(corrections):
        if correction.action is Action.UNDO and correction.id not in found:
            found.setdefault(correction.undoes, correction.id)
    return found


def in_force(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return the corrections that count: without undos, and without what they undo."""
    gone = undone(corrections)
    return tuple(each for each in corrections if each.action is not Action.UNDO and each.id not in gone)


def names_in(corrections: Iterable[Correction]) -> list[tuple[str, EntityKind]]:
    """Return the names that corrections use, each once, as (name, kind)."""
    found: dict[tuple[str, EntityKind], None] = {}
    for correction in corrections:
        for change in correction.changes:
            if change.field in NAMED:
                found.update({(value, NAMED[change.field]): None for value in change.values})
        if correction.action in (Action.MERGE, Action.NAME):
            found[correction.name, correction.kind] = None
        if correction.action is Action.MERGE:
            found[correction.into, correction.kind] = None
    return list(found)


def next_id(corrections: Iterable[Correction]) -> str:
    """Return an unused id for a correction: "c" and the next number."""
    numbers = [int(each.id[1:]) for each in corrections if each.id[:1] == "c" and each.id[1:].isdigit()]
    return f"c{max(numbers, default=0) + 1}"
