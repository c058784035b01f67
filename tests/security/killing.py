"""Run apart, with a data directory of its own: takes each step, dying before its n-th write.

For every n a child is forked that takes the step on a copy of the database and dies without a
word before that write. The parent then looks at what the child left, takes the step again, and
looks once more. Prints one line of JSON for each step. Usage:
python -m tests.security.killing [STEP...]
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from firsthand.config import prepare

prepare.set_up()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from firsthand.access.doer import Doer  # noqa: E402
from firsthand.access.models import Grant  # noqa: E402
from firsthand.config import sound  # noqa: E402
from firsthand.people import rules as roles  # noqa: E402
from firsthand.people.models import Team  # noqa: E402
from firsthand.repair.models import Request  # noqa: E402
from firsthand.testimony import actions, attaching, queries  # noqa: E402
from firsthand.testimony.files import CleanFile  # noqa: E402
from firsthand.testimony.models import Attachment, Counted, Tally, Testimony  # noqa: E402
from firsthand.vault import items  # noqa: E402
from firsthand.vault.models import Chunk, Item, Keyring, Wrap  # noqa: E402
from firsthand.vault.sessions import SessionStore  # noqa: E402
from tests.people import kit  # noqa: E402

DIED = 42
SAID = "They lost my form twice."
FILE = b"x" * 300_000
_READS = ("SELECT", "PRAGMA", "EXPLAIN")
settings.FIRSTHAND_ARGON2 = {"memory": 8192, "passes": 1}
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Held = dict[str, str]


# -- a site to begin with ---------------------------------------------------------------------


def seed() -> Held:
    prepare.migrate()
    for name, kind, role in (("Helpers", roles.ADVOCACY, roles.ADVOCATE),
                             ("Service", roles.PROVIDER, roles.RESPONDER)):  # fmt: skip
        kit.staff(role, kit.team(kind, name), name=f"{name} Worker")
    mine, other = sitting(), sitting()
    told = actions.begin(Doer(), mine, "the number of an earlier form", SAID)
    row, me = Testimony.objects.get(id=told), doer(mine)
    actions.save(me, row, "wishes", {"wishes": ["help", "answer", "count"]})
    fits = {"model_version": "2022", "codes": ["I10"], "offered": ["I10", "S1.1"]}
    actions.save(me, row, "fits", fits)
    chosen = [str(team.id) for team in Team.objects.order_by("name")]
    actions.save(me, row, "readers", {"teams": chosen, "until": ""})
    attaching.add(me, row, CleanFile("a.txt", "text", "text/plain", FILE))
    return {"mine": mine.secret, "other": other.secret, "told": str(told)}


def sitting(secret: str = "") -> SessionStore:
    store = SessionStore(secret or None)
    if not secret:
        store["begun"] = True
        store.save()
    return store


def doer(store: SessionStore) -> Doer:
    return Doer(None, {keys.id: keys for keys in store.in_hand()})


# -- the steps, as the pages take them --------------------------------------------------------


def tell(held: Held) -> None:
    actions.begin(Doer(), sitting(held["other"]), "the number of this form", SAID)


def finish(held: Held) -> None:
    actions.finish(doer(sitting(held["mine"])), Testimony.objects.get(id=held["told"]))


def add_file(held: Held) -> None:
    row = Testimony.objects.get(id=held["told"])
    clean = CleanFile("b.txt", "text", "text/plain", FILE)
    attaching.add(doer(sitting(held["mine"])), row, clean, "the number of this form")


def stop(held: Held) -> None:
    row, team = Testimony.objects.get(id=held["told"]), Team.objects.get(name="Service")
    if Grant.objects.filter(team=team, revoked_on=None).exists():
        actions.stop_sharing(doer(sitting(held["mine"])), row, team)


def unticked(held: Held) -> None:
    row, teams = Testimony.objects.get(id=held["told"]), list(Team.objects.order_by("name"))
    given = {"teams": [str(teams[0].id)], "until": "2099-01-01"}
    actions.choose_readers(doer(sitting(held["mine"])), row, given, teams)


def withdraw(held: Held) -> None:
    row = Testimony.objects.get(id=held["told"])
    if row.stage != "withdrawn":
        actions.withdraw(doer(sitting(held["mine"])), row)


# Each step's name: what it does, and what must have been done before.
STEPS: dict[str, tuple[Callable[[Held], None], tuple[Callable[[Held], None], ...]]] = {
    "tell": (tell, ()),
    "finish": (finish, ()),
    "add a file": (add_file, ()),
    "stop sharing": (stop, (finish,)),
    "choose others": (unticked, (finish,)),
    "withdraw": (withdraw, (finish,)),
}


# -- dying ------------------------------------------------------------------------------------


def die_before(left: int) -> Callable[..., Any]:
    """Return what stands before every statement and ends this process before the n-th write."""
    state = {"left": left}

    def deadly(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(_READS):
            if state["left"] == 0:
                os._exit(DIED)
            state["left"] -= 1
        return execute(sql, params, many, context)

    return deadly


def cut_short(step: Callable[[Held], None], held: Held, writes: int) -> bool:
    """Take a step in a child that dies before a write; say whether it died."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            connection.ensure_connection()
            with connection.execute_wrapper(die_before(writes)):
                step(held)
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, DIED):
        raise RuntimeError(f"the child ended with {code}")
    return code == DIED


