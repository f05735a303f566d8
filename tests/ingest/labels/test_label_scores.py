"""The comparison counts as the scorers outside the project do; skipped where those are not here."""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.judge.figures import added_up
from bench.judge.reading import judged
from bench.judge.tables import last_line
from graph.record_json import contract_json
from graph.registry import load_registry
from graph.settings import Settings
from ingest.labels.bodies import key_of_body
from ingest.labels.loading import load_labels
from ingest.labels.names import NameComparison
from ingest.work import read_and_extract

SHARED = Path(__file__).resolve().parents[4] / "shared"
EVAL = SHARED / "eval"
pytestmark = pytest.mark.skipif(not EVAL.is_dir(), reason="the scorers in ../shared are not here")
SAMPLED = {
    "digest_flows.csv": (
        "digest_decisions.csv",
        ("mopac-pcd-1436", "mopac-pcd-1462", "thames-valley-victims-commissioning-2018-19"),
    ),
    "digest_flows_more.csv": (
        "digest_decisions_more.csv",
        ("bedfordshire-pcc-d-022", "gmca-2021", "mopac-dmpcd-2016-16", "mopac-pcd-1235", "merseyside-csp-funding-2016"),
    ),
}


@cache
def answer_of(path: Path) -> dict[str, Any]:
    """Return what `extract --json` says of a document, read in this process."""
    return contract_json(read_and_extract(path, None, Settings()).record)


@contextmanager
def scorer(name: str) -> Iterator[ModuleType]:
    """Load a scorer that asks this process instead of a command."""
    sys.path.insert(0, str(EVAL))
    try:
        spec = importlib.util.spec_from_file_location(f"shared_{name}", EVAL / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(EVAL))
        sys.modules.pop("names", None)


def answered(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Stand in for `whofunds extract FILE --json`."""
    return subprocess.CompletedProcess(command, 0, json.dumps(answer_of(Path(command[2]))), "")


@pytest.mark.parametrize("gold", SAMPLED)
def test_found_and_right_are_those_of_the_shared_scorer(
    gold: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions, sampled = SAMPLED[gold]
    part = tmp_path / decisions
    with (EVAL / decisions).open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        reader = csv.DictReader(lines)
        writer = csv.DictWriter(out, list(reader.fieldnames or ()))
        writer.writeheader()
        writer.writerows(row for row in reader if row["key"] in sampled)
    documents = Settings().data / "decisions"
    with scorer("score_flows") as module:
        monkeypatch.setattr(module.subprocess, "run", answered)
        arguments = ["--gold", str(EVAL / gold), "--decisions", str(part), "--documents", str(documents)]
        monkeypatch.setattr(sys, "argv", ["score_flows", *arguments])
        assert module.main() == 0
    printed = capsys.readouterr().out.strip().splitlines()
    names = NameComparison(load_registry(SHARED / "registry"))
    data = Settings().data
    labels = load_labels(
        data / "labels", samples=documents, body_key=lambda name: key_of_body(name, load_registry(data / "registry"))
    )
    figures = added_up(
        [judged(each, answer_of(each.path), names) for each in labels.documents if each.key in sampled], names
    )
    assert last_line(figures) == printed[-1]
    bands = "; ".join(
        f"{band} {figures.right_in_band[band]}/{flows} = {figures.right_in_band[band] / flows:.3f}"
        for band, flows in sorted(figures.in_band.items())
    )
    assert f"bands: {bands}" == printed[-2]
    assert printed[-3].startswith(f"context said to be a flow: {figures.overstated}/{figures.everything} flows")
    slots = ("funder", "recipient", "programme", "programme, where one must be named", "fund", "status")
    said = "; ".join(f"{slot} {figures.agreeing[slot]}/{figures.asked[slot]}" for slot in slots)
    fields = printed[-4].removeprefix("fields of found flows: ").split("; ")
    assert said == "; ".join(part.split(" = ")[0] for part in fields)
