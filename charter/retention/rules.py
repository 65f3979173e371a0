"""How long what is kept, and why: the one table. `charter/retention/expiring.py` carries it out each hour."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class What(StrEnum):
    """What goes after a while."""

    TICKETS = "tickets"
    DIRECTORY_JOURNEYS = "directory_journeys"
    ATTEMPTS = "attempts"
    SESSIONS = "sessions"
    PASSWORD_LINKS = "password_links"  # noqa: S105 - no password
    LINK_REQUESTS = "link_requests"
    JOBS = "jobs"
    FAILED_LETTERS = "failed_letters"
    WRITTEN_LETTERS = "written_letters"
    MAIL_ADDRESSES = "mail_addresses"
    DRAFTS = "drafts"
    INVITATION_LINKS = "invitation_links"
    AUDIT_DETAILS = "audit_details"
    AUDIT_ENTRIES = "audit_entries"


@dataclass(frozen=True)
class Rule:
    """How long one thing is kept.

    Attributes:
        called: what it is, for the screen.
        kept: how long.
        since: from when on, as the rest of a sentence.
        why: the reason for keeping it so long and no longer.
    """

    called: str
    kept: timedelta
    since: str
    why: str

    @property
    def how_long(self) -> str:
        """Say it in words: "30 days after it ended"."""
        days = self.kept.days
        if not days:
            return self.since
        years, rest = divmod(days, 365)
        length = f"{days} days" if not years or rest > years // 4 + 1 else f"{years} years" if years > 1 else "a year"
        return f"{'a day' if days == 1 else length} {self.since}"


# Six years have 2,191 or 2,192 days. The store itself lets no younger entry of the log go: see migration 0007.
_SIX_YEARS = timedelta(days=2192)
RULES: dict[What, Rule] = {
    What.TICKETS: Rule(
        "Tickets that fetch the cookie after signing in",
        timedelta(),
        "a minute after signing in",
        "They are of use for a minute.",
    ),
    What.DIRECTORY_JOURNEYS: Rule(
        "That a browser went to an organisation’s own directory to sign in",
        timedelta(),
        "ten minutes after it went",
        "It must come back within that time. That it signed in is kept as any other sign-in is.",
    ),
    What.ATTEMPTS: Rule(
        "Failed tries to sign in, with the network address",
        timedelta(days=1),
        "after the try",
        "They are counted so that nobody can guess passwords.",
    ),
    What.SESSIONS: Rule(
        "That a browser was signed in",
        timedelta(days=30),
        "after it ended",
        "A browser that is known is not locked out when strangers guess passwords.",
    ),
    What.PASSWORD_LINKS: Rule(
        "Links that set a password",
        timedelta(days=30),
        "after they stopped working",
        "Who opens an old one is told that it is too old. The link itself works for 3 days, once.",
    ),
    What.LINK_REQUESTS: Rule(
        "That somebody asked for a new link to a form",
        timedelta(days=365),
        "after they asked",
        "The coordinator sees how often letters are lost. The address that was typed is not kept.",
    ),
    What.JOBS: Rule(
        "How long work went, such as sending reminders",
        timedelta(days=90),
        "after it ended",
        "Whoever started it can see how it ended.",
    ),
    What.FAILED_LETTERS: Rule(
        "E-mails that could not be sent",
        timedelta(days=30),
        "after they failed",
        "They can be sent again. E-mails that went are not kept at all.",
    ),
    What.WRITTEN_LETTERS: Rule(
        "E-mails to be downloaded, where there is no mail server",
        timedelta(days=90),
        "after they were written",
        "The coordinator sends them by hand. They hold links to forms.",
    ),
    What.MAIL_ADDRESSES: Rule(
        "Which address an e-mail went to",
        timedelta(days=365),
        "after it went",
        "The coordinator can say who was written to. One that sends e-mails back stays, to be used no more.",
    ),
    What.DRAFTS: Rule(
        "Answers that were begun and never sent",
        timedelta(days=365),
        "after the review closed",
        "They were never counted. Until then their group can look them up.",
    ),
    What.INVITATION_LINKS: Rule(
        "Links that open a group’s form",
        timedelta(days=365),
        "after the review closed",
        "Who opens an old one is told that the review is over. They open nothing once it has closed.",
    ),
    What.AUDIT_DETAILS: Rule(
        "In the audit log: from where somebody came, and what was there before and after a change",
        timedelta(days=730),
        "after the act",
        "Mistakes and misuse can be looked into.",
    ),
    What.AUDIT_ENTRIES: Rule(
        "In the audit log: who did what, and when",
        _SIX_YEARS,
        "after the act",
        "Claims can be brought for six years.",
    ),
}
