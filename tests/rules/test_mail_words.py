"""What a person reads of e-mails: every word has its own, and no letter says a word that is explained nowhere."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from charter import clock
from charter.mail import wording
from charter.mail.recipients import Why
from charter.mail.wording import CONDITIONS, MAIL_KINDS, WHY, Condition
from db.models import Period
from db.types import MailKind

PERIOD = Period(ref="2026", title="Review 2026", charter_id=1, opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 31))
UNEXPLAINED = ("vcfse", "statutory", "token", "self-assessment", "outbox", "period")


@pytest.mark.parametrize(
    ("vocabulary", "labels"), [(Condition, CONDITIONS), (MailKind, MAIL_KINDS), (Why, WHY)], ids=str
)
def test_every_word_has_its_label_and_no_two_share_one(
    vocabulary: type[StrEnum], labels: Mapping[StrEnum, str]
) -> None:
    assert set(labels) == set(vocabulary)
    assert len(set(labels.values())) == len(labels)


@pytest.mark.usefixtures("settings_env")
def test_letters_are_short_and_in_plain_words(tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    link, stop = "https://charter.example/link/x", "https://charter.example/stop/x"
    letters = [
        wording.invitation(PERIOD, organisation="Grays Gardeners", link=link),
        wording.reminder(PERIOD, organisation="Grays Gardeners", link=link, stop=stop),
        wording.new_link(PERIOD, organisation="Grays Gardeners", link=link),
    ]
    letters += [wording.preview(PERIOD, name="Grays Gardeners", link=link, until=clock.end_of(PERIOD.closes_on))]
    for subject, text in letters:
        assert len(subject) < 70
        assert text.startswith("Hello Grays Gardeners,\n")
        assert link in text.splitlines()
        assert len(text.split()) < 140
        assert not [word for word in UNEXPLAINED if word in text.lower()]
        assert max(len(sentence.split()) for sentence in text.replace("\n\n", ". ").split(". ")) <= 25


@pytest.mark.usefixtures("settings_env")
def test_a_letter_of_the_demonstration_says_that_it_is_made_up() -> None:
    made_up = PERIOD.model_copy(update={"made_up": True})
    _, text = wording.invitation(made_up, organisation="Grays Gardeners", link="https://charter.example/link/x")
    assert text.startswith("This is a demonstration: the review and everything in it are made up.")
