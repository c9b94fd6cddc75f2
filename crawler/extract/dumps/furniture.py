"""What programs and agencies put around a text that survives as text alone; pages have none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.body.catalogue import CREDIT_LABELS
from crawler.extract.dumps.dump_lines import DumpLine

_LONGEST, _LONGEST_LABEL = 330, 24  # characters of such a line, and of a label
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
    "note": (
        r"\((?:Mit|Zusammenfassung|Wiederholung|Neu:|Foto|Bild|With|Avec|Con|AP Photo)\b[^()]{0,80}\)",
        r"\((?:Zusammenfassung|Meldung)[^()]{0,40}\)",
    ),
    "number": (
        r"(?:nota de prensa|comunicado(?: de prensa| de imprensa)?|communiqué(?: de presse)?"
        r"|comunicato(?: stampa)?|bolet[íi]n"
        r"|(?:press|news|media) release|(?:presse|medien)(?:mitteilung|information)|nota à imprensa"
        r"|boletim|新聞稿|新闻稿|보도자료)\s?(?:n\.?\s?[º°o]?\.?|nr\.?|no\.?|№|#)?\s?\d{1,5}(?:[/-]\d{2,4})?",
    ),
    "pager": (r"[^.!?]{0,24}>>\s{1,4}\d{3}\b[^.!?]{0,40}",),
    "kicker": (r"【(?:本期|今日|本日|本周)[^【】]{0,8}】",),
    "masthead": (
        r"[^。！？!?]{2,30}\s第\s?\d{1,5}\s?期",
        r"[A-Z][A-Z .&’'-]{3,60}\b(?:BULLETIN|NEWSLETTER|GAZETTE)",
        r"(?:Vol\.|Volume|Issue|No\.|Nr\.|Ausgabe|Jahrgang)\s?\d{1,4}(?:\s?[,|/–·-].{0,60})?",
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s20\d\d",
    ),
    "menu": (
        r"(?=.{0,120}\b(?:English|RSS|ENG|Login|Sitemap|FAQ)\b|.{0,60}(?:登录|登錄|登入|繁[体體]|简体|無障礙|无障碍))"
        r"[^|｜。.!?]{1,16}(?:\s?[|｜]\s?[^|｜。.!?]{1,16}){2,12}",
    ),
    "publication": (
        r"(?:Publié|Mise? en ligne|Published|Posted|Veröffentlicht|Publicad[oa]|Pubblicat[oa]|Опубликовано)"
        r"\b\s?:?\s[^.!?]{0,20}\b\d{1,4}\b[^!?]{0,40}\d{2,4}\D{0,3}",
    ),
    "picture credit": (
        r"[（(](?:图片|图|照片|摄影|圖片|相片|写真)[由:：/／来來]?[^()（）]{1,30}[)）]",
        r"[（(][^()（）]{2,20}(?:供图|摄影?|提供(?:图片)?|攝)[)）]",
    ),
    "agency mark": (r"={2,}\s?[A-Z][A-Za-z ]{1,20}",),
    "caption": (r"[^/]{5,150}\.\s/\s?[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ. ]{1,30}",),
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
        r"ページ(?:番号|ID)\s?[:：]?\s?\d{1,12}",
        r"(?:Por|By|Par|Von)\s?:\s.{2,60}",
        r"(?:报道|報道)(?:発表|發表)(?:資料)?|記者発表資料|お知らせ|プレスリリース",
    ),
    "date line": (
        r"\d{1,2}\.?\s[^\W\d_]{3,12},?\s(?:в |at |um |à |a las )?\d{1,2}[:.]\d\d(?:\sUhr)?",
        r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s[A-Z][a-z]{2}\s{1,2}\d{1,2}\s[\d:]{5,8}\s(?:[A-Z]{2,5}\s)?\d{4}",
    ),
    "date of a post": (
        r"[👁👀]\s?[\d.,]{1,7}[KkMm]?\s.{0,20}\d{1,2}:\d\d.{0,40}",
        r"(?:edited|изменено)\s.{5,40}",
    ),
    "letterhead": (r"[\u4e00-\u9fff]{4,24}(?:文件|公报|公報|办公室函)", r"(?:内部|公开|急件|特急|加急)"),
    "contact": (
        r"(?:新聞(?:稿)?聯絡人|新闻联系人|媒體聯絡人?|聯絡(?:人|電話)|業務聯絡人)\s?[:：].{0,80}",
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
        r"You are (?:currently )?subscribed to .{3,300}",
        r"(?:(?:View|Read|See|Open) (?:this|it|the) (?:e-?mail|message|bulletin|newsletter)?"
        r"|Having trouble viewing)"
        r".{0,60}\b(?:browser|web ?page|online|website)\b.{0,200}",
        r"(?:SUBSCRIBER SERVICES|Stay connected with .{2,60}):?.{0,200}",
        r"Manage (?:your )?(?:preferences|subscriptions)\b.*",
        r"This (?:e-?mail|message) was sent to \S{3,80}.*",
        r"(?:Подпис(?:аться|ывайтесь)|Присоединяйтесь|Subscribe|Join|Suscríbete|Abonnieren)\b[^.!?]{0,60}\(?(?:https?://)?t\.me/\S{2,80}",
    ),
    "files": (r"(?!.{0,300}[.。!?]$)\S.{0,120}\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|odt|ods|zip)\b.{0,60}",),
    "tool": (
        r"(?:Xem với cỡ chữ|Cỡ chữ|Tương phản|Đọc bài(?: viết)?|Nghe bài)\s?:?",
        r"(?:去阅读|在小说阅读器读本章|在小说阅读器中沉浸阅读|听全文|预览时标签不可点|微信扫一扫.{0,14}|已编辑)",
        r"(?:Vedi azioni|Ascolta|Écouter|Escuchar|Ouvir|Vorlesen|Слушать|استمع|聞く|読み上げる)",
        r"(?:轉寄|友善列印|轉寄友人)",
        r"가|(?:(?:기사|뉴스)? ?(?:스크랩|공유|듣기|인쇄|프린트)|폰트 ?크기|글자 ?크기|\s){1,12}",
        r"본문 듣기|글자 ?크기 ?(?:조절|확대|축소)|(?:다운로드|바로보기|미리보기)(?: 다운로드| 바로보기)?",
    ),
    "post": (  # what channels and accounts put around one
        r"(?:\d\d-)?\d\d?-\d\d? \d\d:\d\d\s(?:来自|來自)\s.{1,60}",  # Weibo
        r"收起d?|展开全文c?",
        r"转发 ?\d{0,9}\s(?:评论|留言) ?\d{0,9}\s赞 ?\d{0,9}",
        r"📌?\s?(?:Pinned message|Закрепл[её]нное сообщение|Channel photo updated)",
        r"\d[\d\s.,]{0,11}[KkMmКМ]?\s(?:subscribers|members|followers|подписчик\w{0,2}|participants)",
        r"(?:Subscribe|Join|Follow(?: us)?|Подписаться|Подписывайтесь|Присоединяйтесь)\b.{0,40}@\w{3,40}",
        r"来自\s\S.{0,20}(?:端|版|手机|iPhone.{0,12}|Android|HUAWEI.{0,12}|微博|视频号|超话)|(?:同时转发|按热度|按时间|微博正文)|#[^#\s]{2,30}#(?:\s?收起)?",
        r"(?:[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]{1,8}\s?[\d.,]{1,7}[KkMm万]?\s?){1,12}",
    ),
    "contact heading": (
        r"[<＜〈【《〔（「■◆●〇○◎\s]{0,3}(?:お?問い?合わ?せ先?|本件に関するお?問い?合わ?せ先?|連絡先|担当)[>＞〉】》〕）」\s]{0,3}",
    ),
}
# What stands for who wrote a text, or gave it, with the name on the next line.
_CREDIT_ALONE = frozenset(
    label.lower() for labels in CREDIT_LABELS.values() for each in labels.values() for label in each
) | {"por"}
_CREDITS_ELSEWHERE = {"from": "Source", "issued by": "Source", "a cura di": "Fonte"}
_NAMED = re.compile(r"(From|Issued by|A cura di)\s?:\s?([^@]{3,60})", re.IGNORECASE)
_BY_AN_OFFICE = re.compile(
    r"(?:Por|Par|By(?: the)?)\s?:?\s((?:Secretar[ií]a|Assessoria|Direc(?:ción|ção)|Service|Oficina)"
    r"\s[^@.]{3,50}|Ascom|[A-Z][\w ]{2,40} (?:Department|Office|Ministry|Bureau|Agency))"
)
_REPORTER = re.compile(r"([가-힣]{2,4})\s?기자(?=$|\s)")
_SECTION = re.compile(r"0\d")
_PICTURE = re.compile(r"\[[\w .,'-]{1,60}\]")
_LEAST_PICTURES, _HEAD = 2, 8  # and lines of a head
_PATTERNS = tuple(
    (
        name,
        re.compile(
            "|".join(f"(?:{pattern})" for pattern in patterns),
            re.IGNORECASE
            if name
            not in (
                "slug",
                "byline",
                "caption",
                "masthead",
                "agency mark",
                "page head",
                "date line",
                "editor's note",
            )
            else 0,
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
        "post",
        "rights",
        "tags",
        "notes",
        "distribution",
        "newsletter",
        "contact",
        "contact heading",
        "agency mark",
        "credit label",
        "date of a post",
        "signature",
        "page edge",
        "record",
    }
)
WITHIN = frozenset(
    {"more mark", "page head", "picture", "section number", "spoken"}
)  # and these stand amid it


def dump_rule(text: str) -> str | None:
    """Return the rule by which *text* is furniture of a dump, None where it is none."""
    if len(text) > _LONGEST:
        return None
    bare = text.lstrip("*•- ") or text
    return next(
        (name for name, pattern in _PATTERNS if pattern.fullmatch(text) or pattern.fullmatch(bare)), None
    )


def credit_alone(text: str) -> str | None:
    """Return *text* as a label with its colon if it is one of a credit and nothing else."""
    bare = text.rstrip(" :：")
    if len(bare) > _LONGEST_LABEL:
        return None
    bare = _CREDITS_ELSEWHERE.get(bare.lower(), bare)
    return f"{bare}:" if bare.lower() in _CREDIT_ALONE else None


def credited(text: str, rule: str | None) -> str:
    """Return a line with a label that credits know, for one that names who wrote a text in another way."""
    if rule != "message header" and (named := _NAMED.fullmatch(text)):
        return f"{_CREDITS_ELSEWHERE[named[1].lower()]}: {named[2]}"
    if rule != "message header" and (office := _BY_AN_OFFICE.fullmatch(text)):
        return f"Source: {office[1]}"
    reporter = _REPORTER.match(text)
    return f"기자: {reporter[1]}" if reporter else credit_alone(text) or text


def with_section_numbers(lines: Sequence[DumpLine]) -> Sequence[DumpLine]:
    """Return *lines* with those told that number the parts of a text, each alone on its line: 01, 02."""
    places = [place for place, line in enumerate(lines) if _SECTION.fullmatch(line.text)]
    numbers = [int(lines[place].text) for place in places]
    if len(numbers) < _LEAST_PICTURES or numbers != list(range(1, len(numbers) + 1)):
        return lines
    told = set(places)
    return [replace(line, rule="section number") if at in told else line for at, line in enumerate(lines)]


def with_pictures(lines: Sequence[DumpLine]) -> Sequence[DumpLine]:
    """Return *lines* with those told that stand in the place of pictures, as w3m prints them: "[seal]".

    The first of them stands at the head of a page; who laughs or claps does so further down.
    """
    pictures = [place for place, line in enumerate(lines) if _PICTURE.fullmatch(line.text)]
    if len(pictures) < _LEAST_PICTURES or pictures[0] > _HEAD:
        return lines
    return [replace(line, rule="picture") if place in pictures else line for place, line in enumerate(lines)]
