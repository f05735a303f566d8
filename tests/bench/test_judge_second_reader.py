"""The judge with a second reader: figures with and without its word, and what its word is worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.judge import __main__ as command
from bench.judge import reading, second_reader
from bench.judge.reading import Judged, comparison, judged
from bench.judge.second_reader import counts_line, heard_rows, measured_of, shares_of, with_second_reader
from ingest.extract.account.heard import Heard
from ingest.extract.account.measured import SLOTS, load_measured
from ingest.extract.second_reader.consultation import Counts
from tests import second_reader_server
from tests.bench.test_judge import KENT, make_document, make_flow, make_row

CHANCES = dict.fromkeys((*SLOTS, "parties"), 0.9)
WORDS = "# Grants\n\n## Recommendation\n{}. Approve a grant of £{},000 to SafeLives for Drive in 2023/24.\n"


def heard_flow(agrees: set[str], differs: dict[str, str], **given: Any) -> dict[str, Any]:
    """Return a flow of which the second reader spoke."""
    return {**make_flow(**given), "heard": Heard(CHANCES, frozenset(agrees), differs), "confidence": 0.5}


def results_of(*flows: dict[str, Any], body: str = "kent") -> Judged:
    """Return flows compared with as many rows as there are, all for SafeLives."""
    rows = [make_row(row=number) for number in range(1, len(flows) + 1)]
    return judged(make_document(*rows, body=body), {"flows": list(flows)}, comparison())


def test_what_it_said_is_counted_with_how_often_the_first_reading_was_right() -> None:
    right = heard_flow({"recipient", "year"}, {"funder": "Home Office"})
    wrong = heard_flow({"fund"}, {"recipient": "SafeLives"}, recipient="Refuge")
    extra = heard_flow({"standing", "recipient"}, {}, amount="1.00")
    rows = {row["slot"]: row for row in heard_rows([results_of(right, wrong, extra)])}
    assert (rows["recipient"]["agrees"], rows["recipient"]["right where it agrees"]) == (1, 1.0)
    assert (rows["recipient"]["differs"], rows["recipient"]["first right there"]) == (1, 0.0)
    assert rows["recipient"]["second right there"] == 1.0
    assert (rows["funder"]["first right there"], rows["funder"]["second right there"]) == (1.0, 0.0)
    assert (rows["standing"]["agrees"], rows["standing"]["right where it agrees"]) == (1, 0.0)
    assert rows["year"]["second right there"] is None


def test_a_share_needs_enough_flows() -> None:
    few = results_of(*[heard_flow({"recipient"}, {}) for _ in range(second_reader.FEWEST - 1)])
    assert not shares_of([few]).agrees
    many = results_of(*[heard_flow({"recipient"}, {"fund": "X"}) for _ in range(second_reader.FEWEST)])
    assert shares_of([many]).agrees == {"recipient": pytest.approx(0.976, abs=0.001)}
    assert set(shares_of([many]).differs) == {"fund"}


def test_its_word_is_weighed_by_the_documents_of_other_bodies() -> None:
    ours = results_of(*[heard_flow({"recipient"}, {}, recipient="Refuge") for _ in range(30)])
    others = results_of(*[heard_flow({"recipient"}, {}) for _ in range(30)], body="gwent")
    with_word = with_second_reader([ours, others])
    (own,) = {pair.flow["confidence"] for pair in with_word[0].flows.found}
    (other,) = {pair.flow["confidence"] for pair in with_word[1].flows.found}
    assert own > 0.9, "in Gwent its word was always right"
    assert other < 0.1, "in Kent never"


def test_a_flow_that_it_reads_otherwise_is_to_be_checked() -> None:
    agreed = results_of(*[heard_flow({"recipient"}, {}) for _ in range(50)])
    disputed = results_of(heard_flow({"recipient"}, {"fund": "X"}), heard_flow({"recipient"}, {}), body="gwent")
    bands = [pair.flow["band"] for pair in with_second_reader([agreed, disputed])[1].flows.found]
    assert sorted(bands) == ["check", "sure"]


def test_measured_figures_have_a_calibration_and_bands() -> None:
    measured = measured_of([results_of(*[heard_flow({"recipient"}, {}) for _ in range(50)])])
    assert measured.calibration and measured.bands["sure"] <= 1


def test_the_counts_are_said_in_a_line() -> None:
    one = replace(results_of(), counts=Counts(sent=3, kept=1, missed=2, over=4, refused=5))
    assert counts_line([one, one]).startswith(
        "second reader: 6 questions sent, 2 settled by earlier answers, 4 without"
    )


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "labels"
    (folder / "documents").mkdir(parents=True)
    header = "document,funder,recipient,amount,year,years,programme,place,fund,kind,status,required,where"
    rows, heads = [header], ["document,reference,title,body,signed,decided_by,key"]
    for number in (5, 6):
        (folder / "documents" / f"d{number}.md").write_text(WORDS.format(1, number), encoding="utf-8")
        rows.append(f"d{number},,SafeLives,{number}000.00,2023/24,,Drive,,,grant,approved,yes,1")
        heads.append(f"d{number}.md,,Grants,{KENT},,,d{number}")
    (folder / "flows.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "decisions.csv").write_text("\n".join(heads), encoding="utf-8")
    monkeypatch.setattr(reading, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(command, "write_json", lambda name, rows: name)
    return folder


def test_the_judge_prints_figures_with_and_without_it(
    labels: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with second_reader_server.second_reader(second_reader_server.everything(lambda slot, candidates: 1)) as server:
        monkeypatch.setattr("sys.argv", ["judge", "--labels", str(labels), "--reader", server.address])
        assert command.main() == 0
        asked = len(server.asked)
        assert asked
        printed = capsys.readouterr().out
        assert command.main() == 0
        assert len(server.asked) == asked, "its answers are kept beside the results"
    for measure in ("as shipped", "as shipped, by statements", "as shipped, by statements, with the second reader"):
        assert f"== {measure} ==" in printed
    assert f"second reader: {asked} questions sent" in printed
    assert printed.count("(2 required, ") == 3


def test_fitting_with_it_writes_what_its_word_is_worth_and_no_weights(
    labels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "second_reader.json"
    write = command.write_measured
    monkeypatch.setattr(command, "write_measured", lambda name, measured: write(name, measured, file))
    monkeypatch.setattr(command, "write_weights", lambda weights: pytest.fail("weights were written"))
    monkeypatch.setattr(command, "can_fit", lambda: True)
    monkeypatch.setattr(command, "examples_of", lambda documents: [])
    monkeypatch.setattr(
        command, "judge_without_own_body",
        lambda documents, examples, reader: reading.judge_all(reading.Task(one, reader=reader) for one in documents),
    )  # fmt: skip
    monkeypatch.setenv("WHOFUNDS_SECOND_READER_MODEL", "m")
    with second_reader_server.second_reader(lambda asked: {}) as server:
        monkeypatch.setattr("sys.argv", ["judge", "--labels", str(labels), "--fit", "--reader", server.address])
        assert command.main() == 0
    assert load_measured("m", file).bands
    assert "== each body left out, with the second reader ==" in capsys.readouterr().out


def test_an_address_that_is_none_ends_the_judge_with_a_line(
    labels: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["judge", "--labels", str(labels), "--reader", "somewhere"])
    assert command.main() == 1
    assert "WHOFUNDS_SECOND_READER is not an address" in capsys.readouterr().err
