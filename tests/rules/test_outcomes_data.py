"""Every figure of the sources with its qualifier, date, coverage and source; the agenda; the actions of 2006."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from charter.catalogue import SHIPPED
from charter.catalogue.reading import read_catalogue
from charter.outcomes_data import INDICATORS, PAST_ACTIONS
from charter.outcomes_data.indicators import shipped_indicators
from charter.outcomes_data.past_actions import shipped_past_actions
from charter.outcomes_data.schema import DatedBy, Measured
from db.types import ActionStatus, Finality, Frequency, IndicatorKind, Polarity, Qualifier, UnitKind
from tests.rules.plain_texts import copied, jargon, reading_age, too_long

FILE, PAST = shipped_indicators(), shipped_past_actions()
ABOUT, OVER, EXACT = Qualifier.ABOUT, Qualifier.OVER, Qualifier.EXACT
AT_LEAST, ALMOST = Qualifier.AT_LEAST, Qualifier.ALMOST
# What is measured, its value as the source words it, when, and the document that states it.
STATED = [
    ("sector-organisations", ABOUT, "350", "2025", "announcement"),
    ("sector-employees", ABOUT, "263", "2025", "announcement"),
    ("sector-volunteers", OVER, "6500", "2025", "announcement"),
    ("sector-income", EXACT, "23000000", "2025", "announcement"),
    ("council-staff-local", ABOUT, "62", "2021", "framework"),
    ("housing-teams-local", AT_LEAST, "50", "2021", "framework"),
    ("housing-supplies-local", AT_LEAST, "60", "2021", "framework"),
    ("housing-apprenticeships", EXACT, "9", "2021", "framework"),
    ("community-environment-fund", OVER, "1250000", "2021", "framework"),
    ("community-environment-places", OVER, "50", "2021", "framework"),
    ("staff-networks", EXACT, "7", "2021", "framework"),
    ("themed-events", EXACT, "2", "2009", "ni7-report"),
    ("volunteers-2005", EXACT, "1425", "2005-10", "compact"),
    ("home-or-family", OVER, "7500", "2001", "compact"),
    ("home-or-family-women", EXACT, "94", "2001", "compact"),
    ("womens-pay", EXACT, "78", "2006-12", "compact"),
    ("health-not-good", ALMOST, "8", "2006-12", "compact"),
    ("unpaid-carers", OVER, "13000", "2006-12", "compact"),
    ("unpaid-carers-share", EXACT, "9.3", "2006-12", "compact"),
    ("unpaid-care-50-hours", EXACT, "2", "2006-12", "compact"),
    ("disabled-women-in-work", EXACT, "47", "2006-12", "compact"),
    ("disabled-men-in-work", EXACT, "53", "2006-12", "compact"),
    ("influence-positive-england", EXACT, "16", "2008", "third-sector-survey-2008"),
    ("formal-volunteering-england", EXACT, "22", "2016-08", "community-life-2016"),
    ("formal-volunteering-england", EXACT, "23", "2019-04", "community-life-2020"),
    ("formal-volunteering-england", EXACT, "17", "2020-04", "community-life-2020"),
    ("formal-volunteering-england", EXACT, "16", "2021-10", "community-life-2021"),
]
ACTIONS: dict[str, list[str | None]] = {
    "starting-up": ["2006-12", "2007-01", "2007-03", "2007-03", "2007-01", None, "2007-06", "2007-11", "2008-11"],
    "consultation": ["2007-01", "2007-04", "2007-05", "2007-07"],
    "partnership": ["2007-04", "2007-07", "2007-10"],
    "resourcing": ["2007-04", "2007-05", "2007-07", "2007-09", "2007-12"],
    "equalities": ["2007-04", "2007-06", "2007-07", "2007-09"],
    "volunteering": ["2007-07", "2007-09", "2008-01"],
    "community-groups": ["2007-05", "2007-07", "2007-10"],
}


def test_every_figure_that_the_sources_state_is_there_as_they_word_it() -> None:
    found = [(f.indicator, f.qualifier, f.value, f.when, f.source.document) for f in FILE.figures]
    assert found == [(key, said, Decimal(value), when, document) for key, said, value, when, document in STATED]


def test_a_figure_says_what_it_covers_and_what_its_source_leaves_open() -> None:
    assert all(figure.coverage and figure.source.section for figure in FILE.figures)
    undated = [figure for figure in FILE.figures if figure.dated_by is DatedBy.DOCUMENT]
    assert len(undated) == 19
    assert [(f.indicator, f.when) for f in undated if f.when != FILE.document(f.source.document).dated] == []
    assert {figure.finality for figure in FILE.figures} == {Finality.FINAL}
    (income,) = FILE.figures_of("sector-income")
    assert income.coverage == "Charities and faith groups only. Other groups are not in it."
    (surveyed,) = FILE.figures_of("volunteers-2005")
    assert (surveyed.replies, surveyed.coverage.startswith("The 57 groups")) == (57, True)


def test_what_covers_different_things_is_not_joined() -> None:
    several = {each.key for each in FILE.indicators if len(FILE.figures_of(each.key)) > 1}
    assert several == {"formal-volunteering-england"}
    assert len({figure.coverage for figure in FILE.figures_of("formal-volunteering-england")}) == 1
    assert {each.frequency for each in FILE.indicators if each.key not in several} == {Frequency.ONCE}
    assert not any(figure.break_kind for figure in FILE.figures)


def test_the_national_figures_are_context_and_say_what_they_rest_on() -> None:
    national = {each.key: each for each in FILE.indicators if each.area == "England"}
    assert list(national) == ["influence-positive-england", "formal-volunteering-england"]
    assert {each.polarity for each in national.values()} == {Polarity.CONTEXT}
    (asked,) = FILE.figures_of("influence-positive-england")
    assert (asked.replies, asked.percent_response) == (48_949, 47)
    rounds = FILE.figures_of("formal-volunteering-england")
    assert [figure.called for figure in rounds] == ["2016/17", "2019/20", "2020/21", "2021/22"]
    # The last round began half a year late; nothing lies between the two before it.
    assert [(figure.starts_on, figure.ends_on) for figure in rounds] == [
        (date(2016, 8, 1), date(2017, 3, 31)),
        (date(2019, 4, 1), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2021, 3, 31)),
        (date(2021, 10, 1), date(2022, 9, 30)),
    ]


def test_no_such_figure_is_known_for_thurrock_so_both_stand_on_the_agenda() -> None:
    wanted = {each.key: each for each in FILE.agenda}
    assert {"influence-positive", "formal-volunteering"} <= set(wanted)
    assert {each.area for each in wanted.values()} == {"Thurrock"}


def test_the_agenda_says_why_where_data_could_come_from_and_what_asks_for_it() -> None:
    assert len(FILE.agenda) == 20
    assert {each.key for each in FILE.agenda} & {each.key for each in FILE.indicators} == set()
    assert all(each.why and each.could_come_from and each.source.section for each in FILE.agenda)
    assert {each.theme for each in FILE.agenda} == {"engagement", "empowerment", "equality"}
    assert {each.kind for each in FILE.agenda} == set(IndicatorKind)
    # The Compact says these three in words and gives no number, so they are wanted and not figures.
    in_words = [each.key for each in FILE.agenda if each.source.section.startswith("Section 4.4")]
    assert in_words == ["early-deaths", "men-seeing-a-doctor", "early-education"]


def test_every_document_is_cited() -> None:
    cited = {figure.source.document for figure in FILE.figures} | {each.source.document for each in FILE.agenda}
    assert cited == {document.key for document in FILE.documents}


def test_a_share_is_measured_in_per_cent_of_something() -> None:
    measured: list[Measured] = [*FILE.indicators, *FILE.agenda]
    assert all(each.unit.startswith("per cent") for each in measured if each.unit_kind is UnitKind.PERCENT)
    assert Counter(each.unit_kind for each in measured)[UnitKind.POUNDS] == 3


def test_the_actions_of_2006_are_counted_dated_and_in_order() -> None:
    assert [(plan.key, plan.count) for plan in PAST.plans] == [(key, len(dates)) for key, dates in ACTIONS.items()]
    assert [plan.count for plan in PAST.plans] == [9, 4, 3, 5, 4, 3, 3]
    assert len(PAST.actions) == 31
    for plan, dates in ACTIONS.items():
        found = [action for action in PAST.actions if action.plan == plan]
        assert [action.by_when for action in found] == dates
        assert [action.position for action in found] == [action.source.position for action in found]
    assert [action.ref for action in PAST.actions if action.ongoing] == ["ACT-SET-6"]


def test_what_became_of_the_actions_is_not_known() -> None:
    assert PAST.history.status is ActionStatus.NOT_KNOWN
    assert PAST.history.charter == read_catalogue(SHIPPED[0]).charter.key
    stated = {content.what: content.count for content in read_catalogue(SHIPPED[0]).charter.contents}
    assert stated["actions"] == len(PAST.actions)


def test_every_action_says_who_and_every_body_has_one() -> None:
    assert {key for action in PAST.actions for key in action.who} == {body.key for body in PAST.bodies}
    assert all(PAST.actors(action) for action in PAST.actions)
    members = next(action for action in PAST.actions if action.ref == "ACT-PAR-2")
    assert PAST.actors(members) == (
        "Shaping Thurrock, the local partnership, with its Programme Boards",
        "Thurrock Council",
        "Thurrock CVS",
    )
    toolkit = next(action for action in PAST.actions if action.ref == "ACT-CON-2")
    assert PAST.actors(toolkit)[1:] == ("Partners",)
    assert [action.ref for action in PAST.actions if not action.who] == ["ACT-SET-1", "ACT-RES-3"]


def test_each_code_ends_with_agreeing_it() -> None:
    last = {action.plan: action.heading for action in PAST.actions}
    assert {plan for plan, heading in last.items() if heading == "Code of practice"} == set(ACTIONS) - {"starting-up"}


def _read_by_people() -> list[tuple[str, str]]:
    measured: list[Measured] = [*FILE.indicators, *FILE.agenda]
    texts = [(each.key, text) for each in measured for text in (each.title, each.definition, each.unit)]
    texts += [(each.indicator, text) for each in FILE.figures for text in (each.coverage, each.source.note or "")]
    texts += [(each.key, each.why) for each in FILE.agenda]
    texts += [(action.ref, text) for action in PAST.actions for text in (action.heading, action.details)]
    return [*texts, ("history", PAST.history.note)]


def test_no_text_for_people_holds_jargon_or_a_long_sentence() -> None:
    texts = _read_by_people()
    assert len(texts) > 250
    assert (too_long(texts), jargon(texts)) == ([], [])


@pytest.mark.parametrize(
    "texts",
    [
        [each.definition for each in (*FILE.indicators, *FILE.agenda)],
        [each.why for each in FILE.agenda],
        [action.details for action in PAST.actions],
    ],
    ids=["definitions", "reasons", "actions"],
)
def test_the_texts_can_be_read_at_the_age_of_eleven(texts: list[str]) -> None:
    assert reading_age(" ".join(texts)) <= 11


def test_no_sentence_is_copied_from_a_source() -> None:
    assert copied([INDICATORS, PAST_ACTIONS]) == []
