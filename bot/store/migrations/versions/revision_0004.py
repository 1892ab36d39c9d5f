"""What becomes of missed questions: who is told, what moderators made of them, and what mentors are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LONG = sa.BigInteger()
_COUNTED = _LONG.with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables, and two columns of the questions."""
    op.add_column("questions", sa.Column("settled", sa.String(20), nullable=True))
    op.add_column("questions", sa.Column("settled_entry", sa.String(60), nullable=True))
    _promises()
    _mentor_requests()
    _anonymity()
    op.create_table(
        "mentor_points",
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("mentor", _LONG, nullable=True),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mentor_points"),
    )
    op.create_index("ix_mentor_points_server", "mentor_points", ["server", "at"])
    op.create_index("ix_mentor_points_mentor", "mentor_points", ["mentor"])
    op.create_table(
        "departures",
        sa.Column("server", _LONG, autoincrement=False, nullable=False),
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("server", "member", name="pk_departures"),
    )
    op.create_index("ix_departures_member", "departures", ["member"])
    op.create_index("ix_departures_at", "departures", ["at"])


def _promises() -> None:
    op.create_table(
        "promises",
        sa.Column("question", _LONG, autoincrement=False, nullable=False),
        sa.Column("member", _LONG, autoincrement=False, nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("channel", _LONG, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("due_at", _TIME, nullable=True),
        sa.Column("claim", sa.String(20), nullable=True),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("sending_at", _TIME, nullable=True),
        sa.Column("told_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("question", "member", name="pk_promises"),
        sa.ForeignKeyConstraint(["question"], ["questions.number"], name="fk_promises_question_questions"),
    )
    for column in ("member", "server", "due_at"):
        op.create_index(f"ix_promises_{column}", "promises", [column])


def _mentor_requests() -> None:
    op.create_table(
        "mentor_requests",
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("channel", _LONG, nullable=False),
        sa.Column("question", _LONG, nullable=True),
        sa.Column("asker", _LONG, nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("step", sa.String(200), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("claimed_by", _LONG, nullable=True),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("card_channel", _LONG, nullable=True),
        sa.Column("card", _LONG, nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mentor_requests"),
        sa.ForeignKeyConstraint(["question"], ["questions.number"], name="fk_mentor_requests_question_questions"),
    )
    op.create_index("ix_mentor_requests_server", "mentor_requests", ["server", "number"])
    op.create_index("ix_mentor_requests_asker", "mentor_requests", ["asker", "question"], unique=True)
    op.create_index("ix_mentor_requests_question", "mentor_requests", ["question"])
    op.create_index("ix_mentor_requests_claimed_by", "mentor_requests", ["claimed_by"])


def _anonymity() -> None:
    def request(table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(
            ["request"], ["mentor_requests.number"], name=f"fk_{table}_request_mentor_requests"
        )

    op.create_table(
        "mentor_relays",
        sa.Column("message", _LONG, autoincrement=False, nullable=False),
        sa.Column("channel", _LONG, nullable=False),
        sa.Column("request", _LONG, nullable=False),
        sa.Column("by_asker", sa.Boolean(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("message", name="pk_mentor_relays"),
        request("mentor_relays"),
    )
    op.create_index("ix_mentor_relays_request", "mentor_relays", ["request"])
    op.create_table(
        "mentor_reports",
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("request", _LONG, nullable=False),
        sa.Column("reporter", _LONG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mentor_reports"),
        request("mentor_reports"),
    )
    op.create_index("ix_mentor_reports_request", "mentor_reports", ["request"])
    op.create_index("ix_mentor_reports_reporter", "mentor_reports", ["reporter"])
    op.create_table(
        "unmaskings",
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("request", _LONG, nullable=False),
        sa.Column("moderator", _LONG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_unmaskings"),
        request("unmaskings"),
    )
    op.create_index("ix_unmaskings_server", "unmaskings", ["server", "number"])
    op.create_index("ix_unmaskings_request", "unmaskings", ["request"])
    op.create_index("ix_unmaskings_moderator", "unmaskings", ["moderator"])
