"""How a calibration round went: how far its reviewers agree, how sure that is, where they differed.

Counted only from records that all have decided: before that nothing of another's choice is in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count

from firsthand.evidence import rules
from firsthand.evidence.models import Decision, Member, Round, Screening
from firsthand.evidence.screening import opened
from firsthand.methods.agreement import Agreement, Measure, agreement

PERCENT, COHEN, FLEISS = "Percent agreement", "Cohen's kappa", "Fleiss' kappa"
AC1, ALPHA = "Gwet's AC1", "Krippendorff's alpha"
POSITIVE, NEGATIVE = "Positive agreement, on Include", "Negative agreement, on Exclude"

Said = Sequence[dict[Member, str]]
Named = tuple[tuple[str, Measure], ...]


@dataclass(frozen=True)
class Pair:
    """Two reviewers, on how many records both decided alike, and their agreement."""

    one: str
    other: str
    alike: int
    agreement: Agreement

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"

    def measures(self) -> Named:
        return _named(self.agreement, 2)


@dataclass(frozen=True)
class Calibration:
    """A round so far: of `records`, all have decided `decided`; on `alike` all chose the same.

    `pairs` says it by each two; it is empty where there are only two.
    """

    reviewers: int
    records: int
    decided: int
    alike: int
    agreement: Agreement
    pairs: tuple[Pair, ...]
    differed: tuple[Screening, ...]
    decided_by: tuple[tuple[str, int], ...]

    @property
    def is_over(self) -> bool:
        return self.decided == self.records

    def measures(self) -> Named:
        """Return what is shown of all together: Cohen's kappa for two, Fleiss' for more."""
        return _named(self.agreement, self.reviewers)


def calibration(round: Round, called: Callable[[Member], str] = str) -> Calibration:
    """Return how a round went so far. `called` says what to call a reviewer."""
    standing = round.screenings.filter(stands=True).exclude(state=rules.NOT_GOT)
    rows = list(opened(standing))
    said = [{d.member: d.choice for d in row.decisions.all()} for row in rows]
    members = sorted(
        {member for each in said for member in each}, key=lambda each: _name(each, called)
    )
    apart = [len({*each.values()}) > 1 for each in said]
    differed = tuple(row for row, differs in zip(rows, apart, strict=True) if differs)
    return Calibration(
        reviewers=len(members),
        records=standing.count(),
        decided=len(rows),
        alike=len(rows) - len(differed),
        agreement=_agreement(said, members),
        pairs=tuple(_pairs(said, members, called)) if len(members) > 2 else (),
        differed=differed,
        decided_by=_decided_by(round),
    )


def _name(member: Member, called: Callable[[Member], str]) -> tuple[str, str]:
    return called(member), str(member.id)  # two of one name still have an order


def _agreement(said: Said, members: Sequence[Member]) -> Agreement:
    """All that could be chosen counts, chosen or not: AC1's chance depends on how many there are.

    Where one alone decided there is a place for a second, who said nothing: nothing to compare.
    """
    places = [*members, *[None] * (2 - len(members))]
    ratings = [[each.get(member) if member else None for member in places] for each in said]
    return agreement(ratings, rules.INCLUDE, rules.EXCLUDE, list(rules.CHOICES))


def _pairs(
    said: Said, members: Sequence[Member], called: Callable[[Member], str]
) -> Iterator[Pair]:
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            both = [each for each in said if one in each and other in each]
            alike = sum(each[one] == each[other] for each in both)
            yield Pair(called(one), called(other), alike, _agreement(both, (one, other)))


def _decided_by(round: Round) -> tuple[tuple[str, int], ...]:
    done = Decision.objects.filter(screening__round=round).order_by("member__user__name")
    return tuple(done.values_list("member__user__name").annotate(Count("id")))


def _named(found: Agreement, reviewers: int) -> Named:
    kappa = (FLEISS, found.fleiss_kappa) if reviewers > 2 else (COHEN, found.cohen_kappa)
    return (
        (PERCENT, found.percent),
        kappa,
        (AC1, found.gwet_ac1),
        (ALPHA, found.krippendorff_alpha),
        (POSITIVE, found.positive),
        (NEGATIVE, found.negative),
    )
