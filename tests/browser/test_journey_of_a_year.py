"""A whole year as everybody in it sees it, in browsers and in letters that a real mail server took.

The coordinator opens a review and invites; groups answer by a link, signed in, and by telephone; the council's answers
are sent back and come again; the rest is reminded; the review closes, is answered back, published and put right. The
site starts from nothing, and everybody else's view of it is looked at on the way. The scores that are published are
worked out in `year_meanwhile`, with nothing of the product's own rules.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from charter import clock
from tests.browser import year_bodies, year_forms, year_meanwhile, year_publishing, year_running
from tests.browser.conftest import PHONE, TABLET, OpenPage
from tests.browser.people import come_back
from tests.browser.watching import Watch
from tests.browser.year_desk import first_password, go, main_words, sign_in, told
from tests.browser.year_letters import letters_after, letters_to, link_in, words_of
from tests.mail_server import MailServerHere, mail_server
from tests.running import RunningSite, running_site

pytestmark = pytest.mark.browser
COUNCIL = "Thurrock Council"
COMMENT = "The gates of our hall were locked."
QUESTION = "Which forum do you mean?"
REPLY = "We mean the forum in May."
EARLY_READER = "Councillor Early"
FIRST_WORDS = "Groups see less of it than public bodies say."
RIGHT_WORDS = "Groups see much less of it than public bodies say."
CORRECTED_BECAUSE = "The first words said too little."
WITH_ADDRESS = ("riverside", "elm", "harbour", "quiet", "sparrow")
NOT_YET = "Nothing is published yet"
FIGURE = re.compile(r"\d+, from \d+ of \d+|\d+\s*/\s*100")


@dataclass
class Year:
    """The site, its letters, and those who stay at their desks: the coordinator, the reviewer, and anybody."""

    site: RunningSite
    server: MailServerHere
    open_page: OpenPage
    coordinator: Page
    reviewer: Page
    anybody: Page


def test_a_year_is_played_from_the_first_invitation_to_the_correction(
    tmp_path: Path, open_page: OpenPage, watch: Watch
) -> None:
    with _year(tmp_path, open_page, watch) as year:
        _nothing_is_public(year, "", "you-said", "gap")
        council = _open_and_invite(year, tmp_path)
        _answer_by_a_link_on_a_phone(year)
        _answer_signed_in(year)
        _answer_by_telephone(year)
        _send_back_and_accept(year, council)
        _remind_the_rest(year)
        _close_with_too_few_and_open_again(year)
        _close_with_many(year)
        _answer_back(year, council)
        _share_early(year)
        _publish(year)
        _put_right(year)
        assert "0 differences" in year.site.command("verify")
    assert watch.hosts() == []


@contextmanager
def _year(folder: Path, open_page: OpenPage, watch: Watch) -> Iterator[Year]:
    with (
        mail_server() as server,
        running_site(
            folder,
            {
                "CHARTER_DEMONSTRATION": "0",
                "CHARTER_SMTP_URL": server.url,
                "CHARTER_MAIL_FROM": "charter@example.org",
                **watch.settings,
            },
        ) as site,
    ):
        yield Year(
            site,
            server,
            open_page,
            coordinator=_coordinator(site, open_page),
            reviewer=_reviewer(site, open_page),
            anybody=open_page(size=TABLET),
        )


def _coordinator(site: RunningSite, open_page: OpenPage) -> Page:
    """Have somebody who runs the site add an account by the command, and its person set a password and sign in."""
    page = open_page(size=TABLET)
    first_password(page, _added(site, "coordinator").split()[-1])
    sign_in(page, site, "coordinator@example.org")
    return page


def _reviewer(site: RunningSite, open_page: OpenPage) -> Page:
    page = open_page(size=TABLET)
    _added(site, "reviewer")
    come_back(page, site, "reviewer@example.org", "review")
    return page


def _added(site: RunningSite, role: str) -> str:
    return site.command("account", "add", f"{role}@example.org", "--role", role, "--name", f"The {role}")


def _nothing_is_public(year: Year, *addresses: str) -> None:
    for address in addresses:
        words = year_publishing.public_page(year.anybody, year.site, address)
        assert NOT_YET in words
        assert not FIGURE.search(words)


def _open_and_invite(year: Year, folder: Path) -> Page:
    page, site = year.coordinator, year.site
    assert page.url.endswith("/this-week")
    file = year_meanwhile.list_of_groups(folder)
    year_running.bring_organisations(page, site, file, number=year_meanwhile.GROUPS)
    year_running.invite_person(page, site, name="Ed", email="ed@example.org", organisation="Elm Street Youth")
    year_running.invite_person(page, site, name="Cora", email="cora@example.org", organisation=COUNCIL)
    year_running.plan_and_open(page, site, closes_on=clock.today() + timedelta(days=10))
    year_running.invite(page, site, number=len(WITH_ADDRESS))
    for name in WITH_ADDRESS:
        letter = letters_to(year.server, f"{name}@example.org", number=1)[0]
        assert [attached.get_content_type() for attached in letter.iter_attachments()] == ["image/png"]
    council = year.open_page(size=TABLET)
    assert link_in(letters_to(year.server, "cora@example.org", number=1)[0], "/sign-in?set=")
    come_back(council, site, "cora@example.org", "")
    return council


def _answer_by_a_link_on_a_phone(year: Year) -> None:
    phone = year.open_page(size=PHONE)
    letter = letters_to(year.server, "riverside@example.org", number=1)[0]
    year_forms.follow_link(phone, link_in(letter, "/link/"), name="Riverside Food Club")
    year_forms.answer(phone, "A little", limit=3)
    year_forms.comment_on_first(phone, COMMENT)
    year_forms.send(phone, person="Rita Riverside")
    assert phone.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0


def _answer_signed_in(year: Year) -> None:
    """Set a password by the link in the letter, sign in, and answer; nothing of the coordinator's is open there."""
    page = year.open_page(size=TABLET)
    first_password(page, link_in(letters_to(year.server, "ed@example.org", number=1)[0], "/sign-in?set="))
    sign_in(page, year.site, "ed@example.org")
    go(page, year.site, "self-assessment")
    year_forms.begin(page)
    year_forms.answer(page, "Fully", limit=1)
    year_forms.send(page, person="Ed Elm")
    go(page, year.site, "responses")
    told(page, "This page is not open to you")


