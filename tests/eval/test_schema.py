"""The JSON schema of a case says the same as the reader of cases."""

import json
from pathlib import Path

import jsonschema
import pytest

from eval.cases import CASES, as_json, files_of, lines, load, parse, unknown_fields

SCHEMA = json.loads((CASES / "schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)
SOUND = {"id": "a", "question": "问"}


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_shipped_line_fits() -> None:
    for file in files_of([]):
        for number, line in lines(file):
            assert CHECK.is_valid(json.loads(line)), f"{file.name}:{number}"


def test_what_is_written_fits() -> None:
    assert all(CHECK.is_valid(as_json(case)) for case in load()[::40])


@pytest.mark.parametrize(
    "item",
    [
        [], {}, {"id": "a"}, {"id": " ", "question": "问"}, SOUND | {"question": 1},
        SOUND | {"expect": "maybe"}, SOUND | {"gold_mode": "some"}, SOUND | {"split": "test"},
        SOUND | {"must": ["4.5"]}, SOUND | {"must": [[]]}, SOUND | {"must": [[4.5]]},
        SOUND | {"must_not": [" "]}, SOUND | {"absent": [[]]}, SOUND | {"absent": "甲"},
        SOUND | {"gold": [{"path": ["第一章"]}]}, SOUND | {"gold": [{"doc": "d", "path": [1]}]},
        SOUND | {"history": [{"role": "system", "content": ""}]},
        SOUND | {"history": [{"role": "user"}]}, SOUND | {"origin": []}, SOUND | {"note": None},
    ],
)  # fmt: skip
def test_both_refuse_the_same(item: object) -> None:
    assert not CHECK.is_valid(item)
    with pytest.raises(ValueError, match="."):
        parse(item)


@pytest.mark.parametrize(
    "item",
    [
        SOUND, SOUND | {"question": "", "expect": "validate"}, SOUND | {"gold": [{"doc": "d"}]},
        SOUND | {"must": [["4.5", "４．５"]], "absent": [["甲", "乙"]], "origin": {"reason": ""}},
    ],
)  # fmt: skip
def test_both_take_the_same(item: dict) -> None:
    assert CHECK.is_valid(item)
    assert CHECK.is_valid(as_json(parse(item, Path("dev-a.jsonl"))))


def test_the_schema_knows_every_field_of_the_format() -> None:
    assert unknown_fields(dict.fromkeys(SCHEMA["properties"])) == []
    assert not CHECK.is_valid(SOUND | {"musst": []})
