"""The page of a programme; the list of all programmes if the URL names none."""

from __future__ import annotations

from app.components.subject_page import draw
from graph.model import EntityKind

draw(EntityKind.PROGRAMME)
