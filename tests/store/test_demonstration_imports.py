"""The demonstration's file of grants: taken in, with rows that were left out, and gone with the rest."""

from sqlmodel import col, select

from charter import clock
from charter.demonstration.removing import remove_demonstration
from charter.imports.listing import list_imports, read_findings
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import AwardedGrant, FileImport, Indicator, Measurement
from tests.store.databases import one_database


@one_database
def test_grants_came_in_and_some_rows_were_left_out(demo_read: Store) -> None:
    with demo_read.reading() as session:
        (found,) = list_imports(session, viewer=OPERATOR)
        said = [each.reason for each in read_findings(session, viewer=OPERATOR, ref=found.ref) if each.left]
        rows = select(Measurement).join(Indicator).where(Indicator.ref == "made-up-360giving-all")
        sums = {row.starts_on.year: row.value for row in session.exec(rows)}
        amounts = session.exec(select(col(AwardedGrant.amount))).all()
    assert (found.made_up, found.rows_left, len(said)) == (True, 4, 4)
    assert len(amounts) == found.rows_taken > 200
    assert list(sums) == list(range(clock.today().year - 4, clock.today().year))
    assert sum(sums.values()) == sum(amounts)


@one_database
def test_all_of_it_goes_with_the_demonstration(demo_store: Store) -> None:
    with demo_store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
    with demo_store.reading() as session:
        assert session.exec(select(AwardedGrant.id)).all() == []
        assert session.exec(select(FileImport.id)).all() == []
        assert session.exec(select(Indicator.ref).where(col(Indicator.ref).contains("360giving"))).all() == []
