"""The roles of a table's columns, with confidence and reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FORMATS = ("xlsx", "csv")  #: Document.format of what has columns to map


class Role(StrEnum):
    """The role of a column: what it holds. People write these values after --columns."""

    PAYEE = "payee"
    PAYER = "payer"
    AMOUNT = "amount"  #: a sum that is paid or awarded; several where each is of another year
    REQUESTED = "requested"  #: a sum that was asked for
    TOTAL = "total"  #: the sum of the other sums of its row
    YEAR = "year"
    DATE = "date"
    START = "start"  #: first day of what is paid for
    END = "end"  #: its last day
    PROGRAMME = "programme"
    FUND = "fund"
    PURPOSE = "purpose"
    STATUS = "status"
    KIND = "kind"  #: "Grant", "Contract", "Payroll"
    REFERENCE = "reference"
    PLACE = "place"
    PAYEE_ID = "payee-id"  #: "GB-CHC-1234567", or a charity's number
    PAYER_ID = "payer-id"
    IGNORED = "ignored"


class ListKind(StrEnum):
    """The kind of list that a table is."""

    SPENDING = "spending"  #: payments to suppliers
    AWARDS = "awards"  #: grants and contracts that were awarded
    STANDARD = "360giving"  #: awards under the headings of the 360Giving standard


CALLED = {
    ListKind.SPENDING: "list of payments",
    ListKind.AWARDS: "list of awards",
    ListKind.STANDARD: "list of grants in the 360Giving standard",
}


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column with its role."""

    index: int  #: from 0, among the table's columns
    heading: str  #: as printed; headings of two rows are joined
    role: Role
    confidence: float  #: 0 to 1; 1 where a person set it
    reasons: tuple[str, ...] = ()  #: in short sentences
    years: tuple[str, ...] = ()  #: of a sum: the financial years that its heading names
    unit: int = 1  #: what one stands for: 1000 under "£000"
    per_year: bool = False  #: of a sum: it is for each of the years
    is_set: bool = False  #: a person said so

    @property
    def called(self) -> str:
        """The heading; "column 3" if there is none."""
        return self.heading or f"column {self.index + 1}"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The roles of the columns of one table."""

    table: str  #: locator of the table: "Payments, row 4"
    kind: ListKind
    columns: tuple[ColumnUse, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings from left to right; stored roles are looked up by them."""
        return tuple(column.heading for column in self.columns)

    def of(self, *roles: Role) -> tuple[ColumnUse, ...]:
        """Return the columns with one of the roles, left to right."""
        return tuple(column for column in self.columns if column.role in roles)

    def one(self, role: Role) -> ColumnUse | None:
        """Return the first column with a role; None if no column has it."""
        return next(iter(self.of(role)), None)

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as JSON values, in the form that `extract --json` prints."""
        return {
            "table": self.table,
            "list": str(self.kind),
            "columns": [
                {
                    "heading": column.called,
                    "holds": str(column.role),
                    "confidence": round(column.confidence, 2),
                    "reasons": list(column.reasons),
                    "set": column.is_set,
                    **({"years": list(column.years)} if column.years else {}),
                    **({"unit": column.unit} if column.unit != 1 else {}),
                    **({"per_year": True} if column.per_year else {}),
                }
                for column in self.columns
            ],
        }


def roles_said(roles: Iterable[Role] = tuple(Role)) -> str:
    """Return the names of roles in one line."""
    return ", ".join(roles)
