"""No two modules of the tests share a name, and who makes a second one is told."""

from __future__ import annotations

from pathlib import Path

from tests.module_names import shared_names


def test_modules_of_one_name_are_named_with_what_to_do(tmp_path: Path) -> None:
    for place in ("tests/one/test_sums.py", "tests/two/test_sums.py", "tests/one/conftest.py", "tests/conftest.py"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    (line,) = shared_names(tmp_path / "tests")
    assert line.startswith("tests/one/test_sums.py and tests/two/test_sums.py have the same name")
    assert "rename one" in line


def test_no_two_modules_here_share_a_name() -> None:
    assert shared_names(Path(__file__).parent) == []
