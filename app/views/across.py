"""The page Across commissioners: each commissioner's money for a programme, kind of programme, fund, or everything."""

from __future__ import annotations

from app import resources
from app.components import cards
from app.components.across import draw_across
from app.components.url_state import choose
from app.viewmodels import words
from app.viewmodels.across_tables import Address
from graph.model import EntityKind

PAGE = "across"
KINDS = (EntityKind.PROGRAMME, EntityKind.FUND)


def main() -> None:
    """Draw the page."""
    cards.title("Across commissioners")
    cards.lead("Which commissioners have what, for which years, and where nothing is loaded.")
    names = _names()
    key = choose(
        "A kind of programme, a programme or a fund", list(names), page=PAGE, parameter="of", shown=names.__getitem__,
        placeholder="All that is loaded",
    )  # fmt: skip
    of = names[key].rpartition(" (")[0] if key else ""
    draw_across(key, of, Address(PAGE, {"of": key} if key else {}))


def _names() -> dict[str, str]:
    """Return the labels of what can be chosen, by key: kinds first, then the most frequently named things."""
    kinds = {f"kind/{kind.id}": f"{kind.name} (kind)" for kind in resources.programme_kinds().values()}
    known = {key: each for key, each in resources.named().items() if each.entity.kind in KINDS}
    order = sorted(known, key=lambda key: (-known[key].flows, -known[key].awards, known[key].entity.name))
    things = {key: f"{known[key].entity.name} ({words.THING[known[key].entity.kind].lower()})" for key in order}
    return {**kinds, **things}


main()
