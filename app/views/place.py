"""The page of a place; the list of all places if the URL names none."""

from __future__ import annotations

from app.components.subject_page import draw
from graph.model import EntityKind

draw(EntityKind.PLACE)
