"""The size of an install is what its files take on the disk, and a bar that is passed is said."""

from __future__ import annotations

import os
from pathlib import Path

from bench.report import PROJECT
from bench.supply.sizes import BARS, MIB, megabytes, over


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one").write_bytes(os.urandom(2 * MIB))
    before = megabytes(tmp_path)
    os.link(tmp_path / "inner" / "one", tmp_path / "two")
    (tmp_path / "three").symlink_to(tmp_path / "inner" / "one")
    assert before >= 2
    assert megabytes(tmp_path) == before


def test_an_install_above_its_bar_is_said() -> None:
    row = {"install": "make light", "fresh GB": 0.93, "bar GB": 0.92}
    assert over([row, {**row, "fresh GB": 0.92}]) == ["make light: 0.93 GB, more than 0.92"]


def test_the_bars_are_the_sizes_that_the_readme_and_make_state() -> None:
    makefile, readme = ((PROJECT / name).read_text(encoding="utf-8") for name in ("Makefile", "README.md"))
    said = {kind: f"{bar:.1f} GB on the disk" for kind, bar in BARS.items()}
    assert said["install"] in makefile and said["install"] in readme
    assert said["light"] in makefile and "0.9 GB" in readme
