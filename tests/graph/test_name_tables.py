"""The tables of data/registry that say when a spelling is a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import InvalidReference
from graph.names import rules
from graph.registry import load_registry
from graph.settings import Settings


def test_every_more_spelling_is_of_a_thing_of_the_registry() -> None:
    registry = load_registry(Settings().data / "registry")
    for typed in (True, False):
        for spelling, ids in rules.more_spellings(typed=typed).items():
            assert ids and all(id in registry for id in ids), spelling


def test_what_stands_for_a_pattern_is_put_in_its_place() -> None:
    patterns = [p for each in rules.word_rules().values() for p in (each.cue, each.before, each.not_before)]
    patterns += [p for each in rules.question_rules().values() for p in (each.before, each.not_after)]
    assert all(re.compile(p) and "{party}" not in p and "{capitals}" not in p for p in patterns)


@pytest.mark.parametrize(
    ("line", "said"),
    [("drive,Drive,,,(,", "line 2: not_before is no regular expression"), ("drive,Drive", "line 2: not 6 columns")],
)
def test_a_wrong_line_is_said_with_file_and_line(
    line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / rules.WORD_RULES).write_text(f"key,spellings,cue,before,not_before,not_after\n{line}\n")
    monkeypatch.setattr(rules, "Settings", lambda: Settings(data=tmp_path))
    with pytest.raises(InvalidReference, match=said):
        rules.word_rules.__wrapped__()
