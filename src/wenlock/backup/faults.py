"""What a backup or a restore foresees going wrong, each in a sentence that says what to do."""


class BackupRefused(Exception):
    """No backup was made, or the one made is not to be relied on; the sentence says why."""


class RestoreRefused(Exception):
    """Nothing was restored; the sentence says why."""
