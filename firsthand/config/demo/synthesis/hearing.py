"""An advisory group that comments on the draft, and is answered."""

from firsthand.config.demo.people import Someone, person
from firsthand.config.demo.town import made_up, town
from firsthand.consultation import rules
from firsthand.consultation.actions import commenting, groups, inviting, taking_part
from firsthand.consultation.models import Facilitator, GroupMember
from firsthand.harms.models import Editor
from firsthand.vault.sessions import SessionStore

NAMES = ("Lark", "Heron", "Wren")
# What they say of which line, and what was done with it: (entry, kind, words, done, why).
SAID = (
    ("S1", rules.CHANGE, "say waiting as well as forms", rules.TAKEN, "the line now says so"),
    ("S7", rules.AGREE, "this is where it starts", rules.TAKEN, "it stays as it is"),
    ("S4", rules.CHANGE, "put it first", rules.NOT_TAKEN, "the survey places the sources"),
    ("", rules.MISSING, "say what fear of complaining does", rules.ADAPTED, "a line was added"),
)  # fmt: skip


def heard(staff: dict[str, Someone], editor: Editor) -> Facilitator:
    """Return who runs a group whose three members commented, each answered."""
    runs = groups.make(staff["researcher"].user, {
        "kind": rules.ADVISORY, "title": made_up("advisers on the next version"),
        "purpose": made_up("to read the draft and say what is missing"), "version": editor.version,
        "before": made_up("a call"), "during": made_up("someone in the next room"), "after": "",
        "pay": "£25 a meeting", "pay_how": "A voucher on the day",
    })  # fmt: skip
    groups.write_sheet(runs, made_up("you can stop at any time."), rules.USES)
    members = [_member(runs, name, place) for place, name in enumerate(NAMES)]
    for place, (entry, kind, words, done, why) in enumerate(SAID):
        member = members[place % len(members)]
        comment = commenting.say(member, entry, kind, made_up(words), f"comment {place}")
        commenting.answer(runs, comment, done, made_up(why), 0)
    return runs


def _member(runs: Facilitator, name: str, place: int) -> GroupMember:
    """Return someone who came by a sign-in and agreed to everything."""
    who = person(f"adviser {place + 1}", town()["passphrase"])
    inviting.by_codes(runs, made_up("come and read with us"), 1)
    invited = runs.group.invited.order_by("-number")[0]
    member = inviting.accept(who.doer, SessionStore(), invited, f"form {name}")
    sheet = runs.group.sheets.order_by("-version")[0]
    taking_part.agree(member, sheet, list(rules.USES))
    taking_part.call(member, name)
    return member
