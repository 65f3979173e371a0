"""The names of everything that the session state holds: what a person chose, and who they signed in as."""

# The number of the session in the store that this page signed in by itself. It stays on the server.
SESSION_ID = "signed_in_session"
# Who is here, for as long as a run of the site's script lasts.
FOUND = "found_for_this_run"
# The ticket that fetches the browser's cookie, and until when it is put in the page.
TICKET = "sign_in_ticket"
TICKET_UNTIL = "sign_in_ticket_until"
# The period and the release that a person asked for: menu links drop them from the address.
PERIOD = "chosen_period"
RELEASE = "chosen_release"
# The page that is drawn, and whether the run before drew another one.
PAGE = "page"
TURNED = "turned_to_this_page"
SEE_LATEST = "see_latest"
SEE_EARLIER = "see_earlier"

ABOVE = "above"
SIGNED_IN = "signed_in"
SIGN_IN_FORM = "sign_in_form"
SIGN_IN_EMAIL = "sign_in_email"
SIGN_IN_PASSWORD = "sign_in_password"  # noqa: S105 - the name of a field
SET_PASSWORD_FORM = "set_password_form"  # noqa: S105 - the name of a form
SET_PASSWORD_NEW = "set_password_new"  # noqa: S105 - the name of a field
LEAVE_LINK = "leave_password_link"
PASSWORD_WAS_SET = "password_was_set"  # noqa: S105 - the name of a flag

# A self-assessment. What its fields hold is saved in the store as it is given. These tell which revision of an answer
# the page showed, what could not be saved (yet), why sending was refused, and which button was pressed last.
SEEN_REVISIONS = "assessment_seen_revisions"
UNSAVED = "assessment_unsaved"
REFUSAL = "assessment_refusal"
PRESSED = "pressed"
DECLARED = "assessment_declared"
DECLARED_BY = "assessment_declared_by"
DECLARED_FOR = "assessment_declared_for"
# What the pages say once, after a press: of a reply, an item of evidence, who drafts, and a review.
REPLY_REFUSAL = "assessment_reply_refusal"
EVIDENCE_SAID = "assessment_evidence_said"
EVIDENCE_ADDED = "assessment_evidence_added"
EVIDENCE_TITLE = "assessment_evidence_title"
EVIDENCE_LINK = "assessment_evidence_link"
EVIDENCE_DAY = "assessment_evidence_day"
DRAFTING_SAID = "assessment_drafting_said"
DRAFTING_DONE = "assessment_drafting_done"
DRAFTING_BODY = "drafting_body"
DRAFTING_WHO = "assessment_drafting_who"
DRAFTING_DIRECTORATE = "assessment_drafting_directorate"
DRAFTING_STRANDS = "assessment_drafting_strands"
# What a reviewer has in view, by self-assessment: a decision is made on that. And whose reasons the boxes hold.
REVIEW_SEEN = "review_seen"
REVIEW_BY = "review_by"
REVIEW_SAID = "review_said"
REVIEW_REFUSAL = "review_refusal"

# Running the review: the period that is worked on, what a press of a button led to, and what waits to be confirmed.
RUN_PERIOD = "run_period"
DONE = "done_message"
CONFIRM = "to_be_confirmed"
PREVIEW_NAME = "preview_name"
PREVIEW_EMAIL = "preview_email"
PREVIEW_LINK = "preview_link"
# Words that several people may write: what their fields were filled from, and what was typed while another saved. And
# what the last press did, for the second one of a double click.
FILLED_FROM = "filled_from"
JUST_DONE = "just_done"
TYPED_OVER = "typed_over"
# The long work that this person started and watches, and what they gather for a correction.
WATCHED = "watched_work"
RETYPED = "retyped_answers"
RETYPE_SEARCH = "retype_search"
RETYPE_GROUP = "retype_group"
RETYPE_PROMISE = "retype_promise"
RETYPE_LEVEL = "retype_level"
JUST_SIGNED_IN = "just_signed_in"

# My organisation: which one, which review is looked at, which copy is read, and why it leaves.
OWN_ORGANISATION = "own_organisation"
OWN_REVIEW = "own_review"
OWN_COPY = "own_copy"
OWN_LEAVING_REASON = "own_leaving_reason"

# Actions: whether they are looked at as published or as they stand now.
ACTIONS_AS = "actions_as"

# A concern: how often each of its boxes was sent, which gives the next one that is empty.
SENT_CONCERN = "sent_concern"

# An outcome: whether it is looked at as published or as it stands now, and which of its values is revised or spoken of.
OUTCOME_AS = "outcome_as"
OUTCOME_SPAN = "outcome_span"

# Keeping the lists: how many forms were saved, which gives the next ones fresh fields; what an edited organisation
# looked like when its fields were filled; a link that was just made and is shown once; and what was made of the list
# that a person brings, with the digest of its file, as a long one takes seconds to read.
KEPT_FORMS = "kept_forms"
KEPT_SEEN = "kept_seen"
KEPT_TOLD = "kept_told"
KEPT_LINK = "kept_link"
KEPT_LIST = "kept_list"
KEPT_IMPORT = "kept_import"

# Presenting: the deck of which a slide was asked for, and which slide its show begins with on the page.
SHOWN_SLIDE = "shown_slide"

# Open data: the table and the release whose code is shown.
DATA_TABLE = "data_table"
DATA_RELEASE = "data_release"

# What streamlit-authenticator writes when a password was right. Nothing reads them, so they are taken out at once:
# they would still say "signed in" after the session has ended.
AUTHENTICATOR = ("name", "authentication_status", "username", "email", "roles", "logout")
