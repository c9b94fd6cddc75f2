"""Month names and their abbreviations in the languages that sites publish in."""

from __future__ import annotations

import re

_NAMES = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Czech, Polish, Turkish;
    # Russian, Ukrainian, Bulgarian, Romanian, Catalan, Finnish, Greek, Hungarian, Slovak where they differ;
    # Arabic (of the Gulf, the Levant, the Maghreb), Persian, Hebrew, Thai, Hindi, Urdu, Serbian, Slovene,
    # Estonian, Icelandic, Indonesian, Malay, Welsh, Irish. "_" stands for a space.
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari ledna stycznia "
    "ocak styczeń leden января січня януари ianuarie gener tammikuuta ιανουαρίου január "
    "يناير ژانویه كانون_الثاني جانفي ינואר בינואר มกราคม ม.ค. जनवरी جنوری јануар januarja jaanuar "
    "janúar ionawr eanáir",
    "february feb februar feber février fevrier févr fevr fév febrero fevereiro fev febbraio februari "
    "února lutego şubat luty únor февраля лютого февруари februarie febrer helmikuuta φεβρουαρίου "
    "február "
    "فبراير فوریه شباط فيفري פברואר בפברואר กุมภาพันธ์ ก.พ. फरवरी فروری фебруар februarja veebruar "
    "febrúar chwefror feabhra",
    "march mar märz maerz mär mrz mars marzo março marco maart marts března marca mart marzec březen "
    "марта березня март martie març maaliskuuta μαρτίου március marec "
    "مارس آذار מרץ במרץ มีนาคม มี.ค. मार्च مارچ mac märts mawrth márta",
    "april apr avril avr abril abr aprile dubna kwietnia nisan kwiecień duben апреля квітня април "
    "aprilie huhtikuuta απριλίου április apríl "
    "أبريل آوریل ابريل نيسان أفريل אפריל באפריל เมษายน เม.ย. अप्रैल اپریل aprila aprill ebrill "
    "aibreán",
    "may mai mayo maio maggio mag mei maj května maja mayıs květen мая травня май maig toukokuuta "
    "μαΐου μαίου május máj "
    "مايو مه أيار ماي מאי במאי พฤษภาคม พ.ค. मई مئی мај maí bealtaine",
    "june jun juni juin junio junho giugno giu června czerwca haziran czerwiec červen июня червня юни "
    "iunie juny kesäkuuta ιουνίου június jún "
    "يونيو ژوئن حزيران جوان יוני ביוני มิถุนายน มิ.ย. जून جون јун junija juuni júní mehefin "
    "meitheamh",
    "july jul juli juillet juil julio julho luglio lug července lipca temmuz lipiec červenec июля "
    "липня юли iulie juliol heinäkuuta ιουλίου július júl "
    "يوليو ژوئیه تموز جويلية יולי ביולי กรกฎาคม ก.ค. जुलाई جولائی јул julija juuli júlí gorffennaf "
    "iúil",
    "august aug août aout agosto ago augustus augusti srpna sierpnia ağustos sierpień srpen августа "
    "серпня август agost elokuuta αυγούστου augusztus "
    "أغسطس اوت اغسطس آب أوت אוגוסט באוגוסט สิงหาคม ส.ค. अगस्त اگست agustus ogos avgusta ágúst "
    "awst lúnasa",
    "september sep sept septembre septiembre setiembre setembro set settembre sett září września "
    "eylül wrzesień сентября вересня септември septembrie setembre syyskuuta σεπτεμβρίου szeptember "
    "سبتمبر سپتامبر أيلول ספטמבר בספטמבר กันยายน ก.ย. सितंबर सितम्बर ستمبر септембар septembra medi "
    "meán_fómhair",
    "october oct oktober okt octobre octubre outubro out ottobre ott října października ekim "
    "październik říjen октября жовтня октомври octombrie lokakuuta οκτωβρίου október "
    "أكتوبر اکتبر اكتوبر تشرين_الأول אוקטובר באוקטובר ตุลาคม ต.ค. अक्टूबर اکتوبر октобар oktobra "
    "oktoober hydref deireadh_fómhair",
    "november nov novembre noviembre novembro listopadu listopada kasım listopad ноября листопада "
    "ноември noiembrie marraskuuta νοεμβρίου "
    "نوفمبر نوامبر تشرين_الثاني נובמבר בנובמבר พฤศจิกายน พ.ย. नवंबर नवम्बर نومبر новембар novembra "
    "nóvember tachwedd samhain",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre prosince grudnia "
    "aralık grudzień prosinec desember декабря грудня декември decembrie desembre joulukuuta "
    "δεκεμβρίου "
    "ديسمبر دسامبر كانون_الأول דצמבר בדצמבר ธันวาคม ธ.ค. दिसंबर दिसम्बर دسمبر децембар decembra "
    "disember detsember rhagfyr nollaig",
)
MONTHS = {name.replace("_", " "): number for number, names in enumerate(_NAMES, 1) for name in names.split()}


def pattern_of(*, ascii_only: bool = False) -> str:
    """Return the alternatives of a pattern for every name, the longest first."""
    names = (name for name in MONTHS if name.isascii() or not ascii_only)
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


MONTH_PATTERN = pattern_of()
