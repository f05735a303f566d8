"""The scripts by which shells complete commands, options, values and files."""

from __future__ import annotations

import subprocess

import pytest

from app import cli
from app.commands.export import FORMATS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_a_shell_completes_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(command in script for command in cli.COMMANDS)
    assert "--programme" in script or "programme" in script


def test_bash_offers_commands_that_begin_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    words = 'COMP_WORDS=(whofunds sp); COMP_CWORD=1; _shtab_whofunds; echo "${COMPREPLY[@]}"'
    offered = subprocess.run(["bash", "-c", f"{script}\n{words}"], capture_output=True, text=True, check=True)
    assert offered.stdout.split() == ["sparql"]


def test_fish_is_told_commands_with_a_line_each_values_and_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "fish"]) == 0
    lines = capsys.readouterr().out.splitlines()
    offered = {line.partition(" -a ")[2].split()[0]: line for line in lines if " -a " in line}
    assert offered.keys() >= {*cli.COMMANDS}
    assert "-d 'find passages by meaning and by words'" in offered["search"]
    assert any("-l format " in line and " ".join(FORMATS) in line for line in lines)
    assert any("using completion" in line and "bash zsh fish tcsh" in line for line in lines)
    of_ingest = [line for line in lines if "_shtab_whofunds_using ingest" in line]
    assert any("-l workspace" in line and "__fish_complete_path" in line for line in of_ingest)
    assert not any("-l progress" in line for line in of_ingest)
