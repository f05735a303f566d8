"""Sentences to drafts: who pays whom, as a sentence and its neighbours say it."""

from __future__ import annotations

import re

from graph.model import FlowKind
from ingest.document import Block, BlockKind
from ingest.extract.drafts import Draft, Origin
from ingest.extract.prose.listed_sums import entry_drafts, list_entries
from ingest.extract.prose.sentence_flows import SentenceReader
from ingest.extract.prose.sentence_words import Lead
from ingest.extract.scope.document import Scope
from ingest.extract.sections import origin_of
from ingest.extract.sentences import Sentence, sentences_of

_LEAD = re.compile(r":\W*$")
_OVER_LIST = re.compile(r"[:;]\W*$|\b(?:below|following|as\s+follows)\b[^.]*\.?\s*$", re.I)
_SPLIT = re.compile(
    r"\b(?:as follows|split|covers?|tranches?|broken down|breakdown|made up|divided|comprises?)\b", re.I
)


MOST_DRAFTS = 600  #: sums in prose that one document may hold; a report beyond it is said to be read in part


def read_prose(scope: Scope, *, without: frozenset[int] = frozenset()) -> list[Draft]:
    """Return a draft for each sum in the document's paragraphs and list items, in order.

    Args:
        without: Starts of blocks whose sums are read already.
    """
    drafts: list[Draft] = []
    lead: Lead | None = None
    over_list: Lead | None = None  # what leads up to a list of names and sums, over the headings inside it
    lead_level = -1
    for block in scope.document.blocks:
        if len(drafts) > MOST_DRAFTS:
            break
        if block.start in without:
            continue
        origin = origin_of(block)
        entries = list_entries(scope.document, block) if origin is not None else []
        if origin is not None and entries and not (lead is not None and lead.lists_payers):
            sentence = Sentence(scope.document.text[block.start : block.end], block.start, block.end, block)
            drafts.extend(entry_drafts(scope, sentence, origin, lead or over_list, entries))
            continue
        if block.kind in (BlockKind.HEADING, BlockKind.TABLE) or origin is None:
            lead = None
            continue
        inherits = lead is not None and block.kind is BlockKind.ITEM and (block.level > lead_level or not block.number)
        found, last = _read_block(scope, block, origin, lead if inherits else None)
        drafts.extend(found)
        if not inherits or (last is not None and _LEAD.search(block.text)):
            lead = last if _LEAD.search(block.text) else None
            over_list = last if _OVER_LIST.search(block.text) else None
            lead_level = block.level if block.kind is BlockKind.ITEM else -1
    return drafts


def _read_block(scope: Scope, block: Block, origin: Origin, lead: Lead | None) -> tuple[list[Draft], Lead | None]:
    drafts: list[Draft] = []
    previous = lead
    for sentence in sentences_of(scope.document, block):
        reader = SentenceReader(scope, sentence, origin, previous, lead)
        found = reader.drafts()
        if found and found[0].whole is None and drafts and _SPLIT.search(sentence.text[:200]) and len(found) > 1:
            for draft in found:
                draft.whole = drafts[-1]
                draft.funder = drafts[-1].funder if draft.funder in (None, scope.body) else draft.funder
                draft.recipient = draft.recipient or drafts[-1].recipient
                draft.is_total = False
                if draft.recipient is not None and draft.kind is FlowKind.ALLOCATION:
                    draft.kind = FlowKind.GRANT
        drafts.extend(found)
        previous = reader.lead(found)
    return drafts, previous
