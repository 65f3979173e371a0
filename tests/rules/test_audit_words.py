"""What an entry of the audit log reads like."""

import pytest

from charter.audit_words import act_words, detail_words, subject_words


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"state": ["open", "closed"]}, "state: open → closed"),
        ({"state": ["draft", "with_champion"]}, "state: draft → with champion"),
        ({"value": [None, "227800.0000"]}, "value: none → 227,800"),
        ({"value": ["0.5000", "-1234.5600"]}, "value: 0.5 → -1,234.56"),
        ({"period": "2025-01-01 to 2025-12-31"}, "period: 1 January 2025 to 31 December 2025"),
        (
            {"disabled_at": [None, "2026-11-22 18:02:11.123456+00:00"]},
            "disabled at: none → 22 November 2026, 18:02",
        ),
        ({"roles": [["partner A", "partner B"], ["partner A"]]}, "roles: partner A, partner B → partner A"),
        ({"promises": ["ENG-DIA-1", "ENG-DIA-2"]}, "promises: ENG-DIA-1, ENG-DIA-2"),
        ({"locked": True, "rows": {"self_assessment": 2}}, "locked: yes; rows: self assessment 2"),
        ({"to": {"name": "Old Town", "ends_on": ["2026-05-01", None]}}, "to: name Old Town, ends on 1 May 2026 → none"),
        ({"sha256": "4995", "door": "password"}, "signed in by: password; fingerprint of the file: 4995"),
    ],
)
def test_a_detail_is_said_in_words(detail: dict[str, object], said: str) -> None:
    assert detail_words(detail) == said


@pytest.mark.parametrize(
    "typed", ["food_bank", "2025-99-99", "2025-13-01 10:00:00+00:00", "version 1.1000", "1.10", "=1+1"]
)
def test_what_somebody_typed_stays_as_it_is(typed: str) -> None:
    assert detail_words({"name": [typed, typed]}) == f"name: {typed} → {typed}"


def test_an_act_and_its_subject_are_said_in_words() -> None:
    assert act_words("self_assessment_returned") == "Self assessment returned"
    assert subject_words("self_assessment SA-1") == "answers SA-1"
    assert subject_words("evidence 15") == "evidence EV-15"
    assert subject_words("account 7", named="Ana") == "account 7: Ana"
    assert subject_words("audit log") == "audit log"
    assert subject_words("self_assessments 3") == "self assessments 3"
