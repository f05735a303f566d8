"""Places with the codes of the Office for National Statistics, as the 360Giving standard writes them."""

from __future__ import annotations

#: code of the standard's list geoCodeType by the first letters of an area's code; other areas have none there
_TYPES = {
    "E06": "UA",
    "E07": "NMD",
    "E08": "MD",
    "E09": "LONB",
    "E10": "CTY",
    "E12": "RGN/GOR",
    "E22": "CSP",
    "E23": "PFA",
    "E31": "FRA",
    "W06": "UA",
    "S12": "CA",
}


def location(name: str, code: str) -> dict[str, object]:
    """Return a place as the standard's JSON object: name, and code with its type where they are known."""
    found: dict[str, object] = {"name": name, "countryCode": "GB"}
    if code:
        found["geoCode"] = code
        if code[:3] in _TYPES:
            found["geoCodeType"] = _TYPES[code[:3]]
    return found
