"""The permission table: every page by its name, and who may come to it.

This is the table an auditor reads. `who` is asked before the view runs. `whose` says whose the
thing at the address must be: the view asks that, by the policy named behind it. An address that
is not here is open to nobody. `docs/reference/permissions.md` is made from this page, and a test
walks every address, role, ownership and stage against it.
"""

from firsthand.access.table import Answer as Answer
from firsthand.access.table import Permission as Permission
from firsthand.access.table import Who, Whose, only
from firsthand.people import rules as roles

_EVERY_ROLE = tuple(roles.ROLES)

anyone = Who("anyone, signed in or not")
halfway = Who("anyone with a sign-in, staff without a second step too", _EVERY_ROLE, False)
signed_in = Who("anyone with a sign-in", _EVERY_ROLE)
team_member = only(roles.ADVOCATE, roles.RESPONDER)
in_teams = only(*roles.MAY_BE_IN_TEAMS)
steward = only(roles.STEWARD)
person = only(roles.PERSON)
researcher = only(roles.RESEARCHER)
staff = Who("anyone who works on this site", roles.STAFF)
desk_worker = only(roles.RESEARCHER, roles.COORDINATOR)

EVERYONES, OWN, BROUGHT, MEMBERS, STAFFS = (
    Whose.EVERYONES, Whose.OWN, Whose.BROUGHT, Whose.MEMBERS, Whose.STAFFS,
)  # fmt: skip
OWNERS, READERS, OWNERS_AND_READERS = Whose.OWNERS, Whose.READERS, Whose.OWNERS_AND_READERS
COMPANIONS = Whose.COMPANIONS
REVIEWS, REVIEW_OWNERS = Whose.REVIEWS, Whose.REVIEW_OWNERS
CONSULTED, GROUP_MEMBERS = Whose.CONSULTED, Whose.GROUP_MEMBERS
PROJECTS, PROJECT_OWNERS, MARKED = Whose.PROJECTS, Whose.PROJECT_OWNERS, Whose.MARKED
DRAFTS = Whose.DRAFTS

PERMISSIONS: dict[str, Permission] = {}

# -- testimony: anyone may tell; what is told opens only with keys ------------------------------
_CHECK_OWN = "testimony.policies.check_own"
PERMISSIONS |= {
    "testimony:start": Permission(anyone),
    "testimony:step": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:files": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:remove_file": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:fits": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:check": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:way_back": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:done": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:return": Permission(anyone, EVERYONES, "a receipt that opens something"),
    "testimony:mine": Permission(anyone, OWN, "lists what the keys in hand own, without a word"),
    "testimony:own": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:who_read": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:stop": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:stop_some": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:research": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:research_stop": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:withdraw": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:download": Permission(anyone, OWNERS, _CHECK_OWN),
    "testimony:file": Permission(anyone, OWNERS_AND_READERS, "access.door.enter"),
    "testimony:end_sign_in": Permission(person, OWN, "their passphrase, asked for once more"),
    "testimony:keep_by_receipt": Permission(person, OWN, "their passphrase, asked for once more"),
    "testimony:goodbye": Permission(anyone),
}

# -- repair: a team's inbox, and the person's own conversations ----------------------------------
_CHECK_TEAM, _CHECK_PERSON = "repair.policies.check_team", "repair.policies.check_person"
_CHECK_COMPANION = "repair.policies.check_companion"
PERMISSIONS |= {
    "repair:inbox": Permission(team_member, OWN, "lists what their teams were asked, no words"),
    "repair:request": Permission(team_member, READERS, _CHECK_TEAM),
    "repair:answer": Permission(team_member, READERS, _CHECK_TEAM),
    "repair:request_file": Permission(team_member, READERS, _CHECK_TEAM),
    "repair:beside": Permission(team_member, COMPANIONS, _CHECK_COMPANION),
    "repair:beside_file": Permission(team_member, COMPANIONS, _CHECK_COMPANION),
    "repair:answers": Permission(anyone, OWNERS, _CHECK_OWN),
    "repair:conversation": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:asks": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:judge": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:let_in": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:companion": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:close": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:reopen": Permission(anyone, OWNERS, _CHECK_PERSON),
    "repair:conversation_file": Permission(anyone, OWNERS, _CHECK_PERSON),
}