def _answer_by_telephone(year: Year) -> None:
    page, site = year.coordinator, year.site
    year_running.begin_for_a_group(page, site, name="Harbour Elders", person="Harry Harbour")
    year_forms.begin(page)
    year_forms.answer(page, "Mostly", limit=1)
    year_forms.send(page, person="Harry Harbour")
    marked = "Sent .*, by telephone through The coordinator"
    assert re.search(marked, year_running.where_it_stands(page, site, name="Harbour Elders"))


def _send_back_and_accept(year: Year, council: Page) -> None:
    site, reviewer = year.site, year.reviewer
    go(council, site, "self-assessment")
    year_forms.begin(council)
    year_forms.answer(council, "Fully", limit=1)
    first = year_forms.send(council, person="Cora Council")
    year_bodies.open_paper(reviewer, site, body=COUNCIL)
    year_bodies.send_back(reviewer, reason=QUESTION)
    year_bodies.reply_and_change(council, site, reason=QUESTION, reply=REPLY, label="Mostly")
    assert year_forms.send(council, person="Cora Council") == first
    year_bodies.open_paper(reviewer, site, body=COUNCIL)
    told(reviewer, REPLY)
    assert COMMENT not in main_words(reviewer)
    year_bodies.accept(reviewer)


def _remind_the_rest(year: Year) -> None:
    """Run the command twice, on the tenth day before the last."""
    year_meanwhile.weeks_pass(year.site)
    before = len(year.server.taken)
    # The site sends what waits too: of the two e-mails it may have taken one, which is on the way then.
    assert year.site.command("remind").startswith(("Reminders: 2 sent.", "Reminders: 1 sent, 1 on the way."))
    assert year.site.command("remind").startswith("Reminders: none.")
    sent = {str(letter["To"]): letter for letter in letters_after(year.server, before, number=2)}
    assert sorted(sent) == ["quiet@example.org", "sparrow@example.org"]
    reminder = sent["quiet@example.org"]
    assert "you have not sent your answers yet" in words_of(reminder)
    assert link_in(reminder, "/stop/") in str(reminder["List-Unsubscribe"])
    assert link_in(reminder, "/link/") != link_in(year.server.to("quiet@example.org")[0], "/link/")


