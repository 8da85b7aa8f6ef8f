"""Seats and bars in the database: plain SQL triggers.

* A course is never booked beyond its seats, also when two people ask at the same moment: every booking takes the
  course's row first. Its seats cannot be made fewer than are booked.
* A result of a course that is done does not change; a seat stays with its person, course and organisation.
* The trainers of a course stand once it is announced.
* That somebody of an agency was there cannot be noted unless every trainer of the course is barred on that agency.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_training_guard_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken integer; course record;
BEGIN
    SELECT * INTO course FROM certification_training_course WHERE id = NEW.course_id FOR UPDATE;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.course_id, NEW.person_id, NEW.organisation_id, NEW.asked_at) IS DISTINCT FROM
           (OLD.course_id, OLD.person_id, OLD.organisation_id, OLD.asked_at) THEN
            RAISE EXCEPTION 'a seat stays with its person, course and organisation' USING ERRCODE = 'check_violation';
        END IF;
        IF course.state IN ('done', 'cancelled') AND (NEW.result, NEW.result_at, NEW.expires_on, NEW.state)
           IS DISTINCT FROM (OLD.result, OLD.result_at, OLD.expires_on, OLD.state) THEN
            RAISE EXCEPTION 'the results of a course that is over do not change' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.state = 'booked' AND (TG_OP = 'INSERT' OR OLD.state <> 'booked') THEN
        SELECT count(*) INTO taken FROM certification_training_seat
            WHERE course_id = NEW.course_id AND state = 'booked' AND id <> NEW.id;
        IF taken >= course.seats THEN
            RAISE EXCEPTION 'all % seats of the course are booked', course.seats USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_seat BEFORE INSERT OR UPDATE ON certification_training_seat
    FOR EACH ROW EXECUTE FUNCTION certification_training_guard_seat();

CREATE FUNCTION certification_training_guard_course() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken integer;
BEGIN
    SELECT count(*) INTO taken FROM certification_training_seat WHERE course_id = NEW.id AND state = 'booked';
    IF NEW.seats < taken THEN
        RAISE EXCEPTION '% seats are booked already', taken USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state IN ('running', 'done', 'cancelled') AND
       (NEW.entry_id, NEW.provider_id, NEW.starts_on, NEW.ends_on) IS DISTINCT FROM
       (OLD.entry_id, OLD.provider_id, OLD.starts_on, OLD.ends_on) THEN
        RAISE EXCEPTION 'a course that has begun keeps its days' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_course BEFORE UPDATE ON certification_training_course
    FOR EACH ROW EXECUTE FUNCTION certification_training_guard_course();

CREATE FUNCTION certification_training_guard_trainer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM certification_training_course WHERE id = NEW.course_id FOR UPDATE) <> 'draft' THEN
        RAISE EXCEPTION 'the trainers of a course stand once it is announced' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_trainer BEFORE INSERT ON certification_training_coursetrainer
    FOR EACH ROW EXECUTE FUNCTION certification_training_guard_trainer();

CREATE FUNCTION certification_training_guard_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free uuid;
BEGIN
    IF NEW.present THEN
        SELECT t.person_id INTO free
            FROM certification_training_seat s
            JOIN certification_training_course c ON c.id = s.course_id
            JOIN certification_agencies_agency a ON a.organisation_id = s.organisation_id
            JOIN certification_training_coursetrainer t ON t.course_id = c.id
            WHERE s.id = NEW.seat_id AND NOT EXISTS (
                SELECT 1 FROM certification_decisions_bar b
                WHERE b.agency_id = a.id AND b.person_id = t.person_id AND b.kind = 'trained'
                  AND b.since <= c.starts_on AND (b.until IS NULL OR b.until > c.ends_on)
            ) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'a trainer of the course is not barred on the agency yet' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_attendance BEFORE INSERT ON certification_training_attendance
    FOR EACH ROW EXECUTE FUNCTION certification_training_guard_attendance();
"""

BACKWARD = """
DROP TRIGGER guard_attendance ON certification_training_attendance;
DROP TRIGGER guard_trainer ON certification_training_coursetrainer;
DROP TRIGGER guard_course ON certification_training_course;
DROP TRIGGER guard_seat ON certification_training_seat;
DROP FUNCTION certification_training_guard_attendance();
DROP FUNCTION certification_training_guard_trainer();
DROP FUNCTION certification_training_guard_course();
DROP FUNCTION certification_training_guard_seat();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certification_training", "0001_initial"),
        ("certification_decisions", "0004_four_eyes"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
