"""What long work is given with the press that starts it, for as long as it waits and runs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('given', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    # The rows that were there have their value now; those to come are given theirs by the model.
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.alter_column('given', existing_type=sqlmodel.sql.sqltypes.AutoString(), server_default=None)
        batch_op.create_check_constraint(batch_op.f('ck_job_given_is_bounded'), 'length(given) <= 20000')
        batch_op.create_check_constraint(
            batch_op.f('ck_job_given_while_it_runs'), "given = '' OR state IN ('waiting', 'running')"
        )


def downgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_job_given_while_it_runs'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_job_given_is_bounded'), type_='check')
        batch_op.drop_column('given')
