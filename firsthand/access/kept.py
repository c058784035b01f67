"""A refusal said beside what was typed, so that nothing of it is lost."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form, ValidationError

from firsthand.access.refused import Refused

_CODE = "refused"


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do what a form that holds asks for; where it cannot be done now, the form says why.

    Raises hidden refusals.
    """
    if not form.is_valid():
        return False
    try:
        do()
    except Refused as refused:
        if refused.hidden:
            raise
        form.add_error(None, ValidationError(refused.sentence, code=_CODE))
    return not form.errors


def status_of(form: Form) -> int:
    """Return how a page with this form is answered: 409 refused, 422 to be put right, else 200."""
    if not form.is_bound:
        return 200
    return 409 if form.has_error(NON_FIELD_ERRORS, _CODE) else 422
