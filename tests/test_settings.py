"""A person's settings come back as they were chosen, and a damaged file is no reason not to start."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite import settings
from qualcoder_lite.settings import Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=9,
)
NAMES = st.sampled_from([*vars(Settings()), "unknown"])


def test_without_a_file_the_defaults_hold() -> None:
    assert settings.read() == Settings()


def test_what_is_chosen_comes_back() -> None:
    recent = ["/rumah/studi é.qcl", "/rumah/\udcff.qcl"]  # the second is no text, but a name on a disk
    chosen = Settings("id", "Peneliti é😀", "dark", recent, "/cadangan", {"coding": [1, 2]})
    settings.write(chosen)
    assert settings.read() == chosen
    assert [path.name for path in settings.settings_file().parent.iterdir()] == ["settings.json"]
    settings.write(Settings())
    assert settings.read() == Settings()


def write_text(text: str) -> None:
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "null", "\0\1", "[" * 100_000, '{"recent": [1, "/a.qcl", null]}']
)
def test_a_damaged_file_gives_what_can_be_read(text: str) -> None:
    write_text(text)
    assert settings.read() == Settings(recent=["/a.qcl"] if "a.qcl" in text else [])
    settings.settings_file().unlink()


@given(st.dictionaries(NAMES, JSON))
def test_any_json_gives_settings_of_the_right_types(found: dict[str, Any]) -> None:
    write_text(json.dumps(found))
    kept = settings.read()
    for name, default in vars(Settings()).items():
        assert type(getattr(kept, name)) is type(default)
    assert kept.language in ("", "id", "en")
    settings.settings_file().unlink()


def test_a_folder_that_can_not_be_made_stops_nobody() -> None:
    folder = settings.settings_file().parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    assert not settings.write(Settings())
    assert settings.read() == Settings()
    folder.unlink()
    assert settings.write(Settings())
