"""The judge: figures, faults, disguises, ablation, and the page that it writes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.judge import __main__ as command
from bench.judge import ablation, held_out
from bench.judge.calibration import with_bands_kept
from bench.judge.disguised_names import with_other_names
from bench.judge.disguised_order import with_other_order
from bench.judge.disguised_sums import with_other_sums
from bench.judge.disguised_years import with_other_years
from bench.judge.disguises import DISGUISES, disguised
from bench.judge.faults import fault_lines
from bench.judge.figures import added_up
from bench.judge.page import ROUNDS, TABLES, NoPlace, add_round, markdown, write_tables
from bench.judge.reading import Judged, comparison, judged
from bench.judge.sources import chosen, first_sight, labels_of
from bench.judge.tables import band_rows, grouped, last_line, reliability_rows
from ingest.extract.weights import Weights
from ingest.fitting.calibrate import NEVER
from ingest.labels.records import (
    AwardLabel,
    DecisionLabel,
    FactLabel,
    FlowLabel,
    Form,
    Group,
    LabelledDocument,
    LabelSet,
)

KENT = "Police and Crime Commissioner for Kent"


def make_row(**given: Any) -> FlowLabel:
    """Return a required row."""
    row = FlowLabel(
        "one", 1, (KENT,), ("SafeLives",), Decimal("5000.00"), (("2023/24",),), ("",), "", ("",), ("grant",),
        ("approved",), True, "list",
    )  # fmt: skip
    return replace(row, **given)


def make_document(*rows: FlowLabel, key: str = "one", body: str = "kent", form: Form = Form.NOTICE) -> LabelledDocument:
    """Return a document with its labels; its file need not be there."""
    head = DecisionLabel(f"{key}.md", "", "", (KENT,), "", "")
    return LabelledDocument(key, body, form, Group.LABELS, Path(f"{key}.md"), (head,), rows)


def make_flow(**given: Any) -> dict[str, Any]:
    """Return a reported flow."""
    flow = {
        "funder": KENT, "recipient": "SafeLives", "amount": "5000.00", "year": "2023/24", "years": None,
        "programme": None, "fund": None, "kind": "grant", "status": "approved", "locator": "1", "confidence": 0.9,
        "band": "sure",
    }  # fmt: skip
    return {**flow, **given}


def read(document: LabelledDocument, *flows: dict[str, Any], relations: Sequence[dict[str, str]] = ()) -> Judged:
    """Return how reported flows stand to a document's labels."""
    return judged(document, {"flows": list(flows), "relations": list(relations)}, comparison())


@pytest.fixture
def results() -> list[Judged]:
    """Three documents: one right, one with a wrong payee and a sum too many, one with a sum missing."""
    return [
        read(make_document(make_row()), make_flow()),
        read(
            make_document(make_row(), key="two", form=Form.NEWS),
            make_flow(recipient="Respect", band="likely", confidence=0.5),
            make_flow(amount="7.00", band="check", confidence=0.1),
        ),
        read(make_document(make_row(), key="three", body="gwent", form=Form.NEWS)),
    ]


def test_figures_add_up_over_documents(results: list[Judged]) -> None:
    figures = added_up(results)
    assert (figures.documents, figures.whole, figures.required, figures.reported) == (3, 1, 3, 3)
    assert (figures.found, figures.right) == (2, 1)
    assert figures.found_f1 == pytest.approx(2 / 3)
    assert figures.right_f1 == pytest.approx(1 / 3)
    assert figures.accuracy("recipient") == 0.5
    assert figures.accuracy("fund") is None
    assert "found: recall 0.667 precision 0.667 F1 0.667" in last_line(figures)


def test_bands_say_their_share_and_how_right_they_are(results: list[Judged]) -> None:
    rows = {row["band"]: (row["flows"], row["right"]) for row in band_rows(added_up(results))}
    assert rows == {"sure": (1, 1.0), "likely": (1, 0.0), "check": (1, 0.0)}


def test_a_band_that_broke_its_promise_on_bodies_left_out_is_not_used(results: list[Judged]) -> None:
    weights = Weights({}, bands={"sure": 0.9, "likely": 0.5})
    assert with_bands_kept(weights, results).bands == {"sure": 0.9, "likely": NEVER}, "the likely flow is wrong"
    assert with_bands_kept(weights, results[1:]).bands == {"sure": NEVER, "likely": NEVER}, "no flow is sure"