# -- evidence: a review is there for those who take part in it; a steward sees none by office -----
_CHECK_MEMBER, _CHECK_OWNER = "evidence.policies.check_member", "evidence.policies.check_owner"
PERMISSIONS |= {
    "evidence:reviews": Permission(staff, OWN, "lists the reviews they take part in"),
    "evidence:new": Permission(researcher),
    "evidence:package_in": Permission(researcher),
    "evidence:example": Permission(researcher),
    "evidence:example_charting": Permission(researcher),
    "evidence:example_picture": Permission(researcher),
    "evidence:example_narrow": Permission(researcher),
    "evidence:review": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:protocol": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:history": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:members": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:member_end": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:criteria": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:criterion_add": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:criterion": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:criterion_retire": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:criterion_delete": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:searches": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:search_add": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:build": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:strategies": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:strategy": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:strategy_back": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:strategy_plan": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:strategy_text": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:search": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:search_change": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:imported": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_again": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_columns": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_problems": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_ris": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_bib": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_json": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:import_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:record": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:record_show": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:duplicates": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:duplicates_look": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:pairs": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:pair": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:pair_undo": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:screen": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:screen_one": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:undo": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:records": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:labels": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:label": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:label_remove": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:label_back": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:label_put": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:highlight_show": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:highlights": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:highlight": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:highlight_use": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:same": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:thread": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:listed": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:note_back": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:meeting": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:reopen": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:shares": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:share_out": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:shares_join": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:full_texts": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text_mark": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text_attach": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text_file": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text_away": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:full_text_back": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:why": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:order": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:stopping": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:stopping_curve": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:stopping_plan": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:stopping_audit": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:stop": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:go_on": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:conflicts": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:resolve": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:rounds": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:round_begin": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:round": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:round_agreement": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:checklist": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:checklist_item": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:checklist_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:checklist_docx": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:package": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:package_make": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:package_zip": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:update_begin": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:update_undo": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:flow_svg": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow_narrow": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow_png": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow_pdf": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow_docx": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:flow_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:studies": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:study": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:study_join": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:report_apart": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:report_main": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_take_up": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_form": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_preview": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_form_publish": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_form_drop": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_field_add": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_part_add": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_field": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_field_do": Permission(staff, REVIEW_OWNERS, _CHECK_OWNER),
    "evidence:chart_table": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_xlsx": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_json": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_entries": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:doubles": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:doubles_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_read": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:chart_settle": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:gaps": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:gaps_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:map": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:map_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:characteristics": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:characteristics_csv": Permission(staff, REVIEWS, _CHECK_MEMBER),
    "evidence:characteristics_docx": Permission(staff, REVIEWS, _CHECK_MEMBER),
}

# -- consultation: groups, for those who run them and for their members ---------------------------
_RUNS_GROUP = "consultation.group_policies.check_facilitator"
_IN_GROUP = "consultation.group_policies.check_own"
PERMISSIONS |= {
    "consultation:groups": Permission(desk_worker, OWN, "lists the groups they run"),
    "consultation:group_new": Permission(desk_worker),
    "consultation:group": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_change": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_sheet": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_people": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_people_end": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_member": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_close": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_history": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_invitations": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_codes": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_invitation": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_invitation_cancel": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_meeting_new": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_meeting": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_meeting_change": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_meeting_cancel": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_notes": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_notes_coding": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_comments": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_accounts": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_comments_csv": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:group_comment": Permission(desk_worker, CONSULTED, _RUNS_GROUP),
    "consultation:own_groups": Permission(anyone, OWN, "lists what the keys in hand are in"),
    "consultation:group_code": Permission(anyone, EVERYONES, "a code that opens an invitation"),
    "consultation:group_invited": Permission(anyone, BROUGHT, "an invitation's code, or sign-in"),
    "consultation:group_invited_open": Permission(
        person, BROUGHT, "an invitation that waits for their sign-in"
    ),
    "consultation:own_group": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_words": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_agree": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_name": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_needs": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_pay": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_meeting": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_draft": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_whole": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_entry": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_comment_back": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
    "consultation:own_leave": Permission(anyone, GROUP_MEMBERS, _IN_GROUP),
}

