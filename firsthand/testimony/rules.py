"""The stages of a testimony, the steps of telling, and what a person may wish for. Pure."""

from datetime import date

from firsthand.people.rules import ANSWERING, INDEPENDENT

DRAFT = "draft"
KEPT = "kept"
WITHDRAWN = "withdrawn"

STAGES = {
    DRAFT: "Being written",
    KEPT: "Kept",
    WITHDRAWN: "Withdrawn",
}
# From each stage, where its owner may take it. Nobody else moves a testimony.
MOVES: dict[str, tuple[str, ...]] = {
    DRAFT: (KEPT, WITHDRAWN),
    KEPT: (WITHDRAWN,),
    WITHDRAWN: (),
}

# The pages of telling after the first, in order. Only the first asks for an answer.
STEPS = ("more", "files", "when", "where", "fits", "wishes", "readers", "check")
# Those a person may go back to once it is kept.
CHANGEABLE = ("happened", *STEPS[:-1])

KEEP = "keep"
COUNT = "count"
HELP = "help"
ANSWER = "answer"
WISHES = {
    KEEP: "Just keep it safe for me",
    COUNT: "Let it be counted",
    HELP: "Put me in touch with someone independent",
    ANSWER: "Ask the service for an answer",
}
OTHERS_READ = (HELP, ANSWER)


def may_move(stage: str, to: str) -> bool:
    """Say whether a testimony may go from `stage` to `to`."""
    return to in MOVES[stage]


def asks_others(wishes: tuple[str, ...]) -> bool:
    """Say whether someone with these wishes wants others to read."""
    return bool(set(wishes) & set(OTHERS_READ))


def kinds_for(wishes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of organisation that these wishes let in, and no others."""
    help_, answer = HELP in wishes, ANSWER in wishes
    return (*(INDEPENDENT if help_ else ()), *(ANSWERING if answer else ()))


def is_over(until: str, today: date) -> bool:
    """Say whether a last day of sharing has passed; the day itself still counts."""
    return bool(until) and date.fromisoformat(until) < today


def step_after(step: str, wishes: tuple[str, ...] = ()) -> str:
    """Return the step that follows. Who may read is only asked when someone is to read."""
    following = STEPS[STEPS.index(step) + 1] if step in STEPS else STEPS[0]
    if following == "readers" and not asks_others(wishes):
        return "check"
    return following


def step_before(step: str, wishes: tuple[str, ...] = ()) -> str:
    """Return the step before `step`, the first page of telling being `happened`."""
    place = STEPS.index(step)
    before = STEPS[place - 1] if place else "happened"
    if before == "readers" and not asks_others(wishes):
        return "wishes"
    return before
