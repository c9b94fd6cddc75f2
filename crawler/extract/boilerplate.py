"""The boilerplate catalogue: what sites print around an article, by position, never inside a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.text import squeeze
from crawler.extract.types import RemovedLine

_LONGEST_TAIL = 15  # lines
_LEAST_TITLE = 12  # characters of one that repeats behind a kicker
_LITTLE = 300  # characters that may follow an article of any length
_NEAR_TOP = 2  # lines; a lead may stand above the date
_NEVER_TEXT = frozenset(
    {"date line", "content heading", "reading time", "counter", *("print-close", "font-size", "share")}
)
_LONGEST_STATEMENT = 330
_LONGEST = 160  # any other longer line is a sentence, whatever it starts with


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One group of the catalogue: lines of *position* that match *pattern* as a whole."""

    name: str
    pattern: re.Pattern[str]
    longest: int = _LONGEST


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(
            sorted((re.escape(word) if word.isalnum() else word for word in words), key=len, reverse=True)
        )
    )


# A toolbar is a line in which nothing but punctuation is left once these words are taken out.
TOOLS = {
    "print-close": _words(
        "打印本页", "打印此页", "打印文章", "打印", "关闭窗口", "关闭本页", "关闭页面", "关闭", "返回顶部", "返回首页", "返回列表",
        "列印", "印刷用ページ", "印刷ページ", "印刷用", "このページを印刷(?:する)?", "關閉視窗", "關閉", "友善列印", "回上一頁", "回頂端", "印刷する", "印刷", "閉じる", "ページの先頭へ",
        r"\bprint(?: (?:this )?(?:page|article|version|friendly))?\b", r"\bprinter[- ]friendly\b", r"\bclose(?: (?:this )?window)?\b",
        r"\bback to (?:the )?top\b", r"\btop\b", r"\bback\b", r"\bseite drucken\b", r"\bdrucken\b", r"\bdruckversion\b", r"\bschlie(?:ß|ss)en\b",
        r"\bsenden\b", r"\bnach oben\b", r"\bzum seitenanfang\b", r"\bimprimer\b", r"\bfermer\b", r"\bimprim(?:ir|e|a)(?: (?:la|esta) página(?: completa)?)?\b", r"\bcerrar\b", r"\bfechar\b", r"\bvoltar\b", r"\bvolver\b",
        r"\bpdf\b", "인쇄(?:하기)?", r"\bstampa\b", r"\bafdrukken\b", r"\bskriv ut\b", r"\budskriv\b", r"\btulosta\b", r"\bdrukuj\b", r"\bvytisknout\b",
        r"\btisk\b", r"\bvytlačiť\b", r"\bnyomtatás\b", r"\btipărește\b", r"\bispiši\b", r"\bпечать\b", r"\bраспечатать\b", r"\bдрук(?:увати)?\b", r"\bεκτύπωση\b",
        r"\byazdır\b", r"\bcetak\b", r"\bin bài viết\b", r"\bطباعة\b", r"\bچاپ\b", r"\bהדפס(?:ה)?\b", "พิมพ์(?:หน้านี้)?", "प्रिंट(?: करें)?",
    ),
    "eyesight": _words(
        "视力保护色", "视力保护", "护眼模式", "背景颜色", "背景色", "杏仁黄", "秋叶褐", "胭脂红", "芥末绿", "天蓝", "雪青", "灰", "银河白", "默认色", "默认",
        "(?:默认)?白色?", r"\beyesight protection\b", r"\beye[- ]?protection\b", r"\bbackground colou?r\b",
    ),
    "font-size": _words(
        "字体大小", "字号", "字体", "文字大小", "字級", "文字サイズ", "放大", "正常", "缩小", "特大", "超大", "默认", "标准", "大", "中", "小", "縮小", "標準", "拡大",
        r"\b(?:font|text) size\b", r"\bfont\b", r"\blarger?\b", r"\bmedium\b", r"\bsmall(?:er)?\b", r"\bnormal\b", r"\bbig\b", r"\bschriftgr(?:ö|oe)(?:ß|ss)e\b",
        r"\btaille du texte\b", r"\ba\b",
    ),
    "share": _words(
        "分享到", "分享至", "分享", "收藏本页", "收藏", "微信扫一扫", "微信", "微博", "新浪微博", "腾讯微博", "qq空间", "qq好友", "朋友圈", "人人网", "扫一扫在手机打开当前页面?", "手机扫码查看",
        "用微信扫描二维码", "分享至好友和朋友圈", "扫一扫", "一键分享", "シェア(?:する)?", "ツイート", r"\bshare(?: (?:this|on|via|to))?(?: (?:page|article|story|post))?\b", r"\bfacebook\b", r"\btwitter\b", r"\bx\b",
        r"\be-?mail\b", r"\blinkedin\b", r"\bwhatsapp\b", r"\breddit\b", r"\bpinterest\b", r"\btelegram\b", r"\bteilen\b", r"\btweet\b", r"\bmail\b", r"\bxing\b", r"\bpartager\b", r"\bcompartir\b",
        r"\bdela\b", r"\bdel\b", r"\bdelen\b", r"\bjaa\b", r"\bsdílet\b", r"\bzdieľať\b", r"\bmegosztás\b", r"\bdistribuie\b", r"\bpodijeli\b", r"\bсподели\b",
        r"\bκοινοποίηση\b", r"\bpaylaş\b", r"\bchia sẻ\b", r"\bشارك(?: المقال| الخبر)?\b", r"\bمشاركة\b", "اشتراک.?گذاری", r"\bשתפ?ו\b", r"\bשתף\b", r"\bשיתוף\b", "แชร์", "(?:शेयर|साझा)(?: करें)?",
        "공유하기", "공유", r"\bcondividi\b", r"\budostępnij\b", r"\bпод(?:елиться|ілитися)\b", r"\bbagikan\b", r"\bdeel deze pagina\b",
        r"\bcompartilhar\b", r"\bcompartilhe\b", r"\bcopy (?:the )?link\b", r"\blink kopieren\b", r"\bseite empfehlen\b", r"\bempfehlen\b", r"\bteilen-funktion aufrufen\b", r"\bwechat\b", r"\bweibo\b", r"\bon\b", r"\bvia\b", r"\bauf\b",
        r"\$\('#share-\d+'\)\.share\(\)", r"img#imgconac",
    ),
    "accessibility": _words(
        "无障碍浏览", "无障碍", "长者助手", "长者版", "关怀版", "适老化", "简体", "繁体", "繁體", "手机版", "智能问答", r"\ben\b", r"\benglish\b", r"\bskip to (?:the )?(?:main )?content\b", r"\bskip to navigation\b",
        r"\baccessibility links?\b", r"\bservicemenü\b", r"\bhauptmenü\b", r"\bnavigation und service\b", r"\bzum inhalt springen\b", r"\bvorlesen\b", r"\bgebärdensprache\b", r"\bleichte sprache\b",
        r"\blisten\b", r"\btranslate\b",
    ),
}  # fmt: skip

