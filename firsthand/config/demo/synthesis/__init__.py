"""From texts to the next version of the model, in the made-up town, by the site's own actions.

Three people code the texts, a fifth of them twice; what they differ on is settled; codes become
themes; a survey ranks, with simulated answers that say so; a group comments and is answered; and
the next version is published, every changed line with what stands beneath it.

What the review of 2023 found is real, and in our own short words; all that people here say, choose
or decide is made up. `tests/config/test_synthesis.py` does it with whole documents as texts.
"""

from collections.abc import Sequence

from firsthand.config.demo.people import Someone
from firsthand.config.demo.synthesis import asking, coding, drafting, hearing
from firsthand.config.demo.synthesis.texts import Text
from firsthand.harms.models import ModelVersion

CODERS = ("researcher", "second researcher", "coordinator")


def synthesis(
    staff: dict[str, Someone], texts: Sequence[Text], ballots: bytes, slug: str
) -> ModelVersion:
    """Do all of it with these texts and a file of ballots; return the published version."""
    first, *others = (staff[name].user for name in CODERS)
    project = coding.coded(first, others, texts)
    editor = drafting.begun(first, others, slug)
    group = hearing.heard(staff, editor)
    survey = asking.asked(first, editor.version, ballots)
    drafting.founded(editor, project, survey)
    return drafting.published(editor, group)
