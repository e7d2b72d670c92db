"""The pictures of the open article: measured and decoded off the window's thread, few of them held.

What is shown comes from the library alone, by its SHA-256, and only in four formats. A picture is
decoded at the size at which it stands on the screen, when it is about to be painted.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODeviceBase, QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from briefing_app.errors import BriefingError
from briefing_app.services.originals import picture_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.progress import Progress

    Read = Callable[[str], bytes | None]  # the bytes of a picture by its SHA-256; any thread

HELD = 64 * 1024 * 1024  # bytes of decoded pictures; a large screen full of them takes less
_ALLOCATION = 128  # MB for one picture while it is decoded
_WAITING = 12  # pictures: those passed by in a quick scroll are not worth decoding
_KNOWN = 5_000  # sizes that are kept

Wanted = tuple[str, int, int]  # SHA-256, and width and height in device pixels
NOTHING = QSize(0, 0)  # the size of what cannot be shown


class Pictures(QObject):
    """Gives sizes and pictures as they become known; what is not yet known is asked for."""

    measured = Signal()
    decoded = Signal()

    def __init__(self, read: Read, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QImageReader.setAllocationLimit(_ALLOCATION)
        self._read = read
        self._runner = runner
        self._sizes: dict[str, QSize] = {}
        self._images: OrderedDict[Wanted, QImage] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[Wanted, None] = OrderedDict()
        self._measuring: Job | None = None
        self._decoding: Job | None = None
        self._next: tuple[str, ...] = ()

    def measure(self, assets: Iterable[str]) -> None:
        """Find out how large some pictures are; `measured` tells when all are known."""
        unknown = tuple(dict.fromkeys(one for one in assets if one not in self._sizes))
        self._waiting.clear()
        if self._measuring is not None:
            self._next = unknown
        elif unknown:
            self._measuring = self._job(self._runner.job(_measure, self._read, unknown))
            self._measuring.finished.connect(self._are_measured)
            self._measuring.start()

    def size(self, asset: str) -> QSize | None:
        """Return the size of a picture, `NOTHING` for one that cannot be shown, None as yet unknown.

        Units: px of the picture.
        """
        return self._sizes.get(asset)

    def image(self, asset: str, width: int, height: int) -> QImage | None:
        """Return a picture in a size, or None while it is being decoded. Units: device pixels."""
        wanted = (asset, max(1, width), max(1, height))
        if wanted in self._images:
            self._images.move_to_end(wanted)
            return self._images[wanted]
        self._waiting[wanted] = None
        self._waiting.move_to_end(wanted)
        while len(self._waiting) > _WAITING:
            self._waiting.popitem(last=False)
        self._go_on()
        return None

    @property
    def held(self) -> int:
        """How many bytes of decoded pictures are held."""
        return self._bytes

    def let_go(self) -> None:
        """Hold no picture any more: another article is shown, or none."""
        self._waiting.clear()
        self._images.clear()
        self._bytes = 0

    def close(self) -> None:
        """Ask for nothing more, and let the pictures go."""
        self._next = ()
        for job in (self._measuring, self._decoding):
            if job is not None:
                job.cancel()
        self.let_go()

    def _go_on(self) -> None:
        if self._decoding is None and self._waiting:
            wanted, _ = self._waiting.popitem()  # what was asked for last is in sight
            self._decoding = self._job(self._runner.job(_decode, self._read, wanted))
            self._decoding.finished.connect(self._is_decoded)
            self._decoding.start()

    def _job(self, job: Job) -> Job:
        job.failed.connect(self._went_wrong)
        job.cancelled.connect(self._was_stopped)
        return job

    @Slot(object)
    def _are_measured(self, found: dict[str, QSize]) -> None:
        self._measuring = None
        if len(self._sizes) > _KNOWN:
            self._sizes.clear()
        self._sizes.update(found)
        following, self._next = self._next, ()
        self.measured.emit()
        self.measure(following)

    @Slot(object)
    def _is_decoded(self, found: tuple[Wanted, QImage]) -> None:
        self._decoding = None
        wanted, image = found
        if image.isNull():
            self._sizes[wanted[0]] = NOTHING
            self.measured.emit()
        else:
            self._images[wanted] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > HELD and len(self._images) > 1:
                _, old = self._images.popitem(last=False)
                self._bytes -= old.sizeInBytes()
            self.decoded.emit()
        self._waiting.pop(wanted, None)
        self._go_on()

    @Slot(Exception)
    def _went_wrong(self, error: Exception) -> None:
        self._was_stopped()
        raise error  # a fault of the program: the window tells of it

    @Slot()
    def _was_stopped(self) -> None:
        self._measuring = self._decoding = None


def size_of(data: bytes | None) -> QSize:
    """Return how large a picture is as it is shown, by its first bytes; `NOTHING` if it cannot be."""
    if not data or (reader := _reader(data)) is None:
        return NOTHING
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return NOTHING
    return size.transposed() if _is_turned(reader) else size


def decode(data: bytes | None, width: int, height: int) -> QImage:
    """Return a picture in a size; a null one if it is broken. Units: pixels."""
    reader = _reader(data) if data else None
    if reader is None:
        return QImage()
    reader.setAutoTransform(True)
    # the size comes before the turn
    size = QSize(width, height)
    reader.setScaledSize(size.transposed() if _is_turned(reader) else size)
    image = reader.read()
    if image.isNull():
        return image
    return image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied
        if image.hasAlphaChannel()
        else QImage.Format.Format_RGB32
    )


class _Reader(QImageReader):
    """A reader that keeps what it reads from."""

    def __init__(self, data: bytes, format_: str) -> None:
        self.bytes = QByteArray(data)
        self.buffer = QBuffer(self.bytes)
        self.buffer.open(QIODeviceBase.OpenModeFlag.ReadOnly)
        super().__init__(self.buffer, QByteArray(format_.encode()))
        self.setDecideFormatFromContent(False)


def _reader(data: bytes) -> QImageReader | None:
    format_ = picture_format(data)
    return _Reader(data, format_) if format_ else None


def _is_turned(reader: QImageReader) -> bool:
    turned = QImageIOHandler.Transformation.TransformationRotate90
    return bool(reader.transformation().value & turned.value)


def _load(read: Read, asset: str) -> bytes | None:
    try:
        return read(asset)
    except BriefingError:  # it is damaged, or its file is gone: the place says that it is not there
        return None


def _measure(progress: Progress, read: Read, assets: tuple[str, ...]) -> dict[str, QSize]:
    found = {}
    for asset in assets:
        progress.check()
        found[asset] = size_of(_load(read, asset))
    return found


def _decode(progress: Progress, read: Read, wanted: Wanted) -> tuple[Wanted, QImage]:
    progress.check()
    asset, width, height = wanted
    return wanted, decode(_load(read, asset), width, height)
