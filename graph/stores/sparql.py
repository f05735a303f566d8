"""Runs SPARQL that a user wrote: read-only, on this graph only, within limits of time, size and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import RefusedQuery
from graph.identifiers import GRAPH
from graph.settings import IMPORTED_FROM
from graph.stores.binding import OPAQUE, with_prefixes
from graph.stores.store import Store

LONGEST = 10_000  #: characters
TIMEOUT_SECONDS = 10.0
PARSE_SECONDS = 2.0
ROWS = 10_000
MEGABYTES = 1_000  #: of memory that one query may take
MOST_AT_ONCE = 3  #: queries that run; others wait for one of them to end

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NAMES = re.compile(r"[?$]\w+|@[A-Za-z-]+|[\w.-]*:[\w.%:-]*")
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?(<[^<>]*>|\S+)", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)
_TOO_SLOW = "query: not done after {:g} s; ask for less, or add a LIMIT inside."
_TOO_MANY = "query: {} others have been running for {:g} s; try again in a moment."
_RUNNING = threading.BoundedSemaphore(MOST_AT_ONCE)
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class SparqlResult:
    """The result of a user's query, as text to show."""

    form: str  #: SELECT, ASK, CONSTRUCT or DESCRIBE
    variables: tuple[str, ...]  #: the columns; subject, predicate, object for triples; answer for ASK
    rows: tuple[tuple[str | None, ...], ...]  #: IRIs and literals as plain text, None where there is no value
    truncated: bool  #: there were more rows than the limit


def read_only_query(text: str) -> str:
    """Return a user's query as it will be run, with the project's prefixes declared.

    Raises:
        RefusedQuery: It is no SELECT, ASK, CONSTRUCT or DESCRIBE, reaches outside this graph, is too long or nested too
            deep, or cannot be parsed.
    """
    query, _ = checked_query(text)
    run_in_process("", query, 0, PARSE_SECONDS)
    return query


def run_read_only(
    store: Store, text: str, *, timeout_seconds: float = TIMEOUT_SECONDS, limit: int = ROWS
) -> SparqlResult:
    """Run a user's query and return its rows as text.

    For a store on disk it runs in a process of its own, which is ended when its time is over.

    Args:
        store: The graph.
        text: The query; the project's prefixes need not be declared.
        timeout_seconds: The time after which the query is refused.
        limit: The largest number of rows.

    Raises:
        RefusedQuery: As `read_only_query`; or time or memory ran out, or too many other queries were running.
    """
    query, form = checked_query(text)
    with in_turn(timeout_seconds):
        if store.path is not None:
            return _in_process(str(store.path.resolve()), query, form, timeout_seconds, limit)
        run_in_process("", query, 0, PARSE_SECONDS)
        return run_in_thread(lambda: _in_thread(store, query, form, limit), timeout_seconds)


@contextmanager
def in_turn(timeout_seconds: float) -> Iterator[None]:
    """Wait until fewer than `MOST_AT_ONCE` queries run, and count as one of them meanwhile.

    Raises:
        RefusedQuery: Too many queries were running for `timeout_seconds`.
    """
    if not _RUNNING.acquire(timeout=timeout_seconds):
        raise RefusedQuery(_TOO_MANY.format(MOST_AT_ONCE, timeout_seconds))
    try:
        yield
    finally:
        _RUNNING.release()


