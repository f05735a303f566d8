"""Link a question: the names, references, years, dates and amounts in its words become things of the graph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.ask.known.people import people_in
from graph.ask.known.words import general_words, words_of
from graph.ask.language.terms import Choice
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex, NameMention
from graph.parse.dates import find_dates
from graph.parse.money import find_money
from graph.parse.references import find_references
from graph.parse.years import find_years

#: longer texts are no question; they are refused before any work is done on them
MAX_CHARACTERS = 1000

_TAGS = {
    EntityKind.ORGANISATION: "org",
    EntityKind.PROGRAMME: "prog",
    EntityKind.PLACE: "place",
    EntityKind.FUND: "fund",
}
_TOKEN = re.compile(r"(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+")
_BARE_YEAR = re.compile(r"(?<![\w/£.-])((?:19|20)\d\d)(?![\w/]|[-–.]\d|,\d)")
_BARE_AMOUNT = re.compile(
    r"(?<![\w£/.-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s?(?:k|m|million|thousand))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of the question that stands for a thing, time, amount, reference or person; the tag says which."""

    tag: str  #: org | prog | place | fund | area | year | cal | money | ref | date | person
    start: int
    end: int
    words: str
    choice: Choice | None = None
    years: tuple[str, ...] = ()
    calendar: int | None = None
    amount: Decimal | None = None
    reference: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class LinkedQuestion:
    """A question whose names, dates and sums are found, and replaced in `masked` by tokens such as org_0."""

    text: str
    masked: str  #: lower case, punctuation gone, mentions as tokens
    mentions: tuple[Mention, ...]  #: token number n is mentions[n]

    def of(self, *tags: str) -> list[int]:
        """Return the numbers of the mentions that have one of some tags, in order."""
        return [n for n, mention in enumerate(self.mentions) if mention.tag in tags]

    def token(self, number: int) -> str:
        """Return the token that stands in `masked` for the mention of a number."""
        return f"{self.mentions[number].tag}_{number}"


_PLAIN = {ord(odd): plain for odd, plain in zip("’‘“”–—−", "''\"\"---", strict=True)}


def clean(text: str) -> str:
    """Return a question on one line, without control characters, and with plain quotes and dashes."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    text = text.translate(_PLAIN)
    text = re.sub(r"\bFY(?=\d)", "FY ", text, flags=re.IGNORECASE)
    text = _TOKEN.sub(lambda match: match.group().replace("_", " "), text)  # they stand for names further on
    return re.sub(r"\s+", " ", text).strip()


def link(
    text: str,
    names: NameIndex,
    *,
    known_references: Mapping[str, str] | None = None,
    brought: tuple[Entity, ...] = (),
    people: Sequence[str] = (),
) -> LinkedQuestion:
    """Return a question with the names, references, times and sums in it found and masked.

    Args:
        text: The question; it is cleaned here.
        names: The index of known names.
        known_references: References of the graph's decisions, as printed in lower case -> key; for styles that the
            general
            patterns do not know.
        brought: Things whose names the documents brought in and the registry lacks.
        people: Full names of office-holders.
    """
    text = clean(text)[:MAX_CHARACTERS]
    taken: list[Mention] = []
    for found in (
        _references(text, known_references or {}),
        [Mention("person", start, end, name) for start, end, name in people_in(text, people)],
        _names(text, names, brought),
        _years(text),
        _amounts(text),
        _dates(text),
        _bare_years(text),
    ):
        taken += [m for m in found if not any(m.start < t.end and t.start < m.end for t in taken)]
    mentions = tuple(sorted(taken, key=lambda m: m.start))
    return LinkedQuestion(text, _masked(text, mentions), mentions)


def _masked(text: str, mentions: tuple[Mention, ...]) -> str:
    parts, at = [], 0
    for number, mention in enumerate(mentions):
        parts += [text[at : mention.start].lower(), f" {mention.tag}_{number} ", _kept_words(mention)]
        at = mention.end
    parts.append(text[at:].lower())
    plain = re.sub(r"[^\w\s'&%+/£-]|(?<!\w)'|'(?!\w)", " ", "".join(parts)).replace("/", " ")
    plain = re.sub(r"(?<=_\d) -(?=[a-z])|(?<=_\d\d) -(?=[a-z])", " ", plain)
    plain = re.sub(r"(?<=_\d)\s*'?s\b|(?<=_\d\d)\s*'?s\b", " 's", plain)
    return re.sub(r"\s+", " ", plain).strip()


_KEPT = re.compile(r"\b(?:pilots?|partnership|evaluation)\b", re.IGNORECASE)


def _kept_words(mention: Mention) -> str:
    """Return the words of a programme's alias that its name lacks and that say what is asked, such as "pilot"."""
    if mention.tag != "prog" or mention.choice is None:
        return ""
    return (
        " ".join(w.lower() for w in _KEPT.findall(mention.words) if w.lower() not in mention.choice.label.lower()) + " "
    )


