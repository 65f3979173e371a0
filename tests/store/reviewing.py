"""A council whose answers are reviewed: sending them, deciding, and reading what the store holds then."""

from collections.abc import Mapping

from sqlmodel import col, select

from charter.answers import save_level
from charter.returned import ReturnedFound, reply_to_return, returned_answers
from charter.review_queue import Paper, read_paper
from charter.reviews import Seen, accept, return_answers
from charter.rules.access import Grant, Viewer
from charter.submissions import submit
from db.engine import Store
from db.models import AuditEntry, Period, Review, SelfAssessment
from db.types import PeriodState, ReviewDecision, Role, SelfAssessmentState
from tests.store.asked_forms import AskedForm

WHY = "Please tell us how you know."


def holding(form: AskedForm, *roles: Role, partner_of: int | None = None) -> Viewer:
    """Give somebody who holds roles, and answers for an organisation if one is given."""
    grants = {Grant(role) for role in roles}
    if partner_of is not None:
        grants.add(Grant(Role.PARTNER, partner_of))
    return Viewer(account_id=form.account_id, grants=frozenset(grants))


def reviewer(form: AskedForm) -> Viewer:
    return holding(form, Role.REVIEWER)


def choose(store: Store, form: AskedForm, level: int, *, seen: int = 0, place: int = 0) -> None:
    """Let the council choose a level."""
    with store.writing() as session:
        save_level(
            session,
            viewer=form.partner_of(form.council_id),
            version_id=(*form.core, form.more)[place],
            choice=level,
            seen_revision=seen,
            **form.whose(form.council_id),
        )


def send(store: Store, form: AskedForm) -> str:
    """Let the council send what it has, and give the reference."""
    with store.writing() as session:
        whose = form.whose(form.council_id)
        return submit(session, viewer=form.partner_of(form.council_id), declared_by="Ana", **whose).ref


def sent(store: Store, form: AskedForm, level: int = 3) -> str:
    """Let the council answer one question and send."""
    choose(store, form, level)
    return send(store, form)


def send_with(store: Store, form: AskedForm, *, seen: int) -> str:
    """Let the council choose a level for an answer that it has seen, and send."""
    choose(store, form, 3, seen=seen)
    return send(store, form)


def send_back(
    store: Store, form: AskedForm, ref: str, reasons: Mapping[int, str] | None = None, *, seen: Seen | None = None
) -> None:
    with store.writing() as session:
        given = {form.core[0]: WHY} if reasons is None else reasons
        return_answers(session, viewer=reviewer(form), ref=ref, reasons=given, seen=seen)


def take(store: Store, form: AskedForm, ref: str, *, seen: Seen | None = None) -> None:
    """Accept."""
    with store.writing() as session:
        accept(session, viewer=reviewer(form), ref=ref, seen=seen)


def reply(store: Store, form: AskedForm, words: str, *, version_id: int | None = None) -> None:
    with store.writing() as session:
        reply_to_return(
            session,
            viewer=form.partner_of(form.council_id),
            version_id=version_id or form.core[0],
            reply=words,
            **form.whose(form.council_id),
        )


def paper(store: Store, form: AskedForm, ref: str) -> Paper:
    with store.reading() as session:
        return read_paper(session, viewer=reviewer(form), ref=ref)


def row(store: Store) -> SelfAssessment:
    with store.reading() as session:
        found = session.exec(select(SelfAssessment)).one()
        session.expunge(found)
        return found


def state(store: Store) -> SelfAssessmentState:
    return row(store).state


def returns(store: Store, version_id: int) -> tuple[ReturnedFound, ...]:
    with store.reading() as session:
        return returned_answers(session, assessment_id=row(store).id or 0).get(version_id, ())


def decided(store: Store) -> list[tuple[int, ReviewDecision, int | None]]:
    """Read every decision: its number, what it was, and whose."""
    with store.reading() as session:
        rows = session.exec(select(Review).order_by(col(Review.number)))
        return [(row.number, row.decision, row.account_id) for row in rows]


def acts(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number))))


def set_period(store: Store, form: AskedForm, state: PeriodState) -> None:
    with store.writing() as session:
        session.get_one(Period, form.period_id).state = state
