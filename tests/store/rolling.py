"""Earlier periods in which an organisation answered, and this year's answers beside them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, select

from charter.answers import save_level, save_no_change
from charter.forms import Form, read_form
from charter.rollover import Before
from charter.rules.access import Viewer
from db.engine import Store
from db.models import Answer, AskedCommitment, CommitmentVersion, Period, SelfAssessment
from db.types import Meaning, Measure, NoLevel, PeriodState, SelfAssessmentState
from tests import factories
from tests.store.asked_forms import AskedForm

Choice = int | NoLevel
SENT, REVIEWED = SelfAssessmentState.SUBMITTED, SelfAssessmentState.REVIEWED


def earlier(
    store: Store,
    form: AskedForm,
    answers: Mapping[int, Choice],
    *,
    years: int = 1,
    organisation_id: int | None = None,
    state: SelfAssessmentState = SENT,
    measure: Measure = Measure.EXPERIENCE,
    asked: tuple[int, ...] | None = None,
    period_state: PeriodState = PeriodState.PUBLISHED,
    made_up: bool = False,
) -> int:
    """Add a period some years before, in which an organisation gave answers, by version; and give its key."""
    with store.writing() as session:
        now = session.get_one(Period, form.period_id)
        period = factories.period(
            session,
            title=f"Review {years} before",
            charter_id=now.charter_id,
            state=period_state,
            opens_on=now.opens_on - timedelta(days=365 * years),
            closes_on=now.closes_on - timedelta(days=365 * years),
            made_up=made_up,
        )
        for version in asked or (*form.core, form.more):
            factories.asked(session, period_id=period, version_id=version)
        whose = organisation_id or form.group_id
        factories.invitation(session, period_id=period, organisation_id=whose)
        row = factories.self_assessment(session, period_id=period, organisation_id=whose, state=state)
        for version, choice in answers.items():
            factories.answer(
                session,
                self_assessment_id=row,
                version_id=version,
                measure=measure,
                level=None if isinstance(choice, NoLevel) else choice,
                no_level=choice if isinstance(choice, NoLevel) else None,
            )
    return period


def new_version(store: Store, form: AskedForm, *, meaning: Meaning, **changes: object) -> None:
    """Let this year's period ask a second version of the first commitment."""
    with store.writing() as session:
        old = session.get_one(CommitmentVersion, form.core[0])
        values = old.model_dump(exclude={"id"}) | {"number": 2, "meaning": meaning} | changes
        version = factories.add(session, CommitmentVersion, values)
        asked = session.exec(
            select(AskedCommitment).where(
                AskedCommitment.period_id == form.period_id, AskedCommitment.commitment_version_id == old.id
            )
        ).one()
        asked.commitment_version_id = version


def read(store: Store, form: AskedForm, organisation_id: int | None = None) -> Form:
    whose = form.whose(organisation_id)
    with store.reading() as session:
        return read_form(session, viewer=form.partner_of(whose["organisation_id"]), **whose)


def before(store: Store, form: AskedForm, organisation_id: int | None = None) -> list[Before]:
    """Give what stood before beside each question, in their order."""
    found = read(store, form, organisation_id)
    return [found.before(question) for question in found.questions]


def no_change(store: Store, form: AskedForm, *, seen: int = 0, place: int = 0, viewer: Viewer | None = None) -> int:
    with store.writing() as session:
        return save_no_change(
            session,
            viewer=viewer or form.partner,
            version_id=(*form.core, form.more)[place],
            seen_revision=seen,
            **form.whose(),
        ).revision


def choose(store: Store, form: AskedForm, choice: Choice, *, seen: int) -> int:
    with store.writing() as session:
        return save_level(
            session, viewer=form.partner, version_id=form.core[0], choice=choice, seen_revision=seen, **form.whose()
        ).revision


def stored(store: Store, form: AskedForm) -> list[tuple[int | None, NoLevel | None, bool, int]]:
    """Read the group's answers of this year: level, reason for none, mark, revision."""
    statement = (
        select(Answer)
        .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
        .where(SelfAssessment.period_id == form.period_id)
        .order_by(col(Answer.commitment_version_id))
    )
    with store.reading() as session:
        return [(row.level, row.no_level, row.carried_over, row.revision) for row in session.exec(statement)]
