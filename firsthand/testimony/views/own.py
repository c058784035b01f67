"""What is mine: to read, change, share, stop sharing, download and withdraw."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access import door, log
from firsthand.access.doer import Doer, doer_of
from firsthand.access.downloads import disposition
from firsthand.access.story import story
from firsthand.people.models import Team
from firsthand.testimony import actions, policies, queries, researching, rules
from firsthand.testimony.attaching import listed
from firsthand.testimony.sharing_forms import StopForm
from firsthand.testimony.views import shared
from firsthand.testimony.views.checking import read_as
from firsthand.vault import ways


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what this person told us, without a word of it."""
    doer = doer_of(request)
    context = {"rows": queries.mine(doer), **_ways_in(doer)}
    return render(request, "testimony/mine.html", context)


@require_safe
def own(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Show all of it, who may read it, and what can be done."""
    doer = doer_of(request)
    row = queries.own(doer, testimony)
    if row.stage == rules.DRAFT:
        return redirect("testimony:check", testimony)
    opened = door.enter(doer, row.item_id)
    said = queries.answers_of(opened)
    kinds = rules.kinds_for(said.wishes)
    asked, learning = queries.readers(row)
    context = {
        "row": row,
        "telling": queries.telling(doer, row, opened),
        "read_as": read_as(said),
        "files": listed(doer, row),
        "grants": asked,
        "learning": learning,
        "wished": lambda team: team.organisation.kind in kinds,
    }
    return render(request, "testimony/own.html", context)


@require_safe
def who_read(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Show the access log in plain words, refusals included."""
    row = queries.own(doer_of(request), testimony)
    lines = story(log.verify(row.item_id, names=True))
    context = {"row": row, "lines": lines, **_ways_in(doer_of(request))}
    return render(request, "testimony/who_read.html", context)


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, testimony: uuid.UUID, team: uuid.UUID) -> HttpResponse:
    """End one team's access, after saying what that does and does not do."""
    row = queries.own(doer_of(request), testimony)
    found = get_object_or_404(Team.objects.select_related("organisation"), id=team)
    if request.method == "POST":
        actions.stop_sharing(doer_of(request), row, found)
        return redirect("testimony:own", testimony)
    if researching.reads(row, found):
        return redirect("testimony:research", testimony)  # that is ended there, by one press
    context = {"row": row, "team": found, "back_url": shared.own_address(row.id)}
    return render(request, "testimony/stop.html", context)


@require_http_methods(["GET", "POST"])
def stop_some(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Ask, when a wish was taken back, whether to stop sharing with each team it let in."""
    row = queries.own(doer_of(request), testimony)
    _, said = shared.opened(request, row)
    teams = queries.reading_unwished(row, said.wishes)
    if request.method == "POST":
        ticked = request.POST.getlist("stop")
        ending = [team for team in teams if str(team.id) in ticked]
        actions.stop_sharing_with(doer_of(request), row, ending)
    if request.method == "POST" or not teams:
        return redirect(shared.after_wishes(row, said))
    back = shared.address(row.id, "wishes")
    context = {"form": StopForm(teams=teams), "back_url": back, "continue_text": "Save"}
    return render(request, "testimony/stop_some.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Destroy it, after saying what that means."""
    row = queries.own(doer_of(request), testimony)
    policies.check_move(row, rules.WITHDRAWN)
    if request.method == "POST":
        actions.withdraw(doer_of(request), row)
        return redirect("testimony:mine")
    context = {"row": row, "back_url": shared.own_address(row.id)}
    return render(request, "testimony/withdraw.html", context)


@require_safe
def download(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Give the whole of it as plain text, to keep."""
    told = queries.telling_for(doer_of(request), queries.own(doer_of(request), testimony).id)
    text = render(request, "testimony/download.txt", {"telling": told}).content
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = disposition("what-happened.txt")
    return response


def _ways_in(doer: Doer) -> dict[str, Any]:
    """What opens what is in hand, besides the sign-in that is here."""
    own = doer.user.keyring_id if doer.user else None
    return {"others": ways.sign_ins(doer.hands, own), "by_words": ways.have_words(doer.hands)}
