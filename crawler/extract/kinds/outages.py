"""What a site that is out of order says of itself on a page of few words, which are all there is."""

from __future__ import annotations

import re

from storage.patterns import lazy_pattern

# Not for a headline: "Portal under maintenance: what citizens do meanwhile" is news.
_OUTAGE = lazy_pattern(
    r"\b(?:an\s+)?unexpected\s+error\b.{0,40}?(?:occurred|try\s+again|later)|\bsomething\s+went\s+wrong\b"
    r"|\b(?:could\s+not|cannot|can.t|unable\s+to|failed\s+to)\s+connect\s+to\s+(?:the\s+)?(?:\w+\s+)?(?:database|mysql|server)"
    r"|\bdatabase\s+(?:connection\s+)?(?:failed|failure|error|is\s+(?:down|unavailable))|\bmax_user_connections\b"
    r"|\btoo\s+many\s+(?:connections|requests)\b|\bconnection\s+(?:refused|timed\s+out|failed)\b|\bSQLSTATE\s?\["
    r"|\b(?:resource|bandwidth|request)\s+limit\s+(?:is\s+)?(?:reached|exceeded)"
    r"|\b(?:warning|notice|deprecated)\s?:\s.{1,200}?\bon\s+line\s+\d"
    r"|\b(?:site|website|portal)\s+is\s+(?:(?:currently|temporarily|now)\s+)?"
    r"(?:down|offline|unavailable|closed|under(?:going)?\s+(?:\w+\s+)?(?:maintenance|construction))"
    # Chinese, both scripts
    r"|(?:网站|網站|系统|系統|本站|站点|平台|服务器|伺服器|页面|頁面).{0,12}?(?:升级|升級|改版|维护|維護|迁移|遷移|调整|調整|检修|維修|割接)"
    r".{0,30}?(?:暂停|暫停|无法|無法|不便|稍后|稍後|稍候|恢复|恢復|谅解|諒解|期间|期間)"
    r"|(?:数据库|資料庫|数据)(?:库)?(?:连接|連線|访问|查询)(?:失败|失敗|错误|錯誤|出错|异常|超时)|(?:请|請)(?:您)?稍[后後候](?:再试|再試|访问|重试)"
    # the languages of the world: what is maintained is the site, and it asks for patience
    r"|\b(?:sitio|p[áa]gina|portal|plataforma|sistema|servi[cç]io|site|sito)\b.{0,30}?\b(?:en\s+mantenimiento|em\s+manuten[cç][ãa]o|in\s+manutenzione"
    r"|en\s+maintenance|en\s+construcci[óo]n|em\s+constru[cç][ãa]o|fuera\s+de\s+servicio|fora\s+do\s+ar|temporalmente\s+no\s+disponible|temporariamente\s+indispon[íi]vel"
    r"|temporaneamente\s+non\s+(?:disponibile|raggiungibile)|(?:momentan[ée]ment|temporairement|actuellement)\s+(?:indisponible|inaccessible|en\s+maintenance))"
    r"|\btareas\s+de\s+mantenimiento\b|\bop[ée]ration\s+de\s+maintenance\b|\bvoltaremos\s+em\s+breve|\bvolveremos\s+(?:pronto|en\s+breve)"
    r"|\bwartungs(?:arbeiten|modus)\b|\bvor[üu]bergehend\s+nicht\s+(?:erreichbar|verf[üu]gbar)"
    r"|\b(?:in|wegens|voor)\s+onderhoud\b.{0,40}?(?:bereikbaar|beschikbaar|terug)|\bprzerwa\s+techniczna|\bprac[ey]?\s+(?:konserwacyjne|serwisowe)"
    r"|\bprob[íi]h[áa]\s+[úu]dr[žz]ba|\bkarbantart[áa]s\s+(?:alatt|miatt)|\b[îi]n\s+mentenan[țt][ăa]|\bbak[ıi]m\s+(?:[çc]al[ıi][şs]mas[ıi]|modunda)"
    r"|\bdalam\s+(?:pemeliharaan|perbaikan|penyelenggaraan)|đang\s+(?:được\s+)?(?:bảo\s+trì|nâng\s+cấp)|ปิดปรับปรุง|อยู่ระหว่างการปรับปรุง"
    r"|техн[иі]ч(?:еские|ні)\s+(?:работы|роботи)|сайт\s+(?:временно|тимчасово)|υπό\s+συντήρηση|εργασίες\s+συντήρησης"
    r"|(?:تحت|قيد)\s+(?:الصيانة|الإنشاء|التطوير)|در\s+(?:دست|حال)\s+(?:تعمیر|به.{0,2}روز.{0,2}رسانی)|בתחזוקה|रखरखाव|মেরামত"
    r"|メンテナンス(?:中|のため|作業)|(?:サービス|サイト)を?(?:一時)?(?:停止|休止)|(?:시스템|홈페이지|서버|사이트).{0,10}?(?:점검|작업)",
    re.IGNORECASE,
)


def says_outage(text: str) -> bool:
    """Return whether *text*, all the words of a page, says that the site is out of order for now."""
    return _OUTAGE.search(text) is not None
