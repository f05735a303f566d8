"""How much weight the figures of a section have, from the heading it stands under."""

from __future__ import annotations

import re
from enum import IntEnum

from ingest.document import Block, BlockKind


class Origin(IntEnum):
    """Where a figure stands; a higher one is trusted more where two disagree."""

    BODY = 1
    SUMMARY = 2
    RECOMMENDATION = 3
    TABLE = 4


_SILENT_SECTION = re.compile(
    r"\b(legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral"
    r"|part (?:2|ii)\b.*confidential"
    r"|related decisions|notes?$|declaration|originating officer"
    r"|background/?supporting|supporting papers|background papers"
    r"|risk|privacy|signature|contact|officer approval|human rights)",
    re.I,
)
_RECOMMENDATION = re.compile(r"\b(recommend\w*|decision(?: required)?$|decision is|proposal$|resolved)", re.I)
_SUMMARY = re.compile(r"\b(summary|purpose|synopsis|overview)\b", re.I)


def origin_of(block: Block) -> Origin | None:
    """Return how much weight a block's figures have; None where a section never states this decision's money."""
    if block.kind is BlockKind.FIELD or _SILENT_SECTION.search(block.section):
        return None
    if block.kind is BlockKind.TABLE:
        return Origin.TABLE
    if _SUMMARY.search(block.section):
        return Origin.SUMMARY
    if _RECOMMENDATION.search(block.section) or block.locator.startswith("Recommendation"):
        return Origin.RECOMMENDATION
    return Origin.BODY
