"""Connects tags and collections with the library: shown at the left, put on what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu

from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.domain.tags import tag_of
from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.articles.shelf import ARCHIVE, COLLECTION, Section, Shelf, collection_of
from briefing_app.gui.dialogs.name import ask_name
from briefing_app.gui.gathering.picker import Pick, Picker, ask
from briefing_app.gui.icons import icon
from briefing_app.gui.numbers import number
from briefing_app.services.collecting import (
    deleting_tag,
    putting,
    renaming_tag,
    tagging,
    taking_out,
)
from briefing_app.services.many import FEW, Edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.collection import Collection
    from briefing_app.gui.articles.controller import ArticlesController
    from briefing_app.gui.dialogs.alltags import AllTagsDialog
    from briefing_app.gui.gathering.deeds import Deeds
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Counts
    from briefing_app.services.collecting import Collecting
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services

IN_MENU = 15  # collections that the list's menu names
# edits of articles that leave every tag where it is
_TAGLESS = frozenset({Action.SET_STATE, Action.OPEN_ARTICLE, Action.COLLECT, Action.UNCOLLECT})


class Gathering(QObject):
    """Collections are a section of the shelves, the most used tags chips under it."""

    def __init__(
        self,
        window: MainWindow,
        lists: ArticlesController,
        deeds: Deeds,
        services: Services,
        runner: JobRunner,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pane = window.articles
        self._lists = lists
        self._deeds = deeds
        self._services = services
        self._runner = runner
        self._collections: tuple[tuple[Collection, int], ...] = ()
        self._tags: tuple[tuple[str, int], ...] = ()
        self._stale = True  # the tags
        self._job: Job | None = None
        self._all: AllTagsDialog | None = None
        lists.counted.connect(self._counted)
        shelves, tags = self._pane.shelves, self._pane.tags
        shelves.asked.connect(self._asked)
        shelves.menu_wanted.connect(self._menu)
        shelves.articles_dropped.connect(self._dropped)
        tags.all_wanted.connect(self.show_all)
        tags.menu_wanted.connect(self._tag_menu)
        for name, do in (
            ("tag-article", self.tag),
            ("collect-article", self.collect),
            ("new-collection", self.new),
            ("tags", self.show_all),
        ):
            window.actions_[name].triggered.connect(do)

    @Slot(object)
    def note(self, changed: Changed) -> None:
        """Note that tags may have changed; they are read with the list."""
        if changed.action not in _TAGLESS and any(
            entity is Entity.ARTICLE for entity, _ in changed.keys
        ):
            self._stale = True

    @Slot()
    def tag(self) -> None:
        """Ask which tags the chosen articles have."""
        chosen = self._deeds.chosen()
        if not chosen:
            return
        count = len(chosen)
        on = self._services.collecting.tags_of(chosen)
        known = self._tags if self._tags else self._services.collecting.tags()
        picks = tuple(
            Pick(tag, tag, number(used), _on(on.get(tag.casefold(), 0), count))
            for tag, used in known
        )
        heading = self.tr("Tags of {count}").replace("{count}", self._deeds.count())
        hint = self.tr("Type a tag, Enter adds it")
        found = ask(Picker(heading, hint, picks, tag_of, self._window))
        if found is not None and (found.added or found.removed or found.new):
            edit = tagging((*found.added, *found.new), found.removed)
            self._deeds.act(edit, self.tr("Changing tags"), stays=True)

    @Slot()
    def collect(self) -> None:
        """Ask which collections the chosen articles are in."""
        chosen = self._deeds.chosen()
        if not chosen:
            return
        count = len(chosen)
        on = self._services.collecting.collections_of(chosen)
        picks = tuple(
            Pick(one.id, one.name, number(used), _on(on.get(one.id, 0), count))
            for one, used in self._collections
        )
        heading = self.tr("Collections of {count}").replace("{count}", self._deeds.count())
        hint = self.tr("Find a collection, or name a new one")
        found = ask(Picker(heading, hint, picks, _line, self._window))
        if found is None:
            return
        made = tuple(self._made(name) for name in found.new)
        edit = _collecting((*found.added, *filter(None, made)), found.removed)
        if edit is not None:
            here = collection_of(self._pane.shelf())
            self._deeds.act(edit, self.tr("Changing collections"), stays=here not in found.removed)

    @Slot()
    def new(self) -> None:
        """Make a collection."""
        if name := ask_name(self._window, self.tr("New collection")):
            self._made(name)

    @Slot()
    def show_all(self) -> None:
        """Show all tags."""
        from briefing_app.gui.dialogs.alltags import AllTagsDialog  # noqa: PLC0415 (loaded when it is asked for)

        writable = self._services.read_only is None
        dialog = self._all = AllTagsDialog(self._window, writable=writable)
        dialog.filter_asked.connect(self._pane.toggle_tag)
        dialog.rename_asked.connect(self._rename_tag)
        dialog.delete_asked.connect(self._delete_tag)
        dialog.show_tags(self._services.collecting.tags())
        dialog.exec()
        self._all = None
        dialog.deleteLater()

    def fill_menu(self, menu: QMenu) -> None:
        """Add what puts articles into collections to the list's menu."""
        if self._services.read_only is not None:
            return
        shelf = collection_of(self._pane.shelf())
        inner = menu.addMenu(icon("folder"), self.tr("Put into a collection"))
        for one, _ in self._collections[:IN_MENU]:
            if one.id != shelf:
                action = inner.addAction(one.name.replace("&", "&&"))
                action.triggered.connect(partial(self._put, one.id))
        inner.addSeparator()
        inner.addAction(self._window.actions_["collect-article"])
        if shelf:
            words = self.tr("Take out of “{name}”").replace("{name}", self._pane.shelves.title())
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                partial(self._take_out, shelf)
            )

    # what is shown

    @Slot(object)
    def _counted(self, counts: Counts) -> None:
        self._pane.show_counts(counts)
        self._collections = counts.collections
        shelves = tuple(
            Shelf(f"{COLLECTION}{one.id}", one.name, "folder", count)
            for one, count in counts.collections
        )
        adds = self.tr("New collection") if self._services.read_only is None else ""
        title = self.tr("Collections")
        self._pane.shelves.show_section(Section("collections", title, shelves, adds))
        if self._stale and self._job is None:
            self._stale = False
            self._job = self._runner.job(read_tags, self._services.collecting)
            self._job.finished.connect(self._tags_read)
            self._job.failed.connect(self._failed)
            self._job.start()

    @Slot(object)
    def _tags_read(self, tags: tuple[tuple[str, int], ...]) -> None:
        self._job = None
        self._tags = tags
        self._pane.tags.show_tags(tags)
        if self._all is not None:
            self._all.show_tags(tags)

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._job = None
        problems.tell(self._window, error)

    # collections

    @Slot(str, str)
    def _asked(self, what: str, name: str) -> None:
        if self._services.read_only is not None:
            return
        if what == "add":
            if name == "collections":
                self.new()
            return
        collection = collection_of(name)
        if not collection:
            return
        match what:
            case "rename":
                self._rename(collection)
            case "delete":
                self._try(partial(self._services.collecting.delete_collection, collection))
            case _:
                self._move(collection, -1 if what == "up" else 1)

    @Slot(str, QPoint)
    def _menu(self, name: str, where: QPoint) -> None:
        collection = collection_of(name)
        if self._services.read_only is not None or not (collection or name == "collections"):
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if collection:
            for words, what in (
                (self.tr("Rename…\tF2"), "rename"),
                (self.tr("Move up\tAlt+Up"), "up"),
                (self.tr("Move down\tAlt+Down"), "down"),
                (self.tr("Delete the collection\tDel"), "delete"),
            ):
                menu.addAction(words).triggered.connect(partial(self._asked, what, name))
            menu.addSeparator()
        menu.addAction(self._window.actions_["new-collection"])
        menu.popup(where)

    def _rename(self, collection: str) -> None:
        name = next((one.name for one, _ in self._collections if one.id == collection), "")
        if (new := ask_name(self._window, self.tr("Rename the collection"), name)) and new != name:
            self._try(partial(self._services.collecting.rename_collection, collection, new))

    def _move(self, collection: str, way: int) -> None:
        ids = [one.id for one, _ in self._collections]
        if collection not in ids:
            return
        at = ids.index(collection) + way
        if not 0 <= at < len(ids):
            return
        behind = at + 1 if way > 0 else at
        before = ids[behind] if behind < len(ids) else ""
        self._try(partial(self._services.collecting.move_collection, collection, before))

    @Slot(str)
    def _dropped(self, name: str) -> None:
        if name == ARCHIVE:
            self._window.actions_["archive"].trigger()
        elif collection := collection_of(name):
            self._put(collection)

    def _put(self, collection: str) -> None:
        if self._services.read_only is None:
            self._deeds.act(putting(collection), self.tr("Collecting articles"), stays=True)

    def _take_out(self, collection: str) -> None:
        self._deeds.act(taking_out(collection), self.tr("Taking articles out"), stays=False)

    def _made(self, name: str) -> str:
        try:
            return self._services.collecting.new_collection(name).id
        except BriefingError as error:
            problems.tell(self._window, error)
            return ""

    # tags

    @Slot(str, QPoint)
    def _tag_menu(self, tag: str, where: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show its articles")).triggered.connect(
            partial(self._pane.toggle_tag, tag)
        )
        if self._services.read_only is None:
            menu.addAction(self.tr("Rename…")).triggered.connect(partial(self._rename_tag, tag))
            menu.addAction(self.tr("Delete")).triggered.connect(partial(self._delete_tag, tag))
        menu.popup(where)

    @Slot(str)
    def _rename_tag(self, tag: str) -> None:
        hint = self.tr("If there is such a tag already, the two become one.")
        parent = self._all or self._window
        new = ask_name(parent, self.tr("Rename the tag"), tag, hint)
        if new and tag_of(new) and tag_of(new) != tag:
            self._everywhere(tag, renaming_tag(tag, new), self.tr("Renaming a tag"))

    @Slot(str)
    def _delete_tag(self, tag: str) -> None:
        self._everywhere(tag, deleting_tag(tag), self.tr("Deleting a tag"))

    def _everywhere(self, tag: str, edit: Edit, title: str) -> None:
        many = dict(self._tags).get(tag, 0) > FEW
        find = partial(self._services.collecting.tagged, tag)
        if many:
            self._deeds.act_on(find, edit, title)
        else:
            self._try(partial(_edit_found, self._services, find, edit, tag))

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except BriefingError as error:
            problems.tell(self._window, error)


def read_tags(progress: Progress, collecting: Collecting) -> tuple[tuple[str, int], ...]:
    """Read all tags; a job."""
    progress.check()
    return collecting.tags()


def _edit_found(services: Services, find: partial[tuple[str, ...]], edit: Edit, tag: str) -> None:
    services.many.edit(find(), edit, tag)


def _collecting(add: tuple[str, ...], remove: tuple[str, ...]) -> Edit | None:
    """Return the edit that puts articles into some collections and takes them out of others."""
    if not add:
        return _taking_out_of(remove) if remove else None

    def becomes(held: list[str]) -> list[str]:
        kept = [one for one in held if one not in remove]
        return [*kept, *(one for one in add if one not in kept)]

    return Edit(Action.COLLECT, "collections", becomes)


def _taking_out_of(remove: tuple[str, ...]) -> Edit:
    def becomes(held: list[str]) -> list[str]:
        return [one for one in held if one not in remove]

    return Edit(Action.UNCOLLECT, "collections", becomes)


def _on(count: int, of: int) -> Qt.CheckState:
    if not count:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if count >= of else Qt.CheckState.PartiallyChecked


def _line(name: str) -> str:
    return " ".join(name.split())
