"""Who responded, what each public body answered by name, and the shares of the questions after the core."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from charter.figures.inputs import FrozenOrganisation, FrozenPeriod, group_code
from charter.rules.disclosure import suppress_one_way, unsafe
from charter.rules.shares import overall_question, shares
from db.models import ReleaseBodyAnswer, ReleaseResponse, ReleaseShare
from db.types import Breakdown, Contact, EngagementLevel, Influence, Question, Side, Withheld

POSITIVE = "positive_or_very_positive"  # the option under which the overall question's figure stands
_OPTIONS: dict[Question, type[StrEnum]] = {
    Question.INFLUENCE: Influence,
    Question.CONTACT: Contact,
    Question.ENGAGEMENT_LEVEL: EngagementLevel,
}


def responses(period: FrozenPeriod) -> Iterator[ReleaseResponse]:
    """Count who was invited and who submitted: both sides as a whole, and groups by kind, income and ward."""
    yield _response(Side.PUBLIC, Breakdown.WHOLE, "", period.bodies, None)
    yield _response(Side.VCFSE, Breakdown.WHOLE, "", period.groups_side, period.known_sector)
    for breakdown in (Breakdown.KIND, Breakdown.INCOME, Breakdown.WARD):
        codes = sorted({group_code(found, breakdown) for found in period.groups_side})
        for code in codes:
            members = [found for found in period.groups_side if group_code(found, breakdown) == code]
            yield _response(Side.VCFSE, breakdown, code, members, None)


def body_answers(period: FrozenPeriod) -> Iterator[ReleaseBodyAnswer]:
    """Give each public body's answer as it gave it; one that did not answer stands there without one."""
    for body in period.bodies:
        for ref, answer in body.answers.items():
            yield ReleaseBodyAnswer(
                release_id=0,
                ref=ref,
                organisation_id=body.organisation_id,
                name=body.name,
                measure=answer.measure,
                level=answer.level,
                no_level=answer.no_level,
            )


def question_shares(period: FrozenPeriod) -> Iterator[ReleaseShare]:
    """Count each answer to the questions after the core; the overall question also by amount of contact.

    Where a contact group's influence is hidden, how many are in it is hidden too: its n is part of what rule 9a hides.
    """
    counted = [found for found in period.groups_side if found.counted]
    by_contact = {
        contact.value: _counts([found for found in counted if found.contact == contact.value], Question.INFLUENCE)
        for contact in Contact
    }
    rest = _counts([found for found in counted if found.contact is None], Question.INFLUENCE)
    split = {code: list(counts.values()) for code, counts in {**by_contact, "": rest}.items()}
    hidden = suppress_one_way(split, threshold=period.threshold)
    for question in Question:
        counts = _counts(counted, question)
        reason = Withheld.FEW_OR_UNIFORM if unsafe(list(counts.values()), threshold=period.threshold) else None
        reasons: Mapping[str, Withheld | None] = dict.fromkeys(counts, reason)
        if question is Question.CONTACT and reason is None:
            reasons = _reasons_by_contact({code: hidden[code] for code in counts})
        yield from _share_rows(question, "", counts, reasons, invited=len(period.groups_side))
    for code, counts in by_contact.items():
        yield from _share_rows(Question.INFLUENCE, code, counts, dict.fromkeys(counts, hidden[code]), invited=None)


def _reasons_by_contact(hidden: Mapping[str, Withheld | None]) -> Mapping[str, Withheld | None]:
    """Hide how many are in a hidden contact group; where there is only one, all of them, or the rest would tell it.

    A group that nobody is in has nothing to protect.
    """
    reasons = {code: None if reason is Withheld.NO_DATA else reason for code, reason in hidden.items()}
    if sum(reason is not None for reason in reasons.values()) == 1:
        return {code: reason or Withheld.PROTECTS_ANOTHER for code, reason in reasons.items()}
    return reasons


def _response(
    side: Side, breakdown: Breakdown, code: str, members: Sequence[FrozenOrganisation], known: int | None
) -> ReleaseResponse:
    return ReleaseResponse(
        release_id=0,
        side=side,
        breakdown=breakdown,
        group_code=code,
        invited=len(members),
        submitted=sum(found.counted for found in members),
        known=known,
    )


def _counts(counted: Sequence[FrozenOrganisation], question: Question) -> dict[str, int]:
    given = [getattr(found, question.value) for found in counted]
    return {option.value: given.count(option.value) for option in _OPTIONS[question]}


def _share_rows(
    question: Question,
    contact_code: str,
    counts: Mapping[str, int],
    reasons: Mapping[str, Withheld | None],
    *,
    invited: int | None,
) -> Iterator[ReleaseShare]:
    each = shares(counts)
    for option, chose in counts.items():
        reason = reasons[option] or (Withheld.NO_DATA if each is None else None)
        row = ReleaseShare(release_id=0, question=question, contact_code=contact_code, option=option, withheld=reason)
        if reason is None and each is not None:
            row.answered, row.chose, row.share = sum(counts.values()), chose, each[option]
        yield row
    if question is Question.INFLUENCE:
        # The five answers to this question are shown or hidden together.
        yield _positive(counts, contact_code, reason, invited=invited)


def _positive(
    counts: Mapping[str, int], contact_code: str, reason: Withheld | None, *, invited: int | None
) -> ReleaseShare:
    """Give the share of positive answers, the figure that the overall question is asked for."""
    row = ReleaseShare(
        release_id=0,
        question=Question.INFLUENCE,
        contact_code=contact_code,
        option=POSITIVE,
        withheld=reason,
    )
    found = overall_question({Influence(option): chose for option, chose in counts.items()}, invited=invited)
    if reason is None and found is not None:
        row.answered, row.share = found.answered, found.share
        row.low, row.high = found.interval.low, found.interval.high
    return row
