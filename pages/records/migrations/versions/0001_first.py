"""Feedback, accounts, sessions, the audit log and single values."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, size: int = 0) -> sa.Column:
    return sa.Column(name, sa.String(size) if size else sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("at", 32),
        sa.Column("good", sa.Boolean(), nullable=False),
        _text("reason", 64),
        _text("note"),
        _text("question"),
        _text("standalone_question"),
        _text("answer"),
        _text("context"),
        _text("settings_hash", 64),
        _text("index_hash", 64),
        _text("model", 200),
        _text("state", 16),
        _text("draft"),
    )
    op.create_index("feedback_by_state", "feedback", ["state"])
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        _text("password_hash", 256),
        _text("role", 16),
        _text("created", 32),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _text("locked_until", 32),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        _text("csrf", 64),
        _text("created", 32),
        _text("seen", 32),
        _text("expires", 32),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        _text("at", 32),
        _text("kind", 32),
        _text("actor", 128),
        _text("data"),
        _text("before", 64),
        _text("hash", 64),
    )
    op.create_table(
        "record_values",
        sa.Column("name", sa.String(64), primary_key=True),
        _text("value"),
    )


def downgrade() -> None:
    for table in ("record_values", "audit", "sessions", "accounts", "feedback"):
        op.drop_table(table)
