"""One row of every table of outcomes, actions, evidence, concerns and imports: a part of `rows.py`."""

from collections.abc import Callable

from sqlmodel import Session, SQLModel

from db import models
from db.types import Precision
from tests import factories
from tests.factories import add, digest


def indicator(session: Session, **more: object) -> int:
    """Add an indicator of an organisation, and give its id."""
    values = {
        "organisation_id": factories.organisation(session),
        "theme_id": factories.theme(session),
        "ref": f"indicator-{factories.number()}",
    }
    return add(session, models.Indicator, values | more)


def measurement(session: Session) -> int:
    """Add a measurement, and give its id."""
    return add(session, models.Measurement, {"indicator_id": indicator(session)})


def action(session: Session) -> int:
    """Add an action with a date, and give its id."""
    values = {
        "organisation_id": factories.organisation(session),
        "ref": f"AC-{digest()[:8]}",
        "due_on": factories.DAY,
        "due_precision": Precision.DAY,
    }
    return add(session, models.Action, values)


def evidence(session: Session) -> int:
    """Add an item of evidence, and give its id."""
    return add(session, models.Evidence, {"organisation_id": factories.organisation(session)})


def concern(session: Session) -> int:
    """Add a concern of one organisation about another, and give its id."""
    values = {
        "ref": f"CO-{digest()[:8]}",
        "commitment_id": factories.commitment(session).id,
        "raised_by_id": factories.organisation(session),
        "about_id": factories.organisation(session),
    }
    return add(session, models.Concern, values)


def file_import(session: Session) -> int:
    """Add a file that was taken in, and give its id."""
    return add(session, models.FileImport, {"ref": f"IM-{digest()[:8]}", "sha256": digest()})


def _awarded_grant(session: Session) -> int:
    values = {
        "organisation_id": factories.organisation(session),
        "identifier": f"360G-{digest()}",
        "currency": "GBP",
        "file_import_id": file_import(session),
    }
    return add(session, models.AwardedGrant, values)


def _register_entry(session: Session) -> int:
    values = {
        "organisation_id": factories.organisation(session),
        "charity_number": "1000000",
        "file_import_id": file_import(session),
    }
    return add(session, models.RegisterEntry, values)


def _action_owner(session: Session) -> int:
    values = {"action_id": action(session), "organisation_id": factories.organisation(session)}
    return add(session, models.ActionOwner, values)


def _action_source(session: Session) -> int:
    values = {"action_id": action(session), "commitment_id": factories.commitment(session).id}
    return add(session, models.ActionSource, values)


def _recommendation(session: Session) -> int:
    return add(session, models.Recommendation, {"ref": f"scrutiny-{factories.number()}"})


def _evidence_file(session: Session) -> int:
    return add(session, models.EvidenceFile, {"evidence_id": evidence(session), "sha256": digest()})


def _evidence_tag(session: Session) -> int:
    values = {"evidence_id": evidence(session), "commitment_id": factories.commitment(session).id}
    return add(session, models.EvidenceTag, values)


def _measurement_evidence(session: Session) -> int:
    values = {"measurement_id": measurement(session), "evidence_id": evidence(session)}
    return add(session, models.MeasurementEvidence, values)


def _action_evidence(session: Session) -> int:
    values = {"action_id": action(session), "evidence_id": evidence(session)}
    return add(session, models.ActionEvidence, values)


def _concern_reply(session: Session) -> int:
    values = {"concern_id": concern(session), "organisation_id": factories.organisation(session)}
    return add(session, models.ConcernReply, values)


def _indicator_commitment(session: Session) -> int:
    values = {"indicator_id": indicator(session), "commitment_id": factories.commitment(session).id}
    return add(session, models.IndicatorCommitment, values)


def _of(table: type[SQLModel], column: str, parent: Callable[[Session], int]) -> Callable[[Session], int]:
    return lambda session: add(session, table, {column: parent(session)})


OUTCOME_ROWS: dict[str, Callable[[Session], int | str]] = {
    "action": action,
    "action_evidence": _action_evidence,
    "action_owner": _action_owner,
    "action_source": _action_source,
    "awarded_grant": _awarded_grant,
    "commentary": _of(models.Commentary, "measurement_id", measurement),
    "concern": concern,
    "concern_reply": _concern_reply,
    "concern_step": _of(models.ConcernStep, "concern_id", concern),
    "definition_sheet": _of(models.DefinitionSheet, "indicator_id", indicator),
    "evidence": evidence,
    "evidence_file": _evidence_file,
    "evidence_tag": _evidence_tag,
    "expected_value": _of(models.ExpectedValue, "indicator_id", indicator),
    "file_import": file_import,
    "import_finding": _of(models.ImportFinding, "file_import_id", file_import),
    "imported_change": _of(models.ImportedChange, "file_import_id", file_import),
    "indicator": indicator,
    "indicator_break": _of(models.IndicatorBreak, "indicator_id", indicator),
    "indicator_commitment": _indicator_commitment,
    "indicator_story": _of(models.IndicatorStory, "indicator_id", indicator),
    "measurement": measurement,
    "measurement_evidence": _measurement_evidence,
    "recommendation": _recommendation,
    "register_entry": _register_entry,
    "replaced_action": _of(models.ReplacedAction, "action_id", action),
    "replaced_measurement": _of(models.ReplacedMeasurement, "measurement_id", measurement),
    "target": _of(models.Target, "indicator_id", indicator),
}
