"""Cut paragraphs and list items into statements, one for each sum."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from graph.parse.money import MoneyMention, find_money
from ingest.document import Block, BlockKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.years import usable_years
from ingest.extract.statements.statement import Label, Lead, Statement
from ingest.extract.words.clauses import Parse, governor_of, parent_of, parse_sentence
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sections import origin_of
from ingest.extract.words.sentences import Sentence, sentences_of
from ingest.extract.words.tokens import Sort, tokens_of

MOST = 600  #: sums in prose that one document may hold; a report beyond it is said to be read in part
_LONGEST_LABEL = 110
_LONGEST_LINE = 9  #: words of a line that is a name alone
_HEADED = 2  #: headings "NAME - £N", each over its own text, that make a list
_OF_HEADINGS = -1  #: the key of their list, which the text between them does not end
_EARLIER = 4  #: sentences before a sum's own that may name who it is for
_BULLET = re.compile(r"^[\s•*·▪‣◦o-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)?(?:and\s+)?")
_MARK_BEFORE = re.compile(r"\s{0,9}(?:[-–—:=(|/→…]|\s\s|\t|,)?\s{0,9}(?:of\s{1,9})?$")
_AWARDED = re.compile(r"\s{0,9}[(,–—-]\s{0,9}(?:awarded|received|granted|given|grant|award)\s{0,9}$", re.I)
_MARK_AFTER = re.compile(r"\s*(?:[-–—:|→…]|\s/\s|\t)\s*")
_NO_SENTENCE = re.compile(r"\s*(?:$|[,;:.(–—-]|\b(?:for|to|towards?|over|from)\b)")  #: after a sum that no verb follows
_CUT = re.compile(r"\s{1,9}[-–—]\s{1,9}|\s{0,9}[:|(]\s{0,9}|,\s{1,9}")


def _is_prose(block: Block, entries: Collection[int]) -> bool:
    """Return True for a block whose sums are read: text, and a heading that is an entry of a list."""
    return block.start in entries or (
        block.kind not in (BlockKind.HEADING, BlockKind.TABLE) and origin_of(block) is not None
    )


class ProseCutter:
    """Cuts the blocks of one document into statements."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._earlier: deque[Parse] = deque(maxlen=_EARLIER)
        self._heading: Parse | None = None
        self.left = 0  #: sums in the blocks after the one that made too many; set by `statements`

    def statements(self, *, without: frozenset[int] = frozenset()) -> list[Statement]:
        """Return the statements of paragraphs and list items in order.

        `without` holds start offsets of blocks to skip.
        """
        blocks = [block for block in self.scope.document.blocks if block.start not in without]
        above = [None, *blocks]
        labels = {
            block.start: found
            for block, before in zip(blocks, above, strict=False)  # the last is above none
            if (found := self._label(block) or self._label_above(block, before)) is not None
        }
        headed = [block.start for block in blocks if block.kind is BlockKind.HEADING and block.start in labels]
        if len(headed) < _HEADED:
            labels = {start: label for start, label in labels.items() if start not in headed}
        for _, label in labels.values():
            self.names.add_label(label.entity)
        statements: list[Statement] = []
        lead: Lead | None = None
        before: Parse | None = None
        self._earlier.clear()
        self._heading = None
        key = 0
        for number, block in enumerate(blocks):
            if len(statements) > MOST:
                self.left = sum(len(find_money(rest.text)) for rest in blocks[number:] if _is_prose(rest, labels))
                break
            if not _is_prose(block, labels):
                lead = lead if block.kind is BlockKind.HEADING else None
                if block.kind is BlockKind.HEADING:
                    self._heading = self.parse(block.text)
                before = None
                key += 1
                continue
            is_entry = block.start in labels or block.kind is BlockKind.ITEM
            if not is_entry:
                key += 1
            is_heading = block.kind is BlockKind.HEADING
            own, last = self._of_block(
                block,
                labels.get(block.start),
                lead if is_entry else None,
                (_OF_HEADINGS if is_heading else key) if is_entry else None,
                None if is_entry else before,
            )
            statements.extend(own)
            self._heading = last if is_heading else self._heading
            before = last
            if not is_entry or block.text.rstrip().endswith(":"):
                lead = self._lead(last)
        return _with_counts(statements)

    def parse(self, text: str) -> Parse:
        """Return the parse of a sentence of the document."""
        sums = [money for money in find_money(text) if money.amount > 0]
        tokens = tokens_of(text, self.names.find(text), sums, usable_years(text), self.lexicon)
        return parse_sentence(text, tokens, self.lexicon)

    def _lead(self, parse: Parse | None) -> Lead | None:
        return Lead(parse, governor_of(parse, len(parse.tokens) - 1)) if parse is not None and parse.tokens else None

    def _of_block(
        self,
        block: Block,
        label: tuple[MoneyMention, Label] | None,
        lead: Lead | None,
        key: int | None,
        before: Parse | None,
    ) -> tuple[list[Statement], Parse | None]:
        found: list[Statement] = []
        previous = before
        origin = origin_of(block)
        assert origin is not None
        quoted = 0
        for sentence in self._sentences(block, label is not None):
            parse = self.parse(sentence.text)
            quoted += sentence.text.count("“") - sentence.text.count("”")
            for index, token in enumerate(parse.tokens):
                if token.money is None:
                    continue
                own = (
                    label[1]
                    if label is not None and sentence.start + token.start == label[0].start + block.start
                    else None
                )
                found.append(
                    Statement(
                        parse, index, token.money, governor_of(parse, index), block, sentence.start, origin,
                        own, lead, previous, key, 0, quoted > 0 or _is_speech(sentence.text, token.start),
                        tuple(one for one in self._earlier if one is not previous),
                        self._heading, parent_of(parse, index),
                    )
                )  # fmt: skip
            previous = parse
            self._earlier.appendleft(parse)
        return found, previous

    def _sentences(self, block: Block, is_entry: bool) -> Iterator[Sentence]:
        if is_entry:
            yield Sentence(self.scope.document.text[block.start : block.end], block.start, block.end, block)
        else:
            yield from sentences_of(self.scope.document, block)

    def _label(self, block: Block) -> tuple[MoneyMention, Label] | None:
        """Return the label of a block that opens "NAME - £N", or "£N - NAME", with its sum; else None."""
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING) or origin_of(block) is None:
            return None
        text = self.scope.document.text[block.start : block.end]
        sums = [money for money in find_money(text[:400]) if money.amount > 0]
        if not sums:
            return None
        first = sums[0]
        opening = _BULLET.match(text)
        begin = opening.end() if opening else 0
        words = _AWARDED.sub("", _MARK_BEFORE.sub("", text[begin : first.start])).strip()
        if words:
            return self._read_label(words, first, before=True)
        mark = _MARK_AFTER.match(text, first.end)
        if mark is None or len(sums) > 1:
            return None
        words = re.split(r"[.;\n]", text[mark.end() :])[0].strip()
        return self._read_label(words, first, before=False)

    def _label_above(self, block: Block, before: Block | None) -> tuple[MoneyMention, Label] | None:
        """Return the line above as the label of a block that opens with its sum: a lone name, then "£N for ..."."""
        if before is None or origin_of(block) is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            return None
        sums = [money for money in find_money(block.text[:80]) if money.amount > 0]
        line = before.text.strip()
        if not sums or _BULLET.sub("", block.text[: sums[0].start]).strip() or before.kind is BlockKind.TABLE:
            return None
        if len(_cut_label(line)[0].split()) > _LONGEST_LINE or line.endswith((".", ":", ";", "?", "!")) or "£" in line:
            return None
        if not _NO_SENTENCE.match(block.text, sums[0].end):
            return None
        found = self._read_label(line, sums[0], before=True)
        return found if found is not None and found[1].entity != self.scope.body else None

    def _read_label(self, words: str, money: MoneyMention, *, before: bool) -> tuple[MoneyMention, Label] | None:
        if len(words) > _LONGEST_LABEL or not re.match(r"[A-Z0-9‘'“\"]", words) or re.search(r"[.;?!]\s", words):
            return None
        tokens = self.parse(words).tokens
        if any(token.sort in (Sort.VERB, Sort.AUXILIARY, Sort.RELATIVE, Sort.SELF) for token in tokens) and not (
            sum(word[:1].isupper() for word in words.split()) * 2 > len(words.split())
        ):
            return None
        if any(token.sort in (Sort.VERB, Sort.AUXILIARY) and token.text[:1].islower() for token in tokens):
            return None
        head, rest = _cut_label(words)
        entity = self.entity_of_label(head)
        return (money, Label(words, entity, before, rest)) if entity is not None else None

    def entity_of_label(self, words: str) -> Entity | None:
        """Return the entity that a label names, a new organisation if the registry lacks it.

        None if it names nothing.
        """
        context = self.scope.context
        known = self.scope.names.resolve(words, kinds={EntityKind.ORGANISATION}, context=context, as_payee=True)
        known = known or self.scope.names.resolve(words, kinds=set(EntityKind), context=context)
        if known is not None:
            return self.scope.placed(known)
        first, last = (words.split()[place].lower().strip(".,:") for place in (0, -1))
        if {first, last} & self.lexicon.groups["preposition"]:
            return None
        if first in self.lexicon.groups["opening"] or (first in self.lexicon.verbs and words.split()[0].istitle()):
            return None
        plain = [
            word for word in re.findall(r"[\w’'&@.]+", words) if word.lower() not in self.lexicon.groups["not-a-name"]
        ]
        capital = [word for word in plain if word[:1].isupper() or word[:1].isdigit()]
        if len(plain) > 2 and len(capital) * 5 < len(plain) * 3:
            return None  # a sentence that has lost its verb, no name
        if (
            not plain
            or (not plain[0][:1].isupper() and not plain[0][:1].isdigit())
            or not re.search(r"[A-Za-z]{2}", words)
        ):
            return None
        return new_entity(words.strip(" ‘’'“”\""), EntityKind.ORGANISATION)


def _cut_label(words: str) -> tuple[str, str]:
    """Return a label's name, and the words after its dash or in its brackets."""
    cut = _CUT.search(words)
    if cut is None or cut.start() < 2:
        return words, ""
    return words[: cut.start()].strip(), words[cut.end() :].strip(" )")


def _is_speech(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', 0, at) % 2 == 1


def _with_counts(found: Sequence[Statement]) -> list[Statement]:
    counted = Counter(one.list_key for one in found if one.list_key is not None)
    return [replace(one, entries=counted[one.list_key]) if one.list_key is not None else one for one in found]
