"""The audit log only grows: an entry is never changed or removed, and a detail is only ever erased whole.

Whoever owns the database can drop these triggers; the chain of digests is what shows that. They stop the rest: a
mistaken statement, and code of ours that is wrong.
"""

from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# The errors are worded, or named, so that `db.errors` finds a constraint's name in them on both databases.
ON_SQLITE = {
    'audit_entry_not_changed': """
        BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_entry_only_grows'); END""",
    'audit_entry_not_removed': """
        BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_entry_only_grows'); END""",
    # INSERT OR REPLACE removes the row in the way without asking the trigger above.
    'audit_entry_number_not_replaced': """
        BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_entry.number'); END""",
    'audit_entry_digest_not_replaced': """
        BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE digest = NEW.digest)
        BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_entry.digest'); END""",
    'audit_detail_not_changed': """
        BEFORE UPDATE ON audit_detail
        BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_detail_not_changed'); END""",
}


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name, body in ON_SQLITE.items():
            op.execute(f'CREATE TRIGGER {name} {body}')
        return
    op.execute("""
        CREATE FUNCTION refuse_by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % stay as they are', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_trigger()
    """)
    op.execute("""
        CREATE TRIGGER audit_detail_not_changed BEFORE UPDATE ON audit_detail
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_trigger()
    """)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name in ON_SQLITE:
            op.execute(f'DROP TRIGGER {name}')
        return
    op.execute('DROP TRIGGER audit_detail_not_changed ON audit_detail')
    op.execute('DROP TRIGGER audit_entry_only_grows ON audit_entry')
    op.execute('DROP FUNCTION refuse_by_trigger()')
