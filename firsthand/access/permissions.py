"""The permission table: every page by its name, and who may come to it.

This is the table an auditor reads. `who` is asked before the view runs. `whose` says whose the
thing at the address must be: the view asks that, by the policy that `then` names. `docs/reference/permissions.md` is
made from it, and a test walks every address, role, ownership and stage against it. An address
that is not here is open to nobody.
"""

from firsthand.access.table import Permission, Who, Whose, only
from firsthand.people import rules as roles

anyone = Who("anyone, signed in or not")
halfway = Who("anyone with a sign-in, staff before their second step included", tuple(roles.ROLES),
              second_step=False)  # fmt: skip
signed_in = Who("anyone with a sign-in", tuple(roles.ROLES))
team_member = only(roles.ADVOCATE, roles.RESPONDER)
steward = only(roles.STEWARD)
person = only(roles.PERSON)
desk_worker = only(roles.RESEARCHER, roles.COORDINATOR)

PERMISSIONS: dict[str, Permission] = {
    "harms:model": Permission(anyone),
    "harms:version": Permission(anyone),
    "harms:making": Permission(anyone),
    "harms:crosswalk": Permission(anyone),
    "harms:search": Permission(anyone),
    "harms:entry": Permission(anyone),
    "harms:download": Permission(anyone),
    "indicators:figures": Permission(anyone),
    "indicators:method": Permission(anyone),
    "indicators:table": Permission(anyone),
    "indicators:chart": Permission(anyone),
}

_OWNER = "the owner's keys must be in hand (testimony.policies.check_own)"

# -- testimony: anyone may tell; what is told opens only with keys -----------------------------
PERMISSIONS |= {
    "testimony:start": Permission(anyone),
    "testimony:step": Permission(anyone, _OWNER),
    "testimony:files": Permission(anyone, _OWNER),
    "testimony:remove_file": Permission(anyone, _OWNER),
    "testimony:fits": Permission(anyone, _OWNER),
    "testimony:check": Permission(anyone, _OWNER),
    "testimony:way_back": Permission(anyone, _OWNER),
    "testimony:done": Permission(anyone, _OWNER),
    "testimony:return": Permission(anyone, "a receipt that opens something"),
    "testimony:mine": Permission(anyone, "lists only what the keys in hand own"),
    "testimony:own": Permission(anyone, _OWNER),
    "testimony:who_read": Permission(anyone, _OWNER),
    "testimony:stop": Permission(anyone, _OWNER),
    "testimony:withdraw": Permission(anyone, _OWNER),
    "testimony:download": Permission(anyone, _OWNER),
    "testimony:file": Permission(anyone, "the owner, or a team with a live grant (access.door)"),
}

# -- people: signing up, in and out -------------------------------------------------------------
_OWN_SIGN_IN = "only one's own sign-in"
PERMISSIONS |= {
    "account_login": Permission(anyone),
    "account_logout": Permission(anyone),
    "mfa_authenticate": Permission(anyone, "a passphrase that was right just now (allauth)"),
    "people:sign_up": Permission(anyone),
    "people:lost": Permission(anyone),
    "people:lost_new": Permission(anyone, "a recovery key that was right just now (pending)"),
    "people:invitation_link": Permission(anyone),
    "people:invitation": Permission(anyone, "an invitation's secret (queries.invitation_by)"),
    "people:rotate_receipt": Permission(
        anyone, "a receipt's keys in hand (sittings.held_receipts)"
    ),
    "account_reauthenticate": Permission(halfway, _OWN_SIGN_IN),
    "people:home": Permission(halfway, _OWN_SIGN_IN),
    "people:recovery_key": Permission(halfway, _OWN_SIGN_IN),
    "people:recovery_skip": Permission(halfway, _OWN_SIGN_IN),
    "people:own": Permission(signed_in, _OWN_SIGN_IN),
    "people:passphrase": Permission(signed_in, _OWN_SIGN_IN),
    "people:closed": Permission(signed_in, _OWN_SIGN_IN),
    "people:recovery_new": Permission(signed_in, _OWN_SIGN_IN),
    "people:add_receipt": Permission(person, "a receipt's keys in hand (sittings.held_receipts)"),
    "people:desk": Permission(desk_worker),
}

