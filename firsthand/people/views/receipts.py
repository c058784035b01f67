"""New words for a receipt, for someone who thinks that others have seen the old ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firsthand.people import actions
from firsthand.people.forms.sign_up import WordsBackForm
from firsthand.people.sittings import held_receipts, sitting_of
from firsthand.people.views.asking import say, warn
from firsthand.vault import words

_SLOT = "new receipt words"


@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest) -> HttpResponse:
    """Show new words; once two are typed back, they open what the old ones opened until then."""
    receipts = held_receipts(request)
    if not receipts:
        raise Http404
    held = [keys for keys in receipts if not keys.words]
    if not held:  # its first words are still to be written down: new ones would be lost with them
        warn(request, "Write down the words you have first. They are shown when you finish.")
        return redirect("testimony:mine")
    receipt = words.read(request.session.setdefault(_SLOT, str(words.draw())))
    form = WordsBackForm(request.POST or None, receipt=receipt)
    if request.method == "POST" and form.is_valid():
        actions.rotate_receipt(held[0], receipt)
        del request.session[_SLOT]
        sitting_of(request).end_others(held[0].id)
        say(request, "Your new receipt words work from now on. The old ones open nothing.")
        return redirect("testimony:mine")
    context = {"form": form, "words": receipt.finds + receipt.opens}
    status = 422 if form.is_bound else 200
    return render(request, "people/rotate_receipt.html", context, status=status)
