"""Code sets of referral and need, in the Department's codes with our labels (children in need census 2025 to 2026)."""

REFERRAL_SOURCES = {
    "1A": "Family member, relative or carer",
    "1B": "Acquaintance",
    "1C": "The child themself",
    "1D": "Another individual",
    "2A": "School",
    "2B": "Education service",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health service",
    "3E": "Emergency department",
    "3F": "Other health service",
    "4": "Housing",
    "5A": "The council's social care",
    "5B": "Another department of the council",
    "5C": "Another council",
    "5D": "The council's early help",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other, including voluntary bodies",
    "9": "Anonymous",
    "10": "Not known",
}

PRIMARY_NEEDS = {
    "N1": "Abuse or neglect",
    "N2": "Child's disability or illness",
    "N3": "Parent's disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
    "N9": "Not in need: adoption support",
    "N0": "Not stated",
}

CLOSURE_REASONS = {
    "RC1": "Adopted",
    "RC2": "Died",
    "RC3": "Child arrangements order",
    "RC4": "Special guardianship order",
    "RC5": "Moved to another council's services",
    "RC6": "Moved to adult social care",
    "RC7": "No longer in need",
    "RC8": "Closed after assessment, no further action",
    "RC9": "Closed after assessment, to early help",
}

_WHOSE = {"A": "child", "B": "parent or carer", "C": "another in the household"}
_BY_WHOM = {
    "1": "Alcohol misuse",
    "2": "Drug misuse",
    "3": "Domestic abuse",
    "4": "Mental health",
    "5": "Learning disability",
    "6": "Physical disability or illness",
}
FACTORS = {
    f"{number}{letter}": f"{words}: {whose}"
    for number, words in _BY_WHOM.items()
    for letter, whose in _WHOSE.items()
} | {
    "7A": "Young carer",
    "8B": "Privately fostered: overseas, to return",
    "8C": "Privately fostered: overseas, to stay",
    "8D": "Privately fostered: UK, in education",
    "8E": "Privately fostered: UK, family arrangement",
    "8F": "Privately fostered: other",
    "9A": "Unaccompanied asylum seeker",
    "10A": "Going missing",
    "11A": "Child sexual exploitation",
    "12A": "Trafficking",
    "13A": "Gangs",
    "14A": "Socially unacceptable behaviour",
    "15A": "Self-harm",
    "16A": "Neglect",
    "17A": "Emotional abuse",
    "18A": "Physical abuse (code retired 2020)",
    "18B": "Physical abuse: child on child",
    "18C": "Physical abuse: adult on child",
    "19A": "Sexual abuse (code retired 2020)",
    "19B": "Sexual abuse: child on child",
    "19C": "Sexual abuse: adult on child",
    "20": "Other",
    "21": "No factors identified",
    "22A": "Female genital mutilation",
    "23A": "Abuse linked to faith or belief",
    "24A": "Child criminal exploitation",
}

VISIT_DUTIES = {
    "cin": "Child in need visit",
    "cp": "Child protection visit",
    "assessment": "Assessment visit",
}
