"""The bill of everything that is installed, as CycloneDX: packages with versions, licences and who needs whom.

`make sbom` writes it for the environment that it runs in, so that it says what stands on this machine. Each component
has a scope: "required" for what everybody installs, "optional" for what an extra brought. The weights of the packaged
model stand as a component of their own, with their digest.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.supply.lock import CORE, GRAPHICS, LOCKED, PROJECT, normal_name, read_list
from graph.search.model_files import PACKAGE, PACKAGED_MODEL, WEIGHTS, trusted_files

SPEC_VERSION = "1.6"


def bill() -> dict[str, Any]:
    """Return the bill of this environment as CycloneDX JSON holds it.

    Raises:
        subprocess.CalledProcessError: cyclonedx-py could not make it.
    """
    command = [
        *(sys.executable, "-m", "cyclonedx_py", "environment", sys.executable),
        *("--pyproject", str(PROJECT / "pyproject.toml"), "--mc-type", "application"),
        *("--spec-version", SPEC_VERSION, "--output-format", "JSON", "--no-validate"),  # `problems` does
    ]
    made: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)
    everybody = {
        normal_name(package.name) for name in (CORE, GRAPHICS) for package in read_list(LOCKED / f"{name}.txt")
    }
    for component in made["components"]:
        component["scope"] = "required" if normal_name(component["name"]) in everybody else "optional"
        component.pop("externalReferences", None)  # pages of the packages' own, for chats and donations
    return _with_model(made)


def _with_model(made: dict[str, Any]) -> dict[str, Any]:
    """Add the weights that the model's package carries: what is trusted is their digest, not the package."""
    package = normal_name(PACKAGE)
    carrier = next(part["bom-ref"] for part in made["components"] if normal_name(part["name"]) == package)
    model = {
        "bom-ref": PACKAGED_MODEL,
        "type": "machine-learning-model",
        "name": PACKAGED_MODEL,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": trusted_files()[WEIGHTS]}],
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    made["components"].append(model)
    made["dependencies"].append({"ref": PACKAGED_MODEL})
    holder = next(each for each in made["dependencies"] if each["ref"] == carrier)
    holder["dependsOn"] = [*holder.get("dependsOn", []), PACKAGED_MODEL]
    return made


def problems(made: dict[str, Any]) -> str | None:
    """Return what the standard's schema has against a bill; None if it holds."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made))
    return None if found is None else str(found)[:2000]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bill to a file; return 1 if it does not hold to the standard."""
    parser = argparse.ArgumentParser(prog="python -m bench.supply.sbom", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="where to write it, as in sbom.json")
    file: Path = parser.parse_args(arguments).file
    made = bill()
    wrong = problems(made)
    if wrong:
        print(
            f"{file}: not written, since the bill does not hold to CycloneDX {SPEC_VERSION}: {wrong}", file=sys.stderr
        )
        return 1
    file.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{file}: {len(made['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main())
