"""Django's makemigrations, with the constraints of a model gathered into one operation."""

from typing import Any

from django.core.management.commands.makemigrations import Command as Makemigrations

from wenlock.base.migrating import gather


class Command(Makemigrations):
    help = Makemigrations.help

    def write_migration_files(self, changes: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        for migrations in changes.values():
            for migration in migrations:
                migration.operations = gather(migration.operations)
        super().write_migration_files(changes, *args, **kwargs)
