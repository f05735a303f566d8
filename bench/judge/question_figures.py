"""How questions were answered, added up: right, wrong with confidence, refused, and how far a probability holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.judge.answers import misses
from bench.report import Value
from ingest.labels.names import NameComparison

ANSWERED = "answered"
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)  #: of probability, by where they begin
_FEW = 5  #: questions; a kind of fewer has no line of its own
_PENALTY = 10  #: right answers that a confident error takes away


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked, and what became of it."""

    id: str
    text: str
    groups: Mapping[str, str]  #: "set", "kind", "manner" -> which
    can_be_answered: bool
    answer: Mapping[str, Any]  #: as the contract shapes it
    lacks: tuple[str, ...]  #: what the answer lacks of what is expected
    milliseconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Return True if all that is expected holds."""
        return not self.lacks

    @property
    def is_answered(self) -> bool:
        """Return True if an answer was given, right or not."""
        return bool(self.answer.get("status") == ANSWERED)


def judged(
    id: str, text: str, answer: Mapping[str, Any], expect: Mapping[str, Any], names: NameComparison,
    **groups: str,
) -> Asked:  # fmt: skip
    """Return a question with what its answer lacks."""
    can = ANSWERED in str(expect["status"]).split("|")
    return Asked(id, text, groups, can, answer, tuple(misses(answer, expect, names)))


def row(of: str, asked: Sequence[Asked]) -> dict[str, Value]:
    """Return one line of the table."""
    wanted = [each for each in asked if each.can_be_answered]
    others = [each for each in asked if not each.can_be_answered]
    right = sum(each.is_right for each in asked)
    wrong = sum(each.is_answered and not each.is_right for each in asked)
    return {
        "of": of,
        "answerable": len(wanted),
        "right": sum(each.is_right for each in wanted),
        "wrong": sum(each.is_answered and not each.is_right for each in wanted),
        "refused": sum(not each.is_answered and not each.is_right for each in wanted),
        "unanswerable": len(others),
        "declined": sum(each.is_right for each in others),
        "right share": right / max(len(asked), 1),
        "RS(10)": 100 * (right - _PENALTY * wrong) / max(len(asked), 1),
    }


def rows_by(group: str, asked: Iterable[Asked]) -> list[dict[str, Value]]:
    """Return a line for each set, kind or manner, those with the most questions first; small ones in one line."""
    grouped = _grouped(asked, lambda each: each.groups.get(group, ""))
    rows = [row(f"{group}: {name}", own) for name, own in grouped if len(own) >= _FEW]
    small = [own for _, own in grouped if len(own) < _FEW]
    if small:
        rows.append(row(f"{group}: {len(small)} others", [each for own in small for each in own]))
    return rows


def calibration_rows(asked: Iterable[Asked]) -> list[dict[str, Value]]:
    """Return for each band of probability how many answers were given in it and how much of them is right."""
    given = [each for each in asked if each.is_answered]
    rows: list[dict[str, Value]] = []
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        own = [each for each in given if low <= float(each.answer["probability"]) < high]
        if own:
            stated = sum(float(each.answer["probability"]) for each in own) / len(own)
            share = sum(each.is_right for each in own) / len(own)
            rows.append({"from": low, "answers": len(own), "stated": stated, "right": share})
    return rows


def gist(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what two answers must share to be the same: status, labels and value."""
    labels = sorted(str(item.get("label")) for item in answer.get("items") or ())
    value = answer.get("value") or {}
    return (answer.get("status"), tuple(labels), tuple(sorted((k, str(v)) for k, v in value.items() if v is not None)))


def _grouped(asked: Iterable[Asked], of: Callable[[Asked], str]) -> list[tuple[str, list[Asked]]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        if of(each):
            found[of(each)].append(each)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