def _references(text: str, known: Mapping[str, str]) -> list[Mention]:
    found = [
        Mention("ref", m.start, m.end, text[m.start : m.end], reference=m.key)
        for m in find_references(text)
        if not _BARE_YEAR.fullmatch(m.reference.strip())
    ]
    lowered = text.lower()
    for printed, key in known.items():
        if len(printed) < 5 or not re.search(r"\d", printed) or printed not in lowered:
            continue
        for match in re.finditer(rf"(?<![\w/.-]){re.escape(printed)}(?![\w/])", lowered):
            found.append(Mention("ref", match.start(), match.end(), match.group(), reference=key))
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start - m.end):
        if not any(mention.start < k.end and k.start < mention.end for k in kept):
            kept.append(mention)
    return kept


def _names(text: str, names: NameIndex, brought: tuple[Entity, ...]) -> list[Mention]:
    found: list[Mention] = []
    for name in names.find_in_question(text):
        found += _with_place(name, text, names)
    found = _longest(found + _brought_names(text, brought))
    return found + _offices(text, found, names)


def _with_place(name: NameMention, text: str, names: NameIndex) -> list[Mention]:
    """Return two mentions for a programme's name that ends with a place ("Drive South BCU"), otherwise one."""
    words = list(re.finditer(r"\S+", name.surface))
    if name.entity.kind is EntityKind.PROGRAMME and name.surface.lower() != name.entity.name.lower():
        for word in words[1:]:
            head, tail = name.surface[: word.start()].rstrip(" (-"), name.surface[word.start() :]
            one, other = names.find_in_question(head), names.find_in_question(tail)
            if (
                len(one) == 1 == len(other)
                and one[0].entity == name.entity
                and other[0].entity.kind is EntityKind.PLACE
                and len(other[0].surface) + 2 >= len(tail)
            ):
                middle = name.start + word.start()
                place = _mention(other[0], middle + other[0].start, middle + other[0].end, text, names)
                return [Mention("prog", name.start, name.start + len(head), head, Choice(head, (name.entity,))), place]
    return [_mention(name, name.start, name.end, text, names)]


def _mention(name: NameMention, start: int, end: int, text: str, names: NameIndex) -> Mention:
    entities = tuple(dict.fromkeys((name.entity, *name.candidates)))
    places = [e for e in entities if e.kind is EntityKind.PLACE]
    if entities[0].kind is EntityKind.PLACE:
        named = [places[0], *(p for p in places[1:] if _is_called(p, name.surface, names))]
        entities = tuple(e for e in entities if e.kind is not EntityKind.PLACE or e in named)
    kinds = {entity.kind for entity in entities}
    area = {EntityKind.PLACE, EntityKind.ORGANISATION} <= kinds
    return Mention(
        "area" if area else _TAGS[entities[0].kind], start, end, text[start:end], Choice(name.surface, entities)
    )


def _is_called(place: Entity, surface: str, names: NameIndex) -> bool:
    row = names.registry.row(place.id) if place.id in names.registry else None
    called = {place.name.lower(), *(alias.lower() for alias in (row.aliases if row else ()))}
    return surface.lower() in called or place.name.lower().startswith(f"{surface.lower()} police")