_CREDIT = re.compile(r"(?:来源|作者|编辑|记者)\s.{1,30}")  # as it stands beside other facts
_BESIDE = re.compile(r"\s[|·•]\s")  # between what a line of facts says
_LETTER = re.compile(r"[^\W_]")
# What the first word of a toolbar can be. Most lines are sentences, and their first word tells.
_FIRST_TOOL = re.compile("|".join(words.pattern.replace(r"\b", "") for words in TOOLS.values()))


def _rule(name: str, pattern: str, longest: int = _LONGEST) -> Rule:
    return Rule(name=name, pattern=re.compile(pattern), longest=longest)


# What kind of news it is, before its day: "Press release, 3 November 2026".
_KIND = (
    r"(?:(?:press release|media release|news(?: release| story| article)?|statement|speech|announcement|pressemitteilung"
    r"|pressemeddelelse|pressmeddelande|pressemelding|persbericht|nieuwsbericht|communiqué(?: de presse)?"
    r"|comunicado(?: de prensa)?|nota de prensa|comunicato stampa|notícias?|noticias?|actualidad|actualités?|meldung|nachricht)"
    r"\s?(?:vom|du|del|,|\||-|–|:|·)?\s?)?"
)
# A line that only says when: "Published on 3 November 2026", "Publicado em 03/11/2026 10h15".
_PUBLISHED = (
    r"(?:(?:(?:first |last )?(?:published|posted|released|issued|updated)(?: on)?|publicado (?:em|el)|publié le"
    r"|veröffentlicht am|pubblicato il)\s?:?\s?)?"
)
_DATE = (
    r"(?:(?:(?:thứ\s\w{2,4}|chủ\snhật|\w{3,12})[.,،]{0,2}\s(?:den\s)?)?"
    r"(?:\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:del?\s)?|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s"
    r"|\d{1,2}[./-]\d{1,2}[./-])(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2}|년 ?\d{1,2}월 ?\d{1,2}일)"
    r"|(?:(?:19|20)\d\d|(?:令和|平成|昭和|(?:中華)?民國) ?(?:元|\d{1,3})) ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    r"(?: ?\((?:星期|週)?[日月火水木金土一二三四五六](?:曜日?)?\))?"
    r"|(?:[آ-ی]{3,9}(?:\s[آ-ی]{3,6})?[،,]?\s)?\d{1,2}\s[آ-ی]{2,9}\s(?:ماه\s)?[1۱][34۳۴]\d\d|[1۱][34۳۴]\d\d/\d{1,2}/\d{1,2}"
    r"|(?:19|20)\d\d(?:\.|\sm\.|\.\sgada|-yil|\sйил|\sжылғы)\s(?:[^\W\d_]{3,12}\s\d{1,2}(?:\.|\sd\.?)?|\d{1,2}(?:\.\s|-|\s)[^\W\d_]{3,12})"
    r"|(?:19|20)\d\d\sоны\s\d{1,2}(?:-р)?\sсарын\s\d{1,2}"
    r"|\d{1,2}\s[\u0900-\u0dff]{2,16},?\s\d{4}"
    # The day of the Islamic calendar, with or without that of the common one.
    r"|(?:[ء-ي]{5,9}[،,]?\s)?(?:1[34]\d\d[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]1[34]\d\d|\d{1,2}\s[ء-ي ]{3,15}\s1[34]\d\d)\s?ه(?:ـ)?"
    r"(?:\s?[،,-]?\s?(?:الموافق\s)?(?:\d{1,2}\s[ء-ي]{3,10}\s20\d\d|\d{1,2}[/-]\d{1,2}[/-]20\d\d|20\d\d[/-]\d{1,2}[/-]\d{1,2})\s?م?)?"
    r"|(?:วันที่\s)?\d{1,2}\s[ก-๙.]{3,12}\s(?:พ\.ศ\.\s)?25\d\d|ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s20\d\d"
    r"|(?:\d{1,2}|an?) (?:minutes?|hours?|days?) ago|\d{1,2} ?(?:分钟|小时|天|時間|日)前)"
    r"(?:\.?\s(?:г\.|года|року|р\.|годин[еи]|godine|god\.|m\.|metų|gada))?"
)
_LABELS_ELSEWHERE = (
    r"(?:(?:date )?post(?:ed)? date|date posted|publish date|(?:datum )?objav(?:a|e|ljeno|ljen)|datum objave|publicat(?: la| pe| în)?"
    r"|data public[ăa]rii|публикувано(?: на)?|дата(?: публикации)?|опубликовано|опубліковано|дата публікації"
    r"|δημοσιεύ(?:τηκε|θηκε)|ημερομηνία(?: δημοσίευσης)?|közzétéve|megjelent|avaldatud|publicēts|paskelbta"
    r"|zveřejněno|vydáno|publikováno|zverejnené|publikované|opublikowano|data publikacji|dodano|utworzono"
    r"|yayın(?:lanma)? tarihi|publicerad|publisert|publiceret|offentliggjort|julkaistu|tanggal|dipublikasikan"
    r"|ngày đăng|đăng ngày|gepubliceerd(?: op)?|pubblicat[oa](?: il)?|data(?: di pubblicazione)?|data de publicação|תאריך פרסום|פורסם|paskelbimo data|publicēta|dərc (?:edilib|olunub)|e.lon qilingan|жарияланған|publikuar(?: më)?"
    r"|გამოქვეყნ(?:და|ებულია)|հրապարակվել է|огноо|প্রকাশ(?:িত|ের তারিখ|ের সময়)?|प्रकाशित(?: तिथि)?|प्रविष्टि तिथि|पोस्ट किया गया)"
)
_PLACE = r"(?:[^\W\d_][^\d,:.]{1,30},\s)?"  # "Madrid, martes 3 de noviembre de 2026"
_CLOCK = r"(?:,?\s?(?:um|at|às|à|о|об|в|kl\.?|klo|pukul|ساعت|-|–|\|)?\s?\d{1,2}[:.h]\d{2}\s?(?:uhr|h|[ap]\.?\s?m\.?)?(?:\s[a-z]{2,4})?)?"
# How often a page was looked at, liked or rated: another number at every visit.
_COUNTED = r"[\d,.]{1,12}k?"
_COUNTS = r"(?:page )?(?:views?|hits?|visits?|visitors?|reads?|likes?|shares?|downloads?|comments?)"
_COUNTS_ELSEWHERE = (
    r"aufrufe|zugriffe|besuche|visualizações|acessos|visitas|lecturas|visites|vues|lượt xem|(?:kali )?dilihat"
    r"|görüntülenme|عدد (?:المشاهدات|الزيارات|القراءات)|المشاهدات|(?:تعداد )?بازدید|просмотр\w{0,3}|переглядів"
)
_COUNTER = _rule(
    "counter",
    r"[\[(【]?\s?(?:"
    r"(?:(?:本|此|该)?(?:文章?|页面?|信息|稿件|新闻|網頁|頁面)?(?:已?被)?(?:浏览|阅读|点击|访问|查看|点阅|瀏覽|點閱|點擊|閱讀|人气|热度|点赞|收藏|评论|转发|分享|閲覧|조회)(?:总|總)?(?:量|数|數|率|次数|次數|人数|人次|회수)?"
    rf"|您是(?:本站|本页)?第)\s?:?\s?\(?{_COUNTED}\)?\s?(?:次|人|人次|回|회|°c|位(?:访客|访问者|訪客))?"
    rf"|(?:(?:this (?:page|article) (?:has been|was) )?(?:viewed|visited|read|downloaded|shared)|visitor number|{_COUNTS})\s?:?\s?{_COUNTED}(?:\stimes)?"
    rf"|(?:{_COUNTS_ELSEWHERE})\s?:?\s?{_COUNTED}.{{0,10}}|{_COUNTED}\s(?:{_COUNTS}|{_COUNTS_ELSEWHERE})"
    r"|(?:จ\u0e4d\u0e32นวน)?ผู้เข้าชม\s?:?.{0,30}"
    rf"|(?:average )?(?:rating|bewertung|评分|評分)\s?:?\s?{_COUNTED}\s?/\s?\d{{1,3}}\s?(?:\({_COUNTED}\s?(?:votes?|ratings?|stimmen|人评分?)\))?"
    r")\s?[\])】.。]?",
    60,
)
# When this very answer was made, which is another time at every visit.
_MADE = _rule(
    "made at",
    r"(?:打印|列印|生成|当前|現在|现在|系统|下载|访问)(?:日期|时间|時間)\s?:.*|今天是\s?\d{4}\s?[年./-].*"
    r"|(?:printed|(?:page )?(?:generated|rendered)|current (?:date|time)|today is|gedruckt)(?: (?:on|at|in|am|um))?\s?:?\s"
    rf"(?:{_DATE}.*|\d{{1,2}}:\d\d.*|[\d.]{{1,8}}\s?(?:m?s|sec(?:onds?)?)\.?)",
    80,
)

