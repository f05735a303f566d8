"""A planner of the user's own behind an OpenAI-compatible address: it may fill in the typed question, nothing else.

It gets the masked question and answers with JSON that names a kind and roles for the tokens. Whatever goes wrong
(time-out, refusal, nonsense, a kind or a token that isn't there), the default reading stands.
"""

from __future__ import annotations

import json
import logging
import re
import urllib.error
import urllib.request
from typing import Any

from graph.ask.link import LinkedQuestion
from graph.ask.question import Asks, Choice, Question
from graph.settings import Settings

log = logging.getLogger(__name__)

_ROLES = ("funders", "recipients", "parties", "bodies", "programmes", "places", "funds", "excluded")
_TAGS = {"programmes": {"prog"}, "funds": {"fund"}, "places": {"place", "area"}}
_MOST_BYTES = 65_536
_INSTRUCTION = (
    "You read questions about funding decisions. Names in the question are replaced by tokens such as org_0, "
    "prog_1, area_2. "
    'Answer with one JSON object and nothing else: {"asks": one of %s, and any of %s as lists of '
    "tokens of the question}. "
    "Use only tokens that occur in the question."
)


def plan(question: Question, linked: LinkedQuestion, settings: Settings) -> Question:
    """Return the question as the planner reads it, or as it was where the planner gives nothing usable."""
    if not settings.llm_endpoint:
        return question
    try:
        return _applied(question, linked, _asked(linked.masked, settings))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        log.warning(
            "planner at %s gave no usable reading (%s); the default reading stands", settings.llm_endpoint, error
        )
        return question


def _asked(masked: str, settings: Settings) -> dict[str, Any]:
    kinds = ", ".join(kind.value for kind in Asks if kind is not Asks.NOTHING)
    body = {
        "model": settings.llm_model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": _INSTRUCTION % (kinds, ", ".join(_ROLES))},
            {"role": "user", "content": masked},
        ],
    }
    headers = {"Content-Type": "application/json"}
    if settings.llm_key:
        headers["Authorization"] = f"Bearer {settings.llm_key}"
    address = settings.llm_endpoint.rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ValueError("the address is not http or https")
    if not address.endswith("/chat/completions"):
        address += "/chat/completions"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=settings.llm_timeout_seconds) as reply:
        content = json.loads(reply.read(_MOST_BYTES))["choices"][0]["message"]["content"]
    found = re.search(r"\{.*\}", content, re.DOTALL)
    if not found:
        raise ValueError("no JSON object in the reply")
    planned = json.loads(found.group())
    if not isinstance(planned, dict):
        raise ValueError("the reply is no JSON object")
    return planned


def _applied(question: Question, linked: LinkedQuestion, planned: dict[str, Any]) -> Question:
    asks = Asks(planned["asks"])
    if asks is Asks.NOTHING:
        raise ValueError("no kind of question was named")
    tokens = {linked.token(n): mention for n, mention in enumerate(linked.mentions)}
    changed: dict[str, tuple[Choice, ...]] = {}
    for role in _ROLES:
        names = planned.get(role)
        if names is None:
            continue
        mentions = [tokens[str(name)] for name in names]
        wanted = _TAGS.get(
            role, {"org", "area", "place"} if role != "excluded" else {"org", "area", "place", "prog", "fund"}
        )
        if any(mention.choice is None or mention.tag not in wanted for mention in mentions):
            raise ValueError(f"a token does not fit {role!r}")
        changed[role] = tuple(mention.choice for mention in mentions if mention.choice is not None)
    if changed:
        changed = {role: changed.get(role, ()) for role in _ROLES}
    return question.but(asks=asks, settled_by="planner", cued=True, confidence=0.8, **changed)
