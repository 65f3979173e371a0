"""What one commitment must be in itself: who owes it, what is asked of whom, and what a new version says."""

from collections.abc import Iterator, Mapping

from charter.catalogue.findings import Finding, rows, valid
from charter.catalogue.schema import Body, CommitmentEntry, ThemeEntry
from db.types import PUBLIC_KINDS, Continuity, Meaning, OwedBy

#: Everyone is asked the core questions, many on a phone: they are shorter than the others may be.
LONGEST_CORE_QUESTION = 140
#: A version's meaning is said by two people, so that nobody alone decides what is compared with what.
PEOPLE_WHO_SAY = 2

Said = Iterator[tuple[str, str]]


def wrong_promises(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Find what is wrong within single commitments, beyond the shape of their values."""
    bodies = {body.key: body for _, body in valid(raw, "bodies", Body)}
    mistyped = len(bodies) < len(rows(raw, "bodies"))
    scored = {theme.key: theme.scored for _, theme in valid(raw, "themes", ThemeEntry)}
    for index, promise in valid(raw, "commitments", CommitmentEntry):
        found = [
            *([] if mistyped else _owed(promise, bodies)),
            *_asked(promise),
            *_core(promise),
            *_versioned(promise),
            *_read(promise, scored),
        ]
        for field, reason in found:
            yield Finding(("commitments", index, *field.split(".")), reason)


def _owed(promise: CommitmentEntry, bodies: Mapping[str, Body]) -> Said:
    if promise.owed_by is not OwedBy.NAMED_BODIES:
        if promise.bodies:
            yield "bodies", "must be left empty unless named bodies owe this"
        return
    if not promise.bodies:
        yield "bodies", "must name at least one body, because named bodies owe this"
    if len(set(promise.bodies)) < len(promise.bodies):
        yield "bodies", "names a body twice"
    for key in dict.fromkeys(promise.bodies):
        if key not in bodies:
            yield "bodies", f"names {key}, which is not among the bodies of this file"
        elif bodies[key].kind not in PUBLIC_KINDS:
            yield "bodies", f"names {key}, which is not a public body"


def _asked(promise: CommitmentEntry) -> Said:
    has_other_side = promise.owed_by is not OwedBy.ALL_PARTNERS and promise.seen_by_sector
    if has_other_side and promise.experience_question is None:
        yield "experience_question", "is missing; the other side sees this, so it is asked what it saw"
    if not has_other_side and promise.experience_question is not None:
        yield "experience_question", "may not be here; no other side sees this"
    if promise.source.position is None:
        yield "source.position", "is missing; say where in its section the promise stands, counted from 1"


def _core(promise: CommitmentEntry) -> Said:
    if not promise.core:
        return
    if promise.continuity is Continuity.ONE_OFF:
        yield "core", "cannot be true; a promise that is done once is not asked of everyone each year"
    if not promise.seen_by_sector:
        yield "core", "cannot be true; the other side does not see this"
    for field in ("practice_question", "experience_question"):
        if len(getattr(promise, field) or "") > LONGEST_CORE_QUESTION:
            yield field, f"is longer than {LONGEST_CORE_QUESTION} characters, the most that a core question may have"


def _versioned(promise: CommitmentEntry) -> Said:
    first = promise.version == 1
    if first != (promise.meaning is Meaning.FIRST):
        yield "meaning", 'must be "first"' if first else 'must be "same" or "changed" in a later version'
    people = {name.casefold() for name in promise.meaning_said_by}
    if first and people:
        yield "meaning_said_by", "may not be here; a first version has nothing to be compared with"
    if not first and len(people) != PEOPLE_WHO_SAY:
        yield "meaning_said_by", "must name two different people who say what the new version did to the meaning"


def _read(promise: CommitmentEntry, scored: Mapping[str, bool]) -> Said:
    theme = promise.reading.theme_reading
    if theme is not None and not scored.get(theme, theme not in scored):
        yield "reading.theme_reading", "must be one of the scored themes"
    elif theme is not None and scored and theme not in scored:
        yield "reading.theme_reading", "names one that is not among the themes of this file"
    if theme is not None and scored.get(promise.theme):
        yield "reading.theme_reading", "may not be here; this promise is in a scored theme already"