TOP = (
    _rule("breadcrumb", r"(?:home|首页|首頁|网站首页|startseite|accueil|inicio|início|ホーム|トップ|home page)\s?(?:>|»|›|/|→|::|\|).*"),
    _rule("breadcrumb", r"(?:您?(?:现在)?(?:所在|的|当前|目前)?的?位置(?:是)?|当前位置|當前位置|现在的位置|目前位置|您现在的位置|您所在的位置|現在位置|you are here|sie sind hier|vous êtes ici|breadcrumb|usted está aquí|está aqui)\s?(?::.*|)"),
    _rule("meta line", r"(?:发布日期|发布时间|(?:報道)?発表日|公表日|発行日|投稿日|公開日|掲載日|登録日|ページ(?:番号|id)|更新日|最終更新日|등록일|작성일|發布日期|發佈日期|发稿时间|发表时间|更新时间|更新日期|日期|时间|时 间|来源|来 源|信息来源|文章来源|稿件来源|資料來源|来源单位|發稿單位|發佈單位|發布單位|發稿日期|資料更新|資料檢視|點閱數|瀏覽人次|访问量|作者|记者|浏览次数|访问次数|点击数|点击|阅读|阅读量|浏览量|索引号|主题分类|发布机构|发文机关|文号|成文日期|责任编辑|编辑|供稿|撰稿|字号|浏览)\s?:.*", 120),
    _rule("meta line", r"(?:date published|published(?: on| date)?|publication date|last (?:updated|modified|reviewed)|updated|posted(?: on)?|released(?: on)?|issued(?: on)?|release date|date|from|source|views?|topics?|author|written by|by line|datum|stand|erscheinungsdatum|veröffentlicht(?: am)?|ausgabejahr|quelle|autor|date de publication|publié le|fecha|fuente|data|fonte)\s?:.*", 120),
    _rule("meta line", r"(?:담당\s?부서|담당자|작성자|등록자|부서명?|소관부서|등록일자?|작성일자?|게시일자?|배포일시?|조회수?|첨부파일?|연락처|전화번호)\s?:?\s.{1,60}", 80),
    _COUNTER,
    _MADE,
    _rule("meta line", rf"{_DATE}(?:,?\s?(?:at\s)?\d{{1,2}}:\d\d(?::\d\d)?)?(?:[|·,;\s]{{0,3}}(?:来源|来 源|信息来源|文章来源|稿件来源|发布机构|发布单位|作者|记者|编辑|责任编辑|浏览|阅读|点击|访问|人气|[\[(【]?(?:字号|字体))\w{{0,4}}\s?:.*|[|·,;\s]{{1,3}}(?:source|views?|from|author)\w{{0,4}}\s?:.*|[|·,;\s]{{1,3}}(?:by|par|por|von|oleh|door|av|di)\s[^.]{{3,60}})", 120),
    _rule("meta line", rf"(?:[^\W\d_][^.!?:]{{2,80}},\s|[^\W\d_]\w{{2,12}}:\s[^.!?:]{{1,40}}\s)?{_LABELS_ELSEWHERE}(?:\spada)?\s?:?\s{_DATE}{_CLOCK}(?:[\s|·,]{{1,3}}[^\W\d_]\w{{2,14}}:\s.{{1,60}})?", 160),
    _rule("meta line", rf"{_DATE}{_CLOCK}[\s|·,]{{1,3}}(?:{_COUNTS_ELSEWHERE})\s?:?\s?{_COUNTED}.{{0,10}}", 120),
    _rule("meta line", rf"{_DATE}{_CLOCK}(?:\s[-–|]\s[^\W\d_][\w ]{{2,20}}:\s[^:]{{1,60}}){{1,4}}", 200),
    _rule("divider", r"[*=_~.·•–—─━-]{5,}", 200),
    _rule("date line", rf"{_LABELS_ELSEWHERE}\s?:?\s{_DATE}{_CLOCK}\.?", 80),
    _rule("date line", rf"{_KIND}{_PUBLISHED}{_PLACE}{_DATE}{_CLOCK}", 80),
    _rule("banner", r"an official website of the .{5,60}|here.?s how you know|official website(?:s use|\s?links end with) \.gov\b.{0,250}|secure (?:\.gov )?websites use https.{0,250}", _LONGEST_STATEMENT),
    _rule("reading time", r"(?:lesezeit|reading time|temps de lecture|tiempo de lectura|lesedauer)?\s?:?\s?\d{1,3}\s?[-–]?\s?(?:min(?:s|\.|utes?|uten?|utos?)?)(?:\s(?:read|reading time|lesezeit|lesedauer|de lecture|de lectura|di lettura|de leitura))?", 40),
    _rule("content heading", r"contenuto|contents?|contenu|contenido|conteúdo|inhalt|innhold|indhold|innehåll|sisältö|treść|obsah|sadržaj|vsebina|содержание|本文|正文|内容|본문", 20),
    _rule("kind line", r"press release|media release|news release|communiqué de presse|pressemitteilung|comunicado de prensa|comunicato stampa|nota de prensa|nota à imprensa|δελτ[ίι]ο τ[ύυ]που|basın (?:açıklaması|bülteni)|siaran pers|tisková zpráva|tlačová správa|komunikat prasowy|pressmeddelande|pressemeddelelse|pressemelding|пресс-релиз|прес-реліз|persbericht|lehdistötiedote|sajtóközlemény|priopćenje|саопштење|pranešimas spaudai|thông cáo báo chí|보도자료|보도참고자료|新闻稿|新聞稿|بيان صحفي|הודעה לעיתונות|प्रेस विज्ञप्ति", 40),
    _rule("meta line", rf"for immediate release\s?:?\s?(?:{_DATE})?{_CLOCK}", 80),
)  # fmt: skip
_RELATED_HEADINGS = r"(?:相關(?:連結|新聞|報導)|関連ページ|관련 ?(?:기사|뉴스|링크|자료)|(?:associated|useful|external) links|liens (?:connexes|associés|utiles)|enlaces (?:relacionados|de interés)|links (?:úteis|relacionados)|läs (?:också|mer)|les (?:også|mer)|læs (?:også|mere)|lees ook|zie ook|leggi anche|vedi anche|(?:czytaj|zobacz) (?:także|też|również)|читайте также|связанные (?:события|материалы)|相关链接|相关阅读|相关稿件|相关解读|相关新闻|相关信息|相关文章|推荐阅读|延伸阅读|関連(?:情報|リンク|記事)|related(?: (?:content|links?|articles?|news|stories|information|documents?))?|more to explore|(?:other|further|recent|latest|more|similar|related) (?:news|articles|stories|(?:press|news) releases|announcements|posts|updates|headlines)|see also|you (?:may|might) also (?:like|be interested in)|weitere (?:meldungen|nachrichten|pressemitteilungen|artikel)|ähnliche (?:artikel|beiträge|meldungen)|(?:autres|dernières) actualités|articles similaires|(?:otras|más|últimas) noticias|(?:outras|mais|últimas) notícias|(?:altre|ultime) notizie|(?:другие|похожие|последние) (?:новости|материалы)|(?:其他|更多|最新)(?:新闻|消息|动态|文章|稿件)|热门(?:文章|新闻|推荐)|猜你喜欢|新着情報|その他のニュース|meer nieuws|أخبار (?:ذات صلة|أخرى)|اقرأ أيض[اً]+|ข่าวที่เกี่ยวข้อง|tin (?:liên quan|khác)|(?:benzer|diğer) haberler|σχετικά (?:νέα|άρθρα)|siehe auch|verwandte themen|das könnte sie auch interessieren|weitere informationen|mehr zum thema|weiterführende (?:links|informationen)|à lire aussi|sur le même sujet|voir aussi|noticias relacionadas|leia (?:também|mais))"
END = (
    _COUNTER,
    _MADE,
    _rule("editor", r"[\[(【]?\s?(?:责任编辑|责编|编辑|编校|审核|审校|校对|初审|复审|终审|终审人|值班编辑|签发|责任審核|監製)\s?:.*", 60),
    _rule("source line", r"[\[(【]?\s?(?:来源|信息来源|文章来源|稿件来源|资料|资料来源|資料來源|来 源|出典|作者|供稿|撰稿|摄影|文/图|图片来源)\s?:.*", 40),
    _rule("meta line", r"(?:发布日期|发布时间|(?:報道)?発表日|公表日|発行日|投稿日|公開日|掲載日|更新日|最終更新日|등록일|작성일|更新时间|浏览次数|访问次数|点击数|阅读次数|last updated|last modified|published|page last reviewed|date modified|stand|letzte änderung)\s?:.*", 60),
    _rule("source line", r"[(\[]?\s?source\s?:.{1,60}|photos? by .{1,50}|\(原标题:.{1,120}\)", 130),
    _rule("reader", r"(?:(?:to (?:view|open|read|download) .{0,40}|.{0,30}\b)pdfs?\b.{0,60}|pdf(?:形式の)?(?:ファイル)?を.{0,60})(?:adobe|acrobat).{0,200}", _LONGEST_STATEMENT),
    _rule("statement", r"la legalidad, veracidad y la calidad de la información es .{10,250}", _LONGEST_STATEMENT),
    _rule("statement", r"(?:特别声明|平台声明|免责声明|版权声明|声明|notice: the content above).{10,300}|返回.{1,8},查看更多", _LONGEST_STATEMENT),
    _rule("source line", r"(?:fuente|fonte|источник|джерело|kaynak|źródło|sumber|nguồn|المصدر|منبع|מקור|izvor|извор|zdroj|πηγή|lähde|källa|kilde|bron|स्रोत|출처|ที่มา)\s?:.{1,50}", 60),
    _rule("divider", r"[*=_~·•–—─━-]{5,}", 200),
    _rule("credit", r"(?:original-content von|written by|photos?|pictures?|image credit|fotos?|bild(?:er)?|quelle|text|crédit photo)\s?:.*", 60),
    _rule("previous-next", r"[\[(【<«‹]?\s?(?:上一篇|下一篇|上一条|下一条|上一則|下一則|前一篇|后一篇|前へ|次へ|previous(?: (?:article|post|page))?|next(?: (?:article|post|page))?|nächster eintrag|vorheriger eintrag|article (?:précédent|suivant))\s?(?::.*|[\])】>»›]?)", 120),
    _rule("previous-next", r"(?:没有了|暂无|返回|zur liste|zurück zur übersicht|zurück|zur übersicht|retour|voltar|back to list|一覧へ戻る|一覧に戻る)", 30),
    # Numbers alone are a pager where they count from 1. Each token begins otherwise: a long line is read once.
    _rule("pager", r"(?=.{0,120}?(?:[页頁]|page|seite)|[\[(]?1[\])]?\s[\[(]?2\b)(?:(?:pages?:?|seiten?:?|(?:上|下|前|后|後)一?[页頁]|首[页頁]|[尾末][页頁]|[页頁第共总]|next|previous|prev|nächste|vorherige|of|von|\d{1,3}(?!\d)|[\[\]()|/<>«»‹›→←.…])\s?){1,60}", 120),
    _rule("files", r"(?:附件下载|查看附件|相关附件|附件|相关文档|下载附件|附件下載|檔案下載|相關檔案|相關附件|ダウンロード|関連(?:ファイル|資料)|添付(?:ファイル|資料)|첨부(?:파일)?|attachments?|downloads?|anhang|anlagen?|documents?|pressemitteilung als pdf|documents? (?:à télécharger|joints?)|téléchargements?|pièces? jointes?|(?:archivos?|documentos?) (?:adjuntos?|relacionados?)|descargas|anexos?|allegati|bijlagen?|materiały|załączniki|liitteet|vedlegg|bilag(?:or)?)\s?:?", 40),
    _rule("files", r"附件\s?\d{0,2}\s?[:.、].{0,60}", 80),
    _rule("related", _RELATED_HEADINGS + r"\s?:?", 60),
    _rule("feedback", r"(?:was this (?:page )?(?:helpful|useful)|is this page useful|sign up for email alerts|subscribe(?: to .{0,40})?|give feedback|newsletter abonnieren|diese seite empfehlen)\s?\??:?", 80),
    _rule("feedback", r"(?:please )?(?:sign up|subscribe|register)(?: (?:for|to|here|now))? .{0,60}(?:newsletters?|mailing list|(?:e-?mail|news) (?:updates|alerts)).{0,80}|stay (?:informed|connected|up[- ]to[- ]date|in touch)[.!:]?|(?:receive|get) (?:the |our |all )?(?:latest|news|updates|weekly|daily|regular).{0,80}(?:inbox|by e-?mail).{0,40}|(?:jetzt )?newsletter (?:abonnieren|bestellen).{0,60}|(?:inscrivez|abonnez)-vous à .{0,40}(?:lettre d.information|newsletter).{0,60}", 160),
    _rule("share", r"(?:(?:please )?(?:follow|like|find|join|connect with) us|folgen sie uns|suivez[- ]nous|síguenos|siga-nos|seguici|关注我们|關注我們)(?: (?:on|at|via|auf|bei|sur|en|no|na|su))? .{0,20}(?:\bx\b|twitter|facebook|instagram|linkedin|youtube|mastodon|bluesky|threads|social media|微信|微博).{0,100}", 160),
    _rule("tags", r"(?:related issues?|tags?|tagged(?: (?:with|in|as))?|categor(?:y|ies)|filed under|posted in|keywords|schlagw(?:ö|o)rt(?:er)?|stichw(?:ö|o)rter|mots[- ]clés|etiquetas|标签|关键词|关键字|キーワード)\s?:.*", 120),
    _rule("source line", r"permalink\s?:?\s?https?:\S+", 330),
    _rule("end mark", r"(?:###|# # #|-?\s?(?:end|ends|ende|30)\s?-|\*\s?\*\s?\*|【完】|\(?完\)?|_{3,}|nnnn)", 20),
    # How the press releases of Hong Kong end.
    _rule("end mark", r"ends?\s?/.{6,40}(?:\sissued at .{3,20})?|issued at hkt.{3,20}", 80),
)  # fmt: skip
FOOT = (
    _rule("footer", r"(?:友情链接|网站地图|联系我们|版权所有|主办单位|主办|承办单位|承办|技术支持|备案号|建议使用|版權所有)\s?(?::.*|)", 120),
    _rule("footer", r".{0,80}(?:icp备|公网安备|网站标识码|党政机关).{0,80}", 160),
    _rule("footer", r"(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved|privacy policy|terms of use|impressum$|datenschutz(?:erklärung)?$|mentions légales).*", 120),
)  # fmt: skip

