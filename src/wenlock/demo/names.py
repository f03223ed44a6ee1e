"""Names of the mixed England of today: put together from the landscape, or common to thousands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heritage:
    """Names that go together: their ethnic group, the language of home, how many in a thousand."""

    ethnicity: str
    per_thousand: int
    language: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH_STARTS = _words(
    "Ash Birch Cold Dun Elder Fern Green Haw Holm Lark Mill Oak Pens Quarr Rush Sedge Thorn Wren Yar"
)
_ENGLISH_ENDS = _words("bourne bridge bury croft dale field ham hurst ley mere stead ton wick wood worth")

HERITAGES: dict[str, Heritage] = {
    "english": Heritage(
        "WBRI",
        640,
        "English",
        _words(
            "Ava Amelia Isla Freya Poppy Daisy Evie Ruby Maisie Lola Ellie Scarlett Millie Phoebe Erin"
            " Imogen Tilly"
            " Lexi Summer Jessica Bethany Kayleigh Chloe Holly Hannah Paige Gemma Stacey Leanne Joanne"
            " Kerry Natalie"
            " Rachel Donna Tracey Skye Harper Willow Ivy Elsie Mabel Nancy Orla Bonnie Darcie Faith Gracie"
            " Heidi"
        ),
        _words(
            "Alfie Archie Freddie Jack Oscar Theo Toby Riley Tyler Callum Kyle Connor Jayden Mason Logan"
            " Harvey Ellis"
            " Reece Lewis Jake Luke Ryan Dean Craig Darren Wayne Lee Scott Gareth Shane Dale Ashley Finley"
            " Rowan Stanley"
            " Albie Rory Bobby Reuben Louie Jude Kian Blake Corey Jenson Hugo Ralph Sonny Tommy Vinnie"
        ),
        tuple(f"{start}{end}" for start in _ENGLISH_STARTS for end in _ENGLISH_ENDS),
    ),
    "welsh": Heritage(
        "WBRI",
        70,
        "Welsh",
        _words("Seren Ffion Megan Cerys Carys Nia Mali Lowri Elin Sian Rhian Angharad Bronwen Catrin"),
        _words("Owain Rhys Dylan Ieuan Gethin Iwan Macsen Tomos Huw Aled Emyr Steffan Evan Ifan"),
        _words("Pryce Bowen Probert Gittins Vaughan Meredith Penry Tudor Craddock Gwilt Beddoes Bevan"),
    ),
    "irish": Heritage(
        "WIRI",
        15,
        "English",
        _words("Aoife Niamh Ciara Roisin Sinead Orlaith Maeve Grainne"),
        _words("Cillian Declan Eoin Padraig Fionn Ronan Oisin Cormac"),
        _words("Mulryan Cassin Devenney Hallinan Kilbride Tarpey Lanigan Scully"),
    ),
    "roma": Heritage(
        "WROM",
        10,
        "Romani",
        _words("Esmeralda Britannia Kezia Cinderella Shakira Sabrina Vanessa Trinity"),
        _words("Elijah Levi Nelson Hezekiah Dominik Rudolf Levi Amos"),
        _words("Loveridge Boswell Smallwood Horvath Demeter Balogh Ingrim"),
    ),
    "polish": Heritage(
        "WOTH",
        45,
        "Polish",
        _words("Zofia Maja Hanna Zuzanna Oliwia Natalia Agnieszka Kasia Magda Ewa Iza Lena"),
        _words("Jakub Filip Kacper Szymon Mateusz Tomasz Pawel Wojtek Bartek Adam Igor Marcel"),
        _words("Brzeski Lipinek Zaremba Sowinska Kwiatek Jaworek Olszan Malecki Wrobel Debicki"),
    ),
    "romanian": Heritage(
        "WOTH",
        20,
        "Romanian",
        _words("Ioana Andreea Daria Elena Raluca Bianca Sorina Mirela"),
        _words("Andrei Matei Luca Vlad Ionut Radu Stefan Darius"),
        _words("Munteanu Dobre Ilinca Stanciu Lupescu Ardelean Campeanu"),
    ),
    "ukrainian": Heritage(
        "WOTH",
        10,
        "Ukrainian",
        _words("Oksana Solomiya Daryna Kateryna Yulia Polina"),
        _words("Bohdan Taras Maksym Danylo Nazar Artem"),
        _words("Kovalchuk Tkachenko Moroz Savchuk Hrytsenko"),
    ),
    "pakistani": Heritage(
        "APKN",
        45,
        "Urdu",
        _words("Aisha Zara Hiba Sana Mariam Fatima Nadia Saima Iqra Amna Rabia Laiba"),
        _words("Hamza Bilal Usman Zain Imran Adeel Faisal Haris Yusuf Kamran Tariq Ibrahim"),
        _words("Hussain Mahmood Akhtar Qureshi Rafiq Shaheen Bashir Riaz Chaudhry"),
    ),
    "indian": Heritage(
        "AIND",
        35,
        "Punjabi",
        _words("Anaya Priya Simran Jasleen Meera Kavita Harpreet Diya Riya Nisha"),
        _words("Arjun Rohan Kiran Jaspal Vikram Aarav Dev Gurdeep Nikhil Sanjay"),
        _words("Sandhu Gill Nair Varma Bhatti Sohal Desai Kapoor Mistry Rana"),
    ),
    "bangladeshi": Heritage(
        "ABAN",
        15,
        "Sylheti",
        _words("Nusrat Tasnim Rumana Sadia Farhana Jannat"),
        _words("Rafi Tanvir Shakil Nayeem Rakib Mahir"),
        _words("Miah Choudhury Begum Uddin Khatun Talukder"),
    ),
    "chinese": Heritage(
        "CHNE",
        10,
        "Cantonese",
        _words("Mei Xinyi Jia Yan Hoi Wing"),
        _words("Jun Haoran Wei Ka Ming Tian"),
        _words("Cheung Leung Tsang Kwok Yip Fung"),
    ),
    "african": Heritage(
        "BAFR",
        35,
        "Yoruba",
        _words("Adaeze Efua Temitope Abena Ngozi Folake Zawadi Chidinma Ayo Makena"),
        _words("Kwame Tunde Emeka Kofi Femi Chidi Juma Obi Sola Tendai"),
        _words("Okafor Danso Adebayo Mensah Nwosu Owusu Balogun Banda Asante Eze"),
    ),
    "somali": Heritage(
        "BAFR",
        10,
        "Somali",
        _words("Hodan Ifrah Sagal Ayaan Hibo Fadumo"),
        _words("Abdi Liban Guled Zakaria Warsame Khalid"),
        _words("Warsame Farah Jama Abdullahi Hersi Samatar"),
    ),
    "caribbean": Heritage(
        "BCRB",
        25,
        "English",
        _words("Shanice Keziah Tiana Aaliyah Monique Renee Jada Chantelle Naomi Simone"),
        _words("Malachi Tyrese Jermaine Kieron Marlon Dwayne Isaiah Andre Kemar Nathaniel"),
        _words("Rowe Campbell Blackwood Pinnock Grant Sterling Dacosta Beckford Minott"),
    ),
    "arab": Heritage(
        "OOTH",
        15,
        "Arabic",
        _words("Layla Noor Yasmin Rania Huda Salma Dina Amal"),
        _words("Omar Karim Samir Nabil Tarek Ziad Anas Rami"),
        _words("Haddad Nasser Khoury Mansour Salim Darwish Aziz"),
    ),
}


def of_mixed(mother: str, father: str) -> str:
    """The ethnic group of a child of two heritages, in the Department's code."""
    groups = {HERITAGES[mother].ethnicity, HERITAGES[father].ethnicity}
    if len(groups) == 1:
        return groups.pop()
    if groups & {"WBRI", "WIRI", "WOTH", "WROM"}:
        for group, code in (("BCRB", "MWBC"), ("BAFR", "MWBA")):
            if group in groups:
                return code
        if groups & {"APKN", "AIND", "ABAN", "CHNE"}:
            return "MWAS"
        if groups <= {"WBRI", "WIRI", "WOTH", "WROM"}:
            return "WOTH"
    return "MOTH"
