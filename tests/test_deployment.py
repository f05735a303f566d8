"""The files for an office's server are accepted by the programs that read them, and keep what their page promises."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.settings import PROJECT, Settings

FILES = PROJECT / "docs" / "deployment"
PAGE = PROJECT / "docs" / "deployment.md"
UNIT = FILES / "whofunds.service"
CONTAINER = FILES / "Containerfile"


def needs(program: str) -> str:
    """Return the path of a program; the test is skipped where it is not installed."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"{program} is not installed")
    return found


def run(*command: str | Path) -> str:
    """Run a program that must find nothing wrong; return what it said."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    """Return the paths of the examples' certificate and of one that is there."""
    files = {"/etc/ssl/whofunds/fullchain.pem": "fullchain.pem", "/etc/ssl/whofunds/privkey.pem": "privkey.pem"}
    made = {path: str(tmp_path / name) for path, name in files.items()}
    chain, key = made.values()
    run(
        needs("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-subj", "/CN=whofunds.office.example", "-days", "2", "-keyout", key, "-out", chain,
    )  # fmt: skip
    return made


def test_nginx_accepts_its_file(tmp_path: Path, certificate: dict[str, str]) -> None:
    nginx = needs("nginx")
    text = (FILES / "nginx.conf").read_text(encoding="utf-8")
    for example, real in certificate.items():
        assert example in text
        text = text.replace(example, real)
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    run(nginx, "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf")


def test_nginx_lets_sockets_files_and_the_name_through() -> None:
    text = (FILES / "nginx.conf").read_text(encoding="utf-8")
    wanted = ("proxy_set_header Host $http_host", "proxy_set_header Upgrade $http_upgrade", "proxy_http_version 1.1")
    for needed in wanted:
        assert needed in text
    size = re.search(r"client_max_body_size (\d+)m", text)
    assert size and int(size[1]) > Settings().max_document_megabytes


def test_caddy_accepts_its_file() -> None:
    run(needs("caddy"), "validate", "--adapter", "caddyfile", "--config", FILES / "Caddyfile")


def test_systemd_accepts_the_unit_and_finds_it_closed(tmp_path: Path) -> None:
    systemd = needs("systemd-analyze")
    text = UNIT.read_text(encoding="utf-8")
    (tmp_path / "whofunds.service").write_text(text.replace("/opt/whofunds/.venv/bin/whofunds", "/bin/true"))
    said = run(systemd, "verify", tmp_path / "whofunds.service")
    assert "whofunds.service" not in said, said
    found = re.search(r"exposure level for \S+: ([\d.]+)", run(systemd, "security", "--offline=true", UNIT))
    assert found and float(found[1]) <= 2.0


def test_the_command_of_unit_and_container_is_one_that_there_is() -> None:
    from app.cli import command_parser

    unit = re.search(r"^ExecStart=\S+/whofunds (.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    container = re.search(r"^CMD \[(.*)\]$", CONTAINER.read_text(encoding="utf-8"), re.MULTILINE)
    assert unit and container
    assert command_parser().parse_args(shlex.split(unit[1])).host == "127.0.0.1"
    assert command_parser().parse_args(re.findall(r'"([^"]*)"', container[1])).host == "0.0.0.0"


def test_every_setting_that_the_files_name_is_one() -> None:
    known = {f"WHOFUNDS_{name.upper()}" for name in Settings.__dataclass_fields__} | {"WHOFUNDS_NAME"}
    for path in (*FILES.iterdir(), PAGE):
        named = set(re.findall(r"WHOFUNDS_[A-Z_]+", path.read_text(encoding="utf-8")))
        assert named <= known, f"{path.name}: {named - known}"


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the container file with what they say, lines that go on joined."""
    text = re.sub(r"\\\n", " ", CONTAINER.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines]


def test_the_container_is_debian_slim_runs_as_nobody_else_and_says_how_it_is() -> None:
    said = instructions()
    assert {value.split()[0] for kind, value in said if kind == "FROM"} == {
        "docker.io/library/debian:bookworm-slim"
    }
    last = said[max(place for place, (kind, _) in enumerate(said) if kind == "FROM") :]
    users = [value for kind, value in last if kind == "USER"]
    assert users and all(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) for user in users)
    assert next(kind for kind, _ in reversed(last) if kind in ("USER", "RUN")) == "USER"  # nothing runs as root after
    assert "/_stcore/health" in next(value for kind, value in last if kind == "HEALTHCHECK")
    assert all(value.startswith("[") for kind, value in last if kind in ("CMD", "ENTRYPOINT"))


def context(step: str = "") -> list[str]:
    """Return what the container file copies of the project, up to the step that begins so."""
    found: list[str] = []
    for kind, value in instructions():
        if kind == "COPY" and not value.startswith("--from"):
            found += value.split()[:-1]
        elif step and f"{kind} {value}".startswith(step):
            break
    return found


def test_what_the_container_copies_is_there_and_none_of_it_is_anybodys_own() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False).stdout
    for name in context():
        assert (PROJECT / name).exists(), name
        assert not tracked or any(f"{line}/".startswith(f"{name}/") for line in tracked.splitlines()), name


def test_what_the_container_copies_first_is_all_that_make_needs_to_install(tmp_path: Path) -> None:
    for name in context("RUN make install"):
        copied = tmp_path / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, copied, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, copied)
    done = subprocess.run(
        [needs("make"), "--dry-run", "install"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "core.txt" in done.stdout and "--editable ." in done.stdout
    named = subprocess.run(
        [sys.executable, "setup.py", "--name"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert named.stdout.split()[-1:] == ["whofunds"], named.stderr


def made(folder: Path, *targets: str) -> str:
    """Return what make says and does in a folder."""
    command = [needs("make"), f"PYTHON={sys.executable}", *targets]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_an_environment_that_was_copied_with_its_folder_is_made_anew(tmp_path: Path) -> None:
    folder, copy = tmp_path / "whofunds", tmp_path / "copy"
    for name in ("Makefile", "pyproject.toml", "setup.py", "bench/supply/locked"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copied = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copied(PROJECT / name, folder / name)
    made(folder, ".venv/.created")
    (folder / ".venv" / ".installed").touch()
    assert "core.txt" not in made(folder, "--dry-run", "install")  # nothing is done twice
    shutil.copytree(folder, copy, symlinks=True)
    assert "core.txt" in made(copy, "--dry-run", "install")
    assert (copy / ".venv" / ".installed").exists()  # --dry-run changed nothing
    made(copy, ".venv/.created")
    assert not (copy / ".venv" / ".installed").exists()
    assert f"{copy}/.venv" in (copy / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
    assert "Creating" not in made(copy, ".venv/.created")


def test_an_environment_that_is_linked_to_is_left_as_it_is(tmp_path: Path) -> None:
    folder, tree = tmp_path / "whofunds", tmp_path / "tree"
    for place in (folder, tree):
        place.mkdir()
        shutil.copy(PROJECT / "Makefile", place)
    made(folder, ".venv/.created")
    (tree / ".venv").symlink_to(folder / ".venv")
    assert "--clear" not in made(tree, "--dry-run", ".venv/.created")


def test_the_page_puts_only_files_of_the_project_in_place_and_deletes_backups_by_a_rule() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "cp -r" not in text and text.count("git archive HEAD | sudo tar") == 2
    assert re.search(r"whofunds backup \S+ && find /var/backups/whofunds .*-mtime \+\d+ -delete", text)


def test_the_container_keeps_to_what_checkers_of_container_files_ask() -> None:
    for kind, value in instructions():
        assert kind != "ADD" and "sudo" not in value and "latest" not in value
        if kind == "RUN" and "apt-get install" in value:
            assert "apt-get update" in value and "--no-install-recommends" in value and "--yes" in value
            assert "rm -rf /var/lib/apt/lists/*" in value
        assert "pip install" not in value  # which would not ask for hashes
        if kind == "RUN" and "make install" in value:
            assert "--no-cache-dir" in value
        if kind == "ENV":
            assert not re.search(r"(SECRET|KEY|PASSWORD)=", value)
        if kind == "COPY" and not value.startswith("--from"):
            assert all((PROJECT / source).exists() for source in value.split()[:-1])


def test_the_page_leads_to_each_file() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert not [path.name for path in FILES.iterdir() if f"deployment/{path.name}" not in text]
