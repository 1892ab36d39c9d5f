"""Forms that wait to be published, questions that were asked, and the settings of servers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LONG = sa.BigInteger()
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the three tables."""
    op.create_table(
        "pending_drafts",
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=True),
        sa.Column("expected_version", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("phrasings", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author", _LONG, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_pending_drafts"),
    )
    op.create_index("ix_pending_drafts_author", "pending_drafts", ["author"])
    op.create_index("ix_pending_drafts_at", "pending_drafts", ["at"])
    op.create_table(
        "questions",
        sa.Column("number", _LONG.with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("channel", _LONG, nullable=False),
        sa.Column("member", _LONG, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=True),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("chosen", sa.String(60), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_questions"),
    )
    op.create_index("ix_questions_server", "questions", ["server", "at"])
    op.create_index("ix_questions_member", "questions", ["member"])
    op.create_index("ix_questions_at", "questions", ["at"])
    op.create_table(
        "server_settings",
        sa.Column("server", _LONG, autoincrement=False, nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("server", name="pk_server_settings"),
    )
