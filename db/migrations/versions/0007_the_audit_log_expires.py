"""The audit log's oldest entries may go: those of more than six years ago, where a later entry says so.

That entry names the last one that is kept, by which the chain goes on: see `charter/retention/audit_log.py`.
"""

from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

# The database's own clock counts, and not what whoever deletes says.
ON_SQLITE = """
    CREATE TRIGGER audit_entry_not_removed BEFORE DELETE ON audit_entry
    WHEN OLD.at > datetime('now', '-6 years') OR NOT EXISTS (
        SELECT 1 FROM audit_entry WHERE act = 'entries_expired' AND CAST(substr(subject, 13) AS INTEGER) > OLD.number
    )
    BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_entry_only_grows'); END"""
ON_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_unless_expired() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.at > now() - interval '6 years' OR NOT EXISTS (
            SELECT 1 FROM audit_entry
            WHERE act = 'entries_expired' AND CAST(substr(subject, 13) AS integer) > OLD.number
        ) THEN
            RAISE EXCEPTION 'rows of % stay as they are', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_only_grows';
        END IF;
        RETURN OLD;
    END $$
    """,
    'DROP TRIGGER audit_entry_only_grows ON audit_entry',
    """
    CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_trigger()
    """,
    """
    CREATE TRIGGER audit_entry_not_removed BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_unless_expired()
    """,
)
BEFORE_ON_SQLITE = """
    CREATE TRIGGER audit_entry_not_removed BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_entry_only_grows'); END"""
BEFORE_ON_POSTGRESQL = (
    'DROP TRIGGER audit_entry_not_removed ON audit_entry',
    'DROP TRIGGER audit_entry_only_grows ON audit_entry',
    'DROP FUNCTION refuse_unless_expired()',
    """
    CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_trigger()
    """,
)


def upgrade() -> None:
    _run(ON_SQLITE, ON_POSTGRESQL)


def downgrade() -> None:
    _run(BEFORE_ON_SQLITE, BEFORE_ON_POSTGRESQL)


def _run(on_sqlite: str, on_postgresql: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER audit_entry_not_removed')
        op.execute(on_sqlite)
        return
    for statement in on_postgresql:
        op.execute(statement)
