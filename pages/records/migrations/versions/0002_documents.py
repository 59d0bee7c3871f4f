"""The original files: one row a version, and their bytes in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IN_USE = sa.text("state = 'in_use'")


def _text(name: str, size: int) -> sa.Column:
    return sa.Column(name, sa.String(size), nullable=False)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        _text("name", 500),
        _text("sha256", 64),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("state", 16),
        _text("seen", 64),
        _text("added", 32),
        _text("added_by", 64),
        _text("removed", 32),
        _text("removed_by", 64),
    )
    op.create_index(
        "documents_in_use",
        "documents",
        ["name"],
        unique=True,
        postgresql_where=_IN_USE,
        sqlite_where=_IN_USE,
    )
    op.create_table(
        "document_pieces",
        sa.Column(
            "document",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("document_pieces")
    op.drop_table("documents")