# Headings of what follows an article: with them goes all that stands below, if it is little.
TAIL = (
    _rule("related", _RELATED_HEADINGS + r"\s?[:：]?", 60),
    _rule(
        "contact",
        r"(?:(?:adresse für )?rückfragen(?: bitte)?(?: an)?|(?:kontakt für |weitere )?auskünfte|medien(?:kontakt|auskünfte)|herausgeber|pressekontakt|ansprechpartner(?:in)?(?: für die (?:medien|presse))?|kontakt"
        r"|(?:media|press) (?:contacts?|enquiries|inquiries|office)|contacts?(?: information)?|contact (?:de )?presse"
        r"|contacto de prensa|contatti(?: stampa)?|presskontakt|kontaktpersoner?|lisätietoja|personnes?-ressources?|renseignements|(?:(?:media|press) )?(?:contacts?|inquiries|enquiries) for (?:the )?(?:media|press)|联系方式|联系人|【?(?:この(?:ページ|記事)に関する)?(?:お?問い?合わせ|照会)先?】?|문의처?)\s?[:：]?",
        60,
    ),
)


def fold(line: str) -> str:
    """Return *line* as rules see it: one width, lower case, single spaces."""
    return " ".join((line if line.isascii() else unicodedata.normalize("NFKC", line)).lower().split())


