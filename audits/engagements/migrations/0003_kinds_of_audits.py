"""Kinds of audits, the order or the earlier audit one is held for, what it looks at, from when the agency is told."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

RECERTIFICATIONS = """
UPDATE audits_engagements_audit a SET kind = 'recertification'
    FROM certification_applications_application c
    WHERE c.id = a.application_id AND c.kind = 'recertification'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audits_bodies", "0001_initial"),
        ("audits_engagements", "0002_barred_stay_out"),
        ("certification_agencies", "0004_guard_sub_agents"),
        ("certification_applications", "0002_claims_letters_deferrals_renewals"),
        ("certification_certificates", "0004_four_eyes_on_certificates"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="audit",
            name="one_audit_at_work_per_application",
        ),
        migrations.AddField(
            model_name="audit",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="audits_engagements.audit",
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("initial", "Initial audit"),
                    ("surveillance", "Surveillance audit"),
                    ("recertification", "Recertification audit"),
                    ("special", "Special audit"),
                    ("closure", "Closure audit"),
                ],
                default="initial",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="audits",
                to="certification_certificates.auditorder",
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="scope_indicators",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="scope_principles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="told_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(RECERTIFICATIONS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind__in", ("initial", "recertification")),
                    models.Q(("state__in", ["declined", "cancelled"]), _negated=True),
                ),
                fields=("application",),
                name="one_audit_at_work_per_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("order__isnull", False),
                    models.Q(("state__in", ["declined", "cancelled"]), _negated=True),
                ),
                fields=("order",),
                name="one_audit_at_work_per_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "closure"),
                    models.Q(("state__in", ["declined", "cancelled", "reported"]), _negated=True),
                ),
                fields=("follows",),
                name="one_closure_audit_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("surveillance", "special")), ("order__isnull", False)),
                    models.Q(
                        models.Q(("kind__in", ("surveillance", "special")), _negated=True),
                        ("order__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="ordered_audit_has_its_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("follows__isnull", False), ("kind", "closure")),
                    models.Q(models.Q(("kind", "closure"), _negated=True), ("follows__isnull", True)),
                    _connector="OR",
                ),
                name="closure_audit_follows_another",
            ),
        ),
    ]
