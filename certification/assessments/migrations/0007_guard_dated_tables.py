"""Words, expected costs and rates are never rewritten: the database lets a row only be retired, once."""

from django.db import migrations

TABLES = ("labelterm", "corridorcost", "exchangerate")
GUARD = """
CREATE FUNCTION certification_assessments_guard_dated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '%: a row is retired, never deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.retired_at IS NOT NULL OR NEW.retired_at IS NULL
        OR to_jsonb(NEW) - 'retired_at' - 'retired_reason' - 'retired_by_id'
           <> to_jsonb(OLD) - 'retired_at' - 'retired_reason' - 'retired_by_id' THEN
        RAISE EXCEPTION '%: a row is retired once and never rewritten', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER guard_dated BEFORE UPDATE OR DELETE ON certification_assessments_{table}
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_dated();
"""


class Migration(migrations.Migration):
    """One trigger on three tables."""

    dependencies = [("certification_assessments", "0006_ledger_words_prices_employers")]

    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION certification_assessments_guard_dated();"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                f"DROP TRIGGER guard_dated ON certification_assessments_{table};",
            )
            for table in TABLES
        ),
    ]
