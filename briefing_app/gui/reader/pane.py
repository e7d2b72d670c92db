"""The reader's pane: an article, its head line with the target, the pop-up and the highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.annotation import Role
from briefing_app.gui import fonts, theme
from briefing_app.gui.reader import links
from briefing_app.gui.reader.bar import HEIGHT, TargetBar
from briefing_app.gui.reader.head import role_name
from briefing_app.gui.reader.highlights import HighlightsList
from briefing_app.gui.reader.note import NoteCard
from briefing_app.gui.reader.past import PastBar
from briefing_app.gui.reader.popup import Popup
from briefing_app.gui.reader.strips import Strips
from briefing_app.gui.reader.view import ArticleView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Article, ArticleVersion
    from briefing_app.domain.cluster import Cluster
    from briefing_app.gui.reader.sheet import Uses


class ReaderPane(QFrame):
    """It owns no data: it is told what to show, and says what the user asked for.

    Units: every range is in code points of the article's canonical text, without blanks at its ends.
    """

    annotate_requested = Signal(int, int, str)
    annotate_elsewhere_requested = Signal(int, int, str)
    comment_passage_requested = Signal(int, int, str)  # start, end, comment
    role_change_requested = Signal(str, str)
    comment_requested = Signal(str, str)  # annotation, comment
    delete_requested = Signal(str)
    highlight_activated = Signal(str)
    triage_requested = Signal(str)
    target_pick_requested = Signal()
    link_requested = Signal(str)
    switch_requested = Signal(tuple, bool)  # places of blocks, and whether they are to be in
    article_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, plane="surface")
        self._version: ArticleVersion | None = None
        self._uses: Uses = {}
        self.view = ArticleView(self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = _Empty(self)
        self.past = PastBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.past)
        self.strips = Strips(self.view)
        column.addWidget(self.strips)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._popup = Popup(self.view)  # first: Tab goes from the text to it
        self._bar = TargetBar(self.view)
        self._list = HighlightsList(self.view)
        self._note = NoteCard(self.view)
        self._noted: str | tuple[int, int] = ""  # the annotation or passage that a comment is for
        self.setFocusProxy(self.view)
        self._connect()
        self.show_nothing(imported=True)

    @property
    def version(self) -> ArticleVersion | None:
        """The version that is shown; None without an article."""
        return self._version

    def show_article(
        self,
        article: Article,
        version: ArticleVersion,
        annotations: tuple[Annotation, ...],
        uses: Uses,
    ) -> None:
        """Show an article from its beginning; `uses` are the statements' words by annotation."""
        self.past.hide()
        self._version, self._uses = version, uses
        self.show_cluster(None)
        self._popup.hide()
        self._list.hide()
        self.view.show_article(article, version, annotations, uses)
        self.strips.show_article(article)
        self._stack.setCurrentWidget(self.view)
        self._follow()

    def show_head(self, article: Article) -> None:
        """Show what is known of the open article now; its text stays where it is."""
        if self.view.show_head(article):
            self.strips.show_article(article)
            self._place_bar()

    def show_switched(self, version: ArticleVersion) -> None:
        """Show the same version with other blocks in it; what is read stays where it is."""
        self._version = version
        self.view.show_switched(version)
        self._follow()

    def show_annotations(self, annotations: tuple[Annotation, ...], uses: Uses) -> None:
        """Show other highlights in the same text; scroll position, selection and caret stay."""
        self._uses = uses
        self.view.show_annotations(annotations, uses)
        self._follow()

    def show_target(self, text: str) -> None:
        """Show where a point goes, e.g. "3 Grid failures"; empty when no story is open."""
        self._bar.show_target(text)

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Say what else prints the text of the article; None: nothing is known yet."""
        self._bar.origins.show_cluster(cluster)

    def clear(self) -> None:
        """Show that no article is chosen."""
        self.show_nothing(imported=True)

    def show_nothing(self, *, imported: bool) -> None:
        """Show what to do: choose an article, or bring the first ones in."""
        self.past.hide()
        self._version = None
        self._popup.hide()
        self._list.hide()
        self.view.clear_article()
        self.strips.show_article(None)
        self._empty.say(imported=imported)
        self._stack.setCurrentWidget(self._empty)

    def finish_comment(self) -> None:
        """Keep a comment that is being written, before another article is shown."""
        self._note.finish()

    def reveal(self, annotation_id: str) -> bool:
        """Bring a passage into the upper third and outline it for a moment; False if absent."""
        return self.view.reveal(annotation_id)

    def ask(self, role: Role, *, elsewhere: bool = False) -> bool:
        """Ask as if the role's key were pressed, e.g. from a menu; False if nothing is selected."""
        return self.view.ask(role, elsewhere=elsewhere)

    def set_scale(self, scale: float) -> None:
        """Show the text larger or smaller; 1.0 is 100 %."""
        self.view.set_scale(scale)

    def show_highlights(self) -> None:
        """Open the list of highlights, or close it."""
        if self._list.isVisible():
            self._close_list()
        elif self._version is not None and self.view.annotations:
            self._popup.hide()
            self._list.show_highlights(self.view.annotations, self._version.shown, self._uses)
            area = self.view.viewport().geometry()
            edge = area.left() + round(self.view.text_edges()[1])
            top = max(self._bar.geometry().bottom(), 0) + 4
            self._list.open_at(QPoint(edge, top), area.height() - top - 16)

    def menu(self, spot: QPoint) -> QMenu:
        """Return the menu of a place in the text: the roles, the highlight there, copying, the link.

        Units: px of the viewport.
        """
        view, menu = self.view, QMenu(self)
        view.choose_at(spot)
        chosen, current = view.chosen() is not None, view.current
        for role in Role:
            # the letter is written, not bound: it works without Ctrl, by the place of its key
            action = menu.addAction(f"{role_name(role)}\t{role.letter}")
            action.setEnabled(chosen or (current is not None and current.role is not role))
            action.setData(role.value)
            action.triggered.connect(self._menu_role)
        menu.addSeparator()
        comment = menu.addAction(self.tr("Comment") + "\tC", self._comment)
        comment.setEnabled(chosen or current is not None)
        delete = menu.addAction(self.tr("Delete the highlight"), self._delete)
        delete.setEnabled(current is not None and not chosen)
        menu.addSeparator()
        copy = menu.addAction(self.tr("Copy"), view.copy)
        copy.setEnabled(view.textCursor().hasSelection())
        if href := links.safe(view.anchorAt(spot)):
            link = menu.addAction(self.tr("Copy the address of the link"), self._copy_link)
            link.setData(href)
        menu.addAction(self.tr("Select all"), view.selectAll)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the text at its place."""
        super().resizeEvent(event)
        self._popup.hide()
        self._list.hide()
        if self._note.isVisible():
            self._note.place(*self._at_passage())
        self._place_bar()

    def _connect(self) -> None:
        view = self.view
        for own, its in (
            (self.annotate_requested, view.annotate_requested),
            (self.annotate_elsewhere_requested, view.annotate_elsewhere_requested),
            (self.role_change_requested, view.role_change_requested),
            (self.delete_requested, view.delete_requested),
            (self.highlight_activated, view.highlight_activated),
            (self.triage_requested, view.triage_requested),
            (self.target_pick_requested, view.target_pick_requested),
            (self.link_requested, view.link_requested),
            (self.switch_requested, view.switch_requested),
            (self.target_pick_requested, self._bar.target_pressed),
            (self.article_wanted, self._bar.origins.article_wanted),
            (self.delete_requested, self._list.delete_requested),
        ):
            its.connect(own)
        view.passage_selected.connect(self._offer)
        view.highlight_focused.connect(self._focus_on)
        view.highlight_clicked.connect(self._offer_highlight)
        view.customContextMenuRequested.connect(self._open_menu)
        view.laid_out.connect(self._place_bar)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        view.verticalScrollBar().rangeChanged.connect(self._place_bar)
        self._bar.highlights_pressed.connect(self.show_highlights)
        self._list.chosen.connect(self._go)
        self._list.dismissed.connect(self._close_list)
        self._popup.role_chosen.connect(self._role_chosen)
        self._popup.comment_chosen.connect(self._comment)
        self._popup.delete_chosen.connect(self._delete)
        self._popup.dismissed.connect(self._dismiss)
        self._note.written.connect(self._noted_down)
        self._note.closed.connect(self._back_to_text)
        view.comment_asked.connect(self._comment)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _follow(self) -> None:
        self._bar.show_count(len(self.view.annotations))
        if self._list.isVisible() and self._version is not None:
            self._list.show_highlights(self.view.annotations, self._version.shown, self._uses)
        self._offer(self.view.chosen() is not None)
        self._place_bar()

    def _place_bar(self) -> None:
        line = self.view.target_line()
        area = self.view.viewport().geometry()
        left, right = self.view.text_edges()
        self._bar.place(
            line.center().y() - HEIGHT / 2,
            self.view.width() - 12,
            area.left() + left,
            area.left() + right,
            rtl=self.view.right_to_left(),
        )

    def _scrolled(self) -> None:
        self._place_bar()
        if self._popup.isVisible():
            self._stand_popup(existing=self.view.chosen() is None)
        if self._note.isVisible():
            self._note.place(*self._at_passage())

    def _offer(self, chosen: bool) -> None:
        if chosen:
            self._stand_popup(existing=False)
        elif self.view.current is None:
            self._popup.hide()

    def _offer_highlight(self) -> None:
        self._stand_popup(existing=True)

    def _focus_on(self) -> None:
        if self.view.chosen() is None:
            self._popup.hide()

    def _stand_popup(self, *, existing: bool) -> None:
        if not self.view.hasFocus():
            return
        self._popup.offer(*self._at_passage(), existing=existing)

    def _at_passage(self) -> tuple[tuple[QRectF, ...], QRect]:
        """Return where the chosen passage is, and where a card may stand. Units: px of the view."""
        area = self.view.viewport().geometry()
        rects = tuple(rect.translated(area.topLeft()) for rect in self.view.chosen_rects())
        return rects, QRect(0, 0, self.view.width() - 12, self.view.height())

    def _open_menu(self, spot: QPoint) -> None:
        menu = self.menu(spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(spot))

    def _role_chosen(self, role: str, elsewhere: bool) -> None:
        self.view.ask(Role(role), elsewhere=elsewhere)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu_role(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.view.ask(Role(action.data()))

    def _copy_link(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            QGuiApplication.clipboard().setText(str(action.data()))

    def _comment(self) -> None:
        """Open the card for the selected passage, or else for the current highlight."""
        chosen, current = self.view.chosen(), self.view.current
        if chosen is None and current is None:
            return
        self._popup.hide()
        if chosen is not None:
            self._noted = chosen
        elif current is not None:
            self._noted = current.id
        old = current.comment if chosen is None and current is not None else ""
        self._note.open(old, *self._at_passage())

    def _noted_down(self, words: str) -> None:
        if isinstance(self._noted, str):
            self.comment_requested.emit(self._noted, words)
        else:
            self.comment_passage_requested.emit(*self._noted, words)

    def _back_to_text(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        current = self.view.current
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if current is not None:
            self.delete_requested.emit(current.id)

    def _dismiss(self) -> None:
        self._popup.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, name: str) -> None:
        self._close_list()
        self.view.reveal(name)

    def _close_list(self) -> None:
        self._list.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not (now is self.view or self.view.isAncestorOf(now)):
            self._popup.hide()
            self._list.hide()


class _Empty(QWidget):
    """What stands where no article is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setFont(fonts.content(19))
        self._more = QLabel(self)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self._words, self._more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            theme.set_look(label, words="muted")
            column.addWidget(label)
        column.addStretch(3)

    def say(self, *, imported: bool) -> None:
        """Say what to do next."""
        self._words.setText(
            self.tr("Select an article on the left")
            if imported
            else self.tr("Drop files here, or Ctrl+O")
        )
        self._more.setText(
            self.tr("Then select a passage and press K, T, I or S.")
            if imported
            else self.tr(
                "Web pages, PDF, mails, Word, feeds and more, or a story in the text form."
            )
        )
