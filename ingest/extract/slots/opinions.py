"""A second reader's opinion on one slot of a statement, beside the first reading. Values are in words."""

from __future__ import annotations

from dataclasses import dataclass

SECOND_READER = "second reader"  #: who an alternative is of, as records and `extract --json` say it


@dataclass(frozen=True, slots=True)
class Opinion:
    """One accepted answer: a candidate of the slot, a name or years from the text, or none."""

    slot: str  #: of `second_reader.measured.SLOTS`
    answer: str  #: "" for none
    agrees: bool  #: it is what was read first
