"""Figures of one document compared: sums, figures said twice, sources, ceilings, years and dates."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Check, Decision, FundingFlow, StatedTotal
from ingest.document import Document


def find_checks(
    document: Document, decision: Decision, flows: Sequence[FundingFlow], totals: Sequence[StatedTotal]
) -> tuple[Check, ...]:
    """Return what comparing the document's figures shows, conflicts first."""
    return ()
