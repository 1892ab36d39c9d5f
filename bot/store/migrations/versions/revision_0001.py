"""Entries of communities, their versions, and what was done to them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_LONG = sa.BigInteger()
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the three tables."""
    op.create_table(
        "community_entries",
        sa.Column("server", _LONG, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("overrides", sa.Boolean(), nullable=False),
        sa.Column("removed_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("server", "entry_id", name="pk_community_entries"),
    )
    op.create_index("ix_community_entries_removed_at", "community_entries", ["removed_at"])
    op.create_table(
        "community_versions",
        sa.Column("server", _LONG, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("phrasings", sa.JSON(), nullable=False),
        sa.Column("author", _LONG, nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("server", "entry_id", "number", name="pk_community_versions"),
        sa.ForeignKeyConstraint(
            ["server", "entry_id"],
            ["community_entries.server", "community_entries.entry_id"],
            name="fk_community_versions_server_community_entries",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_community_versions_author", "community_versions", ["author"])
    op.create_table(
        "audit_log",
        sa.Column("number", _LONG.with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("author", _LONG, nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_server", "audit_log", ["server", "number"])
    op.create_index("ix_audit_log_author", "audit_log", ["author"])
