"""The self-assessment's page under test: opening it as somebody, using it, and reading what was stored."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.answers import save_comment, save_level
from charter.sessions import start_account_session, start_link_session
from charter.store import reading, writing
from charter.submissions import submit
from db.models import Account, Answer, Invitation, Level, Period, SelfAssessment
from db.types import NoLevel, PeriodState, Role, SelfAssessmentState
from tests import factories
from tests.screens.site_under_test import opened_at, standing_at
from tests.store.asked_forms import AskedForm, ask_in

SITE = str(Path(__file__).parents[2] / "pages" / "site.py")
PAGE = "partner/self_assessment.py"


def ask_with_scale(session: Session) -> AskedForm:
    """Make the small period of the store's tests, with the scale."""
    made = ask_in(session)
    for value, label in enumerate(("not at all", "a little", "partly", "mostly", "fully")):
        factories.add(session, Level, {"value": value, "label": label, "description": "What it means."})
    return made


def signed_in(form: AskedForm, organisation_id: int | None = None, *, role: Role = Role.PARTNER) -> int:
    """Begin a session of an account that holds one role, and give its number."""
    with writing() as session:
        account_id = factories.account(session)
        partner = (organisation_id or form.group_id) if role is Role.PARTNER else None
        factories.grant(session, account_id=account_id, role=role, organisation_id=partner)
        return start_account_session(session, account_id=account_id).session_id


def by_link(form: AskedForm) -> int:
    """Begin a session of the group's link, and give its number."""
    with writing() as session:
        own = (Invitation.organisation_id == form.group_id, Invitation.period_id == form.period_id)
        invitation = session.exec(select(Invitation).where(*own)).one()
        link = factories.invitation_link(session, invitation_id=invitation.id)
        return start_link_session(session, link_id=link, until=clock.now() + timedelta(days=1)).session_id


def opened(session_id: int | None, **query: str) -> AppTest:
    """Open the page as the session's person, at an address."""
    return opened_at(PAGE, query, session_id=session_id)


def found_again(site: AppTest, session_id: int, step: str) -> AppTest:
    """Give what a page becomes that has found its server again: what its fields hold, in a session that knows nothing.

    A phone that slept does this to its page, and so does a server that is started anew.
    """
    again = standing_at(PAGE, {"step": step}, session_id=session_id)
    again._run(site._tree.get_widget_states())  # noqa: SLF001 - no public way sends another page's fields
    assert not again.exception
    return again


def level_key(form: AskedForm, place: int = 0, organisation_id: int | None = None) -> str:
    version = (*form.core, form.more)[place]
    return f"assessment_level_{organisation_id or form.group_id}_{form.period_id}_{version}"


def comment_key(form: AskedForm, place: int = 0) -> str:
    return level_key(form, place).replace("level", "comment")


def closing_key(form: AskedForm, name: str) -> str:
    return f"assessment_closing_{form.group_id}_{form.period_id}_{name}"


def choose(site: AppTest, key: str, word: str) -> AppTest:
    return site.radio(key=key).set_value(word).run()


def type_comment(site: AppTest, form: AskedForm, words: str) -> AppTest:
    return site.text_area(key=comment_key(form)).set_value(words).run()


def said(site: AppTest) -> str:
    """Give all that the screen says."""
    parts = [*site.title, *site.header, *site.markdown, *site.caption, *site.text, *site.code]
    parts += [*site.error, *site.warning, *site.info, *site.success]
    return "\n".join(str(part.value) for part in parts)


def stored() -> list[tuple[int | None, NoLevel | None, str, bool, int]]:
    """Read every stored answer: level, reason for none, comment, tick, revision."""
    with reading() as session:
        rows = session.exec(select(Answer).order_by(col(Answer.commitment_version_id)))
        return [(row.level, row.no_level, row.comment, row.may_be_quoted, row.revision) for row in rows]


def state() -> SelfAssessmentState:
    with reading() as session:
        return session.exec(select(SelfAssessment)).one().state


def answered_elsewhere(form: AskedForm, level: int, *, seen: int) -> None:
    """Save another level for the group's first question, as another window does."""
    with writing() as session:
        save_level(
            session,
            viewer=form.partner,
            version_id=form.core[0],
            choice=level,
            seen_revision=seen,
            **form.whose(),
        )


def commented_elsewhere(form: AskedForm, words: str, *, seen: int) -> None:
    with writing() as session:
        save_comment(
            session,
            viewer=form.partner,
            version_id=form.core[0],
            comment=words,
            may_be_quoted=False,
            seen_revision=seen,
            **form.whose(),
        )


def close(form: AskedForm) -> None:
    with writing() as session:
        session.get_one(Period, form.period_id).state = PeriodState.CLOSED


def sent(form: AskedForm, organisation_id: int | None = None) -> None:
    """Answer one question and send."""
    whose = form.whose(organisation_id)
    who = form.partner_of(whose["organisation_id"])
    with writing() as session:
        save_level(session, viewer=who, version_id=form.core[0], choice=3, seen_revision=0, **whose)
        submit(session, viewer=who, declared_by="Ana", **whose)


def address(site: AppTest, name: str) -> str:
    """Give what the address holds under a name; under test it is a list where the test itself set it."""
    found = site.query_params[name]
    return found if isinstance(found, str) else found[-1]


def newest_account() -> int:
    """Give the account that was made last."""
    with reading() as session:
        return session.exec(select(Account.id).order_by(col(Account.id).desc())).first() or 0
