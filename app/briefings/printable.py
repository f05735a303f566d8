"""Make text safe for office files: without characters that XML forbids, and never read as a formula."""

from __future__ import annotations

import re

LONGEST_ADDRESS = 2000  #: of a link; longer ones stay text
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: signs that turn the direction of writing, by which a name could show itself as another
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text with forbidden characters replaced by a mark, and without those that change text direction."""
    return _TURNING.sub("", _NOT_XML.sub("\ufffd", text))


def link_of(address: str) -> str:
    """Return the address if it can be a link: http or https, no control characters, no spaces; else ""."""
    fits = address.startswith(("https://", "http://")) and len(address) <= LONGEST_ADDRESS
    return address if fits and address.isprintable() and " " not in address else ""
