"""What gives a person away, by hand-made examples; and how seldom a neutral statement is taken for one."""

from __future__ import annotations

import pytest

from audits.interviews.rules import KnownPerson, found_in, looks_like_a_number

# (name in the vault, what somebody wrote)
NAMED = [
    ("Ram Bahadur Thapa", "Thapa said that he paid."),
    ("Ram Bahadur Thapa", "Thapa, Ram was there"),
    ("Ram Bahadur Thapa", "R. B. T. paid twice"),
    ("Ram Bahadur Thapa", "asked RamBahadurThapa in the canteen"),
    ("Ram Bahadur Thapa", "राम बहादुर थापा"),
    ("राम बहादुर थापा", "Ram said so"),
    ("राम थापा", "रामले भन्यो कि पैसा तिर्‍यो"),
    ("राम थापा", "थापालाई सोध्नुहोस्"),
    ("Sita Shrestha", "श्रेष्ठ भन्छिन्"),
    ("लक्ष्मी गुरुङ", "Laxmi was told to keep quiet"),
    ("कृष्ण राई", "Krishna paid 90,000"),
    ("Rahim Uddin", "রহিমকে টাকা দিতে হয়েছে"),
    ("রহিম উদ্দিন", "Rahim had to pay"),
    ("Mohammed Karim", "محمد دفع رسوما"),
    ("محمد كريم", "Mohammed paid"),
    ("محمد كريم", "قال لمحمد"),
    ("Mohammed Saleh", "Muhammad paid"),
    ("Nguyễn Thị Đặng", "Ms Dang was asked"),
    ("Nguyen Van Đặng", "Đặng"),
    ("Li Na", "Li Na was in the room"),
    ("Li Na", "Na Li was in the room"),
    ("Li Na", "李娜说她付了钱"),
    ("Юлія Коваль", "Yuliya had no contract"),
    ("Yuliya Koval", "Коваль сказала"),
    ("สมชาย ใจดี", "Somchai lost his passport"),
    ("Maria Łęcka-Kowalska", "Kowalska"),
    ("Thapa", "Tha\u00adpa and Tha\u200bpa"),
    ("Grace Mwangi", "Grace was charged"),
]
CONTACTS = [
    ("+977 984-123-4567", "call 984 123 4567"),
    ("+977 9841234567", "९८४१२३४५६७"),
    ("+880 1711-234567", "ফোন ০১৭১১ ২৩৪৫৬৭"),
    ("+974 5512 3456", "رقم ٥٥١٢٣٤٥٦"),
    ("9841234567", "98 - 4123 - 4567"),
    ("ram.thapa@mail.example", "ram.thapa (at) mail (dot) example"),
    ("fb.example/kite.rider", "look for fb.example/kite.rider"),
]
NUMBERS = [
    "passport N 123 456",
    "PA0123456 was taken",
    "AB 123 4567",
    "his papers say X-12 34 56 78",
    "born 12.03.1995 in the hills",
    "date of birth: 3 May 1994",
    "DOB 1994-05-03",
    "जन्म मिति २०५१-०२-१५",
    "জন্ম ১২/০৩/১৯৯৫",
    "call nine eight four one two three four five",
    "०१-४२३४-५६७८",
]
ROSTER = (
    "Ram Bahadur Thapa",
    "Sita Shrestha",
    "Hari Man Gurung",
    "Maya Tamang",
    "Krishna Rai",
    "Laxmi Chaudhary",
    "Bishnu Maya Magar",
    "Mohammed Abdul Karim",
    "Rahim Uddin",
    "Fatema Begum",
    "Shahida Akter",
    "Md. Sohel Rana",
    "Jamal Hossain",
    "Nasima Khatun",
    "Maria Santos",
    "Jose Dela Cruz",
    "Grace Reyes",
    "Joy Bautista",
    "Mark Anthony Lim",
    "Nguyen Van Minh",
    "Tran Thi Hoa",
    "Pham Duc Long",
    "Li Na",
    "Wu Gang",
    "Somchai Jaidee",
    "Aung Win",
    "Thandar Aye",
    "Budi Santoso",
    "Siti Aminah",
    "Dewi Lestari",
    "Kumari Perera",
    "Nimal Silva",
    "Amit Kumar",
    "Sunita Devi",
    "Gurpreet Singh",
    "Ahmed Hassan",
    "Yuliya Koval",
    "Oleksandr Bondarenko",
    "Faith Wanjiru",
    "Abebe Bekele",
    "राम थापा",
    "महेश यादव",
    "محمد أحمد",
    "রহিম",
)
NEUTRAL = """
The worker paid 120,000 rupees to a sub-agent before leaving.
One person said that the contract was changed on arrival.
They were told at the airport to hand over their passports.
The fee was 4,500 ringgit and was taken from the wage over ten months.
Nobody explained what the deductions were for.
A woman from the second group said that the room has no lock.
The recruiter promised a wage of 1 200 000 rupiah and paid less.
He borrowed at 36 per cent a year from a lender in the district.
Workers on the night shift get no transport after 22:00.
In May 2024 the employer stopped keeping passports.
On 12.03.2024 the team was told about the new rule.
She has worked here since 2019 and was never asked to pay.
The medical test cost 9,000 and was done twice.
Both said that the agency in Kathmandu gave no receipt.
The supervisor shouts, and rest days are cancelled often.
Three people described the same payment to the same broker.
The group agreed that the food is good and the beds are clean.
According to one, the Ministry had approved the job order.
They know the hotline, and one of them has used it.
Wages are paid on the 7th by bank transfer with a payslip.
The U.S. buyer visited in June and asked about fees.
Qatar and Malaysia were offered; he chose Malaysia for the wage.
The person wanted to go home when her mother was ill and was let go.
Will the agency pay back what was taken? Nobody knows.
A man in the canteen heard that others paid more.
Recruitment took four months, from the interview to the flight.
There was a deposit of 50 000 taka that was never returned.
Training was held in Dhaka in the language of the workers.
Answers differ between the two hostels: in the old one, locks are missing.
The long way to the clinic is the main complaint of this group.
Since the sun is strong they stop work at noon in summer.
He would rather stay than look for another employer.
कामदारले एजेन्टलाई नगद तिरेको बताए ।
तलब महिनाको सात तारिखमा आउँछ ।
শ্রমিক বলেছেন যে তিনি ফি দিয়েছেন।
বেতন প্রতি মাসে ব্যাংকে আসে।
قال العامل إنه دفع رسوما قبل السفر.
الراتب يدفع في نهاية الشهر.
Працівник сказав, що заплатив за візу.
Sinabi ng manggagawa na nagbayad siya ng placement fee.
""".strip().splitlines()


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_a_name_is_found_in_any_order_script_and_spelling(name: str, text: str) -> None:
    assert found_in(text, [KnownPerson(name)]) == "name"


@pytest.mark.parametrize(("contact", "text"), CONTACTS)
def test_a_contact_is_found_with_any_digits_and_dividers(contact: str, text: str) -> None:
    assert found_in(text, [KnownPerson("Zzyzx Qwrtz", contact)]) == "contact"


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_or_birthday_of_anybody_is_found(text: str) -> None:
    assert looks_like_a_number(text)


def test_neutral_statements_are_hardly_ever_taken_for_a_person() -> None:
    """40 statements in seven languages against 44 names at once, all in one vault: none may be refused for nothing."""
    people = [KnownPerson(name) for name in ROSTER]
    taken = [text for text in NEUTRAL if found_in(text, people) or looks_like_a_number(text)]
    assert taken == []
    assert (len(NEUTRAL), len(ROSTER)) == (40, 44)
