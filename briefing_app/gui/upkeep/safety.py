"""Keeps the library safe: backs up on its own, and does what the menu asks for.

It works without an open library, too: one that is damaged is restored or repaired from here.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QMessageBox

from briefing_app.domain.soundness import Fault
from briefing_app.gui import problems
from briefing_app.gui.upkeep import words
from briefing_app.gui.upkeep.daily import Daily
from briefing_app.gui.upkeep.idle import IdleRound
from briefing_app.gui.upkeep.report import DONE, NOTE, TROUBLE, ReportDialog
from briefing_app.paths import library_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.backup import Backup, Copied, Elsewhere, Repaired, Restored
    from briefing_app.domain.soundness import CheckReport
    from briefing_app.gui.library import OpenLibrary
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.gui.upkeep.restoring import RestoreDialog
    from briefing_app.progress import Progress
    from briefing_app.services.upkeep import Upkeep
    from briefing_app.settings import Settings


class Safety(QObject):
    """One for the window, whatever library it shows."""

    _restored = Signal(object)  # from the job that works while the library is closed
    _repaired = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        library: OpenLibrary,
        long_work: LongWork,
        settings: Settings,
        upkeep_of: Callable[[Path], Upkeep],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._long_work = long_work
        self._settings = settings
        self._upkeep_of = upkeep_of
        self._news: Callable[[], None] | None = None
        self._dialog: RestoreDialog | None = None
        self.daily = Daily(window, library, long_work, settings, self)
        self.idle = IdleRound(window, library, long_work, self)
        library.shown.connect(self._shown)
        self._restored.connect(self._was_restored)
        self._repaired.connect(self._was_repaired)
        for name, do in (
            ("back-up", self.back_up),
            ("backup-place", self.choose_place),
            ("restore-backup", self.restore),
            ("check-library", self.check),
            ("repair-library", self.repair),
        ):
            window.actions_[name].triggered.connect(do)

    @Slot()
    def back_up(self) -> None:
        """Back up now, and copy to the second place where that can be reached."""
        if (upkeep := self._upkeep()) is not None:
            place = self._place()
            self._long_work.begin(
                self.tr("Backup"), partial(back_up_now, upkeep=upkeep, place=place), self._backed_up
            )

    @Slot()
    def choose_place(self) -> None:
        """Ask for the second place, and copy to it at once."""
        from briefing_app.gui.upkeep.place import PlaceDialog  # noqa: PLC0415 (loaded when it is asked for)

        upkeep = self._upkeep()
        if upkeep is None:
            return
        dialog = PlaceDialog(self._place(), self._age(upkeep.last_elsewhere()), self._window)
        if dialog.exec():
            self._settings.change(backup_place=str(dialog.place) if dialog.place else "")
            self._settings.save()
            if dialog.place is not None:
                self._long_work.begin(
                    self.tr("Copy to the second place"),
                    partial(copy_now, upkeep=upkeep, place=dialog.place),
                    self._backed_up,
                )
            self.daily.show_age(None)
        dialog.deleteLater()

    @Slot()
    def restore(self) -> None:
        """Ask for a backup, and put it in the place of the library."""
        from briefing_app.gui.upkeep.restoring import RestoreDialog  # noqa: PLC0415 (loaded when it is asked for)

        upkeep = self._upkeep()
        if upkeep is None or self._long_work.is_busy():
            return
        self._dialog = dialog = RestoreDialog(library_name(upkeep.folder), self._window)
        looking = self._long_work.quietly(look_for_backups, upkeep, self._place())
        looking.finished.connect(self._found)
        looking.failed.connect(self._not_found)
        looking.start()
        accepted, self._dialog = dialog.exec(), None
        file = dialog.picked() if accepted else None
        if file is not None and dialog.file is not None:
            self.look_at(file)
        elif file is not None:
            self.restore_file(file)
        dialog.deleteLater()

    def look_at(self, file: Path) -> None:
        """Read a file from elsewhere, and ask whether it is to be restored."""
        if (upkeep := self._upkeep()) is not None:
            look = partial(look_at_file, upkeep=upkeep, file=file)
            self._long_work.begin(self.tr("Reading the backup"), look, self._looked_at)

    def restore_file(self, file: Path) -> None:
        """Close the library, put a backup in its place, and open that."""
        if (upkeep := self._upkeep()) is not None:
            self._library.reopen(
                partial(restore_file, upkeep=upkeep, file=file, tell=self._restored),
                self.tr("Restore"),
            )

    @Slot()
    def check(self) -> None:
        """Look the library through, beside the work in it."""
        if (upkeep := self._upkeep()) is not None:
            self._long_work.begin(self.tr("Check"), upkeep.check, self._checked)

    @Slot()
    def repair(self) -> None:
        """Repair the library, if the user wants that."""
        if self._upkeep() is None or self._long_work.is_busy():
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Repair the library?"))
        box.setInformativeText(
            self.tr(
                "It is closed for as long as that takes. The search index is made anew, and what is "
                "damaged comes back from a backup. Nothing is thrown away: a damaged file is kept."
            )
        )
        mend = box.addButton(self.tr("Repair"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(mend)
        box.exec()
        if box.clickedButton() is mend:
            self.repair_now()

    def repair_now(self) -> None:
        """Close the library, mend it, and open it again."""
        if (upkeep := self._upkeep()) is not None:
            self._library.reopen(
                partial(mend, upkeep=upkeep, place=self._place(), tell=self._repaired),
                self.tr("Repair"),
            )

    # what came of it

    def _backed_up(self, made: tuple[Backup, Copied | None, str]) -> None:
        backup, copied, trouble = made
        said = self.tr("Backed up: {holds}").replace("{holds}", words.holds(backup))
        if copied is not None:
            said = self.tr("Backed up and copied to {place}: {holds}")
            place = self._place()
            said = said.replace("{place}", f"\u2068{place.name if place else ''}\u2069")
            said = said.replace("{holds}", words.holds(backup))
            if copied.same_disk:
                said += " " + self.tr(
                    "That folder is on the disk of the library, and lost with it."
                )
            if copied.lost:
                said += " " + self.tr("Some originals are lost or damaged: check the library.")
        self._long_work.say(
            f"{said} {trouble}".strip(),
            stay=bool(trouble) or (copied is not None and bool(copied.same_disk or copied.lost)),
        )
        self.daily.look()

    @Slot(object)
    def _found(self, found: tuple[tuple[Backup, ...], Path | None]) -> None:
        if self._dialog is not None:
            self._dialog.show_backups(*found)

    @Slot(Exception)
    def _not_found(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_trouble(problems.in_words(error))

    def _looked_at(self, looked: tuple[Backup, bool]) -> None:
        backup, other = looked
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning if other else QMessageBox.Icon.Question)
        asks = self.tr("Restore the backup of {moment}?")
        box.setText(asks.replace("{moment}", words.moment(backup.made_at)))
        says = [words.holds(backup)]
        if other:
            says.append(self.tr("It is of another library, and takes the place of this one."))
        says.append(self.tr("The library as it is now is kept aside."))
        box.setInformativeText("\n\n".join(says))
        yes = box.addButton(self.tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no if other else yes)
        box.exec()
        if box.clickedButton() is yes:
            self.restore_file(backup.path)

    def _checked(self, report: CheckReport) -> None:
        if not report.findings:
            said = self.tr("The library is sound: {compared} compared.")
            compared = words.compared(report.texts, report.originals)
            self._long_work.say(said.replace("{compared}", compared))
            return
        lines = [
            (NOTE if finding.fault is Fault.SPARE else TROUBLE, sentence)
            for finding, sentence in zip(
                report.findings,
                problems.in_sentences(finding.remark for finding in report.findings),
                strict=True,
            )
        ]
        if report.sound:
            dialog = ReportDialog(self.tr("The library is sound"), "", lines, parent=self._window)
        else:
            dialog = ReportDialog(
                self.tr("The library needs a repair"),
                self.tr(
                    "A repair brings back from backups what they still have. What none has can be "
                    "imported again."
                ),
                lines,
                do=self.tr("Repair"),
                parent=self._window,
            )
        if dialog.exec():
            self.repair_now()
        dialog.deleteLater()

    @Slot(object)
    def _was_restored(self, done: Restored) -> None:
        said = self.tr("Restored the backup of {moment}. What was there before is kept aside.")
        said = said.replace("{moment}", words.moment(done.backup.made_at))
        if done.missing:
            said += " " + self.tr("Some originals are missing: check the library.")
        self._news = partial(self._long_work.say, said, stay=True)

    @Slot(object)
    def _was_repaired(self, done: Repaired) -> None:
        self._news = partial(self._show_repaired, done)

    def _show_repaired(self, done: Repaired) -> None:
        head, particulars = words.repaired(done)
        if done.backup is None and not done.left and not done.mended and done.aside is None:
            self._long_work.say(f"{head}. {particulars[0]}")
            return
        mended = problems.in_sentences(finding.remark for finding in done.mended)
        left = problems.in_sentences(finding.remark for finding in done.left)
        back = self.tr("{sentence} It was brought back.")
        again = self.tr("{sentence} No backup has it; import the file again.")
        lines = (
            *((NOTE, line) for line in particulars),
            *((DONE, back.replace("{sentence}", one)) for one in mended),
            *((TROUBLE, again.replace("{sentence}", one)) for one in left),
        )
        dialog = ReportDialog(head, "", lines, parent=self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _shown(self) -> None:
        news, self._news = self._news, None
        if news is not None:
            news()

    # what it works with

    def _upkeep(self) -> Upkeep | None:
        """Return what keeps the library of the window safe, open or not."""
        folder = self._library.folder
        return None if folder is None else self._upkeep_of(folder)

    def _place(self) -> Path | None:
        name = self._settings.now.backup_place
        return Path(name) if name else None

    def _age(self, last: Elsewhere | None) -> str:
        if last is None or last.place != self._place():
            return self.tr("Nothing was copied there yet.")
        return self.tr("Last copy: {moment}").replace("{moment}", words.moment(last.made_at))


def back_up_now(
    progress: Progress, upkeep: Upkeep, place: Path | None
) -> tuple[Backup, Copied | None, str]:
    """Back up, and copy to the second place where it is there; a job."""
    if place is None:
        return upkeep.back_up(progress), None, ""
    if place.is_dir():
        return copy_now(progress, upkeep, place)
    trouble = problems.in_words(upkeep.absent(place))
    return upkeep.back_up(progress), None, trouble


def copy_now(progress: Progress, upkeep: Upkeep, place: Path) -> tuple[Backup, Copied | None, str]:
    """Back up and copy to the second place; a job."""
    copied = upkeep.copy_out(place, progress)
    return copied.backup, copied, ""


def look_for_backups(
    progress: Progress, upkeep: Upkeep, place: Path | None
) -> tuple[tuple[Backup, ...], Path | None]:
    """Find all backups of the library, also in the second place; a job."""
    progress.check()
    away = upkeep.copies_in(place) if place is not None and place.is_dir() else ()
    found = sorted((*upkeep.backups(), *away), key=lambda one: one.made_at, reverse=True)
    return tuple(found), place


def look_at_file(progress: Progress, upkeep: Upkeep, file: Path) -> tuple[Backup, bool]:
    """Read a backup from end to end, and tell whether it is of another library; a job."""
    backup = upkeep.preview(file, progress)
    return backup, upkeep.is_of_another(backup)


def restore_file(progress: Progress, upkeep: Upkeep, file: Path, tell: SignalInstance) -> None:
    """Put a backup in the place of the closed library; a job."""
    tell.emit(upkeep.restore(file, progress, own_window=True))


def mend(progress: Progress, upkeep: Upkeep, place: Path | None, tell: SignalInstance) -> None:
    """Repair the closed library; a job."""
    there = place if place is not None and place.is_dir() else None
    tell.emit(upkeep.repair(progress, second_place=there, own_window=True))
