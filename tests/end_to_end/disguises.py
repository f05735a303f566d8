"""The five decisions with other names, sums, years, columns, headings and pound signs, and their gold changed alike."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from flow_scores import GoldFlow, names


@dataclass(frozen=True, slots=True)
class Told:
    """A document's text and the flows that a reader should find in it."""

    text: str
    gold: tuple[GoldFlow, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One organisation of a document, with the words it goes by; each word is replaced by the same form of another."""

    kind: str
    name: str  #: as the gold names it
    long: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


Disguise = Callable[[str, Told, random.Random], Told]

#: long form, short form; half of them stand in no list of names
STAND_INS: Mapping[str, Sequence[tuple[str, str]]] = {
    "charity": (
        ("Hestia", "Hestia"),
        ("Cranstoun", "Cranstoun"),
        ("Catch22", "Catch22"),
        ("Brightwater Trust", "Brightwater"),
        ("Northfield Women's Centre", "NWC"),
        ("Larkfield Housing Association", "LHA"),
        ("Open Gate CIC", "Open Gate CIC"),
    ),
    "university": (
        ("University of Gloucestershire", "University of Gloucestershire"),
        ("University of Northbridge", "University of Northbridge"),
        ("Eastmoor University", "Eastmoor University"),
    ),
    "police": (
        ("City of London Police", "City of London Police"),
        ("British Transport Police", "British Transport Police"),
        ("Estuary Marine Police", "Estuary Marine Police"),
    ),
    "department": (
        ("Ministry of Justice", "MoJ"),
        ("Department for Education", "DfE"),
        ("Department for Safer Communities", "DSC"),
    ),
    "office": (
        ("Northern Reoffending Executive Office", "Northern Reoffending Executive Office"),
        ("Custody Liaison Board", "Custody Liaison Board"),
    ),
    "trust": (
        ("Camden and Islington NHS Foundation Trust", "CANDI"),
        ("Three Rivers Mental Health Trust", "TRMHT"),
    ),
}
ROLES: Mapping[str, Sequence[Role]] = {
    "PCD 1583": (
        Role("charity", "SafeLives", ("SafeLives", "Safelives")),
        Role("university", "University of Bristol", ("University of Bristol",)),
        Role("police", "Metropolitan Police Service", ("Metropolitan Police Service",), ("MPS",)),
        Role("charity", "London Victim and Witness Service", ("London Victim and Witness Service", "LVWS provider")),
        Role("department", "Home Office", ("Home Office",)),
        Role("charity", "Rise Mutual CIC", ("Rise CIC",)),
    ),
    "PCD 1307": (
        Role("police", "Metropolitan Police Service", ("Metropolitan Police Service",), ("MPS",)),
        Role(
            "office",
            "London MAPPA Executive Office",
            ("London MAPPA Executive Office", "London Executive Office of London MAPPA"),
        ),
        Role("charity", "Suzy Lamplugh Trust", ("Suzy Lamplugh Trust",), ("SLT",)),
        Role("trust", "", ("Barnet, Enfield and Haringey Mental Health Trust",)),
    ),
    "PCD 1460": (Role("department", "Home Office", ("Home Office",)), Role("charity", "Respect", ("Respect",))),
    "PCC/D/2018/25": (
        Role("department", "Home Office", ("Home Office",)),
        Role("charity", "SafeLives", ("SafeLives",)),
    ),
    "DMPCD 2015 96": (Role("department", "Ministry of Justice", ("Ministry of Justice",), ("MoJ",)),),
}
#: sums that are made of others of the same document; "#" marks what is no figure of it
SUMS: Mapping[str, Mapping[str, str]] = {
    "PCD 1583": {
        "396792": "226369 + 170423",
        "65150": "32575 + 32575",
        "164760": "82380 + 82380",
        "520707": "158933 + 361774",
        "1097530": "365347 + 732183",
        "198144": "150000 + 48144",
        "1063748": "226369 + 32575 + 82380 + 158933 + 365347 + 150000 + 48144",
        "1379335": "170423 + 32575 + 82380 + 361774 + 732183",
        "2443083": "1063748 + 1379335",
        "1790932": "2443083 - 652151",
        "652150.80": "652151 - #0.20",
        "1394770.22": "697385.11 + 697385.11",
        "729960.11": "697385.11 + 32575",
        "1459920.22": "1394770.22 + 65150",
        "1942018.83": "960538.13 + 981480.70",
        "2754246.24": "1063748 + 729960.11 + 960538.13",
        "3090775.81": "1379335 + 729960.11 + 981480.70",
        "5845022.05": "2754246.24 + 3090775.81",
        "48000": "48144 to 1000",
    },
    "PCD 1307": {"1360000": "470000 + 40000 + 175000 + 675000", "2720000": "1360000 + 1360000"},
    "PCD 1460": {"536500": "286500 + 250000", "286000": "286500 to 1000", "250000": "300000 - #50000"},
    "PCC/D/2018/25": {"340331": "150000 + 190331", "575290": "92126 + 142834 + 340331 - #1"},
    "DMPCD 2015 96": {
        "987813": "45000 + 26000 + 78000 + 66836 + 37917 + 40901 + 53564 + 32000 + 168835 + 86560 + 58000 + 30000"
        " + 24700 + 25000 + 54500 + 160000",
        "250000": "40000 + 29592 + 38300 + 6300 + 50000 + 12500 + 4292 + 27500 + 41516",
        "1237813": "987813 + 250000",
    },
}
TABLE_HEADINGS: Mapping[str, Sequence[str]] = {
    "Project": ("Scheme", "Programme", "Service", "Workstream", "Initiative", "Funding for"),
    "Provider": ("Supplier", "Organisation", "Recipient", "Delivery partner", "Awarded to", "Grantee"),
    "Total": ("Overall total", "Two-year total", "Combined", "Total award", "Sum"),
    "Service Name": ("Project", "Programme name", "Scheme", "Activity", "Service commissioned"),
    "Funding Source": ("Funding stream", "Source of funds", "Paid from", "Budget", "Fund", "Source"),
    "Borough": ("Local authority", "Council", "Lead borough", "Area", "District", "Authority", "Applicant"),
    "Victim services": ("Award for victim services", "Victim services (£)", "Victim services allocation"),
    "Restorative Justice": ("Restorative justice award", "Restorative Justice grant", "Restorative justice (£)"),
}
YEAR_HEADINGS = ("{}", "{} Award", "{} allocation", "Funding {}", "{} (£)", "Budget {}", "FY {}", "Amount {}")
SECTION_HEADINGS: Mapping[str, Sequence[str]] = {
    "Executive Summary": ("Summary", "Decision summary", "Purpose", "Report summary"),
    "Recommendation": ("Recommendations", "Decision required", "Recommendation(s)"),
    "Financial Comments": ("Financial implications", "Finance", "Financial and resource implications"),
    "Introduction and background": ("Background", "Context"),
    "Issues for consideration": ("Main report", "Considerations", "Details"),
}
_MONEY = re.compile(r"(?P<sign>£|\$\\pm )(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>k| million)?(?P<end>\$)?")
_FULL_YEAR = re.compile(r"(?<!Act )(?<![\d,£/.])(20[12]\d)(?:([-/])(\d\d)(?!\d))?(?![\d,])")
_SHORT_YEARS = re.compile(r"(?<![\d/-])(\d\d)([/-])(\d\d)(?![\d/-])")
_SHORT_DATE = re.compile(r"\b(\d{1,2}/\d{1,2}/)(\d\d)\b(?!\d)")


def with_other_names(key: str, told: Told, chance: random.Random) -> Told:
    """Every organisation and borough is another of its kind, known or invented, wherever it is named."""
    words: dict[str, str] = {}
    called: dict[str, str] = {}
    taken: set[str] = set()
    for role in ROLES[key]:
        long, short = chance.choice(
            [one for one in STAND_INS[role.kind] if one[0] not in taken and one[0] not in told.text]
        )
        taken.add(long)
        if role.name:
            called[role.name] = long
        words |= {old: long for old in role.long} | {old: short for old in role.short}
    words |= _other_boroughs(told, chance, called) if key != "PCC/D/2018/25" else _other_county(chance, called)
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(old) for old in sorted(words, key=len, reverse=True))})(?!\w)"
    )

    def swap(text: str) -> str:
        return pattern.sub(lambda match: words[match[0]], text)

    gold = [
        replace(one, funder=called.get(one.funder, one.funder), recipient=_called(one.recipient, called, swap))
        for one in told.gold
    ]
    return Told(swap(told.text), tuple(gold))


def _called(recipient: str, called: Mapping[str, str], swap: Callable[[str], str]) -> str:
    if recipient in called:
        return called[recipient]
    return recipient if "|" in recipient or "(" in recipient else swap(recipient)


def _other_boroughs(told: Told, chance: random.Random, called: dict[str, str]) -> dict[str, str]:
    registry = names().registry
    boroughs = [
        (registry.places[row.place].name, row.name)
        for row in registry.organisations.values()
        if row.place and registry.places[row.place].type == "london-borough" and " Borough of " in row.name
    ]
    short = {"Richmond upon Thames": "Richmond", "Kingston upon Thames": "Kingston"}
    plain = [(short.get(place, place).replace(" and ", " & "), council) for place, council in boroughs]
    others = chance.sample(plain, len(plain))
    words: dict[str, str] = {}
    for (place, council), (other, other_council) in zip(plain, others, strict=True):
        words |= {place: other, place.replace(" & ", " and "): other.replace(" & ", " and ")}
        words |= {council: other_council, f"London Borough of {place}": other_council}
        called |= {council: other_council, f"London Borough of {place}": other_council}
    return words


def _other_county(chance: random.Random, called: dict[str, str]) -> dict[str, str]:
    area, county, letters = chance.choice(
        [
            ("Thames Valley", "Oxfordshire", "OCC"),
            ("Sussex", "East Sussex", "ESCC"),
            ("Devon and Cornwall", "Devon", "DCC"),
        ]
    )
    council = f"{county} County Council"
    called["Worcestershire County Council"] = council
    for name in ("West Mercia Police and Crime Commissioner", "West Mercia Police and Crime Commissioner|"):
        called[name] = name.replace("West Mercia", area)
    return {"West Mercia": area, "Worcestershire": county, "WCC": letters, "Worcestershire County Council": council}


def with_other_sums(key: str, told: Told, chance: random.Random) -> Told:
    """Every sum is another of its size; what others add up to is added up anew."""
    made = SUMS[key]
    figures: dict[Decimal, Decimal] = {Decimal(0): Decimal(0)}

    def figure(old: Decimal) -> Decimal:
        if old not in figures:
            figures[old] = _made(made[str(old)]) if str(old) in made else _another(old, chance, figures.values())
        return figures[old]

    def _made(words: str) -> Decimal:
        if " to " in words:
            source, step = (Decimal(word) for word in words.split(" to "))
            return (figure(source) / step).quantize(Decimal(1), ROUND_DOWN) * step
        total, sign = Decimal(0), 1
        for word in words.split():
            if word in "+-":
                sign = 1 if word == "+" else -1
            else:
                total += sign * (Decimal(word[1:]) if word[0] == "#" else figure(Decimal(word)))
        return total

    def printed(match: re.Match[str]) -> str:
        scale = {"k": 1000, " million": 10**6}.get(match["scale"] or "", 1)
        old = Decimal(match["number"].replace(",", "")) * scale
        new = figure(old.normalize() if old != old.to_integral_value() else Decimal(int(old))) / scale
        places = 2 if "." in match["number"] else 0
        return f"{match['sign']}{new:,.{places}f}{match['scale'] or ''}{match['end'] or ''}"

    for words in list(made)[::-1]:
        figure(Decimal(words))
    text = _MONEY.sub(printed, told.text)
    gold = [replace(one, amount=f"{figure(_key(one.amount)):.2f}") for one in told.gold]
    return Told(text, tuple(gold))


def _key(amount: str) -> Decimal:
    value = Decimal(amount)
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _another(old: Decimal, chance: random.Random, taken: Collection[Decimal]) -> Decimal:
    """A figure 0.6 to 1.7 times another, with as many noughts at its end, that is not taken."""
    digits = old.normalize().as_tuple()
    step = Decimal(10) ** min(int(digits.exponent), 4)
    steps = int(old / step)
    while True:
        new = Decimal(chance.randint(max(1, int(steps * 0.6)), int(steps * 1.7) + 2)) * step
        if new != old and new not in taken and (new / step) % 10 != 0:
            return new


def with_other_years(key: str, told: Told, chance: random.Random) -> Told:
    """Every year is as many years earlier or later."""
    shift = chance.choice((-4, -2, -1, 1, 2, 3))

    def full(match: re.Match[str]) -> str:
        tail = (
            f"{match[2]}{int(match[3]) + shift:02d}"
            if match[2] and _follows(match[1][2:], match[3])
            else (f"{match[2]}{match[3]}" if match[2] else "")
        )
        return f"{int(match[1]) + shift}{tail}"

    def short(match: re.Match[str]) -> str:
        if not _follows(match[1], match[3]):
            return match[0]
        return f"{int(match[1]) + shift:02d}{match[2]}{int(match[3]) + shift:02d}"

    def shifted(text: str) -> str:
        text = _SHORT_DATE.sub(lambda match: f"{match[1]}{int(match[2]) + shift:02d}", text)
        return _FULL_YEAR.sub(full, _SHORT_YEARS.sub(short, text))

    gold = [
        replace(
            one,
            years=tuple(shifted(year) for year in one.years),
            fund="" if re.search(r"\d", one.fund) else one.fund,  # a round of other years has no name that is known
        )
        for one in told.gold
    ]
    return Told(shifted(told.text), tuple(gold))


def _follows(first: str, last: str) -> bool:
    return 1 <= int(last) - int(first) <= 3


def with_other_columns(key: str, told: Told, chance: random.Random) -> Told:
    """The columns of every table of money stand in another order, the same in its parts over a page break."""
    orders: dict[int, list[int]] = {}
    lines = told.text.split("\n")
    for start, end in _tables(lines):
        cells = [line.split("\t") for line in lines[start:end]]
        width = len(cells[0])
        if not any("£" in cell for row in cells for cell in row):
            continue
        order = orders.setdefault(width, chance.sample(range(width), width))
        for index, row in enumerate(cells):
            if len(row) == width and not (width > 2 and row[0].strip() and not any(cell.strip() for cell in row[1:])):
                lines[start + index] = "\t".join(row[place] for place in order)
    return Told("\n".join(lines), told.gold)


def _tables(lines: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        width = lines[start].count("\t")
        end = start + 1
        if width:
            while end < len(lines) and lines[end].count("\t") == width:
                end += 1
            found.append((start, end))
        start = end
    return found


def with_other_headings(key: str, told: Told, chance: random.Random) -> Told:
    """Sections and columns are headed in another commissioner's words."""
    lines = told.text.split("\n")
    years = chance.choice(YEAR_HEADINGS)
    chosen = {old: chance.choice(new) for old, new in {**TABLE_HEADINGS, **SECTION_HEADINGS}.items()}
    for start, end in _tables(lines):
        if not any("£" in line for line in lines[start:end]):
            continue
        for index in range(start, min(start + 3, end)):
            if "£" not in lines[index]:
                cells = lines[index].split("\t")
                lines[index] = "\t".join(_headed(cell, chosen, years) for cell in cells)
    text = "\n".join(lines)
    for old in SECTION_HEADINGS:
        text = re.sub(rf"^([#* \d.]*){old}(s?:?\**)$", rf"\g<1>{chosen[old]}\g<2>", text, flags=re.M | re.I)
    return Told(text, told.gold)


def _headed(cell: str, chosen: Mapping[str, str], years: str) -> str:
    year = re.fullmatch(r"(\d\d(?:\d\d)?/\d\d)(?: Allocation)?", cell.strip())
    return years.format(year[1]) if year else chosen.get(cell.strip(), cell)


def with_broken_pounds(key: str, told: Told, chance: random.Random) -> Told:
    """Pound signs are as scans and careless hands leave them."""

    def broken(match: re.Match[str]) -> str:
        figure = f"{match['number']}{match['scale'] or ''}"
        if match["end"]:
            return match[0]
        return chance.choice(
            (f"$\\pm {figure}$", f"£ {figure}", f"± {figure}", f"GBP {figure}", f"££{figure}", match[0])
        )

    return Told(_MONEY.sub(broken, told.text), told.gold)


DISGUISES: Mapping[str, Disguise] = {
    "names": with_other_names,
    "sums": with_other_sums,
    "years": with_other_years,
    "columns": with_other_columns,
    "headings": with_other_headings,
    "pounds": with_broken_pounds,
}


def disguised(key: str, told: Told, chosen: Sequence[str], seed: int) -> Told:
    """Return a document under some disguises, the same for the same seed."""
    chance = random.Random(f"{key} {seed} {' '.join(chosen)}")
    for name in chosen:
        told = DISGUISES[name](key, told, chance)
    return told


#: a body's id, its short form, and whether a deputy mayor decides for it
BODIES: Sequence[tuple[str, str, bool]] = (
    ("west-yorkshire-combined-authority", "WYCA", True),
    ("surrey-pcc", "Surrey OPCC", False),
    ("kent-pcc", "Kent PCC", False),
)


def with_another_body(told: Told, body: tuple[str, str, bool]) -> Told:
    """A decision of London's taken by another commissioner, with the councils and the police of that area."""
    registry = names().registry
    id, short, has_deputy = body
    area = registry.place_of_body(id) or ""
    name, place = registry.entity(id).name, re.sub(r" police.*", "", registry.entity(area).name)
    councils = [
        (registry.entity(row.place).name, row.name)
        for row in registry.organisations.values()
        if row.type == "local-authority" and row.place and registry.place_contains(area, row.place)
    ]
    boroughs = sorted(
        row.name
        for row in registry.places.values()
        if row.type == "london-borough" and re.search(rf"\b{row.name}\b", told.text)
    )
    called = {"Mayor's Office for Policing and Crime": name, "Metropolitan Police Service": f"{place} Police"}
    words = {
        "MAYOR OF LONDON OFFICE FOR POLICING AND CRIME": name.upper(),
        "Mayor's Office for Policing and Crime": name,
        "MOPAC": short,
        "London MAPPA Executive Office": "London MAPPA Executive Office",
        "London Executive Office of London MAPPA": "London MAPPA Executive Office",
        "London": place,
        "MPS": f"{place} Police",
        "Metropolitan Police Service": f"{place} Police",
        "London Victim and Witness Service": "Victim Support",
        "LVWS provider": "Victim Support",
    }
    called["London Victim and Witness Service"] = "Victim Support"
    if not has_deputy:
        words |= {
            "DMPC": "Commissioner",
            "Deputy Mayor for Policing and Crime": "Commissioner",
            "Mayor": "Commissioner",
        }
    for borough, (other, council) in zip(boroughs, councils * 9, strict=False):
        words |= {borough: other, f"London Borough of {borough}": council}
        called[f"London Borough of {borough}"] = council
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(old) for old in sorted(words, key=len, reverse=True))})(?!\w)"
    )
    gold = [
        replace(
            one, funder=called.get(one.funder, one.funder), recipient=called.get(one.recipient, one.recipient), fund=""
        )
        for one in told.gold
    ]
    return Told(pattern.sub(lambda match: words[match[0]], told.text), tuple(gold))
