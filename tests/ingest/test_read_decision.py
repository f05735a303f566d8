"""A document to its Decision: the rows of the gold tables, and the forms of other commissioners."""

from __future__ import annotations

import csv
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions.decision import read_decision
from ingest.readers import read, read_bytes
from ingest.work import read_and_extract

SHARED = Path(__file__).resolve().parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the decisions and gold tables in ../shared are not here")


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


@cache
def gold_names() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_names", SHARED / "eval" / "names.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(table: str) -> list[dict[str, str]]:
    path = SHARED / "eval" / table
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


def check(path: Path, row: dict[str, str]) -> None:
    decision = read_decision(read(path), names())
    plain = gold_names().plain
    assert plain(decision.reference) == plain(row["reference"])
    assert plain(decision.title) == plain(row["title"])
    assert (decision.signed or "") == row["signed"]
    assert decision.body is not None and gold_names().same(decision.body.name, row["body"])


@needs_shared
@pytest.mark.parametrize("row", gold("gold_decisions.csv"), ids=lambda row: row["document"])
def test_decisions_in_full_agree_with_gold(row: dict[str, str]) -> None:
    path = SHARED / "decisions" / row["document"]
    check(path, row)
    decision = read_decision(read(path), names())
    assert decision.decided_by is not None
    assert gold_names().plain(decision.decided_by) == gold_names().plain(row["decided_by"])


@needs_shared
@pytest.mark.parametrize("row", gold("digest_decisions.csv"), ids=lambda row: row["document"])
def test_digests_agree_with_gold(row: dict[str, str]) -> None:
    check(SHARED / "digests" / "decisions" / row["document"], row)


FORMS = {
    "a page whose signature stands below the summary": (
        "page.html",
        """<html><head><title>W</title><link rel="canonical" href="https://www.surrey-pcc.gov.uk/decisions/a-thing"></head>
        <body><main><h1>SPCC3-0900 A thing for 2023/24</h1><p><b>Decision Reference Number:</b> SPCC3-0900</p>
        <p>Lead Officer: A Person</p><p>Date: 31/03/2023</p><h2>Decision summary:</h2>
        <p>The round of grants has been concluded, and the awards come to £25,000 in all for local groups.</p>
        <p>I confirm that nothing in my register of interests would preclude me from making this decision.</p>
        <p>Signature: A Commissioner</p><p>Date: 4 April 2023</p></main></body></html>""",
        ("SPCC3-0900", "A thing for 2023/24", "surrey-pcc", "2023-04-04"),
    ),
    "a record with an approval heading": (
        "record.txt",
        """Office of the Police and Crime Commissioner for Surrey\n\nDecision Record\n\nDecision Number: 91/2023\n
Report title: Funding for a youth service\n\nAuthor and Job Role: A Person, Head of Policy\n\nExecutive Summary:\n
The service works with young people across the county and has asked for support this year.\n
Police and Crime Commissioner Approval\n\nI approve the recommendation(s):\n\nSignature: (copy held)\n
Date: 12 May 2023\n""",
        ("91/2023", "Funding for a youth service", "surrey-pcc", "2023-05-12"),
    ),
    "a report that officers sign before the commissioner": (
        "report.txt",
        """PFCC Decision Report\n\nReport reference number: 190-23\n\nTitle of report: A grant to a service\n
Date of report: 3rd March 2023\n\n1. Purpose of the report\n
1.1 To seek approval from the Police, Fire and Crime Commissioner (PFCC) for Essex for a grant of £30,000.\n
Report Approval\n\nThe report will be signed off by the Chief Executive and the Treasurer before the PFCC.\n
Chief Executive / M.O. Sign: A Person\n\nPrint: A Person\n\nDate: 7 March 2023\n
Chief Finance Officer / Treasurer Sign: B Person\n\nDate: 9 March 2023\n\nDecision\n
I agree the recommendations to this report:\n\nPFCC Sign: C Person\n\nDate signed: 14 March 2023\n""",
        ("190-23", "A grant to a service", "essex-pcc", "2023-03-14"),
    ),
    "a page with labels on lines of their own, one without a value": (
        "page.html",
        """<html><body><main><h1>PCD 2901 A Service Extension</h1><h2>Key information</h2><div>Reference code</div>
        <div>PCD 2901</div><div>Date signed</div><div>Decision by</div><div>A Person, Deputy Mayor</div>
        <h2>Executive summary</h2><p>This paper asks for £100,000 to extend the service until the end of March.</p>
        </main></body></html>""",
        ("PCD 2901", "A Service Extension", "mopac", None),
    ),
    "a table at the head": (
        "notice.md",
        """# Decision notice 2031-7001\n\n| Title | A service for victims |\n
| Decision Maker | Police and Crime Commissioner for Cleveland |\n| Date of decision | 03/02/2031 |
| Decision ref | 2031-7001 |\n\n## Executive summary\n\nThe service helps victims of crime; it costs £10,000.\n""",
        ("2031-7001", "A service for victims", "cleveland-pcc", "2031-02-03"),
    ),
    "a request with two signatures": (
        "request.txt",
        """LINCOLNSHIRE POLICE AND CRIME COMMISSIONER\n\nREQUEST FOR DECISION\n\nReference: 004-2023\n
Subject: Purchase of a thing\n\nDate: 1 February 2023\n\nIntroduction and background\n
The Commissioner is asked to agree to buy a thing that costs £15,000 and that the force needs.\n
Commissioner for Lincolnshire\n\nI confirm I have considered whether I have any interest in this matter.
I hereby approve the recommendation above.\n\nSignature: ............ Date: 8 February 2023\n\nChief Executive\n
I have been consulted about the proposal and confirm that advice has been taken into account.\n
Signature: ............ Date: 6 February 2023\n""",
        ("004-2023", "Purchase of a thing", "lincolnshire-pcc", "2023-02-08"),
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), FORMS.values(), ids=FORMS.keys())
def test_forms_of_other_bodies_are_read(name: str, text: str, expected: tuple[str | None, ...]) -> None:
    decision = read_decision(read_bytes(text.encode(), name), names())
    body = decision.body.id if decision.body else None
    assert (decision.reference, decision.title, body, decision.signed) == expected


def test_an_officers_date_is_advice_and_no_signature() -> None:
    text = FORMS["a report that officers sign before the commissioner"][1]
    decision = read_decision(read_bytes(text.encode(), "a.txt"), names())
    assert decision.decided_by == "PFCC"
    assert ("advice", "2023-03-09") in decision.dates and ("report", "2023-03-03") in decision.dates


@pytest.mark.parametrize("text", ["x", "7", "# x"])
def test_a_document_of_one_word_has_a_record_without_sums(text: str, tmp_path: Path) -> None:
    record = read_and_extract(text.encode(), "a.md", Settings(workspace=tmp_path)).record
    assert record.flows == ()
    assert not any("please report it" in issue for issue in record.issues)