# -- codebook: a coding project is there for those who take part in it, whatever their office ------
_CHECK_CODER = "codebook.policies.check_coder"
_CHECK_PASSAGE = _CHECK_CODER + ", codebook.queries.passage"
_CHECK_PROJECT_OWNER = "codebook.policies.check_owner"
PERMISSIONS |= {
    "codebook:projects": Permission(desk_worker, OWN, "lists the projects they take part in"),
    "codebook:new": Permission(desk_worker),
    "codebook:project": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:change": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:coders": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:coder_end": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:history": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:sources": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:source_add": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:reports": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:told": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:source": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:next": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:find": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:memo": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:undo_last": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:work": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:source_ask": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:source_away": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:source_back": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:passage": Permission(desk_worker, MARKED, _CHECK_PASSAGE),
    "codebook:uncode": Permission(desk_worker, MARKED, _CHECK_PASSAGE),
    "codebook:recode": Permission(desk_worker, MARKED, _CHECK_PASSAGE),
    "codebook:codes": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:looks": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_add": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_model": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:changes": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:change_undo": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_move": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_merge": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_split": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:code_delete": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:bring": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:bring_again": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:text": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:edit": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:edit_undo": Permission(desk_worker, PROJECT_OWNERS, _CHECK_PROJECT_OWNER),
    "codebook:lost": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:lost_drop": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:take_away": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:passages_csv": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:annotations": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:marked_html": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:marked_docx": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:marked_pdf": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:bring_in": Permission(desk_worker, OWN, "shows the file that they bring in"),
    "codebook:take_out": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:qdpx": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:qdc": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:codebook_in": Permission(desk_worker, PROJECTS, _CHECK_CODER),
}

# -- harms: a draft of the model is there for its editors alone ----------------------------------
_CHECK_EDITOR = "harms.policies.check_editor"
PERMISSIONS |= {
    "harms:drafts": Permission(researcher, OWN, "lists the drafts they edit"),
    "harms:draft_begin": Permission(researcher),
    "harms:draft": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_about": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_drop": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_editors": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_editor_end": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_map": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_history": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_undo": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_add": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_rank": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_sign_off": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_preview": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_publish": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_ground_do": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_entry": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_ground": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:draft_change": Permission(researcher, DRAFTS, _CHECK_EDITOR),
    "harms:in_use": Permission(steward),
}

# -- consultation: surveys, for those who run them and for everyone who answers --------------------
_RUNS_SURVEY = "consultation.survey_policies.check_surveyor"
_IN_HAND = "an answer's own code, in this sitting's hands"
PERMISSIONS |= {
    "consultation:answer": Permission(anyone),
    "consultation:answer_code": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_step": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_set": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_check": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_done": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_take_back": Permission(anyone, BROUGHT, _IN_HAND),
    "consultation:answer_back": Permission(anyone, EVERYONES, "a code that opens an answer"),
    "consultation:surveys": Permission(desk_worker, OWN, "lists the surveys they run"),
    "consultation:survey_new": Permission(desk_worker),
    "consultation:survey": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_change": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_stage": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_version": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_history": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_people": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_people_end": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:question_add": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:question": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:question_drop": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:question_move": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_codes": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_paper": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_enter": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_bring_in": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_results": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_csv": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_json": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_chart": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_beneath": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
    "consultation:survey_words": Permission(desk_worker, CONSULTED, _RUNS_SURVEY),
}

# -- codebook: what comes after coding; codebook.settling.check_settler asks who may settle --------
PERMISSIONS |= {
    "codebook:example_themes": Permission(desk_worker),
    "codebook:twice": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreement": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreement_csv": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreement_json": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreement_svg": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:compare": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:settle": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreed_csv": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:agreed_json": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:settle_undo": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:themes": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_add": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:themes_begin": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:themes_csv": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:themes_json": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_map": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_unmap": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_away": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_back": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:theme_passages": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:beneath": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:findings": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:finding_add": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:finding": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:finding_away": Permission(desk_worker, PROJECTS, _CHECK_CODER),
    "codebook:finding_back": Permission(desk_worker, PROJECTS, _CHECK_CODER),
}

