"""Informants and attributes: aliases only, names for the key file, kinds that follow the values."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from qualcoder_lite.coding.people import attributes, informants, key_file
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Attribute, AttributeValue, Informant
from qualcoder_lite.store.undo import history
from tests.coding.adding import values
from tests.store.states import state_of


def told(project: Project) -> dict[str, dict[str, object]]:
    """The attributes of each informant."""
    aliases = {row: str(alias) for row, alias in values(project, Informant, "id", "alias")}
    names = {row: str(name) for row, name in values(project, Attribute, "id", "name")}
    found: dict[str, dict[str, object]] = {alias: {} for alias in aliases.values()}
    for who, what, value in values(project, AttributeValue, "informant_id", "attribute_id", "value"):
        found[aliases[who]][names[what]] = value
    return found


def test_a_table_adds_and_updates_informants(project: Project) -> None:
    informants.add(project, "A2", note="Lama.")
    rows = [
        {"alias": "A1", "class": "Informan Kunci", "nama": "Tuan Rekaan", "kelompok": "ASN", "usia": "51"},
        {"alias": "A2", "class": "", "nama": "", "kelompok": "Warga", "usia": "", "persetujuan": "ditarik"},
    ]
    added = informants.import_table(project, rows)
    assert (added.added, added.known, added.names) == (1, 1, (("A1", "Tuan Rekaan"),))
    assert values(project, Informant, "alias", "class", "consent", "note") == [
        ("A2", "main", "withdrawn", "Lama."),
        ("A1", "key", "given", ""),
    ]
    assert told(project) == {"A1": {"kelompok": "ASN", "usia": "51"}, "A2": {"kelompok": "Warga"}}
    assert "Tuan Rekaan" not in repr(state_of(project.path))


def test_the_same_table_again_changes_nothing(project: Project) -> None:
    rows = [{"alias": "A1", "class": "utama", "jenis_kelamin": "P"}]
    informants.import_table(project, rows)
    informants.import_table(project, rows)
    assert len(history(project)) == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"alias": "A1"}, {"alias": ""}, {"alias": "x", "class": ""}], "can't be named"),
        ([{"alias": "A1", "class": "raja"}], "not a class"),
        ([{"alias": "A1", "consent": "mungkin"}], "not a consent"),
        ([{"alias": "A1"}, {"alias": "A1"}], "twice"),
        ([], "no rows"),
    ],
)
def test_a_table_that_can_not_be_used_is_refused(
    project: Project, rows: list[dict[str, str]], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        informants.import_table(
            project, [dict.fromkeys(("alias", "class"), "") | row | {"x": "1"} for row in rows]
        )
    assert values(project, Informant, "id") == []


def test_kinds_of_attributes_follow_their_values(project: Project) -> None:
    rows = [
        {"alias": "A1", "usia": "51", "masuk": "2001-02-03", "jabatan": "Camat"},
        {"alias": "A2", "usia": "4,5", "masuk": "", "jabatan": "12"},
    ]
    informants.import_table(project, rows)
    assert dict(values(project, Attribute, "name", "kind")) == {
        "usia": "number",
        "masuk": "date",
        "jabatan": "text",
    }
    informants.import_table(project, [{"alias": "A1", "usia": "51 tahun"}])
    assert dict(values(project, Attribute, "name", "kind"))["usia"] == "text"


def test_attribute_names_are_one_whatever_their_spelling(project: Project) -> None:
    attributes.add(project, "Jenis Kelamin")
    informants.import_table(project, [{"alias": "A1", "jenis_kelamin": "P"}])
    assert told(project) == {"A1": {"Jenis Kelamin": "P"}}
    with pytest.raises(UserError, match="already has an attribute"):
        attributes.add(project, "jenis_kelamin")


def test_a_value_fits_the_kind_of_its_attribute(project: Project) -> None:
    who, what = informants.add(project, "A1"), attributes.add(project, "usia", "angka")
    for value in ("tua", "2026-01-01"):
        with pytest.raises(UserError, match="not a value of usia"):
            attributes.set_value(project, who, what, value)
    attributes.set_value(project, who, what, " 41 ")
    assert told(project) == {"A1": {"usia": "41"}}
    with pytest.raises(UserError, match="not a value of usia"):
        attributes.set_kind(project, what, "date")
    attributes.set_value(project, who, what, "")
    assert told(project) == {"A1": {}}


def test_removing_an_informant_takes_the_values_along(project: Project) -> None:
    informants.import_table(project, [{"alias": "A1", "usia": "1"}, {"alias": "A2", "usia": "2"}])
    (first, *_rest) = (row for (row,) in values(project, Informant, "id"))
    informants.remove(project, [first])
    assert told(project) == {"A2": {"usia": "2"}}


# The key file -------------------------------------------------------------------------------------------


def test_names_are_kept_beside_the_study(tmp_path: Path) -> None:
    path = key_file.key_path(tmp_path / "studi.qcl")
    assert path == tmp_path / "studi.kunci.json"
    assert key_file.read_names(path) == {}
    key_file.add_names(path, [("A1", "Ani"), ("A2", "Budi")])
    key_file.add_names(path, [("A2", "Badu")])
    key_file.rename_alias(path, "A1", "N1")
    assert key_file.read_names(path) == {"N1": "Ani", "A2": "Badu"}
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["[1]", "{", json.dumps({"A1": 3}), "\x00"])
def test_a_foreign_key_file_is_never_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "studi.kunci.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="can't be read"):
        key_file.add_names(path, [("A1", "Ani")])
    assert path.read_text(encoding="utf-8") == content
