"""Follow-up questions: what a short question leaves unsaid is taken from the question before."""

from __future__ import annotations

import re

from graph.ask.link import LinkedQuestion
from graph.ask.question import Asks, Question

_OPENING = re.compile(
    r"^(?:and|but|so|ok|then|also|what about|how about|same (?:again )?(?:for|in|but)|now|only|just|instead|"
    r"in|for|since|before|from|to|"
    r"with(?:out)?|excluding|other than|by)\b"
)
_POINTING = re.compile(r"\b(?:it|its|that|this|these|those|they|them|there|the same|then)\b")
_ROLES = ("funders", "recipients", "parties", "bodies", "programmes", "places", "funds", "excluded", "references")


def follow_up(previous: Question, question: Question, linked: LinkedQuestion) -> Question:
    """Return the question with what it leaves unsaid taken from the one before; as it is where it stands alone."""
    opened = bool(_OPENING.match(linked.masked))
    points = bool(_POINTING.search(linked.masked))
    short = len(linked.masked.split()) <= 8
    if not (short and (opened or points or not question.cued)) or previous.asks is Asks.NOTHING:
        return question
    asks = question.asks if question.cued and not _is_plain(linked) else previous.asks
    kept: dict[str, object] = {role: getattr(question, role) or getattr(previous, role) for role in _ROLES}
    if question.parties and not question.funders and not question.recipients:
        kept = _parties_in_role(previous, question, kept)
    if question.places:
        kept["parties"] = question.parties
    return question.but(
        asks=asks,
        focus=question.focus if question.cued else previous.focus,
        by=question.by if question.cued else previous.by,
        period=question.period or previous.period,
        kinds=question.kinds or previous.kinds,
        statuses=question.statuses or previous.statuses,
        at_least=question.at_least if question.at_least is not None else previous.at_least,
        at_most=question.at_most if question.at_most is not None else previous.at_most,
        topic=question.topic or ((previous.topic) if not question.programmes else ()),
        limit=question.limit or previous.limit,
        own_money=question.own_money or previous.own_money,
        money=question.money or previous.money,
        settled_by="follow-up",
        confidence=min(previous.confidence, 0.9),
        **kept,
    )


def _is_plain(linked: LinkedQuestion) -> bool:
    """Whether the words ask nothing by themselves: "and in 2024/25?", "what about Kent"."""
    rest = re.sub(r"\b[a-z]+_\d+\b", " ", linked.masked)
    return not re.search(r"\b(?:who|which|when|where|how much|how many|why|list|compare|share|top)\b", rest)


def _parties_in_role(previous: Question, question: Question, kept: dict[str, object]) -> dict[str, object]:
    """ "and Leeds?" after "how much did Kent get" asks for what Leeds got."""
    for role in ("recipients", "funders", "parties"):
        if getattr(previous, role):
            return kept | {"parties": (), role: question.parties} if role != "parties" else kept
    return kept
