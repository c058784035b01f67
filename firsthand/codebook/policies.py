"""Who may: the coders of a project, and for some things its owners. To others nothing is here."""

import uuid

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import rules
from firsthand.codebook.models import Code, Coder, Source, Working
from firsthand.people.models import User

READ_ONLY = (
    "You chose to read this source and not to code it, so you may have seen what others coded. A "
    "coding of yours would not be apart from theirs."
)


def check_coder(user: object, project: uuid.UUID) -> Coder:
    """Return someone's part in a project, the project with it. Raises Refused."""
    if not isinstance(user, User):
        raise Refused
    rows = Coder.objects.select_related("project", "user")
    coder = rows.filter(project_id=project, user_id=user.id, left_on=None).first()
    if coder is None:
        raise Refused
    return coder


def check_owner(user: object, project: uuid.UUID) -> Coder:
    """Return an owner's part. Raises Refused, as for someone who has nothing to do here."""
    coder = check_coder(user, project)
    if not coder.is_owner:
        raise Refused
    return coder


def check_source(by: Coder, source: Source) -> None:
    """Refuse a source of another project, or one that was taken away. Raises Refused."""
    if source.project_id != by.project_id or source.removed_on is not None:
        raise Refused


def check_code(by: Coder, code: Code) -> None:
    """Refuse a code of another project; say it of one that is gone. Raises Refused."""
    if code.project_id != by.project_id:
        raise Refused
    if code.deleted_on is not None:
        into = f" It was merged into \u201c{code.merged_into}\u201d." if code.merged_into else ""
        raise not_now(f"\u201c{code.name}\u201d is in the codebook no longer.{into}")


def check_open(working: Working) -> None:
    """Refuse to code where someone has said that they are finished. Raises Refused."""
    if working.stands == rules.READS:
        raise not_now(READ_ONLY)
    if working.stands == rules.FINISHED:
        raise not_now(
            "You have said that you are finished with this source. Open it again to go on coding."
        )


def check_asked_only(working: Working, coded: bool) -> None:
    """Refuse to take an asking back once its coder has done something there. Raises Refused."""
    if coded or working.memo or working.finished_at is not None:
        raise not_now(
            "They have begun with this source, or are finished with it, so the asking cannot be "
            "taken back. What they did there is theirs."
        )


def check_reopening(working: Working, others: list[str]) -> None:
    """Refuse to go on with a source when another's coding could be seen. Raises Refused.

    Nor may whoever read it only: they may have seen a coding that is open again by now.
    """
    if working.reads:
        raise not_now(READ_ONLY)
    if working.finished_at is None:
        raise not_now("You are not finished with this source, so you can go on as it is.")
    if not rules.may_reopen(others):
        raise not_now(
            "Someone else has finished this source too, so each of you can see what the other "
            "coded. A change now would not be apart from them. Settle it side by side instead."
        )


def check_not_in_use(code: Code, in_use: bool, mine: int, below: bool) -> None:
    """Refuse to delete a code that is in use, or has codes below it, and say why. Raises Refused.

    How many passages of others carry it is not told: their coding may not be seen yet.
    """
    if in_use:
        said = f" {mine:,} of your own passages carry it." if mine else ""
        raise not_now(
            f"\u201c{code.name}\u201d is in use, so it cannot be deleted.{said} You can merge it "
            "into another code: what carries it then carries that one, and you can undo it."
        )
    if below:
        raise not_now(f"There are codes below \u201c{code.name}\u201d. Move or delete them first.")


def check_not_copied(source: Source, said: str, opened: str) -> None:
    """Refuse to write down what a person told us in their own words. Raises Refused.

    `opened` is the text of a sealed source, as the writer's own session opened it.
    """
    if source.sealed and rules.repeats(said, opened):
        raise not_now(
            f"{rules.COPIED} or more of the person\u2019s own words stand here in a row. Their "
            "words are never copied. Say what you think in words of your own."
        )


def check_words_may_be_kept(source: Source) -> None:
    """Refuse to make a person's own words a code: they would be copied by it. Raises Refused."""
    if source.sealed:
        raise not_now(
            "These are words that a person told us. They are never copied, so they cannot become "
            "the name of a code. Call it by words of your own."
        )
    if source.origin.get("from"):
        raise not_now(
            "People who spoke here can take their words back, and the name of a code would keep "
            "them. Call it by words of your own."
        )
