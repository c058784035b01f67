"""A site as it was before its rows were marked: filled through the tables of then."""

BEFORE = {"people": "0001", "testimony": "0001", "repair": "0001"}

FILL = f"""
from firsthand.config import prepare
prepare.set_up()
import datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from firsthand.vault import derive, keyrings
from firsthand.vault.keys import Keys

executor = MigrationExecutor(connection)
graph = executor.loader.graph


def newest(app):
    # The last change of its app that needs nothing of what came later in these.
    own = [key for key in graph.forwards_plan(app) if key[0] == app[0]]
    later = [key for key in own if any(one[0] in {set(BEFORE)!r} and one[1][:4] != "0001"
                                       for one in graph.forwards_plan(key))]
    return [key for key in own if key not in later][-1:]


leaves = [key for key in graph.leaf_nodes() if key[0] not in {set(BEFORE)!r}]
wanted = [key for leaf in leaves for key in newest(leaf)]
wanted += [(app, "0001_initial") for app in {list(BEFORE)!r}]
executor.migrate(wanted)
apps = executor.loader.project_state(wanted).apps
today = datetime.date(2026, 1, 2)


def make(app, table, **values):
    return apps.get_model(app, table).objects.create(**values)


def ring(holder):
    return keyrings.make(holder, Keys.fresh()).id


def staff(name, active=True):
    return make("people", "user", username=name, role="responder", name=name, is_active=active,
                keyring_id=ring("recipient"), joined_on=today)


def epoch(team, place, proof=b""):
    key = ring("team")
    proof = proof or derive.mark("epoch", team.id, place, key)
    return make("people", "epoch", team=team, place=place, keyring_id=key, proof=proof)


body = make("people", "organisation", name="North Hub", kind="provider", about="A house.")
team = make("people", "team", organisation=body, name="Duty")
empty = make("people", "team", organisation=body, name="Empty")
forged = make("people", "team", organisation=body, name="Forged")
ada, bo, cy = staff("Ada"), staff("Bo"), staff("Cy", active=False)
for place in (1, 2):
    epoch(team, place)
epoch(forged, 1, bytes(32))
for user, admitted in ((ada, True), (bo, False), (cy, False)):
    make("people", "membership", user=user, team=team, admitted=admitted, since=today)
make("people", "invitation", secret_mark=b"m" * 32, role="steward", ends_on=today)
make("people", "invitation", secret_mark=b"n" * 32, role="responder", ends_on=today, for_user=ada)
owner = ring("person")
make("people", "user", username="fox", keyring_id=owner, joined_on=today)
first, second, third = (make("vault", "item", owner_id=owner) for _ in range(3))
told = make("testimony", "testimony", item=first, stage="kept", begun_on=today, told_on=today)
make("testimony", "attachment", testimony=told, item=second, place=1)
make("repair", "request", testimony=told, item=third, team=team, kind="answer", made_on=today,
     answer_due=today)
print(forged.id)
"""

LOOK = """
import django; django.setup()
from firsthand.config import sound
from firsthand.people import roll
from firsthand.people.models import Invitation, Team, User
from firsthand.repair.models import Request
from firsthand.testimony.models import Attachment, Testimony
for line in sound.rows_changed():
    print(line)
team = Team.objects.get(name="Duty")
print(team.running, sorted((row.user.name, row.admitted, row.shut, row.epoch.place,
                            row.keyring_id == row.user.keyring_id) for row in roll.of_team(team)))
print(len(User.objects.all()), len(Invitation.objects.all()), len(Request.objects.all()),
      len(Attachment.objects.all()), len(Testimony.objects.all()))
"""
