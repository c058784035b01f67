"""reviewers.csv: the people who did something, by number and role. Who they are is not here."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Member
from firsthand.evidence.package.going_in import Into
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Bad, Cells, Resource, text, whole
from firsthand.people.actions.local import stand_in

_MOST = 500
FIELDS = (
    whole("reviewer", "Their number in this package", required=True, least=1),
    text("role", "owner or reviewer", required=True, within=tuple(rules.MEMBERS)),
)


def _rows(out: Out) -> Iterator[Cells]:
    for number, member in out.met():
        yield {"reviewer": number, "role": member.role}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    """Each becomes a stand-in who takes part no longer: nobody waits for them."""
    for row in rows:
        if row["reviewer"] > _MOST:
            raise Bad(f"There cannot be more than {_MOST} reviewers.")
        into.members[row["reviewer"]] = Member.objects.create(
            review=into.review, user=stand_in(row["reviewer"]), role=row["role"],
            left_on=into.owner.since,
        )  # fmt: skip


RESOURCE = Resource("reviewers", "Reviewers, without names", FIELDS, _rows, _load, ("reviewer",))
