"""Find commissioners that a text names by area: "PCC for Kent", "Kent's Police and Crime Commissioner"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = r"Police(?:[,&\s]|\band\b|Fire|Rescue|Crime|Victims['’]?){1,12}\sCommissioner"
OFFICE = rf"(?:(?i:{_LONG})|OPF?CC|PF?CC|O?PCVC)"
_WORD = r"(?!Police|Crime|Fire)[A-Z][a-z]+"
_AREA = rf"{_WORD}(?:[ -](?:and |of |the |& )*{_WORD}){{0,3}}"
_AFTER = re.compile(rf"{OFFICE}(?: \([A-Z]{{3,6}}\))?,? (?:for|in|of) (?:the )?(?P<area>{_AREA})")
_BEFORE = re.compile(rf"(?P<area>{_AREA})(?:['’]s)? (?:Office of the )?(?:{OFFICE}|Police Commissioner|Commissioner)\b")


def commissioners_in(words: str) -> Iterator[str]:
    """Yield each commissioner that a text names, as "<area> Police and Crime Commissioner", longer area first."""
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(words):
            pieces = match["area"].split()
            for count in range(len(pieces), 0, -1):
                chosen = pieces[:count] if pattern is _AFTER else pieces[-count:]
                yield f"{' '.join(chosen)} Police and Crime Commissioner"
