"""The page of an indicator under test: a council with one, its people, and pressing what is on the page."""

from dataclasses import dataclass
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from charter.outcomes.now import indicators_now
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.targets import set_target
from charter.rules.access import OPERATOR, Viewer
from charter.store import reading, writing
from tests.screens.running_site import said as said_on
from tests.screens.site_under_test import opened_at, ran, session_of
from tests.store.outcome_people import REF, Owners, define, owners, report, year

PAGE = "public/indicator.py"


@dataclass(frozen=True)
class Council:
    """A council with an indicator, and its people."""

    who: Owners

    def opened(self, viewer: Viewer | None = None, **query: str) -> AppTest:
        """Open the indicator's page as somebody, else as one who has not signed in."""
        session_id = session_of(viewer.account_id) if viewer is not None else None
        return opened_at(PAGE, {"ref": REF, **query}, session_id=session_id)


def council(*values: tuple[int, str], target: tuple[int, str] | None = None) -> Council:
    """Make a council with an indicator, with values and a target by financial year."""
    with writing() as session:
        who = owners(session)
        define(session, who)
        for number, value in values:
            report(session, who, number, value)
        if target is not None:
            set_target(
                session,
                viewer=who.partner,
                indicator_ref=REF,
                span=year(target[0]),
                value=Decimal(target[1]),
                seen_revision=0,
            )
    return Council(who)


def stored(ref: str = REF) -> RecordedIndicator:
    """Read the indicator as it is stored."""
    with reading() as session:
        (found,) = indicators_now(session, viewer=OPERATOR, ref=ref)
    return found


def press(site: AppTest, label: str) -> AppTest:
    """Press a button by what stands on it."""
    next(button for button in site.button if button.label == label).click()
    return ran(site)


def type_in(site: AppTest, label: str, words: str) -> None:
    """Type in the first field of a label, or of one that begins so."""
    fields = [*site.text_input, *site.text_area]
    next(field for field in fields if field.label.startswith(label)).set_value(words)


def field(site: AppTest, label: str) -> str:
    """Read what stands in the first field of a label."""
    fields = [*site.text_input, *site.text_area]
    return str(next(field for field in fields if field.label.startswith(label)).value)


def said(site: AppTest) -> str:
    """Give all words of the page, with its figures."""
    figures = [f"{metric.label} {metric.value}" for metric in site.metric]
    return "\n".join([said_on(site), *figures])
