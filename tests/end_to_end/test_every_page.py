"""Every decision of the sample data, and the things it names most, has a page that can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.builds.workspace import Workspace
from graph.errors import ModelUnavailable
from graph.model import EntityKind
from graph.search import embedding
from graph.settings import Settings
from graph.stated.decisions import decision_heads
from graph.stated.things import named_things
from tests.samples import share_the_samples

MAIN = Path(__file__).resolve().parent.parent.parent / "app" / "main.py"
FAILED = ("Something went wrong on this page", "This could not be done")
pytestmark = share_the_samples
OF_EACH_KIND = 12  #: pages of programmes, organisations, places and funds that are drawn: those most named


def no_model(settings: Settings) -> embedding.Encoder:
    raise ModelUnavailable("no model in this test")


@pytest.fixture(scope="module")
def settings(sample_workspace: Path) -> Iterator[Settings]:
    """The workspace of the sample decisions, for the app that runs in this process; searching is tested elsewhere."""
    chosen = Settings(workspace=sample_workspace)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "load_encoder", no_model)
        patch.setattr(embedding, "is_available", lambda settings: False)
        patch.setenv("WHOFUNDS_WORKSPACE", str(chosen.workspace))
        st.cache_resource.clear()
        yield chosen
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def app(settings: Settings) -> AppTest:
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


def failures(app: AppTest, page: str, parameter: str, values: list[str]) -> list[str]:
    """The values whose page could not be drawn."""
    failed = []
    for value in values:
        app.query_params.clear()
        app.query_params[parameter] = value
        app.switch_page(f"views/{page}.py").run()
        shown = " ".join(str(getattr(part.proto, "body", "")) for part in app.get("html"))
        if app.exception or "<h1" not in shown or any(words in shown for words in FAILED):
            failed.append(value)
    return failed


def test_every_decision_has_its_page(settings: Settings, app: AppTest) -> None:
    documents = list(decision_heads(Workspace(settings.workspace, settings=settings).current().store()))
    assert len(documents) > 100
    assert failures(app, "decision", "document", documents) == []


@pytest.mark.parametrize("kind", list(EntityKind))
def test_the_things_most_named_have_their_pages(settings: Settings, app: AppTest, kind: EntityKind) -> None:
    named = named_things(Workspace(settings.workspace, settings=settings).current().store())
    ranked = sorted((each for each in named if each.entity.kind is kind), key=lambda each: -each.flows)
    assert failures(app, kind.value, "id", [each.entity.id for each in ranked[:OF_EACH_KIND]]) == []
