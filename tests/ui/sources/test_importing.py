"""Bringing transcripts in through the page that asks who speaks; new studies; sources and informants."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.lists import codes_listed, informants_listed, sources_listed
from qualcoder_lite.analysis.panels.people import attributes_of, speakers_listed
from qualcoder_lite.analysis.panels.reading import read_source
from qualcoder_lite.coding.people.key_file import key_path, read_names
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.kit.row_paint import width_of
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.sources.import_paint import LABEL_LEAST, LABEL_SHARE
from qualcoder_lite.ui.window.app import new_window
from qualcoder_lite.ui.window.main_window import MainWindow
from qualcoder_lite.ui.window.new_study import NewStudy
from tests.ui.driving import Made, close, settle, shown

TEXT = """Kode: B2
Nama: Tuan Rekaan
Tanggal: 13-03-2026
Tempat: Kantin

P: Sudah berapa lama di sini?
I: Empat tahun.
P: Lalu?
Bu Kasi: Formulirnya sudah saya simpan.
I: Begitu.
"""


def page_with(window: MainWindow, qtbot: QtBot, *paths: Path) -> ImportPage:
    importing.bring_in(window.desk, list(paths))
    qtbot.waitUntil(lambda: window.desk.find(ImportPage) is not None)
    return window.desk.part(ImportPage)


def test_a_transcript_is_confirmed_and_goes_in_as_one_step(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "wawancara.txt"
    path.write_text(TEXT, encoding="utf-8")
    page = page_with(window, qtbot, path)
    assert (page.key.text(), page.date.text(), page.place.text()) == ("B2", "2026-03-13", "Kantin")
    assert len(sources_listed(window.desk.study, "C1")) == 2
    labels = {speaker.label: speaker for speaker in page.draft.speakers}
    assert labels["P"].role == "interviewer"
    page.place.setText("")
    qtbot.keyClicks(page.place, "Aula")
    who = next(row.who for row in page.speakers.rows if row.speaker.label == "Bu Kasi")
    who.lineEdit().selectAll()
    qtbot.keyClicks(who.lineEdit(), "B9")
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.find(ImportPage) is None)
    settle(window, qapp)
    source = sources_listed(window.desk.study, "C1")[-1]
    assert (source.key, source.place, source.date) == ("B2", "Aula", "2026-03-13")
    people = {line.id: line.alias for line in informants_listed(window.desk.study)}
    said = {
        one.label: people.get(one.informant or b"") for one in speakers_listed(window.desk.study, source.id)
    }
    assert said == {"P": None, "I": labels["I"].alias, "Bu Kasi": "B9"}
    assert window.desk.source is not None
    assert window.desk.source.key == "B2"
    assert "Tuan Rekaan" not in {line.alias for line in informants_listed(window.desk.study)}
    window.do("undo")
    settle(window, qapp)
    assert len(sources_listed(window.desk.study, "C1")) == 2


LONG = """P: Sudah berapa lama di sini?
Peserta 1 (L, 45 tahun): Empat tahun.
P: Lalu?
Peserta 1 (L, 45 tahun): Begitu.
Peserta 2 (P, 38 tahun): Sama.
"""


def test_labels_of_the_preview_have_room(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    for name, words in (("panjang", LONG), ("pendek", TEXT)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    page = page_with(window, qtbot, tmp_path / "panjang.txt", tmp_path / "pendek.txt")
    labels = {row.label for row in page.preview_model.rows}
    assert "Peserta 1 (L, 45 tahun)" in labels
    widest = max(width_of(f"{label}:", page.tokens, "panel") for label in labels)
    assert page.label_room == widest > page.tokens.px(LABEL_LEAST)
    assert widest < page.preview.viewport().width() * LABEL_SHARE
    page._show(1)
    assert page.label_room == page.tokens.px(LABEL_LEAST)


def test_a_wrong_encoding_is_corrected_on_the_page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "k.txt"
    path.write_bytes("P: Apa kabar?\nI: Caf\xe9 itu \u201cbagus\u201d.\n".encode("mac-roman"))
    page = page_with(window, qtbot, path)
    assert page.encoding.isVisible()
    page.encoding.choose("mac-roman")
    page.encoding.activated.emit(page.encoding.currentIndex())
    assert page.draft.file is not None
    assert "Café itu “bagus”" in page.draft.file.document.text
    assert any("Café" in row.words for row in page.preview_model.rows)


def test_what_cant_be_read_is_listed_and_the_rest_goes_in(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    good, bad = tmp_path / "B3.txt", tmp_path / "bad.docx"
    good.write_text("Catatan tanpa pembicara.\n", encoding="utf-8")
    bad.write_bytes(b"not a Word file")
    page = page_with(window, qtbot, good, bad)
    assert [draft.file is None for draft in page.drafts] == [False, True]
    assert page.go.text() == "Import 1 file"
    page.go.click()
    qtbot.waitUntil(lambda: window.desk.find(ImportPage) is None)
    assert [line.key for line in sources_listed(window.desk.study, "C1")] == ["A1", "D1", "B3"]


def test_leaving_the_page_writes_nothing(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "B3.txt"
    path.write_text("P: Apa?\nI: Ya.\n", encoding="utf-8")
    page_with(window, qtbot, path)
    importing.leave(window.desk)
    assert len(sources_listed(window.desk.study, "C1")) == 2
    assert window.workspaces.currentWidget() is window.desk.part(Reduction)


def test_a_new_study_is_made_with_its_codebook(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    shapes.dress(qapp, theme.theme())
    window = new_window(theme.theme())
    window.show()
    window.do("new")
    page = shown(qapp, NewStudy)
    qtbot.keyClicks(page.title, "Skripsi saya")
    assert page.file.text().endswith("skripsi-saya.qcl")
    page.file.setText(str(tmp_path / "baru.qcl"))
    qtbot.keyClicks(page.coder, "Dewi")
    page.make()
    qtbot.waitUntil(lambda: window.desk.project is not None)
    assert window.windowTitle() == "Skripsi saya – QualCoder Lite"
    assert window.desk.coder == "Dewi"
    assert len(codes_listed(window.desk.study, "Dewi")) == 47
    assert window.desk.part(Document).hint.isVisible()
    close(window, qapp)
    assert (tmp_path / "baru.qcl").is_file()


def test_a_new_study_never_overwrites_a_file(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    (tmp_path / "ada.qcl").write_bytes(b"x")
    window = new_window(theme.theme())
    window.show()
    window.do("new")
    page = shown(qapp, NewStudy)
    page.file.setText(str(tmp_path / "ada.qcl"))
    page.make()
    assert "is there already" in page.why.text()
    assert (tmp_path / "ada.qcl").read_bytes() == b"x"
    page.cancel.click()
    close(window, qapp)


def test_what_is_known_of_a_source_and_who_speaks_is_written(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    window.do("edit_source")
    form = shown(qapp, FormBox)
    fields = dict(form.rows)
    fields["Place"].setText("Kantor camat")  # type: ignore[attr-defined]
    form.keep()
    assert read_source(window.desk.study, made.ids["source", "A1"], "C1").place == "Kantor camat"
    qapp.processEvents()
    window.do("edit_source")
    form = [one for one in qapp.allWidgets() if isinstance(one, FormBox) and one.isVisible()][-1]
    lines = len(window.desk.text.numbers)
    dict(form.rows)["Characters in a numbered line"].setText("30")  # type: ignore[attr-defined]
    form.keep()
    assert read_source(window.desk.study, made.ids["source", "A1"], "C1").line_characters == 30
    assert len(window.desk.text.numbers) > lines
    qapp.processEvents()
    window.do("edit_speakers")
    form = [one for one in qapp.allWidgets() if isinstance(one, FormBox) and one.isVisible()][-1]
    dict(form.rows)["P: role"].choose("informant")  # type: ignore[attr-defined]
    form.keep()
    roles = {one.label: one.role for one in speakers_listed(window.desk.study, made.ids["source", "A1"])}
    assert roles == {"P": "informant", "A1": "informant"}


def test_an_informant_is_described_and_renamed_with_the_key_file(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    line = informants_listed(window.desk.study)[0]
    source_actions.edit_informant(window.desk, line.id)
    form = shown(qapp, FormBox)
    fields = dict(form.rows)
    fields["Alias"].setText("A9")  # type: ignore[attr-defined]
    fields["jabatan"].line.setText("Sekretaris")  # type: ignore[attr-defined]
    form.keep()
    now = informants_listed(window.desk.study)[0]
    assert (now.alias, now.work) == ("A9", "Sekretaris")
    assert {one.name: one.value for one in attributes_of(window.desk.study, line.id)}["kelompok"] == "ASN"
    assert read_names(key_path(window.desk.study.path)) == {}


def test_status_and_removal_are_steps(window: MainWindow, made: Made, qapp: QApplication) -> None:
    window.do("done")
    assert sources_listed(window.desk.study, "C1")[0].status == "done"
    window.do("remove_source")
    settle(window, qapp)
    assert [line.key for line in sources_listed(window.desk.study, "C1")] == ["D1"]
    assert window.desk.source is None
    window.news.action.click()
    settle(window, qapp)
    assert [line.key for line in sources_listed(window.desk.study, "C1")] == ["A1", "D1"]
