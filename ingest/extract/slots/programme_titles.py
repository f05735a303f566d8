"""The subject of a notice's title: its words without those of procedure, of money and of the payer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import EntityKind
from ingest.extract.slots.programme_names import ProgrammeMention, ProgrammeNames
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word

_PART = re.compile(r"(?:(?!\s[–—-]+\s|[:;]\s).)+")
_BRACKETS = re.compile(r"\s{0,9}\([^()]*\)")
_APART = re.compile(r"(?<!\w)([‘“'\"]\w[^‘’“”\"]+[’”'\"](?!\w)|(?:Project|Operation)\s+[A-Z]\w+)")
_NUMBERED = re.compile(r"fys?|q\d|\d\w*")
_MOST = 12  #: words of a title's part that may be a name

Word = tuple[str, int, int]  #: the word, where it starts, where it ends


def titled_things(title: str, names: ProgrammeNames) -> list[ProgrammeMention]:
    """Return the programmes that a title names ("GPS pilots 2021/22 contract award"); [] if the title is a sentence."""
    if "£" in title or not _is_nominal(title, names):
        return []
    found = []
    bare = _BRACKETS.sub(lambda match: " " * len(match[0]), title)
    found_in_title = names.names.find(bare)
    apart = [one.span(1) for one in _APART.finditer(bare)]
    apart += [(one.start, one.end) for one in found_in_title if one.entity.kind is EntityKind.FUND]
    for part in _PART.finditer(bare):
        for begin, end in _without_money(bare, part.start(), part.end()):
            words = _without_procedure(bare, _words(bare, begin, end), names)
            if not words or any(start < words[-1][2] and words[0][1] < end for start, end in apart):
                continue
            is_inner = bare[words[0][1]].islower() and bool(bare[part.start() : words[0][1]].strip(" -–—:;"))
            entity = names.entity(title[words[0][1] : words[-1][2]])
            if entity is not None and not is_inner:
                found.append(ProgrammeMention(entity, words[0][1], words[-1][2], ("titled",), "title"))
                break
    return found


def _words(title: str, start: int, end: int) -> list[Word]:
    return [(one[0], one.start(), one.end()) for one in re.finditer(r"\S+", title[:end]) if one.start() >= start]


def _is_nominal(title: str, names: ProgrammeNames) -> bool:
    """Return True for a title that is not a sentence: it has no verb in small letters except those of procedure."""
    groups, verbs = load_thing_words(), names.lexicon.verbs
    words = [word for word in re.findall(r"[\w’'-]+", title) if word.islower() and word not in groups["admin"]]
    opens_sentence = any(plain_word(word) in groups["not-describing"] for word in title.split()[:1])
    return not opens_sentence and not any(word in verbs or word in groups["not-describing"] for word in words)


def _without_money(title: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans before and after the word for money in a part of a title: "X funding for Y" is X, else Y."""
    heads, firm = load_thing_words()["money-behind"], load_thing_words()["fund-head-firm"]
    words = _words(title, start, end)
    at = next((word for word in words if plain_word(word[0]) in heads), None)
    if at is None:
        yield start, end
        return
    if plain_word(at[0]) not in firm or not title[start : at[1]].strip():
        yield start, at[1]
    if not any(plain_word(word) in firm for word, begin, _ in words if begin > at[2]):
        yield at[2], end


def _without_procedure(title: str, words: list[Word], names: ProgrammeNames) -> list[Word]:
    """Return the words of a title's part without words of procedure at both ends; none if they are not a name."""
    parties = [
        one for one in names.names.find(title) if one.entity.kind is EntityKind.ORGANISATION and one.entity.verified
    ]
    while words and (_is_procedure(words[0][0]) or any(one.start <= words[0][1] < one.end for one in parties)):
        words = words[1:]
    while words and _is_procedure(words[-1][0]):
        words = words[:-1]
    words = [(word.rstrip(","), start, end - len(word) + len(word.rstrip(","))) for word, start, end in words]
    return words if _may_be_name([word for word, _, _ in words], names) else []


def _is_procedure(word: str) -> bool:
    plain = plain_word(word)
    is_number = not re.search(r"[A-Za-z]{2}", word) or _NUMBERED.fullmatch(plain) is not None
    return is_number or plain in load_thing_words()["admin"]


def _may_be_name(words: Sequence[str], names: ProgrammeNames) -> bool:
    """Return True for a few words that are not all general, or that end in a kind of programme."""
    groups = load_thing_words()
    plain = [plain_word(word) for word in words]
    if not 1 < len(words) < _MOST and not (len(words) == 1 and words[0].isupper()):
        return False
    if not words[0][:1].isalpha() or (len(words) < 3 and words[0][:1].islower()):
        return False
    if not groups["no-title"].isdisjoint(plain) or {plain[0], plain[-1]} & groups["section"]:
        return False
    general = groups["generic"] | groups["section"] | groups["admin"] | names.lexicon.groups["not-a-name"]
    is_kind = plain[-1] in groups["kind"] and len(words) > 2 and not are_all_in(list(words), groups["admin"])
    return is_kind or not are_all_in(list(words), general)