def _tool_of(folded: str) -> str | None:
    """Return the group whose words alone make up the line; several groups may share a line."""
    first = _LETTER.search(folded)
    if first is None or not (_FIRST_TOOL.match(folded, first.start()) or "$" in folded):
        return None
    rest, group = folded, None
    for name, words in TOOLS.items():
        shorter = words.sub(" ", rest)
        if shorter != rest and group is None:
            group = name
        rest = shorter
    return group if group and not _LETTER.search(rest) else None


def _rule_of(folded: str, rules: Sequence[Rule]) -> str | None:
    """Return the name of the first of *rules* that takes a line as a whole."""
    for rule in rules:
        if len(folded) <= rule.longest and rule.pattern.fullmatch(folded):
            return rule.name
    return None


def top_rule(line: str) -> str | None:
    """Return the rule that takes *line* off when nothing but boilerplate stands above it."""
    if len(line) > _LONGEST_STATEMENT:
        return None
    folded = fold(line)
    if len(line) > _LONGEST:
        return _rule_of(folded, TOP)
    return _rule_of(folded, TOP) or _tool_of(folded) or _rule_of_facts(folded)


def _rule_of_facts(folded: str) -> str | None:
    """Return the rule of a line of several facts, each of which a rule would take: date | 5 min read | 33 views."""
    first, *others = _BESIDE.split(folded) if _BESIDE.search(folded) else (folded,)
    if not all(_rule_of(fact, TOP) or _CREDIT.fullmatch(fact) for fact in others):
        return None
    return _rule_of(first, TOP) if others else None


