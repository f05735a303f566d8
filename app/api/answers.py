"""The answers of the HTTP interface, from the current build."""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict, fields
from typing import Any

from app.api.parameters import Asked, Listed, ListedThings, OneThing, Searched
from graph.builds.workspace import Workspace
from graph.exports.things import FlatThing
from graph.opened import OpenBuild
from graph.settings import Settings

ITEM_COLUMNS = ("label", "id", "type", "amount", "years", "note")
HIT_COLUMNS = ("decision", "document", "title", "locator", "passage", "score", "source")
THING_COLUMNS = tuple(each.name for each in fields(FlatThing))
log = logging.getLogger(__name__)
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]  #: headings, rows


class Answers:
    """Answers from the current build; a build that is published later is used from the next call on."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opening = threading.Lock()
        self._open: OpenBuild | None = None

    def build(self) -> OpenBuild:
        """Return the current build, opened once.

        Raises:
            MissingWorkspace: Nothing has been published.
            DamagedWorkspace: The build cannot be opened.
        """
        workspace = Workspace(self.settings.workspace, settings=self.settings)
        with self._opening:
            if self._open is None or self._open.id != workspace.current_id():
                self._open = OpenBuild(workspace.current(), self.settings)  # who still reads the one before keeps it
                for line in self._open.missing():
                    log.warning("%s; answers do without it, as far as they can. Run 'whofunds repair'", line)
            return self._open

    def missing(self) -> tuple[str, ...]:
        """Return the names of missing parts of the build; answers are given without them as far as possible."""
        return self.build().missing()

    def ask(self, asked: Asked) -> dict[str, Any]:
        """Return the answer to a question, in the JSON form of `whofunds ask --json`."""
        return self.build().ask(asked.question, after=asked.after).to_json()

    def search(self, searched: Searched) -> dict[str, Any]:
        """Return passages and their decisions, in the JSON form of `whofunds search --json`.

        Raises:
            UnknownName: A filter names nothing in the build, or several things.
        """
        build = self.build()
        hits = build.search(
            searched.text, limit=searched.limit, body=searched.body, programme=searched.programme,
            place=searched.place, year=searched.year, record_type=searched.record_type,
        )  # fmt: skip
        found = [hit.to_json() for hit in hits]
        return {"query": searched.text, "hits": found, "decisions": build.money_found(hits)}

    def flows(self, listed: Listed) -> dict[str, Any]:
        """Return one page of the rows of `whofunds export --format csv`, with the total number of rows.

        Raises:
            UnknownName: A filter names nothing in the build, or several things.
        """
        rows = self.build().rows(
            programme=listed.programme, body=listed.body, place=listed.place, year=listed.year
        )
        page = rows[listed.offset : listed.offset + listed.limit]
        return {"total": len(rows), "offset": listed.offset, "flows": [asdict(row) for row in page]}

    def things(self, listed: ListedThings) -> dict[str, Any]:
        """Return one page of the programmes, organisations, places and funds, with their total number."""
        words = " ".join(listed.name.casefold().split())
        found = [
            thing for thing in self.build().things
            if listed.kind in ("", thing.kind) and words in " ".join(thing.name.casefold().split())
        ]  # fmt: skip
        page = found[listed.offset : listed.offset + listed.limit]
        return {"total": len(found), "offset": listed.offset, "things": [asdict(thing) for thing in page]}

    def thing(self, one: OneThing) -> dict[str, Any]:
        """Return everything known about one programme, organisation, place or fund.

        Raises:
            UnknownName: The build has nothing of this kind and id.
        """
        return self.build().thing(one.kind, one.id)

    def sparql(self, query: str, media_type: str) -> bytes:
        """Return the result of a SPARQL query as a document of this media type.

        Raises:
            RefusedQuery: The query is not allowed or fails.
        """
        from graph.stores.sparql_results import ResultFormat, query_document

        format = next(each for each in ResultFormat if each.media_type == media_type)
        return query_document(self.build().store, query, format)


def items_table(answer: dict[str, Any]) -> Table:
    """Return the items of an answer as a table."""
    rows = [{**item, "years": "; ".join(item["years"])} for item in answer["items"]]
    return ITEM_COLUMNS, _rows(rows, ITEM_COLUMNS)


def hits_table(found: dict[str, Any]) -> Table:
    """Return found passages as a table."""
    return HIT_COLUMNS, _rows(found["hits"], HIT_COLUMNS)


def flows_table(found: dict[str, Any]) -> Table:
    """Return the rows of a page of flows as a table."""
    from graph.exports.table import COLUMNS

    return COLUMNS, _rows(found["flows"], COLUMNS)


def things_table(found: dict[str, Any]) -> Table:
    """Return things as a table: those of a list, or a single thing."""
    return THING_COLUMNS, _rows(found.get("things", [found]), THING_COLUMNS)


def _rows(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple("" if row.get(name) is None else str(row[name]) for name in columns) for row in rows]
