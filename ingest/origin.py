"""Where a file was published: kept beside it in a small file of its own, in words that people can read and change."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

ENDING = ".fetched.json"  #: after the whole name of the file that it speaks of: decision.pdf.fetched.json


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from, and when."""

    address: str  #: where it is published, after redirects
    sha256: str  #: of the file, hex
    fetched: str  #: moment at which it came, ISO 8601 in UTC
    checked: str = ""  #: moment at which the server was last asked
    asked: list[str] = field(default_factory=list)  #: every address that led to it
    found_on: str = ""  #: page whose link led to it
    words: str = ""  #: of that link
    site: str = ""  #: profile of the site
    body: str = ""  #: whose site it is, as the registry names it
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


def beside(path: Path) -> Path:
    """Return where the origin of a file is kept."""
    return path.with_name(path.name + ENDING)


def read_origin(path: Path, digest: str) -> Origin | None:
    """Return the origin kept beside a file; None where there is none, or the file has changed since it was fetched."""
    try:
        origin = parse_origin(beside(path).read_bytes())
    except OSError:
        return None
    return origin if origin is not None and origin.sha256 == digest else None


def parse_origin(data: bytes) -> Origin | None:
    """Return the origin that some bytes state; None where they state none."""
    try:
        return msgspec.json.decode(data, type=Origin)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def written(origin: Origin) -> bytes:
    """Return an origin as it is kept; what is empty is left out."""
    values = {name: value for name, value in asdict(origin).items() if value}
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
