"""`.ci/run`: a change must pass what a developer runs, and nothing less."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.making import ROOT, stand_in

CI = ROOT / ".ci" / "run"


@pytest.mark.parametrize("code", [0, 2, 77])
def test_it_runs_the_tests_in_the_projects_folder_and_passes_their_exit_code_on(tmp_path: Path, code: int) -> None:
    log = tmp_path / "log"
    programs = stand_in(tmp_path / "programs", "make", f'echo "$PWD: $*" >> "{log}"\nexit {code}').parent
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run([CI], cwd=tmp_path, env=environment, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == code
    assert log.read_text(encoding="utf-8").splitlines() == [f"{ROOT}: test"]


def test_it_can_be_run_as_it_is() -> None:
    assert os.access(CI, os.X_OK)
