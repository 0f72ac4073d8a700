"""A text and its digest move together, by whatever road the text changes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from qualcoder_lite.store.journal import insert_rows, remove, update_each
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Source, SourceText
from qualcoder_lite.store.undo import redo, undo
from tests.store.states import rows

RELEASED = Path(__file__).parents[1] / "projects"


def texts(path: Path) -> list[str]:
    """The texts of a study, each of which fits its digest."""
    found = rows(path, "SELECT text, digest FROM source_text ORDER BY id")
    assert all(hashlib.sha256(text.encode()).hexdigest() == digest for text, digest in found), found
    return [text for text, _digest in found]


def add_text(project: Project, text: str) -> bytes:
    with project.change("Add") as session:
        [source] = insert_rows(session, Source, [{"key": "W1"}])
        return insert_rows(session, SourceText, [{"source_id": source, "text": text}])[0]


def test_a_text_has_its_digest_by_the_bulk_functions_and_by_the_orm(project: Project) -> None:
    row = add_text(project, "Satu 😀")
    with project.change("Edit") as session:
        update_each(session, SourceText, [{"id": row, "text": "Satu dua 😀"}])
    with project.change("Edit") as session:
        session.get_one(SourceText, row).text = "Satu dua tiga"
    with project.change("Edit") as session:
        source = session.get_one(SourceText, row).source_id
        session.add(SourceText(source_id=source, text="Lain"))
    with project.change("Remove") as session:
        remove(session, SourceText, [row])
    states = [texts(project.path)]
    while undo(project):
        states.append(texts(project.path))
    expected = [["Lain"], ["Satu dua tiga", "Lain"], ["Satu dua tiga"], ["Satu dua 😀"], ["Satu 😀"], []]
    assert states == expected
    for state in expected[-2::-1]:
        redo(project)
        assert texts(project.path) == state


def test_steps_noted_before_there_were_digests_are_undone_with_digests(tmp_path: Path) -> None:
    for schema in (1, 2, 3):
        path = Path(shutil.copy(RELEASED / f"{schema:04}.qcl", tmp_path / f"{schema}.qcl"))
        with open_study(path, "Peneliti") as project:
            edited = texts(path)
            assert edited
            states = [texts(path) for _undone in iter(lambda project=project: undo(project), None)]
            assert len({tuple(state) for state in [edited, *states]}) == 3
            while redo(project):
                texts(path)
            assert texts(path) == edited


def test_undo_leaves_a_text_that_was_damaged_recognisable(project: Project, tmp_path: Path) -> None:
    row = add_text(project, "Satu dua tiga")
    with project.change("Edit") as session:
        update_each(session, SourceText, [{"id": row, "text": "Satu dua tiga empat"}])
    with project.writing() as writer, writer.begin() as connection:
        connection.exec_driver_sql("UPDATE source_text SET text = 'Xatu dua tiga empat'")
    undo(project)
    [(text, digest)] = rows(project.path, "SELECT text, digest FROM source_text")
    assert text == "Xatu dua tiga"
    assert digest == hashlib.sha256(b"Satu dua tiga").hexdigest()
