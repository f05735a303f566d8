"""The clauses of a sentence, and the verb that governs a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.words.lexicon import Lexicon, load_lexicon
from ingest.extract.words.tokens import Sort, Token

MOVING = frozenset(("give", "get", "aside", "invest", "fund", "provide", "hire", "approve", "ask", "cost"))


def group(name: str) -> frozenset[str]:
    """Return a group of words of words.csv, such as "many"."""
    return load_lexicon().groups[name]


@dataclass(frozen=True, slots=True)
class Governor:
    """The verb that governs a sum: its position, its class, and its voice."""

    index: int
    verb_class: str
    passive: bool
    gerund: bool
    inherited: bool = False  #: taken from the clause before: "X received £5 and Y £6"

    @property
    def key(self) -> str:
        """Class and voice of the verb: "give.passive"."""
        return f"{self.verb_class}.{'passive' if self.passive else 'active'}"


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence's tokens with the number of the clause that each stands in."""

    text: str
    tokens: tuple[Token, ...]
    clause: tuple[int, ...]


def parse_sentence(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Parse:
    """Return a sentence divided into clauses; nouns that look like verbs ("the grant") become nouns first."""
    settled = _without_false_verbs(tokens, lexicon)
    clause, number = [], 0
    for index in range(len(settled)):
        if index and _opens_clause(settled, index):
            number += 1
        clause.append(number)
    return Parse(text, tuple(settled), tuple(clause))


def _without_false_verbs(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    found = list(tokens)
    for index, token in enumerate(tokens):
        if token.sort is not Sort.VERB or token.verb is None:
            continue
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        is_money_noun = token.text.lower() in lexicon.groups["money-noun"] or token.text.lower() == "bids"
        if (is_money_noun and not _is_verb(before, after)) or (not is_money_noun and _is_noun(before, token)):
            sort = Sort.NOUN if is_money_noun else Sort.WORD
            found[index] = replace(token, sort=sort, verb=None)
        elif lexicon.is_in("raises-to", token.text) and _leads_to_sum(tokens, index):
            found[index] = replace(token, verb=replace(token.verb, verb_class="use"))
    return found


def _leads_to_sum(tokens: Sequence[Token], verb: int) -> bool:
    """Return True for a verb that moves no money: "raises that figure to £5"."""
    money = next((index for index in range(verb + 1, len(tokens)) if tokens[index].money is not None), verb)
    return money > verb + 1 and tokens[money - 1].text.lower() == "to"


def _is_verb(before: Token | None, after: Token | None) -> bool:
    """Return True if a word that can also be a noun of money ("award", "funding") is used as a verb."""
    takes_object = after is not None and (
        after.sort in (Sort.MONEY, Sort.NAME)
        or after.text.lower() in ("a", "an", "the", "up", "over", "more", "almost")
    )
    if before is None:
        return takes_object
    if before.text.lower() == "to" or (
        before.sort is Sort.AUXILIARY and before.text.lower() not in ("not", "all", "both")
    ):
        return True
    if before.sort in (Sort.NAME, Sort.SELF, Sort.RELATIVE, Sort.AND):
        return takes_object
    return False


def _is_noun(before: Token | None, token: Token) -> bool:
    """Return True for a verb form used as a noun after an article, owner or preposition: "their work", "of help"."""
    assert token.verb is not None
    if before is None or token.verb.is_gerund or token.verb.is_participle:
        return False
    word = before.text.lower()
    if before.sort is Sort.PREPOSITION:
        return word != "to"
    return word in group("determiner")


def _opens_clause(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    before = tokens[index - 1]
    if before.text.strip() == ";" or token.sort in (Sort.RELATIVE, Sort.CONTRAST):
        return token.text.lower() != "that" or before.sort in (Sort.NAME, Sort.MONEY, Sort.NOUN, Sort.WORD)
    if (
        token.sort is Sort.MONEY
        and before.text.strip() in ("-", "–", "—")
        and any(one.sort in (Sort.VERB, Sort.AUXILIARY) for one in tokens[:index])
    ):
        return True
    if before.sort not in (Sort.AND, Sort.COMMA) and before.text.lower() != "with":
        return False
    rest = _skip_articles(tokens, index)
    if rest >= len(tokens):
        return False
    head = tokens[rest]
    if head.sort is Sort.MONEY:
        return _has_party_after(tokens, rest)
    if head.sort in (Sort.NAME, Sort.SELF):
        following = _next_of(tokens, rest + 1)
        if following is None:
            return False
        is_gapped = any(one.sort is Sort.MONEY for one in tokens[:index]) and _has_sum(tokens, rest + 1, following)
        is_active = following.sort in (Sort.VERB, Sort.AUXILIARY)
        return is_gapped or (is_active and any(one.sort is Sort.VERB for one in tokens[:index]))
    return head.sort is Sort.VERB and before.sort is Sort.AND and any(one.sort is Sort.MONEY for one in tokens[:index])


def _has_sum(tokens: Sequence[Token], index: int, following: Token) -> bool:
    """Return True if a sum directly follows a name: "and X £5", "and X the remaining £5"."""
    if following.sort is Sort.MONEY:
        return True
    rest = _skip_articles(tokens, index)
    return rest > index and rest < len(tokens) and tokens[rest].sort is Sort.MONEY


def _skip_articles(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].text.lower() in (
        "a",
        "an",
        "the",
        "further",
        "another",
        "up",
        "to",
        "over",
        "and",
        "remaining",
        "other",
        "same",
        "final",
    ):
        index += 1
    return index


def _next_of(tokens: Sequence[Token], index: int) -> Token | None:
    """Return the token after a name, skipping words in brackets."""
    depth = 0
    for token in tokens[index : index + 8]:
        if token.sort is Sort.BRACKET:
            depth += 1 if token.text in "([" else -1
        elif depth <= 0:
            return token
    return None


def _has_party_after(tokens: Sequence[Token], money: int) -> bool:
    """Return True if a preposition with a name, or a verb, follows a sum before the next sum."""
    for token in tokens[money + 1 : money + 9]:
        if token.sort in (Sort.MONEY, Sort.STOP):
            return False
        if token.sort in (Sort.PREPOSITION, Sort.VERB, Sort.AUXILIARY):
            return True
    return False


def governor_of(parse: Parse, at: int) -> Governor | None:
    """Return the verb that governs the token `at`: the last verb before it in its clause, else the first after it.

    A clause without a verb uses the verb of the clause before it; None if there is no verb.
    """
    own = parse.clause[at]
    inside = [index for index in range(len(parse.tokens)) if parse.clause[index] == own]
    verbs = [index for index in inside if parse.tokens[index].sort is Sort.VERB]
    before = [index for index in verbs if index < at]
    after = [index for index in verbs if index > at and not _is_infinitive(parse, index)] or [
        index for index in verbs if index > at
    ]
    for group in (
        _without_totals(parse, _moving(parse, before))[-1:],
        _moving(parse, after)[:1],
        before[-1:],
        after[:1],
    ):
        if group and not (group[0] > at and before and not _is_near(parse, at, group[0])):
            return _governor(parse, group[0])
    relative = _relative_verb(parse, at)
    if relative is not None:
        return _governor(parse, relative)
    earlier = [index for index in range(inside[0]) if parse.tokens[index].sort is Sort.VERB] if inside else []
    chosen = _moving(parse, earlier) or earlier
    return replace(_governor(parse, chosen[-1]), inherited=True) if chosen else None


def _relative_verb(parse: Parse, at: int) -> int | None:
    """Return the verb of a relative clause directly after a sum, "£5 that X gave to Y"; else None."""
    behind = range(at + 1, min(len(parse.tokens), at + 6))
    opens = next((index for index in behind if parse.tokens[index].sort is Sort.RELATIVE), None)
    if opens is None:
        return None
    own = parse.clause[opens]
    clause = [index for index in range(opens, len(parse.tokens)) if parse.clause[index] == own]
    if any(parse.tokens[index].money is not None for index in clause):
        return None
    verbs = _moving(parse, [index for index in clause if parse.tokens[index].sort is Sort.VERB])
    return verbs[0] if verbs else None


def _without_totals(parse: Parse, verbs: list[int]) -> list[int]:
    """Return verbs without a final "totalling" if another verb moves the money: "awards funding totalling £5"."""
    last = parse.tokens[verbs[-1]].verb if len(verbs) > 1 else None
    return verbs[:-1] if last is not None and last.verb_class == "cost" and last.is_gerund else verbs


def _moving(parse: Parse, verbs: Sequence[int]) -> list[int]:
    return [index for index in verbs if (verb := parse.tokens[index].verb) is not None and verb.verb_class in MOVING]


def _is_infinitive(parse: Parse, index: int) -> bool:
    return index > 0 and parse.tokens[index - 1].text.lower() == "to"


def _is_near(parse: Parse, at: int, verb: int) -> bool:
    """Return True if a verb follows a sum within a few words: "£5 has been awarded"."""
    return verb - at <= 5


def _governor(parse: Parse, index: int) -> Governor:
    verb = parse.tokens[index].verb
    assert verb is not None
    passive = verb.is_participle and (_follows_auxiliary(parse, index) or _is_reduced_passive(parse, index))
    return Governor(index, verb.verb_class, passive, verb.is_gerund)


def _follows_auxiliary(parse: Parse, index: int) -> bool:
    """Return True if a form of "be" stands a few words before: "was awarded", "has also been given"."""
    for token in reversed(parse.tokens[max(0, index - 4) : index]):
        word = token.text.lower()
        if word in group("passive"):
            return True
        if word in ("has", "have", "had") or token.sort not in (Sort.AUXILIARY, Sort.WORD):
            return False
    return False


def _is_reduced_passive(parse: Parse, index: int) -> bool:
    """Return True for a participle after a noun or sum and before "to", "by" or "from": "grants awarded by X"."""
    before = parse.tokens[index - 1] if index else None
    after = parse.tokens[index + 1] if index + 1 < len(parse.tokens) else None
    if before is not None and after is not None and before.sort is Sort.COMMA and after.sort is Sort.MONEY:
        verb = parse.tokens[index].verb
        return verb is not None and verb.verb_class != "get"  # "X, awarded £5", but "X, a charity, received £5"
    return (
        before is not None
        and after is not None
        and before.sort in (Sort.NOUN, Sort.MONEY)
        and after.text.lower() in ("by", "to", "from", "for", "under", "through", "in")
    )


def implied_subject(parse: Parse, governor: Governor | None) -> bool:
    """Return True if the decision itself acts: "Approve £5 ...", "To award ...", "This decision accepts ..."."""
    if governor is None or governor.passive or governor.inherited:
        return False
    between = parse.tokens[: governor.index]
    if any(token.sort in (Sort.NAME, Sort.SELF) for token in between):
        return False
    words = [token.text.lower() for token in between if token.sort is not Sort.BRACKET]
    opens = not any(token.sort in (Sort.MONEY, Sort.STOP) for token in between) and len(words) <= 12
    return opens and (
        not words
        or words[0] in group("opens-decision")
        or "decision" in words[:3]
        or (parse.tokens[0].sort is Sort.VERB)
    )


def parent_of(parse: Parse, at: int) -> int | None:
    """Return the index of the sum that this sum is part of, before its brackets or its list's colon; None otherwise."""
    tokens = parse.tokens
    depth = 0
    for index in range(at - 1, -1, -1):
        token = tokens[index]
        if token.sort is Sort.BRACKET:
            depth += 1 if token.text in "([" else -1
        elif token.text.strip() == ":" and depth <= 0 and token.sort is Sort.STOP:
            before = [one for one in range(index) if tokens[one].money is not None]
            return before[-1] if before else None
        elif token.money is not None and depth == 1 and at - index < 12:
            return index
        elif depth == 1 and token.sort in (Sort.STOP, Sort.RELATIVE):
            return None
    return None
