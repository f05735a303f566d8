"""YAML files that people write are read without aliases, so that a few lines never stand for very much."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.corrections.file import read_corrections
from graph.errors import InvalidReference
from graph.plain_yaml import PlainLoader
from ingest.columns.kept import NAME, read_kept

LAUGHS = "- &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
    f"- &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_plain_values_are_read_as_ever() -> None:
    text = "- {a: 1, b: [x, 'y']}\n- &named z\n"
    assert yaml.load(text, Loader=PlainLoader) == yaml.safe_load(text)


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system [ls]", "- !!python/name:os.system"])
def test_no_object_is_made(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        yaml.load(text, Loader=PlainLoader)


def test_an_alias_in_the_corrections_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(LAUGHS, encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"line 2: the alias \*a is not followed; write out what it stands for"):
        read_corrections(file)


def test_an_alias_in_the_kept_columns_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(LAUGHS, encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"line 2: not YAML \(the alias \*a is not followed"):
        read_kept(tmp_path)


def test_one_alias_to_itself_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("- &a [*a]\n", encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"\*a is not followed"):
        read_kept(tmp_path)
