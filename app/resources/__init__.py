"""Data shared by all pages: the current build and what was read from it. The only place that caches.

All caches are keyed by the build's id, so a new build is used from the next click on. Pages never change this data.
"""

from __future__ import annotations

from app.resources.across import across, across_of, areas, programme_kinds, programmes_of
from app.resources.asking import (
    answer,
    answered_beside,
    export,
    flows_csv,
    is_answered,
    prepare_asking,
    search,
    sparql,
    typed_ahead,
)
from app.resources.build import Ground, ground, names, registry, settings, version
from app.resources.pictures import answered_examples, example_groups, loaded, node_name, picture, subject
from app.resources.published import published
from app.resources.stated import (
    awards,
    checks,
    corrections,
    document,
    every_flow,
    flows,
    heads,
    ledger,
    lineage,
    merged_names,
    named,
    names_by_kind,
    names_with_kind,
    record,
    relations,
    thing_names,
    things,
    years,
)

__all__ = [
    "Ground",
    "across",
    "across_of",
    "answer",
    "answered_beside",
    "answered_examples",
    "areas",
    "awards",
    "checks",
    "corrections",
    "document",
    "every_flow",
    "example_groups",
    "export",
    "flows",
    "flows_csv",
    "ground",
    "heads",
    "is_answered",
    "ledger",
    "lineage",
    "loaded",
    "merged_names",
    "named",
    "names",
    "names_by_kind",
    "names_with_kind",
    "node_name",
    "picture",
    "prepare_asking",
    "programme_kinds",
    "programmes_of",
    "published",
    "record",
    "registry",
    "relations",
    "search",
    "settings",
    "sparql",
    "subject",
    "thing_names",
    "things",
    "typed_ahead",
    "version",
    "years",
]
