"""Month names and their abbreviations in the languages that sites publish in."""

from __future__ import annotations

_NAMES = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Czech, Polish, Turkish
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari "
    "ledna stycznia ocak styczeń leden",
    "february feb februar feber février fevrier févr fevr fév febrero fevereiro fev "
    "febbraio februari února února lutego şubat luty únor",
    "march mar märz maerz mär mrz mars marzo março marco maart marts března marca mart marzec březen",
    "april apr avril avr abril abr aprile dubna kwietnia nisan kwiecień duben",
    "may mai mayo maio maggio mag mei maj května maja mayıs květen",
    "june jun juni juin junio junho giugno giu června czerwca haziran czerwiec červen",
    "july jul juli juillet juil julio julho luglio lug července lipca temmuz lipiec červenec",
    "august aug août aout agosto ago ago augustus augusti srpna sierpnia ağustos sierpień srpen",
    "september sep sept septembre septiembre setiembre setembro set settembre sett září "
    "września eylül wrzesień",
    "october oct oktober okt octobre octubre outubro out ottobre ott oktober října "
    "października ekim październik říjen",
    "november nov novembre noviembre novembro listopadu listopada kasım listopad",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre "
    "prosince grudnia aralık grudzień prosinec desember",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))
