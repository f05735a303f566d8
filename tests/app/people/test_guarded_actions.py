"""No page and no component changes anything but through `app.actions`, which asks for the role."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graph.settings import PROJECT

PAGES = sorted([*(PROJECT / "app" / "views").glob("*.py"), *(PROJECT / "app" / "components").glob("*.py")])
#: what changes something for others, as it is called; `actions` wraps each
CHANGES = {
    "rollback", "publish", "read_rest", "read_again", "stop", "drop", "hold", "set_document", "set_sum", "choose",
    "unchoose", "set_same", "take_back",
}  # fmt: skip
CALLED = {"correct", "publish_accepted", "Batch", "ingest", "repair"}  #: the same by its bare name


def unguarded(tree: ast.AST) -> Iterator[str]:
    """Yield each use of what changes something, unless it is handed to or called on `actions`."""
    guarded: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("actions."):
            guarded |= {id(part) for part in ast.walk(node)}
    for function in ast.walk(tree):  # a function that is only handed to `actions` is guarded with it
        if isinstance(function, ast.FunctionDef) and _is_handed(tree, function.name):
            guarded |= {id(part) for part in ast.walk(function)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if id(node) in guarded or ast.unparse(node) == "st.stop":
            continue
        if isinstance(node, ast.Attribute) and node.attr in CHANGES:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Name) and node.id in CALLED and id(node) in called:
            yield f"line {node.lineno}: {node.id}"


def _is_handed(tree: ast.AST, name: str) -> bool:
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    handed = [
        argument for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("actions.on_") for argument in node.args
    ]  # fmt: skip
    return bool(uses) and all(any(use is argument for argument in handed) for use in uses)


def test_what_changes_something_goes_through_the_actions() -> None:
    faults = [f"{path.name}, {fault}" for path in PAGES for fault in unguarded(ast.parse(path.read_text("utf-8")))]
    assert not faults, "\n".join(faults)


def test_the_reader_of_code_finds_what_is_not_guarded() -> None:
    found = list(unguarded(ast.parse(
        "st.button('x', on_click=batch.stop)\n"
        "st.button('x', on_click=actions.on_batch(batch, batch.stop))\n"
        "def say(): review.set_sum(1)\n"
        "def tell(): review.set_sum(1)\n"
        "actions.on_review(review, say)\n"
    )))  # fmt: skip
    assert found == ["line 1: batch.stop", "line 4: review.set_sum"]
