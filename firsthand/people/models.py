"""People who sign in, and the bodies some of them work for."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from firsthand.people import rules
from firsthand.vault.marked import Marked, MarkedManager


class Users(BaseUserManager["User"], MarkedManager["User"]):
    """Finds people by the mark of their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(Marked, AbstractBaseUser):
    """Someone with a sign-in.

    `username` is the server's mark of the sign-in name, never the name itself (see
    `backend.mark_of`). People who use services have neither name nor address here; staff have
    the name that is shown to those whose words they read, and a work address for notices.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=12, choices=list(rules.ROLES.items()), default=rules.PERSON)
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(auto_now_add=True)
    keyring = models.OneToOneField("vault.Keyring", on_delete=models.PROTECT, null=True)
    last_login = None  # would tell when someone was here
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Users] = Users()
    MARKED = ("id", "username", "password", "role", "name", "email", "is_active", "keyring_id",
              "version")  # fmt: skip
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=list(rules.ROLES)), name="user_role_known"),
            models.CheckConstraint(
                condition=~Q(role=rules.PERSON) | Q(name="", email=""),
                name="user_person_has_no_name_here",
            ),
            models.CheckConstraint(
                condition=Q(role=rules.PERSON) | ~Q(name=""), name="user_staff_has_a_name"
            ),
            models.CheckConstraint(condition=~Q(username=""), name="user_has_a_sign_in_name"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"

    @property
    def is_staff_role(self) -> bool:
        """Whether this is someone who answers or helps, and so must use two factors."""
        return self.role in rules.STAFF


class Organisation(Marked):
    """A body people may ask, or that helps them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=list(rules.ORGANISATION_KINDS.items()))
    service_kind = models.CharField(
        max_length=20, choices=list(rules.SERVICE_KINDS.items()), default="not-said"
    )
    place = models.CharField(max_length=100, blank=True)  # broad, such as a county
    about = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    MARKED = ("id", "name", "kind", "service_kind", "place", "about", "demo", "active", "version")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.ORGANISATION_KINDS)), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(service_kind__in=list(rules.SERVICE_KINDS)),
                name="organisation_service_kind_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(Marked):
    """People who are given access together.

    `notice` says what kind of notice they are to be sent, if any; when it came is not kept.
    `running` is the place of the running epoch: an older one put in its stead is noticed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
    notice = models.CharField(
        max_length=12, choices=[(name, name) for name in rules.NOTICES], blank=True
    )
    running = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    MARKED = ("id", "organisation_id", "name", "active", "running", "version")

    class Meta:
        ordering: ClassVar = ["organisation__name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="team_has_a_name"),
            models.CheckConstraint(
                condition=Q(notice__in=["", *rules.NOTICES]), name="team_notice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation.name}"


class Epoch(Marked):
    """A team's keys from one change of members to the next. The newest has the highest `place`.

    `members` is how many hold them: nobody can be taken out unnoticed. In an epoch of nobody none
    do, and whoever comes next begins another.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="epochs")
    place = models.PositiveIntegerField()
    keyring = models.OneToOneField("vault.Keyring", on_delete=models.PROTECT)
    members = models.PositiveIntegerField(default=0)

    MARKED = ("team_id", "place", "keyring_id", "members")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "place"], name="epoch_once_a_place")
        ]

    def __str__(self) -> str:
        return f"epoch {self.place} of {self.team_id}"


class Membership(Marked):
    """Someone in a team. `admitted` once they hold the team's keys.

    It holds for one `epoch` of the team's, for one `keyring` of theirs, and is `shut` while their
    sign-in is closed: put back later, it does not fit any more (see `roll`).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    admitted = models.BooleanField(default=False)
    since = models.DateField(auto_now_add=True)
    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, null=True, related_name="+")
    keyring = models.ForeignKey(
        "vault.Keyring", on_delete=models.PROTECT, null=True, related_name="+"
    )
    shut = models.BooleanField(default=False)

    MARKED = ("user_id", "team_id", "admitted", "epoch_id", "keyring_id", "shut")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "team"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class Invitation(Marked):
    """A way in for one member of staff: a link whose secret only they have.

    With `for_user` it is a new beginning for someone who has lost every way in: a new passphrase
    and new keys, never the old ones. It begins again from one `keyring`, and so only once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    secret_mark = models.BinaryField(max_length=32, unique=True)
    role = models.CharField(max_length=12, choices=list(rules.ROLES.items()))
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True)
    for_user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ends_on = models.DateField()
    used = models.BooleanField(default=False)
    keyring = models.ForeignKey(
        "vault.Keyring", on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    MARKED = ("id", "secret_mark", "role", "team_id", "for_user_id", "ends_on", "used",
              "keyring_id", "version")  # fmt: skip

    class Meta:
        ordering: ClassVar = ["ends_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=list(rules.STAFF)), name="invitation_for_staff"
            ),
            models.CheckConstraint(
                condition=Q(for_user__isnull=False, team__isnull=True)
                | Q(for_user__isnull=True, team__isnull=False, role__in=list(rules.MAY_BE_IN_TEAMS))
                | (Q(for_user__isnull=True, team__isnull=True) & ~Q(role__in=list(rules.IN_TEAMS))),
                name="invitation_to_a_team_or_to_none",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation for {self.role}"
