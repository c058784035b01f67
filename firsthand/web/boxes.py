"""What the boxes are called that people type in, by the names under which they are sent.

So that a page that gives a form back can say which words were whose answer.
"""

import re

from django.forms import Form
from django.http import HttpRequest

from firsthand.repair.forms import AnswerForm, AskedForm, MessageForm, PledgeForm
from firsthand.testimony.forms import Words

# What a form of ours says of itself, whatever it looks like.
OURS = frozenset({"number", "seen", "rows"})
_FORMS: dict[str, type[Form]] = {
    "repair:answer": AnswerForm,
    "repair:request": MessageForm,
    "repair:conversation": MessageForm,
    "repair:asks": AskedForm,
}
_PLEDGE = re.compile(r"will-(\d{1,2})-(text|who|due)")


def called(request: HttpRequest, name: str) -> str:
    """Return what a box of the page at hand is called; nothing when it is not for typing."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    if view == "repair:answer" and (found := _PLEDGE.fullmatch(name)):
        return f"Promise {int(found[1]) + 1}: {PledgeForm.base_fields[found[2]].label}"
    form = _FORMS.get(view)
    box = form.base_fields.get(name) if form else None
    return str(box.label) if isinstance(box, Words) else ""
