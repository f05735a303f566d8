"""Answers about what something is, in the words of a decision, and by what names it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.ask.answers.described import described
from graph.ask.citing import cite_heads, cite_paragraphs
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.question import Choice, Question
from graph.ask.result import Item, Status
from graph.ask.sentences import listed
from graph.ask.stated import Paragraph
from graph.ask.words import SOFT, words_of
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind


def definition(question: Question, facts: Facts) -> Draft | None:
    """What something is, in the words of a decision."""
    choices = question.programmes + question.funds + question.parties + question.funders + question.recipients
    choices = choices or (() if question.topic else question.places)
    if choices and question.topic and not all(word in SOFT for word in question.topic):
        return None
    if not choices and question.places:
        return None
    if choices:
        names = _names(choices[0], facts)
    elif question.topic:
        names = [" ".join(question.topic)]
    else:
        return None
    entity = choices[0].entities[0] if choices else None
    best = _defining(names, facts)
    told = [paragraph for paragraph in best if _says_what(paragraph, names)]
    is_body = entity is not None and entity.kind in {EntityKind.ORGANISATION, EntityKind.FUND}
    if entity is not None and (is_body or not told) and _is_described(entity, facts):
        return described(entity, facts, best)
    if not best:
        return None
    items = (entity_item(entity),) if entity is not None else ()
    in_full = [paragraph for paragraph in best if _definition_patterns(names)[2].search(paragraph.text)]
    chosen = told or [*in_full, *(paragraph for paragraph in best if paragraph not in in_full)]
    return Draft(
        Status.ANSWERED, _sentence_of(chosen[0], names), items, citations=cite_paragraphs(chosen[:4], facts)
    )


def _is_described(entity: Entity, facts: Facts) -> bool:
    """Whether the register or the statements of the graph tell more of a thing than a passage that names it."""
    row = facts.registry.programmes.get(entity.id)
    return entity.kind is not EntityKind.PROGRAMME or bool(row is not None and row.description)


def _names(choice: Choice, facts: Facts) -> list[str]:
    entity = choice.entities[0]
    names = [choice.words, entity.name]
    if entity.id in facts.registry:
        row = facts.registry.row(entity.id)
        names += [alias for alias in row.aliases if len(alias) >= 3]
    return list(dict.fromkeys(names))


def _defining(names: Sequence[str], facts: Facts) -> list[Paragraph]:
    """Passages that say what a name is, best first."""
    patterns = _definition_patterns(names)
    scored: list[tuple[int, int, int, Paragraph]] = []
    for order, paragraphs in enumerate(facts.paragraphs.values()):
        for paragraph in paragraphs:
            for rank, pattern in enumerate(patterns):
                if pattern.search(paragraph.text):
                    length = len(words_of(paragraph.text))
                    scored.append((rank + (2 if length < 8 else 0), -min(length, 60), order, paragraph))
                    break
    return [p for *_, p in sorted(scored, key=lambda t: t[:3])]


def _definition_patterns(names: Sequence[str]) -> list[re.Pattern[str]]:
    """Ways to say what a name is, the plainest first."""
    alternatives = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    name = rf"(?:{alternatives})"
    return [
        re.compile(
            rf"(?i)\b{name}[\"'*)]*(?: \([^)]{{1,40}}\))?\**[^.;:]{{0,40}}? (?:is|are|was) (?:an? |the |one of |"
            rf"delivered|intensive)"
        ),
        re.compile(
            rf"(?i)\b{name}\b[^.;:]{{0,60}}?\b(?:aims?|seeks?|provides?|supports?|works?|helps?|offers?|consists?)\b"
        ),
        re.compile(rf"(?i)\(\s*{name}\s*\)"),
        re.compile(rf"(?i)\b{name}(?!\w)"),
    ]


def _says_what(paragraph: Paragraph, names: Sequence[str]) -> bool:
    """Whether a sentence that begins with the name says in so many words what it is."""
    sentence = _sentence_of(paragraph, names)
    starts = re.match(rf"(?i)(?:the )?(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", sentence)
    return starts is not None and any(pattern.search(sentence) for pattern in _definition_patterns(names)[:2])


def _sentence_of(paragraph: Paragraph, names: Sequence[str]) -> str:
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph.text)
    for n, sentence in enumerate(sentences):
        if any(name.lower() in sentence.lower() for name in names):
            return " ".join(sentences[n : n + 2])[:500]
    return paragraph.text[:400]


def other_names(question: Question, facts: Facts) -> Draft | None:
    """By what names a thing is known."""
    choices = question.things
    if not choices:
        return None
    entity = choices[0].entities[0]
    row = facts.registry.row(entity.id) if entity.id in facts.registry else None
    aliases = list(row.aliases) if row else []
    text = (
        f"{entity.name} is also known as {listed(aliases, most=15)}."
        if aliases
        else f"No other name of {entity.name} is known."
    )
    if choices[0].words.lower() != entity.name.lower():
        text = f"{choices[0].words} stands for {entity.name}. {text}"
    items = [entity_item(entity), *(Item(alias, str(entity_iri(entity)), "name") for alias in aliases)]
    heads = [
        facts.heads[s.document]
        for s in facts.flows.values()
        if any(
            e is not None and e.id == entity.id
            for e in (s.flow.funder, s.flow.recipient, s.flow.fund, *s.flow.programmes)
        )
        and s.document in facts.heads
    ]
    return Draft(Status.ANSWERED, text, tuple(items), citations=cite_heads(list(dict.fromkeys(heads))[:3]))
