"""The notebook of the docs runs from its first cell to its last, and shows what its words promise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from graph.settings import PROJECT
from tests.samples import share_the_samples

NOTEBOOK = PROJECT / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def outputs(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each cell of code shows, run in a folder that has nothing of the project."""
    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHOFUNDS_WORKSPACE", str(sample_workspace))
        patch.setenv("PYTHONPATH", str(PROJECT))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        client = nbclient.NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        client.execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(_text(part) for part in cell.outputs) for cell in cells]


def _text(output: Any) -> str:
    return str(output.get("text") or output.get("data", {}).get("text/plain", ""))


@share_the_samples
def test_every_cell_but_the_last_shows_something(outputs: list[str]) -> None:
    assert len(outputs) > 8
    assert all(outputs[:-1])


@share_the_samples
def test_the_answer_names_a_funder(outputs: list[str]) -> None:
    said = next(text for text in outputs if text.startswith("answered"))
    assert "Drive in West Mercia is funded by" in said


@share_the_samples
def test_the_largest_payers_are_shown_by_name(outputs: list[str]) -> None:
    assert any("Mayor's Office for Policing and Crime" in text and "dtype" in text for text in outputs)


def test_no_outputs_are_kept_in_it() -> None:
    """They would say what a former reading found."""
    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)
    assert not [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
