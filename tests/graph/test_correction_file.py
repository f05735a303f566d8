"""The file of corrections: read, added to, and every fault named by its line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.corrections.correction import Action, Correction, CorrectionSet, Field, FlowKey, NamedEntity
from graph.corrections.entries import correction_of_entry, entry_of_correction
from graph.corrections.file import HEADER, parse_corrections, read_corrections, with_corrections
from graph.corrections.values import change_of
from graph.errors import InvalidReference
from graph.typed_json import from_json, to_json
from tests.builders import COUNCIL

WRITTEN = """\
# our corrections
- id: c1
  action: flow
  document: pcd-1.md
  flow: abc123
  found: {amount: '£1,000', year: 2023/24, locator: '3.1'}
  set:
    recipient: Ashford Council   # the annex names it
    programmes: [Warm Homes, Cool Homes]
    fund:
  who: A. Reader
  when: 2025-01-31
  why: the annex says so
- {id: c2, action: undo, undoes: c1, who: B. Reader, when: 2025-02-01T10:00:00+00:00, why: no}
"""
KEY = FlowKey("pcd-1.md", "abc123", Decimal("1000.00"), ("2023/24",), "3.1")
FIRST = Correction(
    "c1", Action.FLOW, "A. Reader", "2025-01-31", "the annex says so", flow=KEY,
    changes=(
        change_of(Field.RECIPIENT, ["Ashford Council"]),
        change_of(Field.PROGRAMMES, ["Warm Homes", "Cool Homes"]),
        change_of(Field.FUND, []),
    ),
)  # fmt: skip


def test_what_a_person_writes_is_read(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text(WRITTEN, encoding="utf-8")
    first, second = read_corrections(tmp_path / "corrections.yaml")
    assert first == FIRST
    assert (second.action, second.undoes) == (Action.UNDO, "c1")


def test_a_correction_of_an_award_comes_back(tmp_path: Path) -> None:
    key = FlowKey("pcd-1.md", "a1", None, ("2023/24",), "3.1", "Ashford Council", is_award=True)
    fix = replace(FIRST, flow=key, changes=(change_of(Field.FUND, []),))
    entry = entry_of_correction(fix)
    assert (entry["award"], entry["found"]["recipient"], "flow" in entry) == ("a1", "Ashford Council", False)
    file = tmp_path / "corrections.yaml"
    assert parse_corrections(with_corrections(HEADER, [fix], file), file) == (fix,)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{award: a1, flow: f1, set: {fund: Pot}}", "names a flow and an award"),
        ("{award: a1, set: {amount: '5'}}", "has no amount"),
    ],
)
def test_an_entry_that_mixes_flow_and_award_is_refused(text: str, fault: str) -> None:
    head = "{id: c1, action: flow, document: a.md, who: A, when: 2025-01-31, why: so, "
    with pytest.raises(InvalidReference, match=fault):
        parse_corrections(f"- {head}{text[1:]}", Path("corrections.yaml"))


def test_no_file_is_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.yaml") == ()


def test_an_added_correction_leaves_what_stands_there_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    text = with_corrections(WRITTEN, [replace(FIRST, id="c3")], file)
    assert text.startswith(WRITTEN.rstrip())
    assert [each.id for each in parse_corrections(text, file)] == ["c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("action: flow", "action: flo", 3, "'flo' is unknown; use one of flow, withdraw"),
        ("document: pcd-1.md", "dokument: pcd-1.md", 4, "has no 'dokument'"),
        ("recipient: Ashford Council", "recipeint: Ashford Council", 7, "'recipeint' is unknown"),
        ("£1,000", "plenty", 6, "'plenty' is not an amount"),
        ("year: 2023/24", "year: soon", 6, "'soon' is not a financial year"),
        ("who: A. Reader", "who:", 11, "'who' is missing"),
        ("when: 2025-01-31", "when: yesterday", 12, "'yesterday' is not a date"),
        ("id: c2", "id: c1", 14, "the id 'c1' is used above"),
        ("undoes: c1", "undoes: c9", 14, "no correction 'c9' above"),
        ("  flow: abc123", " flow: abc123", 5, "list entry"),
        ("# our corrections\n- id: c1\n", "id: c1\n", 2, "mapping"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, fault: str) -> None:
    with pytest.raises(InvalidReference) as error:
        parse_corrections(WRITTEN.replace(old, new, 1), Path("corrections.yaml"))
    assert str(error.value).startswith(f"corrections.yaml, line {line}")
    assert fault in str(error.value)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        parse_corrections(text, Path("corrections.yaml"))
    except InvalidReference as error:
        assert str(error).startswith("corrections.yaml")


SIGNS = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Zs"))
WORDS = st.text(SIGNS, min_size=1)


@given(WORDS, WORDS, st.sampled_from(["1.00", "150000.00"]), st.sets(st.sampled_from(["2023/24", "2024/25"])))
def test_a_correction_goes_to_the_file_and_back(who: str, name: str, amount: str, years: set[str]) -> None:
    key = FlowKey("a b.md", "f1", Decimal(amount), tuple(sorted(years)), "3.1")
    changes = (change_of(Field.AMOUNT, [amount]), change_of(Field.YEARS, sorted(years)))
    one = Correction("c1", Action.FLOW, who, "2025-01-31", name, flow=key, changes=changes, was=changes)
    merge = Correction("c2", Action.MERGE, who, "2025-01-31T09:00:00", "why", name=name, into="Other")
    for correction in (one, merge):
        assert correction_of_entry(entry_of_correction(correction)) == correction
        held = CorrectionSet((correction,), (NamedEntity(name, COUNCIL),))
        assert from_json(CorrectionSet, to_json(held)) == held
