"""Recognise words in pictures of pages, with positions, by tesseract; needs the `ocr` extra."""

from __future__ import annotations

import math
import os
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.readers.layout import PlacedWord

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 300 / 72  #: pixels a point: tesseract reads best at 300 dpi
_MOST_PIXELS = 36_000_000  #: of a picture, twice a sheet of A3; a larger page is read at fewer pixels a point
_POUND_LETTER = re.compile(r"(?<![\w£])(?:[fFEe€L]|\$|#|&)(?=\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[km]\b|\d{3,}\.\d\d\b)")


_RULE_PIXELS = 110  #: a straight dark run longer than this, 9 mm, is a rule of a table, no letter
_BULLETS = {"e", "o", "¢", "«", "»", "®", "©", "°", "*", "+", "∙", "•"}  #: what a bullet is read as


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one page, and the mean confidence of the recognition, 0 to 1."""

    words: list[PlacedWord]
    confidence: float


def recognise(data: bytes, page: int, seconds: float) -> Recognised | str:
    """Return the words on page `page` (1 is the first) of a PDF.

    If software is missing, half a sentence that says which. It takes at most `seconds`. Tesseract runs under the
    computing and memory limits of this process.
    """
    if seconds <= 0:
        return "recognising the pages before took all the time there is; split it, or raise WHOFUNDS_MAX_OCR_SECONDS."
    try:
        import pypdfium2  # type: ignore[import-untyped]
        import pytesseract
    except ImportError:
        return "install the 'ocr' extra (pip install 'whofunds[ocr]') and the system package tesseract-ocr to read it."
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # tesseract's own threads slow each other down on small pages
    pdf = pypdfium2.PdfDocument(data)
    try:
        sheet = pdf[page - 1]
        width, height = sheet.get_size()
        scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
        picture = sheet.render(scale=scale, grayscale=True).to_pil()
        picture = _without_rules(picture)
        found = pytesseract.image_to_data(
            picture, lang="eng", config="--psm 4 -c preserve_interword_spaces=1", output_type=pytesseract.Output.DICT,
            timeout=seconds,
        )  # fmt: skip
    except pytesseract.TesseractNotFoundError:
        return "install the system package tesseract-ocr to read it."
    except RuntimeError as error:
        # it has no error of its own for a timeout
        if not isinstance(error, pytesseract.TesseractError) or error.status == -signal.SIGXCPU:
            return "tesseract took too long over it; scan it anew, at 300 dpi in black and white."
        return f"tesseract could not read it ({str(error).splitlines()[0][:120]})."
    finally:
        pdf.close()
    return _recognised(found, scale)


def _without_rules(picture: Image) -> Image:
    """Return the picture with ruled lines painted over, since they keep tesseract from seeing columns."""
    import numpy as np
    from PIL import Image

    pixels = np.array(picture.convert("L"))
    dark = pixels < 150
    rules = np.zeros_like(dark)
    for axis in (0, 1):
        length = dark.shape[axis]
        if length <= _RULE_PIXELS:
            continue
        sums = np.cumsum(np.insert(dark.astype(np.int32), 0, 0, axis=axis), axis=axis)
        before, after = np.arange(length - _RULE_PIXELS + 1), np.arange(_RULE_PIXELS, length + 1)
        full = np.take(sums, after, axis=axis) - np.take(sums, before, axis=axis) == _RULE_PIXELS
        marks = np.zeros((length + 1, dark.shape[1 - axis]), dtype=np.int32)
        runs = full if axis == 0 else full.T
        marks[: len(before)] += runs
        marks[_RULE_PIXELS : _RULE_PIXELS + len(before)] -= runs
        covered = np.cumsum(marks, axis=0)[:length] > 0
        rules |= covered if axis == 0 else covered.T
    wider = rules.copy()
    for axis in (0, 1):
        for shift in (-2, -1, 1, 2):
            wider |= np.roll(rules, shift, axis=axis)
    pixels[wider] = 255
    return Image.fromarray(pixels)


def _recognised(found: dict[str, list[Any]], scale: float) -> Recognised:
    words: list[PlacedWord] = []
    sure: list[float] = []
    for index, text in enumerate(found["text"]):
        confidence = float(found["conf"][index])
        if not str(text).strip() or confidence < 0:
            continue
        left, top = float(found["left"][index]) / scale, float(found["top"][index]) / scale
        right, bottom = left + float(found["width"][index]) / scale, top + float(found["height"][index]) / scale
        if re.fullmatch(r"[|_\-—–=\[\]]+", str(text)) and confidence < 60:
            continue  # the rules of a table
        word = _mended(str(text).strip())
        if found["word_num"][index] == 1 and word in _BULLETS:
            word = "•"
        words.append(PlacedWord(word, left, right, top, bottom, 10.0))
        sure.append(confidence)
    return Recognised(words, round(sum(sure) / len(sure) / 100, 3) if sure else 0.0)


def _mended(word: str) -> str:
    """Return a word in which a misread pound sign is put right."""
    return _POUND_LETTER.sub("£", word).strip("|")
