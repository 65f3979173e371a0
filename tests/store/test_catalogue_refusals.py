"""A charter file that does not fit what the store holds is refused with its place and reason, and nothing is loaded."""

import re
from datetime import date

import pytest
from sqlmodel import Session, func, select

from charter.catalogue.loading import load_catalogue
from charter.catalogue.reading import CatalogueError
from charter.catalogue.schema import CharterFile
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError
from db.engine import Store
from db.models import Charter
from db.types import OrganisationKind
from tests import factories
from tests.charter_files import NAME, borough, commitment, framework, later_version, promise, shipped
from tests.store.contents import LOG, contents
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")
DIA = promise("ENG-DIA-1")
TODAY = date(2026, 11, 21)


def load(session: Session, file: CharterFile) -> int:
    return load_catalogue(session, viewer=OPERATOR, file=file, name=NAME).new_versions


def refused(store: Store, file: CharterFile) -> list[str]:
    """Load a file that must be refused, and give its mistakes; the store must be as it was."""
    before = contents(store)
    with pytest.raises(CatalogueError) as caught, store.writing() as session:
        load(session, file)
    assert contents(store) == before
    return [str(mistake) for mistake in caught.value.mistakes]


def test_loading_again_changes_nothing(charters_store: Store) -> None:
    before = contents(charters_store, without=LOG, columns_without={"id"})
    with charters_store.writing() as session:
        assert [load(session, file) for file in shipped()] == [0, 0, 0]
    assert contents(charters_store, without=LOG, columns_without={"id"}) == before


@one_database
def test_only_those_who_may_load(store: Store) -> None:
    with pytest.raises(NotAllowedError), store.writing() as session:
        load_catalogue(session, viewer=PUBLIC, file=shipped()[0], name=NAME)
    with store.reading() as session:
        assert session.exec(select(func.count()).select_from(Charter)).one() == 0


def test_a_wording_that_changed_without_a_new_number_is_refused(charters_store: Store) -> None:
    changed = re.sub(r'title = ".*"', 'title = "Said in other words"', DIA, count=1)
    assert refused(charters_store, framework((DIA, changed))) == [
        "changed.toml: commitments → ENG-DIA-1: The wording differs from version 1 in the store. Give it version 2."
    ]


@one_database
def test_a_skipped_number_is_refused(charters_store: Store) -> None:
    assert refused(charters_store, framework(later_version(3, "same"))) == [
        "changed.toml: commitments → ENG-DIA-1: The store's last version is 1, so the next one must be 2."
    ]


@one_database
def test_an_older_file_is_refused(charters_store: Store) -> None:
    with charters_store.writing() as session:
        load(session, framework(later_version(2, "same")))
    assert refused(charters_store, framework()) == [
        "changed.toml: commitments → ENG-DIA-1: The store's last version is 2, so the next one must be 3."
    ]


@one_database
def test_a_dropped_promise_is_refused(charters_store: Store) -> None:
    assert refused(charters_store, framework((DIA, ""))) == [
        "changed.toml: commitments: ENG-DIA-1 is in the store and not in the file. Load this as a new charter instead."
    ]


@one_database
def test_every_mistake_is_named_at_once(charters_store: Store) -> None:
    other = promise("EQU-ACC-2")
    reworded = re.sub(r'summary = ".*"', 'summary = "Something else."', other, count=1)
    assert [
        line.split(": ")[1] for line in refused(charters_store, framework(later_version(3, "same"), (other, reworded)))
    ] == [
        "commitments → ENG-DIA-1",
        "commitments → EQU-ACC-2",
    ]


@one_database
def test_a_promise_that_would_move_to_another_theme_is_refused(charters_store: Store) -> None:
    """Published theme scores are made again from the theme that the store holds, so it must stay."""
    moved = DIA.replace('theme = "engagement"', 'theme = "empowerment"').replace(
        'strand = "dialogue"', 'strand = "resourcing-social-action"'
    )
    moved = re.sub(r"\nposition = \d+", "\nposition = 99", moved, count=1)
    assert refused(charters_store, framework((DIA, moved))) == [
        (
            "changed.toml: commitments → ENG-DIA-1: In the store this is in another theme, and published theme scores "
            "hold it. Give it a new reference."
        )
    ]


@one_database
def test_a_theme_that_would_be_scored_no_more_is_refused(store: Store) -> None:
    with store.writing() as session:
        load(session, borough())
    file = borough()
    unscored = file.model_copy(
        update={"themes": tuple(theme.model_copy(update={"scored": False}) for theme in file.themes)}
    )
    assert refused(store, unscored) == [
        (
            "changed.toml: themes → voice → scored: differs from the store, and published figures rest on it. "
            "Load this as a new charter instead."
        )
    ]


@one_database
def test_a_reference_of_another_charter_is_refused(charters_store: Store) -> None:
    assert refused(charters_store, borough(commitment("ENG-DIA-1", position=1))) == [
        "changed.toml: commitments → ENG-DIA-1: This reference belongs to another charter in the store."
    ]


@one_database
def test_a_missing_parent_is_refused(store: Store) -> None:
    assert refused(store, framework()) == [
        "changed.toml: charter → parent: The store holds no charter compact-2006. Load that one first."
    ]


@one_database
def test_a_lineage_that_runs_in_a_circle_is_refused(charters_store: Store) -> None:
    file = shipped()[0]
    circle = file.model_copy(update={"charter": file.charter.model_copy(update={"parent": "resilience-charter-2025"})})
    assert refused(charters_store, circle) == [
        "changed.toml: charter → parent: resilience-charter-2025 follows this charter already."
    ]


@one_database
def test_a_body_that_the_store_knows_as_another_is_refused(store: Store) -> None:
    with store.writing() as session:
        factories.organisation(session, ref="council", name="Oakham Council", kind=OrganisationKind.COUNCIL)
    assert refused(store, borough()) == [
        (
            "changed.toml: bodies → council: The store knows council as Oakham Council. "
            "Give this body its org-id, or another key."
        )
    ]
