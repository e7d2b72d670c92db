"""Take pictures of the reader, to be looked at: python -m tests.gui.reader.look DIR."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import BlockKind as Kind
from briefing_app.domain.article import SpanKind
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.reader.pane import ReaderPane
from tests.gui.reader import samples

TITLE = (
    "Ukraine and Russia Agree to Second Round of US-Brokered Peace Talks Amidst Ongoing Hostilities"
)
FIRST = (
    "Despite a backdrop of deadly strikes and persistent distrust, Ukraine and Russia have agreed to "
    "a second round of U.S.-brokered peace talks, scheduled for February 1, 2026, in Abu Dhabi. The "
    "agreement follows a two-day meeting also held in the UAE. The talks, facilitated by U.S. Special "
    "Envoy Steve Witkoff and involving Jared Kushner, aim to address the nearly four-year war. "
    "However, Ukrainian officials have voiced concerns that the negotiations are being undermined by "
    "continued Russian attacks, including those targeting critical infrastructure."
)
SECOND = (
    "Trilateral talks between the U.S., Russia, and Ukraine took place in Abu Dhabi on January 24, "
    "2026. A second round of talks is scheduled for February 1, 2026. The negotiations focus on a "
    "U.S.-proposed peace framework, with the fate of the Donbas region being a key sticking point."
)
THIRD = (
    "Russia insists on Kyiv\u2019s withdrawal from the Donbas region as a condition for peace, a "
    "demand Ukraine rejects. Failure to achieve a breakthrough could result in the escalation of the "
    "conflict, further destabilizing the region and potentially drawing in other international actors."
)
BODY = samples.body(
    (Kind.PARAGRAPH, FIRST),
    (Kind.PARAGRAPH, SECOND),
    (Kind.PARAGRAPH, THIRD),
    (Kind.PARAGRAPH, "Read also: ten things to know", {"included": False}),
    (Kind.HEADING, "What stands in the way", {"level": 2}),
    (Kind.ITEM, "Control of the Donbas region, which neither side gives up.", {"level": 1}),
    (Kind.ITEM, "Guarantees: who gives them, and for how long?", {"level": 1}),
    (Kind.ITEM, "A guarantor on the ground", {"level": 2}),
    (Kind.ITEM, "An observer in the air \U0001f6f0", {"level": 2}),
    (Kind.ITEM, "The strikes on the grid.", {"level": 1}),
    (
        Kind.QUOTE,
        "The negotiations are being undermined by attacks. We are ready, and have said so.",
    ),
    (Kind.IMAGE, "", {"alt": "Delegations at a table in Abu Dhabi"}),
    (Kind.CAPTION, "Delegations meet in Abu Dhabi on 24 January. Photo: agency"),
    (
        Kind.TABLE,
        "Region\tOutage\tPeople affected\nKyiv\t14 h\t3,000,000\nChernihiv\t22 h\t280,000",
    ),
    (Kind.PARAGRAPH, "A successful resolution could pave the way for long-term peace."),
    (Kind.CODE, "status = read(grid)\nif status.outage > 12:\n    warn('Kyiv')"),
    (Kind.RULE, ""),
    (Kind.PARAGRAPH, "Source: Reuters. Additional reporting by the Kyiv bureau."),
)
LINK = BODY.text.index("Kyiv bureau")
STRONG = BODY.text.index("neither side")
BODY = replace(
    BODY,
    spans=(
        samples.Span(SpanKind.BOLD, STRONG, STRONG + 12),
        samples.Span(SpanKind.LINK, LINK, LINK + 11, "https://example.org/kyiv"),
        samples.Span(SpanKind.ITALIC, LINK - 29, LINK - 8),
    ),
)
MARKS = tuple(
    samples.mark(BODY, quote, role)
    for quote, role in (
        (FIRST[62:180], Role.STORY),
        (FIRST[FIRST.index("the negotiations are") : FIRST.index(", including")], Role.TAKEAWAY),
        (SECOND[: SECOND.index(" A second")], Role.KEY_POINT),
        (SECOND[SECOND.index("The negotiations") :], Role.KEY_POINT),
        (THIRD[: THIRD.index(" Failure")], Role.KEY_POINT),
        (THIRD[THIRD.index("Failure") : THIRD.index(", further")], Role.IMPACT),
        ("Guarantees", Role.KEY_POINT),
        ("who gives them", Role.IMPACT),
        ("how long", Role.TAKEAWAY),
        ("The strikes on the grid.", Role.HIGHLIGHT),
        ("3,000,000", Role.KEY_POINT),
    )
)
USES = {one.id: ("Talks resume: a point",) for one in MARKS if one.target.start < 1200}
ARABIC = samples.paragraphs(
    "\u0627\u062a\u0641\u0642 \u0627\u0644\u0637\u0631\u0641\u0627\u0646 \u0639\u0644\u0649 "
    "\u062c\u0648\u0644\u0629 \u062b\u0627\u0646\u064a\u0629 \u0645\u0646 "
    "\u0627\u0644\u0645\u062d\u0627\u062f\u062b\u0627\u062a (UAE 2026) \u0641\u064a "
    "\u0623\u0628\u0648\u0638\u0628\u064a. " * 4,
    "Reuters: "
    "\u0627\u0644\u0645\u062d\u0627\u062f\u062b\u0627\u062a \u0645\u0633\u062a\u0645\u0631\u0629.",
)


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    app = QApplication(sys.argv[:1])
    fonts.register()
    theme.apply(app, tokens.LIGHT)
    pane = ReaderPane()
    pane.resize(760, 860)
    pane.show()
    QTest.qWaitForWindowExposed(pane)

    def shoot(name: str) -> None:
        loop = QEventLoop()
        QTimer.singleShot(250, loop.quit)
        loop.exec()
        pane.grab().save(str(folder / f"reader-{name}.png"))

    shoot("empty")
    article = samples.article(title=TITLE, authors=("A. Writer", "B. Writer"))
    pane.show_article(article, samples.version(BODY), MARKS, USES)
    pane.show_target("3 Grid failures")
    pane.activateWindow()
    pane.view.setFocus()
    for name, shown in (("light", tokens.LIGHT), ("dark", tokens.DARK)):
        theme.apply(app, shown)
        pane.view.verticalScrollBar().setValue(0)
        pane.view.choose_passage(340, 380)
        shoot(name)
        QTest.keyClick(pane.view, Qt.Key.Key_Escape)
        pane.view.verticalScrollBar().setValue(660)
        shoot(f"{name}-below")
        pane.view.verticalScrollBar().setValue(9999)
        pane.reveal(MARKS[3].id)
        shoot(f"{name}-reveal")
        pane.show_highlights()
        shoot(f"{name}-list")
        pane.show_highlights()
        QTest.keyClick(pane.view, Qt.Key.Key_Escape)
    theme.apply(app, tokens.LIGHT)
    pane.show_article(
        replace(
            article,
            title="\u062c\u0648\u0644\u0629 \u062b\u0627\u0646\u064a\u0629",
            direction="rtl",
        ),
        samples.version(ARABIC),
        (samples.mark(ARABIC, ARABIC.text[4:60]),),
        {},
    )
    shoot("rtl")
    pane.resize(300, 600)
    pane.show_article(article, samples.version(BODY), MARKS, USES)
    QTest.mouseMove(pane.view, QPoint(5, 5))
    shoot("narrow")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
