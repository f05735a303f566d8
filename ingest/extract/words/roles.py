"""The grammatical role of a name to a sum, as seen from the verb that governs the sum."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.words.clauses import MOVING, Governor, Parse, group
from ingest.extract.words.tokens import Sort, Token

_FEW = 4  #: words between a preposition and the name it governs: "to the local charity NAME"


def role_of(parse: Parse, name: int, money: int, governor: Governor | None) -> str:
    """Return the role of a name to a sum.

    The roles: "subject", "object", "label" (directly before the sum, no verb), "owner" ("X's grant"), a preposition
    ("to", "by"), "after" (behind the sum without a preposition), "far" (in another clause). Names that "and" joins
    share a role.
    """
    tokens = parse.tokens
    first = _first_of_list(parse, name)
    is_owner = parse.text[tokens[name].end : tokens[name].end + 2] in ("'s", "’s") or tokens[name].text.endswith(
        ("'s", "’s")
    )
    if is_owner and not _owns_unit(parse, name) and _preposition_before(parse, name) != "from":
        return "owner"  # but money "from X's reserves" is from X
    if (
        governor is not None
        and governor.inherited
        and governor.verb_class in MOVING
        and name < money
        and parse.clause[name] == parse.clause[money]
    ):
        return _role_in_gap(parse, governor.index)
    preposition = _preposition_before(parse, first)
    if money - name in (1, 2, 3) and _holds_sum(parse, name, money):
        if tokens[name + 1].text == "(":
            return "bracket"
        if preposition is None and not _is_moved(parse, name, governor):
            return "beside"
    if governor is not None and preposition is None and is_shared_subject(parse, name, money, governor):
        return "subject"
    borrowed = governor is not None and not governor.inherited and parse.clause[governor.index] != parse.clause[money]
    if governor is not None and borrowed and parse.clause[name] == parse.clause[governor.index]:
        return preposition or ("subject" if first < governor.index else "object")
    if parse.clause[name] != parse.clause[money]:
        return _role_outside(parse, name, money, governor, preposition)
    return preposition or _role_by_order((first, name), money, governor)


def _is_moved(parse: Parse, name: int, governor: Governor | None) -> bool:
    """Return True for a name directly after its verb: "gave X £5"."""
    if governor is None or governor.index >= name or governor.verb_class not in MOVING:
        return False
    breaks = (Sort.COMMA, Sort.STOP, Sort.AND, Sort.NAME)
    return all(one.sort not in breaks for one in parse.tokens[governor.index : name])


def _role_outside(parse: Parse, name: int, money: int, governor: Governor | None, preposition: str | None) -> str:
    """Return the role of a name in another clause than the sum: the subject of the clause before, else "far"."""
    is_before = parse.clause[name] + 1 == parse.clause[money] and governor is not None and preposition is None
    if is_before and parse.tokens[_clause_start(parse, money)].sort in (Sort.RELATIVE, Sort.VERB):
        return "subject"
    return f"far.{preposition}" if preposition else "far"


def _role_by_order(names: tuple[int, int], money: int, governor: Governor | None) -> str:
    """Return the role, by word order, of a name without a preposition in the sum's own clause.

    `names` holds the first name of its list and the name itself.
    """
    first, name = names
    if governor is None:
        return "label" if name < money else "after"
    if first < governor.index and not governor.inherited:
        return "subject"
    if first < money:
        return "object" if not governor.inherited else "label"
    return "after"


def _owns_unit(parse: Parse, name: int) -> bool:
    """Return True for a name that owns a part of itself, "X's advice team": what the part does, X does."""
    for token in parse.tokens[name + 1 : name + 6]:
        if token.text.lower() in group("unit"):
            return True
        if token.sort not in (Sort.WORD, Sort.NOUN) and token.text.lower() not in ("'s", "’s"):
            return False
    return False


def is_shared_subject(parse: Parse, name: int, money: int, governor: Governor) -> bool:
    """Return True for X in "X gave £5 for this, and a further £6 for that": the second clause has no subject."""
    if not governor.inherited or not name < governor.index < money:
        return False
    own = parse.clause[money]
    return parse.clause[name] == parse.clause[governor.index] != own and not any(
        token.sort in (Sort.NAME, Sort.SELF) and parse.clause[index] == own
        for index, token in enumerate(parse.tokens[:money])
    )


def _role_in_gap(parse: Parse, verb: int) -> str:
    """Return the role of a name before a sum without a verb, from the clause before: Y in "X got £5 and Y £6"."""
    for token in parse.tokens[verb + 1 :]:
        if token.sort is Sort.NAME:
            return "object"
        if token.sort is Sort.MONEY:
            return "subject"
    return "subject"


def _holds_sum(parse: Parse, name: int, money: int) -> bool:
    """Return True if only a mark stands between a name and its sum: "X (£5)", "X: £5", "X £5"."""
    between = [token.text.strip() for token in parse.tokens[name + 1 : money]]
    return all(text in ("(", ")", "-", "–", "—", ":", ",", "of", "=") for text in between) and between != [","]


def _clause_start(parse: Parse, at: int) -> int:
    return parse.clause.index(parse.clause[at])


def _first_of_list(parse: Parse, name: int) -> int:
    """Return the index of the first of the names joined to this one by "and" or commas."""
    first = name
    index = name - 1
    while index > 0:
        joint = False
        while index > 0 and _joins(parse.tokens[index]):
            joint = joint or parse.tokens[index].sort in (Sort.AND, Sort.COMMA)
            index -= 1
        index = _before_brackets(parse, index)
        if not joint or parse.tokens[index].sort is not Sort.NAME or parse.clause[index] != parse.clause[name]:
            return first
        first = index
        index -= 1
    return first


def _is_to_do(words: Sequence[Token]) -> bool:
    """Return True if the words after "to" begin with a verb ("to improve NAME") and not with part of a name."""
    if not words or words[0].sort is not Sort.WORD:
        return False
    first = words[0].text.lower()
    return (
        first not in group("determiner")
        and not first.endswith(("al", "ic", "based", "ity", "led", "wide"))
        and len(words) == 1
    )


def _joins(token: Token) -> bool:
    return token.sort in (Sort.AND, Sort.COMMA) or token.text.lower() == "the"


def _before_brackets(parse: Parse, index: int) -> int:
    """Return the index before words in brackets that end at this index; the index itself if there are none."""
    if parse.tokens[index].text != ")":
        return index
    for low in range(index, max(-1, index - 6), -1):
        if parse.tokens[low].text == "(":
            return max(low - 1, 0)
    return index


def _after_brackets(parse: Parse, index: int) -> int:
    if index >= len(parse.tokens) or parse.tokens[index].text != "(":
        return index
    for high in range(index, min(len(parse.tokens), index + 6)):
        if parse.tokens[high].text == ")":
            return high + 1
    return index


def _preposition_before(parse: Parse, name: int) -> str | None:
    between: list[Token] = []
    for index in range(name - 1, max(-1, name - _FEW - 2), -1):
        token = parse.tokens[index]
        if token.sort is Sort.PREPOSITION:
            word = token.text.lower()
            if parse.clause[index] != parse.clause[name] or (word == "to" and _is_to_do(between)):
                return None  # "with X being awarded £5": "with" joins two clauses
            return f"by{_doer_of(parse, index)}" if word == "by" else word
        if token.sort is Sort.NOUN:
            return None  # "in this allocation X gets £5"
        between.insert(0, token)
        is_article = token.text.lower() in ("the", "a", "an")
        if token.sort not in (Sort.WORD, Sort.NOUN, Sort.SELF) or (token.text[:1].isupper() and not is_article):
            return None
    return None


def _doer_of(parse: Parse, by: int) -> str:
    """Return ".deliver" for "a service delivered by X", ".hire" for "the hiring of staff by X"; else ""."""
    for index in range(by - 1, -1, -1):
        token = parse.tokens[index]
        if token.text.lower() in group("asking-noun"):
            return ".deliver"  # "a bid of £5 by X"
        if token.money is not None and index < by - 1:
            return ""
        if token.sort is Sort.VERB and token.verb is not None and parse.clause[index] == parse.clause[by]:
            return f".{token.verb.verb_class}" if token.verb.verb_class in ("deliver", "hire", "use") else ""
    return ""


def joined_names(parse: Parse, name: int) -> tuple[int, ...]:
    """Return the indices of the names joined to this one by commas and "and", in order, including its own."""
    first = _first_of_list(parse, name)
    names = [first]
    index = first + 1
    while index < len(parse.tokens):
        index = _after_brackets(parse, index)
        start = index
        while index < len(parse.tokens) and _joins(parse.tokens[index]):
            index += 1
        if index == start or index >= len(parse.tokens) or parse.tokens[index].sort is not Sort.NAME:
            break
        if parse.clause[index] != parse.clause[first]:
            break
        names.append(index)
        index += 1
    return tuple(names)
