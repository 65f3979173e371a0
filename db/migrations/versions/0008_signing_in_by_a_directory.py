"""Signing in by an organisation's own directory: who an account is there, and browsers that are on the way."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('directory_identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('bound_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_directory_identity_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_identity')),
    sa.UniqueConstraint('account_id', 'issuer', name=op.f('uq_directory_identity_account_id_issuer')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_directory_identity_issuer_subject'))
    )
    op.create_table('directory_journey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('way_back', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_journey')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_directory_journey_token_digest'))
    )


def downgrade() -> None:
    op.drop_table('directory_journey')
    op.drop_table('directory_identity')
