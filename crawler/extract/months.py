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
# Beside them, where they differ: Latvian, Lithuanian, Croatian, Belarusian, Kazakh, Azerbaijani and Uzbek,
# Macedonian, Albanian, Georgian, Armenian, Bengali, Marathi, Gujarati, Tamil, Telugu, Maltese, Filipino,
# Swahili; what Russian, Greek, Turkish and Polish sites shorten names to; Khmer, Lao, Burmese, Sinhala.
_FURTHER_NAMES = (
    "janvāris janvārī sausio siječnja студзеня қаңтар yanvar јануари janar იანვარი հունվարի জানুয়ারি "
    "জানুয়ারী जानेवारी જાન્યુઆરી ஜனவரி జనవరి jannar янв январь ιαν ιανουάριος ιανουαριου oca sty "
    "មករា ມັງກອນ ဇန်နဝါရီ ජනවාරි",
    "februāris februārī vasario veljače ақпан fevral shkurt თებერვალი փետրվարի ফেব্রুয়ারি "
    "ফেব্রুয়ারী फेब्रुवारी ફેબ્રુઆરી பிப்ரவரி ఫిబ్రవరి frar pebrero февр фев февраль φεβ φεβρουάριος φεβρουαριου "
    "şub lut "
    "កុម្ភៈ ກຸມພາ ဖေဖော်ဝါရီ පෙබරවාරි",
    "martā kovo ožujka сакавіка наурыз მარტი մարտի মার্চ માર્ચ மார்ச் మార్చి marzu marso machi μαρ μάρτιος μαρτιου "
    "មីនា ມີນາ မတ် මාර්තු",
    "aprīlis aprīlī balandžio travnja красавіка сәуір aprel апрель prill აპრილი ապրիլի এপ্রিল एप्रिल "
    "એપ્રિલ ஏப்ரல் ఏప్రిల్ aprili апр απρ απρίλιος απριλιου nis kwi "
    "មេសា ເມສາ ဧပြီ අප්‍රේල්",
    "maijs maijā gegužės svibnja мамыр მაისი մայիսի মে मे મે மே మే mejju μάιος μαιου mayis ឧសភា ພຶດສະພາ မေ මැයි",
    "jūnijs jūnijā birželio lipnja чэрвеня маусым iyun јуни qershor ივნისი հունիսի জুন જૂન ஜூன் జూన్ "
    "ġunju hunyo июн июнь ιουν ιούνιος ιουνιου haz cze "
    "មិថុនា ມິຖຸນາ ဇွန် ජූනි",
    "jūlijs jūlijā liepos srpnja ліпеня шілде iyul јули korrik ივლისი հուլիսի জুলাই जुलै જુલાઈ ஜூலை "
    "జూలై lulju hulyo julai июл июль ιουλ ιούλιος ιουλιου tem "
    "កក្កដា ກໍລະກົດ ဇူလိုင် ජූලි",
    "augusts augustā rugpjūčio kolovoza жніўня тамыз avqust avgust gusht აგვისტო օգոստոսի আগস্ট ऑगस्ट "
    "ઓગસ્ટ ஆகஸ்ட் ఆగస్టు awwissu agosti авг αυγ αύγουστος αυγουστου ağu sie "
    "សីហា ສິງຫາ ဩဂုတ် අගෝස්තු",
    "septembris septembrī rugsėjo rujna верасня қыркүйек sentyabr sentabr shtator სექტემბერი "
    "սեպտեմբերի সেপ্টেম্বর सप्टेंबर સપ્ટેમ્બર செப்டம்பர் సెప్టెంబర్ settembru setyembre septemba сент "
    "сен сентябрь σεπ σεπτ σεπτέμβριος σεπτεμβριου eyl wrz "
    "កញ្ញា ກັນຍາ စက်တင်ဘာ සැප්තැම්බර්",
    "oktobris oktobrī spalio кастрычніка қазан oktyabr oktabr tetor ოქტომბერი հոկտեմբերի অক্টোবর "
    "ऑक्टोबर ઓક્ટોબર அக்டோபர் అక్టోబర్ ottubru oktubre oktoba окт октябрь οκτ οκτώβριος οκτωβριου eki paź "
    "តុលា ຕຸລາ အောက်တိုဘာ ඔක්තෝබර්",
    "novembris novembrī lapkričio studenoga studenog лістапада қараша noyabr nëntor ნოემბერი "
    "նոյեմբերի নভেম্বর नोव्हेंबर નવેમ્બર நவம்பர் నవంబర్ novembru nobyembre novemba нояб ноя ноябрь "
    "νοε νοεμ νοέμβριος νοεμβριου kasim kas lis "
    "វិច្ឆិកា ພະຈິກ နိုဝင်ဘာ නොවැම්බර්",
    "decembris decembrī gruodžio снежня желтоқсан dekabr dhjetor დეკემბერი դեկտեմբերի ডিসেম্বর "
    "डिसेंबर ડિસેમ્બર டிசம்பர் డిసెంబర్ diċembru disyembre desemba дек декабрь δεκ δεκέμβριος δεκεμβριου "
    "aralik ara gru "
    "ធ្នូ ທັນວາ ဒီဇင်ဘာ දෙසැම්බර්",
)
MONTHS = {
    name.replace("_", " "): number
    for table in (_NAMES, _FURTHER_NAMES)
    for number, names in enumerate(table, 1)
    for name in names.split()
}


def month_named(name: str) -> int:
    """Return the number of the month called *name* in any case, 0 where its letters only look like one's."""
    folded = name.lower()
    # The large i of Turkish has a dot that stays behind, and a micro sign looks like a letter of Greek.
    return MONTHS.get(folded) or MONTHS.get(folded.replace("i\u0307", "i").replace("\u00b5", "\u03bc"), 0)


def pattern_of(*, ascii_only: bool = False) -> str:
    """Return the alternatives of a pattern for every name, the longest first."""
    names = (name for name in MONTHS if name.isascii() or not ascii_only)
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


MONTH_PATTERN = pattern_of()
