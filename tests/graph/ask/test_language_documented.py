"""The examples of docs/design.md are forms of the language, and their English is what the code says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from graph.ask.language.english import english
from graph.ask.language.form_json import form_from_json, form_json, form_schema
from graph.settings import PROJECT
from tests.graph.ask.language_types import language
from tests.graph.ask.test_language_json import facts, validator

PAGE = (PROJECT / "docs" / "design.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\d+\. “(.+?)”: \*(.+?)\*\n\n   ```json\n   (.+?)\n   ```$", PAGE, re.MULTILINE)
#: where the page has a thing's name, the language has a choice
_CHOICES = {"choices", "one", "other", "thing"}


def in_full(value: Any, key: str = "") -> Any:
    """JSON as the page has it, with a choice in the place of each name."""
    if isinstance(value, str) and key in _CHOICES:
        return {"is": "Choice", "words": value, "entities": [value]}
    if isinstance(value, list):
        return [in_full(each, key) for each in value]
    return {name: in_full(each, name) for name, each in value.items()} if isinstance(value, dict) else value


def test_there_are_twenty_examples() -> None:
    assert len(EXAMPLES) == 20
    shown = {json.loads(stated)["is"] for _, _, stated in EXAMPLES}
    assert shown >= {"List", "Total", "Share", "Compare", "Get", "Quote"}


@pytest.mark.parametrize(("question", "said", "stated"), EXAMPLES, ids=[question for question, _, _ in EXAMPLES])
def test_an_example_is_a_form_and_is_said_as_the_page_says_it(question: str, said: str, stated: str) -> None:
    assert question
    form = form_from_json(in_full(json.loads(stated)), facts())
    assert english(form) == said
    validator().validate(form_json(form))


def test_the_table_names_every_type_of_the_language() -> None:
    parts = {"Choice", "Entity", "Period"}  # what conditions are made of
    missing = [name for name in language() if name not in parts and f"`{name}`" not in PAGE]
    assert missing == []
    assert form_schema()["$defs"].keys() >= language().keys()
