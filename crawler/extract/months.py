"""Month names and their abbreviations in the languages that sites publish in."""

from __future__ import annotations

_NAMES = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Czech, Polish, Turkish;
    # Russian, Ukrainian, Bulgarian, Romanian, Catalan, Finnish, Greek, Hungarian, Slovak where they differ
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari ledna stycznia "
    "ocak styczeń leden января січня януари ianuarie gener tammikuuta ιανουαρίου január",
    "february feb februar feber février fevrier févr fevr fév febrero fevereiro fev febbraio februari "
    "února lutego şubat luty únor февраля лютого февруари februarie febrer helmikuuta φεβρουαρίου "
    "február",
    "march mar märz maerz mär mrz mars marzo março marco maart marts března marca mart marzec březen "
    "марта березня март martie març maaliskuuta μαρτίου március marec",
    "april apr avril avr abril abr aprile dubna kwietnia nisan kwiecień duben апреля квітня април "
    "aprilie huhtikuuta απριλίου április apríl",
    "may mai mayo maio maggio mag mei maj května maja mayıs květen мая травня май maig toukokuuta "
    "μαΐου μαίου május máj",
    "june jun juni juin junio junho giugno giu června czerwca haziran czerwiec červen июня червня юни "
    "iunie juny kesäkuuta ιουνίου június jún",
    "july jul juli juillet juil julio julho luglio lug července lipca temmuz lipiec červenec июля "
    "липня юли iulie juliol heinäkuuta ιουλίου július júl",
    "august aug août aout agosto ago augustus augusti srpna sierpnia ağustos sierpień srpen августа "
    "серпня август agost elokuuta αυγούστου augusztus",
    "september sep sept septembre septiembre setiembre setembro set settembre sett září września "
    "eylül wrzesień сентября вересня септември septembrie setembre syyskuuta σεπτεμβρίου szeptember",
    "october oct oktober okt octobre octubre outubro out ottobre ott října października ekim "
    "październik říjen октября жовтня октомври octombrie lokakuuta οκτωβρίου október",
    "november nov novembre noviembre novembro listopadu listopada kasım listopad ноября листопада "
    "ноември noiembrie marraskuuta νοεμβρίου",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre prosince grudnia "
    "aralık grudzień prosinec desember декабря грудня декември decembrie desembre joulukuuta "
    "δεκεμβρίου",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))
