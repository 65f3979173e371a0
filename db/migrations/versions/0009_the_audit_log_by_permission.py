"""Nobody has the right to change an entry of the audit log, nor to remove one, nor to change a detail.

The role that the site signs in with keeps the right to erase a detail, and takes that to remove entries for as long as
a transaction that expires or restores: see `db/audit_rights.py`. PostgreSQL looks for the row that a reference names in
the name of the table's owner, and takes the right to change it for that. So a detail no longer names its entry by a
reference; `audit verify` finds one that has none.
"""

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_REFERENCE = 'fk_audit_detail_number'
# A table that SQLite changes is copied, and its triggers stay behind.
_DETAIL_NOT_CHANGED = """
    CREATE TRIGGER audit_detail_not_changed BEFORE UPDATE ON audit_detail
    BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: audit_detail_not_changed'); END"""
_RIGHTS = {'audit_entry': 'UPDATE, DELETE, TRUNCATE', 'audit_detail': 'UPDATE, TRUNCATE'}


def upgrade() -> None:
    with op.batch_alter_table('audit_detail') as batch_op:
        batch_op.drop_constraint(_REFERENCE, type_='foreignkey')
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(_DETAIL_NOT_CHANGED)
        return
    for table, rights in _RIGHTS.items():
        op.execute(f'REVOKE {rights} ON {table} FROM CURRENT_USER, PUBLIC')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table, rights in _RIGHTS.items():
            op.execute(f'GRANT {rights} ON {table} TO CURRENT_USER')
    with op.batch_alter_table('audit_detail') as batch_op:
        batch_op.create_foreign_key(_REFERENCE, 'audit_entry', ['number'], ['number'])
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(_DETAIL_NOT_CHANGED)
