"""The page of a fund; without one in the URL, the list of all."""

from __future__ import annotations

from app.components.subject_page import draw
from graph.model import EntityKind

draw(EntityKind.FUND)
