"""Sums and the sums that make them up: parts take from their whole, totals are told apart from flows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.model import FlowKind, FlowStatus
from ingest.extract.drafts import Draft, Origin
from ingest.extract.scope.document import Scope


def inherit_from_wholes(drafts: Sequence[Draft]) -> None:
    """Parts that add up to another sum of the document have its parties and programme, where theirs are open."""
    for draft in drafts:
        if draft.whole is not None:
            root = _root(draft.whole, drafts)
            draft.whole = root if root is not draft else None
    for siblings in _siblings(drafts):
        total = sum((draft.amount for draft in siblings), Decimal(0))
        whole = next(
            (
                draft
                for draft in drafts
                if draft not in siblings and abs(draft.amount - total) < 1 and _may_be_whole(draft, siblings)
            ),
            None,
        )
        if whole is None:
            continue
        for draft in siblings:
            draft.whole = whole
    for draft in drafts:
        if draft.whole is not None:
            whole = draft.whole
            whole.parts.append(draft)
            draft.recipient = draft.recipient or (whole.recipient if not draft.recipient_words else None)
            if draft.funder is None:
                draft.funder = whole.funder
            draft.fund = draft.fund or whole.fund
            draft.years = draft.years or whole.years
            if not draft.programmes and not draft.programmes_settled:
                draft.programmes, draft.programmes_settled = whole.programmes, whole.programmes_settled
            if draft.kind is FlowKind.ALLOCATION and draft.recipient is not None:
                draft.kind = FlowKind.GRANT


_LONGEST_LIST = 60  #: recommendations looked at for a list that adds up; no decision seen has half as many


def sum_up_lists(drafts: Sequence[Draft]) -> None:
    """A sum that neighbouring recommendations add up to is their total; they keep their own parties and years."""
    listed = sorted(
        (draft for draft in drafts if draft.origin is Origin.RECOMMENDATION), key=lambda draft: draft.evidence[0].start
    )
    by_pounds: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_pounds.setdefault(int(draft.amount), []).append(draft)
    for low, high in itertools.combinations(range(min(len(listed), _LONGEST_LIST) + 1), 2):
        run = listed[low:high]
        if len(run) < 2 or len({draft.evidence[0].locator for draft in run}) < len(run):
            continue
        total = sum((draft.amount for draft in run), Decimal(0))
        for whole in (one for pounds in (-1, 0, 1) for one in by_pounds.get(int(total) + pounds, ())):
            if whole not in run and abs(whole.amount - total) < 1 and not whole.parts and _may_be_whole(whole, run):
                whole.parts.extend(run)


def _may_be_whole(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Return whether no part names other parties than the sum does: what is paid out is no part of what came in."""
    return all(
        (part.funder is None or whole.funder is None or part.funder == whole.funder)
        and (part.recipient is None or whole.recipient is None or part.recipient == whole.recipient)
        and not (part.recipient is not None and whole.recipient is None and whole.origin is Origin.TABLE)
        for part in parts
    )


def taken_in(scope: Scope, drafts: Sequence[Draft]) -> list[Draft]:
    """Money that is only said to be passed on came in first: parts of a sum taken in, or the only word of it."""
    passed = [draft for draft in drafts if draft.source_of_money is not None and draft.recipient != scope.body]
    made: list[Draft] = []
    for giver in dict.fromkeys(draft.source_of_money for draft in passed):
        own = [
            draft
            for draft in passed
            if draft.source_of_money == giver and not (draft.parts and any(part in passed for part in draft.parts))
        ]
        taken = [draft for draft in drafts if draft.funder == giver and draft.recipient == scope.body]
        whole = next(
            (draft for draft in taken if abs(draft.amount - sum((one.amount for one in own), Decimal(0))) < 1), None
        )
        if (taken and whole is None) or (whole is not None and len(own) < 2):
            continue
        for draft in own:
            part = replace(
                draft,
                funder=giver,
                recipient=scope.body,
                recipient_words="",
                kind=FlowKind.GRANT,
                source_of_money=None,
                evidence=list(draft.evidence),
                parts=[],
                whole=whole,
                is_total=False,
            )
            if whole is not None:
                part.years = part.years or whole.years
                draft.years = draft.years or whole.years
                whole.parts.append(part)
            made.append(part)
    return made


def _root(whole: Draft, drafts: Sequence[Draft]) -> Draft:
    return next((draft for draft in drafts if draft is whole), None) or next(
        (draft for draft in drafts if draft.amount == whole.amount), whole
    )


def _siblings(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Groups of two or more sums that stand in one sentence."""
    prose = [draft for draft in drafts if draft.origin is not Origin.TABLE]
    groups = [
        [draft for draft in group if draft.status is not FlowStatus.CONTEXT]
        for _, group in itertools.groupby(
            sorted(prose, key=lambda draft: draft.evidence[0].start), key=lambda draft: draft.evidence[0].start
        )
    ]
    alike = [
        [draft for draft in group if (draft.funder, draft.recipient, draft.kind) == key]
        for group in groups
        for key in dict.fromkeys((draft.funder, draft.recipient, draft.kind) for draft in group)
    ]
    return [group for group in (*groups, *(some for some in alike if some not in groups)) if len(group) > 1]


def _shared_out(whole: Draft, drafts: Sequence[Draft]) -> bool:
    """Return whether other sums say what each of those gets who share one."""
    return any(draft is not whole and draft.recipient in whole.sharers for draft in drafts)


def parted(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Totals and flows apart: a sum whose parts make it up is a total, and so is one that the text only costs."""
    totals: list[Draft] = []
    flows: list[Draft] = []
    for draft in drafts:
        if draft.is_total and draft.sharers and not draft.parts and not _shared_out(draft, drafts):
            draft.is_total, draft.recipient, draft.kind = False, None, FlowKind.GRANT
            draft.recipient_words = " and ".join(sharer.name for sharer in draft.sharers)
    has_rows = sum(draft.origin is Origin.TABLE and not draft.is_total for draft in drafts) > 1
    for draft in drafts:
        parts = [part for part in draft.parts if part in drafts]
        counted = [part for part in parts if not part.is_total and part.status is not FlowStatus.CONTEXT]
        made_up = len(parts) > 1 and abs(sum((part.amount for part in parts), Decimal(0)) - draft.amount) < 1
        made_up = made_up and (bool(counted) or draft.is_total)
        summed_up = draft.is_said_total and has_rows
        (totals if draft.is_total or made_up or summed_up else flows).append(draft)
    return totals, flows
