"""Pages of many decisions: each entry has its own words, reference, title and date."""

from __future__ import annotations

from functools import cache

import pytest

from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.document import BlockKind
from ingest.extract.decisions.decision import read_decision
from ingest.extract.decisions.registers import entries_of
from ingest.readers import read_bytes


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def entries(text: str, name: str = "page.md") -> list[tuple[str | None, str, str | None]]:
    document = read_bytes(text.encode(), name)
    found = entries_of(document, read_decision(document, names()))
    return [(own.reference, own.title, own.signed) for _, own in found]


WORDS = "The Commissioner awards £5,000 to a club in the town for its work with young people."
REGISTERS = {
    "labels": (
        f"Decision Ref: 12/2031\n\nTitle: Lights for the harbour\n\nDate: 3 May 2031\n\nDecision: {WORDS}\n\n"
        f"Decision Ref: 13/2031\n\nTitle: Mentors for schools\n\nDate: 9 May 2031\n\nDecision: {WORDS}\n",
        [
            ("12/2031", "Lights for the harbour", "2031-05-03"),
            ("13/2031", "Mentors for schools", "2031-05-09"),
        ],
    ),
    "titles with summaries": (
        f"Date: 09/04/31\n\nTitle: Lights for the harbour\n\nSummary: {WORDS}\n\n"
        f"Date: 07/04/31\n\nTitle: Mentors for the schools\n\nSummary: {WORDS}\n",
        [(None, "Lights for the harbour", "2031-04-09"), (None, "Mentors for the schools", "2031-04-07")],
    ),
    "headings with a reference": (
        f"# Decisions\n\n## PCC Decision 028-2031 – Lights\n\n{WORDS}\n\n## Decision 027-2031- Mentors for schools\n\n"
        f"{WORDS}\n",
        [("PCC Decision 028-2031", "Lights", None), ("Decision 027-2031", "Mentors for schools", None)],
    ),
    "rows of a table": (
        "# Decisions\n\n| Date | Ref | Issue | Decision |\n|---|---|---|---|\n"
        f"| 03/05/31 | 31/007 | Lights for the harbour | {WORDS} |\n| 02/05/31 | 31/006 | Mentors | Supported |\n",
        [("31/007", "Lights for the harbour", "2031-05-03"), ("31/006", "Mentors", "2031-05-02")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REGISTERS.values(), ids=REGISTERS)
def test_entries_have_their_own_reference_title_and_date(
    text: str, expected: list[tuple[str | None, str, str | None]]
) -> None:
    assert entries(text) == expected


NO_REGISTERS = {
    "related decisions": f"# Lights\n\n{WORDS}\n\n## Related decisions\n\n- PCD 1452 Grants\n- PCD 1453 More Grants\n",
    "a table of awards": "# Decision\n\n| Ref | Issue | Award |\n|---|---|---|\n| 1/31 | Lights | £5 |\n"
    "| 2/31 | Oars | £6 |\n",
    "one decision with three dates": f"# Lights\n\nDate: 1 May 2031\n\n{WORDS}\n\nDate published: 2 May 2031\n",
    "dates on both sides": f"{WORDS}\n\n" + f"Date: 3 May 2031\n\n{WORDS}\n\n" * 3,
}


@pytest.mark.parametrize("text", NO_REGISTERS.values(), ids=NO_REGISTERS)
def test_other_pages_are_one_decision(text: str) -> None:
    assert len(entries(text)) == 1


def test_words_of_a_register_row_are_paragraphs_at_their_place() -> None:
    document = read_bytes(REGISTERS["rows of a table"][0].encode(), "page.md")
    first, second = entries_of(document, read_decision(document, names()))
    paragraphs = [block for block in first[0].blocks if block.kind is BlockKind.PARAGRAPH]
    assert [document.text[block.start : block.end] for block in paragraphs] == [WORDS]
    assert WORDS not in {block.text for block in second[0].blocks}
