"""What tests of the pipeline share."""

from __future__ import annotations

import pytest

from graph.errors import ModelUnavailable
from graph.search import embedding
from graph.settings import Settings


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Embedding is tested elsewhere; here it would only cost time."""

    def unavailable(settings: Settings) -> embedding.Encoder:
        raise ModelUnavailable("no model in this test")

    monkeypatch.setattr(embedding, "load_encoder", unavailable)
    monkeypatch.setattr(embedding, "is_available", lambda settings: False)
