"""The filters of the Explore page: kinds, programmes, years, amounts, standing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from app import resources
from app.components.url_state import choose, choose_many
from app.viewmodels import words
from app.viewmodels.network import KIND
from graph.model import EntityKind, FlowStatus
from graph.networks.network import DECISION, Filter

LEAST = {"0": "Any amount", "10000": "£10,000 or more", "100000": "£100,000 or more", "1000000": "£1 million or more"}
KINDS = [kind.value for kind in EntityKind]


def draw_filters(page: str, shown: Callable[[str], str]) -> Filter:
    """Draw the filters, folded away; return what was chosen, decisions left out unless asked for."""
    with st.expander("Filters"):
        left, right = st.columns(2)
        flows = resources.every_flow()
        years = sorted({year for stated in flows for year in stated.flow.years}, reverse=True)
        programmes = sorted(key for key in resources.things() if key.startswith("programme/"))
        with left:
            kinds = choose_many(
                "Kinds",
                [*KINDS, DECISION],
                page=page,
                parameter="kind",
                shown=KIND.__getitem__,
                placeholder="All but decisions",
            )
            chosen_programmes = choose_many("Programmes", programmes, page=page, parameter="programme", shown=shown)
            least = choose(
                "Amount", list(LEAST), page=page, parameter="least", shown=LEAST.__getitem__, default="0", nothing=False
            )
        with right:
            chosen_years = choose_many("Financial years", years, page=page, parameter="year")
            statuses = choose_many(
                "Standing",
                [*FlowStatus],
                page=page,
                parameter="status",
                shown=lambda value: words.STATUS[FlowStatus(value)],
            )
    return Filter(
        kinds=frozenset(kinds or KINDS),
        programmes=frozenset(chosen_programmes),
        years=frozenset(chosen_years),
        statuses=frozenset(FlowStatus(status) for status in statuses),
        least=Decimal(least or 0),
    )
