"""Groups: kinds, answers, what is agreed to, and whose words in notes may be coded. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

# -- groups -----------------------------------------------------------------------------------

FOCUS, ADVISORY = "focus", "advisory"
GROUP_KINDS = {
    FOCUS: "Focus group: people talk together about what they have lived through",
    ADVISORY: "Advisory group: people comment on the work and say what to change",
}
GROUP_NAMES = {FOCUS: "Focus group", ADVISORY: "Advisory group"}

# How an invitation stands. Who asks something first can still say yes or no.
OPEN, YES, NO, CANCELLED = "open", "yes", "no", "cancelled"
INVITED = {OPEN: "Not answered", YES: "Yes", NO: "No, thank you", CANCELLED: "Taken back"}
ASK = "ask"
INVITATION_ANSWERS = {
    YES: "Yes, I would like to take part",
    NO: "No, thank you",
    ASK: "I want to ask something first",
}
MOST_INVITATIONS = 30  # made at one time
INVITATION_DAYS = 60
CODE_WORDS = 5  # of 7,422: about 64 bits, and tries are slowed

# -- consent ----------------------------------------------------------------------------------

PART, NOTES, CODING, QUOTES = "part", "notes", "coding", "quotes"
USES = {
    PART: "I take part in this group.",
    NOTES: "Notes are taken of what I say in meetings, under the name I chose.",
    CODING: "What I say may be sorted by theme, together with what other people said.",
    QUOTES: "A short quote of mine may be published. My name is never with it.",
}
ENDS = {
    PART: "You can read, and no more. To go, and to choose what happens to what you said, use "
    "\u201cLeave the group\u201d.",
    NOTES: "What you said is taken out of the notes at once. It cannot be brought back.",
    CODING: "What you said is taken out of the sorting at once. What was counted in a published "
    "version stays counted, without your words.",
    QUOTES: "No quote of yours is used from now on. What is printed already cannot be called back.",
}
KEEP, TAKE_OUT = "keep", "take-out"
LEAVING = {
    TAKE_OUT: "Take out what I said: my comments and what the notes say of me",
    KEEP: "What I said until now may stay, without me",
}

# -- money, meetings ----------------------------------------------------------------------------

OFFERED, ACCEPTED, DECLINED = "offered", "accepted", "declined"
PAY = {OFFERED: "Not answered", ACCEPTED: "Accepted", DECLINED: "Declined"}
HOW_MET = {
    "in-person": "In person",
    "video": "By video",
    "phone": "By phone",
    "writing": "In writing",
}
NOT_SAID, MAYBE = "not-said", "maybe"
COMES = {YES: "I will come", MAYBE: "I am not sure yet", NO: "I cannot come"}
COMING = {YES: "Comes", MAYBE: "Not sure", NO: "Cannot come", NOT_SAID: "Has not said"}
NOTE_KINDS = {"notes": "Notes", "transcript": "A transcript: what was said, word by word"}
FACILITATOR = "Facilitator"

# -- comments -----------------------------------------------------------------------------------

AGREE, CHANGE, MISSING, REMOVE = "agree", "change", "missing", "remove"
COMMENTS = {
    AGREE: "I agree with this",
    CHANGE: "Change something",
    MISSING: "Something is missing",
    REMOVE: "This should not be in",
}
COMMENT_TAGS = {AGREE: "Agrees", CHANGE: "Change", MISSING: "Missing", REMOVE: "Remove"}
TAKEN, ADAPTED, NOT_TAKEN = "accepted", "adapted", "not-taken"
DONE = {
    TAKEN: "Accepted: we do as you say",
    ADAPTED: "Adapted: we do it in another way",
    NOT_TAKEN: "Not taken",
}
DONE_TAGS = {TAKEN: "Accepted", ADAPTED: "Adapted", NOT_TAKEN: "Not taken"}
WHOLE = ""  # the code of the whole model, where an entry's would stand


def reason_needed(kind: str) -> bool:
    """Say whether a comment of this kind has to say more: whoever agrees need not."""
    return kind != AGREE


# -- names, and what was said in a meeting -----------------------------------------------------

_SPEAKS = re.compile(r"^\s*([^\W_][\w .'\u2019-]{0,39}?)\s*:\s*(.*)$")


@dataclass(frozen=True)
class Spoken:
    """What one person said. `speaker` is a name as the group knows it; "" when nobody is named."""

    speaker: str
    text: str


def same_name(one: str, other: str) -> bool:
    """Say whether two names would be taken for one when read aloud."""
    return _bare(one) == _bare(other)


def plain_name(typed: str) -> str:
    """Return a name as notes can spell it; "" when nothing is left, or it could be a number's."""
    name = " ".join(re.sub(r"[^\w .'\u2019-]|_", " ", typed).split()).strip(" .'\u2019-")
    return "" if re.fullmatch(r"member( \d+)?", _bare(name)) else name


def spoken(text: str, names: Iterable[str], no_names: Iterable[str] = ()) -> list[Spoken]:
    """Return the turns of notes in which a line such as "River: I waited" begins a turn.

    A line without a name goes on with the turn before; a name that is none of `names` begins a
    turn of nobody, so that it is never taken for what a member said. Those of `no_names` are
    words before a colon that name nobody ("My view"): their lines go on with the turn before.
    """
    known = {_bare(name): name for name in names}
    words = {_bare(each) for each in no_names}
    found: list[Spoken] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _SPEAKS.match(line)
        if match and _bare(match[1]) in known:
            found.append(Spoken(known[_bare(match[1])], match[2].strip()))
        elif not found or (match and _bare(match[1]) not in words):
            found.append(Spoken("", line.strip()))
        else:
            found[-1] = Spoken(found[-1].speaker, f"{found[-1].text}\n{line.strip()}".strip())
    return [each for each in found if each.text]


def strangers(text: str, names: Iterable[str]) -> list[str]:
    """List names before a colon that nobody in the group has: a slip, or a real name."""
    known = {_bare(name) for name in names}
    found = [match[1] for line in text.splitlines() if (match := _SPEAKS.match(line))]
    return list(dict.fromkeys(name for name in found if _bare(name) not in known))


def may_be_coded(speaker: str, agreed: Collection[str], members: Collection[str]) -> bool:
    """Say whether a turn may go on to coding.

    `agreed` are the members who said yes to it. What nobody in particular said may go only when
    every one of `members` did.
    """
    if speaker == FACILITATOR:
        return True
    return speaker in agreed if speaker else set(members) <= set(agreed)


def share(done: int, of: int) -> int:
    """Return how far something is in whole percent; 100 only when all of it is done."""
    return 100 * done // of if of else 100


def by_entry(comments: Iterable[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    """Count comments, given as (entry's code, kind), by entry and kind."""
    found: dict[str, dict[str, int]] = {}
    for code, kind in comments:
        row = found.setdefault(code, dict.fromkeys(COMMENTS, 0))
        row[kind] += 1
    return found


def _bare(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
