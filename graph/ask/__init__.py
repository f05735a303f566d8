"""Asking: a question in everyday words to an answer with its sources. `answer_question` is the way in."""

from __future__ import annotations

from graph.ask.asking import answer_question, facts_of
from graph.ask.result import Answer, Status

__all__ = ["Answer", "Status", "answer_question", "facts_of"]
