"""The tables of docs/accuracy.md, written between marks; the prose around them is written by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.judge.figures import SLOTS, Figures
from bench.judge.tables import SLOT_NAMES, band_rows, reliability_rows
from bench.report import PROJECT, Value

PAGE = PROJECT / "docs" / "accuracy.md"
TABLES = ("<!-- tables of the judge: make judge writes them -->", "<!-- end of the tables of the judge -->")
ROUNDS = ("<!-- first sight: a line for each round -->", "<!-- end of first sight -->")
BANDS_SAID = {"sure": "sure", "likely": "likely", "check": "to be checked"}


class NoPlace(Exception):
    """The page lacks the marks between which something is to be written."""


def write_tables(
    measures: Mapping[str, Mapping[str, Figures]], disguises: Sequence[Mapping[str, Value]], *, page: Path = PAGE
) -> None:
    """Write the tables of each measure ("each body left out", "as shipped") with its groups.

    Raises:
        NoPlace: The page lacks the marks.
    """
    parts = [f"Measured on {datetime.now(UTC):%d %B %Y}.", _summary(measures)]
    for measure, groups in measures.items():
        parts += [f"### Slots, {measure}", _slots(groups["all"]), f"### Confidence, {measure}", _bands(groups["all"])]
        parts += [_reliability(groups["all"])] if groups["all"].points else []
    measure, groups = next(iter(measures.items()))
    for of in ("form", "body"):
        parts += [f"### By {of}, {measure}", _groups(of, groups)]
    if disguises:
        parts += ["### Disguises", markdown(disguises)]
    _write_between(TABLES, "\n\n".join(parts), page)


def add_round(name: str, figures: Figures, *, page: Path = PAGE) -> None:
    """Add a round of first sight: its figures as they were before anything was mended.

    Raises:
        NoPlace: The page lacks the marks, or has a round of that name.
    """
    text = page.read_text(encoding="utf-8")
    held = _between(ROUNDS, text, page)
    if f"| {name} |" in held:
        raise NoPlace(f"{page}: has a round {name!r} already; first sight is measured once")
    bands = figures.in_band
    sure = f"{figures.right_in_band['sure']} of {bands['sure']}" if bands["sure"] else "none is said to be sure"
    cells: list[Value] = [
        name,
        f"{datetime.now(UTC):%Y-%m-%d}",
        figures.documents,
        figures.required,
        f"{figures.found_f1:.3f}",
        f"{figures.right_f1:.3f}",
        sure,
        f"{bands['sure'] / figures.reported if figures.reported else 0:.0%}".replace("%", " %"),
    ]
    rows = "\n".join([*held.strip("\n").splitlines(), _line(cells)])
    start, end = ROUNDS
    page.write_text(text.replace(f"{start}{held}{end}", f"{start}\n{rows}\n{end}"), encoding="utf-8")


def markdown(rows: Sequence[Mapping[str, Value]]) -> str:
    """Return rows as a Markdown table; columns in the order of the first row."""
    columns = list(rows[0])
    numeric = [all(isinstance(row[column], int | float | None) for row in rows) for column in columns]
    rule = "| " + " | ".join("---:" if right else "---" for right in numeric) + " |"
    return "\n".join([_line(columns), rule, *(_line([row[column] for column in columns]) for row in rows)])


def _summary(measures: Mapping[str, Mapping[str, Figures]]) -> str:
    rows: list[dict[str, Value]] = []
    for measure, groups in measures.items():
        figures = groups["all"]
        rows.append(
            {
                "Measure": measure,
                "Documents": figures.documents,
                "Sums required": figures.required,
                "Found, F1": figures.found_f1,
                "Right, F1": figures.right_f1,
                "Documents wholly right": _share(figures.whole, figures.documents),
                "Need no review": _share(figures.in_band["sure"], figures.reported),
                "Calibration error": figures.calibration_error,
                "Right told from wrong": figures.told_apart,
                "Context said to be money": figures.overstated,
            }
        )
    return markdown(rows)


def _slots(figures: Figures) -> str:
    rows: list[dict[str, Value]] = [
        {
            "Slot of a found sum": SLOT_NAMES.get(slot, slot),
            "Asked": figures.asked[slot],
            "Right": figures.accuracy(slot),
        }
        for slot in SLOTS
    ]
    rows += [
        {"Slot of a found sum": "awards without a sum, recall", "Asked": figures.awards_wanted,
         "Right": _share(figures.awards_found, figures.awards_wanted)},
        {"Slot of a found sum": "awards without a sum, precision", "Asked": figures.awards_reported,
         "Right": _share(figures.awards_found, figures.awards_reported)},
        {"Slot of a found sum": "facts beside money, recall", "Asked": figures.facts_wanted,
         "Right": _share(figures.facts_found, figures.facts_wanted)},
    ]  # fmt: skip
    return markdown(rows)


def _bands(figures: Figures) -> str:
    rows = band_rows(figures)
    return markdown(
        [
            {
                "Band": BANDS_SAID.get(str(row["band"]), str(row["band"])),
                "Sums": row["flows"],
                "Share of all": row["share"],
                "Right in every slot": row["right"],
            }
            for row in rows
        ]
        or [{"Band": "none", "Sums": 0, "Share of all": None, "Right in every slot": None}]
    )


def _reliability(figures: Figures) -> str:
    return markdown(
        [
            {
                "Confidence stated": f"{row['from']:.1f} and over",
                "Sums": row["flows"],
                "On average": row["stated"],
                "Right in every slot": row["right"],
            }
            for row in reliability_rows(figures)
        ]
    )


def _groups(of: str, groups: Mapping[str, Figures]) -> str:
    return markdown(
        [
            {
                of.capitalize(): label.removeprefix(f"{of}: "),
                "Documents": figures.documents,
                "Wholly right": figures.whole,
                "Sums required": figures.required,
                "Reported": figures.reported,
                "Found, F1": figures.found_f1 if figures.required else None,
                "Right, F1": figures.right_f1 if figures.required else None,
            }
            for label, figures in groups.items()
            if label.startswith(f"{of}: ")
        ]
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _line(cells: Sequence[Value]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: Value) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def _between(marks: tuple[str, str], text: str, page: Path) -> str:
    start, end = (text.find(mark) for mark in marks)
    if start < 0 or end < start:
        raise NoPlace(f"{page}: lacks the marks {marks[0]!r} and {marks[1]!r}; put them where the tables are to stand")
    return text[start + len(marks[0]) : end]


def _write_between(marks: tuple[str, str], content: str, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    held = _between(marks, text, page)
    page.write_text(
        text.replace(f"{marks[0]}{held}{marks[1]}", f"{marks[0]}\n\n{content}\n\n{marks[1]}"), encoding="utf-8"
    )
