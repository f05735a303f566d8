"""The audit log: who did what and when, one JSON object a line, added at the end and never changed.

A file that has grown large is set aside under the time of its last entry, and kept.
What people ask is no part of it unless that was set.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from graph.errors import WhofundsError
from graph.settings import Settings

FILE = "audit.jsonl"
MOST_BYTES = 5_000_000  #: of a file, after which a new one is begun: about 20,000 entries

log = logging.getLogger(__name__)


class AuditLogFault(WhofundsError):
    """The audit log cannot be written, so what would have to stand in it is not done."""


class Event(StrEnum):
    """The sorts of entries in the audit log."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    REFUSAL = "refusal"  #: somebody who is signed in asked for what their role does not allow
    ADDITION = "addition"  #: documents published from the app
    CORRECTION = "correction"
    PUBLICATION = "publication"  #: a new build
    ROLL_BACK = "roll-back"
    RESTORE = "restore"  #: a backup put back; stands beside its publication, as a repair does
    REPAIR = "repair"  #: what was damaged or missing, restored
    EXPORT = "export"  #: a file made in the app
    QUESTION = "question"  #: only where WHOFUNDS_AUDIT_QUESTIONS is set


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    when: str  #: ISO date and time, UTC
    event: str
    who: str
    details: dict[str, Any]


def login_name() -> str:
    """Return the operating system's user that this process runs as; environment variables do not change it."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows; a number without a name, as in many containers
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return f"user {os.getuid()}" if hasattr(os, "getuid") else "unnamed"


def audit_file(settings: Settings) -> Path:
    """Return the path of the file that the log is written to."""
    return Path(settings.audit_log) if settings.audit_log else settings.workspace / FILE


def entry_of(settings: Settings, event: Event, **details: object) -> dict[str, Any]:
    """Return an entry for an event that happens now, done by `settings.who`, else by the operating system's user.

    Details that are None are left out.
    """
    login = login_name()
    return {
        "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": str(event),
        "who": settings.who or login,
        **({"login": login} if settings.who and settings.who != login else {}),
        **{name: value for name, value in details.items() if value is not None},
    }


def record(settings: Settings, event: Event, **details: object) -> None:
    """Add an entry for an event that happens now; for its content see `entry_of`."""
    add(settings, entry_of(settings, event, **details))


def add(settings: Settings, entry: Mapping[str, Any]) -> bool:
    """Add an entry to the log; return False if the log cannot be written.

    The program's own log then has the entry as an error, since the event has happened.
    """
    path, line = audit_file(settings), _line(entry)
    try:
        _add(path, line)
    except OSError as error:
        said = line.decode().strip()
        log.error("%s: cannot be written (%s); the entry is: %s", path, error.strerror or error, said)
        return False
    return True


def holds(settings: Settings, entry: Mapping[str, Any]) -> bool:
    """Return True if the current file of the log, or the one before it, holds an entry."""
    line = _line(entry)
    try:
        return any(line in path.read_bytes() for path in audit_files(settings)[-2:])
    except OSError:
        return False


def _line(entry: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(entry, ensure_ascii=False, default=str)}\n".encode("utf-8", "backslashreplace")


def check_writable(settings: Settings) -> None:
    """Check that an entry could be added now.

    Raises:
        AuditLogFault: The log cannot be written; the message says what to do.
    """
    path = audit_file(settings)
    place = path if path.exists() else next((each for each in path.parents if each.exists()), path.parent)
    if (path.exists() and not path.is_file()) or not os.access(place, os.W_OK):
        raise AuditLogFault(
            f"{path}: the audit log cannot be written, so nothing was changed; let {login_name()!r} write there, or "
            "set WHOFUNDS_AUDIT_LOG to another file"
        )


def _add(path: Path, line: bytes) -> None:
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if not _is_still(path, descriptor):  # another process began a new file while this one waited
                continue
            if (size := os.fstat(descriptor).st_size) > 0 and size + len(line) > MOST_BYTES:
                _set_aside(path)
                continue
            written = os.write(descriptor, line)
            if written < len(line):
                os.write(descriptor, line[written:])
            os.fsync(descriptor)
            return
        finally:
            os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _set_aside(path: Path) -> None:
    """Rename a full file to the current time, so that it sorts after the older files."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    os.rename(path, path.with_name(f"{path.stem}-{stamp}{path.suffix}"))


def audit_files(settings: Settings) -> tuple[Path, ...]:
    """Return the files of the log, oldest first."""
    path = audit_file(settings)
    aside = sorted(path.parent.glob(f"{path.stem}-[0-9]*{path.suffix}")) if path.parent.is_dir() else []
    return (*aside, *([path] if path.is_file() else []))


def entries(settings: Settings, faults: list[str] | None = None) -> Iterator[Entry]:
    """Yield the entries of the log, oldest first; a line that is no entry is skipped and named in `faults`.

    Raises:
        AuditLogFault: A file of the log cannot be read.
    """
    for path in audit_files(settings):
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                for number, line in enumerate(file, 1):
                    entry = _entry(line)
                    if entry is not None:
                        yield entry
                    elif faults is not None:
                        faults.append(f"{path}, line {number}: no entry of the log; the lines around it are shown")
        except OSError as error:
            said = error.strerror or error
            raise AuditLogFault(f"{path}: cannot be read ({said}); ask whoever runs whofunds to let you") from error


def _entry(line: str) -> Entry | None:
    try:
        values = json.loads(line)
        return Entry(str(values.pop("when")), str(values.pop("event")), str(values.pop("who")), values)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
