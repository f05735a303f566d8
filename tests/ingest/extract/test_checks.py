"""Figures of one document compared."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from graph.model import Check, Decision, Verdict
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import PROJECT
from ingest.extract.checks.document import find_checks
from ingest.extract.checks.same import is_slip
from ingest.extract.decisions.decision import read_decision
from ingest.readers import read, read_bytes

SHARED = PROJECT.parent / "shared"
GOLD = SHARED / "eval" / "gold_checks.csv"
DIGESTS = PROJECT / "data" / "decisions"

#: Digests whose figures or dates really disagree, by their own notes or by the field notes.
CONFLICTS = {
    "essex-043-24.md",
    "gmca-perpetrator-funding-programmes.md",
    "lancashire-2020-18.md",
    "mopac-pcd-1307.md",
    "mopac-pcd-1379.md",
    "mopac-pcd-1460.md",
    "mopac-pcd-1583.md",
    "mopac-pcd-1767.md",
    "mopac-pcd-889.md",
    "mopac-pcd-948.md",
    "mopac-pcd-970.md",
    "west-yorkshire-idva-pathfinder-2025-26.md",
}


def checks_of(text: str, *, signed: str | None = None, dates: tuple[tuple[str, str], ...] = ()) -> tuple[Check, ...]:
    document = read_bytes(text.encode(), "test.md")
    decision = Decision("PCD 2001", "Bluebird extension", None, None, signed, "decision notice", None, dates=dates)
    found = find_checks(document, decision, (), ())
    for check in found:
        assert check.evidence
        for evidence in check.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote
    return found


def table(*rows: str) -> str:
    head, *body = rows
    return "\n".join(["# PCD 2001", "", "## Financial comments", head, "|---" * (head.count("|") - 1) + "|", *body, ""])


def verdicts(checks: tuple[Check, ...]) -> list[str]:
    return [check.verdict.value for check in checks]


def test_a_last_row_that_states_the_sum_once_more_is_no_part_of_it() -> None:
    lead = "The grant to Elm House is £90,000, made up as follows:"
    rows = table("| Item | 2023/24 |", "| Grant | £100,000 |", "| Less the old rest | (£10,000) |", "| Net | {} |")
    for net, verdict in (("£90,000", "consistent"), ("£95,000", "conflict")):
        found = checks_of(rows.replace("## Financial comments\n", f"## Financial comments\n{lead}\n").format(net))
        assert verdicts(found) == [verdict], net


def test_column_that_adds_up_is_consistent() -> None:
    found = checks_of(table("| Service | 2023/24 |", "| A | £10,000 |", "| B | £5,000 |", "| Total | £15,000 |"))
    assert verdicts(found) == ["consistent"]
    assert found[0].figures == (Decimal(10000), Decimal(5000), Decimal(15000))


def test_column_that_does_not_add_up_is_a_conflict_with_both_figures() -> None:
    found = checks_of(table("| Service | 2023/24 |", "| A | £10,000 |", "| B | £5,000 |", "| Total | £16,000 |"))
    assert verdicts(found) == ["conflict"]
    assert "£15,000" in found[0].message and "£16,000" in found[0].message


def test_a_pound_is_rounding() -> None:
    found = checks_of(table("| Service | 2023/24 |", "| A | £10,000.50 |", "| B | £5,000.40 |", "| Total | £15,001 |"))
    assert verdicts(found) == ["rounding"]


def test_sub_totals_sum_their_own_rows_and_the_total_sums_them() -> None:
    found = checks_of(
        table(
            "| Service | 2023/24 |",
            "| A | £1 |",
            "| B | £2 |",
            "| Sub-total north | £3 |",
            "| C | £4 |",
            "| D | £5 |",
            "| Sub-total south | £9 |",
            "| Total | £12 |",
        )
    )
    assert [check.figures[-1] for check in found] == [Decimal(3), Decimal(9), Decimal(12)]
    assert set(verdicts(found)) == {"consistent"}


def test_amounts_without_a_sign_in_thousands_add_up() -> None:
    found = checks_of(table("| Service | 2023/24 £000 |", "| A | 100 |", "| B | 250 |", "| Total | 350 |"))
    assert found[0].figures[-1] == Decimal(350000)


def test_row_is_compared_with_its_total_column() -> None:
    rows = (
        "| Borough | 2023/24 | 2024/25 | Total |",
        "| Bexley | £100 | £200 | £400 |",
        "| Sutton | £10 | £20 | £30 |",
    )
    found = checks_of(table(*rows))
    assert verdicts(found) == ["conflict", "consistent"]
    assert "Bexley" in found[0].message


def test_list_that_shows_only_a_part_is_no_conflict() -> None:
    text = table("| Recipient | 2023/24 |", "| A | £10,000 |", "| B | £5,000 |", "| Total | £90,000 |")
    assert checks_of(text + "\nThe two recipients are only part of the total.\n") == ()


def test_row_left_open_is_no_conflict() -> None:
    found = checks_of(
        table("| A | 2023/24 |", "| X | £10 |", "| Y | £20 |", "| Z | TBC |", "| Total | £45 |"),
    )
    assert found == ()


def test_total_cost_named_alike_with_two_digits_swapped() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Executive summary\nThe total cost of the extension is £846,000.\n\n"
        "## Recommendation\n1. Approve the grant, at a total cost of the extension of £864,000.\n"
    )
    assert [check.message for check in found if check.verdict is Verdict.CONFLICT] == [
        "The total cost of the extension is £846,000 in the executive summary, paragraph 1 "
        "but £864,000 in recommendation 1."
    ]


def test_group_total_sums_the_rows_before_it() -> None:
    found = checks_of(
        table(
            "| Funder | Amount |",
            "| Trust | £70 |",
            "| Home Office | £10 |",
            "| Home Office | £5 |",
            "| Home Office (total) | £15 |",
        )
    )
    assert verdicts(found) == ["consistent"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The grant of £900, made up of £500 for staff and £400 for rent, is approved.", "consistent"),
        ("The grant of £90,000, made up of £50,000 for staff and £41,000 for rent, is approved.", "conflict"),
        ("The grant of £900.20 is split as follows: £500 in 2023/24 and £400 in 2024/25.", "rounding"),
        ("The grant of £1.2 million is split as follows: £600,500 in 2023/24 and £610,000 in 2024/25.", "rounding"),
        ("Award £900, comprising £500 for staff and £300 for rent, with the rest for travel.", ""),
        ("Award £900 (£500 for staff and £400 for rent).", "consistent"),
        ("Award £900, comprising £500 for staff and £300 for rent, with the rest for travel.", ""),
        ("Award £900 (£500 for staff and £300 for rent).", ""),
        ("They were awarded £500, and the total committed is £900 with £400 of match.", "consistent"),
        ("The award is £900, including £500 for staff and £300 for rent.", ""),
    ],
)
def test_sum_said_to_be_split(text: str, verdict: str) -> None:
    assert verdicts(checks_of(f"# PCD 2001\n\n## Executive summary\n{text}\n")) == ([verdict] if verdict else [])


def test_list_under_a_maximum_exceeds_it() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Financial comments\n\n3.1. The total cost is a maximum of £90,000.\n\n"
        "3.2. The funding is broken down as such:\n\n- £50,000 from the reserve\n- £45,000 from the core budget\n"
    )
    assert verdicts(found) == ["conflict"]
    assert {Decimal(50000), Decimal(45000), Decimal(90000)} <= set(found[0].figures)


def test_list_that_says_where_money_comes_from_is_compared_with_the_total() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Financial comments\n\n3.1. The work needs at most £90,000 in total.\n\n"
        "3.2. The funding comes from:\n\n- up to £50,000 from the reserve\n- £45,000 from the core budget\n"
    )
    assert verdicts(found) == ["conflict"]


def test_totals_under_one_name_that_differ_are_a_conflict() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Executive summary\nFor a total programme commitment of £420,000.\n\n"
        "## Recommendation\n1. Approve a total programme commitment of £240,000.\n"
    )
    assert verdicts(found) == ["conflict"]
    assert found[0].figures == (Decimal(420000), Decimal(240000))


def test_totals_for_different_years_are_no_conflict() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Executive summary\nA total programme commitment of £420,000 in 2023/24.\n\n"
        "## Recommendation\n1. Approve a total programme commitment of £240,000 in 2024/25.\n"
    )
    assert found == ()


def test_award_given_as_two_sums_is_a_conflict() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Background\n\n"
        "The body was awarded £500,100 by the Home Office for Bluebird in 2023/24 and 2024/25.\n\n"
        "## Financial comments\n\nBluebird is funded from Home Office grants (£700,300 over 2023/24 and 2024/25).\n"
    )
    assert verdicts(found) == ["conflict"]


def test_one_sum_in_two_years_is_a_conflict_of_years() -> None:
    found = checks_of(
        "# PCD 2001\n\n## Executive summary\nAward £45,100 in 2020/21.\n\n"
        "## Recommendation\n1. Award £45,100 in 2021/22.\n"
    )
    assert [check.kind for check in found] == ["years"]


def test_sources_are_compared_with_the_total_they_pay_for() -> None:
    text = (
        "# PCD 2001\n\n## Recommendation\n1. Approve the extension at a total of £90,000.\n"
        "2. Accept £50,000 from the Home Office.\n3. Approve carrying forward £{own} from 2022/23.\n"
    )
    assert verdicts(checks_of(text.format(own="40,000"))) == ["consistent"]
    assert verdicts(checks_of(text.format(own="20,000"))) == ["conflict"]


def test_signature_after_the_start_is_retrospective() -> None:
    text = "# PCD 2001\n\n## Recommendation\n1. Approve £45,000 from 1 April 2023 to 31 March 2024.\n"
    assert [check.kind for check in checks_of(text, signed="2023-06-01")] == ["dates"]
    assert checks_of(text, signed="2023-03-01") == ()


def test_approval_before_the_advice() -> None:
    text = "# PCD 2001\n\n## Executive summary\nA grant.\n\n## Chief Executive\n\nDate 31/10/22\n"
    found = checks_of(text, signed="2022-10-25", dates=(("advice", "2022-10-31"),))
    assert [check.kind for check in found] == ["dates"]


@pytest.mark.parametrize(
    ("one", "other", "slip"), [(2720000, 2270000, True), (100, 100, False), (1234, 4321, False), (500, 5000, False)]
)
def test_two_digits_that_changed_places_are_a_slip(one: int, other: int, slip: bool) -> None:
    assert is_slip(Decimal(one), Decimal(other)) is slip


def test_plain_prose_has_no_checks() -> None:
    assert checks_of("# PCD 2001\n\n## Executive summary\nThe grant of £5,000 goes on. Another is £6,000.\n") == ()


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(load_registry(PROJECT / "data" / "registry"))


@pytest.mark.skipif(not (SHARED / "cases").exists(), reason="the cases stand in ../shared, which is not here")
def test_no_case_is_said_to_contradict_itself(names: NameIndex) -> None:
    for path in sorted((SHARED / "cases").glob("*s/*")):  # each was written with figures that agree
        document = read(path)
        checks = find_checks(document, read_decision(document, names), (), ())
        assert "conflict" not in verdicts(checks), path.name


@pytest.mark.skipif(not GOLD.exists(), reason="the gold checks stand in ../shared, which is not here")
def test_gold_checks_are_found_and_nothing_else_conflicts(names: NameIndex) -> None:
    found: dict[str, list[Check]] = {}
    for path in sorted((SHARED / "decisions").glob("*.txt")):
        document = read(Path(path))
        decision = read_decision(document, names)
        found[decision.reference or ""] = list(find_checks(document, decision, (), ()))
    with GOLD.open() as file:
        gold = [
            (r["document"], r["verdict"], {Decimal(f) for f in r["figures"].split(";")}) for r in csv.DictReader(file)
        ]
    for reference, verdict, figures in gold:
        assert any(check.verdict == verdict and figures <= set(check.figures) for check in found[reference]), reference
    conflicts = [c for checks in found.values() for c in checks if c.verdict is Verdict.CONFLICT and c.figures]
    assert len(conflicts) == sum(verdict == "conflict" for _, verdict, _ in gold)


def test_only_digests_that_really_disagree_have_conflicts(names: NameIndex) -> None:
    paths = sorted(DIGESTS.glob("*-*.md"))
    assert paths
    conflicting = set()
    for path in paths:
        document = read(path)
        checks = find_checks(document, read_decision(document, names), (), ())
        if any(check.verdict is Verdict.CONFLICT for check in checks):
            conflicting.add(path.name)
    assert conflicting - CONFLICTS == set()
    assert conflicting == CONFLICTS
