"""The sample decisions as many documents to be read: other areas, references and sums, the same sentences.

A copy's areas are those of the samples moved on by as many places as its number, so that every body decides in some of
them; its sums are those of the samples times a small number, so that what added up still does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from graph.police_areas import load_area_tiles
from graph.registry import Registry, load_registry

_LONDON = re.compile(r"Mayor[’']s Office for Policing and Crime|\bMOPAC\b|\bthe Mayor\b|\bLondon\b")
_SUM = re.compile(r"£(\d[\d,]*(?:\.\d\d)?)")
_REFERENCE = re.compile(r"^- Reference: (\S.*)$", re.M)
_FACTORS = 89


def rewritten(data: Path, documents: int) -> Iterator[tuple[str, str]]:
    """Yield names and texts of so many documents: the samples, then their copies.

    Args:
        data: The folder with decisions/ and registry/.
        documents: How many.
    """
    files = [path for path in sorted((data / "decisions").glob("*.md")) if path.name != "README.md"]
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in files]
    areas, pattern = area_names(data, load_registry(data / "registry"))
    for number in range(documents):
        copy, at = divmod(number, len(texts))
        name, text = texts[at]
        yield (f"{copy}-{name}", copied_text(text, copy, areas, pattern)) if copy else (name, text)


def area_names(data: Path, registry: Registry) -> tuple[list[str], re.Pattern[str]]:
    """Return the names of all police areas but London, in the order of the map, and a pattern that finds them."""
    areas = [tile.name for tile in load_area_tiles(data / "across", registry) if tile.name != "London"]
    return areas, re.compile("|".join(re.escape(area) for area in sorted(areas, key=len, reverse=True)))


def copied_text(text: str, copy: int, areas: list[str], pattern: re.Pattern[str]) -> str:
    """Return a text under other references and areas and with other sums, by the number of the copy, from 1."""
    factor = copy % _FACTORS + 1
    for reference in _REFERENCE.findall(text):
        text = text.replace(reference, f"{reference}/{copy}")
    text = pattern.sub(lambda match: areas[(areas.index(match.group()) + copy) % len(areas)], text)
    here = areas[copy % len(areas)]
    text = _LONDON.sub(
        lambda match: here if match.group() == "London" else f"Police and Crime Commissioner for {here}", text
    )
    return _SUM.sub(lambda match: f"£{Decimal(match.group(1).replace(',', '')) * factor:,}", text)
