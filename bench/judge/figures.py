"""The judge's figures: comparisons added up over documents."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.judge.reading import Judged, comparison
from ingest.labels.compare import Flow, Pair, Slot
from ingest.labels.names import NameComparison

PROGRAMME_WHERE_NEEDED = "programme, where one must be named"
SLOTS = ("funder", "recipient", "programme", PROGRAMME_WHERE_NEEDED, "fund", "status")
BANDS = ("sure", "likely", "check")
_BINS = 10


@dataclass
class Figures:
    """Counts over some documents; the properties are what they come to."""

    documents: int = 0
    whole: int = 0  #: documents whose sums are read without a fault
    unread: int = 0
    required: int = 0
    reported: int = 0  #: that count for or against the reader
    everything: int = 0  #: all flows with an amount
    found: int = 0
    right: int = 0
    overstated: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    agreeing: Counter[str] = field(default_factory=Counter)
    in_band: Counter[str] = field(default_factory=Counter)
    right_in_band: Counter[str] = field(default_factory=Counter)
    in_bin: Counter[int] = field(default_factory=Counter)
    right_in_bin: Counter[int] = field(default_factory=Counter)
    stated_in_bin: Counter[int] = field(default_factory=Counter)  #: confidence, added up; in thousandths
    points: list[tuple[float, bool]] = field(default_factory=list)  #: confidence of each flow, and if it is right
    awards_wanted: int = 0
    awards_found: int = 0
    awards_reported: int = 0
    facts_wanted: int = 0
    facts_found: int = 0

    def add(self, judged: Judged, names: NameComparison) -> None:
        """Count a document."""
        flows = judged.flows
        self.documents += 1
        self.whole += flows.is_right and not judged.fault
        self.unread += bool(judged.fault)
        self.required += flows.required
        self.reported += flows.reported
        self.everything += flows.reported + len(flows.allowed)
        self.found += len(flows.found)
        self.right += sum(pair.is_right for pair in flows.found)
        self.overstated += len(flows.overstated)
        for pair in flows.found:
            self._count_confidence(pair.flow, pair.is_right)
            self._count_slots(pair, names)
        for flow in (*flows.extra, *(flow for flow, _ in flows.overstated)):
            self._count_confidence(flow, False)
        self.awards_wanted += len(judged.document.awards)
        self.awards_found += len(judged.awards.found)
        self.awards_reported += len(judged.awards.found) + len(judged.awards.extra)
        self.facts_wanted += len(judged.document.facts)
        self.facts_found += len(judged.facts.found)

    def _count_confidence(self, flow: Flow, is_right: bool) -> None:
        band = band_of(flow)
        self.in_band[band] += 1
        self.right_in_band[band] += is_right
        if (stated := flow.get("confidence")) is not None:
            self.points.append((float(stated), is_right))
            place = min(int(float(stated) * _BINS), _BINS - 1)
            self.in_bin[place] += 1
            self.right_in_bin[place] += is_right
            self.stated_in_bin[place] += round(float(stated) * 1000)

    def _count_slots(self, pair: Pair, names: NameComparison) -> None:
        for slot in (Slot.FUNDER, Slot.RECIPIENT, Slot.STATUS):
            self.asked[slot] += 1
            self.agreeing[slot] += slot not in pair.wrong
        for slot in (Slot.PROGRAMME, Slot.FUND):  # how often it names the one that the label names
            named = [option for option in getattr(pair.row, slot) if option]
            if named:
                self.asked[slot] += 1
                self.agreeing[slot] += any(names.agrees(pair.flow.get(slot), (option,)) for option in named)
        if "" not in pair.row.programme:
            self.asked[PROGRAMME_WHERE_NEEDED] += 1
            self.agreeing[PROGRAMME_WHERE_NEEDED] += Slot.PROGRAMME not in pair.wrong

    @property
    def found_f1(self) -> float:
        """Return the harmonic mean of recall and precision of sums with their years."""
        return 2 * self.found / max(self.required + self.reported, 1)

    @property
    def right_f1(self) -> float:
        """Return the same for sums that are right in every slot."""
        return 2 * self.right / max(self.required + self.reported, 1)

    @property
    def calibration_error(self) -> float:
        """Return the expected calibration error: how far stated confidence lies from rightness, over ten bins."""
        total = max(sum(self.in_bin.values()), 1)
        return sum(abs(self.stated_in_bin[b] / 1000 - self.right_in_bin[b]) for b in self.in_bin) / total

    @property
    def told_apart(self) -> float | None:
        """Return how often a right flow is stated with more confidence than a wrong one: the area under the curve."""
        rising = sorted(self.points)
        right = sum(is_right for _, is_right in rising)
        pairs = right * (len(rising) - right)
        won = ties = wrong_below = 0
        for _, group in itertools.groupby(rising, key=lambda point: point[0]):
            own = [is_right for _, is_right in group]
            won += sum(own) * wrong_below
            ties += sum(own) * (len(own) - sum(own))
            wrong_below += len(own) - sum(own)
        return (won + ties / 2) / pairs if pairs else None

    def accuracy(self, slot: str) -> float | None:
        """Return how often a slot agrees; None where it was never asked."""
        return self.agreeing[slot] / self.asked[slot] if self.asked[slot] else None


def band_of(flow: Flow) -> str:
    """Return the flow's confidence band, else the tenth that its confidence lies in."""
    if flow.get("band"):
        return str(flow["band"])
    stated = flow.get("confidence")
    return "none stated" if stated is None else f"{min(int(float(stated) * 10), 9) / 10:.1f} and over"


def added_up(results: Iterable[Judged], names: NameComparison | None = None) -> Figures:
    """Return the figures of some documents."""
    figures = Figures()
    for judged in results:
        figures.add(judged, names or comparison())
    return figures
