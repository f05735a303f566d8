"""Where a file was published: stored beside the file in a small JSON file that people can read and change."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

ENDING = ".fetched.json"  #: after the whole name of the file that it speaks of: decision.pdf.fetched.json


@dataclass(frozen=True, slots=True)
class Origin:
    """The web address of a file and when it was fetched."""

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
    """Return the path of the file that holds the origin of the file at `path`."""
    return path.with_name(path.name + ENDING)


def read_origin(path: Path, digest: str) -> Origin | None:
    """Return the origin stored beside a file.

    None if there is none, or if the file was changed after it was fetched.
    """
    try:
        origin = parse_origin(beside(path).read_bytes())
    except OSError:
        return None
    return origin if origin is not None and origin.sha256 == digest else None


def parse_origin(data: bytes) -> Origin | None:
    """Return the origin that the bytes of an origin file state; None if they cannot be parsed."""
    try:
        return msgspec.json.decode(data, type=Origin)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def written(origin: Origin) -> bytes:
    """Return an origin as the bytes of its file; empty fields are left out."""
    values = {name: value for name, value in asdict(origin).items() if value}
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
