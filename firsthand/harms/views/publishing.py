"""What stands beneath a line, sign-offs, checks, the preview, publishing; the version in use."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.harms import checks, drafts, missed, policies, queries, rules, shown
from firsthand.harms.actions import grounds
from firsthand.harms.actions import publishing as actions
from firsthand.harms.forms.drafting import GroundForm, PlaceForm, SignOffForm, UseForm
from firsthand.harms.views.drafting import BOTH, ask, attempt, editing, glance
from firsthand.people.models import User


@require_http_methods(BOTH)
def ground(request: HttpRequest, draft: uuid.UUID, code: str) -> HttpResponse:
    """Put something beneath a line by hand."""
    by = editing(request, draft)
    entry = queries.entry(by.version, code)
    if entry is None:
        raise Refused
    form = GroundForm(request.POST if request.method == "POST" else None)
    row = attempt(form, lambda: grounds.put(by.version, code, **form.cleaned_data, by=by.user))
    if row:
        messages.success(request, f"It stands beneath {code} now.")
        return redirect("harms:draft_entry", draft, code)
    return ask(request, "harms/draft_ground.html", by, form, entry=entry)


@require_POST
def ground_do(request: HttpRequest, draft: uuid.UUID, ground: uuid.UUID) -> HttpResponse:
    """Take something away from beneath a line, or put it beneath another."""
    by = editing(request, draft)
    if "to" in request.POST:
        return _place(request, draft, ground)
    row = grounds.remove(by, ground)
    messages.success(request, f"“{row.title}” stands beneath {row.code} no longer.")
    there = queries.entry(by.version, row.code)
    return (
        redirect("harms:draft_entry", draft, row.code) if there else redirect("harms:draft", draft)
    )


def _place(request: HttpRequest, draft: uuid.UUID, ground: uuid.UUID) -> HttpResponse:
    by, form = editing(request, draft), PlaceForm(request.POST)
    row = attempt(form, lambda: grounds.place(by, ground, form.cleaned_data["to"].strip().upper()))
    if row:
        messages.success(request, f"“{row.title}” stands beneath {row.code} now.")
    for errors in form.errors.values():
        messages.warning(request, str(errors[0]))
    return redirect("harms:draft", draft)


@require_http_methods(BOTH)
def sign_off(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Record that a group or a role looked at the draft as it is now."""
    by = editing(request, draft)
    now = drafts.digest(by.drafting)
    form = SignOffForm(request.POST if request.method == "POST" else None, initial={"seen": now})
    done = attempt(form, lambda: actions.sign_off(by, **form.cleaned_data), lambda: now)
    if done:
        messages.success(request, f"Written down: {done}.")
        return redirect("harms:draft_sign_off", draft)
    rows = drafts.signed(by.version)
    return ask(request, "harms/draft_sign_off.html", by, form, rows=rows, now=now, rules=rules)


@require_safe
def preview(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Show a draft as it will be read, with what stands beneath each line."""
    by = policies.check_editor(request.user, draft)
    seen = glance(by)
    told = {
        "by": by, "version": by.version, "seen": seen, "KINDS": rules.KINDS,
        "beneath": {line.entry.code: shown.shown(line.grounds) for line in seen.lines},
    }  # fmt: skip
    return render(request, "harms/draft_preview.html", told)


@require_http_methods(BOTH)
def publish(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Check a draft and publish it."""
    by = editing(request, draft)
    if request.method == "POST":
        sent = request.POST
        version = actions.publish(by, sent.get("seen", ""), sent.getlist("left_out"))
        messages.success(request, f"Version {version.slug} is published. It never changes now.")
        return redirect("harms:version", version.slug)
    found = checks.checks(glance(by))
    told = {"by": by, "version": by.version, "checks": found, "now": drafts.digest(by.drafting),
            "ready": all(one.holds for one in found),
            "missed": missed.missed(by.drafting)}  # fmt: skip
    return render(request, "harms/draft_publish.html", told)


@require_http_methods(BOTH)
def in_use(request: HttpRequest) -> HttpResponse:
    """Choose which version accounts are linked with and figures counted by."""
    assert isinstance(request.user, User)
    user, now = request.user, queries.version_in_use()
    versions = [(one.slug, f"{one.title}, {one.slug}") for one in queries.published_versions()]
    form = UseForm(
        request.POST if request.method == "POST" else None, versions=versions,
        initial={"slug": now.slug if now else ""},
    )  # fmt: skip
    done = attempt(form, lambda: actions.use(user, form.cleaned_data["slug"]))
    if done:
        messages.success(request, f"Accounts are linked with version {done.version.slug} now.")
        return redirect("harms:in_use")
    told = {"form": form, "in_use": now}
    return render(request, "harms/in_use.html", told, status=422 if form.is_bound else 200)
