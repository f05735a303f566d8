"""Open files for reading: only regular files of a bounded size, since pipes and devices could block for ever."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.settings import Settings

_CHUNK = 1 << 20
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
}
_UNSHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  #: signs that steer a terminal or a page, or are no letters at all


def kind_of(mode: int) -> str:
    """Return the kind of a file in words, such as "a folder", from its mode; "" for a regular file."""
    return "" if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "no regular file")


def chunks_of(path: Path, settings: Settings) -> Iterator[bytes]:
    """Yield the content of a regular file in chunks; the size is checked before anything is read.

    Raises:
        UnreadableDocument: The file is too large, or not a regular file; nothing was read.
        OSError: The file cannot be opened or read.
    """
    most = settings.max_document_megabytes * 1_000_000
    # a named pipe is opened without waiting for who writes into it, and a terminal is not made ours
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC), "rb") as file:
        state = os.fstat(file.fileno())
        kind = kind_of(state.st_mode)
        if kind:
            raise UnreadableDocument(f"{shown(path.name)}: {kind}, and only files are read; name a file.")
        if state.st_size > most:
            raise UnreadableDocument(too_large(shown(path.name), state.st_size, settings))
        left = most
        while chunk := file.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UnreadableDocument(too_large(shown(path.name), most - left, settings))
            yield chunk


def too_large(name: str, size: int, settings: Settings) -> str:
    """Return the message for a file of `size` bytes that is over the limit."""
    return (
        f"{name}: {size / 1_000_000:.0f} MB, more than the {settings.max_document_megabytes} MB allowed; split it, "
        "or raise WHOFUNDS_MAX_DOCUMENT_MEGABYTES."
    )


def shown(name: str) -> str:
    """Return a file name that is safe to print and store: characters that cannot be printed are escaped."""
    return "".join(
        sign.encode("unicode_escape").decode() if unicodedata.category(sign) in _UNSHOWN else sign for sign in name
    )
