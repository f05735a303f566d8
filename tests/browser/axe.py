"""axe-core, the checker of accessibility: installed by npm into a cache outside the repository, run in the page."""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  #: of axe.min.js of this version
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whofunds-tests"
SERIOUS = ("serious", "critical")
#: the violations of a page as sentences, with the first elements of each
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((each) => ({
    id: each.id, impact: each.impact, help: each.help,
    where: each.nodes.slice(0, 4).map((node) => `${node.target.join(" ")} :: ${node.html.slice(0, 160)} :: `
      + node.failureSummary.slice(0, 260)),
    count: each.nodes.length,
  }));
}"""


def axe_script() -> Path | None:
    """Return the script, fetched by npm once; None where there is no npm or it finds no registry.

    Raises:
        ValueError: The script is not the one that its version has.
    """
    folder = CACHE / f"axe-core-{VERSION}"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if script.is_file():
        return _verified(script)
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    subprocess.run([*command, f"axe-core@{VERSION}"], capture_output=True, timeout=120, check=False)
    return _verified(script) if script.is_file() else None


def _verified(script: Path) -> Path:
    digest = sha256(script.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{script}: SHA-256 is {digest}, not that of axe-core {VERSION}; remove the file")
    return script


def serious_violations(page: Any, script: Path) -> list[str]:
    """Return what axe-core calls serious or critical on the page, a line for each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script.read_text(encoding="utf-8"))  # the page's policy admits no script tag
    return [
        f"{each['id']} ({each['impact']}, {each['count']} places): {each['help']}\n  " + "\n  ".join(each["where"])
        for each in page.evaluate(_RUN)
        if each["impact"] in SERIOUS
    ]
