"""The command line: what it prints, its exit codes, and its errors, each in one line."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
import typer
from sqlmodel import col, select
from typer.core import TyperGroup

from charter import clock
from charter.__main__ import app, main
from charter.releases import choose_release, list_releases
from charter.rules.access import PUBLIC
from charter.store import store as opened_store
from db.engine import Store
from db.models import Organisation, Period, SelfAssessment
from db.types import PUBLIC_KINDS, PeriodState, SelfAssessmentState
from tests.charter_files import FRAMEWORK, FRAMEWORK_TEXT
from tests.conftest import forget_settings
from tests.store.contents import counts
from tests.store.databases import one_database
from tests.store.small_year import closed_year, elmford
from tests.templates import ROOT

AUTUMN = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Done:
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    error: str

    @property
    def one_line(self) -> str:
        """The one line of its error, which must be all that it said."""
        assert self.code == 1
        assert self.error.endswith("\n")
        assert self.error.count("\n") == 1
        return self.error.strip()


Run = Callable[..., Done]


@pytest.fixture
def run(settings_env: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, on the store that the settings name."""
    del settings_env

    def command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["charter", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return Done(int(stopped.value.code or 0), printed.out, printed.err)

    return command


@pytest.fixture
def here(charters_store: Store, settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a store with the shipped charters that the settings name."""
    del settings_env
    monkeypatch.setenv("CHARTER_DATABASE_URL", charters_store.engine.url.render_as_string(hide_password=False))
    forget_settings()
    return opened_store()


def every_command(command: object, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from every_command(inner, (*names, name))


COMMANDS = list(every_command(typer.main.get_command(app)))


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_has_help(run: Run, names: tuple[str, ...]) -> None:
    done = run(*names, "--help")
    assert done.code == 0
    assert "Usage:" in done.out
    assert "--help" in done.out


def test_every_command_that_others_rely_on_is_there() -> None:
    relied_on = """
        init; run; demo; demo remove; verify; catalogue load; catalogue check; account add; account reset;
        account disable; period open; period close; period publish; review accept
    """
    assert {tuple(name.split()) for name in relied_on.split(";")} <= set(COMMANDS)


def test_the_module_runs_as_a_command_of_its_own(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")}
    done = subprocess.run(
        [sys.executable, "-m", "charter", "verify"],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(ROOT), "CHARTER_DATA_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "`python -m charter init` makes it" in Done(done.returncode, done.stdout, done.stderr).one_line
    assert done.stdout == ""


@one_database
def test_init_makes_a_store_and_says_so(run: Run, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", empty_url)
    forget_settings()
    assert run("init") == Done(0, "The store is ready. Charters loaded now: 3.\n", "")
    assert run("init") == Done(0, "The store is ready. Charters loaded now: 0.\n", "")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CHARTER_TIME_ZONE", "Europe/Atlantis", "CHARTER_TIME_ZONE: no such time zone"),
        ("CHARTER_DATABASE_URL", "mysql://here", "CHARTER_DATABASE_URL: the address must begin with"),
        ("CHARTER_DATABASE_URL", "sqlite:////dev/null/in/a.db", "cannot be used"),
        ("CHARTER_COLOUR", "blue", "CHARTER_COLOUR: there is no such setting"),
        ("PORT", "none", "PORT: "),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    forget_settings()
    assert words in run("init").one_line


@pytest.mark.parametrize("command", [("init",), ("verify",), ("period", "close", "2026"), ("demo", "remove")])
def test_a_store_that_is_away_is_told_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", f"postgresql://nobody@/nothing?host={tmp_path}")
    forget_settings()
    assert run(*command).one_line.startswith("The store cannot be reached")


@pytest.mark.parametrize("command", [("verify",), ("period", "open", "2026", "--closes", "2026-10-31")])
def test_a_store_that_was_not_made_yet_is_told_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    forget_settings()
    assert "`python -m charter init`" in run(*command).one_line


@one_database
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("period", "open", "1066"), "There is no period 1066 yet: give its last day with --closes."),
        (("period", "open", "1066", "--closes", "2026-08-31"), "The last day must not come before the first day."),
        (("period", "open", "10/66", "--closes", "2026-10-31"), "small letters, digits and hyphens"),
        (("period", "open", "1066", "--closes", "2026-10-31", "--charter", "none"), "There is no charter none."),
        (("period", "open", "1066", "--closes", "2026-10-31", "--charter", "compact-2006"), "is not held"),
        (("period", "close", "1066"), "There is no period 1066."),
        (("period", "publish", "1066"), "There is no period 1066."),
        (("review", "accept", "SA-00000000"), "There is no public body’s self-assessment SA-00000000."),
        (("verify", "--release", "1066.1"), "There is no release 1066.1."),
        (("catalogue", "check", "nowhere.toml"), "nowhere.toml: the whole file: There is no such file."),
        (("catalogue", "load", "nowhere.toml"), "nowhere.toml: the whole file: There is no such file."),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(run: Run, command: tuple[str, ...], words: str) -> None:
    with time_machine.travel(AUTUMN):
        assert words in run(*command).one_line


@one_database
def test_a_broken_file_is_told_a_line_a_mistake_and_nothing_is_loaded(run: Run, here: Store, tmp_path: Path) -> None:
    before = counts(here)
    broken = tmp_path / "broken.toml"
    text = FRAMEWORK_TEXT.replace("core = true", "core = 1").replace('label = "partly"', "")
    broken.write_text(text, encoding="utf-8")
    for action in ("check", "load"):
        done = run("catalogue", action, str(broken))
        lines = done.error.splitlines()
        assert (done.code, done.out) == (1, "")
        assert len(lines) == 16
        assert all(re.match(r"broken\.toml: (commitments|levels) → .+ \(line \d+\): .+", line) for line in lines)
    assert counts(here) == before


@one_database
def test_a_right_file_is_checked_and_loaded(run: Run, here: Store) -> None:
    checked = run("catalogue", "check", str(FRAMEWORK))
    assert checked.out == ("framework-2021.toml has no mistakes: Framework 2021 and Pact principles, 40 commitments.\n")
    before = counts(here)
    loaded = run("catalogue", "load", str(FRAMEWORK))
    assert (loaded.code, loaded.out) == (0, "Loaded framework-2021: 40 commitments, 0 new versions.\n")
    assert counts(here)["commitment_version"] == before["commitment_version"]


@one_database
def test_a_new_period_is_opened_from_today(run: Run, here: Store) -> None:
    with time_machine.travel(AUTUMN):
        done = run("period", "open", "2026", "--closes", "2026-10-31", "--list-source", "The register")
    assert done == Done(0, "2026 review is open until 31 October 2026.\n", "")
    with here.reading() as session:
        period = session.exec(select(Period)).one()
        assert (period.state, str(period.opens_on), str(period.closes_on), period.list_source, period.made_up) == (
            PeriodState.OPEN,
            "2026-09-01",
            "2026-10-31",
            "The register",
            False,
        )
    assert "is open already" in run("period", "open", "2026").one_line
    assert run("period", "close", "2026") == Done(0, "2026 review is closed.\n", "")
    assert "nothing to publish" in run("period", "publish", "2026").one_line


def test_the_open_period_of_the_demonstration_is_closed_and_published(run: Run, demo_store: Store) -> None:
    with demo_store.reading() as session:
        ref = session.exec(select(Period.ref).where(Period.state == PeriodState.OPEN)).one()
        statement = (
            select(SelfAssessment.ref)
            .join(Period, col(Period.id) == SelfAssessment.period_id)
            .join(Organisation, col(Organisation.id) == SelfAssessment.organisation_id)
            .where(Period.ref == ref, SelfAssessment.state == SelfAssessmentState.SUBMITTED)
            .where(col(Organisation.kind).in_(PUBLIC_KINDS))
        )
        bodies = session.exec(statement).all()
    assert "`python -m charter demo remove`" in run("period", "open", ref, "--closes", "2099-01-01").one_line
    assert run("period", "close", ref).code == 0
    assert [run("review", "accept", body) for body in bodies] == [
        Done(0, f"{body} is accepted.\n", "") for body in bodies
    ]
    assert "cannot become reviewed" in run("review", "accept", bodies[0]).one_line
    assert run("period", "publish", ref).out == f"{ref} review is published as release {ref}.1.\n"
    done = run("verify", "--release", f"{ref}.1")
    assert done.code == 0
    assert re.fullmatch(r"\d+ figures compared, 0 differences\.\n", done.out)
    assert "is published" in run("period", "publish", ref).one_line
    with demo_store.reading() as session:
        release = choose_release(list_releases(session, viewer=PUBLIC))
        assert release is not None
        assert (release.ref, release.made_up) == (f"{ref}.1", True)
        assert release.published_at.astimezone(UTC) <= clock.now()


@one_database
def test_verify_names_an_altered_figure_and_exits_with_1(run: Run, here: Store) -> None:
    with here.writing() as session:
        closed_year(session, elmford(session), 2027)
    assert run("period", "publish", "2027").code == 0
    done = run("verify")
    assert (done.code, done.error) == (0, "")
    assert re.fullmatch(r"\d+ figures compared, 0 differences\.\n", done.out)
    with here.writing() as session:
        session.execute(sa.text("UPDATE release_gap SET gap = 0 WHERE ref = 'ELM-1'"))
    done = run("verify")
    assert (done.code, done.error) == (1, "")
    first, last = done.out.splitlines()
    assert first == (
        "release 2027.1: release_gap commitment ELM-1 public perception_gap: gap is stored as 0.0, "
        "and its inputs give 22.5"
    )
    assert last.endswith(" figures compared, 1 differences.")


@one_database
def test_the_demonstration_is_removed_and_added_again(run: Run, demo_store: Store, settings_env: Path) -> None:
    assert "there already" in run("demo").one_line
    done = run("demo", "remove")
    assert done == Done(0, "Removed: 353 made-up organisations, and all that was theirs.\n", "")
    assert run("demo", "remove").out.startswith("Removed: 0 ")
    again = run("demo", "--seed", "3")
    assert again.code == 0
    assert again.out == (settings_env / "demonstration-accounts.txt").read_text(encoding="utf-8")
    assert counts(demo_store)["release"] == 4


@one_database
@pytest.mark.usefixtures("here")
def test_no_demonstration_is_added_where_the_settings_want_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    forget_settings()
    assert "CHARTER_DEMONSTRATION is 0" in run("demo").one_line
