"""The names in a document's labels, all put through one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.labels.records import LabelledDocument


def with_words(document: LabelledDocument, swap: Callable[[str], str]) -> LabelledDocument:
    """Return the document with every name in its labels put through `swap`."""
    return replace(
        document,
        rows=tuple(
            replace(
                row,
                funder=tuple(map(swap, row.funder)),
                recipient=tuple(map(swap, row.recipient)),
                programme=tuple(map(swap, row.programme)),
                fund=tuple(map(swap, row.fund)),
            )
            for row in document.rows
        ),
        awards=tuple(
            replace(
                award,
                funder=tuple(map(swap, award.funder)),
                recipient=tuple(map(swap, award.recipient)),
                programme=tuple(map(swap, award.programme)),
            )
            for award in document.awards
        ),
        facts=tuple(
            replace(fact, subject=tuple(map(swap, fact.subject)), object=tuple(map(swap, fact.object)))
            for fact in document.facts
        ),
    )
