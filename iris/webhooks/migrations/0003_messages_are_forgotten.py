"""Messages end after their days, and their tries with them; what stays is how many there were.

Tries are append-only: the one way to drop them is a function of the owner, which asks its own clock and takes none that
is younger than thirty days or belongs to a message still to be sent, whatever the caller believes.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import iris.core.clocks

FORGET = """
CREATE FUNCTION iris_webhooks_forget_tries(keys uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone integer;
BEGIN
  IF EXISTS (SELECT 1 FROM iris_webhooks_attempt t JOIN iris_webhooks_delivery d ON d.id = t.delivery_id
      WHERE d.id = ANY (keys) AND (d.status = 'waiting' OR t.at > now() - interval '30 days')) THEN
    RAISE EXCEPTION 'tries of a message are kept for thirty days, and while it waits'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('iris.retention', 'on', true);
  DELETE FROM iris_webhooks_attempt WHERE delivery_id = ANY (keys);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('iris.retention', '', true);
  RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("iris_webhooks", "0002_filters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=iris.core.clocks.now, editable=False)),
                ("topic", models.CharField(max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "To be sent"),
                            ("delivered", "Delivered"),
                            ("given_up", "Given up"),
                        ],
                        max_length=10,
                    ),
                ),
                ("messages", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="iris_webhooks.endpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "status"],
                "constraints": [
                    models.UniqueConstraint(fields=("endpoint", "topic", "status"), name="webhook_tally_once")
                ],
            },
        ),
        migrations.RunSQL(FORGET, "DROP FUNCTION iris_webhooks_forget_tries(uuid[])"),
    ]
