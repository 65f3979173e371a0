"""Who may do what: one table, asked by every read and write in `charter`."""

from dataclasses import dataclass
from enum import StrEnum

from charter.rules.refusals import NotAllowedError, SignedOutError
from db.types import Role


class Who(StrEnum):
    """As what a viewer asks. One viewer may be several of these at once."""

    ANYONE = "anyone"
    OWN_LINK = "own_link"
    OWN_PARTNER = "own_partner"
    PARTNER = "partner"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


class Act(StrEnum):
    """What can be asked for."""

    READ_RELEASES = "read_releases"
    READ_CATALOGUE = "read_catalogue"
    LOAD_CATALOGUE = "load_catalogue"
    ANSWER = "answer"
    READ_GROUP_ANSWERS = "read_group_answers"
    READ_BODY_ANSWERS = "read_body_answers"
    REVIEW = "review"
    KEEP_DRAFTING = "keep_drafting"
    RUN_PERIODS = "run_periods"
    READ_RESPONSES = "read_responses"
    ISSUE_LINKS = "issue_links"
    POST_MAIL = "post_mail"
    SEND_MAIL = "send_mail"
    ASSIST = "assist"
    PUBLISH = "publish"
    PROMISE = "promise"
    READ_PROMISES = "read_promises"
    REPLY = "reply"
    VERIFY = "verify"
    KEEP_ORGANISATIONS = "keep_organisations"
    KEEP_ACCOUNTS = "keep_accounts"
    KEEP_PARTNERS = "keep_partners"
    READ_AUDIT = "read_audit"
    KEEP_DEMONSTRATION = "keep_demonstration"
    KEEP_BACKUPS = "keep_backups"
    READ_COPY = "read_copy"
    READ_OWN = "read_own"
    LEAVE_CHARTER = "leave_charter"
    REMOVE_OWN_DATA = "remove_own_data"
    REPORT_OUTCOMES = "report_outcomes"
    READ_OUTCOMES = "read_outcomes"
    KEEP_EVIDENCE = "keep_evidence"
    READ_EVIDENCE = "read_evidence"
    RAISE_CONCERNS = "raise_concerns"
    READ_CONCERNS = "read_concerns"
    DECIDE_CONCERNS = "decide_concerns"
    KEEP_ACTIONS = "keep_actions"
    BRING_FILES = "bring_files"
    ARRANGE_DECKS = "arrange_decks"
    MAKE_PACKS = "make_packs"
    KEEP_TEMPLATES = "keep_templates"


_RUNS = frozenset({Who.COORDINATOR, Who.OPERATOR})

# A group's answers are seen by that group and the coordinator alone. The operator, who holds the store's
# files, is let in only where a command needs it, and no command prints a group's answers.
ALLOWED: dict[Act, frozenset[Who]] = {
    Act.READ_RELEASES: frozenset({Who.ANYONE}),
    Act.READ_CATALOGUE: frozenset({Who.ANYONE}),
    Act.LOAD_CATALOGUE: frozenset({Who.ADMINISTRATOR, Who.OPERATOR}),
    Act.ANSWER: frozenset({Who.OWN_LINK, Who.OWN_PARTNER}),
    Act.READ_GROUP_ANSWERS: frozenset({Who.OWN_LINK, Who.OWN_PARTNER, Who.COORDINATOR}),
    Act.READ_BODY_ANSWERS: frozenset({Who.OWN_PARTNER, Who.REVIEWER, Who.COORDINATOR, Who.OPERATOR}),
    Act.REVIEW: frozenset({Who.REVIEWER, Who.OPERATOR}),
    # Of those who answer for a public body, only its leads: the verb asks that.
    Act.KEEP_DRAFTING: frozenset({Who.OWN_PARTNER, Who.COORDINATOR, Who.ADMINISTRATOR}),
    Act.RUN_PERIODS: _RUNS,
    Act.READ_RESPONSES: _RUNS,
    Act.ISSUE_LINKS: _RUNS,
    # Whoever keeps accounts has a link mailed to a person, and does not read whom groups' letters went to.
    Act.POST_MAIL: _RUNS | {Who.ADMINISTRATOR},
    Act.SEND_MAIL: _RUNS,
    # Typing answers in for a group that rang or wrote. It opens no public body's form: see `charter/assisted.py`.
    Act.ASSIST: frozenset({Who.COORDINATOR}),
    Act.PUBLISH: _RUNS,
    Act.PROMISE: frozenset({Who.OWN_PARTNER}),
    Act.READ_PROMISES: frozenset({Who.OWN_PARTNER, Who.COORDINATOR, Who.OPERATOR}),
    Act.REPLY: frozenset({Who.OWN_PARTNER}),
    Act.VERIFY: frozenset({Who.COORDINATOR, Who.ADMINISTRATOR, Who.OPERATOR}),
    Act.KEEP_ORGANISATIONS: _RUNS,
    Act.KEEP_ACCOUNTS: frozenset({Who.ADMINISTRATOR, Who.OPERATOR}),
    # People of organisations alone; whoever holds another role is an administrator's to keep: the verbs ask that.
    Act.KEEP_PARTNERS: frozenset({Who.COORDINATOR, Who.ADMINISTRATOR, Who.OPERATOR}),
    # What speaks of groups' answers is left out for those who may not see these: see `charter/audit_reading.py`.
    Act.READ_AUDIT: frozenset({Who.COORDINATOR, Who.ADMINISTRATOR, Who.OPERATOR}),
    Act.KEEP_DEMONSTRATION: frozenset({Who.ADMINISTRATOR, Who.OPERATOR}),
    # A backup holds everything, groups' answers too, so no role in the site reaches one.
    Act.KEEP_BACKUPS: frozenset({Who.OPERATOR}),
    # A copy of what an organisation sent. That it was handed out, and to whom, is in the audit log.
    Act.READ_COPY: frozenset({Who.OWN_LINK, Who.OWN_PARTNER, Who.COORDINATOR}),
    Act.READ_OWN: frozenset({Who.OWN_PARTNER}),
    # Of those who answer for a public body, only its leads: the verbs ask that.
    Act.LEAVE_CHARTER: frozenset({Who.OWN_PARTNER}),
    Act.REMOVE_OWN_DATA: frozenset({Who.OWN_PARTNER}),
    # An indicator that all partners share has no owner, so there the coordinator reports alone.
    Act.REPORT_OUTCOMES: _RUNS | {Who.OWN_PARTNER},
    # Every partner may read what all share: see `charter/outcomes/held.py`.
    Act.READ_OUTCOMES: _RUNS | {Who.OWN_PARTNER, Who.REVIEWER},
    Act.KEEP_EVIDENCE: frozenset({Who.OWN_PARTNER}),
    # What is shown to the monitoring group. What everyone may see, and what nobody else may: `charter.evidence.held`.
    Act.READ_EVIDENCE: _RUNS | {Who.OWN_PARTNER, Who.REVIEWER},
    # The coordinator types in what a group says that rang up or wrote.
    Act.RAISE_CONCERNS: frozenset({Who.OWN_PARTNER, Who.COORDINATOR}),
    # Which of them a partner or a reviewer sees is told by the concern's own sides: see `charter/rules/concerns.py`.
    Act.READ_CONCERNS: frozenset({Who.OWN_PARTNER, Who.REVIEWER, Who.COORDINATOR}),
    Act.DECIDE_CONCERNS: frozenset({Who.REVIEWER}),
    # The monitoring group makes an action of a concern that it decides: see `charter/actions/held.py`.
    Act.KEEP_ACTIONS: _RUNS | {Who.OWN_PARTNER},
    # Grants and the charity register. Measurements ask for `REPORT_OUTCOMES`, indicator by indicator.
    Act.BRING_FILES: _RUNS,
    # Whoever has an account may arrange slides of their own; whose a deck is, the verbs ask.
    Act.ARRANGE_DECKS: frozenset({Who.PARTNER, Who.REVIEWER, Who.COORDINATOR, Who.ADMINISTRATOR}),
    # To have the server work for a minute. Whoever reads releases may have the pack that is made.
    Act.MAKE_PACKS: _RUNS,
    # An organisation's own look for slides.
    Act.KEEP_TEMPLATES: _RUNS,
}


