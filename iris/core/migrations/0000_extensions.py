"""The extensions every room may use. All are trusted: the owner of the database may create them."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [TrigramExtension(), UnaccentExtension(), BtreeGistExtension()]
