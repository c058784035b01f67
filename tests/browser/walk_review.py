"""A walk through the review workbench of the made-up town; one part of walk.py."""

from typing import Any

from tests.browser.walk_kit import link, links, send

# The pages of one review, behind its address.
PAGES = {
    "": "a review", "protocol/": "protocol", "history/": "history", "members/": "members",
    "criteria/": "criteria", "criteria/add/": "add a criterion", "searches/": "searches",
    "searches/add/": "write down a search", "searches/build/": "build a search",
    "searches/build/versions/": "versions of a search", "records/": "records",
    "labels/": "labels", "highlights/": "marked words", "duplicates/": "duplicates",
    "duplicates/pairs/": "two records side by side",
    "screen/abstract/": "screening, titles and abstracts",
    "screen/full-text/": "screening, full texts",
    "conflicts/abstract/": "conflicts", "conflicts/full-text/": "conflicts, full texts",
    "meeting/": "meeting list", "shares/abstract/": "shares", "order/abstract/": "reading order",
    "stopping/abstract/": "when to stop", "stopping/abstract/plan/": "what to aim at",
    "stopping/abstract/stop/": "stop here",
    "rounds/abstract/": "calibration", "rounds/abstract/begin/": "begin a calibration round",
    "full-texts/": "full texts", "studies/": "studies", "charting-form/": "charting form",
    "charting-form/add/": "add a field", "charting-form/preview/": "preview of a form",
    "chart-table/": "table of charts", "charted-twice/": "charted twice", "gaps/": "gaps",
    "map/": "evidence and gap map", "characteristics/": "characteristics of studies",
    "flow/": "flow diagram", "flow/update/": "begin an update", "checklist/": "checklist",
    "checklist/4/": "an item of the checklist", "package/": "take it with you",
}  # fmt: skip
# Where a form sent empty says what is missing.
EMPTY = {
    "criteria/add/": "add a criterion, nothing typed",
    "searches/add/": "write down a search, nothing typed",
}
# The first of a list: the page it stands on, what the addresses that lead to it look like, and the
# stop's name.
_SEARCH = r"searches/[0-9a-f-]{36}/$"
_CRITERION = r"criteria/[0-9a-f-]{36}/$"
FIRST = (
    ("searches/", _SEARCH, "a search run"),
    ("searches/", _SEARCH, r"files/[0-9a-f-]{36}/$", "an imported file"),
    ("criteria/", _CRITERION, "reword a criterion"),
    ("criteria/", _CRITERION, r"criteria/[0-9a-f-]{36}/retire/$", "retire a criterion"),
    ("duplicates/", r"records/[0-9a-f-]{36}/$", "a record"),
    ("conflicts/abstract/", r"conflicts/abstract/[0-9a-f-]{36}/$", "settle a conflict"),
    ("conflicts/abstract/", r"talk/abstract/[0-9a-f-]{36}/$", "talk it over"),
    ("full-texts/", r"full-texts/[0-9a-f-]{36}/$", "a report"),
    ("studies/", r"studies/[0-9a-f-]{36}/$", "a study"),
    ("studies/", r"studies/[0-9a-f-]{36}/$", r"studies/[0-9a-f-]{36}/charted/$", "two charts"),
    ("labels/", r"labels/[0-9a-f-]{36}/$", "change a label"),
    ("highlights/", r"highlights/[0-9a-f-]{36}/$", "change marked words"),
    ("charting-form/", r"charting-form/f\d+/$", "change a field"),
)


def reviewing(walk: Any) -> None:
    """A researcher's workbench: from protocol to flow diagram."""
    window = walk.sign_in("researcher")
    walk.go(window, "you/desk/", "where a researcher begins")
    walk.go(window, "reviews/", "reviews")
    walk.go(window, "reviews/new/", "begin a review")
    send(window)
    walk.look(window, "begin a review, nothing typed", "")
    walk.go(window, "reviews/example/", "the review of 2023")
    walk.go(window, "reviews/example/charting/", "the review of 2023, charted")
    walk.go(window, "reviews/bring-in/", "bring a review in")
    window.goto(f"{walk.site}/reviews/")
    at = link(window, r"^/reviews/[0-9a-f-]{36}/$")
    for path, name in PAGES.items():
        walk.go(window, at + path, name)
    for path, name in EMPTY.items():
        window.goto(walk.site + at + path)
        send(window)
        walk.look(window, name, "")
    for path, *addresses, name in FIRST:
        window.goto(f"{walk.site}{at}{path}")
        for address in addresses:
            window.goto(walk.site + link(window, address))
        walk.look(window, name, "")
    window.goto(f"{walk.site}{at}studies/")
    window.goto(walk.site + links(window, r"studies/[0-9a-f-]{36}/$")[-1])
    walk.go(window, link(window, r"studies/[0-9a-f-]{36}/chart/$"), "chart a study")
