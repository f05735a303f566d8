"""Links into the app: the same for its pages, for the command line and for exports. The URL holds short plain text."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from graph.model import Entity, EntityKind
from graph.things import thing_key

HOME = "ask"
PAGES = {
    EntityKind.PROGRAMME: "programme",
    EntityKind.ORGANISATION: "organisation",
    EntityKind.PLACE: "place",
    EntityKind.FUND: "fund",
}


def page_link(page: str, **parameters: str | int | None) -> str:
    """Return "decision?document=..."; parameters that are None or "" are left out. Ask is the start page, "./"."""
    given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    path = "./" if page == HOME else page
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path


def thing_link(entity: Entity) -> str:
    """Return the page of a programme, organisation, place or fund."""
    return page_link(PAGES[entity.kind], id=entity.id)


def decision_link(document: str, *, at: str = "") -> str:
    """Return the page of the decision that a document records, at a locator if one is given."""
    return page_link("decision", document=document, at=at)


def ask_link(question: str) -> str:
    """Return the Ask page with a question already asked."""
    return page_link(HOME, q=question)


def explore_link(entity: Entity | str, *, to: Entity | str | None = None) -> str:
    """Return the network around a thing, or the path between two. A thing may come as "kind/id"."""
    return page_link("explore", around=_key(entity), to=_key(to) if to else None)


def compare_link(one: Entity, other: Entity | None = None) -> str:
    """Return the comparison of two things."""
    return page_link("compare", one=thing_key(one), other=thing_key(other) if other else None)


def _key(entity: Entity | str) -> str:
    return entity if isinstance(entity, str) else thing_key(entity)


def absolute(base: str, link: str) -> str:
    """Return the whole address of a link, for text that leaves the app."""
    return f"{base.rstrip('/')}/{link.removeprefix('./')}"