def _brought_names(text: str, brought: tuple[Entity, ...]) -> list[Mention]:
    """Return mentions of the names that documents brought in and the registry lacks, as the question spells them."""
    lowered = text.lower()
    found = []
    for entity in brought:
        plain = entity.name.lower().replace("’", "'").strip()
        if len(plain) < 4 or all(word in general_words() for word in words_of(plain)) or plain not in lowered:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", lowered):
            words = text[match.start() : match.end()]
            if " " not in plain and words != entity.name and not (text == lowered and len(plain) >= 5):
                continue
            found.append(Mention(_TAGS[entity.kind], match.start(), match.end(), words, Choice(words, (entity,))))
    return found


def _longest(found: list[Mention]) -> list[Mention]:
    """Return the longest of overlapping mentions; two mentions of the same words become one with both entities.

    If some of these entities have exactly the words as their name, only those are kept.
    """
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        clash = next((k for k in kept if mention.start < k.end and k.start < mention.end), None)
        if clash is None:
            kept.append(mention)
        elif (clash.start, clash.end) == (mention.start, mention.end) and clash.choice and mention.choice:
            both = tuple(dict.fromkeys(clash.choice.entities + mention.choice.entities))
            called = tuple(each for each in both if each.name.lower() == clash.choice.words.lower()) or both
            tag = clash.tag if called[0] in clash.choice.entities else mention.tag
            kept[kept.index(clash)] = replace(clash, tag=tag, choice=Choice(clash.choice.words, called))
    return kept


_OFFICE = re.compile(
    r"\b(?:the|its|their) (?:local )?(?P<pcc>o?p(?:f)?cc'?s?\b|police(?:,? fire)? and crime commissioner|"
    r"commissioner)|\bthe (?P<council>(?:county |city |borough |local )?council)\b|"
    r"\bthe (?:local )?(?P<force>police force|force)\b",
    re.IGNORECASE,
)


def _offices(text: str, found: list[Mention], names: NameIndex) -> list[Mention]:
    """Return mentions of "the PCC", "the council" and the like, as the offices of the first place in the question."""
    place = next((e for m in found if m.choice for e in m.choice.entities if e.kind is EntityKind.PLACE), None)
    offices = []
    for match in _OFFICE.finditer(text):
        if any(match.start() < m.end and m.start < match.end() for m in found) or place is None:
            continue
        registry = names.registry
        look_up = (
            registry.commissioner_of if match["pcc"] else registry.council_of if match["council"] else registry.force_of
        )
        id = look_up(place.id)
        if id is not None:
            entity = registry.entity(id)
            offices.append(Mention("org", match.start(), match.end(), match.group(), Choice(match.group(), (entity,))))
    return offices


def tokens_of(masked: str) -> list[str]:
    """Return the mention tokens of a masked text, in order."""
    return _TOKEN.findall(masked)


# --- figures


def _years(text: str) -> list[Mention]:
    return [Mention("year", m.start, m.end, text[m.start : m.end], years=m.years) for m in find_years(text)]


def _bare_years(text: str) -> list[Mention]:
    return [Mention("cal", m.start(), m.end(), m.group(), calendar=int(m.group(1))) for m in _BARE_YEAR.finditer(text)]


def _dates(text: str) -> list[Mention]:
    return [
        Mention("cal", m.start, m.end, text[m.start : m.end], calendar=int(m.date))
        if len(m.date) == 4
        else Mention("date", m.start, m.end, text[m.start : m.end], date=m.date)
        for m in find_dates(text)
    ]


def _amounts(text: str) -> list[Mention]:
    found = [Mention("money", m.start, m.end, text[m.start : m.end], amount=m.amount) for m in find_money(text)]
    bare = _BARE_AMOUNT.finditer(text)
    return [*found, *(Mention("money", *m.span(), m.group(), amount=_bare_amount(m.group(1))) for m in bare)]


def _bare_amount(words: str) -> Decimal:
    """Return the amount of a figure typed without a pound sign: "60,000", "1.5m", "300k"."""
    scale = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
    match = re.match(r"([\d.,]+)\s?([a-z]*)", words.lower())
    assert match
    return Decimal(match.group(1).replace(",", "")) * scale.get(match.group(2), 1)
