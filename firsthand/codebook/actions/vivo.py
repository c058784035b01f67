"""Coding words by themselves: they become a code, and the passage carries it; both or neither."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions import codes as book
from firsthand.codebook.actions import passages
from firsthand.codebook.models import Code, Coder, Passage, Project, Source


@transaction.atomic
def code(
    coder: Coder, source: Source, start: int, end: int, codes: Iterable[Code], **more: Any
) -> tuple[Passage, Code]:
    """Code a stretch with a code that is called by its very words. Raises Refused.

    A code of that name at the top is that code. `more`: as of `passages.code`.
    """
    policies.check_words_may_be_kept(source)
    project = Project.objects.select_for_update().get(id=coder.project_id)
    name = " ".join(source.text[start:end].split())[: rules.LONGEST_NAME]
    there = queries.codes(project).filter(name__iexact=name, parent=None).first()
    made = there or book.add(coder, name)
    return passages.code(coder, source, start, end, [*codes, made], **more), made
