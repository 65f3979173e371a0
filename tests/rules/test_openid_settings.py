"""The settings of the second door: all of them, or none; and a secret that no other person and no message tells."""

from pathlib import Path

import pytest

from charter.openid.directory import BUTTON, SECRET_FILE
from charter.settings import SettingWrongError, settings

WHOLE = {
    "CHARTER_OPENID_ISSUER": "https://login.example.org/tenant/",
    "CHARTER_OPENID_CLIENT_ID": "charter-site",
    "CHARTER_OPENID_CLIENT_SECRET": "hunter2",
}


def given(patch: pytest.MonkeyPatch, **names: str) -> None:
    for name, value in names.items():
        patch.setenv(name, value)


@pytest.mark.usefixtures("settings_env")
def test_without_any_of_them_there_is_no_second_door() -> None:
    assert settings().directory is None


@pytest.mark.usefixtures("settings_env")
def test_all_of_them_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE)
    directory = settings().directory
    assert directory is not None
    assert (directory.issuer, directory.client_id) == ("https://login.example.org/tenant", "charter-site")
    assert (directory.client_secret, directory.button) == ("hunter2", BUTTON)
    assert "hunter2" not in f"{directory} {settings()}"


@pytest.mark.usefixtures("settings_env")
def test_the_button_says_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE, CHARTER_OPENID_BUTTON="Sign in with Thurrock Council")
    directory = settings().directory
    assert directory is not None
    assert directory.button == "Sign in with Thurrock Council"


@pytest.mark.parametrize("lacking", WHOLE)
@pytest.mark.usefixtures("settings_env")
def test_what_lacks_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    given(monkeypatch, **{name: value for name, value in WHOLE.items() if name != lacking})
    with pytest.raises(SettingWrongError, match=rf"^{lacking}: ") as wrong:
        settings()
    assert "\n" not in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


@pytest.mark.usefixtures("settings_env")
def test_words_for_a_button_that_leads_nowhere_are_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, CHARTER_OPENID_BUTTON="Sign in with us")
    with pytest.raises(SettingWrongError, match=r"^CHARTER_OPENID_ISSUER: "):
        settings()


@pytest.mark.parametrize(
    "issuer", ["http://login.example.org", "login.example.org", "https://", "http://[", "https://a/" + "a" * 300]
)
@pytest.mark.usefixtures("settings_env")
def test_a_directory_is_asked_by_https_alone(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    given(monkeypatch, **WHOLE | {"CHARTER_OPENID_ISSUER": issuer})
    with pytest.raises(SettingWrongError, match=r"^CHARTER_OPENID_ISSUER: "):
        settings()


def test_the_secret_may_lie_in_a_file_that_its_owner_alone_can_read(
    settings_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, **WHOLE, CHARTER_DATA_DIR=str(settings_env))
    monkeypatch.delenv("CHARTER_OPENID_CLIENT_SECRET")
    kept = settings_env / SECRET_FILE
    kept.write_text("hunter2\n", encoding="utf-8")
    kept.chmod(0o640)
    with pytest.raises(SettingWrongError, match=rf"^CHARTER_OPENID_CLIENT_SECRET: .*{SECRET_FILE}") as wrong:
        settings()
    assert "hunter2" not in str(wrong.value)
    kept.chmod(0o600)
    directory = settings().directory
    assert directory is not None
    assert directory.client_secret == "hunter2"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_without_a_secret_is_none(settings_env: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    given(monkeypatch, **WHOLE, CHARTER_DATA_DIR=str(settings_env))
    monkeypatch.delenv("CHARTER_OPENID_CLIENT_SECRET")
    (settings_env / SECRET_FILE).write_bytes(content)
    (settings_env / SECRET_FILE).chmod(0o600)
    with pytest.raises(SettingWrongError, match=r"^CHARTER_OPENID_CLIENT_SECRET: "):
        settings()
