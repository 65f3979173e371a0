"""The small period of `tests.store.frozen`, as rows of a store: another borough's charter, its groups and bodies."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from charter.catalogue.loading import load_catalogue
from charter.periods import close_period, open_period
from charter.planning import plan_period
from charter.questions import asked_versions
from charter.rules.access import OPERATOR
from db.models import Commitment, Organisation
from db.types import IncomeBand, Measure, NoLevel, OrganisationKind, SelfAssessmentState
from tests import factories
from tests.charter_files import borough, commitment
from tests.store.frozen import COUNCIL, GROUPS, INFLUENCES, MEASURES, NOT_APPLICABLE, NOT_KNOWN, NOTHING, Said

REFS = {"A-1": "ELM-1", "A-2": "ELM-2", "A-3": "ELM-3", "A-4": "ELM-4", "P-1": "ELM-5", "V-1": "ELM-6"}
SENT = 12  # groups that sent their answers; the next one has a draft, and the last has not started
_NO_LEVEL = {NOT_APPLICABLE: NoLevel.DOES_NOT_APPLY, NOT_KNOWN: NoLevel.DONT_KNOW}


@dataclass(frozen=True)
class Elmford:
    """Who is there: the keys of the groups in their order, and of the two bodies."""

    groups: tuple[int, ...]
    council: int
    health: int


def elmford(session: Session) -> Elmford:
    """Load the charter and add its groups and bodies."""
    promises = [commitment(f"ELM-{number}", position=number) for number in range(1, 5)]
    promises += [
        commitment("ELM-5", position=1, theme="money", strand="grants", owed_by="all_partners"),
        commitment("ELM-6", position=2, theme="money", strand="grants", owed_by="vcfse"),
    ]
    load_catalogue(session, viewer=OPERATOR, file=borough(*promises), name="elmford.toml")
    ward = factories.ward(session, name="Old Town")
    groups = tuple(
        factories.organisation(
            session,
            kind=OrganisationKind.INFRASTRUCTURE if key == 0 else OrganisationKind.VOLUNTARY,
            income_band=IncomeBand.UNDER_10K if key < 7 else IncomeBand.NOT_KNOWN,
            ward_id=ward if key < 5 else None,
        )
        for key in range(len(GROUPS["A-1"]))
    )
    health = factories.organisation(session, name="Elmford NHS", kind=OrganisationKind.NHS)
    first = session.exec(select(Commitment.id).where(Commitment.ref == "ELM-1")).one()
    factories.adoption(session, commitment_id=first, organisation_id=health, adopted_on=date(2024, 1, 1))
    council = session.exec(select(Organisation.id).where(Organisation.ref == "council")).one()
    return Elmford(groups, council or 0, health)


def closed_year(session: Session, where: Elmford, year: int) -> int:
    """Add a year in which everyone answered as the small period says, closed and not published; give its key."""
    plan_period(
        session,
        viewer=OPERATOR,
        ref=str(year),
        title=f"{year} review",
        charter_ref="elmford-2026",
        opens_on=date(year, 3, 1),
        closes_on=date(year, 4, 30),
        list_source="A list",
        list_date=date(year, 3, 1),
        known_sector=20,
    )
    period = open_period(session, viewer=OPERATOR, ref=str(year))
    versions = {version.ref: version.version_id for version in asked_versions(session, period_id=period.id)}
    for place, group in enumerate(where.groups[: SENT + 1]):
        _answer_as_group(session, period.id, group, place, versions)
    answered = {
        where.council: (SelfAssessmentState.REVIEWED, COUNCIL),
        # Sent, but not reviewed: it must not count.
        where.health: (SelfAssessmentState.SUBMITTED, dict[str, Said]({"A-1": 0, "P-1": 0, "V-1": 0})),
    }
    for body, (state, said) in answered.items():
        own = factories.self_assessment(session, period_id=period.id, organisation_id=body, state=state)
        for ref, level in said.items():
            measure = Measure.EXPERIENCE if ref == "V-1" else Measure.PRACTICE
            factories.answer(
                session, self_assessment_id=own, version_id=versions[REFS[ref]], measure=measure, level=int(level)
            )
    close_period(session, viewer=OPERATOR, ref=str(year))
    return period.id


def _answer_as_group(session: Session, period: int, group: int, place: int, versions: dict[str, int]) -> None:
    """Write what a group said; the one with a draft said the most of everything, which must not count."""
    sent = place < SENT
    own = factories.self_assessment(
        session,
        period_id=period,
        organisation_id=group,
        state=SelfAssessmentState.SUBMITTED if sent else SelfAssessmentState.DRAFT,
        influence=INFLUENCES[place] if sent else INFLUENCES[0],
    )
    for ref, answers in GROUPS.items():
        said: Said = answers[place] if sent else 4
        if said != NOTHING:
            factories.answer(
                session,
                self_assessment_id=own,
                version_id=versions[REFS[ref]],
                measure=MEASURES[ref],
                level=said if isinstance(said, int) else None,
                no_level=None if isinstance(said, int) else _NO_LEVEL[said],
            )
