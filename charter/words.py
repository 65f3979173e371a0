"""What a person reads for each word of the vocabulary. Stored words never change; these may."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from charter.rules.disclosure import THRESHOLD
from db.types import (
    ActionStatus,
    Agreement,
    AssistedHow,
    Breakdown,
    CharterState,
    Contact,
    Continuity,
    Direction,
    EngagementLevel,
    IncomeBand,
    Influence,
    Meaning,
    Measure,
    NoLevel,
    OrganisationKind,
    OwedBy,
    PeriodState,
    Question,
    ReleaseTextKind,
    ReviewDecision,
    Role,
    Side,
    StatementKind,
    Withheld,
)

HIDDEN_MARK = "[c]"
MADE_UP_MARK = "(made up)"  # behind the name of what belongs to the demonstration
WARD_NOT_KNOWN = "Ward not known"
FEW_ANSWERS = "few answers, so not put in order"

SIDES: Mapping[Side, str] = MappingProxyType({Side.PUBLIC: "public bodies", Side.VCFSE: "groups"})
MEASURES: Mapping[Measure, str] = MappingProxyType({Measure.PRACTICE: "practice", Measure.EXPERIENCE: "experience"})
LEVELS = ("not at all", "a little", "partly", "mostly", "fully")
NO_LEVELS: Mapping[NoLevel, str] = MappingProxyType(
    {NoLevel.DOES_NOT_APPLY: "does not apply", NoLevel.DONT_KNOW: "don’t know"}
)
KINDS: Mapping[OrganisationKind, str] = MappingProxyType(
    {
        OrganisationKind.COUNCIL: "Council",
        OrganisationKind.NHS: "NHS",
        OrganisationKind.POLICE: "Police",
        OrganisationKind.OTHER_PUBLIC: "Other public body",
        OrganisationKind.VOLUNTARY: "Voluntary groups",
        OrganisationKind.INFRASTRUCTURE: "Groups that support groups",
        OrganisationKind.COMMUNITY: "Community groups",
        OrganisationKind.FAITH: "Faith groups",
        OrganisationKind.SOCIAL_ENTERPRISE: "Social enterprises",
        OrganisationKind.BOARD: "Board or partnership",
    }
)
INCOMES: Mapping[IncomeBand, str] = MappingProxyType(
    {
        IncomeBand.UNDER_10K: "Under £10,000",
        IncomeBand.FROM_10K_TO_100K: "£10,000 to £100,000",
        IncomeBand.OVER_100K: "Over £100,000",
        IncomeBand.NOT_KNOWN: "Income not known",
    }
)
BREAKDOWNS: Mapping[Breakdown, str] = MappingProxyType(
    {
        Breakdown.WHOLE: "All groups",
        Breakdown.KIND: "Kind of group",
        Breakdown.INCOME: "Yearly income",
        Breakdown.WARD: "Ward",
    }
)
WITHHELD: Mapping[Withheld, str] = MappingProxyType(
    {
        Withheld.FEW_OR_UNIFORM: "too few answers, or nearly all alike",
        Withheld.PROTECTS_ANOTHER: "hidden so that another group stays private",
        Withheld.NO_DATA: "no data",
        Withheld.TOO_FEW_COMMITMENTS: "too few of its promises can be shown",
    }
)
# In a correction, of a figure that an earlier release shows (rule 9f of the method).
HELD_BACK = "hidden so that the correction gives no group away"
# A reader could learn from these what a few groups answered, so that they print as [c].
DISCLOSIVE = frozenset({Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER})
AGREEMENTS: Mapping[Agreement, str] = MappingProxyType(
    {
        Agreement.AGREE_GOOD: "Both say that it is kept well",
        Agreement.AGREE_POOR: "Both say that it is kept poorly",
        Agreement.DISAGREE: "They disagree",
        Agreement.MIXED: "Mixed",
    }
)
DIRECTIONS: Mapping[Direction, str] = MappingProxyType(
    {
        Direction.BETTER: "better",
        Direction.WORSE: "worse",
        Direction.NO_CLEAR_CHANGE: "no clear change",
        Direction.CANNOT_BE_COMPARED: "cannot be compared",
        Direction.FEW_ANSWERS: "few answers",
    }
)
OWED_BY: Mapping[OwedBy, str] = MappingProxyType(
    {
        OwedBy.NAMED_BODIES: "the public bodies named here",
        OwedBy.ALL_PUBLIC_BODIES: "all public bodies",
        OwedBy.VCFSE: "all groups",
        OwedBy.ALL_PARTNERS: "all partners: public bodies and groups alike",
    }
)
CONTINUITIES: Mapping[Continuity, str] = MappingProxyType(
    {
        Continuity.STANDING: "kept up for good",
        Continuity.ONE_OFF: "done once, and then over",
    }
)
MEANINGS: Mapping[Meaning, str] = MappingProxyType(
    {
        Meaning.FIRST: "the first wording",
        Meaning.SAME: "new words, same meaning",
        Meaning.CHANGED: "the meaning changed",
    }
)
CHARTER_STATES: Mapping[CharterState, str] = MappingProxyType(
    {
        CharterState.ASSESSED: "its promises are what this review asks about",
        CharterState.RECORD_ONLY: "kept as a record: its promises are not asked about",
    }
)
STATEMENT_KINDS: Mapping[StatementKind, str] = MappingProxyType(
    {
        StatementKind.EQUALITY_COMMITMENT: "Equality Statement",
        StatementKind.EQUALITY_OUTCOME: "What it should lead to",
        StatementKind.ACHIEVEMENT: "What was done already",
        StatementKind.CONTENT: "What is in it",
    }
)
ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.PARTNER: "Answers for an organisation",
        Role.REVIEWER: "Reviews public bodies’ practice",
        Role.COORDINATOR: "Runs the review",
        Role.ADMINISTRATOR: "Looks after accounts and settings",
    }
)
PERIOD_STATES: Mapping[PeriodState, str] = MappingProxyType(
    {
        PeriodState.PLANNED: "planned",
        PeriodState.OPEN: "open for answers",
        PeriodState.CLOSED: "closed",
        PeriodState.PUBLISHED: "published",
    }
)
ASSISTED: Mapping[AssistedHow, str] = MappingProxyType(
    {
        AssistedHow.TELEPHONE: "by telephone",
        AssistedHow.LETTER: "by letter",
        AssistedHow.IN_PERSON: "in person",
    }
)
REVIEW_DECISIONS: Mapping[ReviewDecision, str] = MappingProxyType(
    {
        ReviewDecision.ACCEPTED: "accepted",
        ReviewDecision.RETURNED: "sent back with reasons",
    }
)
# A shape goes with each word, so that nobody has to tell colours apart.
ACTION_STATUSES: Mapping[ActionStatus, str] = MappingProxyType(
    {
        ActionStatus.NOT_STARTED: "○ not started",
        ActionStatus.ON_TRACK: "● on track",
        ActionStatus.OFF_TRACK: "■ off track",
        ActionStatus.DONE: "✓ done",
        ActionStatus.STOPPED: "✕ stopped",
        ActionStatus.NOT_KNOWN: "– not known",
    }
)
TEXT_KINDS: Mapping[ReleaseTextKind, str] = MappingProxyType(
    {
        ReleaseTextKind.WHAT_IT_MEANS: "What it means",
        ReleaseTextKind.DECISIONS_ASKED: "Decisions asked",
        ReleaseTextKind.RIGHT_OF_REPLY: "What public bodies reply",
    }
)
QUESTIONS: Mapping[Question, str] = MappingProxyType(
    {
        Question.INFLUENCE: (
            "Taking everything into account, overall, how do the statutory bodies in your local area influence "
            "your organisation’s success?"
        ),
        Question.CONTACT: "How much contact do you have with the statutory bodies in your local area?",
        Question.ENGAGEMENT_LEVEL: "At what level do public bodies work with you?",
    }
)
# The question is asked in the words of the national survey, so that it can be compared: a hint explains them.
_STATUTORY = "Statutory bodies are public bodies, such as the council, the NHS and the police."
QUESTION_HINTS: Mapping[Question, str] = MappingProxyType(
    {Question.INFLUENCE: _STATUTORY, Question.CONTACT: _STATUTORY}
)
INFLUENCES: Mapping[Influence, str] = MappingProxyType(
    {
        Influence.VERY_POSITIVE: "Very positive",
        Influence.POSITIVE: "Positive",
        Influence.NEITHER: "Neither positive nor negative",
        Influence.NEGATIVE: "Negative",
        Influence.VERY_NEGATIVE: "Very negative",
    }
)
CONTACTS: Mapping[Contact, str] = MappingProxyType(
    {
        Contact.GREAT_DEAL: "A great deal",
        Contact.FAIR_AMOUNT: "A fair amount",
        Contact.A_LITTLE: "A little",
        Contact.NONE: "None",
    }
)
ENGAGEMENT_LEVELS: Mapping[EngagementLevel, str] = MappingProxyType(
    {
        EngagementLevel.INFORMATION: "Information: groups are told",
        EngagementLevel.CONSULTATION: "Consultation: groups are asked",
        EngagementLevel.DELIBERATION: "Deliberation: groups talk it through with them",
        EngagementLevel.COLLABORATION: "Collaboration: they plan it together",
        EngagementLevel.PARTNERSHIP: "Partnership: they decide and act together",
    }
)


def marked(name: str, *, made_up: bool) -> str:
    """Name something, with the mark behind it where it belongs to the demonstration."""
    return f"{name} {MADE_UP_MARK}" if made_up else name


def listed(parts: Sequence[str]) -> str:
    """Join parts as words: "a", "a and b", "a, b and c"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def signed(points: int) -> str:
    """Write a number of points with its sign, a real minus sign among them: "+9", "−3", "0"."""
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"


