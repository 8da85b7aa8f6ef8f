"""Four eyes for votes, decisions and appeals in the database: plain SQL triggers.

* A vote is refused to a barred person, to whoever asked where four eyes are asked for, to whoever took the decision
  that an appeal overturned, and on an appeal to whoever opened, voted on or took the decision it contests.
* A decision is taken only when enough votes agree, the decider's among them; its terms never change.
* A decision leaves "decided" only together with its appeal, and only the way the appeal went.
* An appeal is answered only when enough votes agree; its words never change; it is never deleted.
Votes are append-only (iris.core.guards). Every check takes the agency's row first, as bars do.
"""

import importlib

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_decisions_tie(of_agency uuid, of_person uuid, at timestamptz) RETURNS text
LANGUAGE sql AS $$
    SELECT kind || ', ' || source FROM certification_decisions_bar
    WHERE agency_id = of_agency AND person_id = of_person AND since <= (at AT TIME ZONE 'UTC')::date
      AND (until IS NULL OR until >= (at AT TIME ZONE 'UTC')::date)
    LIMIT 1
$$;

CREATE FUNCTION certification_decisions_took_part(of_decision uuid, of_person uuid) RETURNS boolean
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision
        WHERE id = of_decision AND (opened_by_id = of_person OR decided_by_id = of_person)
    ) OR EXISTS (
        SELECT 1 FROM certification_decisions_vote WHERE decision_id = of_decision AND person_id = of_person
    )
$$;

CREATE FUNCTION certification_decisions_overturned_by(of_decision uuid, of_person uuid) RETURNS boolean
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision asked
        JOIN certification_decisions_decision earlier
          ON earlier.subject_label = asked.subject_label AND earlier.subject_id = asked.subject_id
         AND earlier.state = 'overturned'
        WHERE asked.id = of_decision AND (
            earlier.decided_by_id = of_person
            OR EXISTS (
                SELECT 1 FROM certification_decisions_vote v
                WHERE v.decision_id = earlier.id AND v.person_id = of_person
            )
        )
    )
$$;

CREATE FUNCTION certification_decisions_guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked record; heard record; of_agency uuid; tie text;
BEGIN
    IF NEW.appeal_id IS NULL THEN
        SELECT agency_id INTO of_agency FROM certification_decisions_decision WHERE id = NEW.decision_id;
    ELSE
        SELECT agency_id INTO of_agency FROM certification_decisions_appeal WHERE id = NEW.appeal_id;
    END IF;
    PERFORM 1 FROM certification_agencies_agency WHERE id = of_agency FOR UPDATE;
    tie := certification_decisions_tie(of_agency, NEW.person_id, NEW.at);
    IF tie IS NOT NULL THEN
        RAISE EXCEPTION 'four eyes: the voter is barred for this agency (%)', tie USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.appeal_id IS NULL THEN
        SELECT * INTO asked FROM certification_decisions_decision WHERE id = NEW.decision_id;
        IF asked.state NOT IN ('open', 'voting') THEN
            RAISE EXCEPTION 'a decision that was taken is not voted on' USING ERRCODE = 'check_violation';
        END IF;
        IF asked.four_eyes AND asked.opened_by_id = NEW.person_id THEN
            RAISE EXCEPTION 'four eyes: whoever asked does not answer' USING ERRCODE = 'check_violation';
        END IF;
        IF certification_decisions_overturned_by(asked.id, NEW.person_id) THEN
            RAISE EXCEPTION 'four eyes: the voter took the decision that was overturned'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        SELECT * INTO heard FROM certification_decisions_appeal WHERE id = NEW.appeal_id;
        IF heard.state <> 'in_hearing' THEN
            RAISE EXCEPTION 'an appeal is voted on while it is heard' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.outcome NOT IN ('upheld', 'dismissed') THEN
            RAISE EXCEPTION 'an appeal is upheld or dismissed' USING ERRCODE = 'check_violation';
        END IF;
        IF certification_decisions_took_part(heard.decision_id, NEW.person_id) THEN
            RAISE EXCEPTION 'four eyes: the voter took part in the decision appealed against'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_vote BEFORE INSERT ON certification_decisions_vote
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_guard_vote();

