"""The confidence of a reading in words: its band, its doubtful slots, and the probability of its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.links import page_link
from app.viewmodels import words
from app.viewmodels.table import Cell
from graph.counting.unsure import Unsure
from graph.model import Band, Doubt, FlowStatus, Funding

COLUMN = "Reading"
#: what each band promises; stands on the page Data and method, which every list leads to
PROMISES = (
    ("Sure", "Nearly all such sums are right in every part, and what a person set right is."),
    ("Likely right", "Most are right; one part may be wrong."),
    ("To be checked", "Look at the document before you use the figure."),
    ("A part in doubt", "It stands under “Reading” with what else it may be: “recipient, or Refuge”."),
)
ANCHOR = "sureness"  #: of these promises on their page
EXPLAINED = (f"{page_link('method')}#{ANCHOR}", "What “sure”, “likely right” and “to be checked” mean")
#: what is said once of a list whose rows are of one band
_OF_MOST = {
    Band.SURE: "sure",
    Band.LIKELY: "likely right, not sure",
    Band.CHECK: "to be checked: look at the document before you use a figure",
}
#: what a part of a flow is called in a list, by the name that the contract gives it
SHORT = {"year": "years"}
#: the same where it is looked at
SLOT = {
    "funder": "who pays",
    "recipient": "who receives it",
    "year": "the financial year",
    "programme": "the programme",
    "fund": "the fund",
    "status": "how far it got",
}
_NOTHING = {"year": "no year", "status": "no status"}


def usual_band(fundings: Iterable[Funding]) -> Band | None:
    """Return the band of more than half of a list, which is said once; None where it has one row or no such band."""
    counted = Counter(funding.band for funding in fundings)
    band, number = counted.most_common(1)[0] if counted else (None, 0)
    return band if number > 1 and 2 * number > counted.total() else None


def said_once(fundings: Iterable[Funding]) -> str:
    """Return a sentence on the band of most rows of a list, which have no mark of their own; "" where none has most."""
    known = list(fundings)
    usual = usual_band(known)
    if usual is None:
        return ""
    every = all(funding.band is usual for funding in known)
    return f"{'All' if every else 'But for those marked otherwise, all'} of these sums are {_OF_MOST[usual]}."


def band_cell(funding: Funding, usual: Band | None = None) -> Cell:
    """Return the cell for a flow's band, with the doubtful slots below: "recipient, or Refuge".

    The band that is said once of the whole list stands in the file alone.
    """
    band = words.BAND[funding.band]
    return Cell("" if funding.band is usual else band, note="; ".join(map(_in_doubt, funding.doubts)), plain=band)


def _in_doubt(doubt: Doubt) -> str:
    """Return a doubtful slot with its runner-up: "recipient, or Refuge"; the slot alone where there is none."""
    slot = SHORT.get(doubt.slot, doubt.slot)
    return f"{slot}, or {value_words(doubt.slot, doubt.alternatives[0].value)}" if doubt.alternatives else slot


def mark(*fundings: Funding, usual: Band | None = None) -> str:
    """Return the words after a sum that is not sure: "likely right", "to be checked"; the worst of several.

    Of a list whose usual band is said once, what differs from it has a mark, and nothing else.
    """
    bands = {funding.band for funding in fundings}
    worst = next((band for band in (Band.CHECK, Band.LIKELY) if band in bands), Band.SURE)
    return "" if worst is (usual or Band.SURE) else words.BAND[worst].lower()


def shared_sureness(parts: Iterable[Unsure]) -> str:
    """Return what is said once of sums that are all unsure in the same way: "All of it is to be checked."; else ""."""
    known = [part for part in parts if part.whole]
    said = {part.sureness_said for part in known if part.amount == part.whole}
    return said.pop() if len(known) > 1 and len(said) == 1 and all(part.amount == part.whole for part in known) else ""


def slot_words(doubt: Doubt) -> str:
    """Return the plain name of a doubtful slot, such as "recipient"."""
    return SLOT.get(doubt.slot, doubt.slot)


def value_words(slot: str, value: str) -> str:
    """Return a slot's value for display: a name, years, or the label of a status."""
    if not value:
        return _NOTHING.get(slot, "nobody named" if slot in ("funder", "recipient") else "none named")
    if slot == "status" and value in set(FlowStatus):
        return words.STATUS[FlowStatus(value)]
    return value.replace("-", " to ") if slot == "year" else value


def odds(probability: float) -> str:
    """Return a probability in words without arithmetic: "about 6 in 10"."""
    tenths = round(probability * 10)
    if tenths < 1:
        return "less than 1 in 10"
    return "more than 9 in 10" if tenths > 9 else f"about {tenths} in 10"


def doubt_sentence(doubt: Doubt) -> str:
    """Return a doubt as a sentence: "Who receives it: Ashford Council, right about 6 times in 10".

    A second reader's different value is added: "...; the second reader reads it as Refuge".
    """
    part = slot_words(doubt)
    times = odds(doubt.probability).replace(" in ", " times in ").replace("1 times", "1 time")
    said = f"{part[:1].upper()}{part[1:]}: {value_words(doubt.slot, doubt.value)}, right {times}"
    second = [value_words(doubt.slot, other.value) for other in doubt.alternatives if other.reader]
    return f"{said}; the second reader reads it as {second[0]}" if second else said
