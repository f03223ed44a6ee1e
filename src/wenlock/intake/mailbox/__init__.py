"""E-mail pulled from the council's mailboxes: all that is received is filed or rejected, and the two are counted."""