@dataclass(frozen=True)
class Grant:
    """A role that an account holds, for one organisation or for none."""

    role: Role
    organisation_id: int | None = None


@dataclass(frozen=True)
class Invited:
    """What an invitation link reaches: one organisation's form in one period, and nothing else."""

    link_id: int
    organisation_id: int
    period_id: int


@dataclass(frozen=True)
class Viewer:
    """Who is asking.

    Attributes:
        account_id: the account that is signed in, or None.
        name: the account's name, for the screen.
        grants: what the account may do, as it stands in the store now.
        invited: what an invitation link opened, or None.
        session_id: the session in the store that this viewer came by, or None.
        address: the network address that the request came from, or empty.
        operator: whether this is the command line on the server itself.
        ended: whether there was a session that has ended since.
    """

    account_id: int | None = None
    name: str = ""
    grants: frozenset[Grant] = frozenset()
    invited: Invited | None = None
    session_id: int | None = None
    address: str = ""
    operator: bool = False
    ended: bool = False

    def organisations(self) -> frozenset[int]:
        """Give the organisations that this viewer is a partner of."""
        partners = (grant.organisation_id for grant in self.grants if grant.role is Role.PARTNER)
        return frozenset(organisation_id for organisation_id in partners if organisation_id is not None)


PUBLIC = Viewer()
OPERATOR = Viewer(operator=True, name="operator")


def standings(viewer: Viewer, *, organisation_id: int | None = None, period_id: int | None = None) -> frozenset[Who]:
    """Give everything that a viewer is, towards one organisation (and period) or towards none."""
    found = {Who.ANYONE}
    found.update(Who(grant.role.value) for grant in viewer.grants)
    if organisation_id is not None:
        if organisation_id in viewer.organisations():
            found.add(Who.OWN_PARTNER)
        link = viewer.invited
        if link is not None and link.organisation_id == organisation_id and link.period_id == period_id:
            found.add(Who.OWN_LINK)
    if viewer.operator:
        found.add(Who.OPERATOR)
    return frozenset(found)


def may(viewer: Viewer, act: Act, *, organisation_id: int | None = None, period_id: int | None = None) -> bool:
    """Tell whether a viewer may do something, to one organisation (in a period) or in general."""
    return bool(ALLOWED[act] & standings(viewer, organisation_id=organisation_id, period_id=period_id))


def require(viewer: Viewer, act: Act, *, organisation_id: int | None = None, period_id: int | None = None) -> None:
    """Refuse unless the viewer may do this.

    Raises:
        SignedOutError: the viewer's session has ended; signing in may help.
        NotAllowedError: the viewer may not do this.
    """
    if may(viewer, act, organisation_id=organisation_id, period_id=period_id):
        return
    if viewer.ended:
        raise SignedOutError("Your session has ended. Please sign in again. What you saved is safe.")
    raise NotAllowedError("This is not open to you. Nothing was changed.")
