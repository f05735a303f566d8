"""The question that the README asks is answered as the README says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from app import cli
from graph.settings import PROJECT
from tests.samples import share_the_samples

pytestmark = share_the_samples
PART = re.compile(r"^## A question, its answer.*?(?=^## )", re.MULTILINE | re.DOTALL)


def test_the_answer_of_the_readme_is_the_answer(sample_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = PART.search((PROJECT / "README.md").read_text(encoding="utf-8"))
    assert part is not None
    blocks = [" ".join(block.split()) for block in re.findall(r"(?:^ {4}.+\n)+", part[0], flags=re.MULTILINE)]
    command = re.match(r'\$ \.venv/bin/whofunds (ask "[^"]+") ', blocks[0])
    assert command is not None and len(blocks) == 4
    assert cli.main([*shlex.split(command[1]), "--workspace", str(sample_workspace)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    expected = [blocks[0][command.end() :].removesuffix("."), *blocks[1:]]
    assert not [words for words in expected if words not in shown]
