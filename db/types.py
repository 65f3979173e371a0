"""The vocabulary of the store: every closed list of words that a row may hold.

Stored values are lower-case snake words, and they never change once a store has used them. What a
person reads on the screen is written elsewhere (`charter/words.py`).
"""

from enum import StrEnum

from db.outcome_types import ActionStatus as ActionStatus
from db.outcome_types import BreakKind as BreakKind
from db.outcome_types import Characteristic as Characteristic
from db.outcome_types import ConcernState as ConcernState
from db.outcome_types import EvidenceKind as EvidenceKind
from db.outcome_types import EvidenceSeenBy as EvidenceSeenBy
from db.outcome_types import Finality as Finality
from db.outcome_types import Frequency as Frequency
from db.outcome_types import ImportKind as ImportKind
from db.outcome_types import IndicatorKind as IndicatorKind
from db.outcome_types import PerformanceKind as PerformanceKind
from db.outcome_types import Polarity as Polarity
from db.outcome_types import Qualifier as Qualifier
from db.outcome_types import RecordKind as RecordKind
from db.outcome_types import StoryKind as StoryKind
from db.outcome_types import UnitKind as UnitKind
from db.report_types import ReleaseTextKind as ReleaseTextKind
from db.report_types import SlideKey as SlideKey


class CharterState(StrEnum):
    """Whether a charter's own wording is held, so that it can be assessed."""

    ASSESSED = "assessed"
    RECORD_ONLY = "record_only"


class OwedBy(StrEnum):
    """Who owes a commitment."""

    NAMED_BODIES = "named_bodies"
    ALL_PUBLIC_BODIES = "all_public_bodies"
    VCFSE = "vcfse"
    ALL_PARTNERS = "all_partners"


class Continuity(StrEnum):
    """Whether a commitment is kept up for good, or is done once and then over."""

    STANDING = "standing"
    ONE_OFF = "one_off"


class Meaning(StrEnum):
    """What a new version of a commitment did to its meaning. Only the same meaning is compared."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"


class StatementKind(StrEnum):
    """Parts of a source that are shown beside the commitments and never scored."""

    EQUALITY_COMMITMENT = "equality_commitment"
    EQUALITY_OUTCOME = "equality_outcome"
    ACHIEVEMENT = "achievement"
    CONTENT = "content"


class Side(StrEnum):
    """The two sides of a charter. On the screen: public bodies, and groups."""

    PUBLIC = "public"
    VCFSE = "vcfse"


class Measure(StrEnum):
    """What an answer rates: one's own practice, or one's experience of the other side's."""

    PRACTICE = "practice"
    EXPERIENCE = "experience"


class NoLevel(StrEnum):
    """An answer that is not a level."""

    DOES_NOT_APPLY = "does_not_apply"
    DONT_KNOW = "dont_know"


class OrganisationKind(StrEnum):
    """What an organisation is."""

    COUNCIL = "council"
    NHS = "nhs"
    POLICE = "police"
    OTHER_PUBLIC = "other_public"
    VOLUNTARY = "voluntary"
    INFRASTRUCTURE = "infrastructure"
    COMMUNITY = "community"
    FAITH = "faith"
    SOCIAL_ENTERPRISE = "social_enterprise"
    BOARD = "board"


PUBLIC_KINDS = frozenset(
    {OrganisationKind.COUNCIL, OrganisationKind.NHS, OrganisationKind.POLICE, OrganisationKind.OTHER_PUBLIC}
)
VCFSE_KINDS = frozenset(
    {
        OrganisationKind.VOLUNTARY,
        OrganisationKind.INFRASTRUCTURE,
        OrganisationKind.COMMUNITY,
        OrganisationKind.FAITH,
        OrganisationKind.SOCIAL_ENTERPRISE,
    }
)


class IncomeBand(StrEnum):
    """A group's yearly income."""

    UNDER_10K = "under_10k"
    FROM_10K_TO_100K = "from_10k_to_100k"
    OVER_100K = "over_100k"
    NOT_KNOWN = "not_known"


class Breakdown(StrEnum):
    """The one-way breakdowns. `whole` is the sector as one; by ward only the response is shown."""

    WHOLE = "whole"
    KIND = "kind"
    INCOME = "income"
    WARD = "ward"


class PeriodState(StrEnum):
    """Where a period of the annual review stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class SelfAssessmentState(StrEnum):
    """Where a self-assessment stands. A group's ends at submitted, a public body's at reviewed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"


class Influence(StrEnum):
    """The overall question: how statutory bodies influence the organisation's success."""

    VERY_POSITIVE = "very_positive"
    POSITIVE = "positive"
    NEITHER = "neither"
    NEGATIVE = "negative"
    VERY_NEGATIVE = "very_negative"


class Contact(StrEnum):
    """How much contact there is between the organisation and the statutory bodies."""

    GREAT_DEAL = "great_deal"
    FAIR_AMOUNT = "fair_amount"
    A_LITTLE = "a_little"
    NONE = "none"


class EngagementLevel(StrEnum):
    """The Compact's five levels of engagement, from the lowest to the highest."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    DELIBERATION = "deliberation"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"


class Role(StrEnum):
    """What an account may be granted."""

    PARTNER = "partner"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class JobState(StrEnum):
    """Where a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Scope(StrEnum):
    """What a published figure speaks of."""

    COMMITMENT = "commitment"
    THEME = "theme"


class Question(StrEnum):
    """The questions after the core whose answers are published as shares."""

    INFLUENCE = "influence"
    CONTACT = "contact"
    ENGAGEMENT_LEVEL = "engagement_level"


class Agreement(StrEnum):
    """What the two sides' ratings of one promise say together."""

    AGREE_GOOD = "agree_good"
    AGREE_POOR = "agree_poor"
    DISAGREE = "disagree"
    MIXED = "mixed"


class Direction(StrEnum):
    """The one word for a change between two periods."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no_clear_change"
    CANNOT_BE_COMPARED = "cannot_be_compared"
    FEW_ANSWERS = "few_answers"


class Withheld(StrEnum):
    """Why a figure is not shown. Disclosure reasons print as [c], the others in words."""

    NO_DATA = "no_data"
    FEW_OR_UNIFORM = "few_or_uniform"
    PROTECTS_ANOTHER = "protects_another"
    TOO_FEW_COMMITMENTS = "too_few_commitments"


class GapKind(StrEnum):
    """A perception gap sets practice against experience; a difference sets practice against practice."""

    PERCEPTION_GAP = "perception_gap"
    DIFFERENCE_BETWEEN_SIDES = "difference_between_sides"


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class MailKind(StrEnum):
    """Why an e-mail was sent."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    NEW_LINK = "new_link"
    SET_PASSWORD = "set_password"  # noqa: S105 - a word for a kind of message
    PREVIEW = "preview"
    CONCERN = "concern"


class MailState(StrEnum):
    """What became of an e-mail. Waiting is also one whose sending was broken off: it is never sent twice."""

    WAITING = "waiting"
    SENT = "sent"
    WRITTEN = "written"
    FAILED = "failed"
    BOUNCED = "bounced"


class AssistedHow(StrEnum):
    """How a group gave the answers that somebody typed in for it."""

    TELEPHONE = "telephone"
    LETTER = "letter"
    IN_PERSON = "in_person"


class ReviewDecision(StrEnum):
    """What the monitoring group decided about a public body's practice."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
