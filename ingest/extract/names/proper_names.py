"""New names by one grammar: runs of capitalised words joined by small words, whatever their last word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from graph.parse.references import find_references
from ingest.extract.words.lexicon import Lexicon

_CAPITAL = r"(?:[A-Z0-9][\w’'.&@-]*[\w’']|[A-Z]|(?<=\s)@|(?<=\s)\d[\d.]*\w*)"
_SMALL = r"(?:of|and|for|the|in|on|against|upon|de|la|y|&|\+)"
_LINK = r"(?:(?:of|and|for|in|on|against|upon|&|\+)\s+(?:the\s+)?|de\s+(?:la\s+)?|la\s+|y\s+)"
_RUN = re.compile(
    rf"(?<![\w£.])(?:\d+(?:st|nd|rd|th)\s+(?=[A-Z]))?[A-Z][\w’'.&@-]*(?:\s+{_LINK}{{0,2}}{_CAPITAL}){{0,9}}"
)
_ENDING = re.compile(r"(?:[’']s?|[,;:]{1,80}|(?<!\.\w)\.{1,80})$")
_INITIAL = re.compile(r"[.!?:;•|\t\n]\s{0,9}$")
_MARKS = " \t\n•*·▪‣◦-–—\"'“‘("
_JOINT = re.compile(r"\s{1,9}(?:and|&)\s{1,9}(?:the\s{1,9})?")
#: "the Centre in Pembroke Dock": where it is, no part of the name
_WHERE = re.compile(r"\s{1,9}in\s{1,9}(?:the\s{1,9})?")
_IN_LIST = re.compile(r",\s+$")
_ON_A_DAY = re.compile(r"\s{1,9}on\s{1,9}(?:the\s{1,9})?(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")
#: "A and B have each received £5": two names share a verb
_EACH = re.compile(r"\b(?:each|both|respectively)\b", re.I)
_OWNS = re.compile(r"[’']s?\s+")
_OFFICIAL = re.compile(r"\b(?:Police|Commissioner|Council|Constabulary|Office|Ministry|Department)\b")
_ABSTRACT = re.compile(r"(?:al|tion|sion|ment|ance|ence|ness|ity|ly|ing|ers)$")  #: "Approval was given"
_FOR = re.compile(r"\s{1,9}for\s{1,9}(?:the\s{1,9})?")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of capitalised words that may be a name."""

    text: str
    start: int
    end: int
    opens: bool  #: stands where any word has a capital: at the start of a sentence