def level_name(level: EngagementLevel) -> str:
    """Name a level of engagement in one word."""
    return ENGAGEMENT_LEVELS[level].partition(":")[0].lower()


def group_label(breakdown: Breakdown, code: str) -> str:
    """Name a group of a breakdown for the screen.

    Args:
        breakdown: the breakdown.
        code: the group's stored code; for a ward its own name.
    """
    match breakdown:
        case Breakdown.KIND:
            return KINDS[OrganisationKind(code)]
        case Breakdown.INCOME:
            return INCOMES[IncomeBand(code)]
        case Breakdown.WARD:
            return WARD_NOT_KNOWN if code == "not_known" else code
        case Breakdown.WHOLE:
            return BREAKDOWNS[breakdown]


def withheld_words(reason: Withheld, *, held_back: bool = False) -> str:
    """Say why a figure is not shown, with the mark before it where it protects people.

    Args:
        reason: why.
        held_back: whether it is a correction that hides it, as an earlier release shows it.
    """
    said = hidden_words(reason, held_back=held_back)
    return f"{HIDDEN_MARK} {said}" if reason in DISCLOSIVE else said


def hidden_words(reason: Withheld | None, *, held_back: bool = False) -> str:
    """Say why a figure is not shown, inside a sentence. See `withheld_words`."""
    return HELD_BACK if held_back else WITHHELD[reason or Withheld.NO_DATA]


def level_words(level: int | None, no_level: NoLevel | None = None) -> str:
    """Say an answer as it was given: "mostly (3 of 4)", "don’t know", or "did not answer"."""
    if level is not None:
        return f"{LEVELS[level]} ({level} of {len(LEVELS) - 1})"
    return NO_LEVELS[no_level] if no_level is not None else "did not answer"


def hidden_note(threshold: int = THRESHOLD) -> str:
    """Explain the mark [c] in two sentences."""
    return (
        f"{HIDDEN_MARK} means that a figure is hidden. Fewer than {threshold} groups answered, or nearly all gave the "
        "same answer, or it would give away another hidden figure."
    )
