"""The state changes that are allowed, as tables. Any other is refused."""

from charter.rules.refusals import FieldError, RefusedError
from db.types import ConcernState, PeriodState, SelfAssessmentState, Side

PERIOD_ALLOWED: dict[PeriodState, frozenset[PeriodState]] = {
    PeriodState.PLANNED: frozenset({PeriodState.OPEN}),
    PeriodState.OPEN: frozenset({PeriodState.CLOSED}),
    PeriodState.CLOSED: frozenset({PeriodState.OPEN, PeriodState.PUBLISHED}),
    PeriodState.PUBLISHED: frozenset(),
}

# A group's self-assessment counts when it is submitted: experience is an opinion, and is never returned.
SELF_ASSESSMENT_ALLOWED: dict[Side, dict[SelfAssessmentState, frozenset[SelfAssessmentState]]] = {
    Side.VCFSE: {
        SelfAssessmentState.DRAFT: frozenset({SelfAssessmentState.SUBMITTED}),
        SelfAssessmentState.SUBMITTED: frozenset({SelfAssessmentState.DRAFT}),
    },
    Side.PUBLIC: {
        SelfAssessmentState.DRAFT: frozenset({SelfAssessmentState.SUBMITTED}),
        SelfAssessmentState.SUBMITTED: frozenset({SelfAssessmentState.RETURNED, SelfAssessmentState.REVIEWED}),
        SelfAssessmentState.RETURNED: frozenset({SelfAssessmentState.SUBMITTED}),
        # What was accepted goes back for a correction, with the reasons.
        SelfAssessmentState.REVIEWED: frozenset({SelfAssessmentState.RETURNED}),
    },
}

# The champion of the body comes first. What is settled with the champion never gets to the monitoring group.
CONCERN_ALLOWED: dict[ConcernState, frozenset[ConcernState]] = {
    ConcernState.WITH_CHAMPION: frozenset(
        {ConcernState.WITH_MONITORING_GROUP, ConcernState.AGREED, ConcernState.WITHDRAWN}
    ),
    # An officer may be asked to attend while it stays where it is.
    ConcernState.WITH_MONITORING_GROUP: frozenset(
        {
            ConcernState.WITH_MONITORING_GROUP,
            ConcernState.AGREED,
            ConcernState.NOT_AGREED,
            ConcernState.WITHDRAWN,
        }
    ),
    ConcernState.AGREED: frozenset(),
    ConcernState.NOT_AGREED: frozenset(),
    ConcernState.WITHDRAWN: frozenset(),
}

_COUNTS = {Side.VCFSE: SelfAssessmentState.SUBMITTED, Side.PUBLIC: SelfAssessmentState.REVIEWED}
NAME_LIMIT = 120  # letters in a name
_EDITABLE = frozenset({SelfAssessmentState.DRAFT, SelfAssessmentState.RETURNED})


def move_period(found: PeriodState, wanted: PeriodState) -> None:
    """Refuse a change of a period's state that is not in the table.

    Raises:
        RefusedError: the change is not allowed.
    """
    if wanted is found:
        raise RefusedError(f"The period is {found.value} already: somebody was quicker. Nothing was changed.")
    if wanted not in PERIOD_ALLOWED[found]:
        raise RefusedError(f"The period is {found.value}, so it cannot become {wanted.value}. Nothing was changed.")


def move_self_assessment(side: Side, found: SelfAssessmentState, wanted: SelfAssessmentState) -> None:
    """Refuse a change of a self-assessment's state that is not in the table.

    Raises:
        RefusedError: the change is not allowed.
    """
    if wanted not in SELF_ASSESSMENT_ALLOWED[side].get(found, frozenset()):
        raise RefusedError(
            f"The self-assessment is {found.value}, so it cannot become {wanted.value}. Nothing was changed."
        )


def move_concern(found: ConcernState, wanted: ConcernState) -> None:
    """Refuse a change of a concern's state that is not in the table.

    Raises:
        RefusedError: the change is not allowed.
    """
    if wanted in CONCERN_ALLOWED[found]:
        return
    if not CONCERN_ALLOWED[found]:
        raise RefusedError("This concern is closed: it stays as it is. Nothing was changed.")
    raise RefusedError("The champion of the public body comes first, then the monitoring group. Nothing was changed.")


def counts(side: Side, state: SelfAssessmentState) -> bool:
    """Tell whether a self-assessment's answers count: a group's when submitted, a public body's when reviewed."""
    return state is _COUNTS[side]


def editable(state: SelfAssessmentState) -> bool:
    """Tell whether answers in a self-assessment of this state can be changed."""
    return state in _EDITABLE


def needs_open_period(state: SelfAssessmentState | None) -> bool:
    """Tell whether a self-assessment can be written in only while its period is open: one that was never sent.

    What the monitoring group sent back may be put right later too: it was in time.

    Args:
        state: its state; None where it is not started.
    """
    return state in {None, SelfAssessmentState.DRAFT}


def declaration_name(typed: str) -> str:
    """Give the name under a declaration, without spaces around it.

    Raises:
        FieldError: it is missing, or longer than 120 letters.
    """
    name = " ".join(typed.split())
    if not name:
        raise FieldError("declared_by", "Please type your name, so that we know who answered. Nothing was lost.")
    if len(name) > NAME_LIMIT:
        raise FieldError("declared_by", f"A name can have up to {NAME_LIMIT} letters. Nothing was lost.")
    return name
