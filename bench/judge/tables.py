"""The judge's tables: found and right, slots, bands; over all, by form and by body."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.judge.figures import BANDS, SLOTS, Figures, added_up
from bench.judge.reading import Judged
from bench.report import Value

SLOT_NAMES = {"funder": "payer", "recipient": "payee", "programme, where one must be named": "programme needed"}


def grouped(results: Sequence[Judged]) -> dict[str, Figures]:
    """Return the figures over all, by form and by body, each under its label."""
    groups = {"all": added_up(results)}
    by: tuple[tuple[str, Callable[[Judged], str]], ...] = (
        ("form", lambda judged: str(judged.document.form)),
        ("body", lambda judged: judged.document.body),
    )
    for what, of in by:
        for value in sorted(set(map(of, results))):
            groups[f"{what}: {value}"] = added_up(each for each in results if of(each) == value)
    return groups


def flow_row(of: str, figures: Figures) -> dict[str, Value]:
    """Return found and right of some documents."""
    return {
        "of": of,
        "documents": figures.documents,
        "wholly right": figures.whole,
        "required": figures.required,
        "reported": figures.reported,
        "found R": figures.found / max(figures.required, 1),
        "found P": figures.found / max(figures.reported, 1),
        "found F1": figures.found_f1,
        "right R": figures.right / max(figures.required, 1),
        "right P": figures.right / max(figures.reported, 1),
        "right F1": figures.right_f1,
        "overstated": figures.overstated,
        "calibration error": figures.calibration_error,
        "told apart": figures.told_apart,
        "no review": figures.in_band["sure"] / max(figures.reported, 1),
    }


def slot_row(of: str, figures: Figures) -> dict[str, Value]:
    """Return how often each slot of found sums agrees, and the recall of awards and facts."""
    row: dict[str, Value] = {"of": of}
    row |= {SLOT_NAMES.get(slot, slot): figures.accuracy(slot) for slot in SLOTS}
    return row | {
        "awards R": _share(figures.awards_found, figures.awards_wanted),
        "awards P": _share(figures.awards_found, figures.awards_reported),
        "awards": figures.awards_wanted,
        "facts R": _share(figures.facts_found, figures.facts_wanted),
        "facts": figures.facts_wanted,
    }


def band_rows(figures: Figures) -> list[dict[str, Value]]:
    """Return each band with its share of what was reported and how much of it is right."""
    order = [*BANDS, *sorted(set(figures.in_band) - set(BANDS), reverse=True)]
    return [
        {
            "band": band,
            "flows": figures.in_band[band],
            "share": figures.in_band[band] / max(figures.reported, 1),
            "right": figures.right_in_band[band] / figures.in_band[band],
        }
        for band in order
        if figures.in_band[band]
    ]


def reliability_rows(figures: Figures) -> list[dict[str, Value]]:
    """Return each tenth of the stated confidence with what was stated there and how much of it is right."""
    return [
        {
            "from": place / 10,
            "flows": figures.in_bin[place],
            "stated": figures.stated_in_bin[place] / 1000 / figures.in_bin[place],
            "right": figures.right_in_bin[place] / figures.in_bin[place],
        }
        for place in sorted(figures.in_bin)
    ]


def last_line(figures: Figures) -> str:
    """Return found and right in one line, as the shared scorer prints them."""
    found = _recall_precision(figures.found, figures)
    right = _recall_precision(figures.right, figures)
    return f"found: {found}   right: {right}   ({figures.required} required, {figures.reported} reported)"


def _recall_precision(hits: int, figures: Figures) -> str:
    recall, precision = hits / max(figures.required, 1), hits / max(figures.reported, 1)
    f1 = 2 * hits / max(figures.required + figures.reported, 1)
    return f"recall {recall:.3f} precision {precision:.3f} F1 {f1:.3f}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
