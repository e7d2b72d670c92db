"""What a newsletter has around its text; it stays in the body, but not included.

Only short blocks are furniture, and only by what they say: where the mail can be read online, how to
be rid of it, who sends it and why. Behind the last of the text, what is short goes with them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind, SpanKind
from briefing_app.domain.tracking import hides_target
from briefing_app.importers.body import EMPTY_KINDS
from briefing_app.importers.links import clean_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.body import Draft

_SHORT = 320  # code points; furniture is not longer
_TAIL = 240  # code points; a longer block behind the last of the text is text
_LONGEST_TAIL = 24  # blocks
_LEAST_TAIL = 600  # code points; of a short mail, the end may be more than a quarter
_TOP = 8  # blocks in which a mail says what stands above its text

_ONLINE = re.compile(
    r"view (?:this |the |it |your )?(?:e-?mail|newsletter|message|post|issue|edition|it)?\s?"
    r"(?:in|on|as) (?:your |a |the )?(?:web ?)?(?:browser|web|page)|view (?:this \w+ )?online"
    r"|read (?:this |it )?(?:\w+ )?(?:online|on the web|in (?:your |a )?browser"
    r"|in (?:the )?app)"
    r"|(?:open|see) (?:this \w+ )?(?:in|on) (?:your |a |the )?(?:browser|web|app)"
    r"|web version|online version"
    r"|(?:trouble|problems?|difficulty) (?:viewing|reading)|lire en ligne|version en ligne"
    r"|(?:voir|afficher|consulter) .{0,30}(?:navigateur|en ligne)|im browser (?:ansehen"
    r"|öffnen|anzeigen|lesen)"
    r"|online[- ](?:ansehen|version|lesen)|webversion|webansicht|ver .{0,30}(?:navegador"
    r"|en línea)"
    r"|leggi(?:la)? online|(?:vedi|visualizza) .{0,30}browser|bekijk .{0,30}browser"
    r"|online bekijken"
    r"|(?:otwórz|zobacz|wyświetl) .{0,30}przeglądar|(?:переглянути|відкрити"
    r"|читати) .{0,40}(?:браузері|онлайн|сайті)"
    r"|(?:открыть|посмотреть|читать) .{0,40}(?:браузере|онлайн|сайте)"
    r"|在(?:浏览器|瀏覽器|线|線)中?(?:查看|打开|阅读|開啟)|ブラウザで(?:見る|表示)|عرض .{0,20}المتصفح",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    r"unsubscrib|opt[- ]?out|(?:manage|update|change|edit) (?:your |my )?(?:e-?mail "
    r"|newsletter |subscription )?"
    r"(?:preferences|subscriptions?|settings|profile)|e-?mail preferences"
    r"|subscription (?:center|preferences)"
    r"|cancel (?:your |my |this )?(?:e-?mail )?subscription|stop receiving"
    r"|no longer (?:wish|want|interested)"
    r"|(?:you(?:['\u2019]re| are)?|has been|was) (?:receiv\w+|sent|subscribed)[^.]{0,60}"
    r"(?:because|as you|since you|e-?mail|newsletter|to)"
    r"|this (?:e-?mail|message|newsletter) (?:was|is|has been) (?:sent|intended)|désabonn"
    r"|désinscri"
    r"|vous recevez (?:cet|ce|cette)|abmelden|abbestellen|abbestellung|sie erhalten dies"
    r"|austragen"
    r"|darse de baja|cancelar (?:la |tu |su )?suscripci|recib\w+ este (?:correo|boletín)"
    r"|disiscri"
    r"|annulla\w* (?:la tua )?iscrizione|uitschrijven|afmelden|avregistrer"
    r"|avsluta prenumeration|meld deg av"
    r"|wypisz|zrezygnuj|anuluj subskrypcj|відпис\w*|відмов\w+ від (?:розсилки|підписки)"
    r"|ви отрим\w+ ц"
    r"|отпис\w*|отказаться от (?:рассылки|подписки)|вы получ\w+ эт"
    r"|取消订阅|取消訂閱|退订|退訂|配信停止|購読解除"
    r"|수신 ?거부|구독 ?취소|إلغاء الاشتراك|غاء الاشتراك|abonelikten",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\u00a9|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|mailing address"
    r"|address book|(?:was|were) (?:this|you) (?:\w+ )?forwarded|forwarded (?:this|you)"
    r"|follow us|suivez[- ]nous"
    r"|folgen sie uns|privacy policy|datenschutz|impressum|terms (?:of|and) (?:use|service"
    r"|conditions)"
    r"|conditions d['\u2019]utilisation|mentions légales|(?:powered|published|sent) (?:by"
    r"|with|via|on) \w+$"
    r"|publish on \w+$|^published by |confidentiality notice"
    r"|please consider the environment|політика конфіденційності"
    r"|права (?:захищен|защищен)|версия для печати|preferences\b.{0,20}\bprivacy",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:share|tweet|like|forward|comment|partager|teilen|compartir|поділитися|поделиться"
    r"|invite)"
    r"(?: (?:sur|on|auf|this|the|it|to|a|with|via|now|newsletter|post|issue|e-?mail"
    r"|friends?|facebook|twitter"
    r"|linkedin|x|whatsapp|in|en))*|click to share|get (?:the )?app|download (?:the|our) app"
    r"|(?:and )?follow us(?: on)?:?|view (?:in|on) (?:browser|web)|invite a friend\s*view in browser",
    re.IGNORECASE,
)


def without_furniture(drafts: Sequence[Draft], *, bulk: bool) -> tuple[list[Draft], str]:
    """Return the blocks, the furniture among them not included, and the address of the mail online.

    `bulk` tells that the mail went to many; in any other, only what has a link is furniture.
    """
    out = {at for at, draft in enumerate(drafts) if _is_furniture(drafts, at, bulk=bulk)}
    out |= _tail(drafts, bulk=bulk)
    out |= _signature(drafts)
    texts = [at for at, draft in enumerate(drafts) if draft.text]
    if all(at in out or not drafts[at].included for at in texts):
        return list(drafts), ""  # a mail that is nothing else: better all of it
    blocks = [replace(d, included=d.included and at not in out) for at, d in enumerate(drafts)]
    return _with_pictures(blocks), _online(drafts)


def _is_furniture(drafts: Sequence[Draft], at: int, *, bulk: bool) -> bool:
    draft = drafts[at]
    text = draft.text
    if not text or len(text) > _SHORT or draft.kind is BlockKind.CODE:
        return False
    if not bulk and not _links(draft):
        return False
    if _ONLINE.search(text) and (at < _TOP or len(text) < 80):
        return True
    if bulk and _BUTTON.fullmatch(text.replace("\t", " ")):
        return True
    return at < _TOP and len(text) < 120 and bool(_LEAVING.search(text))


def _tail(drafts: Sequence[Draft], *, bulk: bool) -> set[int]:
    """Return what stands at the end from the first block on that says how to be rid of the mail."""
    first = len(drafts)
    whole = sum(len(draft.text) for draft in drafts)
    left = max(whole // 4, min(_LEAST_TAIL, whole // 2))
    for at in range(len(drafts) - 1, max(-1, len(drafts) - 1 - _LONGEST_TAIL), -1):
        text = drafts[at].text
        told = _tells(drafts[at], bulk=bulk)
        left -= len(text)
        if left < 0 or (len(text) > _TAIL and not told):
            break
        if told:
            first = at
    if first == len(drafts):
        return set()
    while first and (not drafts[first - 1].text or _surrounds(drafts[first - 1], bulk=bulk)):
        first -= 1
    return set(range(first, len(drafts)))


def _tells(draft: Draft, *, bulk: bool) -> bool:
    if len(draft.text) > 3 * _SHORT:
        return False
    return bool(_LEAVING.search(draft.text)) and (bulk or bool(_links(draft)))


def _surrounds(draft: Draft, *, bulk: bool) -> bool:
    text = draft.text
    return bulk and len(text) <= _SHORT and bool(_AROUND.search(text) or _BUTTON.fullmatch(text))


def _signature(drafts: Sequence[Draft]) -> set[int]:
    """Return the signature at the end, which two hyphens part from the text."""
    for back in range(1, min(len(drafts), 12) + 1):
        at = len(drafts) - back
        if drafts[at].text in ("--", "\u2014"):
            return set(range(at, len(drafts)))
        if len(drafts[at].text) > _TAIL:
            break
    return set()


def _online(drafts: Sequence[Draft]) -> str:
    """Return where the mail can be read online, if that link says where it leads."""
    for draft in (*drafts[:_TOP], *drafts[-_TOP:]):
        said = _ONLINE.search(draft.text) if len(draft.text) <= _SHORT else None
        if not said:
            continue
        for span in draft.spans:
            near = span.start < said.end() + 12 and span.end > said.start()
            if span.kind is SpanKind.LINK and near and span.target.startswith("http"):
                target = clean_link(span.target)
                if not hides_target(target):
                    return target
    return ""


def _links(draft: Draft) -> int:
    return sum(1 for span in draft.spans if span.kind is SpanKind.LINK)


def _with_pictures(drafts: list[Draft]) -> list[Draft]:
    """Leave out pictures and rules that stand among what is left out."""
    result: list[Draft] = []
    following = [True] * len(drafts)
    seen = None
    for at in range(len(drafts) - 1, -1, -1):
        following[at] = bool(seen) if seen is not None else False
        if drafts[at].kind not in EMPTY_KINDS:
            seen = drafts[at].included
    above: bool | None = None
    for at, draft in enumerate(drafts):
        if draft.kind in EMPTY_KINDS:
            result.append(replace(draft, included=bool(above) or following[at]))
        else:
            above = draft.included
            result.append(draft)
    return result
