"""Where a picture stands in the text: one character of the document that is as large as the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPyTextObject, QTextCharFormat, QTextFormat

from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.reader.pictures import NOTHING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QSize
    from PySide6.QtGui import QTextDocument

    from briefing_app.gui.reader.pictures import Pictures

OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
ASSET = QTextFormat.Property.UserProperty.value + 11
_FADED = QTextFormat.Property.UserProperty.value + 12
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
TALLEST = 720  # px at 100 %
_UNKNOWN, _MISSING = 160, 46  # px at 100 %: heights of what is not yet, and of what cannot be shown


def plate(asset: str, alt: str, *, faded: bool = False) -> QTextCharFormat:
    """Return the format of the one character that stands for a picture."""
    shape = QTextCharFormat()
    shape.setObjectType(OBJECT)
    shape.setProperty(ASSET, asset)
    if faded:
        shape.setProperty(_FADED, True)
    if alt:
        shape.setToolTip(alt)
    return shape


class Plates(QPyTextObject):
    """Measures and paints the pictures of one document."""

    def __init__(self, pictures: Pictures, scale: float, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._scale = scale

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803 (Qt names them)
        """Return how much room a picture takes in the column as wide as it is now."""
        del posInDocument
        frame = doc.rootFrame().frameFormat()
        width = doc.textWidth() - frame.leftMargin() - frame.rightMargin()
        if width <= 0:
            width = tokens.TEXT_MEASURE * self._scale
        size = self._pictures.size(str(format.property(ASSET)))
        if size is None:
            return QSizeF(width, _UNKNOWN * self._scale)
        return fitted(size, width, self._scale)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 (Qt names it)
        format: QTextFormat,  # noqa: A002 (Qt names it)
    ) -> None:
        """Paint a picture, or the place where it will stand."""
        del doc, posInDocument
        rect = QRectF(rect)
        asset = str(format.property(ASSET))
        size = self._pictures.size(asset)
        painter.save()
        if format.boolProperty(_FADED):
            painter.setOpacity(0.45)
        if size == NOTHING:
            _paint_missing(painter, rect, self._scale)
        else:
            pixels = painter.deviceTransform().m11()
            image = None
            if size is not None:
                wanted = (round(rect.width() * pixels), round(rect.height() * pixels))
                image = self._pictures.image(asset, *wanted)
            if image is None:
                _paint_sheet(painter, rect)
            else:
                if image.hasAlphaChannel():
                    painter.fillRect(rect, Qt.GlobalColor.white)  # it was drawn for a white page
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(rect, image)
        painter.restore()


def fitted(size: QSize, width: float, scale: float) -> QSizeF:
    """Return how large a picture stands in a column. Units: px of the picture; px of the document."""
    if size.isEmpty():
        return QSizeF(width, _MISSING * scale)
    factor = min(
        scale,
        width / size.width(),
        TALLEST * scale / size.height(),
    )
    return QSizeF(max(1.0, size.width() * factor), max(1.0, size.height() * factor))


def _paint_sheet(painter: QPainter, rect: QRectF) -> None:
    shown = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shown.border), 1))
    painter.setBrush(QColor(shown.sunken))
    painter.drawRoundedRect(
        rect.adjusted(0.5, 0.5, -0.5, -0.5), tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS
    )


def _paint_missing(painter: QPainter, rect: QRectF, scale: float) -> None:
    _paint_sheet(painter, rect)
    shown = theme.current()
    side = round(18 * scale)
    rtl = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    inner = rect.adjusted(12, 0, -12, 0)
    x = inner.right() - side if rtl else inner.left()
    draw_icon(
        painter,
        QRect(round(x), round(rect.center().y() - side / 2), side, side),
        "image",
        QColor(shown.muted),
    )
    painter.setPen(QColor(shown.muted))
    painter.setFont(fonts.chrome(max(6, round(tokens.UI * scale)), QFont.Weight.Normal))
    room = inner.adjusted(0, 0, -side - 10, 0) if rtl else inner.adjusted(side + 10, 0, 0, 0)
    painter.drawText(
        room,
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
        QCoreApplication.translate("Reader", "This picture cannot be shown"),
    )
