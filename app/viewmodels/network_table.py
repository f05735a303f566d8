"""The lines of a network picture as a table with the same content, for readers who cannot use the picture."""

from __future__ import annotations

from collections.abc import Mapping

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.network_words import Names, moves_money, node_href, scope, sums, verb
from app.viewmodels.table import Cell, Table
from graph.networks.network import MONEY_TIES, Bond, Picture, Tie
from graph.stated.decisions import DecisionHead, caption_of

COLUMNS = ("From", "What joins them", "To", "Amount", "What the amount is of", "Years", "Said in")


def lines_table(picture: Picture, names: Names, heads: Mapping[str, DecisionHead]) -> Table:
    """Return a row per line, most money first."""
    ordered = sorted(picture.bonds, key=lambda bond: (bond.kind not in MONEY_TIES, -bond.amount, names[bond.source]))
    return Table(COLUMNS, tuple(_row(bond, names, heads) for bond in ordered), frozenset({3}))


def tie_href(tie: Tie) -> str:
    """Return the link to the decision, at the words that state the tie."""
    stated = tie.flow.flow if tie.flow else tie.relation
    evidence = stated.evidence if stated else ()
    return decision_link(tie.document, at=evidence[0].locator if evidence else "")


def _row(bond: Bond, names: Names, heads: Mapping[str, DecisionHead]) -> tuple[Cell, ...]:
    tie = bond.ties[0]
    caption = caption_of(tie.document, heads)
    others = len({each.document for each in bond.ties}) - 1
    years = _years(bond)
    return (
        Cell(names[bond.source], node_href(bond.source)),
        Cell(verb(bond)),
        Cell(names[bond.target], node_href(bond.target)),
        _amount(bond),
        Cell(scope(bond, names) if moves_money(bond) else "—", plain=scope(bond, names) if moves_money(bond) else ""),
        Cell(years or "—", plain=years),
        Cell(caption, tie_href(tie), note=f"and {words.count(others, 'other decision')}" if others else ""),
    )


def _amount(bond: Bond) -> Cell:
    if not bond.amount or bond.kind not in MONEY_TIES:
        return Cell("—", plain="", note="; ".join(sums(bond)))
    return Cell(words.pounds(bond.amount), plain=f"{bond.amount:.2f}", note="; ".join(sums(bond)[1:]))


def _years(bond: Bond) -> str:
    years = sorted({year for tie in bond.ties if tie.flow for year in tie.flow.flow.years})
    return words.years((years[0], years[-1]) if len(years) > 1 else years) if years else ""
