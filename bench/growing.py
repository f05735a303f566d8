"""What ten more documents and one correction cost in workspaces of growing size, and what a fresh ingest does.

Run it from the project: python -m bench.growing [--documents 150 1500] [--cloned 15000] [--folder DIR]. The documents
are the sample decisions rewritten (bench/rewritten.py) and read; of `--cloned` ones only the records are made, out of
those of the largest workspace that was read, and their graph, ledger and columns are written from these. No model is
loaded, so no vectors are made. Times are of the processor, from the start of Python, with the processes that read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.report import PROJECT, Value, table, write_json
from bench.rewritten import rewritten
from bench.scale import IN_A_SMALL_PROCESS, exponents
from graph.builds.archive import RECORDS, file_key, read_json
from graph.builds.archive import write_json as write_packed
from graph.builds.manifest import DocumentEntry, Manifest, write_manifest
from graph.builds.workspace import Workspace
from graph.settings import Settings

TEN = 10
_AMOUNT = re.compile(r'"amount": "(\d+)')


def measured(folder: Path, documents: int, data: Path, clone_of: Path | None) -> dict[str, Value]:
    """Return the row of one size; the workspace is left in the folder.

    Args:
        folder: For the documents and the workspace.
        documents: How many the workspace holds before ten more come.
        data: The folder with decisions/ and registry/.
        clone_of: A workspace whose records are copied in place of reading documents.
    """
    workspace = folder / "workspace"
    made = documents if clone_of is None else 1
    texts = rewritten(data, made + TEN)
    first, more = _written(folder / "first", texts, made), _written(folder / "more", texts, TEN)
    if clone_of is not None:
        clone_records(clone_of, workspace, documents)
    begun = "fresh" if clone_of is None else "written anew from records"
    fresh, most = _cost(*_ingest(first, workspace))
    nothing, _ = _cost(*_ingest(first, workspace))
    ten, ten_most = _cost(*_ingest(more, workspace))
    correction, _ = _cost(*_correction(workspace))
    return {
        "documents": documents,
        f"{begun}, CPU s": fresh,
        "its memory, MB": most,
        "nothing new, CPU s": nothing,
        "ten more, CPU s": ten,
        "memory of these, MB": ten_most,
        "one correction, CPU s": correction,
    }


def clone_records(source: Path, target: Path, documents: int) -> None:
    """Make a workspace whose one build has records alone: those of another, under other names and with other sums."""
    build = Workspace(source).current()
    folder = target / "builds" / "20260101T000000-001-0000"
    (folder / RECORDS).mkdir(parents=True)
    entries: list[DocumentEntry] = []
    for number in range(documents):
        copy, at = divmod(number, len(build.manifest.documents))
        entry = build.manifest.documents[at]
        text = json.dumps(read_json(build.path / RECORDS / file_key(entry.name, entry.digest)), ensure_ascii=False)
        if entry.reference:
            text = text.replace(entry.reference, f"{entry.reference}/{copy}")
        values = json.loads(_AMOUNT.sub(partial(_times, copy + 1), text))
        name = f"{copy}_{entry.name}"
        digest = hashlib.sha256(name.encode()).hexdigest()
        values |= {"document": name, "digest": digest}
        for passage in values["passages"]:
            passage["id"] = f"{passage['id'][:-4]}{copy:04d}"
        write_packed(folder / RECORDS / file_key(name, digest), values)
        reference = values["decision"]["reference"]
        entries.append(DocumentEntry(name, digest, "0", reference=reference, title=values["decision"]["title"]))
    ordered = tuple(sorted(entries, key=lambda each: each.name))
    write_manifest(Manifest(folder.name, "2026-01-01T00:00:00+00:00", ordered, format=1), folder)
    (target / "current").write_text(folder.name, encoding="utf-8")


def _times(factor: int, amount: re.Match[str]) -> str:
    return f'"amount": "{int(amount.group(1)) * factor}'


def _written(folder: Path, texts: Iterator[tuple[str, str]], number: int) -> Path:
    folder.mkdir(parents=True)
    for _ in range(number):
        name, text = next(texts)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _ingest(documents: Path, workspace: Path) -> Sequence[str]:
    return "ingest", str(documents), "--workspace", str(workspace)


def _correction(workspace: Path) -> Sequence[str]:
    """Return the command that sets right the first sum that there is."""
    build = Workspace(workspace).current()
    records = (build.record(entry.name) for entry in build.manifest.documents)
    record = next(record for record in records if record is not None and record.flows)
    what = (record.document, record.flows[0].id, "--amount", "123456", "--why", "measured", "--who", "the bench")
    return "correct", "flow", *what, "--workspace", str(workspace)


def _cost(*command: str) -> tuple[float, float]:
    """Return what a command costs: seconds of the processor, also of the processes that read for it; megabytes."""
    whole = [sys.executable, "-c", IN_A_SMALL_PROCESS, sys.executable, "-m", "app.cli", *command, "--quiet"]
    without_a_model = {**os.environ, "WHOFUNDS_MODEL_FOLDER": "/nonexistent"}
    done = subprocess.run(whole, cwd=PROJECT, capture_output=True, text=True, env=without_a_model)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    seconds, kilobytes = json.loads(done.stdout)
    return seconds, kilobytes / 1000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write bench/results/growing.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[150, 1_500], help="sizes that are read")
    parser.add_argument("--cloned", type=int, nargs="*", default=[], help="sizes whose records are copied")
    parser.add_argument("--folder", type=Path, help="where the workspaces are made and left (default: nowhere)")
    parser.add_argument("--data", type=Path, default=Settings().data, help="folder with decisions/ and registry/")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        parent, largest, rows = options.folder or Path(scratch), None, []
        for size in [*sorted(options.documents), *sorted(options.cloned)]:
            folder = parent / f"growing-{size}"
            rows.append(measured(folder, size, options.data, largest if size in options.cloned else None))
            largest = folder / "workspace" if size in options.documents else largest
            print(table([{"what": name, "figure": value} for name, value in rows[-1].items()]), "\n")
    print(table([{"what": name, "grows with the power": power} for name, power in exponents(rows).items()]))
    print(f"written: {write_json('growing', rows)}")


if __name__ == "__main__":
    main()
