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
SEE_LATEST = "see_latest"

ABOVE = "above"
SIGNED_IN = "signed_in"
SIGN_IN_FORM = "sign_in_form"
SIGN_IN_EMAIL = "sign_in_email"
SIGN_IN_PASSWORD = "sign_in_password"  # noqa: S105 - the name of a field
SET_PASSWORD_FORM = "set_password_form"  # noqa: S105 - the name of a form
SET_PASSWORD_NEW = "set_password_new"  # noqa: S105 - the name of a field
PASSWORD_WAS_SET = "password_was_set"  # noqa: S105 - the name of a flag

# A self-assessment. What its fields hold is saved in the store as it is given. These tell which revision of an answer
# the page showed, what could not be saved (yet), why sending was refused, and which button was pressed last.
SEEN_REVISIONS = "assessment_seen_revisions"
UNSAVED = "assessment_unsaved"
REFUSAL = "assessment_refusal"
PRESSED = "assessment_pressed"
DECLARED = "assessment_declared"
DECLARED_BY = "assessment_declared_by"

# What streamlit-authenticator writes when a password was right. Nothing reads them, so they are taken out at once:
# they would still say "signed in" after the session has ended.
AUTHENTICATOR = ("name", "authentication_status", "username", "email", "roles", "logout")