def proper_names(text: str, known: Sequence[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """Return the known and the new names of a text, in order, without overlaps.

    A longer new name wins over a known name inside it ("Refuge & Recovery Norfolk"). A known name stays separate if it
    only stands beside another known name, a person's name or an office.
    """
    cited = [(one.start, one.end) for one in find_references(text)] if any(sign.isdigit() for sign in text) else []
    new: list[NameMention] = []
    for span in _spans(text, lexicon):
        for part in (_trimmed(one, text, lexicon) for one in _parts(span, text, known, lexicon)):
            inside = [one for one in known if one.start < part.end and part.start < one.end]
            if any(start < part.end and part.start < end for start, end in cited):
                continue
            if _is_name(part, inside, text, lexicon):
                part = _with_fund(part, text, lexicon)
                new.append(
                    NameMention(
                        new_entity(part.text, _kind(part.text, lexicon)), part.start, part.end, part.text, (), 0.6
                    )
                )
    kept = [one for one in known if not any(one.start < other.end and other.start < one.end for other in new)]
    return sorted([*kept, *new], key=lambda one: one.start)


def _with_fund(span: Span, text: str, lexicon: Lexicon) -> Span:
    """Return a span extended by the word "fund" after it: "the Harbourtown fund" is a fund's name."""
    tail = re.match(r"\s+(?:fund|grant|budget|pot)\b", text[span.end : span.end + 10])
    return Span(span.text + tail[0], span.start, span.end + tail.end(), span.opens) if tail is not None else span


def _kind(name: str, lexicon: Lexicon) -> EntityKind:
    """Return the kind of a new name by its last word: a fund, else an organisation."""
    words = [word for word in name.lower().split() if not word.isdigit()]
    last = words[-1] if words else ""
    is_fund = last in lexicon.groups["fund-kind"] and last not in lexicon.groups["programme-kind"]
    return EntityKind.FUND if is_fund else EntityKind.ORGANISATION


def _spans(text: str, lexicon: Lexicon) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        words, start, end = match[0], match.start(), match.end()
        opens = not text[:start].strip(_MARKS) or _INITIAL.search(text[max(0, start - 3) : start]) is not None
        trimmed = _ENDING.sub("", words)
        end -= len(words) - len(trimmed)
        if re.search(r"\.\w$", trimmed) and text[end : end + 1] == ".":
            trimmed, end = f"{trimmed}.", end + 1  # "Example C.I.C."
        if trimmed:
            yield Span(trimmed, start, end, opens)


def _parts(span: Span, text: str, known: Sequence[NameMention], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the names within a run: cut where "and" joins two bodies, or after a body's last word before "for"."""
    cuts = [
        *_cuts_at_and(span, text, known, lexicon),
        *_cuts_at_place(span, known, lexicon),
        *_cuts_at_for(span, text, known, lexicon),
        *_cuts_at_owner(span, text, known, lexicon),
    ]
    position = 0
    for begin, end in sorted(set(cuts)):
        if begin >= position and begin > 0:
            yield _cut(span, position, begin)
        position = end
    if position < len(span.text):
        yield _cut(span, position, len(span.text))


def _cuts_at_and(span: Span, text: str, known: Sequence[NameMention], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the spans of "and" that join two names: beside a known name, between two bodies, before a list's last."""
    for joint in _JOINT.finditer(span.text):
        first = span.text[: joint.start()].split()
        begin, end = span.start + joint.start(), span.start + joint.end()
        named = [one for one in known if one.entity.kind is not EntityKind.PLACE]
        sides = (any(one.end == begin for one in named), any(one.start == end for one in named))
        is_known = all(sides) if "&" in joint[0] else any(sides)
        last_words = {first[-1].lower().rstrip("."), span.text[joint.end() :].split()[-1].lower().rstrip(".")}
        is_two = first[-1].lower().rstrip(".") in lexicon.groups["strong-head"] and (
            last_words <= lexicon.groups["head"] or len(first) > 1
        )
        after = span.text[joint.end() :].split()[0].lower().rstrip(".")
        if {first[-1].lower(), after} <= lexicon.groups["topic"] and not is_known:
            continue  # "Example Domestic Violence and Abuse Services" is one name
        is_shared = _EACH.search(text, span.start + joint.end()) is not None and len(first) > 1
        if is_known or is_two or is_shared or _IN_LIST.search(text[max(0, span.start - 3) : span.start]):
            yield joint.span()


def _cuts_at_place(span: Span, known: Sequence[NameMention], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where a name ends before words of place or time: "the Centre in Pembroke Dock"."""
    for joint in _ON_A_DAY.finditer(span.text):
        yield joint.start(), len(span.text)
    for joint in _WHERE.finditer(span.text):
        at = span.start + joint.end()
        is_place = any(one.entity.kind is EntityKind.PLACE and one.start == at for one in known)
        before = [word for word in span.text[: joint.start()].split() if not lexicon.is_in("not-a-name", word)]
        if is_place or len(before) > 1:
            yield joint.start(), len(span.text)


def _cuts_at_owner(span: Span, text: str, known: Sequence[NameMention], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where an owner ends: a place before what it owns, a body before its unit ("the Council's Advice team")."""
    unit = re.match(r"\s+(\w+)", text[span.end : span.end + 20])
    is_unit = unit is not None and lexicon.is_in("unit", unit[1])
    for joint in _OWNS.finditer(span.text):
        at = span.start + joint.start()
        if is_unit and any(one.end == at and one.entity.kind is EntityKind.ORGANISATION for one in known):
            yield joint.start(), len(span.text)
            continue
        if any(_may_be_place(one) and one.end in (at, at + len(joint[0].rstrip())) for one in known):
            yield joint.span()


def _is_subject(span: Span, text: str, lexicon: Lexicon) -> bool:
    """Return True if a run opens a sentence and a verb of receiving follows before any sum: "X for Y received £5"."""
    after = text[span.end : span.end + 90].split("£")[0]
    words = re.findall(r"[a-z]+", after)
    return "£" not in text[: span.start] and any(
        (verb := lexicon.verbs.get(word)) is not None and verb.verb_class == "get" for word in words
    )


def _cuts_at_for(span: Span, text: str, known: Sequence[NameMention], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where "for" introduces a purpose rather than a part of a name such as "Centre for ..."."""
    for joint in _FOR.finditer(span.text) if not (span.opens and _is_subject(span, text, lexicon)) else ():
        begin = span.start + joint.start()
        is_known = any(one.end == begin and one.entity.kind is not EntityKind.PLACE for one in known)
        last = span.text[: joint.start()].split()[-1].lower().rstrip(".")
        if is_known or last not in lexicon.groups["takes-for"]:
            yield joint.span()


def _trimmed(span: Span, text_around: str, lexicon: Lexicon) -> Span:
    """Return a span without leading words that belong to no name: "March", "Our", "2021"."""
    text, start = span.text, span.start
    is_subject = span.opens and _is_subject(span, text_around, lexicon)
    while text:
        first = re.match(r"\S+\s*", text)
        assert first is not None
        word = first[0].strip().lower()
        plain = word.rstrip(".’'")
        is_verb = plain in lexicon.verbs
        is_opening = (
            span.opens
            and start == span.start
            and ((plain in lexicon.groups["opening"] and not (is_verb and is_subject)) or (is_verb and not is_subject))
        )
        is_title = plain in lexicon.groups["title-noun"] and len(text.split()) > 1
        # "the YOU Trust" writes its name so; a news page's first words are loud as well, and no name
        is_loud = len(word) > 1 and first[0].strip().isupper() and not span.opens and not text.isupper()
        if not (
            is_opening
            or is_title
            or (plain in lexicon.groups["not-a-name"] and not is_loud)
            or re.fullmatch(r"[\d/.–-]+", word)
            or re.fullmatch(_SMALL, word)
        ):
            break
        text, start = text[first.end() :], start + first.end()
    return Span(text, start, span.end, span.opens and start == span.start)


def _cut(span: Span, begin: int, end: int) -> Span:
    text = span.text[begin:end]
    return Span(text, span.start + begin, span.start + end, span.opens and begin == 0)


def _is_name(span: Span, inside: Sequence[NameMention], text: str, lexicon: Lexicon) -> bool:
    words = [word for word in re.findall(r"[^\s()]+", span.text) if word[:1].isupper() or word[:1].isdigit()]
    if not words or not re.search(r"[A-Za-z]{2}", span.text) or re.fullmatch(r"[\d\s]+", span.text):
        return False
    if any(one.start <= span.start and one.end >= span.end for one in inside):
        return False
    if _is_person(span, text, lexicon):
        return False
    if words[-1].lower().strip(".’'") in lexicon.groups["job"]:
        return False
    if inside:
        return _outgrows(span, inside, lexicon)
    following = re.match(r"\s+([a-z]+)\b", text[span.end :])
    if following is not None and lexicon.is_in("award-group", following[1]):
        return False  # "Night Shelter teams" are several, of which none has this name
    plain = [
        word
        for word in words
        if word.lower().strip(".’'") not in lexicon.groups["not-a-name"] | lexicon.groups["common-capital"]
        and not word.isdigit()
    ]
    if not plain:
        return False
    return not (span.opens and len(words) == 1) or (_acts(span, text, lexicon) and not _ABSTRACT.search(words[0]))


def _acts(span: Span, text: str, lexicon: Lexicon) -> bool:
    """Return True if the single word that opens a sentence is a name: a verb follows, and it is not a common word."""
    word = span.text.lower()
    if word in lexicon.groups["party-noun"] or word in lexicon.groups["money-noun"] or word in lexicon.verbs:
        return False
    after = re.match(r"\s*+(?:\([^)]*\)\s*+)?,?\s*+([a-z]+)\b", text[span.end : span.end + 60])
    if after is None or re.search(rf"\b{re.escape(word)}\b", text):
        return False
    verb = lexicon.verbs.get(after[1])
    is_apposed = "," in after[0] and after[1] in ("a", "an")
    return (
        is_apposed
        or after[1] in ("is", "was", "has", "will", "had", "which", "who")
        or (verb is not None and verb.verb_class in ("get", "give", "deliver", "use"))
    )


def _outgrows(span: Span, inside: Sequence[NameMention], lexicon: Lexicon) -> bool:
    """Return True if the words beside the known names turn the whole into another name."""
    covered = [(one.start - span.start, one.end - span.start) for one in inside]
    rest = [
        match[0]
        for match in re.finditer(r"[A-Z][\w’'-]*", span.text)
        if not any(begin <= match.start() < end for begin, end in covered)
    ]
    if _is_local_body(span, inside):
        return True
    own = [
        word
        for word in rest
        if word.lower().rstrip("s") not in lexicon.groups["describing"]
        and word.lower() not in lexicon.groups["not-a-name"]
    ]
    if not own:
        return False
    if all(_may_be_place(one) for one in inside):
        return True
    if any(one.entity.name.startswith(("Police and Crime Commissioner", "Mayor", "Police, Fire")) for one in inside):
        return False  # an office and the name of who holds it
    organisation = next((one for one in inside if one.entity.kind is EntityKind.ORGANISATION), None)
    if organisation is None:
        return False
    last = own[-1].lower().rstrip(".")
    is_plain = not organisation.surface.isupper() and not _OFFICIAL.search(organisation.surface)
    if organisation.end == span.end and is_plain:
        return True  # "Harbour Women's Aid" is not Women's Aid
    if organisation.start == span.start and organisation.surface.isalpha() and organisation.surface.istitle():
        return True  # "Harbour Arts" is not Harbour
    return (
        last in lexicon.groups["head"]
        or "&" in span.text
        or (organisation.end < span.end and organisation.start == span.start and len(own) >= 2)
    )


def _may_be_place(mention: NameMention) -> bool:
    """Return True for the bare name of a place, also if it was read as the council there."""
    return EntityKind.PLACE in {mention.entity.kind, *(one.kind for one in mention.candidates)}


def _is_local_body(span: Span, inside: Sequence[NameMention]) -> bool:
    """Return True for a place directly followed by a body's name: that body's local branch."""
    if len(inside) != 2 or not _may_be_place(inside[0]):
        return False
    place, body = inside
    return (
        body.entity.kind is EntityKind.ORGANISATION
        and place.start == span.start
        and body.end == span.end
        and body.start - place.end == 1
        and not body.surface.isupper()
        and not _OFFICIAL.search(body.surface)
    )


def _is_person(span: Span, text: str, lexicon: Lexicon) -> bool:
    """Return True if nearby words show that a run is a person's name: an office before it, "said" beside it."""
    before = re.findall(r"[\w’'-]+", text[max(0, span.start - 40) : span.start])
    after = re.findall(r"[\w’'-]+", text[span.end : span.end + 25])
    parts = span.text.split()
    is_short = 1 < len(parts) <= 3 and all(re.fullmatch(r"[A-Z][\w’'-]*|[A-Z]\.?", word) for word in parts)
    if not is_short or parts[-1].lower().rstrip(".") in lexicon.groups["head"]:
        return False
    speech, titles = lexicon.groups["speech"], lexicon.groups["title-noun"]
    apposed = text[span.end : span.end + 60].split(",")[1] if text[span.end : span.end + 1] == "," else ""
    if any(word.lower() in titles for word in re.findall(r"[\w-]+", apposed)):
        return True
    return bool(
        (before and (before[-1].lower() in titles or before[-1].lower() in speech))
        or (after and after[0].lower() in speech)
    )
