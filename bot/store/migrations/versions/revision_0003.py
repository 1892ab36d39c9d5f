"""Files that wait to be imported, and what stood before them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LONG = sa.BigInteger()


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "imports",
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("server", _LONG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("keep", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("author", _LONG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_imports"),
    )
    op.create_index("ix_imports_server", "imports", ["server"])
    op.create_index("ix_imports_author", "imports", ["author"])
    op.create_index("ix_imports_at", "imports", ["at"])