def test_right_flows_are_told_from_wrong_ones_by_their_confidence(results: list[Judged]) -> None:
    figures = added_up(results)
    assert figures.told_apart == 1.0, "0.9 is right; 0.5 and 0.1 are wrong"
    assert [(row["from"], row["right"]) for row in reliability_rows(figures)] == [(0.1, 0.0), (0.5, 0.0), (0.9, 1.0)]
    figures.points = [(0.5, True), (0.5, False)]
    assert figures.told_apart == 0.5


def test_the_calibration_error_is_how_far_confidence_lies_from_rightness(results: list[Judged]) -> None:
    assert added_up(results).calibration_error == pytest.approx((0.1 + 0.5 + 0.1) / 3)


def test_figures_stand_by_form_and_by_body(results: list[Judged]) -> None:
    groups = grouped(results)
    assert list(groups) == ["all", "form: news", "form: notice", "body: gwent", "body: kent"]
    assert groups["body: kent"].documents == 2


def test_each_fault_is_a_line_that_names_document_and_row(results: list[Judged]) -> None:
    lines = [line for each in results for line in fault_lines(each)]
    assert lines[0].startswith("two: not a flow of it: ")
    assert lines[1].startswith("two row 1: 5000.00 2023/24: recipient 'Respect', is 'SafeLives'")
    assert lines[2].startswith(f"three row 1: missing {KENT} -> SafeLives 5000.00 2023/24")
    assert len(lines) == 3


def test_awards_and_facts_are_judged_too() -> None:
    document = replace(
        make_document(),
        awards=(AwardLabel("one", ("",), ("SafeLives",), ("",), ((),), ("grant",), ("approved",)),),
        facts=(FactLabel("one", ("Drive",), "starts", ("2023-04-01",)),),
    )
    fact = {"subject": "Drive", "relation": "starts", "object": "2023-04-01"}
    figures = added_up([read(document, make_flow(amount=None), relations=[fact]), read(document)])
    assert (figures.awards_found, figures.awards_wanted, figures.awards_reported) == (1, 2, 1)
    assert (figures.facts_found, figures.facts_wanted) == (1, 2)
    assert [line.split(":")[1] for line in fault_lines(read(document))] == [" award missing", " fact missing"]


def test_pages_of_first_sight_are_kept_apart_from_those_that_weights_are_fitted_on() -> None:
    unseen, fitted_on = first_sight().documents, labels_of().documents
    assert len(unseen) >= 60 and len({document.body for document in unseen}) >= 30
    assert not {document.key for document in unseen} & {document.key for document in fitted_on}


def test_documents_are_chosen_by_key_body_and_form() -> None:
    labels = LabelSet(Path(), (make_document(), make_document(key="two", body="gwent", form=Form.NEWS)))
    assert [each.key for each in chosen(labels, ["gwent"], [])] == ["two"]
    assert [each.key for each in chosen(labels, ["one"], [])] == ["one"]
    assert [each.key for each in chosen(labels, [], ["news"])] == ["two"]
    assert len(chosen(labels, [], [])) == 2


# -- disguises ---------------------------------------------------------------------------------------------------------

TEXT = """# Grants of 2023/24

In 2023-24 and to March 2024 we gave £183k, which is £183,127 in full:

- Harbour & Hope CIC (HHC): £83,127 for mentoring
- SafeLives: £60,000
- Kent County Council: £40,000

HHC will begin on 1 April 2023.
"""
ROWS = (
    make_row(recipient=("Harbour & Hope CIC", "HHC"), amount=Decimal("83127.00")),
    make_row(row=2, amount=Decimal("60000.00"), fund=("Fund 2023-24",)),
    make_row(row=3, recipient=("Kent County Council",), amount=Decimal("40000.00")),
    make_row(row=4, recipient=("",), amount=Decimal("183127.00"), is_required=False),
    make_row(row=5, recipient=("",), amount=Decimal("183000.00"), is_required=False),
)


def worn(
    disguise: Callable[[LabelledDocument, str, random.Random], tuple[LabelledDocument, str] | None], text: str = TEXT
) -> tuple[LabelledDocument, str]:
    made = disguise(make_document(*ROWS), text, random.Random(3))
    assert made is not None
    return made


def test_payees_that_are_no_public_body_get_other_names_with_their_initials() -> None:
    document, text = worn(with_other_names)
    name, short = document.rows[0].recipient
    assert "Harbour" not in text and "HHC" not in text and "SafeLives" not in text
    assert f"- {name} ({short}): £83,127" in text
    assert f"{short} will begin" in text
    assert document.rows[2].recipient == ("Kent County Council",)
    assert "- Kent County Council: £40,000" in text


