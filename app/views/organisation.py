"""The page of an organisation; the list of all organisations if the URL names none."""

from __future__ import annotations

from app.components.subject_page import draw
from graph.model import EntityKind

draw(EntityKind.ORGANISATION)
