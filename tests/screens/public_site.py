"""The public pages under test: opening one at an address, reading its words, and the stored figures beside them."""

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from charter.store import reading
from db.models import Release, ReleaseGap, ReleaseScore
from db.types import Breakdown, Side
from tests.screens.site_under_test import opened_at

PAGES = {
    "headlines": "Is the charter keeping its promises?",
    "engagement": "Engagement: do people have a real say?",
    "empowerment": "Empowerment: do groups have what they need?",
    "equality": "Equality: does everyone have a fair chance?",
    "outcomes": "Is anyone better off?",
    "gap": "Where do the two sides see it differently?",
    "commitment": "All promises",
    "who_is_heard": "Who is heard, and who is not?",
    "you_said": "You said, we will",
    "actions": "What is being done, by whom and by when?",
    "charter": "What was promised, and how it came about",
    "method": "How are the figures made?",
    "present": "Show it to a hall",
    "data": "The figures as open data",
}
THEMES = ("engagement", "empowerment", "equality")


def opened(page: str, **query: str) -> AppTest:
    """Open a page at an address, in a browser that nobody has used."""
    return opened_at(f"public/{page}.py", query)


def texts(site: AppTest) -> str:
    """Give all words of a page, the escaping of marks taken out."""
    kinds = (site.title, site.header, site.subheader, site.caption, site.markdown, site.info, site.warning)
    words = [str(part.value) for kind in kinds for part in kind]
    tables = [str(cell) for table in site.table for cell in table.value.to_numpy().ravel()]
    return "\n".join([*words, *tables]).replace("\\", "")


def score_of(ref: str, *, release: str = "2025.1", side: Side = Side.VCFSE) -> ReleaseScore:
    with reading() as session:
        row = session.exec(
            select(ReleaseScore)
            .join(Release, col(Release.id) == ReleaseScore.release_id)
            .where(
                Release.ref == release,
                ReleaseScore.ref == ref,
                ReleaseScore.side == side,
                ReleaseScore.breakdown == Breakdown.WHOLE,
            )
        ).one()
        session.expunge(row)
    return row


def gap_of(ref: str) -> ReleaseGap:
    with reading() as session:
        row = session.exec(
            select(ReleaseGap)
            .join(Release, col(Release.id) == ReleaseGap.release_id)
            .where(Release.ref == "2025.1", ReleaseGap.ref == ref)
        ).one()
        session.expunge(row)
    return row
