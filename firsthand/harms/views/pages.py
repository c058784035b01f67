"""The model's public pages. Each says its version in its address, and never changes after."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from firsthand.harms import drafts, queries, rules, shown
from firsthand.harms.forms import SearchForm
from firsthand.harms.models import Entry, ModelVersion


def published(slug: str) -> ModelVersion:
    """Return the published version. Raises Http404 when there is none."""
    found = queries.version(slug)
    if found is None:
        raise Http404
    return found


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """Lead to the newest version."""
    newest = queries.current_version()
    if newest is None:
        return render(request, "harms/none.html", status=404)
    return redirect("harms:version", newest.slug)


@require_safe
def version(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the model at a glance: every list, in order of rank."""
    one = published(slug)
    told = _told(one) | {
        "sources": queries.with_experiences(one),
        "impacts": queries.entries(one, rules.IMPACT),
        "minimisations": queries.entries(one, rules.MINIMISATION),
        "form": SearchForm(),
        "ranks": queries.ranks_said(one),
    }
    return render(request, "harms/version.html", told)


@require_safe
def making(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how this version was made, what its ranks mean, and which other versions there are."""
    one = published(slug)
    told = _told(one) | {
        "versions": queries.published_versions(),
        "ranks": queries.ranks_said(one),
        "in_use": queries.version_in_use(),
    }
    return render(request, "harms/making.html", told)


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what changed since the version before, and why; what became of each of its lines."""
    one = published(slug)
    told = _told(one)
    made = queries.drafting_of(one)
    if made is None:
        raise Http404
    told |= {
        "map": drafts.told_map(made),
        "changes": drafts.told_changes(made, queries.changes(one)),
        "signed": one.sign_offs.all(),
        "as_published": drafts.digest(made),
        "rules": rules,
    }
    return render(request, "harms/changes.html", told)


@require_safe
def crosswalk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the model's entries are linked to, from the other end."""
    one = published(slug)
    schemes = [
        {"code": code, "targets": queries.crosswalk(one, code)} | scheme_words
        for code, scheme_words in _schemes(one)
    ]
    return render(request, "harms/crosswalk.html", _told(one) | {"schemes": schemes})


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Find entries by plain words or official terms."""
    one, form = published(slug), SearchForm(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = queries.search(one, asked) if asked else []
    told = _told(one) | {"form": form, "asked": asked, "found": found}
    return render(request, "harms/search.html", told)


@require_safe
def entry(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one source, experience, impact or minimisation."""
    of = published(slug)
    one = queries.entry(of, code.upper())
    if one is None:
        raise Http404
    if one.code != code:
        return redirect("harms:entry", slug, one.code, permanent=True)
    return render(request, "harms/entry.html", _told(of) | _entry(one))


def _told(one: ModelVersion) -> dict[str, object]:
    made = queries.drafting_of(one)
    return {"version": one, "newest": queries.current_version(), "made": made}


def _schemes(one: ModelVersion) -> list[tuple[str, dict[str, str]]]:
    return [
        (code, {"name": scheme["name"], "source": scheme["source"]})
        for code, scheme in one.schemes.items()
    ]


def _entry(one: Entry) -> dict[str, object]:
    line = queries.siblings(one)
    at = [mate.pk for mate in line].index(one.pk)
    return {
        "entry": one,
        "rank_words": queries.rank_words(one),
        "experiences": queries.children(one),
        "linked": queries.said_links(one),
        "stages": queries.stages(one),
        "maps": queries.maps(one),
        "beneath": shown.shown(queries.grounds(one.version, one.code)),
        "unchanged": queries.unchanged(one),
        "before": line[at - 1] if at else None,
        "after": line[at + 1] if at + 1 < len(line) else None,
    }
