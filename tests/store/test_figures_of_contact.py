"""The question on contact must not tell how many are in a group whose influence is hidden (rule 9a)."""

from itertools import cycle

import pytest

from charter.figures.counts import question_shares
from db.types import Contact, Influence, Question, Withheld
from tests.store.frozen import organisation, period

SPREAD = [word.value for word in Influence]


def contact_rows(sizes: dict[Contact, int]) -> dict[str, tuple[int | None, Withheld | None]]:
    """Give what is published of the contact question, where groups of these sizes answered with mixed influence."""
    said = [contact.value for contact, size in sizes.items() for _ in range(size)]
    groups = [
        organisation(key, {}, closing={"contact": contact, "influence": influence})
        for key, (contact, influence) in enumerate(zip(said, cycle(SPREAD), strict=False), start=1)
    ]
    return {
        row.option: (row.chose, row.withheld)
        for row in question_shares(period([], groups))
        if row.question is Question.CONTACT
    }


def test_the_size_of_a_hidden_group_and_of_the_one_that_protects_it_is_hidden() -> None:
    rows = contact_rows({Contact.GREAT_DEAL: 12, Contact.FAIR_AMOUNT: 30, Contact.A_LITTLE: 40, Contact.NONE: 4})
    assert rows == {
        "great_deal": (None, Withheld.PROTECTS_ANOTHER),
        "fair_amount": (30, None),
        "a_little": (40, None),
        "none": (None, Withheld.FEW_OR_UNIFORM),
    }


def test_a_group_that_nobody_is_in_hides_nothing() -> None:
    rows = contact_rows({Contact.GREAT_DEAL: 20, Contact.FAIR_AMOUNT: 30, Contact.A_LITTLE: 40})
    assert rows == {
        "great_deal": (20, None),
        "fair_amount": (30, None),
        "a_little": (40, None),
        "none": (0, None),
    }


@pytest.mark.parametrize("silent", [4, 12])
def test_where_the_other_hidden_group_did_not_say_its_contact_no_size_is_told(silent: int) -> None:
    sizes = {Contact.GREAT_DEAL: 20, Contact.FAIR_AMOUNT: 30, Contact.A_LITTLE: 40, Contact.NONE: 8}
    said = [contact.value for contact, size in sizes.items() for _ in range(size)]
    groups = [
        organisation(key, {}, closing={"contact": contact, "influence": influence})
        for key, (contact, influence) in enumerate(zip(said, cycle(SPREAD), strict=False), start=1)
    ]
    groups += [
        organisation(1000 + key, {}, closing={"influence": influence})
        for key, influence in zip(range(silent), cycle(SPREAD), strict=False)
    ]
    rows = [row for row in question_shares(period([], groups)) if row.question is Question.CONTACT]
    hidden = [row.option for row in rows if row.withheld is not None]
    assert "none" in hidden
    assert len(hidden) != 1
    if len(hidden) == len(rows):
        assert [row.answered for row in rows] == [None] * 4
