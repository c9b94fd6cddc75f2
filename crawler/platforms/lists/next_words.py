"""What a link to the next page of a list says, in the languages of the world."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

_NEXT = frozenset(
    """
    next older earlier
    weiter vor nächste nächsten naechste naechsten folgende folgenden ältere
    suivant suivante suivants suivantes anciens anciennes
    siguiente siguientes antiguas antiguos següent següents seguinte seguintes
    próximo próxima próximos próximas proximo proxima proximos proximas antigas antigos
    prossimo prossima prossimi prossime successivo successiva successivi successive
    volgende oudere nästa äldre neste eldre næste ældre seuraava seuraavat vanhemmat
    järgmine järgmised nākamā nākamais kitas kiti toliau următoarea următorul următoarele înainte
    następna następne następny dalej starsze další následující starší ďalšia ďalšie naslednja naslednje
    sljedeća sljedeće sledeća sledeće следећа следеће következő επόμενη επόμενο επόμενα tjetra
    следующая следующие след вперед вперёд далее наступна наступні далі следваща следващи следна
    sonraki ileri növbəti keyingi келесі кийинки дараах შემდეგი հաջորդ հաջորդը
    berikut berikutnya selanjutnya seterusnya susunod inayofuata tiếp sau
    التالي التالية بعد بعدی اگلا הבא הבאה הבאים अगला अगले পরবর্তী
    ถัดไป หน้าถัดไป បន្ទាប់ ຕໍ່ໄປ 다음
    """.split()
)
# What it is the next of, and the small words around it.
_BESIDE = frozenset(
    """
    page pages item items result results article articles entry entries news story stories post posts record
    records row rows notice notices document documents publication publications announcement announcements
    event events press release releases set go to view the
    seite seiten inhalte einträge beiträge meldungen ergebnisse treffer nachrichten zur zu die den
    élément éléments résultats actualités communiqués plus à la les le
    página páginas pagina pàgina elementos resultados noticias notícias entradas ir a las los más mais as os
    pagine elementi risultati notizie comunicati berichten resultaten naar de
    sida sidan nyheter side nyheder resultater sivu uutiset uutisia tiedotteita lehekülg lapa puslapis
    strona strony aktualności wyniki stránka strana stran stranica страница страницы новости записи сторінка
    новини oldal σελίδα faqja sayfa haberler səhifə sahifa бет хуудас გვერდი էջ
    halaman laman berita pahina trang theo kế الصفحة صفحه صفحہ الأخبار דף עמוד לדף לעמוד पृष्ठ पेज পাতা
    หน้า ទំព័រ ໜ້າ 페이지
    """.split()
)
# None that rows say of their article, too: "see more" leads on from one, not from the list.
_PHRASES = (
    ("load more", "show more", "view more", "mehr laden", "mehr anzeigen", "weitere laden"),
    ("weitere anzeigen", "charger plus", "afficher plus", "cargar más", "mostrar más"),
    ("entradas anteriores", "noticias anteriores", "carregar mais", "mostrar mais"),
    ("carica altri", "carica altre", "mostra altri", "mostra altre", "articoli precedenti"),
    ("toon meer", "meer laden", "visa fler", "vis flere", "näytä lisää", "pokaż więcej", "załaduj więcej"),
    ("načíst další", "zobrazit další", "показать ещё", "показать еще", "загрузить ещё", "загрузить еще"),
    ("показати ще", "завантажити ще", "daha fazla göster", "muat lagi"),
    ("تحميل المزيد", "عرض المزيد", "더보기", "더 보기", "もっと見る", "加载更多"),
)
_MORE = frozenset(chain.from_iterable(_PHRASES))
_LONGEST = 200  # characters
# Scripts without blanks say how many amid the word.
_UNSPACED = re.compile(
    r"下一?[页頁]|后一?页|後一?頁|下\s?\d{1,4}\s?[条條则則筆笔]"
    r"|次[へ頁]|次の?(?:ページ|頁)へ?|次の?\s?\d{1,4}\s?件(?:へ|を(?:表示|見る))?"
    r"|(?:過去|以前)の(?:お知らせ|記事|ニュース|新着情報|情報|報道発表|投稿)(?:へ|を見る|一覧)?"
    r"|다음(?:페이지|목록|\s?\d{1,4}\s?[개건])"
)


def means_next(words: str) -> bool:
    """Tell whether *words* say "next page", "the next 20", "older entries" or "load more"."""
    return len(words) <= _LONGEST and _means_next(words)


@lru_cache(maxsize=4096)  # asked of every link, and menus are the same on each page of a site
def _means_next(words: str) -> bool:
    each = words.replace("İ", "i").lower().replace(".", " ").split()
    if any(word in _NEXT for word in each):
        return all(word in _NEXT or word in _BESIDE or word.isdecimal() for word in each)
    return _is_more(each) or _UNSPACED.fullmatch(words) is not None


def _is_more(each: list[str]) -> bool:
    """Tell whether the words ask for more of the same list, and name nothing but its entries."""
    return any(
        " ".join(each[:count]) in _MORE and all(word in _BESIDE for word in each[count:])
        for count in (1, 2, 3)
    )
