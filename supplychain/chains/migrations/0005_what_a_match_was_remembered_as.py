"""A match on a party's page is remembered for the whole organisation; the party keeps what to take back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supplychain_chains", "0004_parties_without_a_name")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="decisions",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
