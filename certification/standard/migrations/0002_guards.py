"""An issued edition is frozen: plain SQL triggers, so that no path around the services is a path around them.

* An issued edition keeps every field but its state, its end and its references, and is never deleted. (That it begins
  as a draft and moves only along its states is guarded for every stateful model by iris.core.guards.)
* Principles, criteria and indicators of an issued edition are not added, changed or deleted; of an indicator only the
  references may be revised. Rows of an edition that is being issued at the same moment wait for it.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_standard_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_states constant text[] := ARRAY['draft', 'consultation'];
    movable constant text[] := ARRAY['state', 'issued_at', 'valid_until', 'retired_at', 'sources', 'reference_note',
        'references_revised_on', 'references_hash'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT OLD.state = ANY (open_states) THEN
            RAISE EXCEPTION 'edition % was issued and is kept', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NOT OLD.state = ANY (open_states) THEN
        IF to_jsonb(NEW) - movable IS DISTINCT FROM to_jsonb(OLD) - movable
           OR NEW.issued_at IS DISTINCT FROM OLD.issued_at THEN
            RAISE EXCEPTION 'edition % was issued: its text does not change', OLD.number
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.valid_until IS NOT NULL AND NEW.valid_until IS DISTINCT FROM OLD.valid_until THEN
            RAISE EXCEPTION 'the last day of edition % is set', OLD.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_edition BEFORE UPDATE OR DELETE ON certification_standard_edition
    FOR EACH ROW EXECUTE FUNCTION certification_standard_guard_edition();

CREATE FUNCTION certification_standard_refuse_frozen(edition uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
    SELECT number, state INTO found FROM certification_standard_edition WHERE id = edition FOR SHARE;
    IF found.state NOT IN ('draft', 'consultation') THEN
        RAISE EXCEPTION 'edition % was issued: its text does not change', found.number
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION certification_standard_guard_principle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_standard_refuse_frozen(OLD.edition_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_standard_refuse_frozen(NEW.edition_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_principle BEFORE INSERT OR UPDATE OR DELETE ON certification_standard_principle
    FOR EACH ROW EXECUTE FUNCTION certification_standard_guard_principle();

CREATE FUNCTION certification_standard_guard_criterion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_standard_refuse_frozen(
            (SELECT edition_id FROM certification_standard_principle WHERE id = OLD.principle_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_standard_refuse_frozen(
            (SELECT edition_id FROM certification_standard_principle WHERE id = NEW.principle_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_criterion BEFORE INSERT OR UPDATE OR DELETE ON certification_standard_criterion
    FOR EACH ROW EXECUTE FUNCTION certification_standard_guard_criterion();

CREATE FUNCTION certification_standard_edition_of(criterion uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT p.edition_id FROM certification_standard_criterion c
    JOIN certification_standard_principle p ON p.id = c.principle_id WHERE c.id = criterion
$$;

CREATE FUNCTION certification_standard_guard_indicator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'references' IS NOT DISTINCT FROM to_jsonb(OLD) - 'references' THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_standard_refuse_frozen(certification_standard_edition_of(OLD.criterion_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_standard_refuse_frozen(certification_standard_edition_of(NEW.criterion_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_indicator BEFORE INSERT OR UPDATE OR DELETE ON certification_standard_indicator
    FOR EACH ROW EXECUTE FUNCTION certification_standard_guard_indicator();
"""

BACKWARD = """
DROP TRIGGER guard_indicator ON certification_standard_indicator;
DROP TRIGGER guard_criterion ON certification_standard_criterion;
DROP TRIGGER guard_principle ON certification_standard_principle;
DROP TRIGGER guard_edition ON certification_standard_edition;
DROP FUNCTION certification_standard_guard_indicator();
DROP FUNCTION certification_standard_edition_of(uuid);
DROP FUNCTION certification_standard_guard_criterion();
DROP FUNCTION certification_standard_guard_principle();
DROP FUNCTION certification_standard_refuse_frozen(uuid);
DROP FUNCTION certification_standard_guard_edition();
"""


class Migration(migrations.Migration):
    dependencies = [("certification_standard", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
