"""What searches compare of each name, made again: iris.matching normalises more forms than before."""

from django.db import migrations

from certification.agencies.rules import LONGEST_KEY
from iris.matching import key, normalise


def renormalise(apps, schema_editor):
    names = apps.get_model("certification_agencies", "AgencyName").objects
    changed = []
    for row in names.iterator(chunk_size=2000):
        normal, canonical = normalise(row.name), key(row.name)[:LONGEST_KEY]
        if (row.normal, row.key) != (normal, canonical):
            row.normal, row.key = normal, canonical
            changed.append(row)
    names.bulk_update(changed, ["normal", "key"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("certification_agencies", "0005_numbers_found_by_index")]
    operations = [migrations.RunPython(renormalise, migrations.RunPython.noop, elidable=True)]
