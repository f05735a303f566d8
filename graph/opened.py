"""One published build, opened for other programs: as a DataFrame, an rdflib graph, a network, and for questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.settings import Settings

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from graph.ask import Answer
    from graph.exports.filters import Wanted
    from graph.exports.flows import FlatFlow
    from graph.exports.selection import Selection
    from graph.exports.source import Source
    from graph.exports.things import FlatThing
    from graph.search.hits import Hit
    from graph.search.index import PassageIndex
    from graph.stores.store import Store


class Only(TypedDict, total=False):
    """The decisions that a search looks in, by names that the build knows; "" narrows nothing."""

    body: str  #: that decided
    programme: str  #: that the decision names
    place: str  #: that its money is for, or a place around it
    year: str  #: financial year of its money or signature, such as "2023/24"
    record_type: str  #: such as "decision notice"


class OpenBuild:
    """The build that was current when the workspace was opened.

    It stays the same while others publish: open the workspace again to see what is new. Nothing here changes it.
    `close`, or the end of a `with` block, releases its files.
    """

    def __init__(self, build: Build, settings: Settings) -> None:
        self._build: Build | None = build
        self._settings = settings

    @property
    def id(self) -> str:
        """The id of the build."""
        return self._there.id

    @property
    def created(self) -> str:
        """When the build was published: ISO date and time, UTC."""
        return self._there.created

    def missing(self) -> tuple[str, ...]:
        """Return sentences on files of the build that are gone; answers do without them as far as they can."""
        return self._there.missing()

    def flows(self, *, programme: str = "", body: str = "", place: str = "", year: str = "") -> pd.DataFrame:
        """Return the sums, and the awards whose sum is not printed, as a DataFrame with one row each.

        `whofunds export --format csv` writes the same rows and columns; docs/programs.md names the important ones. To
        add up money that is counted once, add up `amount_in`, never `amount`.

        Args:
            programme: Only rows for this programme, given by name or id.
            body: Only rows that this organisation gives, gets or decides.
            place: Only rows for this place or a place within it.
            year: Only rows for this financial year, such as "2023/24".

        Raises:
            UnknownName: The build knows no such name, or several things of that name; the message offers others.
            ValueError: `year` is not one financial year.
        """
        from graph.exports.frame import flows_frame

        return flows_frame(self.rows(programme=programme, body=body, place=place, year=year))

    def rows(self, *, programme: str = "", body: str = "", place: str = "", year: str = "") -> list[FlatFlow]:
        """Return the same rows as `flows`, as records of text with "" for an empty cell.

        Arguments and errors are the same.
        """
        from graph.export import rows_of

        return rows_of(self._selection(programme, body, place, year))

    def graph(self) -> rdflib.Graph:
        """Return all triples as an rdflib Graph of the caller's own, with the prefixes of docs/ontology.md."""
        from graph.stores.copied import rdflib_copy

        return rdflib_copy(self.store)

    @property
    def store(self) -> Store:
        """The graph as it is stored, for queries; it is closed with the build."""
        return self._source.store

    def network(self, *, everything: bool = False) -> nx.MultiDiGraph[str]:
        """Return who pays whom as a directed multigraph of networkx.

        A node is an IRI with `label` and `kind`. An edge is a sum, or an award without one, and its key is its IRI.
        Sums that are payments of their own have `weight`, so that weights add up to each payment once.

        Args:
            everything: Also include programmes, places, funds and decisions, with the edges between them.
        """
        from graph.export import network_parts
        from graph.exports.graphml import Nodes, flows_network

        return flows_network(network_parts(self._selection()), Nodes.ALL if everything else Nodes.ORGANISATIONS)

    def ask(self, question: str, *, after: Sequence[str] = ()) -> Answer:
        """Return the answer to a question, with `text`, `status`, `items`, `citations` and `to_json()`.

        Args:
            question: The question as one would type it.
            after: The earlier questions that it follows up, oldest first.
        """
        from graph.ask import answer_question

        return answer_question(question, self._there, settings=self._settings, after=after)

    def search(self, text: str, *, limit: int = 10, **only: Unpack[Only]) -> list[Hit]:
        """Return the passages nearest to a text by meaning and words, best first.

        Args:
            text: Words, or a question.
            limit: The largest number of passages.
            only: The decisions to look in: `body`, `programme`, `place`, `year`, `record_type`.

        Raises:
            UnknownName: The build knows no such name, or several things of that name; the message offers others.
            ValueError: `year` is not one financial year.
        """
        from graph.search.named_filters import named_filters

        places = {name: str(only.get(name, "")) for name in ("programme", "body", "place", "year")}
        types = self._index.record_types
        filters = named_filters(self.store, types, self._wanted(**places), only.get("record_type", ""))
        return self._index.search(text, limit, filters)

    def money_found(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        """Return the decisions among some hits, each once, best first: money, years, and the positions of the hits."""
        from graph.counting.decision_money import found_decisions

        return found_decisions(hits, self._source.heads, self._source.ledger)

    @cached_property
    def things(self) -> tuple[FlatThing, ...]:
        """The programmes, organisations, places and funds that money names, each with the totals of its money."""
        from graph.exports.things import flat_things

        return tuple(flat_things(self._source))

    def thing(self, kind: str, id: str) -> dict[str, Any]:
        """Return all that is known about a thing: names, money by year, relations and decisions; see docs/programs.md.

        Args:
            kind: "programme", "organisation", "place" or "fund".
            id: The thing's `key` in `things`.

        Raises:
            UnknownName: No sum or award names a thing of that kind and id.
        """
        from graph.exports.filters import UnknownName
        from graph.exports.things import thing_in_full

        row = next((each for each in self.things if (each.kind, each.key) == (kind, id)), None)
        if row is None:
            raise UnknownName(f"no {kind} in this build has the id {id!r}; the list of things has them all")
        return thing_in_full(self._source, row)

    def close(self) -> None:
        """Release the build's files; any later use raises a ValueError."""
        self._build = None
        self.__dict__.pop("_index", None)
        self.__dict__.pop("things", None)
        source: Source | None = self.__dict__.pop("_source", None)
        if source is not None:
            source.store.close()

    def __enter__(self) -> OpenBuild:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = f"{self._build.id} of {self._settings.workspace}" if self._build is not None else "closed"
        return f"<whofunds build {state}>"

    @property
    def _there(self) -> Build:
        if self._build is None:
            raise ValueError("the build was closed; open the workspace again with whofunds.open")
        return self._build

    @cached_property
    def _index(self) -> PassageIndex:
        return self._there.search()

    @cached_property
    def _source(self) -> Source:
        from graph.exports.source import Source

        build = self._there
        return Source(build.store(), build.path, build.created)

    def _selection(self, programme: str = "", body: str = "", place: str = "", year: str = "") -> Selection:
        from graph.exports.filters import find_filters
        from graph.exports.selection import Selection

        return Selection(self._source, find_filters(self.store, self._wanted(programme, body, place, year)))

    def _wanted(self, programme: str = "", body: str = "", place: str = "", year: str = "") -> Wanted:
        from graph.exports.filters import Wanted, YearRange, parse_financial_year

        one = parse_financial_year(year) if year else ""
        return Wanted(programme, body, place, YearRange(one, one))


def open_build(path: str | Path | None = None, **settings: object) -> OpenBuild:
    """Return the current build of a workspace, opened for reading.

    Args:
        path: The workspace; None for the workspace of the environment (docs/settings.md).
        settings: Fields of `Settings` that override the environment.

    Raises:
        MissingWorkspace: There is no workspace, or nothing was ever published in it.
        DamagedWorkspace: The build lacks a part.
    """
    workspace = {"workspace": Path(path)} if path is not None else {}
    chosen = Settings.from_environment(None, **workspace, **settings)
    return OpenBuild(Workspace(chosen.workspace, settings=chosen).current(), chosen)
