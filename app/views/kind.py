"""The page of a kind of programme: its programmes and each commissioner's money; all kinds if the URL names none."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards
from app.components.across import draw_across
from app.components.url_state import given
from app.links import page_link
from app.viewmodels.across_tables import Address
from app.viewmodels.kinds import kinds_table, programmes_table
from graph.counting.sides import Side
from graph.model import EntityKind
from graph.programme_kinds import ProgrammeKind

PAGE = "kind"
LIST = "Kinds of programme"


def main() -> None:
    """Draw the kind named in the URL, or the list of all kinds."""
    kinds, asked = resources.programme_kinds(), given("id")
    if asked in kinds:
        _kind(kinds[asked])
        return
    cards.title(LIST)
    if asked:
        cards.card("Not found", f"No kind “{asked}” is known here. Choose one below.", shade="wf-warning")
    rows = [(kind, len(resources.programmes_of(kind)), resources.across(f"kind/{kind.id}")) for kind in kinds.values()]
    cards.table(kinds_table(rows, resources.areas().names.keys()), label=LIST, key="kinds")


def _kind(kind: ProgrammeKind) -> None:
    cards.title(kind.name, "Kind of programme", trail=[(page_link(PAGE), LIST)])
    cards.lead(kind.description)
    programmes = resources.programmes_of(kind)
    draw_across(f"kind/{kind.id}", kind.name.lower(), Address(PAGE, {"id": kind.id}))
    if not programmes:
        return
    totals = resources.ledger().totals(EntityKind.PROGRAMME, Side.SOURCES)
    with st.expander(f"Programmes ({len(programmes):,})"):
        cards.note(
            "A sum for several of these programmes together counts above, and in none of their own. Programmes that "
            "the register lacks are here by the words of their names."
        )
        table = programmes_table(programmes, totals, resources.named(), resources.registry())
        cards.table(table, label="Programmes", key="programmes", file=f"whofunds-{kind.id}.csv")


main()
