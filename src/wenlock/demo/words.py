"""Sentences of case notes. Braces take names: {child}, {children}, {carer}, {place}, {school}, {worker}."""

ARRIVALS = (
    "I visited the family at home in {place} by arrangement.",
    "Unannounced visit to the home in {place}. {carer} answered the door and let me in straight away.",
    "{carer} had forgotten I was coming but said it was all right to come in.",
    "I met {carer} at home, with {children}.",
    "Home visit. {carer} was making tea and we talked in the kitchen.",
    "I arrived at the time agreed. The television was on; {carer} turned it down without being asked.",
)
OBSERVATIONS = (
    "The house was warm and tidy and there was food in the fridge.",
    "The kitchen floor was sticky and the bins were full, which we have spoken about before.",
    "There was a damp patch above the window in the back bedroom. {carer} has rung the landlord about it"
    " twice.",
    "The beds had clean covers. The broken stair gate has been mended since my last visit.",
    "{carer} looked tired and said the nights have been hard.",
    "{carer} was warm with {child} throughout and noticed quickly when something was wrong.",
    "I saw {carer} shout once and then stop, take a breath and explain. We talked afterwards about what had"
    " helped.",
    "There was a smell of cannabis in the hall. {carer} said it came from the flat below.",
    "The front door has been repaired and the new lock fitted.",
    "There were fewer toys about than before; {carer} said money is short until Thursday.",
)
CHILDREN_SAID = (
    "{child} showed me the model of a castle made at {school} and told me the names of all the towers.",
    'I saw {child} alone. {child} said, "It\'s quieter now and I like it."',
    "{child} told me about the school trip, and said the best part was the coach.",
    '{child} said, "I don\'t like it when they argue, I go upstairs and put my headphones on."',
    "I asked {child} to draw who lives in the house. {child} drew everyone, and the dog largest of all.",
    "{child} did not want to talk today and I did not press. We played cards instead.",
    '{child} said that school is "alright" and that lunchtimes are better since the new club began.',
    "{child} asked how much longer I would be visiting, and I explained when the next meeting is.",
    "{child} used the three houses: the house of worries had one thing in it, and it was about the nights.",
    "{child} was happy to see me and wanted to show me the guinea pig.",
    "{child} told me about wanting to see more of Nan, and asked me to tell {carer}. I did, with {child}"
    " there.",
    '{child} said, "You can write that down." I have.',
)
TODDLERS = (
    "{child} lined up the cars along the sofa and handed me the red one.",
    "{child} ran to {carer} when I came in, and came out from behind {carer}'s legs after a minute or two.",
    "{child} has about thirty words now, and used most of them to tell me about a digger.",
    "{child} had a tumble, cried, and was soothed quickly by {carer}.",
)
BABIES = (
    "{child} was awake, alert and reaching for things. {carer} read the cues well.",
    "{child} had been fed and was asleep in the cot, on the back and with nothing loose in it.",
    "The health visitor has weighed {child} this week and is content with the curve.",
    "{child} is babbling and followed my keys with both eyes.",
)
PLANS = (
    "Agreed: {carer} will ring the surgery this week; I will speak to {school} about mornings.",
    "Next visit in two weeks. I will see {child} at school before then.",
    "I will ask the family network meeting to look at who can help on Wednesdays.",
    "{carer} agreed that I may speak to the housing officer about the damp.",
    "We read the plan together. {carer} asked for the second outcome to be put in plainer words, and it has"
    " been.",
    "I explained what would make us more worried and what would make us less worried.",
    "I left my number and the out-of-hours number on the fridge.",
)
CALLS = (
    (
        "Call from {school}",
        "The safeguarding lead at {school} rang. {child} came in late twice this week, without lunch on"
        " Tuesday. Otherwise cheerful in class and joining in. School gave breakfast. I will raise it with"
        " {carer} on"
        " Thursday's visit.",
    ),
    (
        "Call to health visitor",
        "I rang the health visitor. No concerns about growth or development. She will visit jointly"
        " with me next week.",
    ),
    (
        "Call from {carer}",
        "{carer} rang to say that the appointment on Friday clashes with work. Moved to Monday at ten. We"
        " talked for a while about sleep; {carer} has tried the chart and says it is helping.",
    ),
    ("Call to {carer}: no answer", "I rang twice and left a message asking {carer} to call back. Text sent."),
    (
        "Call from grandmother",
        "{child}'s grandmother rang, worried about money before the end of the month. With her"
        " agreement I have sent the food bank voucher.",
    ),
    (
        "Call with police",
        "The officer in the case confirmed that bail conditions remain until next month, with no contact"
        " except through the agreed family member. {carer} knows.",
    ),
)
MEETINGS = (
    (
        "Core group",
        "Present: {carer}, {worker}, health visitor and {school}. Attendance is better this month. Routines"
        " at"
        " home are holding. The group agreed that the next step is the parenting course, which begins on"
        " the 4th. Each"
        " person's actions are in the plan.",
    ),
    (
        "Child in need meeting",
        "Held at {school}. {carer} spoke first and said what has changed. {child}'s views, given to me"
        " last week, were read out. Outcomes one and three are met; the second is nearly there. Plan to"
        " continue for six"
        " weeks and then review.",
    ),
    (
        "Family network meeting",
        "The family made their own plan after private time. An aunt will have the children every"
        " other Saturday. Nobody from the council was in the room while they decided.",
    ),
)
OVERSIGHT = (
    (
        "Management oversight",
        "Read the record and met {worker}. The analysis is balanced and the child's words are there. I"
        " want the father's views before the next meeting: we have written about him and not to him. Visits"
        " are within"
        " timescale. Review in four weeks.",
    ),
    (
        "Supervision decision",
        "Discussed with {worker}. Threshold for child in need is still met. We considered whether"
        " things had slipped; two missed visits have a good reason, recorded. If school attendance falls"
        " again we will"
        " bring the meeting forward.",
    ),
    (
        "Decision to continue the plan",
        "Progress is real but recent. I agree with {worker} that closing now would be too"
        " soon. The plan continues with a smaller number of outcomes.",
    ),
)
LETTERS = (
    (
        "Letter from {school}",
        "{school} writes that {child}'s attendance was 91 per cent this term, from 78 last term, and"
        " that {child} has been chosen for the choir.",
    ),
    (
        "E-mail from paediatrician",
        "The clinic letter is on the file. Next appointment in three months. Hearing test normal.",
    ),
)
UNBORN = (
    "Pre-birth visit. {carer} is keeping all midwife appointments and has the cot, the car seat and the"
    " first clothes.",
    "We talked about who will be there at the birth and who will help in the first fortnight.",
    "{carer} spoke about the last pregnancy, and what she wants to be different this time.",
)
CORRECTED = (
    "Corrected: I had written the wrong day for the next visit. It is Thursday.",
    "Corrected: the suggestion was the grandmother's, not the school's.",
    "Corrected: I had put one child's words beside another's name.",
    "Corrected: the appointment is with the practice nurse.",
)
RETRACTED = (
    "Written on the wrong family's record. The note now stands where it belongs.",
    "The family asked for this to be looked at again: the conversation was with a neighbour, and was"
    " misheard.",
)
UNFINISHED = (
    "Rang to say thank you for today. Also said that the landlord has",
    "Two things to add before I finish this: what was said about bedtime, and",
    "Left a message. To ask: the consent form, and whether Friday",
    "Will write up tonight. Main point is that the",
)
