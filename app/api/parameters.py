"""What each address of the interface may be asked: the source of its checks and of its description."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from graph.model import EntityKind

LONGEST_QUESTION = 1_000
LONGEST_NAME = 300
KINDS = tuple(str(kind) for kind in EntityKind)
YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(1990, 2060))

Format = Annotated[
    Literal["", "json", "csv"], Meta(description="how the answer is written; wins over Accept, which holds where empty")
]
Name = Annotated[str, Meta(max_length=LONGEST_NAME, description="a name, an alias or an id that the build knows")]
Year = Annotated[
    Literal[("", *YEARS)],  # type: ignore[valid-type]
    Meta(description="a financial year, such as 2023/24; empty for all"),
]


class Asked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The parameters of /api/ask."""

    question: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION, description="as one would type it")]
    after: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]],
        Meta(max_length=5, description="the questions that it follows up, the first first"),
    ] = []
    format: Format = ""


class Searched(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A text to look for."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION, description="what to look for")]
    limit: Annotated[int, Meta(ge=1, le=100, description="how many passages, at most")] = 10
    body: Name = ""
    programme: Name = ""
    place: Name = ""
    year: Year = ""
    record_type: Annotated[str, Meta(max_length=LONGEST_NAME, description="such as 'decision notice'")] = ""
    format: Format = ""


class Listed(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Which sums and awards to list; what is empty narrows nothing."""

    programme: Name = ""
    body: Name = ""
    place: Name = ""
    year: Year = ""
    limit: Annotated[int, Meta(ge=1, le=10_000, description="how many rows, at most")] = 1_000
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="how many rows to pass over")] = 0
    format: Format = ""


class ListedThings(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Which programmes, organisations, places and funds to list; what is empty narrows nothing."""

    kind: Annotated[Literal[("", *KINDS)], Meta(description="what they are; empty for all")] = ""  # type: ignore[valid-type]
    name: Annotated[str, Meta(max_length=LONGEST_NAME, description="words that stand in the name, case aside")] = ""
    limit: Annotated[int, Meta(ge=1, le=10_000, description="how many, at most")] = 1_000
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="how many to pass over")] = 0
    format: Format = ""


class OneThing(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A programme, organisation, place or fund; `kind` and `id` stand in the path."""

    kind: Annotated[Literal[KINDS], Meta(description="what it is")]  # type: ignore[valid-type]
    id: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME, description="its `key` in the list of things")]
    format: Format = ""
