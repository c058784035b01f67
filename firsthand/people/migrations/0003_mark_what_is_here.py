"""Marks the rows that are here already. What stands there on this day is believed.

The columns are written out: what is under the mark later is a later migration's to say.
"""

from typing import Any

from django.db import migrations
from django.db.models import Max

from firsthand.vault import derive
from firsthand.vault.marked import mark_of

_COLUMNS = {
    "user": ("id", "username", "password", "role", "name", "email", "is_active", "keyring_id",
             "version"),
    "organisation": ("id", "name", "kind", "service_kind", "place", "about", "demo", "active",
                     "version"),
    "team": ("id", "organisation_id", "name", "active", "running", "version"),
    "membership": ("user_id", "team_id", "admitted", "epoch_id", "keyring_id", "shut"),
    "invitation": ("id", "secret_mark", "role", "team_id", "for_user_id", "ends_on", "used",
                   "keyring_id", "version"),
}  # fmt: skip


def forwards(apps: Any, schema_editor: Any) -> None:
    tables = {name: apps.get_model("people", name) for name in (*_COLUMNS, "epoch")}
    _say_who_is_where(tables)
    for name, columns in _COLUMNS.items():
        for row in tables[name].objects.all().iterator():
            row.proof = mark_of(f"people.{name}", [getattr(row, column) for column in columns])
            row.save(update_fields=["proof"])


def _say_who_is_where(tables: dict[str, Any]) -> None:
    for team in tables["team"].objects.annotate(last=Max("epochs__place")):
        inside = tables["membership"].objects.filter(team=team)
        epoch = tables["epoch"].objects.filter(team=team, place=team.last).first()
        tables["team"].objects.filter(id=team.id).update(running=team.last or 0)
        for row in inside.select_related("user"):
            row.epoch, row.keyring_id = epoch, row.user.keyring_id
            row.shut = not row.user.is_active
            row.save()
        for each in tables["epoch"].objects.filter(team=team):
            _mark_epoch(each, inside.filter(admitted=True).count() if each == epoch else 0)
    for row in tables["invitation"].objects.exclude(for_user=None).select_related("for_user"):
        row.keyring_id = row.for_user.keyring_id
        row.save(update_fields=["keyring"])


def _mark_epoch(epoch: Any, members: int) -> None:
    """Mark an epoch anew, if the mark it has is the server's: it carried one before."""
    place = (epoch.team_id, epoch.place, epoch.keyring_id)
    if derive.same(derive.mark("epoch", *place), bytes(epoch.proof)):
        epoch.members = members
        epoch.proof = mark_of("people.epoch", [*place, members])
        epoch.save(update_fields=["members", "proof"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_marks")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