# -- people: signing up, in and out --------------------------------------------------------------
_RECEIPT = "a receipt's keys in hand (people.sittings)"
PERMISSIONS |= {
    "account_login": Permission(anyone),
    "account_logout": Permission(anyone, OWN),
    "mfa_authenticate": Permission(anyone, BROUGHT, "a passphrase that was right (allauth)"),
    "people:sign_up": Permission(anyone),
    "people:lost": Permission(anyone),
    "people:lost_step": Permission(anyone),
    "people:lost_new": Permission(
        anyone, BROUGHT, "a recovery key, then the second step (pending)"
    ),
    "people:invitation_link": Permission(anyone),
    "people:invitation": Permission(anyone, BROUGHT, "an invitation's secret (invitation_by)"),
    "people:rotate_receipt": Permission(anyone, BROUGHT, _RECEIPT + ", and its words"),
    "account_reauthenticate": Permission(halfway, OWN),
    "people:home": Permission(halfway, OWN),
    "people:recovery_key": Permission(halfway, OWN),
    "people:recovery_skip": Permission(halfway, OWN),
    "people:own": Permission(signed_in, OWN),
    "people:passphrase": Permission(signed_in, OWN),
    "people:closed": Permission(signed_in, OWN),
    "people:recovery_new": Permission(signed_in, OWN, "the passphrase, once more (people.asked)"),
    "people:add_receipt": Permission(person, OWN, _RECEIPT + ", and its words"),
    "people:only_way": Permission(person, OWN, "the passphrase, once more (people.asked)"),
    "people:desk": Permission(desk_worker),
}

# -- people: the second step of signing in -------------------------------------------------------
PERMISSIONS |= {
    "mfa_index": Permission(halfway, OWN),
    "mfa_activate_totp": Permission(halfway, OWN),
    "mfa_deactivate_totp": Permission(halfway, OWN),
    "mfa_view_recovery_codes": Permission(halfway, OWN),
    "mfa_generate_recovery_codes": Permission(halfway, OWN),
    "mfa_download_recovery_codes": Permission(halfway, OWN),
    "mfa_list_webauthn": Permission(halfway, OWN),
    "mfa_add_webauthn": Permission(halfway, OWN),
    "mfa_remove_webauthn": Permission(halfway, OWN),
    "mfa_reauthenticate": Permission(halfway, OWN),
    "mfa_reauthenticate_webauthn": Permission(halfway, OWN),
}

# -- people: teams, and stewards, who run the site and read no words -----------------------------
_MINE, _STAFF = "people.views.teams", "people.queries.staff"
PERMISSIONS |= {
    "people:teams": Permission(in_teams, OWN),
    "people:team": Permission(in_teams, MEMBERS, _MINE),
    "people:let_in": Permission(in_teams, MEMBERS, _MINE + "; the team's keys in hand"),
    "people:leave_team": Permission(in_teams, MEMBERS, _MINE),
    "people:steward": Permission(steward),
    "people:organisations": Permission(steward),
    "people:organisation": Permission(steward),
    "people:organisation_add": Permission(steward),
    "people:organisation_edit": Permission(steward),
    "people:team_add": Permission(steward),
    "people:team_edit": Permission(steward),
    "people:steward_team": Permission(steward),
    "people:invite_to_team": Permission(steward),
    "people:remove_from_team": Permission(steward, STAFFS, "a membership that there is"),
    "people:staff": Permission(steward),
    "people:steward_person": Permission(steward, STAFFS, _STAFF),
    "people:close_sign_in": Permission(steward, STAFFS, _STAFF + "; never the steward's own"),
    "people:reset_sign_in": Permission(steward, STAFFS, _STAFF),
    "people:invitations": Permission(steward),
    "people:invite": Permission(steward),
    "people:invited": Permission(steward, BROUGHT, "the link just made, shown once"),
    "people:cancel_invitation": Permission(steward),
}

# -- what is public: the model of harm, the figures, the pages about this site, the way out ------
PERMISSIONS |= {
    "harms:model": Permission(anyone),
    "harms:version": Permission(anyone),
    "harms:making": Permission(anyone),
    "harms:changes": Permission(anyone),
    "harms:take": Permission(anyone),
    "harms:crosswalk": Permission(anyone),
    "harms:search": Permission(anyone),
    "harms:entry": Permission(anyone),
    "harms:download": Permission(anyone),
    "indicators:figures": Permission(anyone),
    "indicators:method": Permission(anyone),
    "indicators:table": Permission(anyone),
    "indicators:chart": Permission(anyone),
    "web:home": Permission(anyone),
    "web:about": Permission(anyone),
    "web:privacy": Permission(anyone),
    "web:accessibility": Permission(anyone),
    "web:help": Permission(anyone),
    "web:source": Permission(anyone),
    "web:source-zip": Permission(anyone),
    "web:exit": Permission(anyone, OWN, "ends the browser's own sitting"),
    "web:stay": Permission(anyone, OWN, "says whether the browser's own sitting is still open"),
}

# -- for machines that ask whether the site is up ------------------------------------------------
PERMISSIONS |= {
    "health": Permission(anyone),
    "ready": Permission(anyone),
}
