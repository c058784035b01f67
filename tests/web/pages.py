"""Pages that hold every part of the shell, for the tests to look at. An URLconf of its own."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.debug import sensitive_post_parameters

from firsthand.web import errors

WHO = [("team", "An advocate"), ("service", "The service"), ("nobody", "Nobody for now")]


class Asks(forms.Form):
    """One field of each kind."""

    number = forms.CharField(widget=forms.HiddenInput, required=False)
    happened = forms.CharField(
        widget=forms.Textarea,
        label="What happened?",
        help_text="In your own words.",
        error_messages={"required": "Say what happened, in a word or two if you like"},
    )
    when = forms.CharField(label="When was it?", required=False, max_length=40)
    day = forms.DateField(
        label="Which day?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    who = forms.ChoiceField(
        choices=WHO,
        widget=forms.RadioSelect,
        label="Who may read it?",
        error_messages={"required": "Choose who may read it"},
    )
    note = forms.CharField(widget=forms.Textarea, label="A note for them", required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("care", "Care at home"), ("home", "A care home")],
        widget=forms.CheckboxSelectMultiple,
        label="What kind of service?",
        required=False,
    )
    place = forms.ChoiceField(
        label="Where?", required=False, choices=[("", "Choose"), ("n", "North"), ("s", "South")]
    )
    agree = forms.BooleanField(
        label="I agree to be counted", error_messages={"required": "Tick this to go on"}
    )
    words = forms.CharField(label="Your words", widget=forms.PasswordInput, required=False)
    photo = forms.FileField(label="A photo", required=False)

    def clean(self):
        if self.cleaned_data.get("when") == "never":
            raise forms.ValidationError("That cannot be so")


def parts(request):
    return render(request, "shell/parts.html")


def ask(request):
    form = Asks(request.POST or None, initial={"number": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Kept.")
        return redirect("shell:sitting")
    more = {"back_url": "/", "progress": (2, 6), "sends_files": True}
    return render(request, "shell/ask.html", {"form": form, **more})


def sitting(request):
    request.session["here"] = "yes"
    return parts(request)


def typo(request):
    return render(request, "shell/typo.html")


def broken(request):
    raise ValueError("a mistake of ours")


@sensitive_post_parameters("nickname")
def full(request):
    raise OperationalError("database or disk is full")


def too_big(request):
    raise RequestDataTooBig("more than we can take")


def odd(request):
    raise SuspiciousOperation("odd")


def closed(request):
    raise PermissionDenied


def many(request):
    return errors.too_many(request)


def keepable(request):
    return HttpResponse("public", headers={"Cache-Control": "public, max-age=60"})


VIEWS = [parts, ask, sitting, typo, broken, full, too_big, odd, closed, many, keepable]
shell = ([path(f"{view.__name__}/", view, name=view.__name__) for view in VIEWS], "shell")
urlpatterns = [path("", include("firsthand.web.urls")), path("shell/", include(shell))]
handler400 = "firsthand.web.views.bad_request"
handler403 = "firsthand.web.views.forbidden"
handler404 = "firsthand.web.views.not_found"
handler500 = "firsthand.web.views.server_error"
