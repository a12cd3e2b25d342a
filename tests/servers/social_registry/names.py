"""Word lists for invented people, one community per script or language area."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """Names, places and international phone prefix of one area; `{…}` is filled in."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[str, ...]
    street: str
    household: str
    dial_code: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMMUNITIES = (
    Community(
        female=_words("Inés Lucía Renée Chloë Zoë Márcia Noémie Ángela Conceição Jimena"),
        male=_words("José André Iñaki Raúl Gonçalo Jérôme Tomás Óscar Benoît Martín"),
        family=_words("Núñez Gonçalves Peñaloza Lefèvre Muñoz Araújo Ibáñez Château Brandão Güell"),
        places=_words("Cañaveral Pedreña Açores Montréjeau Ávila Maranhão"),
        street="Calle Mayor {number}, 2.º izq.",
        household="Hogar {family}",
        dial_code="+57",
    ),
    Community(
        female=_words("Amara Achieng Wanjiru Nakato Zawadi Ifeoma Thandiwe Makena Abena Lindiwe"),
        male=_words("Juma Okello Kwame Mwangi Chidi Tendai Baraka Sipho Kofi Otieno"),
        family=_words("Otieno Mensah Okafor Wambua Dlamini Banda Nyambura Chirwa Adeyemi Mutua"),
        places=_words("Kisiwani Mbale Lilande Kibuye Tamalo Mzimba"),
        street="Plot {number}, Market Road",
        household="{family} household",
        dial_code="+254",
    ),
    Community(
        female=_words("فاطمة مريم ليلى نور هدى سلمى زينب رنا"),
        male=_words("محمود يوسف خالد عمر سامي طارق حسن كريم"),
        family=_words("النجار الحداد القاسم الصالح العمري الخطيب الشامي البستاني"),
        places=_words("الزهراء النهضة الواحة الياسمين السلام"),
        street="شارع السوق، بناية {number}",
        household="أسرة {family}",
        dial_code="+962",
    ),
    Community(
        female=_words("አልማዝ ሰላም ሕይወት ትዕግስት መሠረት ብርቱካን ወይንሸት"),
        male=_words("አበበ ተስፋዬ ዳዊት ሰለሞን ግርማ ኃይሌ መኮንን"),
        family=_words("በቀለ ታደሰ ወልደማርያም ገብሬ አለሙ ደስታ ከበደ"),
        places=_words("ሰፈረሰላም አዲስአምባ መስከረም ደብረጽጌ"),
        street="ቀበሌ {number}",
        household="የ{family} ቤተሰብ",
        dial_code="+251",
    ),
    Community(
        female=_words("सुनीता लक्ष्मी प्रिया गीता अंजलि कविता राधा मीना"),
        male=_words("राजेश अर्जुन मोहन विक्रम संजय हरीश दीपक गोपाल"),
        family=_words("शर्मा यादव पटेल वर्मा चौधरी ठाकुर मिश्रा जोशी"),
        places=_words("रामपुर सीतागढ़ लक्ष्मीनगर चंदनपुर"),
        street="मकान संख्या {number}, मुख्य मार्ग",
        household="{family} परिवार",
        dial_code="+91",
    ),
    Community(
        female=_words("มาลี สุดา พิมพ์ใจ วันเพ็ญ นภา อรุณี ดวงใจ"),
        male=_words("สมชาย วิชัย ประเสริฐ ธนา อนันต์ สุรชัย กิตติ"),
        family=_words("ศรีสุข ทองดี แก้วมณี บุญมา จันทร์เพ็ญ วงศ์ใหญ่"),
        places=_words("บ้านดอนทราย บ้านหนองบัว บ้านโคกสูง"),
        street="เลขที่ {number} หมู่ 4",
        household="ครัวเรือน{family}",
        dial_code="+66",
    ),
    Community(
        female=_words("Олена Айгуль Светлана Гүлнара Наталья Дарина Ђурђа Жанна"),
        male=_words("Тарас Бауыржан Сергей Нұрлан Олексій Иван Његош Руслан"),
        family=_words("Шевчук Ахметов Коваленко Ботбаев Иваненко Жумабаев Јовић Щербак"),
        places=_words("Верховина Қарасу Озёрное Љубиково"),
        street="вул. Садова, буд. {number}",
        household="Домохозяйство {family}",
        dial_code="+996",
    ),
)

LANDMARKS = (
    "behind the old water tower, second gate after the primary school",
    "third house past the bridge, ask at the tailor's shop for directions",
    "compound with the blue door, opposite the clinic and the borehole",
    "upper floor, entrance from the courtyard next to the cooperative store",
)