def end_rule(line: str) -> str | None:
    """Return the rule that takes *line* off when nothing but boilerplate stands below it."""
    if len(line) > _LONGEST_STATEMENT:
        return None
    folded = fold(line)
    if len(line) > _LONGEST:
        return _rule_of(folded, END)
    return _rule_of(folded, END) or _tool_of(folded) or _rule_of(folded, FOOT)


def without_boilerplate(
    lines: Sequence[str], title: str = "", marks: Sequence[str | None] = ()
) -> tuple[tuple[int, ...], tuple[RemovedLine, ...]]:
    """Return the indexes of *lines* that stay, and the removed ones with their rule and position.

    A line is taken off at the top only while nothing but boilerplate stands above it, at the end only
    while nothing else stands below; so is a *title* that is repeated at the top. *marks* name, line by line,
    the rule that the markup gives for an end.
    """
    start, stop = 0, len(lines)
    removed: list[RemovedLine] = []
    while start < stop and (rule := _title_rule(lines, start, title) or top_rule(lines[start])):
        removed.append(RemovedLine(text=lines[start], rule=rule, position="top"))
        start += 1
    while stop > start and (rule := (marks[stop - 1] if marks else None) or end_rule(lines[stop - 1])):
        removed.append(RemovedLine(text=lines[stop - 1], rule=rule, position="end"))
        stop -= 1
    tail, rule = _tail_of(lines, start, stop)
    removed.extend(RemovedLine(text=line, rule=rule, position="foot") for line in lines[tail:stop])
    while start < tail < stop and (rule_above := end_rule(lines[tail - 1])):  # of what follows the text, too
        removed.append(RemovedLine(text=lines[tail - 1], rule=rule_above, position="end"))
        tail -= 1
    never = {
        place: rule
        for place in range(start, min(tail - 1, start + _NEAR_TOP + 1))  # the last line may sign the text
        if (rule := top_rule(lines[place])) and rule in _NEVER_TEXT
    }
    removed.extend(RemovedLine(text=lines[place], rule=rule, position="top") for place, rule in never.items())
    return tuple(place for place in range(start, tail) if place not in never), tuple(removed)


