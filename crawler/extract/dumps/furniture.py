"""What programs and agencies put around a text that survives as text alone; pages have none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.dumps.dump_lines import DumpLine

_LONGEST = 330  # characters of such a line
_RULES = {
    "slug": (
        r"\^?(?:BC|AM|PM|ZCZC)[ -].{3,60},\s?\d{2,4}(?:\s?words)?",
        r"\^?(?:BC|AM|PM)-[A-Z]{2}--?.{3,60}",
        r"(?:dpa|apa|sda|afp)(?: [a-z0-9]{2,5}){2,6}|(?:[^\s/.]{3,30}/){2,8}(?:[^\s/.]{3,30})?",
        r"\d{6} [A-Z][a-zä]{2} \d\d",
    ),
    "editor's note": (r"Eds?\.?:\s.*", r"EDS:\s.*", r"(?:UPDATES|RECASTS|ADDS|CORRECTS)[:;]\s.*"),
    "byline": (
        r"(?:共同|時事|読売|朝日|毎日|日経|産経)(?:通信|新聞)?(?:社)?\s[一-鿿]{2,8}部",
        r"(?:The )?(?:Associated Press|Canadian Press)|Agence France-Presse|Reuters|AFP|dpa|ANSA|EFE|TASS",
    ),
    "credit": (
        r"\((?:Reporting|Writing|Additional reporting|Compiled|Translated|Edited|Editing)[ ]by\s.{3,300}\)",
        r"(?:The )?Associated Press (?:news )?(?:writers?|journalists?|reporters?)\s.{3,200}\.",
        r"【[^【】]{2,12}(?:通信社|通信|新聞社|新聞)】",
        # WAM, KUNA, SPA, Petra ... : who wrote, behind the name of the agency
        r"(?:وام|كونا|بنا|قنا|واس|العمانية|بترا|سونا|وفا|أ\s?ش\s?أ|WAM|KUNA|BNA|QNA|SPA|ONA)\s?/[^.؟!]{2,80}",
        r"\((?:Bericht|Redaktion|Rédigé|Redacción|Reportage)\b.{3,300}\)",
    ),
    "wire contact": (r"\(\(.{3,300}\)\)",),
    "record": (r"文章[编編][号號]\s?[:：]\s?\d{6,24}",),
    "rights": (
        r"(?:本文|以上内容|以上內容).{0,40}(?:版权|版權|著作权|著作權)归?歸?.{0,20}",
        r"La legalidad, veracidad y la calidad de la información es .{20,300}",
    ),
    "notes": (
        r"(?:dpa-)?Notizblock|Redaktionelle Hinweise|Die folgenden Informationen sind nicht zur Ver.{5,30}",
    ),
    "breadcrumb": (r"[^<>.!?。]{2,40}(?:\s[>›»]\s[^<>.!?。]{2,60}){1,6}",),
    "tags": (r"(?:Từ khóa|Từ khoá|Palabras clave|Mots-clés|Schlagwörter|Ключевые слова)\s?:.{0,200}",),
    "post": (
        r"(?:\d\d-)?\d\d?-\d\d? \d\d:\d\d\s(?:来自|來自)\s.{1,60}",  # Weibo
        r"收起d?|展开全文c?",
        r"转发 ?\d{0,9}\s(?:评论|留言) ?\d{0,9}\s赞 ?\d{0,9}",
    ),
    "reactions": (r"(?:[^\w\s]{1,4}\ufe0f?\s?\d{1,7}[KkКк]?\s{0,3}){1,12}",),
    "download": (
        r"(?:Descargar|Télécharger|Herunterladen|Download|Scarica|Baixar|Скачать|Stiahnuť|Pobierz)\s.{0,40}"
        r"\b(?:PDF|DOCX?|nota|communiqué|comunicado|файл)\b.{0,20}",
    ),
    "more mark": (
        r"[-–—(\s]{0,4}(?:more|mehr folgt|folgt|mas|suite)[-–—)\s]{1,4}",
        r"\(?MORE\)?|\(?FOLLOWS\)?",
    ),
    "page head": (
        r"(?:[Pp]age|[Ss]eite|[Aa]dd)\s\d{1,2}\s?[/:–-]\s?.{1,60}",
        r"(?:Page|Seite|Página|Pagina)\s\d{1,3}",
        # Browsers print: "8/31/26, 9:14 AM  Title | Site", and an address with the number of the page
        r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d(?:\s?[AP]M)?\s\S.{2,250}",
        r"https?://\S{5,250}\s\d{1,3}/\d{1,3}",
        r".{0,90}\b(?:Page|Seite|Página|Pagina)\s\d{1,3}\s(?:of|von|de|sur|di|/)\s?\d{1,3}\b.{0,90}",
        r"第[A-Z]?\d{1,3}版(?:\s?[:：].{0,20})?",
    ),
    "meta line": (
        r"(?:正文|关键[字词]|關鍵[字詞]|稿件编号|稿号|字数|栏目|分类|导语|编号)\s?[:：].{0,60}",
        r"[\u4e00-\u9fff]{2,12}[〔\[［【(（]\s?\d{4}\s?[〕\]］】)）]\s?第?\s?\d{1,5}\s?号",
        r".{1,60}\sat\s[\w.-]{1,60}\.[a-z]{2,12}",
        r"原创\s.{1,40}",
        r"(?:报道|報道)(?:発表|發表)(?:資料)?|記者発表資料|お知らせ|プレスリリース",
    ),
    "date line": (
        r"\d{1,2}\.?\s[^\W\d_]{3,12},?\s(?:в |at |um |à |a las )?\d{1,2}[:.]\d\d(?:\sUhr)?",
        r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s[A-Z][a-z]{2}\s{1,2}\d{1,2}\s[\d:]{5,8}\s(?:[A-Z]{2,5}\s)?\d{4}",
    ),
    "letterhead": (r"[\u4e00-\u9fff]{4,24}(?:文件|公报|公報|办公室函)", r"(?:内部|公开|急件|特急|加急)"),
    "contact": (
        r"[（(]?(?:電話|TEL|☎)(?:番号)?\s?[:：]?\s?[\d()（）－ー―‐-]{7,20}.{0,30}",
        r"[^\s@]{2,60}@[\w.-]{3,60}(?:\s.{0,60})?",
        r"(?:담당자?\s?|자료\s?)?문의(?:처|전화)?\s?[:：].{0,60}\d{2,4}-\d{3,4}(?:-\d{4})?.{0,20}",
    ),
    "previous-next": (
        r"上一[版期篇]\s?下一[版期篇]",
        r"(?:Previous|Next) message(?: \(by thread\))?:.*",
        r"Messages sorted by:.*",
    ),
    "distribution": (
        r"(?:抄送|抄报|主送|分送)\s?[:：].*",
        r"[\u4e00-\u9fff]{4,24}\s*\d{4}年\d{1,2}月\d{1,2}日\s?印发.*",
    ),
    "newsletter": (
        r"(?:You(?:'re| are) receiv(?:ing|ed) this|You received this|(?:Sie erhalten|Du erhältst) diese[ns]?"
        r"|Vous recevez ce|Recibe? est[ea]|Recibes est[ea]|Ricevi questa|Você (?:está )?receb)\b.*",
        r"(?:To (?:unsubscribe|stop receiving)|Unsubscribe|Abmelden|Abmeldung|Se désabonner|Désinscription"
        r"|Darse de baja|Cancelar suscripción|Per cancellarsi)\b.*",
        r"Impressum\s?:.*",
        r"(?:(?:View|Read|See|Open) (?:this|it|the) (?:e-?mail|message|bulletin|newsletter)?"
        r"|Having trouble viewing)"
        r".{0,60}\b(?:browser|web ?page|online|website)\b.{0,200}",
        r"(?:SUBSCRIBER SERVICES|Stay connected with .{2,60}):?.{0,200}",
        r"Manage (?:your )?(?:preferences|subscriptions)\b.*",
        r"This (?:e-?mail|message) was sent to \S{3,80}.*",
        r"(?:Подпис(?:аться|ывайтесь)|Присоединяйтесь|Subscribe|Join|Suscríbete|Abonnieren)\b[^.!?]{0,60}\(?(?:https?://)?t\.me/\S{2,80}",
    ),
    "contact heading": (
        r"[<＜〈【《〔（「■◆●〇○◎\s]{0,3}(?:お?問い?合わ?せ先?|本件に関するお?問い?合わ?せ先?|連絡先|担当)[>＞〉】》〕）」\s]{0,3}",
    ),
}
_PICTURE = re.compile(r"\[[\w .,'-]{1,60}\]")
_LEAST_PICTURES, _HEAD = 2, 8  # and lines of a head
_PATTERNS = tuple(
    (
        name,
        re.compile(
            "|".join(f"(?:{pattern})" for pattern in patterns),
            re.IGNORECASE if name not in ("slug", "byline", "page head", "date line", "editor's note") else 0,
        ),
    )
    for name, patterns in _RULES.items()
)
# Of these, what closes a text even where lines of another kind stand below.
CLOSING = frozenset(
    {
        "credit",
        "wire contact",
        "download",
        "reactions",
        "post",
        "rights",
        "tags",
        "notes",
        "distribution",
        "newsletter",
        "contact",
        "contact heading",
        "signature",
        "page edge",
        "record",
    }
)
WITHIN = frozenset({"more mark", "page head", "picture"})  # and these stand amid it


def dump_rule(text: str) -> str | None:
    """Return the rule by which *text* is furniture of a dump, None where it is none."""
    if len(text) > _LONGEST:
        return None
    bare = text.lstrip("*•- ") or text
    return next(
        (name for name, pattern in _PATTERNS if pattern.fullmatch(text) or pattern.fullmatch(bare)), None
    )


def with_pictures(lines: Sequence[DumpLine]) -> Sequence[DumpLine]:
    """Return *lines* with those told that stand in the place of pictures, as w3m prints them: "[seal]".

    The first of them stands at the head of a page; who laughs or claps does so further down.
    """
    pictures = [place for place, line in enumerate(lines) if _PICTURE.fullmatch(line.text)]
    if len(pictures) < _LEAST_PICTURES or pictures[0] > _HEAD:
        return lines
    return [replace(line, rule="picture") if place in pictures else line for place, line in enumerate(lines)]
