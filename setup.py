"""How a wheel is made: everything under the one import name `whofunds`.

In a checkout the folders graph, ingest and app are packages of their own and import each other by these names. In a
wheel they are whofunds.graph, whofunds.ingest and whofunds.app, with data and ontologies beside them, so that nothing
is installed that could be taken for a package of somebody else's. Their imports are written for it while it is made;
lines stay where they are, so that a traceback from a wheel can be read in the checkout.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from setuptools import find_namespace_packages, setup
from setuptools.command.build_py import build_py

NAME = "whofunds"
FOLDERS = ("graph", "ingest", "app")
#: of data, what whofunds is judged by and fitted on stays in the checkout
STAYS = ("first_sight", "labels", "questions")
KINDS = sorted(path.name for path in (Path(__file__).resolve().parent / "data").iterdir() if path.is_dir())
DATA = ("data", *(f"data/{name}" for name in KINDS if name not in STAYS))
RESOURCES = (*DATA, "ontologies", "ontologies/questions")
IS_EDITABLE = any(command in sys.argv for command in ("editable_wheel", "develop"))


def imports_inside(text: str) -> str:
    """Return the text of a module with its imports of our folders made imports of packages of `whofunds`.

    Raises:
        SyntaxError: It imports a folder by its bare name (`import graph.model`), which cannot be written otherwise.
    """
    lines = text.encode().splitlines(keepends=True)  # places that ast gives are counted in bytes
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in sorted(imports, key=lambda node: node.col_offset, reverse=True):  # what is changed lies behind the rest
        if isinstance(node, ast.ImportFrom) and not node.level and _is_ours(node.module or ""):
            line = lines[node.lineno - 1]
            at = line.index(str(node.module).encode(), node.col_offset + len("from "))
            lines[node.lineno - 1] = line[:at] + f"{NAME}.".encode() + line[at:]
        elif isinstance(node, ast.Import) and any(_is_ours(alias.name) for alias in node.names):
            raise SyntaxError(f"line {node.lineno}: write 'from PACKAGE import NAME' for our own packages")
    return b"".join(lines).decode()


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in FOLDERS


class OneName(build_py):
    """Copies modules with their imports written for the wheel."""

    def build_module(self, module: str, module_file: str, package: str) -> tuple[str, bool]:
        """Copy a module; return where to, and that it was."""
        outfile, copied = super().build_module(module, module_file, package)
        path = Path(outfile)
        path.write_bytes(imports_inside(path.read_bytes().decode()).encode())
        return str(outfile), bool(copied)


def packages() -> dict[str, str]:
    """Return the folder of each package: in a wheel all are in `whofunds`, in a checkout they stand side by side."""
    patterns = [pattern for name in FOLDERS for pattern in (name, f"{name}.*")]
    code = find_namespace_packages(include=patterns, exclude=["*.__pycache__"])  # pages are a folder without __init__
    folders = {name: name.replace(".", "/") for name in code}
    if IS_EDITABLE:
        return {NAME: NAME, **folders}
    inside = {f"{NAME}.{name}": folder for name, folder in folders.items()}
    return {NAME: NAME, **inside, **{f"{NAME}.{folder.replace('/', '.')}": folder for folder in RESOURCES}}


def package_data() -> dict[str, list[str]]:
    """Return which files beside modules go with which package; "" stands for all of them."""
    served = ["*.rq", "*.css", "*.html", "*.js", "*.json", "*.svg", "*.png", "*.woff2", "py.typed"]
    if IS_EDITABLE:
        return {"": served, "app": [".streamlit/config.toml"]}
    resources = {f"{NAME}.{folder.replace('/', '.')}": ["*"] for folder in RESOURCES}
    return {"": served, f"{NAME}.app": [".streamlit/config.toml"], **resources}


if __name__ == "__main__":
    folders = packages()
    setup(
        packages=list(folders), package_dir=folders, package_data=package_data(), cmdclass={"build_py": OneName}
    )
