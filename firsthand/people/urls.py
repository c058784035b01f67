"""Addresses of people."""

from django.urls import path

from firsthand.people.views import (
    home,
    invitation,
    lost,
    own,
    receipts,
    recovery,
    sign_up,
    teams,
    ways_in,
)
from firsthand.people.views.steward import organisations, staff

app_name = "people"
urlpatterns = [
    path("sign-up/", sign_up.sign_up, name="sign_up"),
    path("lost/", lost.lost, name="lost"),
    path("lost/second-step/", lost.lost_step, name="lost_step"),
    path("lost/new/", lost.lost_new, name="lost_new"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/<str:secret>/", invitation.link, name="invitation_link"),
    path("you/", home.home, name="home"),
    path("you/desk/", home.desk, name="desk"),
    path("you/sign-in/", own.own, name="own"),
    path("you/passphrase/", own.passphrase, name="passphrase"),
    path("you/closed/", own.closed, name="closed"),
    path("you/recovery-key/", recovery.show, name="recovery_key"),
    path("you/recovery-key/skip/", recovery.skip, name="recovery_skip"),
    path("you/recovery-key/new/", recovery.new, name="recovery_new"),
    path("you/receipt/", ways_in.add_receipt, name="add_receipt"),
    path("you/only-way/", ways_in.only_way, name="only_way"),
    path("receipt/new-words/", receipts.rotate, name="rotate_receipt"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<uuid:team>/", teams.team, name="team"),
    path("teams/<uuid:team>/let-in/", teams.let_in, name="let_in"),
    path("teams/<uuid:team>/leave/", teams.leave, name="leave_team"),
    path("steward/", organisations.start, name="steward"),
    path("steward/organisations/", organisations.organisations, name="organisations"),
    path("steward/organisations/add/", organisations.edit_organisation, name="organisation_add"),
    path(
        "steward/organisations/<uuid:organisation>/",
        organisations.organisation,
        name="organisation",
    ),
    path(
        "steward/organisations/<uuid:organisation>/edit/",
        organisations.edit_organisation,
        name="organisation_edit",
    ),
    path(
        "steward/organisations/<uuid:organisation>/teams/add/",
        organisations.edit_team,
        name="team_add",
    ),
    path("steward/teams/<uuid:team>/", organisations.team, name="steward_team"),
    path("steward/teams/<uuid:team>/edit/", organisations.edit_team, name="team_edit"),
    path("steward/teams/<uuid:team>/invite/", staff.invite_to_team, name="invite_to_team"),
    path("steward/teams/<uuid:team>/out/<uuid:user>/", staff.remove, name="remove_from_team"),
    path("steward/staff/", staff.staff, name="staff"),
    path("steward/staff/<uuid:user>/", staff.person, name="steward_person"),
    path("steward/staff/<uuid:user>/close/", staff.close, name="close_sign_in"),
    path("steward/staff/<uuid:user>/reset/", staff.reset, name="reset_sign_in"),
    path("steward/invitations/", staff.invitations, name="invitations"),
    path("steward/invitations/new/", staff.invite, name="invite"),
    path("steward/invitations/link/", staff.invited, name="invited"),
    path("steward/invitations/<uuid:invitation>/cancel/", staff.cancel, name="cancel_invitation"),
]
