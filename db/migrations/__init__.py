"""Bringing a store up to date: numbered Alembic steps, the same for SQLite and PostgreSQL."""
