"""Who may do what: the whole table, and the one promise that groups are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.access import ALLOWED, OPERATOR, PUBLIC, Act, Grant, Invited, Viewer, Who, may, require, standings
from charter.rules.refusals import NotAllowedError, SignedOutError
from db.types import Role

OWN, OTHER = 1, 2
PERIOD, EARLIER = 10, 9


def holding(role: Role, organisation_id: int | None = None) -> Viewer:
    return Viewer(account_id=1, grants=frozenset({Grant(role, organisation_id)}))


def by_link(organisation_id: int, period_id: int) -> Viewer:
    return Viewer(invited=Invited(link_id=1, organisation_id=organisation_id, period_id=period_id))


VIEWERS = {
    "anyone": PUBLIC,
    "signed in without a role": Viewer(account_id=1),
    "own link": by_link(OWN, PERIOD),
    "own link, earlier period": by_link(OWN, EARLIER),
    "other's link": by_link(OTHER, PERIOD),
    "own partner": holding(Role.PARTNER, OWN),
    "other's partner": holding(Role.PARTNER, OTHER),
    "reviewer": holding(Role.REVIEWER),
    "coordinator": holding(Role.COORDINATOR),
    "administrator": holding(Role.ADMINISTRATOR),
    "operator": OPERATOR,
}
EVERYONE = set(VIEWERS)
RUNS = {"coordinator", "operator"}
KEEPS = {"administrator", "operator"}

# Asked towards organisation OWN in period PERIOD.
TOWARDS_ONE: dict[Act, set[str]] = {
    Act.READ_RELEASES: EVERYONE,
    Act.READ_CATALOGUE: EVERYONE,
    Act.LOAD_CATALOGUE: KEEPS,
    Act.ANSWER: {"own link", "own partner"},
    Act.READ_GROUP_ANSWERS: {"own link", "own partner", "coordinator"},
    Act.READ_BODY_ANSWERS: {"own partner", "reviewer", "coordinator", "operator"},
    Act.REVIEW: {"reviewer", "operator"},
    Act.KEEP_DRAFTING: {"own partner", "coordinator", "administrator"},
    Act.RUN_PERIODS: RUNS,
    Act.READ_RESPONSES: RUNS,
    Act.ISSUE_LINKS: RUNS,
    Act.POST_MAIL: RUNS | KEEPS,
    Act.SEND_MAIL: RUNS,
    Act.ASSIST: {"coordinator"},
    Act.PUBLISH: RUNS,
    Act.PROMISE: {"own partner"},
    Act.READ_PROMISES: RUNS | {"own partner"},
    Act.REPLY: {"own partner"},
    Act.VERIFY: RUNS | KEEPS,
    Act.KEEP_ORGANISATIONS: RUNS,
    Act.KEEP_ACCOUNTS: KEEPS,
    Act.KEEP_PARTNERS: RUNS | KEEPS,
    Act.READ_AUDIT: RUNS | KEEPS,
    Act.KEEP_DEMONSTRATION: KEEPS,
    Act.KEEP_BACKUPS: {"operator"},
    Act.READ_COPY: {"own link", "own partner", "coordinator"},
    Act.READ_OWN: {"own partner"},
    Act.LEAVE_CHARTER: {"own partner"},
    Act.REMOVE_OWN_DATA: {"own partner"},
    Act.REPORT_OUTCOMES: RUNS | {"own partner"},
    Act.READ_OUTCOMES: RUNS | {"own partner", "reviewer"},
    Act.KEEP_EVIDENCE: {"own partner"},
    Act.READ_EVIDENCE: RUNS | {"own partner", "reviewer"},
    Act.RAISE_CONCERNS: {"own partner", "coordinator"},
    Act.READ_CONCERNS: {"own partner", "reviewer", "coordinator"},
    Act.DECIDE_CONCERNS: {"reviewer"},
    Act.KEEP_ACTIONS: RUNS | {"own partner"},
    Act.BRING_FILES: RUNS,
    Act.ARRANGE_DECKS: {"own partner", "other's partner", "reviewer", "coordinator", "administrator"},
    Act.MAKE_PACKS: RUNS,
    Act.KEEP_TEMPLATES: RUNS,
}
OF_ONES_OWN = {"own link", "own partner"}


def test_every_act_is_in_the_table() -> None:
    assert set(TOWARDS_ONE) == set(ALLOWED) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_towards_one_organisation(act: Act) -> None:
    allowed = {name for name, who in VIEWERS.items() if may(who, act, organisation_id=OWN, period_id=PERIOD)}
    assert allowed == TOWARDS_ONE[act]


@pytest.mark.parametrize("act", Act)
def test_towards_none_nothing_is_ones_own(act: Act) -> None:
    allowed = {name for name, who in VIEWERS.items() if may(who, act)}
    # What any partner may do is done to no organisation.
    any_partner = {"own partner"} if "other's partner" in TOWARDS_ONE[act] else set()
    assert allowed == (EVERYONE if TOWARDS_ONE[act] == EVERYONE else TOWARDS_ONE[act] - OF_ONES_OWN | any_partner)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("name", VIEWERS)
def test_require_refuses_what_may_not_be_done(act: Act, name: str) -> None:
    if name in TOWARDS_ONE[act]:
        require(VIEWERS[name], act, organisation_id=OWN, period_id=PERIOD)
        return
    with pytest.raises(NotAllowedError, match="Nothing was changed") as refusal:
        require(VIEWERS[name], act, organisation_id=OWN, period_id=PERIOD)
    assert not isinstance(refusal.value, SignedOutError)


def test_a_session_that_has_ended_is_told_apart() -> None:
    with pytest.raises(SignedOutError, match="sign in again"):
        require(Viewer(ended=True), Act.ANSWER, organisation_id=OWN, period_id=PERIOD)


def test_a_session_that_has_ended_may_still_read_what_anyone_may() -> None:
    ended = Viewer(ended=True)
    open_to_it = {act for act in Act if may(ended, act, organisation_id=OWN, period_id=PERIOD)}
    assert Act.READ_RELEASES in open_to_it
    assert open_to_it == {act for act, who in TOWARDS_ONE.items() if who == EVERYONE}
    for act in open_to_it:
        require(ended, act, organisation_id=OWN, period_id=PERIOD)


def test_a_link_is_nothing_without_its_period() -> None:
    assert not may(by_link(OWN, PERIOD), Act.ANSWER, organisation_id=OWN)


grants = st.builds(Grant, role=st.sampled_from(Role), organisation_id=st.none() | st.integers(1, 4))
invitations = st.builds(
    Invited, link_id=st.integers(1, 4), organisation_id=st.integers(1, 4), period_id=st.integers(1, 4)
)
viewers = st.builds(
    Viewer,
    account_id=st.none() | st.integers(1, 4),
    grants=st.frozensets(grants, max_size=6),
    invited=st.none() | invitations,
    operator=st.booleans(),
    ended=st.booleans(),
)


@given(viewer=viewers, organisation_id=st.none() | st.integers(1, 4), period_id=st.none() | st.integers(1, 4))
def test_a_groups_answers_are_seen_by_that_group_and_the_coordinator_alone(
    viewer: Viewer, organisation_id: int | None, period_id: int | None
) -> None:
    coordinates = any(grant.role is Role.COORDINATOR for grant in viewer.grants)
    own = organisation_id is not None and Grant(Role.PARTNER, organisation_id) in viewer.grants
    link = viewer.invited
    linked = link is not None and (link.organisation_id, link.period_id) == (organisation_id, period_id)
    seen = may(viewer, Act.READ_GROUP_ANSWERS, organisation_id=organisation_id, period_id=period_id)
    assert seen == (coordinates or own or linked)


@given(viewer=viewers, act=st.sampled_from(Act), one=st.integers(1, 4))
def test_more_grants_never_take_a_right_away(viewer: Viewer, act: Act, one: int) -> None:
    fewer = Viewer(invited=viewer.invited, operator=viewer.operator)
    assert may(viewer, act, organisation_id=one, period_id=1) >= may(fewer, act, organisation_id=one, period_id=1)


@given(viewer=viewers)
def test_everyone_is_anyone(viewer: Viewer) -> None:
    assert Who.ANYONE in standings(viewer)
