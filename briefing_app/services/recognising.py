"""Read documents as the user wishes: pictures of pages through Tesseract, newsletters in items.

A worker draws a page, Tesseract runs on the pixels from here, and a worker reads what it made out: no
parser sees a strange file outside a worker, and no worker starts a program.
"""

from __future__ import annotations

import contextlib
import locale
import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, PicturesOnly, Remark, UnreadableSource
from briefing_app.importers import newsletter
from briefing_app.importers.scans import tesseract
from briefing_app.importers.scans.tesseract import Sheet
from briefing_app.paths import settings_file
from briefing_app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.importers.base import Document, Imported
    from briefing_app.importers.pool import Pool
    from briefing_app.importers.scans.tesseract import Engine
    from briefing_app.progress import Progress

MOST_SHEETS = 200  # pages; each takes seconds
ENGLISH = "eng"
# languages as a system names them, and as Tesseract does
_NAMES = {
    "ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": ENGLISH,
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "lt": "lit",
    "lv": "lav", "nb": "nor", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur",
    "uk": "ukr", "vi": "vie", "zh": "chi_sim",
}  # fmt: skip
_CODES = {name: code for code, name in _NAMES.items()} | {"chi_tra": "zh"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user chose: where Tesseract is, what it reads, and whose newsletters are split."""

    program: str = ""
    languages: tuple[str, ...] = ()
    senders: frozenset[str] = frozenset()


class Reader:
    """Reads documents as a pool does, and what the pool finds no text in with Tesseract."""

    def __init__(
        self, pool: Pool, wishes: Callable[[], Wishes], system: Callable[[], str] | None = None
    ) -> None:
        self._pool = pool
        self._wishes = wishes
        self._system = system or system_language

    def read(self, document: Document, progress: Progress) -> Imported:
        """Return what is in a document; any thread may call.

        Raises: UnreadableSource, Cancelled.
        """
        try:
            imported = self._pool.read(document, progress)
        except PicturesOnly as found:
            wishes = self._wishes()
            engine = tesseract.find(wishes.program)
            if engine is None:
                raise
            languages = languages_of(engine.languages, wishes.languages, self._system())
            return self._recognised(document, found.sheets, engine, languages, progress)
        if imported.format in newsletter.MAILS and (senders := self._wishes().senders):
            return newsletter.with_items(imported, senders)
        return imported

    def warm(self, progress: Progress) -> None:
        """Get ready for the first page. Raises: Cancelled."""
        self._pool.warm(progress)

    def _recognised(
        self,
        document: Document,
        sheets: int,
        engine: Engine,
        languages: tuple[str, ...],
        progress: Progress,
    ) -> Imported:
        tables: list[bytes] = []
        rows: list[list[int]] = []
        lost: list[int] = []
        failure: UnreadableSource | None = None
        for at in range(min(sheets, MOST_SHEETS)):
            progress.check()
            try:
                answer, data = self._pool.ask("sheet", document, {"at": at}, progress)
                sheet = Sheet(data, int(answer["dpi"]))
                table = tesseract.recognise(engine, sheet, languages, progress).encode()
            except UnreadableSource as error:
                lost.append(at + 1)
                failure = error
                continue
            tables.append(table)
            rows.append([at + 1, len(table)])
        if not tables:
            raise failure or _no_page()
        language = _CODES.get(languages[0], "") if len(languages) == 1 else ""
        is_pdf = document.data[:1024].lstrip().startswith(b"%PDF")
        wish = {
            "tables": rows,
            "name": document.name,
            "label": "PDF" if is_pdf else "Picture",
            "language": language,
        }
        said = replace(document, name="words", data=b"".join(tables), media_type="")
        imported = self._pool.ask_articles("words", said, wish, progress)
        warnings = (*imported.warnings, *_remarks(sheets, lost))
        return replace(imported, warnings=warnings)


def reader_of(pool: Pool) -> Reader:
    """Return what reads as the settings say; these are looked up each time."""

    def wishes() -> Wishes:
        now = Settings(settings_file()).now
        return Wishes(now.tesseract, now.recognition, frozenset(now.split_senders))

    return Reader(pool, wishes)


def installed(program: str) -> tuple[tuple[str, str], ...] | None:
    """Return the languages of the Tesseract that would be used, or None where there is none.

    Shape: pairs of Tesseract's name and that of a system, which is empty where it is not known.
    """
    engine = tesseract.find(program)
    if engine is None:
        return None
    return tuple((name, _CODES.get(name, "")) for name in engine.languages)


def languages_of(there: tuple[str, ...], wished: tuple[str, ...], system: str) -> tuple[str, ...]:
    """Return in which languages to read: those wished for that are there, else the usual ones.

    Raises: UnreadableSource if there is none.
    """
    if chosen := tuple(name for name in wished if name in there):
        return chosen
    usual = (_NAMES.get(system.partition("_")[0].lower(), ""), ENGLISH)
    if chosen := tuple(name for name in dict.fromkeys(usual) if name in there):
        return chosen
    if there:
        return there[:1]
    raise UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "Tesseract is there, but no language for it."),
        hint=QT_TRANSLATE_NOOP("errors", "Install a language for Tesseract, and import it again."),
    )


def system_language() -> str:
    """Return the language of the system as ``de_DE``, or an empty string."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := os.environ.get(name, ""):
            return said
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (for Windows only)

        with contextlib.suppress(AttributeError, OSError):
            number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
            return locale.windows_locale.get(number, "")
    return locale.getlocale()[0] or ""


def _remarks(sheets: int, lost: list[int]) -> tuple[Remark, ...]:
    said: list[Remark] = []
    if lost:
        message = QT_TRANSLATE_NOOP("errors", "Pages that could not be recognised: {pages}.")
        said.append(Remark(message, (("pages", ", ".join(map(str, lost))),)))
    if sheets > MOST_SHEETS:
        message = QT_TRANSLATE_NOOP(
            "errors", "Only the first {limit} of its {pages} pages were recognised."
        )
        said.append(Remark(message, (("limit", str(MOST_SHEETS)), ("pages", str(sheets)))))
    return tuple(said)


def _no_page() -> UnreadableSource:
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no page in it."))
