"""Drafts for tests: made by the site's own actions, from the model of 2022."""

from firsthand.harms import actions as models
from firsthand.harms.actions import drafting
from firsthand.harms.models import Change, Editor, Entry
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
