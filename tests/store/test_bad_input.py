"""Bad input in a short form; `make torture` feeds it 20,000 cases."""

from pathlib import Path

import pytest
from hypothesis import strategies as st

from charter.rules.refusals import RefusedError
from tests.postgresql import PostgresqlServer
from tests.torture import fuzz, fuzz_files
from tests.torture.fuzzing import Cases, tried

SHORT = 400


def test_nothing_fails_hangs_grows_or_writes(tmp_path: Path, postgresql_server: PostgresqlServer) -> None:
    found = fuzz.run(count=SHORT, folder=tmp_path, server=postgresql_server)
    assert sum(counts.tried for counts in found) >= SHORT * 9 // 10
    for counts in found:
        assert counts.wrong == (), counts.line


def test_a_failure_is_found_and_a_refusal_is_none() -> None:
    cases = Cases()

    def attempt(drawn: int) -> None:
        with cases.case(str(drawn)):
            if drawn > 0:
                raise KeyError(drawn)
            raise RefusedError("No.")

    tried(cases, st.integers(-5, 5), attempt, count=40)
    assert any("KeyError" in each for each in cases.counts("numbers").wrong)
    assert not any("RefusedError" in each for each in cases.counts("numbers").wrong)


@pytest.mark.parametrize("kind", ["flip", "put", "cut", "end", "again"])
def test_a_file_is_changed(kind: str) -> None:
    content = b"name,kind\nTea Club,community\n"
    assert fuzz_files.changed(content, [(kind, 0.5, 3)]) != content
