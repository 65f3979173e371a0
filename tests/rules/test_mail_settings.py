"""The mail server's address: what is taken, what is refused, and that no refusal repeats it."""

from pathlib import Path

import pytest

from charter.mail.server import MailServer, StartTls, read_server
from charter.settings import SettingWrongError, settings

WRONG = [
    "hunter2",
    "mail.hunter2.org:25",
    "http://hunter2.org",
    "smtp://",
    "smtp://hunter2.org:port",
    "smtp://hunter2.org:99999",
    "smtp://hunter2.org/path",
    "smtp://[hunter2",
    "smtp://hunter2.org?starttls=yes",
    "smtp://hunter2.org?tls=required",
    "smtp://hunter2.org?starttls=never&starttls=required",
    "smtp://:hunter2@mail.org",
    "smtp://sam:hunter2@mail.org?starttls=never",
    "smtp://sam:hunter2@mail.org?starttls=offered",
]


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_one_is_named_in_one_line_that_does_not_repeat_it(
    settings_env: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    assert settings_env.is_dir()
    monkeypatch.setenv("CHARTER_SMTP_URL", url)
    monkeypatch.setenv("CHARTER_MAIL_FROM", "review@charter.example")
    with pytest.raises(SettingWrongError, match=r"^CHARTER_SMTP_URL: ") as wrong:
        settings()
    assert "hunter2" not in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.org", MailServer("mail.org", 465, secret_from_start=True, starttls=StartTls.OFFERED)),
        ("smtp://mail.org", MailServer("mail.org", 587, secret_from_start=False, starttls=StartTls.OFFERED)),
        ("smtp://mail.org:25/", MailServer("mail.org", 25, secret_from_start=False, starttls=StartTls.OFFERED)),
        (
            "smtp://sam%40here.org:p%3Aw@mail.org",
            MailServer("mail.org", 587, False, StartTls.REQUIRED, "sam@here.org", "p:w"),
        ),
        (
            "smtp://sam:pw@localhost?starttls=never",
            MailServer("localhost", 587, False, StartTls.NEVER, "sam", "pw"),
        ),
    ],
)
def test_a_right_one_is_read(url: str, server: MailServer) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize("address", ["hunter2", "a@b@hunter2", "hunter2@groups.example\r\nBcc: x@y.example"])
def test_a_wrong_sender_is_refused(settings_env: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert settings_env.is_dir()
    monkeypatch.setenv("CHARTER_MAIL_FROM", address)
    with pytest.raises(SettingWrongError, match=r"^CHARTER_MAIL_FROM: this is not") as wrong:
        settings()
    assert "hunter2" not in str(wrong.value)


def test_a_mail_server_needs_a_sender(settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_env.is_dir()
    monkeypatch.setenv("CHARTER_SMTP_URL", "smtps://mail.org")
    with pytest.raises(SettingWrongError, match=r"^CHARTER_MAIL_FROM: with CHARTER_SMTP_URL"):
        settings()


def test_without_one_there_is_no_mail_server(settings_env: Path) -> None:
    assert settings_env.is_dir()
    assert settings().mail_server is None
