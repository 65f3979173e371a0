"""Taking the demonstration away: every made-up row goes, and the store remembers that it went."""

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from charter import audit, clock
from charter.demonstration.making import FACT
from charter.demonstration.removing_outcomes import SAY_BY_WHOM, remove_outcomes
from charter.figures.all_figures import FIGURE_TABLES
from charter.rules.access import Act, Viewer, require
from db.models import (
    Account,
    AccountGrant,
    AccountSession,
    Adoption,
    Answer,
    AnswerEvidence,
    AskedCommitment,
    Assistance,
    Champion,
    Deck,
    DeckSlide,
    DirectoryIdentity,
    DraftingPart,
    EarlyAccess,
    Invitation,
    InvitationLink,
    Job,
    LinkRequest,
    Mail,
    Organisation,
    OrganisationMerge,
    PasswordLink,
    Period,
    PeriodChange,
    PeriodText,
    Release,
    ReleaseAnswer,
    ReleaseEarlyAccess,
    ReleaseInput,
    ReleasePack,
    ReleasePromise,
    ReleaseRecord,
    ReleaseText,
    ReturnedAnswer,
    Review,
    SelfAssessment,
    Signatory,
    SignInTicket,
    SlideTemplate,
    StoreFact,
    Ward,
    YouSaid,
)


def remove_demonstration(session: Session, *, viewer: Viewer) -> int:
    """Remove every made-up organisation, period, account and release, with all that hangs on them.

    Returns:
        How many made-up organisations were removed; 0 where there was no demonstration.

    Raises:
        NotAllowedError: the viewer may not keep the demonstration.
    """
    require(viewer, Act.KEEP_DEMONSTRATION)
    organisations = select(Organisation.id).where(Organisation.made_up)
    periods = select(Period.id).where(Period.made_up)
    accounts = select(Account.id).where(Account.made_up)
    removed = len(session.exec(organisations).all())
    _remove_releases(session, periods)
    _remove_answers(session, periods)
    _remove_sign_ins(session, accounts, periods)
    _let_go(session, accounts, organisations)
    _remove_accounts(session, accounts)
    _remove_promises(session, periods)
    remove_outcomes(session, organisations)
    _remove_periods_and_organisations(session, periods, organisations)
    session.execute(sa.delete(Ward).where(col(Ward.made_up)))
    session.merge(StoreFact(name=FACT, value="removed", set_at=clock.now()))
    audit.record(session, viewer, act="demonstration_removed", subject=f"{removed} organisations")
    return removed


def _remove_accounts(session: Session, accounts: sa.SelectBase) -> None:
    for table in (DraftingPart, AccountGrant, PasswordLink, DirectoryIdentity):
        _delete(session, table, "account_id", accounts)
    _delete(session, Account, "id", accounts)


def _remove_promises(session: Session, periods: sa.SelectBase) -> None:
    for table, column, keys in (
        (YouSaid, "period_id", periods),
        (PeriodText, "period_id", periods),
        (Mail, "early_access_id", select(EarlyAccess.id).where(col(EarlyAccess.period_id).in_(periods))),
        (EarlyAccess, "period_id", periods),
    ):
        _delete(session, table, column, keys)


def _remove_periods_and_organisations(session: Session, periods: sa.SelectBase, organisations: sa.SelectBase) -> None:
    for table, column, keys in (
        (DraftingPart, "organisation_id", organisations),
        (Invitation, "period_id", periods),
        (AskedCommitment, "period_id", periods),
        (PeriodChange, "period_id", periods),
        (Period, "id", periods),
        (AccountGrant, "organisation_id", organisations),
        (Signatory, "organisation_id", organisations),
        (Champion, "organisation_id", organisations),
        (OrganisationMerge, "organisation_id", organisations),
        (OrganisationMerge, "into_id", organisations),
        (Adoption, "organisation_id", organisations),
        (Organisation, "id", organisations),
    ):
        _delete(session, table, column, keys)


def _remove_releases(session: Session, periods: sa.SelectBase) -> None:
    releases = select(Release.id).where(col(Release.period_id).in_(periods))
    inputs = select(ReleaseInput.id).where(col(ReleaseInput.release_id).in_(releases))
    for table in FIGURE_TABLES:
        _delete(session, table, "release_id", releases)
    _delete(session, DeckSlide, "deck_id", select(Deck.id).where(col(Deck.release_id).in_(releases)))
    for words in (ReleaseText, ReleasePromise, ReleaseRecord, ReleaseEarlyAccess, ReleasePack, Deck):
        _delete(session, words, "release_id", releases)
    _delete(session, ReleaseAnswer, "release_input_id", inputs)
    _delete(session, ReleaseInput, "release_id", releases)
    # A release points at the one before it, so the pointers go first.
    session.execute(sa.update(Release).where(col(Release.period_id).in_(periods)).values(previous_id=None))
    _delete(session, Release, "period_id", periods)


def _remove_answers(session: Session, periods: sa.SelectBase) -> None:
    assessments = select(SelfAssessment.id).where(col(SelfAssessment.period_id).in_(periods))
    answers = select(Answer.id).where(col(Answer.self_assessment_id).in_(assessments))
    reviews = select(Review.id).where(col(Review.self_assessment_id).in_(assessments))
    _delete(session, ReturnedAnswer, "review_id", reviews)
    _delete(session, Review, "self_assessment_id", assessments)
    _delete(session, AnswerEvidence, "answer_id", answers)
    _delete(session, Assistance, "self_assessment_id", assessments)
    _delete(session, Answer, "self_assessment_id", assessments)
    _delete(session, SelfAssessment, "period_id", periods)


def _remove_sign_ins(session: Session, accounts: sa.SelectBase, periods: sa.SelectBase) -> None:
    invitations = select(Invitation.id).where(col(Invitation.period_id).in_(periods))
    links = select(InvitationLink.id).where(col(InvitationLink.invitation_id).in_(invitations))
    sessions = select(AccountSession.id).where(
        col(AccountSession.account_id).in_(accounts) | col(AccountSession.invitation_link_id).in_(links)
    )
    _delete(session, Mail, "invitation_id", invitations)
    _delete(session, Mail, "account_id", accounts)
    _delete(session, LinkRequest, "period_id", periods)
    _delete(session, SignInTicket, "account_session_id", sessions)
    _delete(session, AccountSession, "account_id", accounts)
    _delete(session, AccountSession, "invitation_link_id", links)
    _delete(session, InvitationLink, "invitation_id", invitations)


def _let_go(session: Session, accounts: sa.SelectBase, organisations: sa.SelectBase) -> None:
    """What stays may point at what goes: at who asked for it, decided on it or typed it in, or at its neighbours."""
    for table in SAY_BY_WHOM:
        session.execute(sa.update(table).where(sa.column("account_id").in_(accounts)).values(account_id=None))
    for one, column, keys in (
        (Job, "account_id", accounts),
        (Review, "account_id", accounts),
        (Assistance, "account_id", accounts),
        (Deck, "account_id", accounts),
        (SlideTemplate, "account_id", accounts),
        (Organisation, "part_of_id", organisations),
        (Organisation, "successor_id", organisations),
        (Organisation, "ward_id", select(Ward.id).where(Ward.made_up)),
        (Signatory, "through_id", organisations),
    ):
        session.execute(sa.update(one).where(sa.column(column).in_(keys)).values({column: None}))


def _delete(session: Session, table: type[SQLModel], column: str, keys: sa.SelectBase) -> None:
    session.execute(sa.delete(table).where(sa.column(column).in_(keys)))
