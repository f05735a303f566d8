"""Normalise characters: drop invisible ones and footnote marks, unify spaces, join split letters.

This is done before a text becomes Document.text, so offsets always refer to the normalised text.
"""

from __future__ import annotations

import re
import unicodedata

_GONE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffc"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\u00ad[^\S\n]*\n[^\S\n]*(?=\w)"), ""),  # a word broken where it may be
    (re.compile(f"[{_GONE}]"), ""),
    (re.compile(f"[{_SPACES}]"), " "),
    (re.compile("[\u2010\u2011\u2212\ufe63\uff0d]"), "-"),
    (re.compile("[\x0b\x85\u2028\u2029]"), "\n"),
    (re.compile("\ufffd(?=\\d)"), "£"),  # a sign that an encoding lost
    (re.compile("\ufffd"), ""),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MISREAD = re.compile(r"[ÂÃâ][\u0080-\u00ff€™˜œšž“”‘’–—…†‡•›]{1,2}")  #: UTF-8 taken for Windows-1252
#: ligatures, full-width forms, letters of formulae: each is written as the letters it stands for
_FORMS = re.compile("[\ufb00-\ufb06\uff01-\uff5e\uffe1\U0001d400-\U0001d7ff]")

_RAISED = "¹²³⁰⁴-⁹"
_AFTER = r"(?<=[\w.,;:)\]'’\"”%])"
_SUMS = (r"£\d", r"£\d\d", r"£\d{3}", r"£\d{4}", r",\d{3}", r",\d{3}\.\d\d", r"\d[kKmM]", r"\dbn", r"illion", r"ousand")
_AFTER_SUM = f"(?:{'|'.join(f'(?<={sum})' for sum in _SUMS)})"
_THOUSANDS = "|".join(rf"(?<={digits},\d{{3}})" for digits in (r"£\d", r"£\d\d", r"£\d{3}", r",\d{3}"))
_MARKS = (
    rf"{_AFTER}[^\S\n]?(?<!\sm)(?<!km)(?<!ft)[{_RAISED}]+(?:[,\s][{_RAISED}]+)*(?!\w)",
    rf"{_AFTER}[†‡§](?!\w)",
    r"<sup>\s*\[?(?:\d{1,2}|[a-e*†‡])\]?\s*</sup>",
    rf"{_AFTER}[^\S\n]?\[(?:\^[\w-]{{1,12}}|(?:foot)?note[\s-]?\d{{1,2}}|\d{{1,2}})\](?![(:])",
    rf"{_AFTER_SUM}\((?:\d{{1,2}}|[a-e]|\*{{1,3}})\)(?![\w(])",
    rf"{_AFTER_SUM}[^\S\n]\((?:\d|[a-e]|\*{{1,3}})\)(?=[^\S\n]*(?:[\t|\n]|\Z))",  # at the end of a cell
    rf"(?:{_THOUSANDS})[1-9](?![\d,.%])",  # a raised digit that lost its place: £45,0001
)
_MARK = re.compile("|".join(_MARKS))
_STARS = re.compile(r"(?:(?<=[\w.)%])\*|(?<=\d)\*{2,3})(?=[\s|,;:.)]|\Z)")
_OPENING_STAR = re.compile(r"(?<![\w*.)%])\*{1,3}(?=[^\s*])")


def tidy(text: str) -> str:
    """Return the text without typographic artefacts: invisible signs, odd spaces, split letters, footnote marks."""
    text = _CONTROLS.sub("", text)
    if not text.isascii():
        text = _MISREAD.sub(_as_meant, text)
        for pattern, put in _RULES:
            text = pattern.sub(put, text)
        text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        text = unicodedata.normalize("NFC", text)
    text = _MARK.sub("", text)
    if "*" not in text:
        return text
    return "\n".join(line if _OPENING_STAR.search(line) else _STARS.sub("", line) for line in text.split("\n"))


def _as_meant(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]
