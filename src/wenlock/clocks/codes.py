"""The states a running clock may be in, and the reasons for having been late."""

NOT_STARTED, OPEN = "not-started", "open"
MET, MET_LATE = "met", "met-late"
STOPPED, STOPPED_LATE = "stopped", "stopped-late"
STATES = {
    OPEN: "Running",
    MET: "Done in time",
    MET_LATE: "Done late",
    STOPPED: "Nothing left to do",
    STOPPED_LATE: "Nothing left to do, and late by then",
    NOT_STARTED: "What started it was put right: it does not run",
}
MET_STATES = (MET, MET_LATE)
LATE_STATES = (MET_LATE, STOPPED_LATE)
FINISHED_STATES = (MET, MET_LATE, STOPPED, STOPPED_LATE)

# Why a time limit was passed. No code says whether that was right: the words and a manager do.
BREACHES = {
    "safety-first": "Somebody’s safety was seen to first",
    "awaiting-others": "Another agency had not answered",
    "awaiting-family": "The child or the family could not be reached, or asked for more time",
    "too-few-workers": "There were not enough workers",
    "recorded-late": "It was done in time and recorded late",
    "overlooked": "It was overlooked",
    "fault": "The system failed, or its date was wrong",
    "other": "Another reason",
}
