"""What rows came to has moved (0003): a row is only what stood in the file."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supplychain_screenings", "0003_move_results")]

    operations = [
        migrations.RemoveConstraint(
            model_name="screeningrow",
            name="screening_row_done_has_result",
        ),
        migrations.RemoveConstraint(
            model_name="screeningrow",
            name="screening_row_failed_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="screeningrow",
            name="screening_row_resolution_signed",
        ),
        migrations.RemoveIndex(
            model_name="screeningrow",
            name="screening_row_status",
        ),
        migrations.RemoveIndex(
            model_name="screeningrow",
            name="screening_row_result",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="agency",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="checked_at",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="how",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="lease",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="lease_until",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="outcome",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="resolution",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="resolved_at",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="resolved_by",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="result",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="score",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="similar",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="standing",
        ),
        migrations.RemoveField(
            model_name="screeningrow",
            name="status",
        ),
    ]
