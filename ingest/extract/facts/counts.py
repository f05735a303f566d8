"""Counts of awards, shares of money and declined bids, as a sentence prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.words.lexicon import Lexicon

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: value for value, word in enumerate(_UNITS.split(), 1)} | {
    word: value * 10 for value, word in enumerate(_TENS.split(), 2)
}
_MORE = r"(?:(?:more than|over|up to|nearly|almost|around|about|some|at least|upwards of)\s+)?"
_COUNT = re.compile(
    rf"(?<![£\d,./-])\b(?P<more>{_MORE})(?P<number>\d{{1,3}}|(?:(?:{'|'.join(_TENS.split())})-?)?(?:{'|'.join(_UNITS.split())})|{'|'.join(_TENS.split())})"
    r"\s+(?:(?:different|local|community|of|the|new|more|voluntary|successful|further|other|London|innovative|grassroots)\s+)*(?P<what>[\w'’-]+(?:\s+[\w'’-]+){0,3})",
    re.I,
)
_GIVEN = re.compile(
    r"£|\b(?:award|approv|succe|shar|receiv|recommend|support|benefit|gain)\w*|\b(?:won|win|lucky|given|gave|handed)\b",
    re.I,
)
_ASKED = re.compile(r"\b(?:invit\w+|(?:can|could|may|to) (?:bid|apply)|open (?:to|for))\b", re.I)  #: none given yet
_OF_THEM = re.compile(
    rf"(?:\b(?:of (?:which|these|them|the \d+)|among the)\s+|,\s+)(?P<more>{_MORE})"
    rf"(?P<number>\d{{1,3}}|(?:{'|'.join(_UNITS.split())}))\s+"
    r"(?:(?:that|which|were|was|are|have|had|will|did)\s+(?:\w+\s+){0,2}?)?"
    r"(?:won|win|succeeded|successful|approved|recommended|lucky|received|awarded|funded|given|share|shared|supported)\b",
    re.I,
)
_SHARE = re.compile(r"\b(\d{1,2}(?:\.\d+)?)\s?(?:%|per cent\b|percent\b)")
_DECLINED = re.compile(r"\b(?:declin|reject|refus)(?:ed|es|e)\b|\bturned down\b|\b(?:would|will) not fund\b", re.I)
_LOTS = re.compile(r"\s{0,9}\([^()]*\)")


def counts_in(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the number of awards that a sentence gives, as printed: "more than 20", "39"."""
    if _ASKED.search(text) or not (_GIVEN.search(text) or _has_cue(text, lexicon)):
        return
    for match in _OF_THEM.finditer(text):  # "of 83 bids 39 were approved"
        yield f"{match['more'].lower()}{_value(match['number'])}"
    for match in _COUNT.finditer(text):
        words = match["what"].lower().split()
        if not any(lexicon.is_in("counted", word) for word in words[:3]):
            continue
        value = _value(match["number"])
        before = text[: match.start()].split()
        is_label = bool(before) and (lexicon.is_in("numbered", before[-1]) or before[-1].isupper())  # "tier 2", "PCD 7"
        if value > 1 and not is_label:
            yield f"{match['more'].lower()}{value}"


def _has_cue(text: str, lexicon: Lexicon) -> bool:
    cues = {cue for cue, pattern in lexicon.cues["award"] if pattern.search(text)}
    return bool(cues & {"grant", "won", "support", "share"})


def _value(number: str) -> int:
    """Return the value of a number in figures or in words."""
    return int(number) if number.isdigit() else sum(_NUMBERS[part] for part in number.lower().split("-"))


def shares_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield (share, offset) for each share in a sentence, the share as "3%"."""
    for match in _SHARE.finditer(text):
        yield f"{match[1]}%", match.start()


def declined_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield (words, offset of the verb) for each thing that a sentence says was declined."""
    verb = _DECLINED.search(text)
    if verb is None:
        return
    rest = text[verb.end() :]
    head, colon, listed = rest.partition(":")
    parts = (
        re.split(r";\s*(?:and\s+)?", _LOTS.sub("", listed))
        if colon and len(head) < 60
        else [re.split(r"[.;,(]", rest)[0]]
    )
    for part in parts:
        words = re.sub(r"^(?:the|an?)\s+", "", part.strip(" ."))
        if len(words.split()) > 1:
            yield words, verb.start()
