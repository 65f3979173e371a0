"""Frozen periods small enough to be reckoned by hand."""

from collections.abc import Mapping, Sequence

from charter.figures.inputs import FrozenAnswer, FrozenOrganisation, FrozenPeriod
from charter.questions import AskedVersion
from db.types import Contact, EngagementLevel, IncomeBand, Influence, Measure, NoLevel, OrganisationKind, OwedBy, Side

NOT_APPLICABLE, NOT_KNOWN, NOTHING = "a", "d", "-"
Said = int | str  # a level, or one of the three above
_NO_LEVEL = {NOT_APPLICABLE: NoLevel.DOES_NOT_APPLY, NOT_KNOWN: NoLevel.DONT_KNOW, NOTHING: None}


# Fourteen groups. The last two never sent anything.
GROUPS: dict[str, tuple[Said, ...]] = {
    "A-1": (0, 1, 1, 2, 2, 2, 3, 3, 3, 4, NOT_APPLICABLE, NOT_KNOWN, NOTHING, NOTHING),
    "A-2": (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, NOTHING, NOTHING),
    "A-3": (0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, NOTHING, NOTHING, NOTHING),
    "A-4": (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, NOTHING, NOTHING),  # all alike: hidden
    "P-1": (2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 3, 1, NOTHING, NOTHING),
    "V-1": (4, 4, 3, 3, 3, 2, 2, 4, 4, 3, NOTHING, NOTHING, NOTHING, NOTHING),
}
# What groups rate of each: their own practice in the last two.
MEASURES = {ref: Measure.PRACTICE if ref in {"P-1", "V-1"} else Measure.EXPERIENCE for ref in GROUPS}
COUNCIL: dict[str, Said] = {"A-1": 3, "A-2": 2, "A-3": 4, "A-4": 1, "P-1": 4, "V-1": 2}
ADOPTED: dict[str, Said] = dict.fromkeys(("A-1", "P-1", "V-1"), NOTHING)  # asked of the other body, and not answered
INFLUENCES = [
    *[Influence.VERY_POSITIVE] * 2,
    *[Influence.POSITIVE] * 4,
    *[Influence.NEITHER] * 3,
    *[Influence.NEGATIVE] * 2,
    Influence.VERY_NEGATIVE,
]


def version(
    ref: str, *, theme: str = "voice", scored: bool = True, core: bool = True, owed_by: OwedBy = OwedBy.NAMED_BODIES
) -> AskedVersion:
    return AskedVersion(
        version_id=0,
        commitment_id=0,
        ref=ref,
        number=1,
        title=ref,
        summary="A promise.",
        theme_ref=theme,
        theme_title=theme,
        scored=scored,
        strand_ref=theme,
        strand_title=theme,
        owed_by=owed_by,
        seen_by_sector=True,
        core=core,
        practice_question="Did you?",
        experience_question="Did they?",
    )


def answer(said: Said, measure: Measure, *, carried_over: bool = False) -> FrozenAnswer:
    if isinstance(said, int):
        return FrozenAnswer(measure=measure, owes=measure is Measure.PRACTICE, level=said, carried_over=carried_over)
    return FrozenAnswer(measure=measure, owes=measure is Measure.PRACTICE, no_level=_NO_LEVEL[said])


def organisation(
    key: int,
    answers: Mapping[str, FrozenAnswer],
    *,
    side: Side = Side.VCFSE,
    kind: OrganisationKind = OrganisationKind.VOLUNTARY,
    income: IncomeBand = IncomeBand.NOT_KNOWN,
    counted: bool = True,
    name: str = "",
    ward: str = "",
    closing: Mapping[str, str] | None = None,
) -> FrozenOrganisation:
    said = closing or {}
    return FrozenOrganisation(
        organisation_id=key,
        name=name,
        side=side,
        kind=kind,
        income_band=income,
        ward=ward,
        counted=counted,
        answers=answers,
        influence=said.get("influence"),
        contact=said.get("contact"),
        engagement_level=said.get("engagement_level"),
    )


def period(
    versions: Sequence[AskedVersion], organisations: Sequence[FrozenOrganisation], *, known: int | None = None
) -> FrozenPeriod:
    return FrozenPeriod(versions=tuple(versions), organisations=tuple(organisations), threshold=10, known_sector=known)


def sector(
    answers: Mapping[str, Sequence[Said]],
    *,
    measure: Measure = Measure.EXPERIENCE,
    carried: bool = False,
    theme: str = "voice",
) -> FrozenPeriod:
    """Give a period in which groups alone were asked; the place in a list is the group's key."""
    size = max(len(given) for given in answers.values())
    groups = [
        organisation(
            key,
            {ref: answer(given[key], measure, carried_over=carried) for ref, given in answers.items()},
            counted=any(given[key] != NOTHING for given in answers.values()),
        )
        for key in range(size)
    ]
    return period([version(ref, theme=theme) for ref in answers], groups)


def small() -> FrozenPeriod:
    """Give the period of fourteen groups and two bodies."""
    versions = [version(f"A-{number}") for number in range(1, 5)]
    versions += [version("P-1", theme="together", scored=False, owed_by=OwedBy.ALL_PARTNERS)]
    versions += [version("V-1", owed_by=OwedBy.VCFSE)]
    groups = [
        organisation(
            key,
            {ref: answer(said[key], MEASURES[ref]) for ref, said in GROUPS.items()},
            kind=OrganisationKind.INFRASTRUCTURE if key == 0 else OrganisationKind.VOLUNTARY,
            income=IncomeBand.UNDER_10K if key < 7 else IncomeBand.NOT_KNOWN,
            counted=key < 12,
            ward="Old Town" if key < 5 else "",
            closing=closing(key),
        )
        for key in range(14)
    ]
    bodies = [
        organisation(number, rated(said), side=Side.PUBLIC, kind=kind, counted=counted, name=name)
        for number, said, kind, counted, name in (
            (20, COUNCIL, OrganisationKind.COUNCIL, True, "Elmford Council"),
            (21, ADOPTED, OrganisationKind.NHS, False, "Elmford NHS"),
        )
    ]
    return period(versions, [*groups, *bodies], known=20)


def closing(key: int) -> dict[str, str]:
    if key >= 12:
        return {}
    return {
        "influence": INFLUENCES[key].value,
        "contact": list(Contact)[key % 4].value,
        "engagement_level": EngagementLevel.CONSULTATION.value,
    }


def rated(said: dict[str, Said]) -> dict[str, FrozenAnswer]:
    return {ref: answer(level, Measure.EXPERIENCE if ref == "V-1" else Measure.PRACTICE) for ref, level in said.items()}
