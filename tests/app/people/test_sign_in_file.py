"""The file of sign-in: what it says, and one line with key and remedy for each thing that can be wrong in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.cli import main
from app.people.keys import digest_of
from app.people.roles import Role
from app.people.sign_in import SignInFault, is_own_machine, read_sign_in
from graph.settings import PROJECT

GOOD = """[auth]
redirect_uri = "https://whofunds.office.test/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "whofunds"
client_secret = "s"
server_metadata_url = "https://id.office.test/.well-known/openid-configuration"
[people]
reader = ["*@office.example"]
publisher = ["Pia@Office.example"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "sign-in.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    found = read_sign_in(written(tmp_path, GOOD))
    assert found.people == {"*@office.example": Role.READER, "pia@office.example": Role.PUBLISHER}
    assert (found.hours, found.identity, found.is_https, found.accepts_unverified) == (8.0, "email", True, False)
    assert found.auth["client_id"] == "whofunds"


def test_programs_are_known_by_the_digest_of_their_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "dashboard"]) == 0
    printed = capsys.readouterr()
    line = printed.err.partition(": ")[2]
    assert printed.out.strip() not in line
    found = read_sign_in(written(tmp_path, f"{GOOD}[programs]\n{line}"))
    assert found.programs == {digest_of(printed.out.strip()): "dashboard"}
    with pytest.raises(SignInFault, match=r"\[programs\] dashboard is no digest of a key; make one with"):
        read_sign_in(written(tmp_path, GOOD + '[programs]\ndashboard = "secret"\n'))


TEMPLATE = (PROJECT / "docs" / "deployment" / "sign-in.toml").read_text(encoding="utf-8")
REPLACED = {  #: in the order in which the template has them
    '"https://whofunds.office.example/oauth2callback"': '"https://whofunds.office.test/oauth2callback"',
    '"REPLACE-THIS"': '"0123456789abcdef0123456789abcdef"',
    '"CLIENT-ID"': '"whofunds"',
    '"CLIENT-SECRET"': '"s"',
    '"https://login.office.example/': '"https://login.office.test/',
}


def replaced(leaving: str = "") -> str:
    """Return the template with every value replaced but one."""
    text = TEMPLATE
    for example, own in REPLACED.items():
        assert example in text
        text = text if example == leaving else text.replace(example, own)
    return text


def test_the_file_that_is_there_to_copy_is_good_once_its_examples_are_replaced(tmp_path: Path) -> None:
    assert set(read_sign_in(written(tmp_path, replaced())).people.values()) == set(Role)


