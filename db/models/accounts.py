"""Accounts, what they are granted, and how they are signed in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.columns import Table, word
from db.types import Role


class Account(Table, table=True):
    """A person who can sign in, by e-mail address in lower case."""

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_in_lower_case"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    password_hash: str | None = Field(default=None, max_length=200)
    password_changed_at: datetime | None = None
    disabled_at: datetime | None = None
    created_at: datetime
    made_up: bool = False


class AccountGrant(Table, table=True):
    """A right: an account has a role, for one organisation (partners) or for none (the other roles)."""

    __table_args__ = (
        UniqueConstraint("account_id", "role", "organisation_id"),
        # A missing organisation is never equal to another missing one, so this needs an index of its own.
        Index(
            "uq_account_grant_account_id_role",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        CheckConstraint("(role = 'partner') = (organisation_id IS NOT NULL)", name="partner_has_organisation"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: Role = Field(sa_column=word(Role, "role"))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    created_at: datetime


class AccountSession(Table, table=True):
    """A browser that is signed in, by account or by invitation link. Only its token's digest is kept."""

    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (invitation_link_id IS NULL)", name="account_or_link"),
        # A page remembers its session by this key, so a key must never come again after its row is gone.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(max_length=64, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    invitation_link_id: int | None = Field(default=None, foreign_key="invitation_link.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class SignInTicket(Table, table=True):
    """A single-use ticket, good for seconds, that a page hands to the route which sets the cookie."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(max_length=64, unique=True)
    account_session_id: int = Field(foreign_key="account_session.id", index=True)
    expires_at: datetime
    used_at: datetime | None = None


class DirectoryIdentity(Table, table=True):
    """Who an account is in an organisation's own directory (OpenID Connect): the subject, which never changes there."""

    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("account_id", "issuer"))

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    issuer: str = Field(max_length=300)
    subject: str = Field(max_length=255)
    bound_at: datetime


class DirectoryJourney(Table, table=True):
    """A browser on its way to the directory and back, once and within minutes. Only its token's digest is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(max_length=64, unique=True)
    way_back: str = Field(max_length=300)
    expires_at: datetime
    used_at: datetime | None = None


class PasswordLink(Table, table=True):
    """A one-time link by which a person sets a password. Only the digest of its token is kept."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_digest: str = Field(max_length=64, unique=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignInAttempt(Table, table=True):
    """A failed attempt to sign in, counted by the name that was typed and by the address it came from."""

    id: int | None = Field(default=None, primary_key=True)
    email_digest: str = Field(max_length=64, index=True)
    address: str = Field(max_length=60, index=True)
    at: datetime = Field(index=True)
