"""Where the sentences of a source are; of the last few texts that is remembered.

A long text takes some hundredths of a second to be looked through, and is asked for with each page
and each passage. What is remembered are places, no words, by the digest of the text: where a text
is changed, its digest is another. Of what a person told us nothing is remembered.
"""

from threading import Lock

from firsthand.codebook.models import Source
from firsthand.methods.sentences import Sentence, split

_MOST = 8  # texts
_lock = Lock()
_places: dict[str, tuple[Sentence, ...]] = {}


def sentences_of(source: Source, text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a source. `text`: what it says, as it was opened."""
    if source.sealed:
        return split(text)
    with _lock:
        found = _places.pop(source.digest, None)
    if found is None:
        found = split(text)
    with _lock:
        _places[source.digest] = found  # the last one asked for goes last
        while len(_places) > _MOST:
            del _places[next(iter(_places))]
    return found