def _close_with_too_few_and_open_again(year: Year) -> None:
    """Three groups are too few for any figure. Nobody has seen one, so the review may open again."""
    year_running.close(year.coordinator, year.site)
    words = year_publishing.check(year.coordinator, year.site)
    assert f"3 of {year_meanwhile.GROUPS} groups answered" in words
    assert "The answers of the one public body are accepted." in words
    assert "[c] too few answers" in words
    assert not FIGURE.search(words)
    year_running.open_again(year.coordinator, year.site, reason="More groups want to answer.")


def _close_with_many(year: Year) -> None:
    assert year_meanwhile.others_answer(year.site, ending=" Trust") == year_meanwhile.TRUSTS
    year_running.close(year.coordinator, year.site)
    _nothing_is_public(year, "you-said")
    late = year.open_page(size=PHONE)
    late.goto(link_in(year.server.to("quiet@example.org")[-1], "/link/"))
    told(late, "This review is not open for answers")


def _answer_back(year: Year, council: Page) -> None:
    year_bodies.look_at_own_figures(council, year.site)
    year_bodies.reply_to_figures(council, "We hold more forums since May.")
    year_bodies.promise_action(council, theme="Engagement", words="hold forums at night", action="Forums at night")
    year_bodies.promise_without_action(
        council, theme="Empowerment", words="look at it next year", reason="There is no money this year."
    )


def _share_early(year: Year) -> None:
    link = year_publishing.share_early(year.coordinator, year.site, name=EARLY_READER)
    reader = year.open_page(size=TABLET)
    words = year_publishing.open_early(reader, link, name=EARLY_READER)
    assert "These figures are not published yet" in words
    assert FIGURE.search(words)
    assert COMMENT not in words
    _nothing_is_public(year, "")


def _publish(year: Year) -> None:
    site, anybody = year.site, year.anybody
    expected = year_meanwhile.theme_scores(site)
    year_publishing.write_words(year.coordinator, site, meaning=FIRST_WORDS, decisions="Pay for forums at night.")
    year_publishing.publish(year.coordinator, site)
    words = year_publishing.public_page(anybody, site, "")
    assert f"{year_running.TITLE} · published {_today()}" in words
    assert [int(score) for score in re.findall(r"(\d+)\s*/\s*100", words)[:3]] == expected
    assert "Groups give" in words
    assert FIRST_WORDS in words
    said = year_publishing.public_page(anybody, site, "you-said")
    assert f"{COUNCIL} will: hold forums at night" in said
    assert "No action: There is no money this year." in said
    assert "We hold more forums since May." in said
    assert re.search(rf"{EARLY_READER}: .*first looked at on {_today()}", said)
    assert COMMENT not in words + said


def _put_right(year: Year) -> None:
    """Correct the published words: the latest release says why, and the one before stays at its address."""
    site, anybody = year.site, year.anybody
    year_publishing.write_meaning(year.coordinator, site, RIGHT_WORDS)
    assert FIRST_WORDS in year_publishing.public_page(anybody, site, "")
    year_publishing.correct(year.coordinator, site, reason=CORRECTED_BECAUSE)
    latest = year_publishing.public_page(anybody, site, "")
    assert f"published {_today()} · corrected {_today()}" in latest
    assert RIGHT_WORDS in latest
    assert CORRECTED_BECAUSE in latest
    earlier = year_publishing.public_page(anybody, site, f"?release={year_running.PERIOD}.1")
    assert FIRST_WORDS in earlier
    assert f"It was corrected on {_today()} by release {year_running.PERIOD}.2" in earlier


def _today() -> str:
    return clock.day_in_words(clock.today())
