"""The forms of a source and of an informant: whose text it is, notes, kinds of attributes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.lists import informants_listed
from qualcoder_lite.analysis.panels.people import attributes_of, linked_informants, note_on
from qualcoder_lite.ui.desk.place import Source
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.kit.panel import Choice
from qualcoder_lite.ui.sources import actions
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle, shown


def keep(form: FormBox, qtbot: QtBot, qapp: QApplication) -> None:
    (button,) = (one for one in form.findChildren(QPushButton) if one.text() == "Keep")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qapp.processEvents()


def test_a_document_is_linked_to_a_person_and_unlinked(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    document = made.ids["source", "D1"]
    window.desk.go(Source(document))
    settle(window, qapp)
    person = informants_listed(window.desk.study)[0].id
    for key, linked in ((Qt.Key.Key_Down, [person]), (Qt.Key.Key_Up, [])):
        window.do("edit_source")
        form = shown(qapp, FormBox)
        whose = dict(form.rows)["Informant"]
        assert isinstance(whose, Choice)
        qtbot.keyClick(whose, key)
        keep(form, qtbot, qapp)
        settle(window, qapp)
        assert linked_informants(window.desk.study, document) == linked


def test_a_source_in_which_people_speak_has_no_such_field(window: MainWindow, qapp: QApplication) -> None:
    window.do("edit_source")
    assert "Informant" not in dict(shown(qapp, FormBox).rows)


def test_note_and_kind_of_an_attribute_are_kept(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    line = informants_listed(window.desk.study)[0]
    actions.edit_informant(window.desk, line.id)
    form = shown(qapp, FormBox)
    note, work = dict(form.rows)["Note"], dict(form.rows)["jabatan"]
    assert isinstance(note, QPlainTextEdit)
    assert isinstance(work, actions.ValueField)
    qtbot.keyClicks(note, "Bicara pelan.")
    work.kind.setFocus()
    qtbot.keyClick(work.kind, Qt.Key.Key_Down)
    keep(form, qtbot, qapp)
    assert form.isVisible()  # a word is no number: it stays, with what was typed
    assert "is not a value of jabatan" in window.news.sentence.text()
    work.line.selectAll()
    qtbot.keyClicks(work.line, "12")
    keep(form, qtbot, qapp)
    assert note_on(window.desk.study, line.id) == "Bicara pelan."
    told = {one.name: (one.kind, one.value) for one in attributes_of(window.desk.study, line.id)}
    assert told["jabatan"] == ("number", "12")


def test_a_new_informant_is_added_once_although_a_value_was_refused(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    actions.new_informant(window.desk)
    form = shown(qapp, FormBox)
    work = dict(form.rows)["jabatan"]
    assert isinstance(work, actions.ValueField)
    qtbot.keyClicks(dict(form.rows)["Alias"], "A2")
    qtbot.keyClicks(work.line, "x")
    work.kind.choose("number")
    keep(form, qtbot, qapp)
    assert form.isVisible()
    work.kind.choose("text")
    keep(form, qtbot, qapp)
    assert [one.alias for one in informants_listed(window.desk.study)] == ["A1", "A2"]