CREATE OR REPLACE FUNCTION certification_decisions_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tie text; went text; agreeing integer;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state NOT IN ('open', 'voting') THEN
        IF to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state' THEN
            RAISE EXCEPTION 'a decision that was taken does not change' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        SELECT state INTO went FROM certification_decisions_appeal WHERE decision_id = NEW.id;
        IF (
            (OLD.state = 'decided' AND NEW.state = 'appealed' AND went IN ('received', 'in_hearing'))
            OR (OLD.state = 'appealed' AND NEW.state = 'overturned' AND went = 'upheld')
            OR (OLD.state = 'appealed' AND NEW.state = 'upheld' AND went = 'dismissed')
            OR (OLD.state = 'appealed' AND NEW.state = 'decided' AND went = 'withdrawn')
        ) IS NOT TRUE THEN
            RAISE EXCEPTION 'a decision does not go from % to % (appeal: %)', OLD.state, NEW.state, went
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state NOT IN ('open', 'voting') THEN
        tie := certification_decisions_tie(NEW.agency_id, NEW.decided_by_id, NEW.decided_at);
        IF tie IS NOT NULL THEN
            RAISE EXCEPTION 'four eyes: the decider is barred for this agency (%)', tie
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'a decision begins open, not %', NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.agency_id, NEW.subject_id, NEW.subject_label) IS DISTINCT FROM
       (OLD.agency_id, OLD.subject_id, OLD.subject_label) THEN
        RAISE EXCEPTION 'a decision stays with its agency and subject' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.question, NEW.facts, NEW.opened_by_id, NEW.four_eyes, NEW.votes_needed, NEW.proposal) IS DISTINCT FROM
       (OLD.question, OLD.facts, OLD.opened_by_id, OLD.four_eyes, OLD.votes_needed, OLD.proposal) THEN
        RAISE EXCEPTION 'the terms of a decision do not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state NOT IN ('open', 'voting', 'decided') THEN
        RAISE EXCEPTION 'a decision does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'decided' THEN
        PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
        tie := certification_decisions_tie(NEW.agency_id, NEW.decided_by_id, NEW.decided_at);
        IF tie IS NOT NULL THEN
            RAISE EXCEPTION 'four eyes: the decider is barred for this agency (%)', tie
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.four_eyes AND NEW.decided_by_id = NEW.opened_by_id THEN
            RAISE EXCEPTION 'four eyes: whoever asked does not decide' USING ERRCODE = 'check_violation';
        END IF;
        IF certification_decisions_overturned_by(NEW.id, NEW.decided_by_id) THEN
            RAISE EXCEPTION 'four eyes: the decider took the decision that was overturned'
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT count(*) INTO agreeing FROM certification_decisions_vote
            WHERE decision_id = NEW.id AND outcome = NEW.outcome;
        IF agreeing < NEW.votes_needed OR NOT EXISTS (
            SELECT 1 FROM certification_decisions_vote
            WHERE decision_id = NEW.id AND outcome = NEW.outcome AND person_id = NEW.decided_by_id
        ) THEN
            RAISE EXCEPTION 'not decided: % of % votes agree, or the decider gave none', agreeing, NEW.votes_needed
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION certification_decisions_guard_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked record; agreeing integer; tie text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO asked FROM certification_decisions_decision WHERE id = NEW.decision_id;
        IF asked.state <> 'decided' OR asked.agency_id <> NEW.agency_id THEN
            RAISE EXCEPTION 'an appeal is against a decision about the same agency that was taken'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state IN ('upheld', 'dismissed', 'withdrawn') THEN
        RAISE EXCEPTION 'an appeal that is answered does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(NEW) - '{state,acknowledged_at,decided_by_id,decided_at}'::text[] IS DISTINCT FROM
       to_jsonb(OLD) - '{state,acknowledged_at,decided_by_id,decided_at}'::text[] THEN
        RAISE EXCEPTION 'the words of an appeal do not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state IN ('upheld', 'dismissed') THEN
        PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
        IF certification_decisions_took_part(NEW.decision_id, NEW.decided_by_id) THEN
            RAISE EXCEPTION 'four eyes: whoever took part in the decision does not answer the appeal'
                USING ERRCODE = 'check_violation';
        END IF;
        tie := certification_decisions_tie(NEW.agency_id, NEW.decided_by_id, NEW.decided_at);
        IF tie IS NOT NULL THEN
            RAISE EXCEPTION 'four eyes: whoever answers is barred for this agency (%)', tie
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT count(*) INTO agreeing FROM certification_decisions_vote
            WHERE appeal_id = NEW.id AND outcome = NEW.state;
        IF agreeing < NEW.votes_needed OR NOT EXISTS (
            SELECT 1 FROM certification_decisions_vote
            WHERE appeal_id = NEW.id AND outcome = NEW.state AND person_id = NEW.decided_by_id
        ) THEN
            RAISE EXCEPTION 'not answered: % of % votes agree, or who answers gave none', agreeing, NEW.votes_needed
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_appeal BEFORE INSERT OR UPDATE ON certification_decisions_appeal
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_guard_appeal();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_decisions_appeal
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_refuse_delete();
"""
# Going back puts the guard of decisions back as 0002_guards wrote it.
_EARLIER = importlib.import_module("certification.decisions.migrations.0002_guards").FORWARD
_GUARD_DECISION = _EARLIER.split("CREATE FUNCTION certification_decisions_refuse_delete")[0]
BACKWARD = (
    """
DROP TRIGGER refuse_delete ON certification_decisions_appeal;
DROP TRIGGER guard_appeal ON certification_decisions_appeal;
DROP TRIGGER guard_vote ON certification_decisions_vote;
DROP FUNCTION certification_decisions_guard_appeal();
DROP FUNCTION certification_decisions_guard_vote();
DROP TRIGGER guard_decision ON certification_decisions_decision;
DROP FUNCTION certification_decisions_guard_decision();
DROP FUNCTION certification_decisions_overturned_by(uuid, uuid);
DROP FUNCTION certification_decisions_took_part(uuid, uuid);
DROP FUNCTION certification_decisions_tie(uuid, uuid, timestamptz);
"""
    + _GUARD_DECISION
)


class Migration(migrations.Migration):
    dependencies = [("certification_decisions", "0003_votes_and_appeals")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