# -- people: the second step of signing in -------------------------------------------------------
PERMISSIONS |= {
    "mfa_index": Permission(halfway, _OWN_SIGN_IN),
    "mfa_activate_totp": Permission(halfway, _OWN_SIGN_IN),
    "mfa_deactivate_totp": Permission(halfway, _OWN_SIGN_IN),
    "mfa_view_recovery_codes": Permission(halfway, _OWN_SIGN_IN),
    "mfa_generate_recovery_codes": Permission(halfway, _OWN_SIGN_IN),
    "mfa_download_recovery_codes": Permission(halfway, _OWN_SIGN_IN),
    "mfa_list_webauthn": Permission(halfway, _OWN_SIGN_IN),
    "mfa_add_webauthn": Permission(halfway, _OWN_SIGN_IN),
    "mfa_remove_webauthn": Permission(halfway, _OWN_SIGN_IN),
    "mfa_reauthenticate": Permission(halfway, _OWN_SIGN_IN),
    "mfa_reauthenticate_webauthn": Permission(halfway, _OWN_SIGN_IN),
}

# -- people: teams, and stewards, who run the site and read no words -----------------------------
_OWN_TEAM = "only a team they are in or wait for (people.views.teams)"
PERMISSIONS |= {
    "people:teams": Permission(team_member, "lists only their own"),
    "people:team": Permission(team_member, _OWN_TEAM),
    "people:let_in": Permission(team_member, _OWN_TEAM + ", with its keys in hand"),
    "people:leave_team": Permission(team_member, _OWN_TEAM),
    "people:steward": Permission(steward),
    "people:organisations": Permission(steward),
    "people:organisation": Permission(steward),
    "people:organisation_add": Permission(steward),
    "people:organisation_edit": Permission(steward),
    "people:team_add": Permission(steward),
    "people:team_edit": Permission(steward),
    "people:steward_team": Permission(steward),
    "people:invite_to_team": Permission(steward),
    "people:remove_from_team": Permission(steward),
    "people:staff": Permission(steward),
    "people:steward_person": Permission(steward, "never a person's sign-in"),
    "people:close_sign_in": Permission(steward, "never a person's sign-in, nor their own"),
    "people:reset_sign_in": Permission(steward, "never a person's sign-in"),
    "people:invitations": Permission(steward),
    "people:invite": Permission(steward),
    "people:invited": Permission(steward),
    "people:cancel_invitation": Permission(steward),
}

# -- for machines that ask whether the site is up ----------------------------------------------
PERMISSIONS |= {
    "health": Permission(anyone),
    "ready": Permission(anyone),
}

# -- repair: a team's inbox, and the person's own conversations ---------------------------------
_TEAM = "a member of the team that was asked, with a live grant (repair.policies.check_team)"
_ASKER = "the owner's keys must be in hand (repair.policies.check_person)"
PERMISSIONS |= {
    "repair:inbox": Permission(team_member, "lists only what their own teams were asked; no words"),
    "repair:request": Permission(team_member, _TEAM),
    "repair:answer": Permission(team_member, _TEAM),
    "repair:request_file": Permission(team_member, _TEAM),
    "repair:answers": Permission(anyone, _OWNER),
    "repair:conversation": Permission(anyone, _ASKER),
    "repair:asks": Permission(anyone, _ASKER),
    "repair:judge": Permission(anyone, _ASKER),
    "repair:close": Permission(anyone, _ASKER),
    "repair:reopen": Permission(anyone, _ASKER),
    "repair:conversation_file": Permission(anyone, _ASKER),
}

# -- the pages about this site, and the way out --------------------------------------------------
PERMISSIONS |= {
    "web:home": Permission(anyone),
    "web:about": Permission(anyone),
    "web:privacy": Permission(anyone),
    "web:accessibility": Permission(anyone),
    "web:help": Permission(anyone),
    "web:source": Permission(anyone),
    "web:source-zip": Permission(anyone),
    "web:exit": Permission(anyone),
    "web:stay": Permission(anyone, "says only whether the browser's own sitting is still open"),
}
