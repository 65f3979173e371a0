"""The review's page under test: opening it as somebody, typing reasons, and reading what was stored."""

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from charter.store import reading, store
from db.models import ReturnedAnswer, Review, SelfAssessment
from db.types import ReviewDecision, Role, SelfAssessmentState
from tests.screens.self_assessment_site import signed_in
from tests.screens.site_under_test import opened_at
from tests.store import reviewing
from tests.store.asked_forms import AskedForm

SECRET = "What only our group and the coordinator may read"
NASTY = "<b>*No*</b> [it](https://example.org) :material/lock: $x$"


def opened(session_id: int | None, ref: str = "") -> AppTest:
    """Open the review as the session's person: the queue, or one self-assessment."""
    return opened_at("review/review.py", {"ref": ref} if ref else {}, session_id=session_id)


def reviewer(form: AskedForm) -> int:
    return signed_in(form, role=Role.REVIEWER)


def sent(form: AskedForm, level: int = 3) -> str:
    return reviewing.sent(store(), form, level)


def give_reason(site: AppTest, ref: str, form: AskedForm, words: str, place: int = 0) -> AppTest:
    return site.text_area(key=f"review_reason_{ref}_{form.core[place]}").set_value(words).run()


def decisions() -> list[ReviewDecision]:
    with reading() as session:
        return [row.decision for row in session.exec(select(Review).order_by(col(Review.number)))]


def reasons() -> list[str]:
    with reading() as session:
        return list(session.exec(select(ReturnedAnswer.reason)))


def state(form: AskedForm) -> SelfAssessmentState:
    with reading() as session:
        statement = select(SelfAssessment).where(SelfAssessment.organisation_id == form.council_id)
        return session.exec(statement).one().state
