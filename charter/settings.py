"""Every setting, read once from the environment or a `.env` file, and checked."""

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from enum import StrEnum
from functools import cached_property, lru_cache
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from charter.mail.addresses import usable_address
from charter.mail.server import MailServer, read_server
from charter.openid.directory import Directory, read_directory

_SAMPLE_SECRETS = frozenset({"change-me", "changeme", "secret", "sample", "password", "example"})
_SECRET_LENGTH = 32
_DRIVERS = frozenset({"sqlite", "postgresql", "postgresql+psycopg"})  # others of the two databases are not installed
ENV_FILE = ".env"
# A proxy on this machine is believed about where a request came from, in every way that its address is written.
_THIS_MACHINE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_MAPPED_BITS = 96  # of an IPv6 address stand before the IPv4 address that it holds


class LogForm(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class SettingWrongError(Exception):
    """A setting cannot be used. The message is one line that names it."""


def usable_database(url: str) -> str:
    """Check the address of a database, and give it with the driver that is there.

    Raises:
        ValueError: it is none of SQLite or PostgreSQL. The message does not repeat it: it may hold a password.
    """
    try:
        driver = make_url(url).drivername
    except ArgumentError:
        raise ValueError("this is not a database address") from None
    if driver not in _DRIVERS:
        raise ValueError("the address must begin with sqlite:/// or postgresql+psycopg://")
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


class Settings(BaseSettings):
    """The settings. Each is an environment variable of the same name with `CHARTER_` before it, but for `PORT`."""

    model_config = SettingsConfigDict(env_prefix="CHARTER_", env_file=ENV_FILE, extra="ignore", frozen=True)

    data_dir: Path = Path("var")
    """Where the store, the secret key and the demonstration accounts lie."""
    database_url: str = ""
    """The store's address; empty for an SQLite file in the data folder."""
    secret_key: str = ""
    """The key that digests of tokens are made with; empty for one made at first start in the data folder."""
    demonstration: bool = True
    """Whether made-up organisations and answers may be loaded, and made-up accounts may sign in."""
    time_zone: str = "Europe/London"
    """The place's time zone: dates are shown in it, and a period closes at 23:59:59 in it."""
    address: str = ""
    """Where people reach the site, such as https://charter.example.org: it stands in invitation links."""
    port: int = Field(default=8501, ge=1, le=65535, validation_alias="PORT")
    """The port that the site listens on."""
    smtp_url: SecretStr = SecretStr("")
    """The mail server, such as smtps://name:password@mail.example.org; empty for none. It is never printed."""
    mail_from: str = ""
    """The address that e-mails come from, and that answers to them go to."""
    log: LogForm = LogForm.TEXT
    """How the server's log is written: text, or json for a line as one JSON object."""
    proxies: str = ""
    """The proxies on other machines, by address or network: they are believed about where a request comes from."""
    openid_issuer: str = ""
    """The address of an organisation's own directory, by which people may sign in too; empty for none."""
    openid_client_id: str = ""
    """The name by which the directory knows this site."""
    openid_client_secret: SecretStr = SecretStr("")
    """What this site shows the directory; empty for the file in the data folder that holds it. It is never printed."""
    openid_button: str = Field(default="", max_length=60)
    """The words on the button that leads to the directory."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        return usable_database(url) if url else url

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone; Europe/London is one") from None
        return zone

    @field_validator("address")
    @classmethod
    def _web_address(cls, address: str) -> str:
        if address and not address.startswith(("http://", "https://")):
            raise ValueError("the address must begin with http:// or https://")
        return address.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            read_server(url.get_secret_value())
        return url

    @field_validator("mail_from")
    @classmethod
    def _mail_address(cls, address: str) -> str:
        if address and usable_address(address) is None:
            raise ValueError("this is not an e-mail address")
        return address.strip()

    @field_validator("proxies")
    @classmethod
    def _known_proxies(cls, proxies: str) -> str:
        for one in filter(None, proxies.replace(" ", "").split(",")):
            try:
                network = ip_network(one)
            except ValueError:
                raise ValueError("name addresses or networks, such as 10.0.0.5,10.1.0.0/24") from None
            if network.prefixlen == 0:
                raise ValueError("this would believe anybody; name the proxies alone")
        return proxies.replace(" ", "")

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        """The proxies that are believed, in each form in which a server that listens to IPv4 and IPv6 sees them."""
        named = tuple(filter(None, self.proxies.split(",")))
        return (*_THIS_MACHINE, *(form for one in named for form in _forms(one)))

    @cached_property
    def directory(self) -> Directory | None:
        """The directory by which people may sign in too, or None.

        Raises:
            ValueError: the settings name it by half; the message begins with the one that lacks.
        """
        return read_directory(
            issuer=self.openid_issuer,
            client_id=self.openid_client_id,
            secret=self.openid_client_secret.get_secret_value(),
            button=self.openid_button,
            folder=self.data_dir,
        )

    @property
    def mail_server(self) -> MailServer | None:
        """The mail server, or None where letters wait in the outbox to be downloaded."""
        url = self.smtp_url.get_secret_value()
        return read_server(url) if url else None

    @property
    def store_url(self) -> str:
        """The store's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'charter.db'}"

    @property
    def site_address(self) -> str:
        """Where people reach the site, with the default filled in."""
        return self.address or f"http://localhost:{self.port}"


def _forms(proxy: str) -> tuple[str, ...]:
    """Give an address or network as it is, and one of IPv4 also as the part of IPv6 that it is seen as."""
    network = ip_network(proxy)
    if network.version != 4:  # noqa: PLR2004 - the two kinds of address are called 4 and 6
        return (proxy,)
    return proxy, f"::ffff:{network.network_address}/{_MAPPED_BITS + network.prefixlen}"


@lru_cache
def settings() -> Settings:
    """Read the settings, once.

    Raises:
        SettingWrongError: a setting is wrong or unknown.
    """
    _refuse_unknown_names()
    try:
        read = Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0])
        label = name if name == "PORT" else f"CHARTER_{name.removeprefix('charter_').upper()}"
        raise SettingWrongError(f"{label}: {first['msg'].removeprefix('Value error, ')}") from None
    if read.secret_key:
        _check_secret(read)
    if read.smtp_url.get_secret_value() and not read.mail_from:
        raise SettingWrongError("CHARTER_MAIL_FROM: with CHARTER_SMTP_URL, set the address that e-mails come from")
    try:
        read.directory  # noqa: B018 - it is read once, here
    except ValueError as wrong:
        raise SettingWrongError(str(wrong)) from None
    return read


