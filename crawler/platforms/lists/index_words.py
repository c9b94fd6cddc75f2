"""What pages that lead through a site are called, and those that list its news, in many languages."""

from __future__ import annotations

import re

from storage.patterns import lazy_pattern

_NUMERAL = (
    r"(?:\d{1,4}[a-z]?|[ivxlc]{1,6}|[一二三四五六七八九十百]{1,5}"
    r"|one|two|three|four|five|premier|première|[1i]er)"
)
# "Section 12", "Chapter IV", "第三章": the parts of a document.
PART = lazy_pattern(
    r"(?:section|sec\.|part|chapter|article|schedule|annex|appendix|subpart|subchapter|division|title"
    r"|livre|titre|chapitre|partie|annexe|teil|abschnitt|kapitel|artikel|buch|§{1,2}"
    r"|t[íi]tulo|cap[íi]tulo|art[íi]culo|artigo|anexo|libro|livro|parte|titolo|capo|sezione|articolo"
    r"|avdelning|hoofdstuk|afdeling|rozdział|dział|hlava|část|článek|глава|статья|раздел|розділ|стаття"
    rf"|κεφάλαιο|άρθρο|bölüm|madde|bab|pasal|điều|chương)\s{{0,2}}{_NUMERAL}\b"
    rf"|第{_NUMERAL}[章条條节節編编]|제\s?\d{{1,4}}\s?[장조절]",
    re.IGNORECASE,
)
# The same in an address: "section-12".
PART_NAME = re.compile(
    r"(?:section|sec|part|subpart|chapter|schedule|annex|appendix|kapitel|chapitre|titre|capitulo|rozdzial)"
    r"[-_]?\d{1,4}[a-z]?",
    re.IGNORECASE,
)
# Of what lists what is new, whatever else it is called.
NEWS = lazy_pattern(
    r"news|press|media|latest|announcement|notice|release|bulletin|statement|speech|publication|consultation"
    r"|update|aktuell|meldung|mitteilung|nachricht|actualit|communiqu|nouvell|notici|comunicado|prensa|novedad"
    r"|notíci|notizi|comunicat|nieuws|bericht|nyhe|pressmed|uutis|tiedot|aktualno|komunikat|novin|zpráv|hírek"
    r"|novic|vijest|vesti|priopćen|saopšten|știri|stiri|anunț|naujien|jaunum|ziņ|uudis|lajme|njoftim|frétt"
    r"|nuacht|newyddion|albiste|novas|haber|duyuru|xəbər|yangilik|berita|pengumuman|siaran|balita|habari"
    r"|tin-?\s?t[uứ]c|thông báo|новост|новин|вест|жаңалық|мэдээ|ειδήσ|ανακοιν|ახალი|სიახლე|նորություն|լուր"
    r"|أخبار|اخبار|خبر|بيان|חדשות|הודעות|समाचार|विज्ञप्ति|सूचना|সংবাদ|খবর|செய்தி|පුවත්|ข่าว|ຂ່າວ|ព័ត៌មាន|သတင်း"
    r"|新闻|新聞|动态|動態|公告|通知|公示|要闻|资讯|お知らせ|新着|報道|ニュース|뉴스|보도|공지|소식",
    re.IGNORECASE,
)
# Of what lists other things that come one after the other, in the address or the heading of a page.
_DOCUMENTS = (
    r"blogs?|stor(?:y|ies)|articles?|posts?|reports?|documents?|opinions?|orders?|decisions?|judge?ments?|rulings?"
    r"|circulars?|tenders?|bids?|procurements?|laws?|acts|bills?|minutes|agendas?|meetings?|events?|exhibitions?"
    r"|jobs?|vacanc(?:y|ies)|courses?|features?|magazine|archives?|volumes?|issues?|campaigns?|projects?|cases?"
    r"|grants?|calls|papers?|research|studies|speeches|remarks|testimon(?:y|ies)|alerts?|warnings?|recalls?"
    r"|projekte?|publikationen|veröffentlichungen|termine|veranstaltungen|ausschreibungen|stellenangebote|dokumente"
    r"|projets?|rapports?|appels|marchés|avis|offres|dossiers?|proyectos?|publicaciones|convocatorias?"
    r"|licitaciones|normas?|informes?|documentos?|eventos?|resoluciones|discursos?|projetos?|editais|licitações"
    r"|publicações|documenti|bandi|avvisi|concorsi|eventi|progetti|dokumenty|przetargi|ogłoszenia|wydarzenia"
    r"|документы|приказы|постановления|законы|проекты|события|мероприятия|публикации"
    r"|xw\w{0,6}|tzgg|tz|gg|gsgg|gzdt|zwdt|bmdt|ywdt|zwyw|jrdt|zwgk|xxgk|zcwj|zcfg|zcjd|rdhy|ztzl|col\d{1,12}"
)
LISTED = lazy_pattern(
    rf"(?<![^\W_])(?:{_DOCUMENTS})(?![^\W_])"
    r"|政策|法规|文件|招标|采购|招聘|专题|解读|公开|資料|入札|募集|イベント|報告|공고|자료|행사|입찰|채용",
    re.IGNORECASE,
)
# In the classes of a list or of its rows.
NEWS_CLASS = lazy_pattern(
    r"news|(?<!word)press(?!ion)|aktuell|notici|actualit|blog|hentry|type-post|posts|articles|announce|release"
    r"|nyhe|uutis|aktualno|haber|berita|tintuc",
    re.IGNORECASE,
)
# How the heading of a page begins that leads through a site.
_BEGINS = (
    r"(?:(?:our|all|online|public|digital|e-?|citizens?|popular|key|council|city)\s?){0,3}services\b"
    r"|(?:f\.?a\.?q\.?s?|frequently asked questions|questions and answers)\b|help (?:cent(?:re|er)|topics)\b"
    r"|site\s?map\b|contact (?:us|details|information|our)\b|(?:staff|telephone|phone) directory\b"
    r"|(?:all|browse|our) (?:topics|themes)\b|(?:who we are|what we do)\b|popular searches\b"
    r"|table of contents\b"
    r"|our (?:history|leadership|people|staff|team)\b|(?:management|executive|leadership) team\b"
    r"|(?:online)?dienst(?:leistung)?en\b|bürgerservice\b|häufige fragen|häufig gestellte|inhaltsverzeichnis"
    r"|ansprechpartner|(?:nos |les )?(?:services|démarches)\b|foire aux questions|questions fréquentes"
    r"|plan du site|nous contacter|annuaire\b|organigram|(?:nuestros |los )?servicios\b|tr[áa]mites\b"
    r"|preguntas frecuentes|mapa (?:del sitio|web)|serviços\b|perguntas frequentes|mapa do (?:site|portal)"
    r"|fale conosco|quem somos|servizi\b|domande frequenti|mappa del sito|contatti\b"
    r"|diensten\b|veelgestelde vragen|tjänster\b|vanliga frågor|webbplatskarta"
    r"|ofte stilte|spørgsmål og svar|tjenester\b|usein kysyt|usługi\b|najczęściej zadawane|często zadawane"
    r"|mapa (?:strony|serwisu|stránek|webu)|služby\b|časté (?:dotazy|otázky)|услуги\b|сервисы\b"
    r"|част(?:о задаваемые|ые) вопросы|карта сайта|послуги\b|часті питання|υπηρεσίες\b|συχνές ερωτήσεις"
    r"|hizmetler|sıkça sorulan|site haritası|layanan\b|pertanyaan|dịch vụ|câu hỏi|sơ đồ"
    r"|الخدمات|الأسئلة|خريطة الموقع|اتصل بنا"
    r"|服务(?:事项|大厅|指南|导航)|办事(?:指南|服务)|常见问题|常見問題|网站地图|網站(?:地圖|導覽)|联系我们|聯絡我們"
    r"|机构(?:设置|职能)|组织机构|内设机构"
    r"|よくあるご?質問|サイトマップ|お問い?合わせ|組織案内|자주\s?(?:묻는|하는)|사이트맵|조직도|민원안내"
)
# And what it is called in a word.
_IS = (
    r"(?:the )?(?:history|timeline|leadership|organi[sz]ation|people|staff|board members|topics|themes"
    r"|directory)"
    r"|contacts?|about us|a\s?(?:to|[-–])\s?z|(?:themen|leistungen|kontakte?|geschichte)(?: von a bis z)?"
    r"|thèmes|histoire|historique|contact[eo]|directorio|temas|historia|história|storia|onderwerpen|geschiedenis"
    r"|контакты|история|руководство|структура|(?:市|县|区|省|州)?(?:政府)?领导(?:之窗|班子|介绍|信息|成员)?|问答"
)
INDEX = lazy_pattern(rf"(?:{_BEGINS})|(?:{_IS})\Z", re.IGNORECASE)
# The name of a folder of such pages, or the last word of it: "our-services".
INDEX_NAMES = frozenset(
    """
    service services eservices faq faqs frequently-asked-questions topics themes departments directory a-z
    contact contacts history timeline leadership sitemap site-map about about-us who-we-are people staff team
    dienstleistungen leistungen themen geschichte haeufige-fragen demarches foire-aux-questions plan-du-site
    annuaire thematiques tramites servicios preguntas-frecuentes directorio servicos perguntas-frequentes
    servizi domande-frequenti uslugi usluge sluzby hizmetler layanan
    ldzc ldjj ldxx zzjg jgsz jgzn bsfw bszn cjwt
    """.split()
)
SEARCH_NAMES = frozenset(
    "search find suche recherche buscar busca busqueda pesquisa cerca ricerca sok szukaj @@search".split()
)
# Over rows that are the favourites of readers, or like another article.
FAVOURITES = lazy_pattern(
    r"(?:the )?most (?:read|viewed|popular|shared)|popular|trending|recommended|related|similar|you may"
    r"|meistgelesen|beliebt|ähnliche|les plus (?:lus|consultés)|más (?:leíd|vist)|relacionad"
    r"|mais (?:lid|vist|acessad)|più letti|najczęściej|популярн|热门|熱門|排行|点击|推荐|推薦|相关|相關"
    r"|人気|関連|많이 본|관련",
    re.IGNORECASE,
)
