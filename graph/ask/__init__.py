"""Asking: a question in everyday words to an answer with its sources. `answer_question` is the way in.

The parts in the order of the way, each of which imports only those before it:

- `known`: what a build states, looked up for questions;
- `language`: the typed forms that a question can be read as, in JSON and in English;
- `result`: the shape of an answer;
- `reading`: a question to the forms that it may mean;
- `running`: a form to what the build states about it;
- `saying`: which form is answered, and in which words;
- `asking`: all of this, from a question's text to its answer;
- `rereading`: an answer after people changed how the question was read;
- `answerable`: what else may be asked and has an answer.
"""

from __future__ import annotations

from graph.ask.asking import answer_question, facts_of
from graph.ask.result import Answer, Status

__all__ = ["Answer", "Status", "answer_question", "facts_of"]