def test_other_sums_add_up_and_a_rounded_one_is_rounded_anew() -> None:
    document, text = worn(with_other_sums)
    first, second, third, whole, rounded = (row.amount for row in document.rows)
    assert first + second + third == whole != 183127
    assert abs(rounded - whole) < 1000 and rounded % 1000 == 0
    assert f"£{int(rounded) // 1000}k, which is £{whole:,.0f} in full" in text


def test_sums_that_are_not_printed_as_figures_are_left_alone() -> None:
    document = make_document(make_row(amount=Decimal("2000.00")))
    assert with_other_sums(document, "We gave two thousand pounds, and £5.", random.Random(1)) is None


def test_all_years_are_as_many_years_earlier_or_later() -> None:
    document, text = worn(with_other_years)
    ((year,),) = document.rows[0].years
    first = int(year[:4])
    assert first != 2023
    assert f"# Grants of {year}" in text
    assert f"In {first}-{year[-2:]} and to March {first + 1}" in text
    assert f"1 April {first}" in text and "£83,127" in text
    assert document.rows[1].fund == ("",)


def test_years_that_may_be_days_are_left_alone() -> None:
    assert with_other_years(make_document(*ROWS), "from April 20 to March 21", random.Random(1)) is None


def test_entries_that_lean_on_no_other_are_shuffled() -> None:
    numbered = "\n".join(f"{n}. Group {n}: £{n}00" for n in range(1, 9))
    _, text = worn(with_other_order, numbered)
    assert text != numbered
    assert [line[:2] for line in text.split("\n")] == [f"{n}." for n in range(1, 9)]
    assert sorted(line[3:] for line in text.split("\n")) == sorted(line[3:] for line in numbered.split("\n"))
    leaning = "- A: £1\n- B: £2\n- Total: £3"
    assert with_other_order(make_document(), leaning, random.Random(1)) is None


@pytest.mark.parametrize("kind", DISGUISES)
def test_many_documents_of_the_project_can_be_disguised(kind: str) -> None:
    documents = labels_of().documents
    made = [each for document in documents if (each := disguised(document, kind))]
    assert len(made) >= {"order": 10}.get(kind, 80)
    again = disguised(made[0].document, kind)
    assert again is None or again.text, "a disguise can be put on twice"


def test_a_disguise_is_the_same_each_time() -> None:
    document = next(each for each in labels_of().documents if disguised(each, "names"))
    assert disguised(document, "names") == disguised(document, "names")


# -- fitting -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """An example as the fitting makes them."""

    body: str
    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    slot: str = "parties"
    document: str = "one"


class Counted:
    """Weights that are how often a feature was right."""

    def __init__(self, examples: Sequence[Example], without: frozenset[str]) -> None:
        self.found: dict[str, float] = {}
        for example in examples:
            for candidate, right in zip(example.candidates, example.right, strict=True):
                for feature in candidate:
                    if not feature.startswith(tuple(without) or ("\0",)):
                        self.found[feature] = self.found.get(feature, 0) + (1 if right else -1)

    def of(self, slot: str) -> dict[str, float]:
        return self.found


def inline(work: Callable[[Any], Any], items: Sequence[Any], held: dict[str, Any]) -> list[Any]:
    """Do in this process what is for several."""
    held_out._hold(held)
    return [work(item) for item in items]


def fit(
    examples: Sequence[Example], *, leave_out: frozenset[str] = frozenset(), without: Sequence[str] = ()
) -> Counted:
    """Fit as the reader does, by counting."""
    return Counted([each for each in examples if each.body not in leave_out], frozenset(without))


def test_a_feature_that_helps_in_several_bodies_stays_and_another_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ablation, "_in_processes", inline)
    monkeypatch.setattr(ablation, "fit", fit)
    examples = [
        Example(body, ((f"P:noise={body}",), ("P:role=subject", f"P:noise={body}")), (False, True))
        for body in ("kent", "gwent", "essex", "surrey", "dorset", "durham")
    ]
    found = {effect.family: effect for effect in ablation.effects(examples)}
    assert set(found) == {"P:noise", "P:role"}
    assert not found["P:role"].is_to_go and found["P:role"].gain == 6
    assert found["P:noise"].is_to_go
    assert [row["remove"] for row in ablation.rows_of(list(found.values()))].count("yes") == 1


@pytest.mark.parametrize(
    ("feature", "family"),
    [
        ("P:role=to|give.active", "P:role"),
        ("context:approve@before", "context:approve"),
        ("R:known|lead=far", "R:known"),
        ("Y:none", "Y:none"),
        ("list", "list"),
    ],
)
def test_features_of_one_kind_are_a_family(feature: str, family: str) -> None:
    assert ablation.family_of(feature) == family


