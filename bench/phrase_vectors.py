"""Write the vectors of the thesaurus's phrases anew: run it after a change of data/search/thesaurus.csv.

    .venv/bin/python -m bench.phrase_vectors
"""

from __future__ import annotations

import sys

from graph.search.embedding import load_encoder
from graph.search.phrase_vectors import FILE, write_phrase_vectors
from graph.search.thesaurus import all_phrases
from graph.settings import Settings


def main() -> int:
    """Embed every phrase and write the file."""
    settings = Settings()
    phrases = all_phrases(settings.data)
    vectors = load_encoder(settings).encode(phrases, progress=True)
    write_phrase_vectors(settings.data / FILE, settings.model, dict(zip(phrases, vectors, strict=True)))
    print(f"{settings.data / FILE}: {len(phrases)} phrases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
