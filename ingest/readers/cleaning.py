"""Remove the remains of conversion and markup from words.

`clean` defines the words of a block: Block.text == clean(Document.text[block.start:block.end]).
"""

from __future__ import annotations

import re

_TAG = r"</?(?:b|i|u|em|strong|sub|span|small|font|a|mark|del|ins|code)(?:\s[^<>]*)?/?>"
_BREAK_TAG = r"</?(?:br|p|ul|ol|li|div|tr|td|th|table|tbody|thead|hr)(?:\s[^<>]*)?/?>"

_RULES: tuple[tuple[str, str, str], ...] = (
    # name, pattern, what stands in its place; the first that matches at a place wins
    (
        "page_number",
        r"(?<!\s)[^\S\n]*\n[^\S\n]*\n\s*+(?:-\s*+)?\d{1,3}(?:\s*+-)?[^\S\n]*\n[^\S\n]*\n\s*|(?<!\s)[^\S\f]*\f\s*",
        " ",
    ),
    (
        "pound_math",
        r"\$\s*\\(?:pm|pounds?|textsterling|mathsterling|£|math(?:cal|frak|rm|scr)\{(?:L|£)\})\s*(?:\{\})?(?:~|\\,|\s)*",
        "£",
    ),
    ("pound_tex", r"\\(?:pm|pounds|textsterling|mathsterling)(?![A-Za-z])(?:\{\})?\s*", "£"),
    ("pound_sign", r"(?:[±\uffe1\u20a4]\s*(?=\d)|(?<=£)\s+(?=\d))", ""),
    ("pound_letter", r"(?<![\w.£$€])[fE](?=\d{1,3}(?:,\d{3})+(?!\d))", "£"),
    ("figure_gap", r"(?<=\d)[^\S\n]+(?=,\d{3}(?!\d))", ""),
    ("check", r"\$?\\checkmark\$?", "✓"),
    ("tex_open", r"\$(?=\\[A-Za-z]|[^$\n]{1,40}\\[A-Za-z][^$\n]*\$)", ""),
    ("tex_pound", r"\$(?=£?\d[\d,.]*\$)", ""),
    ("tex_comma", r"(?<=\d)\{,\}(?=\d)", ","),
    ("tex_close", r"(?<=[\d%}])\$(?=[\s.,;:)]|$)", ""),
    ("escaped", r"\\(?=[&%$#_*\[\](){}~.!+|\-])", ""),
    ("superscript", r"</?sup(?:\s[^<>]*)?>", ""),
    ("tag", _TAG, ""),
    ("break_tag", _BREAK_TAG, " "),
    ("comment", r"<!--(?:(?!<!--|-->).)*+-->", ""),
    ("image", r"!\[[^\]\n]{0,500}\]\([^()\s]*\)", ""),
    ("link_open", r"\[(?=[^\[\]\n]+\]\((?:[^()\s]|\([^()\s]*\))*\))", ""),
    ("link_close", r"\]\((?:[a-z]+:|/|#|www\.)(?:[^()\s]|\([^()\s]*\))*\)|(?<=\w)\]\(#?\)", ""),
    ("bold", r"\*{2,3}|(?<!_)__(?!_)", ""),
    ("emphasis_open", r"(?<![\w*])\*(?=[^\s*][^*\n]*\*)", ""),
    ("emphasis_close", r"(?<=[^\s*])\*(?![\w*])", ""),
    ("code", r"`+", ""),
    ("hyphen_break", r"(?<=[a-z])-[^\S\n]*\n[^\S\n]*(?=[a-z])", "-"),
)
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _RULES), re.DOTALL)
_PUT = {name: put for name, _, put in _RULES}


#: What the rules above look for: words without any of it need only their white space mended.
_SUSPECT = re.compile(
    r"[\\$*<`\[\]\f±\uffe1\u20a4]"
    r"|__|[fE]\d|£\s|\n\s*\n|[a-z]-[^\S\n]*\n|\d\s+,\d"
)


def clean(raw: str) -> str:
    """Return the words of `raw` on one line, without remains of HTML, LaTeX, Markdown and page numbers."""
    if _SUSPECT.search(raw):
        raw = _PATTERN.sub(_in_place_of, raw)
    return " ".join(raw.split())


def _in_place_of(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    return "£" if name == "pound_sign" and not match.group().isspace() else _PUT[name]
