"""What is stored about members' ways: paths, results, practice, check-ins, and who may see a path."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_LONG = sa.BigInteger()
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the five tables."""
    op.create_table(
        "member_paths",
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(60), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("member", "guide", name="pk_member_paths"),
    )
    op.create_table(
        "member_results",
        sa.Column("number", _LONG.with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member", _LONG, nullable=False),
        sa.Column("guide", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_member_results"),
    )
    op.create_index("ix_member_results_member", "member_results", ["member", "guide", "kind"])
    op.create_table(
        "practice_states",
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(60), nullable=False),
        sa.Column("state", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("member", "guide", name="pk_practice_states"),
    )
    _check_ins()
    op.create_table(
        "path_viewers",
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(60), nullable=False),
        sa.Column("server", _LONG, autoincrement=False, nullable=False),
        sa.Column("viewer", _LONG, autoincrement=False, nullable=False),
        sa.Column("is_role", sa.Boolean(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("member", "guide", "server", "viewer", name="pk_path_viewers"),
    )
    op.create_index("ix_path_viewers_viewer", "path_viewers", ["viewer"])


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(60), nullable=False),
        sa.Column("every", sa.String(10), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("server", _LONG, nullable=True),
        sa.Column("channel", _LONG, nullable=True),
        sa.Column("thread", _LONG, nullable=True),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("claim", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("member", "guide", name="pk_check_ins"),
    )
    op.create_index("ix_check_ins_next_at", "check_ins", ["next_at"])
