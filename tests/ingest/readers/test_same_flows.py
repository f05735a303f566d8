"""The same decision as text, web page, Word file and PDF gives the same flows and the same decision."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest
from made_documents import make_docx, make_html, make_pdf

from graph.model import Record
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract import extract_record
from ingest.readers import read, read_bytes

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = sorted(SHARED.glob("decisions/*.txt")) if SHARED.is_dir() else []
MAKERS = {
    "html": make_html,
    "docx": make_docx,
    "ruled.pdf": partial(make_pdf, ruled=True),
    "unruled.pdf": partial(make_pdf, ruled=False),
}


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


@cache
def flows_of_text(path: Path) -> tuple[list[str], str | None, str | None]:
    return outcome(extract_record(read(path), names()))


def outcome(record: Record) -> tuple[list[str], str | None, str | None]:
    flows = sorted(
        f"{flow.funder and flow.funder.id} > {flow.recipient and flow.recipient.id}: {flow.amount} {flow.years} "
        f"{[programme.id for programme in flow.programmes]} {flow.kind} {flow.status}"
        for flow in record.flows
    )
    return flows, record.decision.reference, record.decision.signed


@pytest.mark.skipif(not FILES, reason="the texts in ../shared are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", MAKERS)
def test_every_format_gives_the_same_flows(path: Path, form: str) -> None:
    made = read_bytes(MAKERS[form](read(path)), f"{path.stem}.{form}")
    assert outcome(extract_record(made, names())) == flows_of_text(path)
