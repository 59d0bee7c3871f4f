"""The tables of the store, in SQLAlchemy Core: nothing here is SQLite's alone.

Knows columns; not what is written into them (codec.py) or by whom (store.py).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy import Table as Relation

SCHEMA_VERSION = "2"

metadata = MetaData()

meta = Relation(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Relation(
    "documents",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("doc_id", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("edition", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("path", Text, nullable=False),
    Column("replaced_by", String, nullable=False),
    # False: an original stands in front of this 读本; it has no sections here.
    Column("in_force", Boolean, nullable=False),
    Column("key", String, nullable=False),  # the same key: may be copied without reading
)

sections = Relation(
    "sections",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("place", Integer, primary_key=True),  # from 0 in the document
    Column("heading_path", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("paragraphs", Text, nullable=False),
    Column("page", Integer),
)

tables = Relation(
    "tables",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("place", Integer, primary_key=True),  # its section's
    Column("title", Text, nullable=False),
    Column("columns", Text, nullable=False),
    Column("rows", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("unit", Text, nullable=False),
)

passages = Relation(
    "passages",
    metadata,
    Column("position", Integer, primary_key=True),  # from 0 in the whole index
    Column("passage_id", String, nullable=False, unique=True),
    Column("doc_id", String, nullable=False),
    Column("heading_path", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("page", Integer),
    Column("place", Integer, nullable=False),  # Passage.order
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("row", Text),
    Column("vector", LargeBinary, nullable=False),  # little-endian fp32
    Index("passages_by_document", "doc_id"),
)

furniture = Relation(
    "furniture",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

warnings = Relation(
    "warnings",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("doc_id", String, nullable=False),  # '' where it is of the folder or an unread file
    Column("text", Text, nullable=False),
)
