"""Decision references in the style of each body, and one normalised key for each decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.parse.windows import digit_windows, matches_in

_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "_": "-"})
_SEP = r"\s{0,9}[-–—‐‑−/._]\s{0,9}"
_YEAR = r"(?:19|20)\d\d"
_DECISION_YEAR = r"20[12]\d"
_LONGEST_NUMBER = 100  #: digits; Python itself converts no more than 4,300
_LIST = re.compile(r"\s*(?:,|;|&|/|\band\b|\bor\b)\s*(?:and\s+)?", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"(\d{2,4})(?![\d/]|[-–.,]\d)")
_LIST_YEAR_NUMBER = re.compile(rf"({_YEAR})(?:\s+|{_SEP})(\d{{1,3}})(?![\d/-])")
_MAY_FOLLOW = re.compile(
    r"\s*(?:$|[^\w\s]|and\b|or\b|refers?\b|which\b|that\b|were\b|was\b|are\b|is\b|have\b|has\b|ha[ds]\b|approved\b|sets?\b|"
    r"gave\b|in\b|on\b|for\b|to\b|from\b|by\b|of\b|also\b|both\b|signed\b|as\b|respectively\b|relate)",
    re.IGNORECASE,
)

_BEFORE_NUMBER = r"(?:\s{1,9}(?:no\.?|numbers?|ref\.?|reference))?\s{0,9}[-–—:.]?\s{0,9}(?:PCD\s{0,9})?\(?"

#: Mayor's Office for Policing and Crime: "PCD 9001", "DMPC Decision - 9001", "DMPCD 2015 96", "CEOD 26.2023".
_MOPAC = re.compile(
    rf"""\b(?:
    (?P<old>DMPC\s{{0,9}}Decisions?|DMPCDs?|DMPC){_BEFORE_NUMBER}
      (?:(?P<year>{_YEAR})(?:\s{{1,9}}|{_SEP})(?P<of_year>\d{{1,3}})
        |(?P<number>\d{{1,4}})(?:(?:\s{{1,9}}|{_SEP}|\s{{1,9}}in\s{{1,9}})(?P<late_year>{_YEAR}))?)
    |(?P<new>PCDs?|PDCs?|PD){_BEFORE_NUMBER}
      (?:(?P<year_of_new>20\d\d)[/-](?P<of_year_of_new>\d{{1,3}})|(?P<number_of_new>\d{{1,4}}))
    )(?![\d/]|-\d)""",
    re.IGNORECASE | re.VERBOSE,
)

#: Codes that other bodies print with letters of their own.
_CODED = re.compile(
    rf"""\b(?:
     CEOD\s?\d{{1,4}}(?:{_SEP}{_YEAR})?
    |(?:MD|DD)\s?\d{{3,4}} | (?-i:ADD)\s?\d{{3,4}} | ADD\d{{3,4}}
    |WPCC?\s?\d{_SEP}\d{{4}} | WPCC?\d{{5}}
    |PCC{_SEP}(?:[A-Z]{{1,3}}{_SEP})?D{_SEP}(?:{_YEAR}{_SEP})?\d{{1,4}}
    |EXE\s?\d{{3,4}}/\d\d
    |PCCML{_SEP}\d{{3,6}}{_SEP}{_YEAR}
    |AHWB{_SEP}\d{{1,3}}{_SEP}{_YEAR}
    |ocds-[a-z0-9]{{4,8}}-[a-z0-9-]*[a-z0-9]
    |Executive\s+Order\s+\d{{2,5}}
    |(?:DN|DRF|DR|DEC|CX)\s?\d{{1,6}}{_SEP}\d{{2,6}}
    )(?![\w/])""",
    re.IGNORECASE | re.VERBOSE,
)

_NUMBERED = (
    rf"(?:{_YEAR}{_SEP}(?:{_YEAR}|\d\d)(?:{_SEP}|\s+)\d{{2,5}}"  # 2022-2023-0034, 2023/24 0003
    rf"|\d\d{_SEP}\d\d(?:{_SEP}|\s+)\d{{3,5}}"  # 22-23-0040
    rf"|\d{{1,3}}{_SEP}{_YEAR}{_SEP}\d\d"  # 44/2024-25
    rf"|\d{{1,3}}{_SEP}{_YEAR}"  # 38/2022, 12 - 2015
    rf"|{_YEAR}{_SEP}\d{{1,8}}"  # 2020-18, 2021-00270419
    rf"|\d{{3}}{_SEP}\d\d"  # 113 - 23
    rf"|\d\d/0\d\d"  # 17/008
    rf"|\d{{3,6}})(?![\w/]|[-.]\d)"
)

#: A number after the word that makes it a reference: "Decision 38/2022", "ref: 2660", "Decision Record 118".
_WORDED = re.compile(
    rf"""\b(?:(?:(?-i:[A-Z]{{2,6}})\s{{1,9}})?decisions?(?:\s{{1,9}}(?:notice|record|paper|form|log|request))?
    (?:\s{{1,9}}(?:no\.?|number|ref\.?|reference(?:\s{{1,9}}(?:code|number))?|id))?|ref(?:erence)?(?:\s{{1,9}}(?:code|no\.?|number))?\.?)
    \s{{0,9}}[-–:#]?\s{{0,9}}(?P<id>(?:DRF\s{{0,9}})?{_NUMBERED})""",
    re.IGNORECASE | re.VERBOSE,
)
_FORM_FIRST = re.compile(rf"\b(?P<id>\d{{3}}\s+Decision\s+Form\s+{_YEAR}/\d\d)\b", re.IGNORECASE)

