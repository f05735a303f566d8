"""Who signed a decision and when; the date beside an officer's advice is not the decision's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.parse.dates import find_dates, parse_date
from ingest.document import Block, BlockKind, Document
from ingest.extract.decisions.body_lists import deciders

_DECIDERS = r"deputy mayor|mayor|commissioner|p?f?cc|pcvc|leader|cabinet member"
_OFFICER = (
    r"officer|chief (?:executive|finance|constable)|head of|director|treasurer|secretary|manager|monitoring|solicitor",
    r"lawyer|accountant|author|originat\w+|advice|consulted|prepared",
)
_APPROVES = (
    r"has my approval|preclude me from (?:making|taking) this decision|hereby approve|request is approved",
    r"i (?:hereby )?(?:approve|agree|support|confirm (?:the|that the) (?:above )?decision)|decision (?:is )?approved",
    r"approved by the (?:police|commissioner|pcc)",
)
_ADVISES = re.compile(
    r"i have been consulted|satisfied that this is an appropriate request|to be submitted to", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:signature|signed|sign(?:ed)? by|dated?|date signed|date of (?:decision|approval))\b", re.IGNORECASE
)
_SIGNER = re.compile(r"(?P<role>[A-Z].{2,60}?)\s+sign(?:ed|ature)?\s*:", re.IGNORECASE)
_APPROVAL_OF = re.compile(r"(?:for )?(?:the )?approval (?:of|by)(?: the)?\s+(?P<who>.+)", re.IGNORECASE)


@dataclass(slots=True)
class _Signature:
    """A place where somebody signs: the role, and the date beside it."""

    role: str
    decides: bool
    date: str | None = None
    advises: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """The decision maker, the date of the decision and the dates of advice, from the signature blocks."""

    decided_by: str | None
    signed: str | None
    advised: tuple[str, ...]  #: dates beside officers' signatures


def read_signatures(document: Document) -> Signatures:
    """Return the decision maker and the date, read from the blocks where people sign."""
    signatures = list(_signatures(document))
    deciding = [signature for signature in signatures if signature.decides]
    dated = [signature for signature in deciding if signature.date]
    role = next((signature.role for signature in [*dated, *deciding] if signature.role), None)
    advised = tuple(dict.fromkeys(s.date for s in signatures if s.date and not s.decides and (s.role or s.advises)))
    return Signatures(role, dated[0].date if dated else None, advised)


def _signatures(document: Document) -> Iterator[_Signature]:
    """Yield the signatures of the document; the nearest role or statement above a signature says who signs."""
    current, signs = _Signature("", False), False
    for block, words in _lines(document):
        opened = _opened(block, words, current)
        if opened is not None:
            if signs:
                yield current
            current, signs = opened
            continue
        if _says(_APPROVES, words):
            if signs and not current.decides and current.date is not None:
                yield current
                current = _Signature("", True)
            current.decides, signs = True, True
        elif _ADVISES.search(words):
            current.decides, current.advises, signs = False, True, True
        if block.kind is not BlockKind.FIELD or block.field_name.lower() not in {"date", "dated"} or signs:
            current, signs = _with_line(current, words, signs)  # else it is the date of the report, in its head
    if signs:
        yield current


def _opened(block: Block, words: str, current: _Signature) -> tuple[_Signature, bool] | None:
    """Return the signature that a line opens, and whether the line signs at once; None if it opens no signature."""
    signer = _SIGNER.match(words)
    if signer is not None and _is_role(signer["role"]):
        return _Signature(_role(signer["role"]), _decides(signer["role"]), _date_in(words)), True
    if block.kind is not BlockKind.HEADING and not _is_role(words):
        return None
    role = _role(words)
    nested = block.kind is not BlockKind.HEADING and not role
    return (current if nested else _Signature(role, _decides(words))), False


def _with_line(current: _Signature, words: str, signs: bool) -> tuple[_Signature, bool]:
    """Return the signature completed by the role or date in a line, and whether somebody signs there."""
    if _LABEL.match(words):
        if current.role == "" and _is_role(_after_label(words)):
            approved = current.decides and current.date is None
            current = _Signature(_role(_after_label(words)), approved or _decides(words))
        signs = True
    elif not signs or len(words) > 40:
        return current, signs
    current.date = current.date or _date_in(words)
    return current, signs


def _lines(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the document's blocks as lines of words; a table gives one line per row."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            for row in [*block.header, *block.rows]:
                yield block, " ".join(text for text in row.texts if text)
        elif block.kind is BlockKind.FIELD:
            if not (block.section == "" and block.field_name.lower() not in {"signed", "signature", "date"}):
                yield block, f"{block.field_name} {block.text}"
        else:
            yield block, block.text


def _says(phrases: tuple[str, ...], words: str) -> bool:
    return re.search(rf"\b(?:{'|'.join(phrases)})\b", words, re.IGNORECASE) is not None


def _names_decider(words: str) -> bool:
    return deciders(_DECIDERS, re.IGNORECASE).search(words) is not None


def _is_role(words: str) -> bool:
    """Return True if a line is only a role ("Chief Executive Officer"), as above a signature."""
    return (
        0 < len(words) <= 90
        and words[-1] not in ".;:?"
        and not find_dates(words)
        and not re.search(r"\d{3}|\bsign(?:ed|ature)?\s*:|\b(?:log|register|notice)\Z", words, re.IGNORECASE)
        and _LABEL.match(words) is None
        and len(words.split()) <= 10
        and bool(_names_decider(words) or _says(_OFFICER, words))
        and words[0].isupper()
    )


def _role(words: str) -> str:
    match = _APPROVAL_OF.fullmatch(words)
    role = (
        match["who"]
        if match
        else re.sub(r"\s{1,9}(?:approval|decision|signature|comments?|statement)\Z", "", words, flags=re.IGNORECASE)
    )
    role = role.strip(" :")
    return (titled(role) if role.isupper() and " " in role else role) if _is_role(role) else ""


def _decides(words: str) -> bool:
    """Return True if a role or heading is the decision maker's, not an officer's (unless the commissioner's own)."""
    if _APPROVAL_OF.fullmatch(words) and _names_decider(words):
        return True
    return _names_decider(words) and not _says(_OFFICER, words)


def titled(words: str) -> str:
    """Return a line of capitals in the form of a title: "CHIEF OFFICER" becomes "Chief Officer"."""
    small = {"and", "for", "of", "the"}
    return " ".join(word.lower() if word.lower() in small else word.capitalize() for word in words.split())


def _after_label(words: str) -> str:
    return re.sub(r"\A(?:signature|signed(?: by)?)\s*[:.–-]*\s*", "", words, flags=re.IGNORECASE)


def _date_in(words: str) -> str | None:
    found = find_dates(words)
    if found:
        return found[0].date
    return parse_date(re.sub(r"\A.*?\b(?:date|dated)\b\s*:?\s*", "", words, flags=re.IGNORECASE))
