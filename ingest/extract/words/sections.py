"""The weight of figures by the section that they stand in."""

from __future__ import annotations

import re
from enum import IntEnum

from ingest.document import Block, BlockKind


class Origin(IntEnum):
    """The kind of place where a figure stands; if two figures disagree, the higher value is trusted more."""

    BODY = 1
    SUMMARY = 2
    RECOMMENDATION = 3
    TABLE = 4


_SILENT_SECTION = re.compile(
    r"\b(legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral"
    r"|part (?:2|ii)\b.{0,300}confidential"
    r"|related decisions|notes?$|declaration|originating officer"
    r"|background/?supporting|supporting papers|background papers"
    r"|risk|privacy|signature|contact|officer approval|human rights)",
    re.I,
)
_RECOMMENDATION = re.compile(r"\b(recommend\w*|decision(?: required)?$|decision is|proposal$|resolved)", re.I)
_OF_SUMMARY = re.compile(r"(?:executive )?summary\b", re.I)
_LEAST_WORDS = 6  #: of a line with a key, to be a sentence
_SUMMARY = re.compile(r"\b(summary|purpose|synopsis|overview)\b", re.I)


def origin_of(block: Block) -> Origin | None:
    """Return the origin of a block's figures; None for sections that never state this decision's money."""
    if block.kind is BlockKind.FIELD:
        return _origin_of_field(block)
    if _SILENT_SECTION.search(block.section):
        return None
    if block.kind is BlockKind.TABLE:
        return Origin.TABLE
    if _SUMMARY.search(block.section):
        return Origin.SUMMARY
    if _RECOMMENDATION.search(block.section) or block.locator.startswith("Recommendation"):
        return Origin.RECOMMENDATION
    return Origin.BODY


def is_summary(locator: str) -> bool:
    """Return True if a place in the document lies in its summary."""
    return _OF_SUMMARY.match(locator) is not None


def _origin_of_field(block: Block) -> Origin | None:
    """Return the origin of a labelled line such as "Recommendation: To award ..."; None if it is not a sentence."""
    if len(block.text.split()) < _LEAST_WORDS:
        return None
    if _RECOMMENDATION.fullmatch(block.field_name):
        return Origin.RECOMMENDATION
    return Origin.SUMMARY if _SUMMARY.fullmatch(block.field_name) else None
