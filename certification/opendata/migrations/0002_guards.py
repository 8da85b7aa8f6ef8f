"""The log holds itself together: lines without gaps, every hash worked out again, no place that goes back."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION opendata_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next bigint;
BEGIN
    SELECT coalesce(max(index) + 1, 0) INTO next FROM certification_opendata_logentry;
    IF NEW.index <> next THEN
        RAISE EXCEPTION 'the next line of the log is %, not %', next, NEW.index USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.hash <> encode(sha256('\x00'::bytea || convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'line % does not match its hash', NEW.index USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opendata_entry BEFORE INSERT ON certification_opendata_logentry
    FOR EACH ROW EXECUTE FUNCTION opendata_guard_entry();

CREATE FUNCTION opendata_guard_node() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE want text; l text; r text;
BEGIN
    IF NEW.level = 0 THEN
        SELECT hash INTO want FROM certification_opendata_logentry WHERE index = NEW.place;
    ELSE
        SELECT hash INTO l FROM certification_opendata_lognode WHERE level = NEW.level - 1 AND place = NEW.place * 2;
        SELECT hash INTO r FROM certification_opendata_lognode WHERE level = NEW.level - 1 AND place = NEW.place * 2 + 1;
        want := encode(sha256('\x01'::bytea || decode(l, 'hex') || decode(r, 'hex')), 'hex');
    END IF;
    IF want IS NULL OR want <> NEW.hash THEN
        RAISE EXCEPTION 'node %/% does not follow from what is below it', NEW.level, NEW.place
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opendata_node BEFORE INSERT ON certification_opendata_lognode
    FOR EACH ROW EXECUTE FUNCTION opendata_guard_node();

CREATE FUNCTION opendata_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <> (SELECT coalesce(max(index) + 1, 0) FROM certification_opendata_logentry) THEN
        RAISE EXCEPTION 'a head counts the lines there are' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opendata_head BEFORE INSERT ON certification_opendata_treehead
    FOR EACH ROW EXECUTE FUNCTION opendata_guard_head();

CREATE FUNCTION opendata_guard_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.seen < OLD.seen THEN
        RAISE EXCEPTION 'the log is read forward only' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.seen > (SELECT coalesce(max(seq), 0) FROM iris_core_chainlink) THEN
        RAISE EXCEPTION 'nothing is passed that has no number yet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opendata_place BEFORE UPDATE OR DELETE ON certification_opendata_logplace
    FOR EACH ROW EXECUTE FUNCTION opendata_guard_place();
"""
BACKWARD = """
DROP TRIGGER opendata_place ON certification_opendata_logplace;
DROP TRIGGER opendata_head ON certification_opendata_treehead;
DROP TRIGGER opendata_node ON certification_opendata_lognode;
DROP TRIGGER opendata_entry ON certification_opendata_logentry;
DROP FUNCTION opendata_guard_place();
DROP FUNCTION opendata_guard_head();
DROP FUNCTION opendata_guard_node();
DROP FUNCTION opendata_guard_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("certification_opendata", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