#: Numbers whose shape alone says that they are no year, date or range.
_BARE = re.compile(
    rf"""(?<![\w£/.,-])(?:{_YEAR}-{_YEAR}-\d{{4}} | {_YEAR}[-/]\d\d[-\s]0\d{{3}} | \d\d-\d\d-0\d{{3}}
    |{_YEAR}-(?:0\d{{3,7}}|[3-9]\d{{3}}|\d{{5,8}})
    |(?:0\d\d|1[3-9]|[2-9]\d|1\d\d)/{_YEAR}(?:[-_]\d\d)?
    |0\d\d\s?[-–]\s?[12]\d
    |\d{{1,3}}/{_YEAR}[-_]\d\d
    |\d\d/0\d\d)(?![\w/]|[-.,]\d)""",
    re.VERBOSE,
)
_LEADING_WORDS = re.compile(
    r"^(?:[A-Z]{2,6}\s+(?=DECISION))?(?:DECISIONS?|REFERENCE|REF|DRF|DR|DN|NOTICE|RECORD|PAPER|FORM|CODE|NUMBER|NO|ID|LOG|[\s.:#-])+"
    r"(?=\d)"
)


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """One decision that a text names by its reference."""

    reference: str  #: tidy printed form; a number that shares a prefix gets it ("PCD 890 and 1561" -> "PCD 1561")
    key: str  #: the same for every printed form of one reference
    start: int
    end: int
    text: str  #: the words at [start:end]