def checked_query(text: str) -> tuple[str, str]:
    """Return a user's query with the project's prefixes declared, and its form, such as "SELECT". It is not parsed.

    Raises:
        RefusedQuery: It is no SELECT, ASK, CONSTRUCT or DESCRIBE, reaches outside this graph, or is too long.
    """
    if len(text) > LONGEST:
        raise RefusedQuery(f"query: {len(text):,} characters; the longest that is run has {LONGEST:,}.")
    if "\x00" in text:
        raise RefusedQuery("query: holds a NUL character; remove it.")
    text = _ESCAPE.sub(_unescaped, text)  # as SPARQL does, before anything is read
    if _ESCAPE.search(text):
        raise RefusedQuery("query: holds escaped escapes; write the characters themselves.")
    visible = _NAMES.sub(" ", OPAQUE.sub(" ", text))
    form = _FORM.search(visible)
    if _WRITES.search(visible) and (form is None or _WRITES.search(visible, 0, form.start())):
        raise RefusedQuery("query: would change the graph; only SELECT, ASK, CONSTRUCT and DESCRIBE are run.")
    if form is None:
        raise RefusedQuery("query: is no SELECT, ASK, CONSTRUCT or DESCRIBE; write one of them.")
    if re.search(r"\bSERVICE\b", visible, re.IGNORECASE):
        raise RefusedQuery("query: SERVICE reaches outside this graph; leave it out.")
    for source in _FROM.finditer(_without_comments(text)):
        if not source[1].startswith(f"<{GRAPH}"):
            raise RefusedQuery(f"query: FROM {source[1]} is no graph of ours; name one under <{GRAPH}>.")
    return with_prefixes(text), form[1].upper()


def _unescaped(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number == 0:
        raise RefusedQuery(f"query: {found[0]} is no character; write another.")
    return chr(number)


def _without_comments(text: str) -> str:
    return OPAQUE.sub(lambda found: found[0] if found[0].startswith("<") else " ", text)


def run_in_process(path: str, query: str, limit: int, timeout_seconds: float, *, format: str = "") -> bytes:
    """Run a query in a process of its own and return the bytes that it wrote.

    A process of its own is needed because Oxigraph's parser crashes on a query that nests too deep, and its planner
    cannot be stopped.

    Args:
        path: The folder of the store; "" to run the query on an empty store.
        query: The query.
        limit: The largest number of rows; with a format, of bytes.
        timeout_seconds: The time after which the process is ended.
        format: A format of Oxigraph, such as CSV; "" for rows as JSON.

    Raises:
        RefusedQuery: Time or memory ran out, or the query cannot be run.
    """
    command = [sys.executable, "-m", f"{__package__}.sparql_worker", path, str(limit), str(MEGABYTES), format]
    there = IMPORTED_FROM
    try:
        done = subprocess.run(command, input=query.encode(), capture_output=True, timeout=timeout_seconds, cwd=there)
    except subprocess.TimeoutExpired:
        raise RefusedQuery(_TOO_SLOW.format(timeout_seconds)) from None
    if done.returncode < 0 and b"memory allocation of" in done.stderr:
        raise RefusedQuery(f"query: needs more than {MEGABYTES} MB of memory; ask for less, or add a LIMIT inside.")
    if done.returncode < 0:
        raise RefusedQuery("query: is too deep or too long a chain for the parser; simplify it.")
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RefusedQuery(f"query: cannot be run: {words[-1] if words else 'no reason was given'}")
    return done.stdout


def _in_process(path: str, query: str, form: str, timeout_seconds: float, limit: int) -> SparqlResult:
    found = json.loads(run_in_process(path, query, limit, timeout_seconds))
    rows = tuple(tuple(row) for row in found["rows"])
    return SparqlResult(form, tuple(found["variables"]), rows[:limit], len(rows) > limit)


def _in_thread(store: Store, query: str, form: str, limit: int) -> SparqlResult:
    rows: list[tuple[str | None, ...]]
    if form == "ASK":
        return SparqlResult(form, ("answer",), ((str(store.ask(query)).lower(),),), False)
    if form == "SELECT":
        found = store.select(query)
        variables = tuple(dict.fromkeys(name for row in found for name in row))
        rows = [tuple(str(row[name]) if name in row else None for name in variables) for row in found[: limit + 1]]
    else:
        variables = ("subject", "predicate", "object")
        rows = [tuple(str(node) for node in triple) for triple in store.construct(query)[: limit + 1]]
    return SparqlResult(form, variables, tuple(rows[:limit]), len(rows) > limit)


def run_in_thread(work: Callable[[], _Answer], timeout_seconds: float) -> _Answer:
    """Return the result of `work`, run in a thread.

    Raises:
        RefusedQuery: It took too long; the thread then runs on to its end.
    """
    answers: list[_Answer] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:
            faults.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout_seconds)
    if faults:
        raise faults[0]
    if not answers:
        raise RefusedQuery(_TOO_SLOW.format(timeout_seconds))
    return answers[0]
