"""The vocabulary of reported outcomes and actions: a part of `db/types.py`, from which its words are imported."""

from enum import StrEnum


class IndicatorKind(StrEnum):
    """What an indicator speaks of: everybody who lives in the place, or what was done for some of them."""

    POPULATION = "population"
    PERFORMANCE = "performance"


class PerformanceKind(StrEnum):
    """Which of the three questions a performance measure answers."""

    HOW_MUCH = "how_much"
    HOW_WELL = "how_well"
    BETTER_OFF = "better_off"


class Polarity(StrEnum):
    """Which way is better. A figure that is only context has no better way, so it has no status."""

    UP = "up"
    DOWN = "down"
    CONTEXT = "context"


class Frequency(StrEnum):
    """How often an indicator is measured."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    ONCE = "once"


class UnitKind(StrEnum):
    """What sort of number a value is; the unit's own name, such as volunteers, stands beside it."""

    NUMBER = "number"
    PERCENT = "percent"
    POUNDS = "pounds"
    RATIO = "ratio"


class Qualifier(StrEnum):
    """How a source words a figure."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at_least"
    ALMOST = "almost"


class Finality(StrEnum):
    """Whether a figure may still be put right by its source."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class BreakKind(StrEnum):
    """What changed, so that a value is not compared with those before it."""

    DEFINITION = "definition"
    COVERAGE = "coverage"


class StoryKind(StrEnum):
    """Words beside an indicator that turn the curve, and last until they are written anew."""

    BEHIND_IT = "behind_it"
    PARTNERS = "partners"
    WHAT_WORKS = "what_works"
    PROPOSED = "proposed"


class EvidenceKind(StrEnum):
    """What an item of evidence is."""

    REPORT = "report"
    POLICY = "policy"
    PLAN = "plan"
    MINUTES = "minutes"
    SURVEY = "survey"
    STATISTICS = "statistics"
    CASE_STUDY = "case_study"
    EQUALITY_IMPACT_ASSESSMENT = "equality_impact_assessment"
    OTHER = "other"


class EvidenceSeenBy(StrEnum):
    """Who may see an item of evidence beside the organisation that added it."""

    PRIVATE = "private"
    MONITORING_GROUP = "monitoring_group"
    PUBLIC = "public"


class Characteristic(StrEnum):
    """Whom evidence speaks of: the nine protected characteristics, socio-economic status, and groups by name."""

    AGE = "age"
    DISABILITY = "disability"
    GENDER_REASSIGNMENT = "gender_reassignment"
    MARRIAGE_AND_CIVIL_PARTNERSHIP = "marriage_and_civil_partnership"
    PREGNANCY_AND_MATERNITY = "pregnancy_and_maternity"
    RACE = "race"
    RELIGION_OR_BELIEF = "religion_or_belief"
    SEX = "sex"
    SEXUAL_ORIENTATION = "sexual_orientation"
    SOCIO_ECONOMIC_STATUS = "socio_economic_status"
    NAMED_GROUP = "named_group"


class ConcernState(StrEnum):
    """Where a concern stands."""

    WITH_CHAMPION = "with_champion"
    WITH_MONITORING_GROUP = "with_monitoring_group"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    WITHDRAWN = "withdrawn"


class ImportKind(StrEnum):
    """What a file that was taken in holds."""

    GRANTS = "grants"
    REGISTER = "register"
    MEASUREMENTS = "measurements"


class RecordKind(StrEnum):
    """What a record of a release speaks of."""

    INDICATOR = "indicator"
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    CONCERNS = "concerns"


class ActionStatus(StrEnum):
    """Where an action stands."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    DONE = "done"
    STOPPED = "stopped"
    NOT_KNOWN = "not_known"
