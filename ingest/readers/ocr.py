"""Pictures of pages to words with their places, by tesseract, where the `ocr` extra is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.layout import PlacedWord

_SCALE = 300 / 72  #: pixels a point: tesseract reads best at 300 dpi
_POUND_LETTER = re.compile(r"(?<![\w£])(?:[fFEe€L]|\$|#|&)(?=\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[km]\b|\d{3,}\.\d\d\b)")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one page, and how sure the recognition is of them on the whole, 0 to 1."""

    words: list[PlacedWord]
    confidence: float


def recognise(data: bytes, page: int) -> Recognised | str:
    """Return the words on page `page` (1 is the first) of a PDF, or half a sentence on what is missing to read them."""
    try:
        import pypdfium2  # type: ignore[import-untyped]
        import pytesseract
    except ImportError:
        return "install the 'ocr' extra (pip install 'whofunds[ocr]') and the system package tesseract-ocr to read it."
    pdf = pypdfium2.PdfDocument(data)
    try:
        picture = pdf[page - 1].render(scale=_SCALE, grayscale=True).to_pil()
        found = pytesseract.image_to_data(
            picture, lang="eng", config="--psm 4 -c preserve_interword_spaces=1", output_type=pytesseract.Output.DICT
        )
    except pytesseract.TesseractNotFoundError:
        return "install the system package tesseract-ocr to read it."
    except pytesseract.TesseractError as error:
        return f"tesseract could not read it ({str(error).splitlines()[0][:120]})."
    finally:
        pdf.close()
    return _recognised(found)


def _recognised(found: dict[str, list[Any]]) -> Recognised:
    words: list[PlacedWord] = []
    sure: list[float] = []
    for index, text in enumerate(found["text"]):
        confidence = float(found["conf"][index])
        if not str(text).strip() or confidence < 0:
            continue
        left, top = float(found["left"][index]) / _SCALE, float(found["top"][index]) / _SCALE
        right, bottom = left + float(found["width"][index]) / _SCALE, top + float(found["height"][index]) / _SCALE
        if re.fullmatch(r"[|_\-—–=\[\]]+", str(text)) and confidence < 60:
            continue  # the rules of a table
        words.append(PlacedWord(_mended(str(text).strip()), left, right, top, bottom, 10.0))
        sure.append(confidence)
    return Recognised(words, round(sum(sure) / len(sure) / 100, 3) if sure else 0.0)


def _mended(word: str) -> str:
    """Return a word with a pound sign that was read as another sign put back."""
    return _POUND_LETTER.sub("£", word).strip("|")
