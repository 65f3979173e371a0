"""Taking made-up outcomes away: indicators, actions, concerns, evidence, and what made-up files brought."""

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.models import (
    Action,
    ActionEvidence,
    ActionOwner,
    ActionSource,
    AwardedGrant,
    Champion,
    Commentary,
    Concern,
    ConcernReply,
    ConcernStep,
    DefinitionSheet,
    Evidence,
    EvidenceFile,
    EvidenceTag,
    ExpectedValue,
    FileImport,
    ImportedChange,
    ImportFinding,
    Indicator,
    IndicatorBreak,
    IndicatorCommitment,
    IndicatorStory,
    Mail,
    Measurement,
    MeasurementEvidence,
    Organisation,
    Recommendation,
    RegisterEntry,
    ReplacedAction,
    ReplacedMeasurement,
    Target,
)
from db.types import MailKind

# Their rows say who wrote them; what stays forgets a made-up account.
SAY_BY_WHOM: tuple[type[SQLModel], ...] = (
    Measurement,
    ReplacedMeasurement,
    ReplacedAction,
    Concern,
    ConcernReply,
    ConcernStep,
    FileImport,
)
_OF_AN_INDICATOR: tuple[type[SQLModel], ...] = (
    Measurement,
    DefinitionSheet,
    ExpectedValue,
    IndicatorBreak,
    IndicatorCommitment,
    IndicatorStory,
    Target,
    ActionSource,
)


def remove_outcomes(session: Session, organisations: sa.SelectBase) -> None:
    """Remove all that is made up, or is a made-up organisation's. Promises and answers must be gone already.

    Args:
        session: a writing session.
        organisations: the query for the keys of the made-up organisations.
    """
    _remove_actions(session, organisations)
    _remove_concerns(session, organisations)
    _remove_indicators(session, organisations)
    _remove_evidence(session, organisations)
    _remove_imports(session, organisations)


def _remove_actions(session: Session, organisations: sa.SelectBase) -> None:
    actions = select(Action.id).where(col(Action.made_up) | col(Action.organisation_id).in_(organisations))
    recommendations = select(Recommendation.id).where(Recommendation.made_up)
    _delete(session, actions, "action_id", ActionEvidence, ActionOwner, ActionSource, ReplacedAction)
    _delete(session, organisations, "organisation_id", ActionOwner)
    _delete(session, recommendations, "recommendation_id", ActionSource)
    _delete(session, actions, "id", Action)
    _delete(session, recommendations, "id", Recommendation)


def _remove_concerns(session: Session, organisations: sa.SelectBase) -> None:
    either = col(Concern.raised_by_id).in_(organisations) | col(Concern.about_id).in_(organisations)
    concerns = select(Concern.id).where(either)
    _delete(session, concerns, "concern_id", ActionSource, ConcernReply, ConcernStep)
    _delete(session, concerns, "id", Concern)
    # A letter to whoever has no account hangs on nothing but its address.
    champions = select(sa.func.lower(Champion.email)).where(col(Champion.organisation_id).in_(organisations))
    own = select(sa.func.lower(Organisation.email)).where(col(Organisation.id).in_(organisations))
    address = sa.func.lower(col(Mail.address))
    to_them = address.in_(champions) | address.in_(own)
    session.execute(sa.delete(Mail).where(col(Mail.kind) == MailKind.CONCERN, to_them))


def _remove_indicators(session: Session, organisations: sa.SelectBase) -> None:
    indicators = select(Indicator.id).where(col(Indicator.made_up) | col(Indicator.organisation_id).in_(organisations))
    measurements = select(Measurement.id).where(col(Measurement.indicator_id).in_(indicators))
    _delete(session, measurements, "measurement_id", MeasurementEvidence, Commentary, ReplacedMeasurement)
    _delete(session, indicators, "indicator_id", *_OF_AN_INDICATOR)
    _delete(session, indicators, "id", Indicator)


def _remove_evidence(session: Session, organisations: sa.SelectBase) -> None:
    evidence = select(Evidence.id).where(col(Evidence.organisation_id).in_(organisations))
    _delete(session, evidence, "evidence_id", MeasurementEvidence, ActionEvidence, EvidenceFile, EvidenceTag)
    _delete(session, evidence, "id", Evidence)


def _remove_imports(session: Session, organisations: sa.SelectBase) -> None:
    imports = select(FileImport.id).where(FileImport.made_up)
    _delete(session, organisations, "organisation_id", AwardedGrant, RegisterEntry)
    _delete(session, imports, "file_import_id", AwardedGrant, RegisterEntry)
    for table in (Measurement, ReplacedMeasurement):
        session.execute(sa.update(table).where(col(table.file_import_id).in_(imports)).values(file_import_id=None))
    _delete(session, imports, "file_import_id", ImportFinding, ImportedChange)
    _delete(session, imports, "id", FileImport)


def _delete(session: Session, keys: sa.SelectBase, column: str, *tables: type[SQLModel]) -> None:
    for table in tables:
        session.execute(sa.delete(table).where(sa.column(column).in_(keys)))
