"""Faults of the machine (full disk, read-only disk, missing permission, no memory), each as one line that helps.

Libraries report these faults in different ways, so an error is recognised by its number, its type, or the operating
system's words for it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

_STANDS = "what was published before stands as it was"
#: numbers of the operating system -> what was found, and what to do
_FAULTS: dict[tuple[int, ...], tuple[str, str]] = {
    (errno.ENOSPC, errno.EDQUOT): (
        "the disk is full", f"free some space, or give --workspace DIR on another disk, and run it again; {_STANDS}"),
    (errno.EFBIG,): ("a file would become larger than is allowed here", f"raise the limit (ulimit -f); {_STANDS}"),
    (errno.EROFS,): (
        "the disk is read-only", "mount it for writing, or copy the workspace elsewhere and give --workspace DIR"),
    (errno.EACCES, errno.EPERM): (
        "no permission", "have its owner run this, or have the permission given (chown, chmod)"),
    (errno.EIO,): (
        "the disk has a fault", "back up what can be read and use another disk; 'whofunds builds --verify' tells more"),
    (errno.ENOMEM,): ("out of memory", f"close other programs, or use fewer --workers; {_STANDS}"),
    (errno.EMFILE, errno.ENFILE): ("too many open files", f"raise the limit (ulimit -n) and run it again; {_STANDS}"),
}  # fmt: skip
_NUMBERS = {number: said for numbers, said in _FAULTS.items() for number in numbers}
_WORDS = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.ENOSPC,
    "File too large": errno.EFBIG,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
    "Input/output error": errno.EIO,
    "Cannot allocate memory": errno.ENOMEM,
    "bad_alloc": errno.ENOMEM,
    "Too many open files": errno.EMFILE,
}
_DEEPEST = 10


def machine_fault(error: BaseException, where: Path) -> str:
    """Return one line on a fault of the machine; "" if the error is no such fault.

    Args:
        error: The error; the errors that led to it are looked at too.
        where: The workspace, for an error that names no file.
    """
    for one in _chain(error):
        number = _number(one)
        if number in _NUMBERS:
            what, remedy = _NUMBERS[number]
            named = one.filename if isinstance(one, OSError) else None
            return f"{named if isinstance(named, str) else where}: {what}; {remedy}"
    return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(_DEEPEST):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _number(error: BaseException) -> int:
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return int(error.errno or 0)
    text = str(error)
    return next((number for words, number in _WORDS.items() if words in text), 0)
