"""What a second reader says of one slot of a statement, beside what was read first. Values are in words."""

from __future__ import annotations

from dataclasses import dataclass

SECOND_READER = "second reader"  #: who an alternative is of, as records and `extract --json` say it


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer that was accepted: a candidate of the slot, a name or years that stand in the text, or none."""

    slot: str  #: of `second_reader.measured.SLOTS`
    answer: str  #: "" for none
    agrees: bool  #: it is what was read first
