"""Batches that workers take, what rows came to and the facts it rests on get tables of their own (ADR 35)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certification_agencies", "0004_guard_sub_agents"),
        ("iris_accounts", "0001_initial"),
        ("iris_core", "0002_sweep_runs"),
        ("supplychain_screenings", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RowOutcome",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("same_as", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "checked",
                    models.CharField(
                        choices=[
                            ("certified", "Certified"),
                            ("not_certified", "Known, not certified"),
                            ("to_resolve", "To resolve"),
                            ("not_found", "Not found"),
                            ("problem", "Row with a problem"),
                        ],
                        max_length=16,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("how", models.CharField(blank=True, max_length=16)),
                ("agency_id", models.UUIDField(blank=True, null=True)),
                ("score", models.FloatField(default=0)),
                ("why", models.TextField(blank=True)),
                ("similar", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField()),
                ("leaf", models.BinaryField(max_length=32, null=True)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("certified", "Certified"),
                            ("not_certified", "Known, not certified"),
                            ("to_resolve", "To resolve"),
                            ("not_found", "Not found"),
                            ("problem", "Row with a problem"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[("", "Open"), ("same", "Same"), ("none", "None of these")],
                        max_length=4,
                    ),
                ),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("decisions", models.JSONField(default=list)),
                ("later_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ScreeningBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("lines", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("leased", "Being checked"), ("done", "Checked")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("lease", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["first"],
            },
        ),
        migrations.CreateModel(
            name="ScreeningFact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64)),
                ("facts", models.JSONField()),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="screening",
            name="columns_key",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="screening",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="screening",
            name="n_lines",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="screening",
            name="n_read",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="screening",
            name="nodes",
            field=models.BinaryField(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="screening",
            name="read_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="screening",
            name="recheck_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rechecks",
                to="supplychain_screenings.screening",
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="sample",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="screeningrow",
            name="fingerprint",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="screeningrow",
            name="same_as",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="screeningrow",
            name="screening",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="supplychain_screenings.screening",
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["organisation", "-created_at"], name="screening_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="screeningrow",
            index=models.Index(
                condition=models.Q(("same_as__isnull", False)),
                fields=["screening", "same_as"],
                name="screening_row_same",
            ),
        ),
        migrations.AddField(
            model_name="rowoutcome",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rowoutcome",
            name="screening",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outcomes",
                to="supplychain_screenings.screening",
            ),
        ),
        migrations.AddField(
            model_name="screeningbatch",
            name="screening",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="supplychain_screenings.screening",
            ),
        ),
        migrations.AddField(
            model_name="screeningfact",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="certification_agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="screeningfact",
            name="screening",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="supplychain_screenings.screening",
            ),
        ),
        migrations.AddField(
            model_name="rowoutcome",
            name="chosen",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="supplychain_screenings.screeningfact",
            ),
        ),
        migrations.AddField(
            model_name="rowoutcome",
            name="fact",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="supplychain_screenings.screeningfact",
            ),
        ),
        migrations.AddIndex(
            model_name="screeningbatch",
            index=models.Index(
                condition=models.Q(("status", "done"), _negated=True),
                fields=["screening", "first"],
                name="screening_batch_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningbatch",
            constraint=models.UniqueConstraint(fields=("screening", "first"), name="screening_batch_once"),
        ),
        migrations.AddConstraint(
            model_name="screeningbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease__isnull", False), ("lease_until__isnull", False), ("status", "leased")),
                    models.Q(
                        models.Q(("status", "leased"), _negated=True),
                        ("lease__isnull", True),
                        ("lease_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="screening_batch_leased_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningfact",
            constraint=models.UniqueConstraint(
                fields=("screening", "agency", "sha256"), name="screening_fact_once"
            ),
        ),
        migrations.AddIndex(
            model_name="rowoutcome",
            index=models.Index(fields=["screening", "result", "number"], name="screening_outcome_result"),
        ),
        migrations.AddIndex(
            model_name="rowoutcome",
            index=models.Index(
                condition=models.Q(("resolved_at__isnull", False)),
                fields=["screening", "-resolved_at"],
                name="screening_outcome_resolved",
            ),
        ),
        migrations.AddConstraint(
            model_name="rowoutcome",
            constraint=models.UniqueConstraint(fields=("screening", "number"), name="screening_outcome_once"),
        ),
        migrations.AddConstraint(
            model_name="rowoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resolution", ""), ("resolved_at__isnull", True), ("resolved_by__isnull", True)
                    ),
                    models.Q(
                        models.Q(("resolution", ""), _negated=True),
                        ("resolved_at__isnull", False),
                        ("resolved_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="screening_outcome_resolution_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="rowoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result__in", ["certified", "not_certified"]), _negated=True),
                    ("fact__isnull", False),
                    ("chosen__isnull", False),
                    ("leaf__isnull", True),
                    _connector="OR",
                ),
                name="screening_outcome_rests_on_facts",
            ),
        ),
    ]
