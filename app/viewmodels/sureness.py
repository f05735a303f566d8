"""The confidence of a reading in words: its band, its doubtful slots, and the probability of its values."""

from __future__ import annotations

from app.viewmodels import words
from app.viewmodels.table import Cell
from graph.model import Band, Doubt, FlowStatus, Funding

COLUMN = "Reading"
#: what the words of the column mean; stands under each list that has it
LEGEND = (
    "Reading: of sums marked “Sure” nearly all are right in every part, of those marked “Likely right” most. Where it "
    "says “To be checked”, look at the document before you use the figure. What stands below is the part in doubt."
)
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


def band_cell(funding: Funding) -> Cell:
    """Return the cell for a flow's band: "To be checked", with the doubtful slots below: "recipient, years"."""
    return Cell(words.BAND[funding.band], note=", ".join(SHORT.get(d.slot, d.slot) for d in funding.doubts))


def mark(*fundings: Funding) -> str:
    """Return the words after a sum that is not sure: "likely right", "to be checked"; the worst of several."""
    bands = {funding.band for funding in fundings}
    worst = next((band for band in (Band.CHECK, Band.LIKELY) if band in bands), None)
    return words.BAND[worst].lower() if worst else ""


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