def test_bodies_are_dealt_into_folds_each_once() -> None:
    folds = ablation.folds_of(["a", "b", "c", "a", "d", "e", "f", "g"])
    assert sorted(body for fold in folds for body in fold) == list("abcdefg")
    assert ablation.folds_of(["a"]) == [frozenset("a")]


def test_each_body_is_read_by_weights_that_it_had_no_part_in(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, frozenset[str]] = {}
    monkeypatch.setattr(held_out, "_in_processes", inline)
    monkeypatch.setattr(held_out, "fit", lambda examples, leave_out: leave_out)

    def judge(task: Any) -> Any:
        seen[task.document.key] = task.weights
        return SimpleNamespace(document=task.document)

    monkeypatch.setattr(held_out, "judge", judge)
    documents = [make_document(), make_document(key="two", body="gwent"), make_document(key="three")]
    done = held_out.judge_without_own_body(documents, [])
    assert [each.document.key for each in done] == ["one", "two", "three"]
    assert seen == {"one": {"kent"}, "two": {"gwent"}, "three": {"kent"}}


# -- the page and the command ------------------------------------------------------------------------------------------


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "accuracy.md"
    path.write_text("\n".join(["before", *ROUNDS, "between", *TABLES, "after", ""]), encoding="utf-8")
    return path


def test_the_tables_stand_between_their_marks_however_often_they_are_written(page: Path, results: list[Judged]) -> None:
    measures = {"each body left out": grouped(results), "as shipped": grouped(results)}
    for _ in range(2):
        write_tables(measures, [{"disguise": "names", "lost": 0.01}], page=page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("after\n")
    assert text.count("### By body, each body left out") == 1
    assert "| each body left out | 3 | 3 | 0.67 | 0.33 |" in text
    assert "| to be checked | 1 | 0.33 | 0.00 |" in text
    assert "| names | 0.01 |" in text


def test_a_round_of_first_sight_is_written_once(page: Path, results: list[Judged]) -> None:
    add_round("round 1", added_up(results), page=page)
    add_round("round 2", added_up(results), page=page)
    with pytest.raises(NoPlace, match="has a round 'round 1' already; first sight is measured once"):
        add_round("round 1", added_up(results), page=page)
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [line.split(" | ")[0] for line in lines if line.startswith("| round")] == ["| round 1", "| round 2"]


def test_a_page_without_marks_is_refused(tmp_path: Path, results: list[Judged]) -> None:
    path = tmp_path / "accuracy.md"
    path.write_text("no marks", encoding="utf-8")
    with pytest.raises(NoPlace, match="lacks the marks"):
        write_tables({"as shipped": grouped(results)}, [], page=path)


def test_the_page_of_the_project_has_its_marks() -> None:
    from bench.judge.page import PAGE

    text = PAGE.read_text(encoding="utf-8")
    assert all(text.count(mark) == 1 for mark in (*TABLES, *ROUNDS))


def test_a_table_sets_numbers_right_and_unknown_ones_as_a_dash() -> None:
    assert (
        markdown([{"a": "x", "b": 0.5}, {"a": "y", "b": None}]) == "| a | b |\n| --- | ---: |\n| x | 0.50 |\n| y | – |"
    )


def test_any_folder_of_labels_can_be_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "documents").mkdir()
    text = "# Grants\n\n## Recommendation\n1. Approve a grant of £5,000 to SafeLives for Drive in 2023/24.\n"
    (tmp_path / "documents" / "one.md").write_text(text, encoding="utf-8")
    header = "document,funder,recipient,amount,year,years,programme,place,fund,kind,status,required,where"
    rows = [
        "one,,SafeLives,5000.00,2023/24,,Drive,,,grant,approved,yes,1",
        "one,,SafeLives,6.00,,,,,,grant,approved,yes,none",
    ]
    (tmp_path / "flows.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    decisions = f"document,reference,title,body,signed,decided_by,key\none.md,,Grants,{KENT},,,one\n"
    (tmp_path / "decisions.csv").write_text(decisions, encoding="utf-8")
    written: list[Any] = []
    monkeypatch.setattr(command, "write_json", lambda name, rows: written.append(json.dumps(rows)) or name)
    monkeypatch.setattr("sys.argv", ["judge", "--labels", str(tmp_path), "--faults"])
    assert command.main() == 0
    printed = capsys.readouterr()
    assert "one row 2: missing" in printed.out
    assert "(2 required, " in printed.out
    assert '"measure": "as shipped"' in written[0]


def test_labels_that_are_wrong_end_the_judge_with_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["judge", "--labels", str(tmp_path)])
    assert command.main() == 1
    assert "labels need this table" in capsys.readouterr().err