def open_on(database: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(database)


def copied(database: Path, to: Path) -> Path:
    connection.close()
    for each in to.parent.glob(f"{to.name}*"):
        each.unlink()
    shutil.copy(database, to)
    return to


# -- looking ----------------------------------------------------------------------------------


def state(held: Held) -> dict[str, Any]:
    """What there is; `wrong` is what must never be."""
    told = Testimony.objects.get(id=held["told"])
    return {
        "wrong": sound.all_that_is_wrong() + _wrong(held),
        "stage": told.stage,
        "tellings": Testimony.objects.count(),
        "files": told.attachments.count(),
        "grants": Grant.objects.filter(revoked_on=None).count(),
        "until": sorted(str(each.until) for each in Grant.objects.filter(revoked_on=None)),
        "requests": sorted(Request.objects.values_list("stage", flat=True)),
        "counted": Counted.objects.count(),
        "suggestions": list(Tally.objects.order_by("code").values_list("code", "taken", "left")),
        "wraps": Wrap.objects.count(),
        "chunks": Chunk.objects.count(),
    }


def _wrong(held: Held) -> list[str]:
    hands = {**doer(sitting(held["mine"])).hands, **doer(sitting(held["other"])).hands}
    me, wrong = Doer(None, hands), []
    for row in Testimony.objects.exclude(stage="withdrawn"):
        with transaction.atomic():
            if not me.owns(row.item.owner_id):
                continue  # its sitting died with the child; the form's number opens it again
            if queries.telling_for(me, row.id).happened != SAID:
                wrong.append("the words are not what was told")
            transaction.set_rollback(True)  # looking leaves no line behind
        for each in row.attachments.all():
            if b"".join(items.file_of(items.unlock(each.item_id, me.keys))) != FILE:
                wrong.append("a file is not what was added")
    wholes = set(Item.objects.filter(under=None).values_list("id", flat=True))
    if wholes != set(Testimony.objects.values_list("item_id", flat=True)):
        wrong.append("something sealed belongs to nothing")
    files = Attachment.objects.exclude(testimony__stage="withdrawn").values("item_id")
    if Chunk.objects.exclude(item_id__in=files).exists():
        wrong.append("a piece of a file belongs to no file")
    if Keyring.objects.filter(holder="receipt").exclude(unlockers__kind="receipt").exists():
        wrong.append("a receipt's keyring that no receipt opens")
    return wrong


def tried(name: str, start: Path, held: Held) -> dict[str, Any]:
    """Take one step, dying before every write in turn."""
    step, before = STEPS[name]
    open_on(copied(start, start.with_name("before.sqlite3")))
    for each in before:
        each(held)
    connection.close()
    begun = start.with_name("before.sqlite3")
    seen: dict[str, Any] = {"step": name, "before": None, "cut": [], "again": [], "whole": None}
    seen["before"] = state(held)
    for writes in range(500):
        open_on(copied(begun, start.with_name("try.sqlite3")))
        if not cut_short(step, held, writes):
            break
        seen["cut"].append(state(held))
        step(held)
        seen["again"].append(state(held))
    seen["whole"] = state(held)
    return seen


def main() -> None:
    held = seed()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    start = Path(settings.DATABASES["default"]["NAME"])
    for name in sys.argv[1:] or STEPS:
        print(json.dumps(tried(name, start, held)))


if __name__ == "__main__":
    main()
