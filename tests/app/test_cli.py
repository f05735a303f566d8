"""The command line: exit codes, one line per fault, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app import cli
from app.cli import COMMANDS
from app.commands.ask import answer_text
from app.commands.export import FORMATS
from app.commands.fetch import print_waiting
from app.printing import plain, table
from graph import progress
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.model import Record, Unread
from graph.search import model_files
from graph.settings import Settings
from ingest.fetch.run import FetchReport
from ingest.fetch.visit import Tally
from tests.builders import make_decision, make_evidence, make_record

DECISION = """# PCD 9001 Drive in London

- Reference: PCD 9001
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
The decision pays for Drive in London.

## Recommendation
1. Approve a grant of £10,000 to SafeLives for Drive in 2023/24.
"""


def run(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        capture_output=True, text=True, input=text, check=False, timeout=120,
        env={**os.environ, "WHOFUNDS_MODEL_FOLDER": "/nonexistent", **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli")
    (place / "one.md").write_text(DECISION, encoding="utf-8")
    done = run("ingest", str(place / "one.md"), "--workspace", str(place / "workspace"))
    assert done.returncode == 0, done.stderr
    return place / "workspace"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    shown = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "example: whofunds" in shown
    assert "--workspace" in shown
    assert "--json" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nonsense"], ["ask"], ["search"], ["search", "x", "--limit", "0"], ["export"], ["export", "--format", "x"],
        ["ingest"], ["ingest", "x", "--workers", "0"], ["ask", "x", "--batch", "y"], ["app", "--port", "0"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2(arguments: Sequence[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    "arguments",
    [["ask", "who?"], ["search", "x"], ["check"], ["export", "--format", "csv"], ["sparql", "ASK {}"], ["builds"]],
)
def test_without_a_workspace_there_is_one_line_and_1(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*arguments, "--workspace", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "whofunds ingest" in error


def test_extract_prints_the_contract_s_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.md").write_text(DECISION, encoding="utf-8")
    assert cli.main(["extract", str(tmp_path / "one.md"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["document"]["reference"] == "PCD 9001"
    assert [(flow["amount"], flow["year"]) for flow in shown["flows"]] == [("10000.00", "2023/24")]


def test_extract_reads_standard_input() -> None:
    done = run("extract", "-", "--json", text=DECISION)
    assert json.loads(done.stdout)["document"]["reference"] == "PCD 9001"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"\x00\x01\x02" * 100])
def test_extract_of_a_bad_file_is_one_line_and_1(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    assert cli.main(["extract", str(tmp_path / "bad.pdf")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_ask_answers_in_json(workspace: Path) -> None:
    done = run("ask", "who funds Drive in London", "--json", "--workspace", str(workspace))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["question"] == "who funds Drive in London"


def test_a_batch_gives_one_object_a_line_in_order(workspace: Path) -> None:
    questions = ["who funds Drive", "", "how much did SafeLives get"]
    done = run("ask", "--batch", "-", "--json", "--workspace", str(workspace), text="\n".join(questions) + "\n")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["question"].strip() for line in done.stdout.splitlines()] == questions


def test_a_follow_up_takes_what_it_leaves_unsaid_from_the_questions_before(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--workspace", str(workspace)]
    assert cli.main(["ask", "how much did SafeLives get for Drive in 2019/20", *place]) == 0
    alone = capsys.readouterr().out
    follow_up = ["ask", "and in 2023/24?", "--after", "how much did SafeLives get for Drive in 2019/20"]
    assert cli.main([*follow_up, *place]) == 0
    shown = capsys.readouterr().out
    assert "£10,000" in shown and "£10,000" not in alone.split("What comes nearest")[0]
    assert "SafeLives" in shown.rpartition("Read as: ")[2] and "Drive" in shown.rpartition("Read as: ")[2]


def test_a_batch_of_follow_ups_is_one_object_a_line(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = workspace.parent / "follow-ups.txt"
    batch.write_text("and in 2023/24?\nand in 2019/20?\n", encoding="utf-8")
    before = ["--after", "how much did SafeLives get", "--after", "and for Drive?"]
    assert cli.main(["ask", "--batch", str(batch), "--json", *before, "--workspace", str(workspace)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["value"]["amount"] for answer in answers] == ["10000.00", None]


def test_ask_says_where_the_model_is_not_installed_and_what_to_do(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    question = ["ask", "who funds Drive in London", "--workspace", str(workspace)]
    assert cli.main(question) == 0
    assert "model" not in capsys.readouterr().err
    monkeypatch.setattr(model_files, "PACKAGE", "no_such_package")
    assert cli.main([*question, "--quiet"]) == 0
    said = capsys.readouterr().err
    assert "few are answered" in said
    assert said.rstrip().endswith("brings it, and so does make install in a checkout")


def test_search_finds_by_words_when_the_model_is_missing_and_says_so(workspace: Path) -> None:
    done = run("search", "SafeLives", "--json", "--workspace", str(workspace))
    hits = json.loads(done.stdout)["hits"]
    assert {"decision", "document", "title", "locator", "passage", "score", "source"} <= set(hits[0])
    assert "words alone" in done.stderr


def test_search_shows_each_decision_once_with_its_money_and_years(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["search", "SafeLives", "--json", "--workspace", str(workspace)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len({hit["document"] for hit in found["hits"]}) == len(found["decisions"])
    assert sorted(at for each in found["decisions"] for at in each["hits"]) == list(range(len(found["hits"])))
    first = found["decisions"][0]
    assert (first["amount"], first["years"]) == ("10000.00", ["2023/24"])
    assert cli.main(["search", "SafeLives", "--workspace", str(workspace)]) == 0
    assert "£10,000 for 2023/24" in capsys.readouterr().out


TABLES = {
    ("ask", "who funds Drive"): "question,status,label,id,type,amount,years,note,text",
    ("search", "SafeLives"): "query,decision,title,body,signed,locator,passage,score,document,source",
    ("check",): "decision,document,verdict,figures,message,locators,quotes",
    ("check", "--unread"): "decision,document,locator,words",
    ("builds",): "id,created,current,who,documents,flows,passages",
    ("builds", "--verify"): "id,current,files,state",
    ("log",): "when,event,who,details",
    ("correct", "--list"): "id,when,who,what,why,state",
    ("fetch", "--sites"): "site,name,start,checked",
    ("published",): "decision,document,flow,approved,kind,amount,currency,date,payer,payee,because,identifier,words,"
    "file,locator,address",
}


@pytest.mark.parametrize("arguments", TABLES, ids=" ".join)
def test_rows_are_printed_as_csv(
    arguments: tuple[str, ...], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*arguments, "--csv", "--workspace", str(workspace)]) == 0
    printed = capsys.readouterr().out
    assert printed.partition("\r\n")[0] == TABLES[arguments]
    lengths = {len(row) for row in csv.reader(io.StringIO(printed, newline=""))}
    assert len(lengths) == 1


def test_what_was_not_fetched_is_printed_as_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally("https://site.example/decisions", waiting={"https://site.example/1": "=Decision 1"})
    print_waiting(FetchReport(tmp_path, (tally,), 1))
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row == {
        "register": "https://site.example/decisions", "decision": "'=Decision 1", "address": "https://site.example/1",
    }  # fmt: skip


def test_the_sums_of_a_document_are_printed_as_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.md").write_text(DECISION, encoding="utf-8")
    assert cli.main(["extract", str(tmp_path / "one.md"), "--csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["recipient"], row["amount"], row["programmes"]) == ("SafeLives", "10000.00", "Drive")


def test_json_and_csv_are_not_both(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", "--json", "--csv"])
    assert stopped.value.code == 2
    assert "give one of them" in capsys.readouterr().err


def test_quiet_says_nothing_where_all_was_done(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = ["export", "--format", "csv", "-o", str(tmp_path / "out.csv"), "--workspace", str(workspace)]
    assert cli.main(export) == 0
    assert "bytes of csv" in capsys.readouterr().err
    assert cli.main([*export, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_says_what_is_not_as_it_should_be(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(workspace, tmp_path / "workspace", symlinks=True)
    build = Workspace(copy, settings=Settings()).current().path
    (build / "ledger.parquet").unlink()
    assert cli.main(["ask", "who funds Drive", "--quiet", "--workspace", str(copy)]) == 0
    said = capsys.readouterr()
    assert "ledger.parquet: missing; answers do without it" in said.err and said.err.count("\n") == 1


def test_quiet_says_what_could_not_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--quiet", "--workspace", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith("whofunds: ")


def test_sparql_reads_and_refuses_to_write(workspace: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?f a wf:FundingFlow }"
    counted = run("sparql", query, "--json", "--workspace", str(workspace))
    assert json.loads(counted.stdout)["results"]["bindings"][0]["n"]["value"] == "1"
    assert run("sparql", query, "--csv", "--workspace", str(workspace)).stdout.split() == ["n", "1"]
    triples = "DESCRIBE <https://w3id.org/whofunds/id/programme/drive>"
    assert isinstance(json.loads(run("sparql", triples, "--json", "--workspace", str(workspace)).stdout), list)
    assert run("sparql", triples, "--csv", "--workspace", str(workspace)).returncode == 2
    refused = run("sparql", "DELETE WHERE { ?s ?p ?o }", "--workspace", str(workspace))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_exported(
    workspace: Path, form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    export = ["export", "--format", form, "--workspace", str(workspace)]
    assert cli.main(export) == 0
    sys.stdout.flush()
    shown = capfdbinary.readouterr().out
    assert cli.main([*export, "-o", str(tmp_path / "x")]) == 0
    mark = b"\xef\xbb\xbf" if form == "csv" else b""
    assert (tmp_path / "x").read_bytes() == mark + shown
    assert b"SafeLives" in shown or form == "xlsx"
    assert cli.main(["export", "--format", form, "-o", str(tmp_path), "--workspace", str(workspace)]) == 1


def test_an_export_says_what_it_leaves_out(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = ["export", "--format", "csv", "--workspace", str(workspace)]
    assert cli.main([*csv, "--min-confidence", "1"]) == 0
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert "left out, as less sure than 1: 1 of 1 sum, 0 of 0 awards without a sum" in shown.err
    file = tmp_path / "x.csv"
    assert cli.main([*csv, "--min-confidence", "check", "-o", str(file), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["left_out"], set(written["unsure"])) == ([], {"amount", "likely", "check", "ceiling"})
    assert cli.main([*csv, "--table", "facts"]) == 0
    assert capsys.readouterr().out.startswith("id,subject,subject_kind,relation,object,")


def test_parquet_is_a_folder_that_is_not_written_over(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = ["export", "--format", "parquet", "-o", str(tmp_path / "x"), "--workspace", str(workspace)]
    assert cli.main([*export, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == sum(
        file.stat().st_size for file in (tmp_path / "x").rglob("*.parquet")
    )
    assert cli.main(export) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "csv", "--min-confidence", "very"], "sure, likely, check or a number"),
        (["--format", "turtle", "--table", "facts"], "--table facts goes with --format csv"),
        (["--format", "csv", "--nodes", "all"], "--nodes all goes with --format graphml"),
        (["--format", "csv", "--rest", "x.json"], "--rest goes with --format 360giving"),
        (["--format", "csv", "--year", "2023"], "'2023' is no financial year; give one such as 2023/24"),
        (["--format", "csv", "--year", "2023/24", "--from", "2022/23"], "--year is one year"),
        (["--format", "csv", "--from", "2023/24", "--to", "2022/23"], "is later than --to"),
        (["--format", "360giving", "--license", "CC"], "'CC' is no address"),
        (["--format", "parquet"], "parquet is a folder of files; give -o FOLDER"),
    ],
)
def test_a_wrong_use_of_export_is_2(
    arguments: list[str], message: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["export", *arguments, "--workspace", str(workspace)])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("filter", ["--programme", "--body", "--place"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_filter_that_names_nothing_is_one_line_and_1(
    filter: str, form: str, workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = ["-o", str(tmp_path / "x"), "--workspace", str(workspace)]
    assert cli.main(["export", "--format", form, filter, "Safe Livse", *file]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"{filter} 'Safe Livse'" in error
    assert ("'SafeLives'" in error) is (filter == "--body")
    assert not (tmp_path / "x").exists()


def test_what_stands_beside_an_export_is_written_and_named(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv = ["export", "--format", "csv", "--programme", "Drive", "--workspace", str(workspace)]
    dictionary, file = tmp_path / "datapackage.json", tmp_path / "drive.csv"
    assert cli.main([*csv, "--dictionary", str(dictionary), "-o", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["beside"] == [str(dictionary)]
    assert json.loads(dictionary.read_text(encoding="utf-8"))["resources"][0]["path"] == "drive.csv"
    assert cli.main([*csv, "--dictionary", str(tmp_path)]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_grants_that_the_standard_refuses_stand_in_a_second_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.md").write_text(DECISION.replace("2023-07-06", "not stated"), encoding="utf-8")
    workspace = ["--workspace", str(tmp_path / "workspace")]
    assert run("ingest", str(tmp_path / "one.md"), *workspace).returncode == 0
    grants = ["export", "--format", "360giving", *workspace]
    assert cli.main(grants) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["grants"] == []
    assert "not in the main file: 1 grant (£10,000) without a date of award" in shown.err
    assert cli.main([*grants, "-o", str(tmp_path / "grants.json")]) == 0
    assert len(json.loads((tmp_path / "grants.rest.json").read_text(encoding="utf-8"))["grants"]) == 1
    assert cli.main([*grants, "--rest", str(tmp_path / "undated.json")]) == 0
    assert (tmp_path / "undated.json").read_bytes() == (tmp_path / "grants.rest.json").read_bytes()


def test_check_of_an_unknown_reference_is_1(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "PCD 1", "--workspace", str(workspace)]) == 1
    assert cli.main(["check", "PCD 9001", "--json", "--workspace", str(workspace)]) == 0
    assert json.loads(capsys.readouterr().out)["decisions"] == 1


@pytest.mark.parametrize(
    ("arguments", "kind", "title"),
    [
        (["perpetrator programmes"], "Kind of programme", "Perpetrator programmes"),
        (["Drive", "--across"], "Across commissioners", "Drive"),
        (["all", "--across"], "Across commissioners", "All that is loaded"),
        (["Drive"], "Programme", "Drive"),
    ],
)
def test_a_briefing_is_of_a_thing_a_kind_or_of_commissioners_side_by_side(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], kind: str, title: str
) -> None:
    assert cli.main(["briefing", *arguments, "--json", "--workspace", str(workspace)]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["kind"], written["title"]) == (kind, title)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SafeLives", "--across"], "name a programme, a fund, a kind of programme, or 'all'"),
        (["Drive", "--across", "--compare", "SafeLives"], "--across and --compare do not go together"),
    ],
)
def test_what_commissioners_cannot_be_compared_by_is_said(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(["briefing", *arguments, "--workspace", str(workspace)]) != 0
    assert said in capsys.readouterr().err


def unread_in(monkeypatch: pytest.MonkeyPatch, *records: Record) -> None:
    monkeypatch.setattr(Build, "records", lambda self: list(records))


def test_check_lists_what_was_not_read(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = make_record(unread=Unread(1, (make_evidence("£5 for tea"),)))
    many = make_record(
        document="pcd-2.md", decision=make_decision("PCD 2"), unread=Unread(12, (make_evidence("£6", locator="4"),))
    )
    unread_in(monkeypatch, few, replace(many, flows=()), make_record(document="pcd-3.md"))
    assert cli.main(["check", "--unread", "--workspace", str(workspace)]) == 0
    assert capsys.readouterr().out == (
        "13 figures were not read, in 2 of 3 decisions.\n\n"
        "PCD 2 (pcd-2.md): 12 not read; no flow was read from it\n  “£6” (4)\n  and 11 more\n\n"
        "PCD 1 (pcd-1.md): 1 not read\n  “£5 for tea” (3.1)\n"
    )
    assert cli.main(["check", "PCD 2", "--unread", "--json", "--workspace", str(workspace)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "reference": "PCD 2", "decisions": 1, "figures": 12,
        "unread": [{"decision": "PCD 2", "document": "pcd-2.md", "figures": 12,
                    "examples": [{"locator": "4", "words": "£6"}], "flows": 0}],
    }  # fmt: skip


def test_check_says_that_every_figure_was_read(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unread_in(monkeypatch, make_record())
    assert cli.main(["check", "--unread", "--workspace", str(workspace)]) == 0
    assert capsys.readouterr().out == "Every figure of 1 decision was read.\n"


def test_builds_lists_and_cannot_go_back_from_the_first(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["builds", "--json", "--workspace", str(workspace)]) == 0
    rows = json.loads(capsys.readouterr().out)["builds"]
    assert [(row["current"], row["documents"]) for row in rows] == [(True, 1)]
    assert cli.main(["builds", "--rollback", "--workspace", str(workspace)]) == 1


def test_ask_imports_nothing_heavy(workspace: Path) -> None:
    code = (
        "import sys; from app.cli import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'streamlit', 'lancedb', 'pandas', 'pyshacl') if m in sys.modules])"
    )
    arguments = ["ask", "who funds Drive in London", "--workspace", str(workspace)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_is_no_fault(workspace: Path) -> None:
    command = f"{sys.executable} -m app.cli check --all --json --workspace {workspace} | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_mistake_of_ours_is_one_line_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("app.commands.builds.run", lambda options, settings: 1 / 0)
    monkeypatch.delenv("WHOFUNDS_DEBUG", raising=False)
    assert cli.main(["builds"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "whofunds: unexpected fault: ZeroDivisionError: division by zero; WHOFUNDS_DEBUG=1 shows where"
    ]


def test_a_variable_that_cannot_be_read_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOFUNDS_WORKERS", "many")
    assert cli.main(["builds"]) == 2


def test_text_of_documents_cannot_steer_the_terminal() -> None:
    assert plain("a\x1b[2Jb\nc\u2028d") == "a [2Jb c d"


def test_a_table_folds_what_is_too_wide() -> None:
    lines = table(("Name", "Amount"), [("word " * 60, "£5")], right=(1,)).splitlines()
    assert max(map(len, lines)) <= 120
    assert lines[2].endswith("£5")


def test_an_answer_shows_its_words_and_where_they_stand() -> None:
    answer = {
        "question": "q", "text": "The Home Office.", 
        "items": [
            {"label": "Home Office", "amount": "234960.00"},
            {"label": "A", "amount": "50.00", "ceiling": "50.00"}, {"label": "B", "amount": "9.00", "ceiling": "4.00"},
        ],
        "citations": [{"decision": "X 1", "document": "x.md", "locator": "3.1", "quote": "the words", "source": None}],
        "checks": [], "interpretation": {"asks": "list", "years": None, "read_as": "who funds Drive"},
        "alternatives": [{"label": "who gets Drive", "question": "who gets Drive"}] * 2,
        "nearest": [{"decision": "X 2", "document": "y.md", "locator": "1", "passage": "near words"}],
    }  # fmt: skip
    shown = answer_text(answer)
    assert "£234,960" in shown
    assert "up to £50\n" in shown and "£9, £4 of it “up to”" in shown
    assert "[1] X 1, x.md, 3.1: “the words”" in shown
    assert shown.endswith("Read as: who funds Drive")
    assert shown.count("- who gets Drive") == 1
    assert "X 2, 1: “near words”" in shown


def test_in_a_log_ingest_says_how_far_it_is_and_with_quiet_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.0)
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    names = ("one", "three", "eleven")
    for name in names:
        (tmp_path / f"{name}.md").write_text(DECISION.replace("9001", f"{len(name)}9001"), encoding="utf-8")
    ingest = ["ingest", "--workers", "1", *(str(tmp_path / f"{name}.md") for name in names)]
    assert cli.main([*ingest, "--workspace", str(tmp_path / "said")]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line.startswith("Reading")] == [
        "Reading: 1 of 3 documents", "Reading: 2 of 3 documents",
    ]  # fmt: skip
    assert "Writing the money and the names" in said and "Making the text searchable" in said
    assert cli.main([*ingest, "--quiet", "--workspace", str(tmp_path / "quiet")]) == 0
    assert not [line for line in capsys.readouterr().err.splitlines() if "no folder of a" not in line]
