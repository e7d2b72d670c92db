"""What a program writes that is not ours: the standard library's mails and mailboxes."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.importers.mail.letters import png


def written(subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Олена Марченко <olena@strait-times.example>"
    message["To"] = "desk@office.example"
    message["Date"] = "Tue, 03 Feb 2026 09:15:00 +0200"
    message["Message-ID"] = f"<{len(subject)}.{len(text)}@strait-times.example>"
    message["Subject"] = subject
    message.set_content(text)
    return message


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(
    "text",
    [
        "Лід закрив протоку. Пороми не ходять.\n",
        "أغلق الجليد المضيق. العبّارات متوقفة.\n",
        "冰封锁了海峡。渡轮停运。\n",
        "A line that is much longer than a mail may have. " * 40 + "\n",
    ],
)
def test_a_text_comes_back_in_every_script_and_encoding(text, encoding):
    message = written("Лід: " + "дуже довга тема про лід і пороми " * 4, text)
    message.set_content(text, cte=encoding)
    data = message.as_bytes(policy=SMTP.clone(cte_type="8bit"))
    (found,) = registry.read(Document("a.eml", data), NoProgress()).articles
    assert found.body.text == text.strip()
    assert found.title == ("Лід: " + "дуже довга тема про лід і пороми " * 4).strip()
    assert found.authors == ("Олена Марченко",)


def test_a_mail_with_everything_in_it():
    message = written("All", "plain")
    message.add_alternative("<p>One</p><img src='cid:boat'><p>Two</p>", subtype="html")
    html = message.get_payload()[1]
    html.add_related(png(), "image", "png", cid="<boat>")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="звіт.pdf")
    message.add_attachment(written("Inner", "inner"))
    found = registry.read(Document("a.eml", message.as_bytes()), NoProgress())
    assert found.articles[0].body.text == "One\nTwo"
    assert [p.data for p in found.articles[0].pictures] == [png()]
    assert [child.name for child in found.children] == ["звіт.pdf", "Inner.eml"]


def test_a_mailbox(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for number in range(5):
        box.add(written(f"Mail {number}", f"Text {number}\n\nFrom here on it is late, 10:30.\n"))
    box.close()
    found = registry.read(Document("box", (tmp_path / "box").read_bytes()), NoProgress())
    assert [a.title for a in found.articles] == [f"Mail {number}" for number in range(5)]
    assert found.articles[3].body.text == "Text 3\nFrom here on it is late, 10:30."
