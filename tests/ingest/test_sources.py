"""Only regular files are read, only those of the folders that were named, and whatever else is there is told."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.files import chunks_of, shown
from ingest.plan import make_plan
from ingest.readers import read
from ingest.sources import Sources, find_sources


def issues(found: Sources) -> dict[str, str]:
    return {failure.name: failure.issues[0] for failure in found.failures}


def test_what_is_no_regular_file_is_told_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "nothing.pdf").symlink_to(tmp_path / "gone.pdf")
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket.md"))
    found = find_sources([tmp_path])
    listener.close()
    said = issues(found)
    assert [source.name for source in found.files] == ["good.md"]
    assert "a named pipe, and only files are read" in said["pipe.md"]
    assert "a socket, and only files" in said["socket.md"]
    assert "a link that leads out of the folder" in said["device.txt"]
    assert "a link to a file that is not there" in said["nothing.pdf"]
    assert "cannot be opened" in said["loop.html"]


def test_hidden_documents_are_left_aside_and_counted(tmp_path: Path) -> None:
    for name in ("good.md", ".hidden.md", "..%2fother.md", ".DS_Store", "~$open.docx", ".pdf"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = find_sources([tmp_path])
    assert [source.name for source in found.files] == ["good.md"]
    assert [message.partition(": ")[2] for message in found.messages] == [
        "left aside as no decisions: 2 × hidden .md"
    ]


def test_a_link_is_followed_within_its_folder_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.md").write_text("secret", encoding="utf-8")
    (inside / "deep" / "own.md").write_text("own", encoding="utf-8")
    (inside / "near.md").symlink_to(inside / "deep" / "own.md")
    (inside / "far.md").symlink_to(outside / "secret.md")
    (inside / "up.md").symlink_to(Path("..") / "outside" / "secret.md")
    (inside / "folder").symlink_to(outside)
    found = find_sources([inside])
    assert [source.name for source in found.files] == ["near.md"]
    assert set(issues(found)) == {"far.md", "up.md"}
    assert any("a link to a folder is not followed" in message for message in found.messages)
    assert [source.name for source in find_sources([inside / "far.md"]).files] == ["far.md"]  # named by the user


def test_a_device_that_is_named_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    assert "a device, and only files are read" in issues(find_sources([tmp_path / "zero.md"]))["zero.md"]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    plain = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)  # root, as tests may run, lists every folder
    assert "cannot be listed" in issues(find_sources([tmp_path]))["closed"]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(UnreadableDocument, match=r"^a\.md: a named pipe, and only files are read"):
        read(tmp_path / "a.md")


def test_the_size_is_looked_at_before_the_content(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(1 << 40)  # takes no room on the disk, and hours to read
    with pytest.raises(UnreadableDocument, match="more than the 100 MB allowed"):
        list(chunks_of(tmp_path / "large.txt", Settings()))
    found = find_sources([tmp_path])
    assert [file.name for file in make_plan(found.files, (), str, Settings()).to_read] == ["large.txt"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a\nb.md", r"a\nb.md"),
        ("\x1b[31mred.md", r"\x1b[31mred.md"),
        ("moc.\u202edm.md", r"moc.\u202edm.md"),
        ("\udcff.md", r"\udcff.md"),
        ("Ünï côdé 詩.md", "Ünï côdé 詩.md"),
    ],
)
def test_odd_names_are_kept_as_they_can_be_shown(name: str, says: str, tmp_path: Path) -> None:
    assert shown(name) == says
    (tmp_path / name).write_text("x", encoding="utf-8")
    (source,) = find_sources([tmp_path]).files
    assert source.name == says
    says.encode()
    source.said.encode()


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_text(folder, encoding="utf-8")
    assert [source.name for source in find_sources([tmp_path]).files] == ["one/a.md", "two/a.md"]
