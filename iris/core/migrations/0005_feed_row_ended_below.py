from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows say which transactions had ended, so that compacting drops none that a reader has still to see."""

    dependencies = [("iris_core", "0004_kept_answers_and_feeds")]

    operations = [
        migrations.AddField(
            model_name="feedrow",
            name="ended_below",
            field=models.BigIntegerField(db_default=0),
        ),
    ]
