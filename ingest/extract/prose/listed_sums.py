"""Lists that stand for tables: lines or paragraphs that hold nothing but names, each with its sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import EntityKind, FlowKind
from graph.names.index import looks_like_organisation, new_entity
from graph.names.new_names import has_legal_head, is_left_open, kind_of_name
from graph.parse.money import MoneyMention, find_money
from graph.parse.years import find_years
from ingest.document import Block, BlockKind, Document
from ingest.extract.drafts import Draft, Origin
from ingest.extract.prose.frames import Act
from ingest.extract.prose.sentence_words import Lead
from ingest.extract.scope.document import Scope
from ingest.extract.sentences import Sentence
from ingest.extract.tables.row_parties import RowParties, label_parties

_SEPARATOR = re.compile(r"[\s:–—=-]*$")
_REST = re.compile(r"\s*(?:\([^()£]{0,80}\)|p\.?a\.?|per\s+annum|[;,.*]|and\b|\s)*")
_NAME_AFTER = re.compile(r"\s*(?:\([^()£]{0,40}\)\s*)?[–—:-]\s*(?P<name>[A-Z][^\n£.;]*?)\s*(?:\([^()£]*\))?[\s;.,]*")
_SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "&", "-", "–", "+")
)
_TOTAL = re.compile(r"\b(?:totals?|overall|sub-?total|balance|remaining|unallocated|grand)\b", re.I)
_TO_BODIES = re.compile(
    r"\b(?:organisations?|partners?|providers?|recipients?|applicants?|councils?|boroughs?|bodies|charities|agencies"
    r"|authorities|partnerships?|groups?|(?:grant|funding)\s+(?:funding\s+)?(?:allocations?|awards?)|grants?\s+to)\b",
    re.I,
)
_BODY = re.compile(
    r"\b(?:Services?|Team|Partnership|Network|Watch|Board|Group|Unit|Crisis|Aid|Association|Club|Church|Charity|Centre"
    r"|Trust|Foundation|Council|Society|Police|Ltd|Limited|CIC|CIO|MBC|MDC|BC|University|College|Academy|School)\b"
)
_ORGANISATION = EntityKind.ORGANISATION
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and its sum; offsets into the sentence."""

    label: str
    money: MoneyMention
    start: int
    end: int


def read_entries(text: str, sums: Sequence[MoneyMention]) -> list[Entry]:
    """Return the entries of a text that is nothing but names with their sums; none of any other text."""
    entries: list[Entry] = []
    place = 0
    for money in sums:
        before = _last_line(text[place : money.start])
        label = re.sub(r"^[\s;,.•*-]*(?:o\s+)?(?:and\s+)?", "", _SEPARATOR.sub("", before))
        if not _is_label(label) or money.qualifier or money.part:
            return []
        rest = _REST.match(text, money.end)
        end = rest.end() if rest else money.end
        entries.append(Entry(re.sub(r"\s+", " ", label), money, money.start - len(before.lstrip()), end))
        place = end
    after = text[place:].strip()
    return entries if not re.search(r"\w", after) or ("\n" in text[: place + 1] and _is_label(after)) else []


def _sum_first(text: str, sums: Sequence[MoneyMention]) -> list[Entry]:
    """Return the one entry of a line that is a sum, a dash and a name: "£5,000 – X (for Y)"."""
    if len(sums) != 1 or re.search(r"\w", text[: sums[0].start]):
        return []
    name = _NAME_AFTER.fullmatch(text, sums[0].end)
    if name is None or sums[0].qualifier or not _is_label(name["name"]):
        return []
    return [Entry(re.sub(r"\s+", " ", name["name"].strip()), sums[0], sums[0].start, len(text.rstrip()))]


def _last_line(before: str) -> str:
    """The line that a sum stands on; a line above it, where both are labels, is a heading in the list."""
    head, _, line = before.rstrip("\n").rpartition("\n")
    return line if _is_label(head.strip()) and _is_label(_SEPARATOR.sub("", line).strip()) else before


def _is_label(label: str) -> bool:
    """Return whether words are a name or a heading: capitals but for small words, or a payee left open."""
    words = re.sub(r"\([^()]*\)", " ", label).split()
    if not words or len(label) > _LONGEST or re.search(r"[.;?!]\s|£", label):
        return False
    if is_left_open(label):
        return label[0].isupper()
    return label[0].isupper() and all(
        word.lower() in _SMALL or not word[0].isalpha() or word[0].isupper() for word in words
    )


def entry_drafts(
    scope: Scope, sentence: Sentence, origin: Origin, lead: Lead | None, entries: Sequence[Entry]
) -> list[Draft]:
    """Return a draft for each entry; the words that lead up to the list say whether those named get the money."""
    return [_draft(scope, sentence, origin, lead, entry) for entry in entries]


def _draft(scope: Scope, sentence: Sentence, origin: Origin, lead: Lead | None, entry: Entry) -> Draft:
    parties = _parties(scope, lead, entry.label)
    years = tuple(year for found in find_years(sentence.text[entry.start : entry.end]) for year in found.years)
    is_total = bool(_TOTAL.search(entry.label))
    gets = parties.recipient is not None or bool(parties.recipient_words)
    return Draft(
        amount=entry.money.amount,
        evidence=[sentence.evidence(entry.start, entry.end)],
        origin=origin,
        basis=entry.money.basis,
        years=years or (lead.years if lead is not None else ()),
        funder=parties.funder,
        recipient=parties.recipient,
        recipient_words=parties.recipient_words,
        programmes=parties.programmes or (lead.programmes if lead is not None else ()),
        programmes_settled=bool(parties.programmes),
        place=parties.place,
        fund=parties.fund or (lead.fund if lead is not None else None),
        kind=FlowKind.GRANT if gets else FlowKind.ALLOCATION,
        per_year=entry.money.per_year,
        is_total=is_total,
        whole=lead.whole if lead is not None and not is_total else None,
        label=entry.label,
    )


def _parties(scope: Scope, lead: Lead | None, label: str) -> RowParties:
    if is_left_open(label):
        return RowParties(words=label, funder=scope.body, recipient_words=label)
    read = label_parties(scope, label)
    known = scope.names.resolve(label, context=scope.context, as_payee=True)
    if known is None and kind_of_name(label) is EntityKind.FUND and looks_like_organisation(label):
        return RowParties(words=label, funder=scope.body, fund=new_entity(label, EntityKind.FUND))
    if known is None and has_legal_head(label) and looks_like_organisation(label):
        return RowParties(words=label, funder=scope.body, recipient=new_entity(label, _ORGANISATION))
    if lead is not None and lead.act in (Act.GIVE, Act.ALLOCATE) and read.recipient == scope.body:
        read = RowParties(words=label, funder=scope.body, programmes=read.programmes, fund=read.fund)
    named = bool(_BODY.search(label)) or (lead is not None and bool(_TO_BODIES.search(lead.text)))
    if read.recipient is None and not read.programmes and read.fund is None and named:
        bare = re.sub(r"\s*\([^()]*\)\s*$", "", label)
        if looks_like_organisation(bare):
            return RowParties(words=label, funder=scope.body, recipient=new_entity(bare, _ORGANISATION))
    return read


def list_entries(document: Document, block: Block) -> list[Entry]:
    """Return the entries of a block that is a list of names and sums, whatever list markup it has lost."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return []
    text = document.text[block.start : block.end]
    sums = [money for money in find_money(text) if money.amount > 0]
    return _sum_first(text, sums) or read_entries(text, sums)