@lru_cache
def secret_key() -> bytes:
    """Give the secret key: the one that was set, else one made once and kept with owner-only permissions."""
    configured = settings().secret_key
    if configured:
        return configured.encode()
    path = settings().data_dir / "secret-key"
    prepare_data_dir()
    if not path.exists():
        _make_secret_key(path)
    key = path.read_bytes()
    if len(key) < _SECRET_LENGTH:
        raise SettingWrongError(f"CHARTER_SECRET_KEY: the file {path} is broken; restore it, or remove it")
    return key


def cookie_secret() -> str:
    """Give what Streamlit signs its own cookies with: made from the secret key, so that every server has the same."""
    return hmac.new(secret_key(), b"the cookies of Streamlit", hashlib.sha256).hexdigest()


def _make_secret_key(path: Path) -> None:
    """Write the key beside its place and then link it there, so that no other process can read a part of it."""
    descriptor, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(_SECRET_LENGTH))
    with suppress(FileExistsError):  # made by another process a moment ago
        os.link(made, path)
    Path(made).unlink()


def prepare_data_dir() -> Path:
    """Make the data folder if it is not there, for its owner only."""
    folder = settings().data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingWrongError(f"CHARTER_DATA_DIR: {folder} cannot be made ({error.strerror})") from None
    return folder


def _check_secret(read: Settings) -> None:
    if read.demonstration:
        return
    if read.secret_key.lower() in _SAMPLE_SECRETS or len(read.secret_key) < _SECRET_LENGTH:
        raise SettingWrongError(
            f"CHARTER_SECRET_KEY: this is a sample or too short; use {_SECRET_LENGTH} random characters or more"
        )


def _refuse_unknown_names() -> None:
    """A misspelt name would otherwise be passed over in silence, and its default used."""
    known = {f"CHARTER_{name.upper()}" for name in Settings.model_fields}
    given = {*os.environ, *dotenv_values(ENV_FILE)}
    for name in sorted(given):
        if name.upper().startswith("CHARTER_") and name.upper() not in known:
            raise SettingWrongError(f"{name}: there is no such setting")