def find_references(text: str) -> list[ReferenceMention]:
    """Return the references in a text, in order, without overlaps. A bare number is no reference."""
    found: list[ReferenceMention] = []
    windows = digit_windows(text, before=40, after=25)
    for match in matches_in(_MOPAC, text, windows):
        found.extend(_mopac_mentions(text, match))
    for pattern in (_CODED, _FORM_FIRST, _WORDED, _BARE):
        for match in matches_in(pattern, text, windows):
            mention = _plain_mention(match)
            if mention and not any(m.start < mention.end and mention.start < m.end for m in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def parse_reference(text: str) -> ReferenceMention | None:
    """Return the reference that a whole text (a cell, a field) is, or None. Here a bare number ("000756") counts."""
    words = text.strip(" .,;:()[]*\n\t")
    start = text.find(words)
    found = find_references(words)
    if found and len(found[0].text) >= len(words) - 2:
        return ReferenceMention(found[0].reference, found[0].key, start, start + len(words), words)
    if re.fullmatch(rf"(?:[A-Z]+(?:[\s./-]|(?![A-Z])))*(?:{_NUMBERED}|\d{{1,3}}{_SEP}\d{{1,4}})", words, re.IGNORECASE):
        return ReferenceMention(re.sub(r"\s+", " ", words), reference_key(words), start, start + len(words), words)
    return None


def reference_key(text: str) -> str:
    """Return the key of a printed reference: capitals, dashes, no leading zeros, no words such as "Decision"."""
    plain = re.sub(r"\s+", " ", text.translate(_DASHES)).strip(" .,;:()[]").upper()
    mopac = _MOPAC.search(plain)
    if mopac and _is_mopac(mopac):
        return _mopac_key(*_mopac_parts(mopac))
    form = re.fullmatch(r"(\d+) DECISION FORM ([\d/]+)", plain)
    plain = f"{form[1]}-{form[2]}" if form else _LEADING_WORDS.sub("", plain)
    if plain.startswith("OCDS-"):
        return plain
    warwick = re.fullmatch(r"WPCC? ?(\d)[ /.-]*(\d{4})", plain)
    if warwick:
        return f"WPCC{warwick[1]}-{int(warwick[2])}"
    groups = re.findall(r"[A-Z]+|\d+", plain)
    letters = [group for group in groups if not group.isdigit()]
    numbers = _with_full_years([group for group in groups if group.isdigit()])
    return " ".join(part for part in ("-".join(letters), "-".join(numbers)) if part)


def _mopac_key(prefix: str, year: str, number: str) -> str:
    return f"{prefix} {year}-{int(number)}" if year else f"{prefix} {int(number)}"


def _mopac_parts(match: re.Match[str]) -> tuple[str, str, str]:
    """Return prefix, year and number; the year is "" except in the old style, which counts within a year."""
    year = match["year"] or match["late_year"] or match["year_of_new"] or ""
    number = match["of_year"] or match["number"] or match["of_year_of_new"] or match["number_of_new"]
    word = (match["old"] or match["new"]).upper().rstrip("S")
    return ("DMPCD" if word == "DMPCD" or year else "PCD"), year, number


def _is_mopac(match: re.Match[str]) -> bool:
    """Return True if the match is a reference rather than a prefix beside a year or a short number."""
    word, (_, year, number) = (match["old"] or match["new"]).upper(), _mopac_parts(match)
    if year:
        return True
    if match["old"] and re.fullmatch(_DECISION_YEAR, number):
        return False
    return word not in {"PD", "DMPC"} or len(number) > 2


def _mopac_mentions(text: str, match: re.Match[str]) -> list[ReferenceMention]:
    prefix, year, number = _mopac_parts(match)
    if not _is_mopac(match):
        return []
    mentions = [_mopac_mention(prefix, year, number, text, match.start(), match.end())]
    end = match.end()
    while joint := _LIST.match(text, end):
        follower = (_LIST_YEAR_NUMBER if year else _LIST_NUMBER).match(text, joint.end())
        if not follower or not _MAY_FOLLOW.match(text, follower.end()):
            break
        next_year, next_number = (follower[1], follower[2]) if year else ("", follower[1])
        if re.fullmatch(_DECISION_YEAR, next_number) or (len(next_number) < 3 and not year):
            break
        mentions.append(_mopac_mention(prefix, next_year, next_number, text, follower.start(), follower.end()))
        end = follower.end()
    return mentions


def _mopac_mention(prefix: str, year: str, number: str, text: str, start: int, end: int) -> ReferenceMention:
    reference = f"{prefix} {year} {number}" if year else f"{prefix} {number}"
    return ReferenceMention(reference, _mopac_key(prefix, year, number), start, end, text[start:end])


def _plain_mention(match: re.Match[str]) -> ReferenceMention | None:
    words = match.group()
    number = match["id"] if "id" in match.re.groupindex else words
    if match.re is _WORDED and (re.fullmatch(_YEAR, number) or _is_year_of_decisions(words, number)):
        return None
    tidy = re.sub(
        r"^ref(?:erence)?(?:\s+(?:code|no\.?|number))?[\s.:#-]*", "", re.sub(r"\s+", " ", words), flags=re.IGNORECASE
    )
    return ReferenceMention(tidy, reference_key(words), match.start(), match.end(), words)


def _is_year_of_decisions(words: str, number: str) -> bool:
    """Return True if "decisions 2023/24" names a year; "Decision 2020-21" is a reference."""
    pair = re.fullmatch(rf"({_YEAR}){_SEP}(\d\d)", number)
    return pair is not None and int(pair[2]) == (int(pair[1]) + 1) % 100 and not re.match(r"Decision\b", words)


def _with_full_years(numbers: list[str]) -> list[str]:
    """Return the numbers without leading zeros; a financial year among them becomes "2022-23"."""
    values = [_without_zeros(number) for number in numbers]
    if len(values) == 3:
        for place in (0, 1):
            if len(numbers[place]) not in {2, 4} or len(numbers[place + 1]) not in {2, 4}:
                continue
            first, second = int(numbers[place]) % 100, int(numbers[place + 1]) % 100
            if second == first + 1 and 5 <= first <= 40:
                pair = [str(2000 + first), f"{second:02d}"]
                rest = [values[0]] if place else [values[2]]
                return rest + pair if place else pair + rest
    return values


def _without_zeros(number: str) -> str:
    """Return a number without leading zeros; a number too long for a reference stays as written."""
    return str(int(number)) if len(number) <= _LONGEST_NUMBER else number.lstrip("0")
