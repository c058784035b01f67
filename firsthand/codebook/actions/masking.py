"""Taking one person's words out of a source when they withdraw, for good.

Their stretches keep their length, so that everything else that was coded stays in its place;
passages that touch them lose their words and are marked as withdrawn, so that counts stay true.
"""

import re
from collections.abc import Sequence

from django.db import transaction

from firsthand.codebook import rules, trail
from firsthand.codebook.actions.sources import digest_of
from firsthand.codebook.models import Passage, Settlement, Source

GONE = "Withdrawn by whoever said it."  # instead of a reason that may say it again
FILLER = "\u00b7"  # a middle dot stands for each character that was there


@transaction.atomic
def mask(source: Source, spans: Sequence[tuple[int, int]]) -> None:
    """Take the stretches `spans` (code points, the end exclusive) out of a source's text.

    It is done to sources that were taken away too: put back, they do not hold the words either.
    """
    row = Source.objects.select_for_update(of=("self",)).select_related("project").get(id=source.id)
    text = row.text
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\s]", FILLER, text[start:end]) + text[end:]
    row.text, row.digest = text, digest_of(text)
    row.save(update_fields=["text", "digest"])
    row.edits.all().delete()  # no text that was before holds the words either
    for passage in Passage.objects.filter(source=row).exclude(state=rules.WITHDRAWN):
        _follow(passage, row, spans)
    trail.note(row.project, None, "words withdrawn", source=row.number, stretches=len(spans))


def _follow(passage: Passage, row: Source, spans: Sequence[tuple[int, int]]) -> None:
    touched = any(start < passage.end and passage.start < end for start, end in spans)
    quote, before, after = rules.around(row.text, passage.start, passage.end)
    if touched:
        passage.state, passage.memo = rules.WITHDRAWN, ""
        quote = before = after = ""
        Settlement.objects.filter(passages=passage).update(reason=GONE)
    passage.quote, passage.prefix, passage.suffix = quote, before, after
    passage.digest = row.digest
    passage.save(update_fields=["state", "memo", "quote", "prefix", "suffix", "digest"])
