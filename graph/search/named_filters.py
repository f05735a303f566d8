"""Search filters from the names that people and programs give: aliases work, and unknown names are refused."""

from __future__ import annotations

from collections.abc import Collection

from graph.exports.filters import UnknownName, Wanted, find_filters
from graph.search.document_heads import Filters
from graph.stores.store import Store


def named_filters(store: Store, record_types: Collection[str], wanted: Wanted, record_type: str = "") -> Filters:
    """Return the filters of a search, with each thing by its id.

    Args:
        store: The graph, which knows the names.
        record_types: The types of the records in the index.
        wanted: Programme, body, place and one year, as a person wrote them.
        record_type: A type of records, as a person wrote it; "" for all.

    Raises:
        UnknownName: A name is not known, or stands for several things.
    """
    things = find_filters(store, wanted)
    body, programme, place = (each.id if each else None for each in (things.body, things.programme, things.place))
    if record_type and record_type.strip().casefold() not in {each.casefold() for each in record_types}:
        known = ", ".join(map(repr, sorted(record_types)))
        raise UnknownName(f"--record-type {record_type!r}: no record of that type in this build; it has {known}")
    return Filters(body, programme, place, wanted.years.first or None, record_type or None)
