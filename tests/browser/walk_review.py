"""A walk through the review workbench of the made-up town; one part of walk.py."""

import re
from typing import Any

# The pages of one review, behind its address.
PAGES = {
    "": "a review", "protocol/": "protocol", "history/": "history", "members/": "members",
    "criteria/": "criteria", "criteria/add/": "add a criterion", "searches/": "searches",
    "searches/add/": "write down a search", "duplicates/": "duplicates",
    "duplicates/pairs/": "two records side by side",
    "screen/abstract/": "screening, titles and abstracts",
    "screen/full-text/": "screening, full texts",
    "conflicts/abstract/": "conflicts", "conflicts/full-text/": "conflicts, full texts",
    "rounds/abstract/": "calibration", "rounds/abstract/begin/": "begin a calibration round",
    "flow/": "flow diagram",
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
)


def reviewing(walk: Any) -> None:
    """A researcher's workbench: from protocol to flow diagram."""
    window = walk.sign_in("researcher")
    walk.go(window, "you/desk/", "where a researcher begins")
    walk.go(window, "reviews/", "reviews")
    walk.go(window, "reviews/new/", "begin a review")
    _send(window)
    walk.look(window, "begin a review, nothing typed", "")
    walk.go(window, "reviews/example/", "the review of 2023")
    window.goto(f"{walk.site}/reviews/")
    at = _link(window, r"^/reviews/[0-9a-f-]{36}/$")
    for path, name in PAGES.items():
        walk.go(window, at + path, name)
    for path, name in EMPTY.items():
        window.goto(walk.site + at + path)
        _send(window)
        walk.look(window, name, "")
    for path, *addresses, name in FIRST:
        window.goto(f"{walk.site}{at}{path}")
        for address in addresses:
            window.goto(walk.site + _link(window, address))
        walk.look(window, name, "")


def _send(window: Any) -> None:
    """Send the main form without the browser's own check in the way."""
    form = window.locator("main form").last
    form.evaluate("one => { one.noValidate = true }")
    form.locator("button").last.click()


def _link(window: Any, address: str) -> str:
    """Return the first address on the page of that look."""
    links = [one.get_attribute("href") or "" for one in window.locator("main a").all()]
    found = [link for link in links if re.search(address, link)]
    assert found, f"{window.url} leads to no {address}"
    return found[0]
