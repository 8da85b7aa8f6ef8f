"""Lists of before got the key of their columns by lower() (0003); lists of today get it by case folding.

The two differ for letters like ß, and for every letter beyond ASCII where the database's locale is C. Only lists whose
columns are not plain ASCII are looked at.
"""

import hashlib

from django.db import migrations


def fold(apps, schema_editor):
    rows = apps.get_model("supplychain_screenings", "Screening").objects.using(schema_editor.connection.alias)
    for key, columns, known in rows.exclude(columns=[]).values_list("pk", "columns", "columns_key"):
        joined = "\x1f".join(columns)
        folded = hashlib.sha256(joined.casefold().encode()).hexdigest()
        if not joined.isascii() and folded != known:
            rows.filter(pk=key).update(columns_key=folded)


class Migration(migrations.Migration):
    dependencies = [("supplychain_screenings", "0005_lists_that_start_themselves")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