def _tail_of(lines: Sequence[str], start: int, stop: int) -> tuple[int, str]:
    """Return where what follows the article begins between *start* and *stop*, and the rule that says so.

    It may have several headings, one below the other: it begins with the first of them.
    """
    whole = sum(map(len, lines[start:stop]))
    below, tail, name = 0, stop, ""
    for place in range(stop - 1, max(start, stop - _LONGEST_TAIL) - 1, -1):
        below += len(lines[place])
        if (below * 5 > whole and below > _LITTLE) or below * 2 > whole:
            break
        if len(lines[place]) <= _LONGEST and (rule := _rule_of(fold(lines[place]), TAIL)):
            tail, name = place, rule
    return tail, name


def _title_rule(lines: Sequence[str], place: int, title: str) -> str | None:
    """Return the rule for a line that repeats *title*, behind a kicker or on two lines."""
    whole, said = squeeze(lines[place]), squeeze(title)
    if not said or not whole.endswith(said):
        beside = (lines[place - 1 : place + 1] if place else ()), lines[place : place + 2]
        return "title repeated" if said and any(squeeze("".join(pair)) == said for pair in beside) else None
    kicker = len(whole) - len(said)
    return "title repeated" if kicker == 0 or len(said) >= max(_LEAST_TITLE, kicker) else None
