"""Addresses of groups: of those who run them, and of their members."""

from django.urls import path

from firsthand.consultation.views import (
    group_arriving,
    group_comments,
    group_inviting,
    group_meetings,
    group_own,
    group_own_comments,
    group_running,
    handing,
)

_RUN = "groups/<uuid:group>/"
_OWN = "your-groups/<uuid:group>/"

urlpatterns = [
    path("groups/", group_running.groups, name="groups"),
    path("groups/new/", group_running.new, name="group_new"),
    path(_RUN, group_running.group, name="group"),
    path(_RUN + "change/", group_running.change, name="group_change"),
    path(_RUN + "sheet/", group_running.sheet, name="group_sheet"),
    path(_RUN + "people/", group_running.people, name="group_people"),
    path(_RUN + "people/<uuid:facilitator>/end/", group_running.end, name="group_people_end"),
    path(_RUN + "members/<uuid:who>/", group_running.member, name="group_member"),
    path(_RUN + "close/", group_running.close, name="group_close"),
    path(_RUN + "history/", group_running.history, name="group_history"),
    path(_RUN + "invitations/", group_inviting.invitations, name="group_invitations"),
    path(_RUN + "invitations/codes/", group_inviting.codes, name="group_codes"),
    path(_RUN + "invitations/<uuid:invited>/", group_inviting.invitation, name="group_invitation"),
    path(
        _RUN + "invitations/<uuid:invited>/cancel/",
        group_inviting.cancel,
        name="group_invitation_cancel",
    ),
    path(_RUN + "meetings/new/", group_meetings.new, name="group_meeting_new"),
    path(_RUN + "meetings/<uuid:meeting>/", group_meetings.meeting, name="group_meeting"),
    path(
        _RUN + "meetings/<uuid:meeting>/change/",
        group_meetings.change,
        name="group_meeting_change",
    ),
    path(
        _RUN + "meetings/<uuid:meeting>/cancel/",
        group_meetings.cancel,
        name="group_meeting_cancel",
    ),
    path(_RUN + "meetings/<uuid:meeting>/notes/", group_meetings.notes, name="group_notes"),
    path(
        _RUN + "meetings/<uuid:meeting>/coding/",
        group_meetings.coding,
        name="group_notes_coding",
    ),
    path(_RUN + "comments/", group_comments.comments, name="group_comments"),
    path(_RUN + "accounts/", handing.accounts, name="group_accounts"),
    path(_RUN + "comments.csv", group_comments.table, name="group_comments_csv"),
    path(_RUN + "comments/<uuid:comment>/", group_comments.comment, name="group_comment"),
    path("your-groups/", group_arriving.own_groups, name="own_groups"),
    path("your-groups/code/", group_arriving.code, name="group_code"),
    path("your-groups/invitation/", group_arriving.invited, name="group_invited"),
    path(
        "your-groups/invitation/<uuid:invited>/open/",
        group_arriving.open_invitation,
        name="group_invited_open",
    ),
    path(_OWN, group_own.group, name="own_group"),
    path(_OWN + "words/", group_own.words, name="own_words"),
    path(_OWN + "agree/", group_own.agree, name="own_agree"),
    path(_OWN + "name/", group_own.name, name="own_name"),
    path(_OWN + "needs/", group_own.say_needs, name="own_needs"),
    path(_OWN + "payment/", group_own.pay, name="own_pay"),
    path(_OWN + "meetings/<uuid:meeting>/", group_own.meeting, name="own_meeting"),
    path(_OWN + "draft/", group_own_comments.draft, name="own_draft"),
    path(_OWN + "draft/whole/", group_own_comments.entry, name="own_whole"),
    path(_OWN + "draft/entry/<str:code>/", group_own_comments.entry, name="own_entry"),
    path(_OWN + "comments/<uuid:comment>/back/", group_own_comments.back, name="own_comment_back"),
    path(_OWN + "leave/", group_own.leave, name="own_leave"),
]
