"""A member of staff comes in by an invitation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.people import actions, queries, signals
from firsthand.people.entering import enter
from firsthand.people.forms.passphrase import NewPassphraseForm
from firsthand.people.forms.sign_up import AcceptForm
from firsthand.people.models import Invitation, User
from firsthand.people.views import recovery
from firsthand.people.views.sign_up import suggestion

_SLOT = "invitation"


@require_safe
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address at once, so that it stays in no history."""
    about = queries.invitation_mark(secret)
    with_limit = {"request": request, "what": signals.INVITATION, "about": about}
    signals.guessing.send(User, **with_limit)
    if queries.invitation_by(secret):
        signals.guessed_right.send(User, **with_limit)
    request.session[_SLOT] = secret
    return redirect("people:invitation")


@sensitive_post_parameters("passphrase1", "passphrase2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask the newcomer for a name, a sign-in name and a passphrase; give keys; go on."""
    found = queries.invitation_by(request.session.get(_SLOT, ""))
    if isinstance(request.user, User):
        return _with_a_sign_in(request, found, request.user)
    if found is None:
        return render(request, "people/invitation_spent.html", status=404)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, found, form)
        except actions.NameTaken:
            form.add_error("sign_in_name", "That sign-in name is in use. Please make up another.")
        except actions.Spent:
            return render(request, "people/invitation_spent.html", status=404)
    context = {"form": form, "invitation": found, "suggestion": suggestion()}
    return render(request, "people/invitation.html", context, status=422 if form.is_bound else 200)


def _with_a_sign_in(request: HttpRequest, found: Invitation | None, user: User) -> HttpResponse:
    """Ask whether someone who is here already joins the team with the sign-in they have."""
    if not found or not actions.is_for(found, user):
        return render(request, "people/invitation_signed_in.html", status=409)
    if request.method != "POST":
        return render(request, "people/invitation_join.html", {"invitation": found})
    try:
        actions.come_in(found, user)
    except actions.Spent:
        return render(request, "people/invitation_spent.html", status=404)
    request.session.pop(_SLOT, None)
    return redirect("people:teams")


def _form(request: HttpRequest, found: Invitation) -> NewPassphraseForm:
    kind = NewPassphraseForm if found.for_user else AcceptForm
    return kind(request.POST or None)


def _accepted(request: HttpRequest, found: Invitation, form: NewPassphraseForm) -> HttpResponse:
    given = form.cleaned_data
    user, keys, printed = actions.accept(
        found,
        given["passphrase1"],
        sign_in_name=given.get("sign_in_name", ""),
        name=given.get("name", ""),
        email=given.get("email", ""),
    )
    request.session.pop(_SLOT, None)
    recovery.offer(request, printed, kept=True)
    return enter(request, user, keys, reverse("people:recovery_key"))
