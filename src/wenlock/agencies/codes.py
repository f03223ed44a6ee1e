"""The sets of answers about an agency."""

OTHER_AUTHORITY = (
    "other-local-authorities"  # the source whose agencies have the Department for Education's number
)
# What a body is to the council when it handles information: UK GDPR, Articles 26 to 28.
ROLES = {
    "processor": "Handles it for the council, on its instructions",
    "controller": "Decides for itself what it does with it",
    "joint": "Decides together with the council",
}