def test_the_file_that_is_there_to_copy_lets_nobody_in_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it was served"))
    monkeypatch.setenv("WHOFUNDS_SIGN_IN", str(PROJECT / "docs" / "deployment" / "sign-in.toml"))
    assert main(["app", "--host", "127.0.0.1", "--workspace", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "is still the example of the template; put there" in said


@pytest.mark.parametrize("example", REPLACED)
def test_each_example_that_is_left_is_refused(tmp_path: Path, example: str) -> None:
    with pytest.raises(SignInFault, match="is still the example of the template; put there") as fault:
        read_sign_in(written(tmp_path, replaced(leaving=example)))
    key = next(line for line in TEMPLATE.splitlines() if example in line).split(" =")[0]
    assert f"[auth] {key} is" in str(fault.value)


@pytest.mark.parametrize(
    "secret",
    [
        "REPLACE-THIS-BY-openssl-rand-hex-32",  # which the template had before, and is long enough
        "replace-this-by-openssl-rand-hex-32",
        "REPLACE-THIS-0123456789abcdef0123456789",
        "x" * 64,
        "password" * 5,
    ],
)
def test_a_secret_that_everybody_can_guess_is_refused(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SignInFault, match=r"cookie_secret .*openssl rand -hex 32") as fault:
        read_sign_in(written(tmp_path, GOOD.replace("0123456789abcdef" * 2, secret)))
    assert secret not in str(fault.value)


@pytest.mark.parametrize("host", ["office.example", "OFFICE.EXAMPLE:8443", "example.com", "id.example.org.", "example"])
def test_a_host_that_is_nobodys_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(SignInFault, match="server_metadata_url is still the example"):
        read_sign_in(written(tmp_path, GOOD.replace("id.office.test", host)))


def test_a_client_may_have_a_name_like_an_example(tmp_path: Path) -> None:
    found = read_sign_in(written(tmp_path, GOOD.replace('"whofunds"', '"my-client-id"')))
    assert found.auth["client_id"] == "my-client-id"


@pytest.mark.parametrize("host", ["example.police.uk", "id.myexample.com", "example-office.uk"])
def test_a_host_that_is_only_named_like_an_example_is_taken(tmp_path: Path, host: str) -> None:
    assert read_sign_in(written(tmp_path, GOOD.replace("id.office.test", host))).hours == 8


def test_a_changed_file_is_taken_up(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert read_sign_in(path).hours == 8
    written(tmp_path, GOOD + "\n[session]\nhours = 1\n")
    os.utime(path, (1, 1))
    assert read_sign_in(path).hours == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("client_id", "client_name", "[auth] has no 'client_name'"),
        ('client_id = "whofunds"\n', "", "[auth] client_id is missing"),
        ('client_id = "whofunds"', "client_id = 3", "[auth] client_id is not a text"),
        ("0123456789abcdef0123456789abcdef", "short", "openssl rand -hex 32"),
        ("/oauth2callback", "/callback", "followed by /oauth2callback"),
        ("https://whofunds", "http://whofunds", "redirect_uri does not begin with https://"),
        ("https://id.", "http://id.", "server_metadata_url does not begin with https://"),
        ("https://id.", "http://localhost.", "server_metadata_url does not begin with https://"),
        ("[people]", "[persons]", "'persons' is no table of it"),
        ("reader =", "readers =", "[people] has no 'readers'"),
        ('["*@office.example"]', '"*@office.example"', "[people] reader is a list of texts"),
        ('reader = ["*@office.example"]\npublisher = ["Pia@Office.example"]\n', "", "nobody could come in"),
        ("[people]", "[groups]", "[groups] claim is missing"),
        ("[people]", "[session]\nhours = 0\n[people]", "[session] hours is a number"),
        ("[people]", "[session]\nhours = true\n[people]", "[session] hours is a number"),
        ("[people]", "[people]\naccept_unverified_email = 1", "accept_unverified_email is true or false"),
        ("[people]", "client_kwargs = 1\n[people]", "[auth] client_kwargs is a table"),
        ("[people]", "[people", "cannot be read as TOML"),
        ("[auth]", "x = [\n" * 3000 + "[auth]", "cannot be read as TOML"),
    ],
)
def test_a_fault_is_said_in_one_line_with_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SignInFault) as fault:
        read_sign_in(written(tmp_path, GOOD.replace(old, new)))
    assert said in str(fault.value) and "sign-in.toml: " in str(fault.value)
    assert "0123456789abcdef" not in str(fault.value)


def test_a_file_that_everybody_can_change_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.chmod(0o666)
    with pytest.raises(SignInFault, match="everybody on this machine can change it; chmod 600"):
        read_sign_in(path)
    with pytest.raises(SignInFault, match="cannot be read"):
        read_sign_in(tmp_path / "none.toml")


OWN = ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST", "::ffff:127.0.0.1")
OTHERS = ("0.0.0.0", "::", "10.0.0.1", "office.example", "localhost.example", "", None, "::ffff:10.0.0.1")


@pytest.mark.parametrize("host", OWN)
def test_addresses_of_this_machine_alone(host: str) -> None:
    assert is_own_machine(host)


@pytest.mark.parametrize("host", OTHERS)
def test_addresses_that_others_reach(host: str | None) -> None:
    assert not is_own_machine(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "whofunds.office.example"])
def test_the_app_serves_nobody_else_without_sign_in(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it was served"))
    monkeypatch.delenv("WHOFUNDS_SIGN_IN", raising=False)
    assert main(["app", "--host", host, "--workspace", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "set WHOFUNDS_SIGN_IN" in said and "leave --host out" in said
    monkeypatch.setenv("WHOFUNDS_SIGN_IN", str(written(tmp_path, GOOD.replace("client_id", "id"))))
    assert main(["app", "--host", host, "--workspace", str(tmp_path)]) == 1
    assert "[auth] has no 'id'" in capsys.readouterr().err


class Served(Exception):
    """Stands for the server that would take over the process."""


def test_the_app_is_served_at_this_machine_where_no_address_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def serve(program: str, command: list[str], environment: dict[str, str]) -> None:
        commands.append(command)
        raise Served

    monkeypatch.setattr("os.execve", serve)
    monkeypatch.delenv("WHOFUNDS_SIGN_IN", raising=False)
    main(["app", "--no-browser", "--workspace", str(tmp_path)])
    assert commands[0][commands[0].index("--server.address") + 1] == "127.0.0.1"
    assert "Served" in capsys.readouterr().err
