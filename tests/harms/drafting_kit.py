"""Drafts for tests: made by the site's own actions, from the model of 2022."""

import datetime as dt

from firsthand.harms import actions as models
from firsthand.harms import drafts, queries
from firsthand.harms.actions import drafting, grounds, publishing
from firsthand.harms.models import Change, Editor, Entry, ModelVersion
from firsthand.people import rules as roles
from firsthand.people.models import User

WORDS = {
    "name": "Waits that nobody explains",
    "label": "Waiting with no word of why",
    "description": "You had to wait for help. Nobody told you why or how long.",
    "examples": ["I heard nothing for months."],
}


def words(**change: object) -> dict:
    return {**WORDS, **change}


def user(name: str = "Ada", role: str = roles.RESEARCHER) -> User:
    return User.objects.create(username=f"mark of {name}", role=role, name=name)


def draft(by: User | None = None, slug: str = "2027") -> Editor:
    """Return the editor of a new draft from the newest version."""
    models.load_published_models(by="a test")
    return drafting.begin(by or user(), slug)


def entry(by: Editor, code: str) -> Entry | None:
    return Entry.objects.filter(version=by.version, code=code).select_related("parent").first()


def codes(by: Editor, **asked: object) -> list[str]:
    return list(Entry.objects.filter(version=by.version, **asked).values_list("code", flat=True))


def all_changes(by: Editor) -> dict[str, Change]:
    """Do one of everything, and return the changes by kind."""
    return {
        "added": drafting.add(by, "experience", "S1", words(), "Group two named it"),
        "reworded": drafting.reword(by, "S1.1", words(label="Fixed rules"), "Plainer", "close"),
        "moved": drafting.move(by, "S2.1", "S3", "It is about choice"),
        "merged": drafting.merge(
            by, ["S4.1", "S4.2"], words(label="Both of these"), "Said as one in the survey"
        ),
        "split": drafting.split(
            by, "S5.2", [words(label="One half"), words(label="Other half")], "Two things"
        ),
        "removed": drafting.remove(by, "S7.3", "Nobody chose it"),
        "ranked": drafting.rank(
            by, "minimisation",
            [["M2"], ["M1", "M3"], ["M4"], ["M5"], ["M6A"], ["M6B"], ["M7"], ["M8"]],
            "The survey of 2027",
        ),
    }  # fmt: skip


def ready(by: Editor) -> None:
    """Let a draft with changes hold in everything that is asked before it is published."""
    kit_grounds(by)
    drafting.describe(by, {
        "title": "The avoidable harm model (made up)", "made_by": "people of a test",
        "authors": [{"family": "Brook", "given": "Ada"}, {"family": "Fen", "given": "Ben Cai"}],
        "note": "We said some lines in other words.",
    })  # fmt: skip
    sign(by)


def kit_grounds(by: Editor) -> None:
    """Put one thing of every kind beneath whatever is new or changed."""
    drafting_of = queries.open_draft(by.version.pk)
    for line in drafts.glance(drafting_of).unfounded:
        code = line.entry.code
        grounds.put(by.version, code, "paper", "Brook 2020", 1, by=by.user,
                    at="https://doi.org/10.1000/made-up")  # fmt: skip
        grounds.put(by.version, code, "passage", "Coding", 34, detail={"groups": 5}, by=by.user)
        grounds.put(by.version, code, "survey", "Survey of 2027", 120, 2, 5, by=by.user)
        grounds.put(by.version, code, "testimony", "Accounts", 3, by=by.user)
        grounds.put(by.version, code, "comment", "Advisers", 4, by=by.user)


def sign(by: Editor, said: str = "agreed") -> None:
    publishing.sign_off(by, "Expert advisory group", "asked about all of it", said,
                        dt.date(2026, 1, 2), "Go on.")  # fmt: skip


def published(by: Editor | None = None) -> ModelVersion:
    """Return a second version, published, with one change of every kind."""
    by = by or draft()
    all_changes(by)
    ready(by)
    return publishing.publish(by)
