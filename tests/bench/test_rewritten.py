"""The sample decisions as many documents: the samples first, then copies of other areas, references and sums."""

from __future__ import annotations

from bench.rewritten import rewritten
from graph.settings import Settings

DATA = Settings().data


def test_the_samples_come_first_and_as_they_are() -> None:
    texts = dict(rewritten(DATA, 3))
    assert len(texts) == 3
    assert all((DATA / "decisions" / name).read_text(encoding="utf-8") == text for name, text in texts.items())


def test_a_copy_is_of_another_area_reference_and_sum() -> None:
    count = len([path for path in (DATA / "decisions").glob("*.md") if path.name != "README.md"])
    texts = dict(rewritten(DATA, 2 * count))
    assert len(texts) == 2 * count
    copy = texts["1-mopac-pcd-1307.md"]
    assert "- Reference: PCD 1307/1" in copy
    assert "£2,720,000" in texts["mopac-pcd-1307.md"] and "£5,440,000" in copy
    assert "- Decision body: Police and Crime Commissioner for Cumbria" in copy and "in London" not in copy
