"""Settings: where they come from, and that a wrong one is told in one line which names it."""

import os
import re
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from charter.settings import Settings, SettingWrongError, cookie_secret, prepare_data_dir, secret_key, settings
from tests.conftest import forget_settings

README = Path(__file__).parents[2] / "README.md"
LONG_SECRET = "a-long-and-random-enough-secret-0123456789"


@pytest.fixture
def data_dir(settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give settings with nothing set but the data folder, which is not there yet."""
    folder = settings_env.parent / "data"
    monkeypatch.delenv("CHARTER_DATABASE_URL")
    monkeypatch.setenv("CHARTER_DATA_DIR", str(folder))
    forget_settings()
    yield folder
    forget_settings()


WRONG = [
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "eighty"),
    ("CHARTER_DATABASE_URL", "hunter2"),
    ("CHARTER_DATABASE_URL", "mysql://me:hunter2@localhost/charter"),
    ("CHARTER_DATABASE_URL", "postgresql+asyncpg://me:hunter2@localhost/charter"),
    ("CHARTER_DATABASE_URL", "sqlite+aiosqlite:///hunter2.db"),
    ("CHARTER_TIME_ZONE", "hunter2"),
    ("CHARTER_TIME_ZONE", "../../etc/hunter2"),
    ("CHARTER_ADDRESS", "hunter2.example.org"),
    ("CHARTER_ADDRESS", "ftp://hunter2.example.org"),
    ("CHARTER_DEMONSTRATION", "hunter2"),
    ("CHARTER_LOG", "hunter2"),
    ("CHARTER_PROXIES", "hunter2"),
    ("CHARTER_PROXIES", "10.0.0.1, hunter2"),
    ("CHARTER_PROXIES", "*"),
    ("CHARTER_PROXIES", "0.0.0.0/0"),
    ("CHARTER_PROXIES", "::/0"),
    ("CHARTER_PROXIES", "10.0.0.1/24"),
    ("CHARTER_DATABSE_URL", "hunter2"),
    ("charter_wrong", "hunter2"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_in_one_line(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingWrongError) as wrong:
        settings()
    message = str(wrong.value)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    assert "hunter2" not in message, "a setting may hold a password"
    assert not data_dir.exists()


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_in_the_file_is_named_too(data_dir: Path, name: str, value: str) -> None:
    (data_dir.parent / ".env").write_text(f"{name}={value}\n", encoding="utf-8")
    with pytest.raises(SettingWrongError, match=f"^{name}: "):
        settings()


def test_without_any_setting_there_are_defaults(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHARTER_DATA_DIR")
    found = settings()
    assert found.port == 8501
    assert found.demonstration
    assert found.time_zone == "Europe/London"
    assert found.site_address == "http://localhost:8501"
    assert found.store_url == f"sqlite:///{data_dir.parent / 'var' / 'charter.db'}"


def test_settings_are_read_from_the_file(data_dir: Path) -> None:
    lines = "PORT=8600\nCHARTER_DEMONSTRATION=0\nCHARTER_ADDRESS=https://charter.example.org/\nANOTHER=ignored\n"
    (data_dir.parent / ".env").write_text(lines, encoding="utf-8")
    found = settings()
    assert (found.port, found.demonstration, found.site_address) == (8600, False, "https://charter.example.org")


def test_the_environment_goes_before_the_file(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_dir.parent / ".env").write_text("PORT=8600\nCHARTER_TIME_ZONE=Europe/Paris\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "8700")
    assert (settings().port, settings().time_zone) == (8700, "Europe/Paris")


@pytest.mark.parametrize("given", ["postgresql://me@localhost/charter", "postgresql+psycopg://me@localhost/charter"])
def test_postgresql_goes_through_the_driver_that_is_there(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", given)
    assert settings().store_url == "postgresql+psycopg://me@localhost/charter"
    assert not data_dir.exists()


def test_the_data_folder_is_its_owners_alone(data_dir: Path) -> None:
    prepare_data_dir()
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_named(data_dir: Path) -> None:
    data_dir.write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(SettingWrongError, match=r"^CHARTER_DATA_DIR: "):
        prepare_data_dir()


def test_the_secret_key_is_made_once_and_kept_for_its_owner(data_dir: Path) -> None:
    first = secret_key()
    forget_settings()
    assert secret_key() == first
    assert len(first) >= 32
    kept = data_dir / "secret-key"
    assert kept.read_bytes() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.usefixtures("data_dir")
def test_two_stores_have_different_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = secret_key()
    monkeypatch.setenv("CHARTER_DATA_DIR", str(tmp_path / "another"))
    forget_settings()
    assert secret_key() != first


def test_several_servers_starting_at_once_have_one_key(data_dir: Path) -> None:
    settings()
    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda _: secret_key.__wrapped__(), range(8)))
        assert len(keys) == 1
        assert len(keys.pop()) >= 32
        (data_dir / "secret-key").unlink()


def test_a_key_file_that_is_empty_is_never_used(data_dir: Path) -> None:
    """One may be left when the machine goes down; every token could be forged with it."""
    prepare_data_dir()
    (data_dir / "secret-key").touch(mode=0o600)
    with pytest.raises(SettingWrongError, match="secret-key"):
        secret_key()


@pytest.mark.parametrize("secret", ["change-me", "SECRET", "password", "x" * 31])
def test_a_sample_secret_is_refused_outside_the_demonstration(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("CHARTER_SECRET_KEY", secret)
    assert settings().demonstration
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    forget_settings()
    with pytest.raises(SettingWrongError, match=r"^CHARTER_SECRET_KEY: ") as wrong:
        settings()
    assert secret not in str(wrong.value).removeprefix("CHARTER_SECRET_KEY")
    assert not data_dir.exists()


def test_a_secret_of_ones_own_is_used(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_SECRET_KEY", LONG_SECRET)
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    assert secret_key() == LONG_SECRET.encode()
    assert not data_dir.exists()


def test_a_proxy_is_believed_in_each_form_that_its_address_is_seen_in(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
    assert settings().trusted_proxies == here
    monkeypatch.setenv("CHARTER_PROXIES", "10.0.0.5, 10.1.0.0/24,2001:db8::/64")
    forget_settings()
    named = ("10.0.0.5", "::ffff:10.0.0.5/128", "10.1.0.0/24", "::ffff:10.1.0.0/120", "2001:db8::/64")
    assert settings().trusted_proxies == (*here, *named)
    believed = ProxyHeadersMiddleware(nothing, list(settings().trusted_proxies)).trusted_hosts
    seen = ("10.0.0.5", "::ffff:10.0.0.5", "10.1.0.77", "::ffff:10.1.0.77", "2001:db8::9")
    assert [address for address in seen if address not in believed] == []
    others = ("10.0.0.6", "::ffff:10.0.0.6", "10.1.1.1", "::ffff:10.1.1.1", "2001:db9::1", "")
    assert [address for address in others if address in believed] == []
    assert not data_dir.exists()


async def nothing(*_: object) -> None:
    """Stand for an application."""


@pytest.mark.usefixtures("data_dir")
def test_what_streamlit_signs_with_is_one_for_all_servers_and_tells_nothing_of_the_secret_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHARTER_SECRET_KEY", LONG_SECRET)
    first = cookie_secret()
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    forget_settings()
    assert cookie_secret() == first
    monkeypatch.setenv("CHARTER_SECRET_KEY", f"{LONG_SECRET}9")
    forget_settings()
    assert cookie_secret() != first


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_named_in_the_readme(name: str) -> None:
    variable = "PORT" if name == "port" else f"CHARTER_{name.upper()}"
    assert f"`{variable}`" in README.read_text(encoding="utf-8")


def test_tests_do_not_see_the_settings_of_whoever_runs_them(settings_env: Path) -> None:
    assert settings().data_dir == settings_env
    assert not Path(".env").exists()
    assert [name for name in os.environ if name.startswith("CHARTER_")] == ["CHARTER_DATA_DIR", "CHARTER_DATABASE_URL"]
