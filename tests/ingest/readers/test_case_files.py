"""Files of the kinds that people found fault with (../shared/cases/files): what the readers owe of each."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.document import BlockKind, Document
from ingest.extract.decisions.decision import read_decision
from ingest.readers import read

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases in ../shared are not here")


@cache
def document(name: str) -> Document:
    return read(CASES / "files" / name)


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def rows(name: str) -> list[tuple[str, ...]]:
    tables = [block for block in document(name).blocks if block.kind is BlockKind.TABLE]
    return [row.texts for table in tables for row in (*table.header, *table.rows)]


def words(name: str) -> str:
    return "\n".join(block.text for block in document(name).blocks)


def test_every_file_of_the_list_is_tested() -> None:
    listed = list(csv.DictReader((CASES / "cases.csv").open(encoding="utf-8")))
    named = {name for row in listed for name in row["files"].split()}
    assert named == set(TABLES) | set(SENTENCES)


TABLES = {
    name: [("Organisation", "Award 2024/25"), ("Marshgate Trust", "£45,000"), ("Kettle Yard Project", "£7,250")]
    for name in ("04.md", "04.html", "04.pdf")
} | {
    "06.md": [
        ("Item", "2024/25"), ("Grant to Fenbank Hostels", "£120,000"),
        ("Less underspend returned from 2023/24", "(£20,000)"), ("Net grant", "£100,000"),
    ],
    "16.md": [
        ("Organisation", "Award 2024/25"), ("Aylesham Trust", "£40,000"), ("Bekesbourne Trust", "£40,000"),
        ("Chislet Trust", "£40,000"), ("Denton Trust", "£12,000"),
    ],
    "a_round_total_nototal.md": [
        ("Organisation", "Award 2024/25"), ("Alby Society", "£10,000"), ("Banham Society", "£15,000"),
        ("Calthorpe Society", "£25,000"), ("Denver Society", "£8,000"),
    ],
}  # fmt: skip
TABLES["a_round_total_total.md"] = [*TABLES["a_round_total_nototal.md"], ("Total", "£58,000")]

SENTENCES = {
    "05.pdf": [
        "The Commissioner awards £31,400 in 2024/25 to Calderdale Sanctuary Trust for outreach work with families.",
        "The Commissioner awards £18,600 in 2024/25 to Stoke-on-Trent Families Project for group work.",
        "The Commissioner awards £9,900 in 2024/25 to the Co-operative Learning Trust for training.",
    ],
    "09a.md": [
        "Award £40,000 to Brightwater Foundation Ltd in 2023/24.", "Award £15,000 to Harbour & Hope CIC in 2023/24.",
    ],
    "09b.md": [
        "Award £41,000 to Brightwater Foundation Limited in 2024/25.",
        "Award £16,000 to Harbour and Hope Community Interest Company in 2024/25.",
    ],
    "09c.md": [
        "Award £42,000 to The Brightwater Foundation in 2025/26.",
        "Award £17,000 to Harbour and Hope C.I.C. in 2025/26.",
    ],
    "12.pdf": [
        "The commissioner set up a fund in 2022 for work with young people in the county. It has been popular.",
        "The commissioner awards £27,300 to Saltmarsh Youth Trust in 2024/25 for mentoring in schools.",
        "The commissioner awards £14,150 to Pingo Boxing Club in 2024/25 for evening sessions.",
        "The commissioner may give grants under section 143 of the Act of 2014 for this purpose.",
    ],
    "20.md": [
        "Award £90,000 jointly to Ashby Refuge, Burlingham Refuge and Catfield Refuge in 2024/25.",
        "Award £5,000 each to Dilham Club, Edingthorpe Club and Felmingham Club in 2024/25.",
    ],
    "21.md": [
        "Award a contract of £60,000 excluding VAT (£72,000 including VAT) to Gimingham Research Ltd in 2024/25 for "
        "the evaluation.",
    ],
    "26a.md": [
        "Award £4,000 to Café Solidarité in 2023/24.", "Award £45 000 to Sheffield Lane Trust in 2023/24.",
        "Award £1,250 to Swaffham Club in 2023/24.",
    ],
    "26b.md": [
        "Award £4,500 to Café Solidarité in 2024/25.", "Award £46,000 to Sheffield Lane Trust in 2024/25.",
        "Award £1,300 to Swaffham Club in 2024/25.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_read_as_printed(name: str) -> None:
    assert rows(name) == TABLES[name]


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_are_blocks_of_their_own_and_stand_so_in_the_text(name: str) -> None:
    blocks = {block.text: block for block in document(name).blocks}
    for sentence in SENTENCES[name]:
        block = blocks[sentence]
        raw = document(name).text[block.start : block.end]
        assert " ".join(raw.replace("£ ", "£").split()) == sentence


@pytest.mark.parametrize("name", sorted({*TABLES, *SENTENCES}))
def test_heads_are_read_line_by_line(name: str) -> None:
    decision = read_decision(document(name), names())
    area = "kent" if name == "16.md" else "norfolk"
    assert decision.body is not None and decision.body.id == f"{area}-pcc"
    assert decision.reference is not None and decision.reference.startswith("20")
    assert decision.signed is not None and decision.title


@pytest.mark.parametrize(
    ("name", "title", "body"),
    [
        ("M1", "Youth Work Uplift", "mopac"),
        ("M3", "Gwent Commissioner funds patrols", "gwent-pcc"),
        ("H1", "Safer Gwent awards", "gwent-pcc"),
        ("H3", "Funding boost for Nottinghamshire", "nottinghamshire-pcc"),
        ("F1", "News from your Police and Crime Commissioner for Sussex", "sussex-pcc"),
        ("W1", "Grants 2014/15", None),
    ],
)
def test_titles_and_bodies_of_pages(name: str, title: str, body: str | None) -> None:
    decision = read_decision(read(CASES / "texts" / f"{name}.txt"), names())
    assert (decision.title, decision.body.id if decision.body else None) == (title, body)


def test_a_table_flattened_to_lines_is_a_table() -> None:
    (table,) = [block for block in read(CASES / "texts" / "B1.txt").blocks if block.kind is BlockKind.TABLE]
    assert [row.texts for row in table.header] == [("Organisation", "Type", "Amount")]
    assert [row.texts for row in table.rows] == [
        ("Purbeck Youth Aid", "Diversion", "£41,200"),
        ("Weymouth Town Council", "Safety", "£18,750"),
    ]
