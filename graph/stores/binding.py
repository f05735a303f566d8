"""Binds values to the variables of a query: as typed terms in VALUES blocks, never as pasted text.

A query file marks the place of a value with `VALUES ?programme { UNDEF }`, which is valid SPARQL as it stands. If the
variable is bound, the block gets the values; if not, it is removed. A bound variable without such a mark gets a block
at the start of the first WHERE.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdflib.term import BNode, Node

from graph.stores.terms import Bindable, Bindings, to_oxigraph
from graph.vocabulary import PREFIXES

_MARK = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}\s*\.?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z]\w*")

#: what hides braces and words: comments, IRIs, strings
_OPAQUE = "|".join((
    r"\#[^\n\r]*",
    r"""<[^<>"{}|^`\\\x00-\x20]*>""",
    r'''\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"''',
    r"""\'\'\'(?:(?:\'|\'\')?(?:[^\'\\]|\\.))*\'\'\'""",
    r'"(?:[^"\\\n\r]|\\.)*"',
    r"'(?:[^'\\\n\r]|\\.)*'",
))
OPAQUE = re.compile(_OPAQUE, re.DOTALL)
_WHERE = re.compile(rf"(?:{_OPAQUE})|(?P<where>\bWHERE\s*\{{)|(?P<brace>\{{)", re.DOTALL | re.IGNORECASE)


def bound_query(query: str, bindings: Bindings | None = None) -> str:
    """Return the query with its prefixes declared and its values bound.

    A variable is bound to one value or a sequence of values; an empty sequence matches nothing.

    Raises:
        ValueError: The query lacks a variable, or a value is no valid term.
    """
    blocks = {name: _block(name, value) for name, value in (bindings or {}).items()}
    for name in blocks:
        if not re.search(rf"[?$]{name}\b", query):
            raise ValueError(f"the query has no variable ?{name}; it cannot be bound")
    marked: set[str] = set()

    def fill(mark: re.Match[str]) -> str:
        marked.add(mark[1])
        return blocks.get(mark[1], "")

    query = _MARK.sub(fill, query)
    start = "".join(block for name, block in blocks.items() if name not in marked)
    if start:
        place = _start_of_where(query)
        query = f"{query[:place]} {start}{query[place:]}"
    return with_prefixes(query)


def with_prefixes(query: str) -> str:
    """Return the query with declarations of the project's prefixes that it uses and does not declare itself."""
    visible = OPAQUE.sub(" ", query)
    declared = {name.lower() for name in re.findall(r"PREFIX\s++([\w-]*+)\s*+:", query, re.IGNORECASE)}
    used = [name for name in PREFIXES if name not in declared and re.search(rf"(?<![\w-]){name}:", visible)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + query


def sparql_text(value: Bindable) -> str:
    """Return a term in SPARQL syntax, with everything escaped.

    Raises:
        ValueError: It is a blank node, or no valid term.
    """
    if isinstance(value, BNode):
        raise ValueError("a blank node cannot be bound: in a query it would stand for anything")
    return str(to_oxigraph(value))


def _block(name: str, value: Bindable | Sequence[Bindable]) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a variable")
    single = isinstance(value, Node | str) or not isinstance(value, Sequence)
    values: Sequence[Bindable] = [value] if single else value  # type: ignore[assignment, list-item]
    return f"VALUES ?{name} {{ {' '.join(sparql_text(each) for each in values)} }} "


def _start_of_where(query: str) -> int:
    """Return the offset after the brace that opens the first WHERE; in a CONSTRUCT the template comes before it."""
    brace = None
    for found in _WHERE.finditer(query):
        if found["where"]:
            return found.end()
        if found["brace"] and brace is None:
            brace = found.end()
    if brace is None:
        raise ValueError("the query has no WHERE to bind values in")
    return brace
