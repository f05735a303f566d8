"""The page of a fund; the list of all funds if the URL names none."""

from __future__ import annotations

from app.components.subject_page import draw
from graph.model import EntityKind

draw(EntityKind.FUND)
