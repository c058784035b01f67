"""What Firsthand knows of a project and REFI-QDA does not, as a note that goes with it. Pure.

Another program shows it as a note with a plain name. Without it a file is read all the same.
"""

import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from firsthand.codebook.refi.texts import Text

GUID = str(uuid.uuid5(uuid.NAMESPACE_URL, "firsthand: what goes beside a coding project"))
_NAME = "Firsthand keeps this here; other programs do not need it"
_VERSION = 1


@dataclass
class Beside:
    """By GUID: of sources kind, study, turns and who finished; of passages what was suggested."""

    double: int = 20
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    finished: dict[str, list[str]] = field(default_factory=dict)
    suggested: dict[str, list[str]] = field(default_factory=dict)


def note(beside: Beside) -> Text:
    """Return it as a note."""
    said = {"firsthand": _VERSION, **asdict(beside)}
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=0)
    return Text(GUID, _NAME, content=content)


def read(notes: tuple[Text, ...]) -> Beside:
    """Return what such a note among these says; nothing when it is not there or was changed."""
    text = next((each.content for each in notes if each.guid == GUID), "")
    try:
        said = json.loads(text) if text else {}
        found = Beside(
            double=min(100, max(0, int(said.get("double", 20)))),
            sources={key: dict(each) for key, each in dict(said.get("sources", {})).items()},
            finished=_lists(said.get("finished", {})),
            suggested=_lists(said.get("suggested", {})),
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Beside()
    return found


def _lists(said: Any) -> dict[str, list[str]]:
    return {str(key): [str(each) for each in values] for key, values in dict(said).items()}
