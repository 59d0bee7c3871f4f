"""Files sent to either place, and all versions that the database keeps."""

from __future__ import annotations

import hashlib
import io

import psycopg
from sqlalchemy import select

from pages.records.database import Database
from pages.records.schema import documents, pieces
from pages.staff.collection import Collection

TEXT = "# 云溪市规划\n\n## 第一章 目标\n\n到2027年，新建公园33个。\n".encode()


OTHER = TEXT.replace(b"33", b"44")


def sent(place: Collection, name: str, content: bytes = TEXT) -> str:
    return place.receive(name, io.BytesIO(content)).token


def contents(database: Database) -> set[tuple[str, bytes]]:
    """Every version by its name, whole and as its hash says."""
    found = set()
    with database.reading() as connection:
        for row in connection.execute(select(documents)).all():
            own = select(pieces.c.bytes).where(pieces.c.document == row.id)
            content = b"".join(connection.scalars(own.order_by(pieces.c.number)))
            assert hashlib.sha256(content).hexdigest() == row.sha256, row.name
            found.add((row.name, content))
    return found


def new_database(postgres: str, name: str) -> str:
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return postgres.format(name=name)
