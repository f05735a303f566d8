"""What a second reader's word is worth: how often the first reading is right where it agrees and where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bench.judge.calibration import calibration_of, confidence_of, with_flows
from bench.judge.reading import Judged, comparison
from bench.report import Value
from graph.model import Band
from ingest.extract.account.confidence import band_of
from ingest.extract.account.heard import Heard
from ingest.extract.account.measured import SLOTS, Measured
from ingest.extract.second_reader.consultation import Counts
from ingest.extract.weights import Weights
from ingest.labels.compare import Flow, Pair, Slot, slot_agrees

FEWEST = 20  #: flows that a share rests on; of fewer nothing is said, and the second reader's word changes nothing
_COMPARED = {slot.value: slot for slot in Slot}


@dataclass
class Tally:
    """What a second reader said of one slot, over flows whose labels say what is right."""

    agrees: int = 0
    right_where_agrees: int = 0
    differs: int = 0
    right_where_differs: int = 0  #: the first reading
    second_right: int = 0  #: the second reader, where it differs


@dataclass
class Tallies:
    """The tallies of all slots."""

    by_slot: dict[str, Tally] = field(default_factory=lambda: {slot: Tally() for slot in SLOTS})

    def add(self, slot: str, heard: Heard, *, is_right: bool, is_second_right: bool) -> None:
        """Count a slot of a flow that the second reader spoke of."""
        tally = self.by_slot[slot]
        if slot in heard.agrees:
            tally.agrees += 1
            tally.right_where_agrees += is_right
        elif slot in heard.differs:
            tally.differs += 1
            tally.right_where_differs += is_right
            tally.second_right += is_second_right


def tallies_of(results: Iterable[Judged]) -> Tallies:
    """Return what a second reader said of the flows of some documents, slot by slot."""
    found = Tallies()
    for judged in results:
        for pair in judged.flows.found:
            if (heard := pair.flow.get("heard")) is not None:
                _add_pair(found, pair, heard)
        for flow in (*judged.flows.extra, *(flow for flow, _ in judged.flows.overstated)):
            if (heard := flow.get("heard")) is not None:  # no flow of the document: of its parties nothing is known
                found.add("standing", heard, is_right=False, is_second_right=True)
    return found


def _add_pair(found: Tallies, pair: Pair, heard: Heard) -> None:
    for slot in SLOTS:
        compared = _COMPARED.get(slot)
        is_right = compared is None or compared not in pair.wrong  # a found flow has its years, and is one
        second = heard.differs.get(slot)
        is_second_right = (
            compared is not None
            and second is not None
            and slot_agrees({**pair.flow, slot: second or None}, pair.row, compared, comparison())
        )
        found.add(slot, heard, is_right=is_right, is_second_right=is_second_right)


def shares_of(results: Iterable[Judged]) -> Measured:
    """Return the shares of right first readings, of slots with enough flows; no calibration."""
    tallies = tallies_of(results).by_slot
    agrees = {slot: _share(one.right_where_agrees, one.agrees) for slot, one in tallies.items() if one.agrees >= FEWEST}
    differs = {
        slot: _share(one.right_where_differs, one.differs) for slot, one in tallies.items() if one.differs >= FEWEST
    }
    return Measured(agrees, differs)


def measured_of(results: Sequence[Judged]) -> Measured:
    """Return shares, signs, calibration and bands of raw readings, to be kept with the reader's name."""
    shares = shares_of(results)
    scale = calibration_of(_with_word(judged, shares) for judged in results)
    return replace(shares, calibration=scale.calibration, bands=scale.bands, signs=scale.signs)


def with_second_reader(results: Sequence[Judged]) -> list[Judged]:
    """Return raw readings with the confidence and band that they have with the second reader's word.

    What its word is worth, and the calibration, are those of all other bodies.
    """
    bodies = {judged.document.body for judged in results}
    by_body = {body: measured_of([one for one in results if one.document.body != body]) for body in bodies}
    return [_banded(_with_word(one, by_body[one.document.body]), by_body[one.document.body]) for one in results]


def heard_rows(results: Iterable[Judged]) -> list[dict[str, Value]]:
    """Return the table of what the second reader said, a row for each slot that it spoke of."""
    return [
        {
            "slot": slot,
            "agrees": one.agrees,
            "right where it agrees": one.right_where_agrees / one.agrees if one.agrees else None,
            "differs": one.differs,
            "first right there": one.right_where_differs / one.differs if one.differs else None,
            "second right there": one.second_right / one.differs if one.differs and slot in _COMPARED else None,
        }
        for slot, one in tallies_of(results).by_slot.items()
        if one.agrees or one.differs
    ]


def counts_line(results: Iterable[Judged]) -> str:
    """Return in a line how many questions were asked and what became of them."""
    counts = Counts()
    for judged in results:
        counts += judged.counts
    return (
        f"second reader: {counts.sent} questions sent, {counts.kept} settled by earlier answers, {counts.missed} "
        f"without an answer, {counts.over} beyond the limit; {counts.refused} answers refused"
    )


def _with_word(judged: Judged, measured: Measured) -> Judged:
    def anew(flow: Flow) -> Flow:
        heard: Heard | None = flow.get("heard")
        return flow if heard is None else {**flow, "confidence": heard.confidence(measured)}

    return replace(judged, flows=with_flows(judged.flows, anew))


def _banded(judged: Judged, measured: Measured) -> Judged:
    weights = measured.confidence_weights(Weights({}))

    def anew(flow: Flow) -> Flow:
        confidence = confidence_of(flow, weights)
        heard: Heard | None = flow.get("heard")
        is_disputed = heard is not None and bool(heard.differs)
        band = Band.CHECK if is_disputed else band_of(confidence, weights)
        return {**flow, "confidence": confidence, "band": str(band)}

    return replace(judged, flows=with_flows(judged.flows, anew))


def _share(right: int, count: int) -> float:
    """Return a share that is smoothed for few, as the calibration is."""
    return round((right + 0.5) / (count + 1), 4)
