"""The short questions after the core: exact rows, one revision for all, and which side is asked which."""

import pytest
from sqlmodel import Session, select

from charter.closing import CHOICES, ClosingAnswer, closing_answer, closing_questions, save_closing
from charter.rules.refusals import EditedElsewhereError, FieldError, NotFoundError
from db.engine import Store
from db.models import SelfAssessment
from db.types import Contact, EngagementLevel, Influence, Question, Side
from tests.store.asked_forms import AskedForm, ask


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def closing(session: Session, form: AskedForm, choice: ClosingAnswer, *, seen: int, body: bool = False) -> int:
    whose = form.whose(form.council_id if body else None)
    question = next(question for question, choices in CHOICES.items() if choice in choices)
    saved = save_closing(
        session,
        viewer=form.partner_of(whose["organisation_id"]),
        question=question,
        choice=choice,
        seen_revision=seen,
        **whose,
    )
    return saved.revision


def test_short_answers_are_saved_one_by_one(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        assert closing(session, form, Influence.POSITIVE, seen=0) == 1
        assert closing(session, form, Contact.A_LITTLE, seen=1) == 2
        assert closing(session, form, EngagementLevel.CONSULTATION, seen=2) == 3
        assert closing(session, form, Contact.A_LITTLE, seen=0) == 3
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        closing(session, form, Contact.NONE, seen=2)
    with store.reading() as session:
        row = session.exec(select(SelfAssessment)).one()
        assert (row.influence, row.contact, row.engagement_level, row.closing_revision) == (
            Influence.POSITIVE,
            Contact.A_LITTLE,
            EngagementLevel.CONSULTATION,
            3,
        )


def test_a_public_body_claims_a_level_of_engagement_and_rates_no_influence(store: Store, form: AskedForm) -> None:
    assert closing_questions(Side.PUBLIC) == (Question.ENGAGEMENT_LEVEL,)
    assert closing_questions(Side.VCFSE) == (Question.INFLUENCE, Question.CONTACT, Question.ENGAGEMENT_LEVEL)
    with store.writing() as session:
        closing(session, form, EngagementLevel.PARTNERSHIP, seen=0, body=True)
    for choice in (Influence.POSITIVE, Contact.NONE):
        with pytest.raises(NotFoundError), store.writing() as session:
            closing(session, form, choice, seen=1, body=True)
    with store.reading() as session:
        row = session.exec(select(SelfAssessment)).one()
        assert (row.influence, row.contact, row.engagement_level) == (None, None, EngagementLevel.PARTNERSHIP)


@pytest.mark.parametrize(("question", "word"), [(Question.INFLUENCE, "a_little"), (Question.CONTACT, "5")])
def test_an_answer_to_another_question_is_refused(question: Question, word: str) -> None:
    with pytest.raises(FieldError):
        closing_answer(question, word)
