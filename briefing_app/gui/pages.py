"""Pages of PDFs that this program wrote, as pictures.

pdfium is not thread-safe: three threads aborted the process in three of three runs. So all of it
happens on one thread of its own, which lives as long as the application.
"""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from types import ModuleType

WHITE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page. Units: points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered page. Units: `scale` is pixels a point."""

    document: int
    page: int
    scale: float
    image: QImage


class Pages(QObject):
    """Opens documents and renders their pages; answers come as signals, `Future`s in other threads."""

    opened = Signal(int, object)  # document, tuple of PageSize
    rendered = Signal(object)  # Picture
    failed = Signal(int, str)  # document, what pdfium says

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pdfium")
        self._numbers = itertools.count(1)
        self._documents: dict[int, Any] = {}  # touched on pdfium's thread only

    def open(self, data: bytes) -> int:
        """Open a PDF and return its number; `opened` or `failed` follows."""
        number = next(self._numbers)
        self._thread.submit(self._tell_opened, number, data)
        return number

    def render(self, document: int, page: int, scale: float) -> None:
        """Render a page, counted from 0; `rendered` follows unless the document is closed by then."""
        self._thread.submit(self._tell_rendered, document, page, scale)

    def forget(self, document: int) -> None:
        """Close a document; what is still asked of it is passed over."""
        self._thread.submit(self._close, document)

    def sizes(self, document: int) -> Future[tuple[PageSize, ...]]:
        """Return the sizes of all pages, for a job that waits."""
        return self._thread.submit(self._sizes, document)

    def band(self, document: int, page: int, scale: float, band: QRect) -> Future[QImage]:
        """Return a part of a page for the printer, for a job that waits.

        Units: `band` is in pixels at `scale`.
        """
        return self._thread.submit(self._draw, document, page, scale, band)

    def stop(self) -> None:
        """Finish what is being drawn and end the thread; at the end of the application."""
        self._thread.submit(self._close_all)
        self._thread.shutdown(wait=True)

    # on pdfium's thread

    def _tell_opened(self, number: int, data: bytes) -> None:
        try:
            self._documents[number] = _pdfium().PdfDocument(data)
            sizes = self._sizes(number)
        except Exception as error:  # noqa: BLE001 (the thread's top: what pdfium raises goes to the user)
            self.failed.emit(number, str(error))
        else:
            self.opened.emit(number, sizes)

    def _tell_rendered(self, number: int, page: int, scale: float) -> None:
        if number not in self._documents:
            return
        try:
            width, height = self._pixels(number, page, scale)
            image = self._draw(number, page, scale, QRect(0, 0, width, height))
        except Exception as error:  # noqa: BLE001 (the thread's top: what pdfium raises goes to the user)
            self.failed.emit(number, str(error))
        else:
            self.rendered.emit(Picture(number, page, scale, image))

    def _sizes(self, number: int) -> tuple[PageSize, ...]:
        document = self._documents[number]
        return tuple(PageSize(*document.get_page_size(at)) for at in range(len(document)))

    def _pixels(self, number: int, page: int, scale: float) -> tuple[int, int]:
        width, height = self._documents[number].get_page_size(page)
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _draw(self, number: int, page: int, scale: float, band: QRect) -> QImage:
        pdfium = _pdfium()
        width, height = self._pixels(number, page, scale)
        # closed here: what is left to the garbage collector is closed on any thread
        with (
            closing(self._documents[number][page]) as sheet,
            closing(
                pdfium.PdfBitmap.new_native(band.width(), band.height(), pdfium.raw.FPDFBitmap_BGRx)
            ) as bitmap,
        ):
            pdfium.raw.FPDFBitmap_FillRect(bitmap, 0, 0, band.width(), band.height(), WHITE)
            place = (-band.x(), -band.y(), width, height, 0)
            pdfium.raw.FPDF_RenderPageBitmap(bitmap, sheet, *place, pdfium.raw.FPDF_ANNOT)
            return QImage(
                bitmap.buffer,
                band.width(),
                band.height(),
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()

    def _close(self, number: int) -> None:
        document = self._documents.pop(number, None)
        if document is not None:
            document.close()

    def _close_all(self) -> None:
        for number in tuple(self._documents):
            self._close(number)


def _pdfium() -> ModuleType:
    """Load pdfium at the first page, so that the window is painted before."""
    import pypdfium2  # noqa: PLC0415 (paint first: 40 ms that most starts do not need)
    import pypdfium2.raw  # noqa: PLC0415 (the same)

    loaded: ModuleType = pypdfium2
    return loaded
