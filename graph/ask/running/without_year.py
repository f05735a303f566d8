"""Money that meets a question but for its time, as no year is stated for it: said beside the answer, or alone."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from graph.ask.known.facts import Facts
from graph.ask.language.edits import scans_of
from graph.ask.language.phrases import listed
from graph.ask.language.subject import subject
from graph.ask.language.terms import Count, During, Form, List, Rows
from graph.ask.result import Status
from graph.ask.running.citing import cite_flows
from graph.ask.running.draft import Draft, opened
from graph.ask.running.matching import period_of
from graph.ask.running.rankings import ROLE_OF
from graph.ask.running.shares import figure
from graph.ask.running.sums import undated
from graph.stated.flows import StatedFlow


def said_beside(draft: Draft | None, form: Form, facts: Facts) -> Draft | None:
    """Return an answer with the money that it leaves out, as no year is stated for it."""
    missing = _missing(form, facts) if draft is not None else ()
    if draft is None or not missing:
        return draft
    return draft.but(undated=missing, besides=(f"Left out, as no year is stated: {_told(missing, facts)}.",))


def said_alone(form: Form, facts: Facts) -> Draft | None:
    """Return what is known where nothing is of the time asked; None where there is no money without a year either."""
    missing = _missing(form, facts)
    if not missing:
        return None
    scan = next(scan for scan in scans_of(form) if period_of(scan))
    about = subject(replace(scan, where=tuple(c for c in scan.where if not isinstance(c, During))))
    text = f"{opened(about)}: {_told(missing, facts)}, but no year is stated for it."
    return Draft(Status.NO_DATA, text, citations=cite_flows(missing, facts), undated=missing)


def _missing(form: Form, facts: Facts) -> tuple[StatedFlow, ...]:
    side = ROLE_OF.get(form.what) if isinstance(form, List | Count) else None
    timed = [scan for scan in scans_of(form) if scan.rows is Rows.AWARDS and period_of(scan)]
    return tuple(dict.fromkeys(stated for scan in timed for stated in undated(scan, facts, side)))


def _told(flows: Sequence[StatedFlow], facts: Facts) -> str:
    decisions = listed((facts.caption_of(stated.document) for stated in flows), most=3)
    return f"{figure(flows)} ({decisions})"
