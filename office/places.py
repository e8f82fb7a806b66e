"""Where matters come from: the 77 provinces and the 185 education service areas of fiscal year 2553."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from office.thai import to_thai_digits

BANGKOK: Final = "10"

PROVINCES: Final[dict[str, tuple[str, str]]] = {
    "10": ("กรุงเทพมหานคร", "Bangkok"),
    "11": ("สมุทรปราการ", "Samut Prakan"),
    "12": ("นนทบุรี", "Nonthaburi"),
    "13": ("ปทุมธานี", "Pathum Thani"),
    "14": ("พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya"),
    "15": ("อ่างทอง", "Ang Thong"),
    "16": ("ลพบุรี", "Lop Buri"),
    "17": ("สิงห์บุรี", "Sing Buri"),
    "18": ("ชัยนาท", "Chai Nat"),
    "19": ("สระบุรี", "Saraburi"),
    "20": ("ชลบุรี", "Chon Buri"),
    "21": ("ระยอง", "Rayong"),
    "22": ("จันทบุรี", "Chanthaburi"),
    "23": ("ตราด", "Trat"),
    "24": ("ฉะเชิงเทรา", "Chachoengsao"),
    "25": ("ปราจีนบุรี", "Prachin Buri"),
    "26": ("นครนายก", "Nakhon Nayok"),
    "27": ("สระแก้ว", "Sa Kaeo"),
    "30": ("นครราชสีมา", "Nakhon Ratchasima"),
    "31": ("บุรีรัมย์", "Buri Ram"),
    "32": ("สุรินทร์", "Surin"),
    "33": ("ศรีสะเกษ", "Si Sa Ket"),
    "34": ("อุบลราชธานี", "Ubon Ratchathani"),
    "35": ("ยโสธร", "Yasothon"),
    "36": ("ชัยภูมิ", "Chaiyaphum"),
    "37": ("อำนาจเจริญ", "Amnat Charoen"),
    "38": ("บึงกาฬ", "Bueng Kan"),
    "39": ("หนองบัวลำภู", "Nong Bua Lam Phu"),
    "40": ("ขอนแก่น", "Khon Kaen"),
    "41": ("อุดรธานี", "Udon Thani"),
    "42": ("เลย", "Loei"),
    "43": ("หนองคาย", "Nong Khai"),
    "44": ("มหาสารคาม", "Maha Sarakham"),
    "45": ("ร้อยเอ็ด", "Roi Et"),
    "46": ("กาฬสินธุ์", "Kalasin"),
    "47": ("สกลนคร", "Sakon Nakhon"),
    "48": ("นครพนม", "Nakhon Phanom"),
    "49": ("มุกดาหาร", "Mukdahan"),
    "50": ("เชียงใหม่", "Chiang Mai"),
    "51": ("ลำพูน", "Lamphun"),
    "52": ("ลำปาง", "Lampang"),
    "53": ("อุตรดิตถ์", "Uttaradit"),
    "54": ("แพร่", "Phrae"),
    "55": ("น่าน", "Nan"),
    "56": ("พะเยา", "Phayao"),
    "57": ("เชียงราย", "Chiang Rai"),
    "58": ("แม่ฮ่องสอน", "Mae Hong Son"),
    "60": ("นครสวรรค์", "Nakhon Sawan"),
    "61": ("อุทัยธานี", "Uthai Thani"),
    "62": ("กำแพงเพชร", "Kamphaeng Phet"),
    "63": ("ตาก", "Tak"),
    "64": ("สุโขทัย", "Sukhothai"),
    "65": ("พิษณุโลก", "Phitsanulok"),
    "66": ("พิจิตร", "Phichit"),
    "67": ("เพชรบูรณ์", "Phetchabun"),
    "70": ("ราชบุรี", "Ratchaburi"),
    "71": ("กาญจนบุรี", "Kanchanaburi"),
    "72": ("สุพรรณบุรี", "Suphan Buri"),
    "73": ("นครปฐม", "Nakhon Pathom"),
    "74": ("สมุทรสาคร", "Samut Sakhon"),
    "75": ("สมุทรสงคราม", "Samut Songkhram"),
    "76": ("เพชรบุรี", "Phetchaburi"),
    "77": ("ประจวบคีรีขันธ์", "Prachuap Khiri Khan"),
    "80": ("นครศรีธรรมราช", "Nakhon Si Thammarat"),
    "81": ("กระบี่", "Krabi"),
    "82": ("พังงา", "Phang-nga"),
    "83": ("ภูเก็ต", "Phuket"),
    "84": ("สุราษฎร์ธานี", "Surat Thani"),
    "85": ("ระนอง", "Ranong"),
    "86": ("ชุมพร", "Chumphon"),
    "90": ("สงขลา", "Songkhla"),
    "91": ("สตูล", "Satun"),
    "92": ("ตรัง", "Trang"),
    "93": ("พัทลุง", "Phatthalung"),
    "94": ("ปัตตานี", "Pattani"),
    "95": ("ยะลา", "Yala"),
    "96": ("นราธิวาส", "Narathiwat"),
}
"""Official two-digit code → name, name in English (Department of Provincial Administration; ISO 3166-2:TH)."""

MANY_AREAS: Final[dict[str, int]] = {
    "30": 7,
    "50": 6,
    **dict.fromkeys(("34", "40"), 5),
    **dict.fromkeys(("31", "33", "41", "57", "71", "80"), 4),
    **dict.fromkeys(("10", "20", "32", "36", "42", "43", "44", "45", "46", "47", "52", "60"), 3),
    **dict.fromkeys(("65", "67", "72", "84", "90", "94", "95", "96"), 3),
    **dict.fromkeys(("15", "17", "18", "23", "26", "37", "49", "74", "75", "81", "82", "83", "85", "91"), 1),
    # Bueng Kan became a province in 2554; its schools were then area 3 of Nong Khai.
    "38": 0,
}
"""How many education service areas a province had in fiscal year 2553, where it was not two."""


def education_areas() -> Iterator[tuple[str, int, str]]:
    """Every education service area: province code, number within the province, name (`สพท.เชียงใหม่ เขต ๑`)."""
    for code, (name, _name_en) in PROVINCES.items():
        count = MANY_AREAS.get(code, 2)
        place = "สพท.กทม." if code == BANGKOK else f"สพท.{name}"
        for number in range(1, count + 1):
            yield code, number, f"{place} เขต {to_thai_digits(number)}" if count > 1 else place
