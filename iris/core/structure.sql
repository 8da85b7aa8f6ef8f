-- Made by `./dev structure` from the migrations; not to be changed by hand (see iris/core/structure.py).
-- migration account 0001_initial 6f27ff6bdf57521a
-- migration account 0002_email_max_length c956ab7a3c3660a1
-- migration account 0003_alter_emailaddress_create_unique_verified_email 66b6f1939621bcfa
-- migration account 0004_alter_emailaddress_drop_unique_email ebc6317e90c47d7a
-- migration account 0005_emailaddress_idx_upper_email e7569f1662da1754
-- migration account 0006_emailaddress_lower 54adb08cb3fba66b
-- migration account 0007_emailaddress_idx_email 87fad70bfde8ae29
-- migration account 0008_emailaddress_unique_primary_email_fixup 794bf875bdbef9c4
-- migration account 0009_emailaddress_unique_primary_email 79762cfa7b1e1d7c
-- migration audits_bodies 0001_initial c49e969bfe1c7ea2
-- migration audits_bodies 0002_independence 3f5c46acc5c30e07
-- migration audits_bodies 0003_two_people_override 01f89ef9c998e949
-- migration audits_engagements 0001_initial aee84db00e42340e
-- migration audits_engagements 0002_barred_stay_out cba10c88462bc7bb
-- migration audits_engagements 0003_kinds_of_audits 53d61a8805c5f6fd
-- migration audits_engagements 0004_notes_keep_their_versions e2eba1c83adf5d60
-- migration audits_engagements 0005_objections_and_witnesses 755ab329f33ef5f1
-- migration audits_engagements 0006_visits_and_prior_notes d4db151ad82b2941
-- migration audits_fieldwork 0001_initial d6de51d29cecd9f5
-- migration audits_fieldwork 0002_signs_and_meetings 57195d258487337a
-- migration audits_findings 0001_initial 45bb5e5dcc9aef2d
-- migration audits_findings 0002_evidence_is_sent_once 69544296187194bb
-- migration audits_findings 0003_containment_extension_escalation_positions 353533a5848e9bdf
-- migration audits_findings 0004_days_hold_unless_extended 0fd306a3e9664f39
-- migration audits_findings 0005_rests_on_evidence 50dca76dad9afaeb
-- migration audits_interviews 0001_initial 52a78f2bf797aa32
-- migration audits_interviews 0002_no_word_without_consent 9024b974dca0c766
-- migration audits_kits 0001_initial 7ff0ee0724923a24
-- migration audits_kits 0002_files_of_noted_evidence 23566214e1457aa2
-- migration audits_reports 0001_initial 2f0d64f2e4e6326e
-- migration audits_reports 0002_versions_and_exports d8fe90d34567a370
-- migration audits_reports 0003_outcomes_of_ordered_audits 98717b70882f9a92
-- migration audits_sampling 0001_initial c4839c1fd5fd0c82
-- migration audits_sampling 0002_frozen_lists 293671a1fe82e955
-- migration auth 0001_initial 845cff319606332f
-- migration auth 0002_alter_permission_name_max_length feaf97e0e8f7d148
-- migration auth 0003_alter_user_email_max_length 9d5657b4db9872dc
-- migration auth 0004_alter_user_username_opts 9538db342c9a9bec
-- migration auth 0005_alter_user_last_login_null 79f60a35dc000fdd
-- migration auth 0006_require_contenttypes_0002 00cb16e3405f14b6
-- migration auth 0007_alter_validators_add_error_messages 115db87dc327530f
-- migration auth 0008_alter_user_username_max_length 02857f65f7d64814
-- migration auth 0009_alter_user_last_name_max_length 19a89500e7f108a7
-- migration auth 0010_alter_group_name_max_length 0963ed6498ac0b3a
-- migration auth 0011_update_proxy_permissions 85a5dde708dc4b61
-- migration auth 0012_alter_user_first_name_max_length 6cefbc9f80903763
-- migration certification_agencies 0001_initial 1903ced79da2e99f
-- migration certification_agencies 0002_licence_lost e6cdd4c27289d89a
-- migration certification_agencies 0003_owners_branches_sub_agents_changes_likeness 385042dd9655a7ec
-- migration certification_agencies 0004_guard_sub_agents 87524246dd76180c
-- migration certification_agencies 0005_numbers_found_by_index 9dff0167a4a3bf19
-- migration certification_agencies 0006_names_normalised_anew d2fad12251bc1a32
-- migration certification_applications 0001_initial 7b086b8e9e41e092
-- migration certification_applications 0002_claims_letters_deferrals_renewals 86f4545abb891e25
-- migration certification_assessments 0001_initial 6da1221b3d7df9a2
-- migration certification_assessments 0002_guards 59456f92c7691113
-- migration certification_assessments 0003_reopening_versions_delegation 5d11afdeaa894a1c
-- migration certification_assessments 0004_guard_reopened 75cc7f793f3fc498
-- migration certification_assessments 0005_moves_between_editions e6e120f30b72e5ad
-- migration certification_assessments 0006_ledger_words_prices_employers a52927699d9550bc
-- migration certification_assessments 0007_guard_dated_tables 012b1499287602ee
-- migration certification_certificates 0001_initial 03693e6e4986a1d7
-- migration certification_certificates 0002_guards 3b449a99613f34b0
-- migration certification_certificates 0003_keeping_and_grounds c8972b8728520a0f
-- migration certification_certificates 0004_four_eyes_on_certificates 909579c89c295905
-- migration certification_credentials 0001_initial 89b249fa27f94e1e
-- migration certification_credentials 0002_guards 6b730d2d37160f98
-- migration certification_decisions 0001_initial e4d2bdedba90fae9
-- migration certification_decisions 0002_guards 2a7c45c309283b83
-- migration certification_decisions 0003_votes_and_appeals cccb8a4d86f54776
-- migration certification_decisions 0004_four_eyes 2b01587b93439225
-- migration certification_licences 0001_initial 43c69d6160fb49c8
-- migration certification_opendata 0001_initial 91373f1570ad1b1d
-- migration certification_opendata 0002_guards 6c1d08d72c554fc8
-- migration certification_repayments 0001_initial 39928959d8949668
-- migration certification_repayments 0002_proof_before_the_end 79ecbe911be88a87
-- migration certification_standard 0001_initial 7a9a4cc61f58d033
-- migration certification_standard 0002_guards 4a53f97a5480208a
-- migration certification_standard 0003_languages_and_succession e0ce356e6df936bf
-- migration certification_standard 0004_mappings 5fc6721c34d39f66
-- migration certification_training 0001_initial ed11949779bd0592
-- migration certification_training 0002_guards 581f81e4971c9546
-- migration contenttypes 0001_initial 35ed8489a147e0b4
-- migration contenttypes 0002_remove_content_type_name 7d36494075750f0e
-- migration iris_accounts 0001_initial 73c93ecb7907cf11
-- migration iris_accounts 0002_scopes_of_chains fed8c10232669e62
-- migration iris_accounts 0003_scopes_of_watches bcc24c13865e833a
-- migration iris_accounts 0004_scope_of_reconciliation 575fa026a77b872b
-- migration iris_accounts 0005_scopes_of_what_machines_do 3a508c567a463e95
-- migration iris_accounts 0006_scope_of_decisions f51a828928672d03
-- migration iris_core 0000_extensions 8aa56cce2acca61e
-- migration iris_core 0001_initial c1052901f2c28a8f
-- migration iris_core 0002_sweep_runs 9f05938ab8563bb8
-- migration iris_notify 0001_initial 3ae4a2bcca96e05f
-- migration iris_webhooks 0001_initial 29b69e24764fd196
-- migration iris_webhooks 0002_filters 1e7d5fe10269f7df
-- migration mfa 0001_initial a42b6353f2ed5dd7
-- migration mfa 0002_authenticator_timestamps b6566eb07301e2e4
-- migration mfa 0003_authenticator_type_uniq 88550a456154080c
-- migration sessions 0001_initial 2aa438e2393ee513
-- migration supplychain_chains 0001_initial d2e33fdea5c997f1
-- migration supplychain_chains 0002_dated_parties_links_invitations_imports 9d8d1c9663d01957
-- migration supplychain_chains 0003_guards c226ae1fbdaf33eb
-- migration supplychain_chains 0004_parties_without_a_name 3ef6b2aed64865f4
-- migration supplychain_diligence 0001_initial bffac4e768603b84
-- migration supplychain_diligence 0002_guards d3e286f6e8356ad6
-- migration supplychain_dossiers 0001_initial 7234099a4035af3e
-- migration supplychain_dossiers 0002_retention bdcc33e2cf4d9e15
-- migration supplychain_lookups 0001_initial 6e92e20c609da1e7
-- migration supplychain_lookups 0002_relationship_day_and_verdict a66a06ad099921b6
-- migration supplychain_names 0001_initial ab15e81b02275d72
-- migration supplychain_names 0002_feed 86e96c9014e3480d
-- migration supplychain_risk 0001_initial 23eb76ee4214cbf9
-- migration supplychain_screenings 0001_initial f4bb1b1558af84c1
-- migration supplychain_screenings 0002_batches_and_outcomes 89be5af1de4f3360
-- migration supplychain_screenings 0003_move_results 5b2d4e63566e7070
-- migration supplychain_screenings 0004_rows_are_only_rows 6528ea8a09ce7275
-- migration supplychain_screenings 0005_lists_that_start_themselves 39e1619e4d1cd1fd
-- migration supplychain_watches 0001_initial 2fc86398ad7e535a
-- migration usersessions 0001_initial b5d23c8ce0644061

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

CREATE FUNCTION public.agency_mail_domain(email text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT nullif(split_part(lower(email), '@', 2), '') $$;

CREATE FUNCTION public.agency_phone_tail(phone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT right(regexp_replace(phone, '[^0-9]', '', 'g'), 7) $$;

CREATE FUNCTION public.agency_web_domain(website text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT substring(lower(website) from '^(?:https?://)?(?:www\.)?([^/:?#]+)') $$;

CREATE FUNCTION public.audits_bodies_guard_override() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audits_bodies_override o
               WHERE o.id = NEW.override_id AND o.given_by_id = NEW.person_id) THEN
        RAISE EXCEPTION 'four eyes: whoever asked for an override does not answer it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.audits_engagements_guard_team() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE tie record;
BEGIN
    SELECT b.kind, b.source INTO tie
        FROM audits_engagements_audit a
        JOIN audits_bodies_auditor p ON p.id = NEW.auditor_id
        JOIN certification_decisions_bar b ON b.agency_id = a.agency_id AND b.person_id = p.person_id
        WHERE a.id = NEW.audit_id AND b.kind <> 'audited'
          AND b.since <= (NEW.created_at AT TIME ZONE 'UTC')::date
          AND (b.until IS NULL OR b.until >= (NEW.created_at AT TIME ZONE 'UTC')::date)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'four eyes: the auditor is barred on this agency (%, %)', tie.kind, tie.source
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.audits_findings_extended(of_finding uuid, of_clock text, until date) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT EXISTS (
        SELECT 1 FROM audits_findings_extension
        WHERE finding_id = of_finding AND clock = of_clock AND state = 'granted' AND granted_until >= until
    )
$$;

CREATE FUNCTION public.audits_findings_guard_days() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW.contain_due > NEW.first_contain_due OR (NEW.contain_due IS NOT NULL AND NEW.first_contain_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'containment', NEW.contain_due)
    OR (NEW.plan_due > NEW.first_plan_due OR (NEW.plan_due IS NOT NULL AND NEW.first_plan_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'plan', NEW.plan_due)
    OR (NEW.evidence_due > NEW.first_evidence_due OR (NEW.evidence_due IS NOT NULL AND NEW.first_evidence_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'evidence', NEW.evidence_due)
    THEN
        RAISE EXCEPTION 'a finding is not due later than its grade says: no extension was granted until that day'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.grade = OLD.grade AND OLD.issued_at IS NOT NULL AND (
        NEW.first_contain_due IS DISTINCT FROM OLD.first_contain_due
        OR NEW.first_plan_due IS DISTINCT FROM OLD.first_plan_due
        OR NEW.first_evidence_due IS DISTINCT FROM OLD.first_evidence_due
    ) THEN
        RAISE EXCEPTION 'the days that a grade gave change only with the grade' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.audits_findings_guard_extension() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE of_agency uuid; tie text;
BEGIN
    IF NEW.state IN ('granted', 'refused') THEN
        SELECT audit.agency_id INTO of_agency FROM audits_findings_finding finding
        JOIN audits_engagements_audit audit ON audit.id = finding.audit_id WHERE finding.id = NEW.finding_id;
        tie := certification_decisions_tie(of_agency, NEW.decided_by_id, NEW.decided_at);
        IF tie IS NOT NULL THEN
            RAISE EXCEPTION 'whoever grants or refuses more time is barred for this agency (%)', tie
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'asked' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        RAISE EXCEPTION 'an answered wish for more time does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.audits_interviews_guard_statement() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE now_state text;
BEGIN
    SELECT i.state INTO now_state FROM audits_interviews_interview i WHERE i.id = NEW.interview_id;
    IF now_state IS DISTINCT FROM 'consented' THEN
        RAISE EXCEPTION 'no statement without consent: the interview is %', now_state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_agencies_guard_sub_agent() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    above uuid := NEW.parent_id;
    owner uuid;
    steps integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.agency_id IS DISTINCT FROM OLD.agency_id THEN
        RAISE EXCEPTION 'a sub-agent stays with its agency' USING ERRCODE = 'check_violation';
    END IF;
    IF above IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'a sub-agent cannot work for itself, nor for anyone below it'
                USING ERRCODE = 'check_violation';
        END IF;
        steps := steps + 1;
        IF steps > 50 THEN
            RAISE EXCEPTION 'the tree of sub-agents is too deep' USING ERRCODE = 'check_violation';
        END IF;
        SELECT agency_id, parent_id INTO owner, above
            FROM certification_agencies_subagent WHERE id = above;
        IF owner IS DISTINCT FROM NEW.agency_id THEN
            RAISE EXCEPTION 'a sub-agent works for a sub-agent of the same agency'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_assessments_guard_answer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE target uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.assessment_id ELSE OLD.assessment_id END;
BEGIN
    PERFORM certification_assessments_refuse_if_frozen(target);
    IF TG_OP = 'UPDATE' AND NEW.assessment_id <> OLD.assessment_id THEN
        PERFORM certification_assessments_refuse_if_frozen(NEW.assessment_id);
    END IF;
    IF certification_assessments_is_reopened(target) AND (
        TG_OP <> 'UPDATE' OR NOT OLD.flagged
        OR (NEW.flagged, NEW.flag_note, NEW.assessment_id, NEW.indicator_id, NEW.before_id) IS DISTINCT FROM
           (OLD.flagged, OLD.flag_note, OLD.assessment_id, OLD.indicator_id, OLD.before_id)) THEN
        RAISE EXCEPTION 'assessment % is reopened for other questions: this answer stays frozen', target
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.certification_assessments_guard_answer_evidence() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE target uuid; asked boolean; one uuid;
BEGIN
    FOREACH one IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.answer_id] WHEN 'DELETE' THEN ARRAY[OLD.answer_id]
                         ELSE ARRAY[OLD.answer_id, NEW.answer_id] END LOOP
        SELECT assessment_id, flagged INTO target, asked FROM certification_assessments_answer WHERE id = one;
        PERFORM certification_assessments_refuse_if_frozen(target);
        IF NOT asked AND certification_assessments_is_reopened(target) THEN
            RAISE EXCEPTION 'assessment % is reopened for other questions: this answer stays frozen', target
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.certification_assessments_guard_assessment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'assessment % is frozen and cannot be deleted', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('frozen', 'superseded', 'withdrawn') AND to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'reopened' AND (NEW.ledger_flagged, NEW.ledger_note, NEW.reopen_reason, NEW.previous_id,
        NEW.edition_id, NEW.agency_id, NEW.cycle, NEW.revision) IS DISTINCT FROM (OLD.ledger_flagged, OLD.ledger_note,
        OLD.reopen_reason, OLD.previous_id, OLD.edition_id, OLD.agency_id, OLD.cycle, OLD.revision) THEN
        RAISE EXCEPTION 'assessment % is reopened: what the scheme asked does not change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_assessments_guard_child() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_if_frozen(OLD.assessment_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_if_frozen(NEW.assessment_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.certification_assessments_guard_cost_line() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = OLD.job_order_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = NEW.job_order_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.certification_assessments_guard_dated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_assessments_guard_evidence() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.file_id <> OLD.file_id THEN
        RAISE EXCEPTION 'the file of a document never changes: upload a new document' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM certification_assessments_answerevidence link
        JOIN certification_assessments_answer answer ON answer.id = link.answer_id
        JOIN certification_assessments_assessment assessment ON assessment.id = answer.assessment_id
        WHERE link.evidence_id = OLD.id AND assessment.state IN ('frozen', 'superseded')
    ) OR EXISTS (
        SELECT 1 FROM certification_assessments_costline line
        JOIN certification_assessments_joborder job ON job.id = line.job_order_id
        JOIN certification_assessments_assessment assessment ON assessment.id = job.assessment_id
        WHERE line.proof_id = OLD.id AND assessment.state IN ('frozen', 'superseded')
    ) THEN
        RAISE EXCEPTION 'document % proves something in a frozen assessment: nothing of it can change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.certification_assessments_guard_job_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(OLD.assessment_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(NEW.assessment_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.certification_assessments_is_reopened(target uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT 1 FROM certification_assessments_assessment WHERE id = target AND state = 'reopened');
$$;

CREATE FUNCTION public.certification_assessments_refuse_if_frozen(target uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE found text;
BEGIN
    -- FOR SHARE: a freeze that runs at the same moment waits for this row, or this row waits for the freeze.
    SELECT state INTO found FROM certification_assessments_assessment WHERE id = target FOR SHARE;
    IF found IN ('frozen', 'superseded', 'withdrawn') THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', target USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.certification_assessments_refuse_unasked_ledger(target uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM certification_assessments_refuse_if_frozen(target);
    IF EXISTS (SELECT 1 FROM certification_assessments_assessment
               WHERE id = target AND state = 'reopened' AND NOT ledger_flagged) THEN
        RAISE EXCEPTION 'assessment % is reopened for other questions: its ledger stays frozen', target
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.certification_certificates_accepted(of_decision uuid, label text, subject uuid) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision d
        WHERE d.id = of_decision AND d.subject_label = label AND d.subject_id = subject
          AND d.state IN ('decided', 'appealed', 'upheld') AND d.outcome = 'accept' AND d.four_eyes
          AND d.decided_by_id IS DISTINCT FROM d.opened_by_id
    )
$$;

CREATE FUNCTION public.certification_certificates_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    ground record;
    may_change text[] := ARRAY['state', 'state_since', 'suspended_on', 'suspension_ends_on', 'ended_on', 'reason_code',
                               'state_reason', 'public_note', 'settled_by_id', 'rule', 'pdf_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'certificates are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'what a certificate names does not change: issue a revision'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> OLD.state THEN
            PERFORM certification_certificates_guard_act(to_jsonb(OLD), to_jsonb(NEW));
        ELSIF to_jsonb(NEW) - 'pdf_id' IS DISTINCT FROM to_jsonb(OLD) - 'pdf_id' THEN
            RAISE EXCEPTION 'days, reasons and grounds of a certificate change only with its state'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO ground FROM certification_decisions_decision WHERE id = NEW.decision_id;
    IF ground.state IS NULL OR ground.state NOT IN ('decided', 'appealed', 'upheld')
       OR ground.outcome NOT IN ('grant', 'grant_with_conditions')
       OR ground.agency_id <> NEW.agency_id
       OR (ground.decided_at AT TIME ZONE 'UTC')::date <> NEW.decided_on THEN
        RAISE EXCEPTION 'a certificate rests on a decision of that day that grants it to that agency'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'active' THEN
        RAISE EXCEPTION 'a certificate begins active, not %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    PERFORM certification_certificates_guard_revision(to_jsonb(NEW));
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_certificates_guard_act(was jsonb, is_now jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    this uuid := (is_now ->> 'id')::uuid;
    ground uuid := (is_now ->> 'settled_by_id')::uuid;
    fresh boolean := is_now ->> 'settled_by_id' IS DISTINCT FROM was ->> 'settled_by_id';
    by_rule boolean := is_now ->> 'rule' <> '';
    good boolean;
BEGIN
    IF is_now ->> 'state' = 'suspended' THEN
        good := CASE WHEN by_rule
            THEN is_now ->> 'rule' <> 'suspended_too_long' AND ground IS NULL
                 AND certification_certificates_rule_holds(is_now ->> 'rule', was, is_now)
            ELSE fresh AND certification_certificates_accepted(ground, 'certificate.suspend', this) END;
    ELSIF is_now ->> 'state' = 'withdrawn' THEN
        good := CASE WHEN by_rule
            THEN is_now ->> 'rule' = 'suspended_too_long' AND was ->> 'state' = 'suspended' AND ground IS NULL
                 AND certification_certificates_rule_holds(is_now ->> 'rule', was, is_now)
            ELSE fresh AND certification_certificates_accepted(ground, 'certificate.withdraw', this) END;
    ELSIF was ->> 'state' = 'suspended' AND is_now ->> 'state' IN ('active', 'conditional') THEN
        good := NOT by_rule AND (
            (fresh AND certification_certificates_accepted(ground, 'certificate.reinstate', this))
            OR (NOT fresh AND certification_certificates_overturned(ground, '{certificate.suspend}', this, 'accept'))
            OR (fresh AND certification_certificates_overturned(ground, '{certificate.reinstate}', this, 'reject')));
    ELSIF was ->> 'state' = 'suspended' AND is_now ->> 'state' = 'superseded' THEN
        good := fresh AND NOT by_rule AND (
            certification_certificates_accepted(ground, 'certificate.reduce', this)
            OR EXISTS (
                SELECT 1 FROM certification_decisions_decision d
                WHERE d.id = ground AND d.agency_id = (is_now ->> 'agency_id')::uuid AND d.state = 'decided'
                  AND d.outcome IN ('grant', 'grant_with_conditions')));
    END IF;
    IF good IS FALSE OR (good IS NULL AND is_now ->> 'state' IN ('suspended', 'withdrawn')) THEN
        PERFORM certification_certificates_refuse(format(
            'four eyes: %s to %s rests on a decision of a second person, or on a rule of the scheme that holds',
            was ->> 'state', is_now ->> 'state'));
    END IF;
END $$;

CREATE FUNCTION public.certification_certificates_guard_condition() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'conditions are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.met_on IS NOT NULL
       OR to_jsonb(NEW) - ARRAY['met_on', 'met_note'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['met_on', 'met_note'] THEN
        RAISE EXCEPTION 'a condition does not change once it is set, nor once it is met'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_certificates_guard_corridor() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the corridors of a certificate do not change: issue a revision' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.certification_certificates_guard_revision(made jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    old_row certification_certificates_certificate%ROWTYPE;
    change text := made ->> 'scope_change';
    ground uuid := (made ->> 'settled_by_id')::uuid;
    told jsonb;
BEGIN
    IF change IN ('', 'renewed') THEN
        SELECT recommendation INTO told FROM certification_applications_application
            WHERE id = (made ->> 'application_id')::uuid;
        IF told IS NULL OR coalesce((told ->> 'open_critical')::int, 0) > 0
           OR coalesce((told ->> 'open_major')::int, 0) > 0 THEN
            PERFORM certification_certificates_refuse('no grant while a critical or major finding is open');
        END IF;
    END IF;
    IF made ->> 'replaces_id' IS NULL THEN
        IF change <> '' THEN
            PERFORM certification_certificates_refuse('a first issue changes nothing');
        END IF;
        RETURN;
    END IF;
    SELECT * INTO old_row FROM certification_certificates_certificate WHERE id = (made ->> 'replaces_id')::uuid;
    IF old_row.number <> made ->> 'number' OR old_row.agency_id <> (made ->> 'agency_id')::uuid
       OR old_row.revision + 1 <> (made ->> 'revision')::int THEN
        PERFORM certification_certificates_refuse('a revision keeps number and agency and counts one further');
    END IF;
    IF change = 'renewed' THEN
        IF old_row.decision_id = (made ->> 'decision_id')::uuid THEN
            PERFORM certification_certificates_refuse('a renewal rests on a decision of its own');
        END IF;
        RETURN;
    END IF;
    IF (old_row.decision_id, old_row.decided_on, old_row.effective_on, old_row.expires_on) IS DISTINCT FROM
       ((made ->> 'decision_id')::uuid, (made ->> 'decided_on')::date, (made ->> 'effective_on')::date,
        (made ->> 'expires_on')::date) THEN
        PERFORM certification_certificates_refuse('a revision that renews nothing keeps its decision and its days');
    END IF;
    IF change = 'corrected' AND (to_jsonb(old_row.sectors), old_row.branches) IS DISTINCT FROM
       (made -> 'sectors', made -> 'branches') THEN
        PERFORM certification_certificates_refuse('a correction keeps the scope');
    ELSIF change = 'reduced'
        AND NOT certification_certificates_accepted(ground, 'certificate.reduce', old_row.id) THEN
        PERFORM certification_certificates_refuse('four eyes: a reduction rests on a decision of a second person');
    ELSIF change = 'restored' AND NOT EXISTS (
        SELECT 1 FROM certification_certificates_certificate c
        WHERE c.number = old_row.number AND certification_certificates_overturned(
            ground, '{certificate.withdraw,certificate.reduce}', c.id, 'accept')) THEN
        PERFORM certification_certificates_refuse('a restoration rests on an appeal that was upheld');
    ELSIF change NOT IN ('corrected', 'reduced', 'restored') THEN
        PERFORM certification_certificates_refuse('a later revision says what it changed');
    END IF;
END $$;

CREATE FUNCTION public.certification_certificates_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.certification_certificates_overturned(of_decision uuid, labels text[], subject uuid, answer text) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision d
        WHERE d.id = of_decision AND d.subject_label = ANY (labels) AND d.subject_id = subject
          AND d.state = 'overturned' AND d.outcome = answer
    )
$$;

CREATE FUNCTION public.certification_certificates_refuse(said text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '%', said USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.certification_certificates_rule_holds(rule text, old_row jsonb, new_row jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE since date := (new_row ->> 'state_since')::date;
BEGIN
    CASE rule
        WHEN 'surveillance_missed' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_surveillancewindow w
                WHERE w.decision_id = (new_row ->> 'decision_id')::uuid AND w.state = 'missed' AND w.due_on < since);
        WHEN 'licence_lost' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_licencereview r
                JOIN certification_certificates_certificate c ON c.id = r.certificate_id
                WHERE c.number = new_row ->> 'number' AND r.state = 'lapsed' AND r.closed_on = since);
        WHEN 'conditions_unmet' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_certificatecondition o
                WHERE o.certificate_id = (new_row ->> 'id')::uuid AND o.met_on IS NULL AND o.due_on < since);
        WHEN 'suspended_too_long' THEN
            RETURN (old_row ->> 'suspension_ends_on')::date < since;
        ELSE
            RETURN false;
    END CASE;
END $$;

CREATE FUNCTION public.certification_decisions_guard_appeal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_decisions_guard_bar() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - 'until' IS DISTINCT FROM to_jsonb(OLD) - 'until' THEN
        RAISE EXCEPTION 'a bar does not change, only its end may move later' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.until IS DISTINCT FROM OLD.until
       AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until < OLD.until)) THEN
        RAISE EXCEPTION 'a bar is never made shorter' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.certification_decisions_guard_decision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_decisions_guard_vote() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_decisions_overturned_by(of_decision uuid, of_person uuid) RETURNS boolean
    LANGUAGE sql
    AS $$
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

CREATE FUNCTION public.certification_decisions_refuse_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.certification_decisions_tie(of_agency uuid, of_person uuid, at timestamp with time zone) RETURNS text
    LANGUAGE sql
    AS $$
    SELECT kind || ', ' || source FROM certification_decisions_bar
    WHERE agency_id = of_agency AND person_id = of_person AND since <= (at AT TIME ZONE 'UTC')::date
      AND (until IS NULL OR until >= (at AT TIME ZONE 'UTC')::date)
    LIMIT 1
$$;

CREATE FUNCTION public.certification_decisions_took_part(of_decision uuid, of_person uuid) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision
        WHERE id = of_decision AND (opened_by_id = of_person OR decided_by_id = of_person)
    ) OR EXISTS (
        SELECT 1 FROM certification_decisions_vote WHERE decision_id = of_decision AND person_id = of_person
    )
$$;

CREATE FUNCTION public.certification_standard_edition_of(criterion uuid) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
    SELECT p.edition_id FROM certification_standard_criterion c
    JOIN certification_standard_principle p ON p.id = c.principle_id WHERE c.id = criterion
$$;

CREATE FUNCTION public.certification_standard_guard_criterion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_standard_guard_edition() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    open_states constant text[] := ARRAY['draft', 'consultation'];
    movable constant text[] := ARRAY['state', 'issued_at', 'valid_until', 'retired_at', 'sources', 'reference_note',
        'references_revised_on', 'references_hash', 'languages'];
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

CREATE FUNCTION public.certification_standard_guard_indicator() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_standard_guard_principle() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_standard_refuse_frozen(edition uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE found record;
BEGIN
    SELECT number, state INTO found FROM certification_standard_edition WHERE id = edition FOR SHARE;
    IF found.state NOT IN ('draft', 'consultation') THEN
        RAISE EXCEPTION 'edition % was issued: its text does not change', found.number
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.certification_training_guard_attendance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_training_guard_course() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_training_guard_seat() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.certification_training_guard_trainer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT state FROM certification_training_course WHERE id = NEW.course_id FOR UPDATE) <> 'draft' THEN
        RAISE EXCEPTION 'the trainers of a course stand once it is announced' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.credentials_guard_credential() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE free text[] := ARRAY['suspended_at', 'revoked_at', 'revoked_because'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a credential is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a credential is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
     OR NEW.revoked_because <> OLD.revoked_because) THEN
    RAISE EXCEPTION 'a revoked credential stays revoked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.credentials_guard_key() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a key of the ring is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_jsonb(NEW) - 'retired_at' - 'private_sealed' <> to_jsonb(OLD) - 'retired_at' - 'private_sealed' THEN
    RAISE EXCEPTION 'a key is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.retired_at IS NOT NULL AND
     (NEW.retired_at IS DISTINCT FROM OLD.retired_at OR NEW.private_sealed IS NOT NULL) THEN
    RAISE EXCEPTION 'a retired key stays retired' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.credentials_guard_list() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a status list is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.purpose <> OLD.purpose OR NEW.number <> OLD.number OR NEW.size <> OLD.size
     OR NEW.changes < OLD.changes OR NEW.taken < OLD.taken THEN
    RAISE EXCEPTION 'a status list only goes forward' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.diligence_guard_condition() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF (NEW.decision_id, NEW.number, NEW.text, NEW.responsible, NEW.due_on)
     IS DISTINCT FROM (OLD.decision_id, OLD.number, OLD.text, OLD.responsible, OLD.due_on) THEN
    RAISE EXCEPTION 'a condition says what it says: decide anew' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'waived' AND OLD.state <> 'waived' AND NEW.closed_by_id = (
    SELECT d.proposed_by_id FROM supplychain_diligence_decision d WHERE d.id = NEW.decision_id) THEN
    RAISE EXCEPTION 'whoever proposed a decision does not waive its conditions' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.diligence_guard_decision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF (NEW.organisation_id, NEW.number, NEW.agency_id, NEW.name, NEW.country, NEW.key, NEW.outcome, NEW.reason,
      NEW.basis, NEW.basis_sha256, NEW.receipt_id, NEW.needs_approval, NEW.proposed_by_id, NEW.proposed_at)
     IS DISTINCT FROM
     (OLD.organisation_id, OLD.number, OLD.agency_id, OLD.name, OLD.country, OLD.key, OLD.outcome, OLD.reason,
      OLD.basis, OLD.basis_sha256, OLD.receipt_id, OLD.needs_approval, OLD.proposed_by_id, OLD.proposed_at) THEN
    RAISE EXCEPTION 'decision % says what it says: write a new one', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id THEN
    RAISE EXCEPTION 'decision % is signed', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.diligence_guard_request() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF (NEW.organisation_id, NEW.number, NEW.law, NEW.received_on, NEW.answer_due, NEW.latest_due)
     IS DISTINCT FROM (OLD.organisation_id, OLD.number, OLD.law, OLD.received_on, OLD.answer_due, OLD.latest_due) THEN
    RAISE EXCEPTION 'the clock of request % is fixed when it comes in', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.iris_retention_delete(kind text, keys uuid[]) RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE wanted integer := cardinality(keys); found integer; files uuid[];
BEGIN
  CREATE TEMP TABLE IF NOT EXISTS retention_found (id uuid, organisation_id uuid, agency_id uuid, ended timestamptz)
    ON COMMIT DROP;
  TRUNCATE retention_found;
  IF kind = 'receipts' THEN
    INSERT INTO retention_found SELECT id, organisation_id, agency_id, created_at
      FROM supplychain_lookups_lookup WHERE id = ANY (keys);
  ELSIF kind = 'screenings' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, coalesce(ended_at, created_at)
      FROM supplychain_screenings_screening WHERE id = ANY (keys);
  ELSIF kind = 'decisions' THEN
    INSERT INTO retention_found SELECT id, organisation_id, agency_id, coalesce(decided_at, proposed_at)
      FROM supplychain_diligence_decision WHERE id = ANY (keys) AND state NOT IN ('in_force', 'proposed');
  ELSIF kind = 'requests' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, closed_at
      FROM supplychain_diligence_informationrequest WHERE id = ANY (keys) AND closed_at IS NOT NULL;
  ELSIF kind = 'dossiers' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, greatest(created_at, made_at)
      FROM supplychain_dossiers_dossier WHERE id = ANY (keys);
  ELSE
    RAISE EXCEPTION 'no such class of records: %', kind USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO found FROM retention_found WHERE ended < now() - interval '7 years';
  IF found <> wanted THEN
    RAISE EXCEPTION 'retention: % of % records are not past seven years', wanted - found, wanted
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT 1 FROM retention_found f JOIN supplychain_dossiers_hold h
      ON h.organisation_id = f.organisation_id AND h.released_at IS NULL
      AND (h.until IS NULL OR h.until >= current_date) AND (h.kind = '' OR h.kind = iris_retention_delete.kind)
      AND (h.agency_id IS NULL OR f.agency_id IS NULL OR h.agency_id = f.agency_id)) THEN
    RAISE EXCEPTION 'retention: a legal hold stands' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('iris.retention', 'on', true);
  SET CONSTRAINTS ALL IMMEDIATE;
  IF kind = 'receipts' THEN
    SELECT array_agg(file_id) INTO files FROM supplychain_lookups_receiptpdf WHERE lookup_id = ANY (keys);
    DELETE FROM supplychain_lookups_receiptpdf WHERE lookup_id = ANY (keys);
    DELETE FROM supplychain_lookups_lookup WHERE id = ANY (keys);
  ELSIF kind = 'screenings' THEN
    SELECT array_agg(file_id) INTO files FROM supplychain_screenings_screening s WHERE id = ANY (keys) AND NOT EXISTS (
      SELECT 1 FROM supplychain_screenings_screening o WHERE o.file_id = s.file_id AND NOT o.id = ANY (keys));
    DELETE FROM supplychain_screenings_rowoutcome WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningfact WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningbatch WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningrow WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screening WHERE id = ANY (keys);
  ELSIF kind = 'decisions' THEN
    SELECT array_agg(evidence_id) INTO files FROM supplychain_diligence_condition
      WHERE decision_id = ANY (keys) AND evidence_id IS NOT NULL;
    DELETE FROM supplychain_diligence_condition WHERE decision_id = ANY (keys);
    DELETE FROM supplychain_diligence_decision WHERE id = ANY (keys);
  ELSIF kind = 'requests' THEN
    SELECT array_agg(p.file_id) INTO files FROM supplychain_diligence_requestpaper p
      JOIN supplychain_diligence_requestmessage m ON m.id = p.message_id WHERE m.request_id = ANY (keys);
    DELETE FROM supplychain_diligence_requestpaper p USING supplychain_diligence_requestmessage m
      WHERE m.id = p.message_id AND m.request_id = ANY (keys);
    DELETE FROM supplychain_diligence_requestmessage WHERE request_id = ANY (keys);
    DELETE FROM supplychain_diligence_informationrequest WHERE id = ANY (keys);
  ELSE
    SELECT array_agg(f) INTO files FROM supplychain_dossiers_copy c
      JOIN supplychain_dossiers_dossierversion v ON v.id = c.version_id, unnest(ARRAY[c.pdf_id, c.archive_id]) f
      WHERE v.dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_copy c USING supplychain_dossiers_dossierversion v
      WHERE v.id = c.version_id AND v.dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_dossierversion WHERE dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_words WHERE dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_dossier WHERE id = ANY (keys);
  END IF;
  RETURN QUERY DELETE FROM iris_core_storedfile WHERE id = ANY (coalesce(files, '{}')) RETURNING path::text;
  PERFORM set_config('iris.retention', '', true);
END $$;

CREATE FUNCTION public.names_note_agencies() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO supplychain_names_namechange (agency_id, txid, at)
    SELECT b.id, pg_current_xact_id()::text::bigint, now()
    FROM before_rows b JOIN after_rows a ON a.id = b.id
    WHERE (a.enrolled_at IS NULL) <> (b.enrolled_at IS NULL) OR a.country <> b.country
      OR a.legal_name <> b.legal_name;
  RETURN NULL;
END $$;

CREATE FUNCTION public.names_note_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now() FROM after_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now() FROM before_rows;
  ELSE
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now()
      FROM (SELECT agency_id FROM before_rows UNION SELECT agency_id FROM after_rows) both_rows;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.opendata_guard_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.opendata_guard_head() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.size <> (SELECT coalesce(max(index) + 1, 0) FROM certification_opendata_logentry) THEN
        RAISE EXCEPTION 'a head counts the lines there are' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.opendata_guard_node() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.opendata_guard_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.seen < OLD.seen THEN
        RAISE EXCEPTION 'the log is read forward only' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.seen > (SELECT coalesce(max(seq), 0) FROM iris_core_chainlink) THEN
        RAISE EXCEPTION 'nothing is passed that has no number yet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.repayment_guard_end() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.state = OLD.state OR NEW.state NOT IN ('verified', 'closed') THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_payment p JOIN certification_repayments_caseworker w ON w.id = p.worker_id
    WHERE w.case_id = NEW.id AND p.undone_because = '' AND p.proof_id IS NULL
  ) THEN
    RAISE EXCEPTION 'a payment of % has no bank proof', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_caseworker w
    WHERE w.case_id = NEW.id AND w.held_on IS NULL AND coalesce(w.due_minor, 0) > (
      SELECT coalesce(sum(p.amount_minor), 0) FROM certification_repayments_payment p
      WHERE p.worker_id = w.id AND p.undone_because = '')
  ) THEN
    RAISE EXCEPTION 'a worker of % is not paid', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM certification_repayments_thirdpartycheck c WHERE c.case_id = NEW.id AND c.result = 'good'
  ) THEN
    RAISE EXCEPTION '% has no third-party check', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_breach b WHERE b.case_id = NEW.id AND b.state <> 'settled'
  ) THEN
    RAISE EXCEPTION 'a breach in % is not put right', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.sampling_fixed_draw() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'released_at') IS DISTINCT FROM (to_jsonb(OLD) - 'released_at') THEN
    RAISE EXCEPTION 'a draw is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.sampling_fixed_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a place in a draw is never taken out' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (NEW.sample_id, NEW.stratum_id, NEW.member_id, NEW.place, NEW.way)
     IS DISTINCT FROM (OLD.sample_id, OLD.stratum_id, OLD.member_id, OLD.place, OLD.way) THEN
    RAISE EXCEPTION 'a place in a draw is never moved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.sampling_frozen_line() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a line of a list is never taken out' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (to_jsonb(NEW) - 'identity') IS DISTINCT FROM (to_jsonb(OLD) - 'identity') THEN
    RAISE EXCEPTION 'a line of a list is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.supplychain_chains_link_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a link of a chain is replaced, never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
     OR (to_jsonb(OLD) - 'replaced_at') IS DISTINCT FROM (to_jsonb(NEW) - 'replaced_at') THEN
    RAISE EXCEPTION 'a link of a chain is replaced, never rewritten' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audits_bodies_auditfirm (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approved_from date NOT NULL,
    approved_until date,
    ended_reason text NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT audit_firm_approval_ends_after_it_starts CHECK (((approved_until IS NULL) OR (approved_until >= approved_from)))
);

CREATE TABLE public.audits_bodies_auditor (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approved_from date NOT NULL,
    approved_until date,
    lead boolean NOT NULL,
    languages character varying(8)[] NOT NULL,
    countries character varying(2)[] NOT NULL,
    sectors character varying(32)[] NOT NULL,
    corridors character varying(5)[] NOT NULL,
    ended_reason text NOT NULL,
    firm_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT auditor_approval_ends_after_it_starts CHECK (((approved_until IS NULL) OR (approved_until >= approved_from)))
);

CREATE TABLE public.audits_bodies_auditortraining (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    course character varying(160) NOT NULL,
    provider character varying(160) NOT NULL,
    passed_on date NOT NULL,
    valid_until date NOT NULL,
    auditor_id uuid NOT NULL,
    CONSTRAINT auditor_training_ends_after_it_is_passed CHECK ((valid_until >= passed_on))
);

CREATE TABLE public.audits_bodies_busyperiod (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    kind character varying(16) NOT NULL,
    note character varying(200) NOT NULL,
    auditor_id uuid NOT NULL,
    CONSTRAINT busy_ends_after_it_starts CHECK ((last >= first))
);

CREATE TABLE public.audits_bodies_clientfee (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    amount_minor bigint NOT NULL,
    agency_id uuid NOT NULL,
    of_id uuid NOT NULL,
    CONSTRAINT fee_not_below_nothing CHECK ((amount_minor >= 0))
);

CREATE TABLE public.audits_bodies_declaredinterest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    organisation character varying(200) NOT NULL,
    kind character varying(16) NOT NULL,
    since date NOT NULL,
    until date,
    note text NOT NULL,
    agency_id uuid,
    declaration_id uuid NOT NULL,
    CONSTRAINT interest_ends_after_it_starts CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT interest_is_in_somebody CHECK (((agency_id IS NOT NULL) OR (NOT ((organisation)::text = ''::text))))
);

CREATE TABLE public.audits_bodies_firmyear (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    year smallint NOT NULL,
    currency character varying(3) NOT NULL,
    turnover_minor bigint NOT NULL,
    firm_id uuid NOT NULL,
    CONSTRAINT audits_bodies_firmyear_year_check CHECK ((year >= 0)),
    CONSTRAINT turnover_above_nothing CHECK ((turnover_minor > 0))
);

CREATE TABLE public.audits_bodies_override (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(16) NOT NULL,
    about character varying(40) NOT NULL,
    sentence text NOT NULL,
    reason text NOT NULL,
    application_id uuid NOT NULL,
    auditor_id uuid NOT NULL,
    given_by_id uuid NOT NULL,
    CONSTRAINT override_of_what_may_be CHECK (((code)::text = ANY (ARRAY[('corridor'::character varying)::text, ('language'::character varying)::text, ('sector'::character varying)::text, ('training'::character varying)::text, ('rotation'::character varying)::text, ('revenue'::character varying)::text, ('calendar'::character varying)::text]))),
    CONSTRAINT override_says_why CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.audits_bodies_overrideanswer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed boolean NOT NULL,
    reason text NOT NULL,
    override_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT override_refused_with_reason CHECK ((confirmed OR (NOT (reason = ''::text))))
);

CREATE TABLE public.audits_bodies_threat (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    text text NOT NULL,
    safeguard text NOT NULL,
    review_on date NOT NULL,
    state character varying(40) NOT NULL,
    closed_at timestamp with time zone,
    source character varying(60) NOT NULL,
    agency_id uuid,
    auditor_id uuid,
    firm_id uuid,
    owner_id uuid NOT NULL,
    CONSTRAINT closed_threat_has_its_day CHECK ((((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT safeguarded_by_something CHECK (((NOT ((state)::text = 'safeguarded'::text)) OR (NOT (safeguard = ''::text)))),
    CONSTRAINT threat_is_in_words CHECK ((NOT (text = ''::text)))
);

CREATE TABLE public.audits_bodies_tie (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    since date NOT NULL,
    until date,
    note text NOT NULL,
    agency_id uuid NOT NULL,
    auditor_id uuid NOT NULL,
    CONSTRAINT tie_ends_after_it_starts CHECK (((until IS NULL) OR (until >= since)))
);

CREATE TABLE public.audits_bodies_yearlydeclaration (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    declared_on date NOT NULL,
    valid_until date NOT NULL,
    clear boolean NOT NULL,
    text text NOT NULL,
    auditor_id uuid NOT NULL,
    CONSTRAINT yearly_declaration_ends_after_it_is_made CHECK ((valid_until >= declared_on)),
    CONSTRAINT yearly_declaration_is_in_words CHECK ((NOT (text = ''::text)))
);

CREATE TABLE public.audits_engagements_audit (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(32) NOT NULL,
    state character varying(40) NOT NULL,
    staff integer NOT NULL,
    branches integer NOT NULL,
    corridors integer NOT NULL,
    days_by_table numeric(5,1) NOT NULL,
    days numeric(5,1) NOT NULL,
    days_reason text NOT NULL,
    answer_due date,
    offered_at timestamp with time zone,
    declined_at timestamp with time zone,
    declined_reason text NOT NULL,
    accepted_at timestamp with time zone,
    planned_at timestamp with time zone,
    stage1_on date,
    stage2_from date,
    stage2_to date,
    stage1_started_at timestamp with time zone,
    stage1_closed_at timestamp with time zone,
    readiness character varying(16) NOT NULL,
    readiness_text text NOT NULL,
    stage2_started_at timestamp with time zone,
    stage2_ended_on date,
    report_due date,
    drafted_at timestamp with time zone,
    disputed_at timestamp with time zone,
    reported_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    cancelled_reason text NOT NULL,
    agency_id uuid NOT NULL,
    application_id uuid NOT NULL,
    firm_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    follows_id uuid,
    kind character varying(16) NOT NULL,
    order_id uuid,
    scope_indicators character varying(24)[] NOT NULL,
    scope_principles character varying(8)[] NOT NULL,
    told_on date,
    CONSTRAINT audit_at_work_was_accepted CHECK ((((state)::text = ANY (ARRAY[('proposed'::character varying)::text, ('offered'::character varying)::text, ('declined'::character varying)::text, ('cancelled'::character varying)::text])) OR (accepted_at IS NOT NULL))),
    CONSTRAINT audit_cancelled_with_reason CHECK (((NOT ((state)::text = 'cancelled'::text)) OR ((cancelled_at IS NOT NULL) AND (NOT (cancelled_reason = ''::text))))),
    CONSTRAINT audit_days_changed_with_reason CHECK (((days = days_by_table) OR (NOT (days_reason = ''::text)))),
    CONSTRAINT audit_declined_with_reason CHECK (((NOT ((state)::text = 'declined'::text)) OR ((declined_at IS NOT NULL) AND (NOT (declined_reason = ''::text))))),
    CONSTRAINT audit_past_proposal_was_offered CHECK ((((state)::text = 'proposed'::text) OR (offered_at IS NOT NULL) OR ((state)::text = 'cancelled'::text))),
    CONSTRAINT audits_engagements_audit_branches_check CHECK ((branches >= 0)),
    CONSTRAINT audits_engagements_audit_corridors_check CHECK ((corridors >= 0)),
    CONSTRAINT audits_engagements_audit_staff_check CHECK ((staff >= 0)),
    CONSTRAINT closure_audit_follows_another CHECK ((((follows_id IS NOT NULL) AND ((kind)::text = 'closure'::text)) OR ((NOT ((kind)::text = 'closure'::text)) AND (follows_id IS NULL)))),
    CONSTRAINT not_ready_says_why CHECK (((NOT ((readiness)::text = 'not_ready'::text)) OR (NOT (readiness_text = ''::text)))),
    CONSTRAINT ordered_audit_has_its_order CHECK (((((kind)::text = ANY (ARRAY[('surveillance'::character varying)::text, ('special'::character varying)::text])) AND (order_id IS NOT NULL)) OR ((NOT ((kind)::text = ANY (ARRAY[('surveillance'::character varying)::text, ('special'::character varying)::text]))) AND (order_id IS NULL)))),
    CONSTRAINT reported_audit_has_its_dates CHECK (((NOT ((state)::text = 'reported'::text)) OR ((reported_at IS NOT NULL) AND (stage2_ended_on IS NOT NULL)))),
    CONSTRAINT stage_2_after_stage_1_found_ready CHECK (((NOT ((state)::text = ANY (ARRAY[('stage2'::character varying)::text, ('draft_report'::character varying)::text, ('disputed'::character varying)::text, ('reported'::character varying)::text]))) OR ((stage1_closed_at IS NOT NULL) AND ((readiness)::text = 'ready'::text)))),
    CONSTRAINT stage_2_ends_after_it_starts CHECK (((stage2_to IS NULL) OR (stage2_to >= stage2_from)))
);

CREATE TABLE public.audits_engagements_auditnumber (
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT audits_engagements_auditnumber_last_check CHECK ((last >= 0)),
    CONSTRAINT audits_engagements_auditnumber_year_check CHECK ((year >= 0))
);

CREATE TABLE public.audits_engagements_auditplan (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    objectives text NOT NULL,
    scope text NOT NULL,
    criteria text NOT NULL,
    sites text NOT NULL,
    languages character varying(8)[] NOT NULL,
    notice character varying(16) NOT NULL,
    notice_reason text NOT NULL,
    audit_id uuid NOT NULL,
    clash_reason text NOT NULL,
    interpreter boolean NOT NULL,
    interview_languages character varying(8)[] NOT NULL,
    most_visits smallint NOT NULL,
    remote boolean NOT NULL,
    told_at timestamp with time zone,
    version smallint NOT NULL,
    window_from date,
    window_to date,
    CONSTRAINT audits_engagements_auditplan_most_visits_check CHECK ((most_visits >= 0)),
    CONSTRAINT audits_engagements_auditplan_version_check CHECK ((version >= 0)),
    CONSTRAINT semi_announced_has_a_window CHECK (((NOT ((notice)::text = 'semi_announced'::text)) OR ((window_from IS NOT NULL) AND (window_to IS NOT NULL)))),
    CONSTRAINT short_notice_says_why CHECK (((NOT ((notice)::text = 'short'::text)) OR (NOT (notice_reason = ''::text)))),
    CONSTRAINT window_ends_after_it_starts CHECK (((window_from IS NULL) OR (window_to >= window_from)))
);

CREATE TABLE public.audits_engagements_conflictdeclaration (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clear boolean NOT NULL,
    text text NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    audit_id uuid NOT NULL,
    auditor_id uuid NOT NULL,
    CONSTRAINT declaration_is_in_words CHECK ((NOT (text = ''::text)))
);

CREATE TABLE public.audits_engagements_indicatornote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stage smallint NOT NULL,
    rating character varying(16) NOT NULL,
    note text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    audit_id uuid NOT NULL,
    author_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    version integer NOT NULL,
    CONSTRAINT audits_engagements_indicatornote_stage_check CHECK ((stage >= 0)),
    CONSTRAINT audits_engagements_indicatornote_version_check CHECK ((version >= 0)),
    CONSTRAINT rating_below_meets_says_why CHECK ((((rating)::text = ANY (ARRAY[('meets'::character varying)::text, ('check'::character varying)::text])) OR (NOT (note = ''::text)))),
    CONSTRAINT stage_2_leaves_nothing_to_check CHECK (((NOT (stage = 2)) OR (NOT ((rating)::text = 'check'::text))))
);

CREATE TABLE public.audits_engagements_interviewcount (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    held integer NOT NULL,
    note text NOT NULL,
    audit_id uuid NOT NULL,
    CONSTRAINT audits_engagements_interviewcount_held_check CHECK ((held >= 0)),
    CONSTRAINT no_interview_says_why CHECK (((held > 0) OR (NOT (note = ''::text))))
);

CREATE TABLE public.audits_engagements_notedraft (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stage smallint NOT NULL,
    rating character varying(16) NOT NULL,
    text text NOT NULL,
    base integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    audit_id uuid NOT NULL,
    author_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    CONSTRAINT audits_engagements_notedraft_base_check CHECK ((base >= 0)),
    CONSTRAINT audits_engagements_notedraft_stage_check CHECK ((stage >= 0))
);

CREATE TABLE public.audits_engagements_noteversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    rating character varying(16) NOT NULL,
    text text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    origin character varying(8) NOT NULL,
    author_id uuid NOT NULL,
    note_id uuid NOT NULL,
    CONSTRAINT audits_engagements_noteversion_version_check CHECK ((version >= 0)),
    CONSTRAINT note_versions_count_from_one CHECK ((version > 0))
);

CREATE TABLE public.audits_engagements_objection (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    reason text NOT NULL,
    answer_due date NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id uuid,
    audit_id uuid NOT NULL,
    auditor_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    CONSTRAINT objection_answered_with_reason CHECK ((((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('upheld'::character varying)::text, ('dismissed'::character varying)::text])) AND (NOT (answer = ''::text))) OR ((NOT ((state)::text = ANY (ARRAY[('upheld'::character varying)::text, ('dismissed'::character varying)::text]))) AND (answer = ''::text) AND (answered_at IS NULL) AND (answered_by_id IS NULL)))),
    CONSTRAINT objection_says_why CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.audits_engagements_plannedvisit (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    place character varying(200) NOT NULL,
    address character varying(300) NOT NULL,
    city character varying(120) NOT NULL,
    country character varying(2) NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    plan_id uuid NOT NULL,
    CONSTRAINT audits_engagements_plannedvisit_position_check CHECK (("position" >= 0)),
    CONSTRAINT visit_ends_after_it_starts CHECK ((last_day >= first_day)),
    CONSTRAINT visit_names_its_place CHECK ((NOT ((place)::text = ''::text)))
);

CREATE TABLE public.audits_engagements_plannedvisit_people (
    id bigint NOT NULL,
    plannedvisit_id uuid NOT NULL,
    auditor_id uuid NOT NULL
);

ALTER TABLE public.audits_engagements_plannedvisit_people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audits_engagements_plannedvisit_people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audits_engagements_priornote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    source character varying(16) NOT NULL,
    heard_on date NOT NULL,
    text text NOT NULL,
    confidential boolean NOT NULL,
    audit_id uuid NOT NULL,
    author_id uuid NOT NULL,
    CONSTRAINT prior_note_says_something CHECK ((NOT (text = ''::text)))
);

CREATE TABLE public.audits_engagements_teammember (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(16) NOT NULL,
    audit_id uuid NOT NULL,
    auditor_id uuid NOT NULL
);

CREATE TABLE public.audits_engagements_witnessaudit (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    planned_on date NOT NULL,
    held_on date,
    outcome character varying(16) NOT NULL,
    notes text NOT NULL,
    audit_id uuid NOT NULL,
    auditor_id uuid NOT NULL,
    witness_id uuid NOT NULL,
    CONSTRAINT witness_audit_held_has_its_outcome CHECK ((((held_on IS NULL) AND ((outcome)::text = ''::text)) OR ((held_on IS NOT NULL) AND (NOT ((outcome)::text = ''::text)) AND (NOT (notes = ''::text)))))
);

CREATE TABLE public.audits_fieldwork_acknowledgement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agrees boolean NOT NULL,
    disagreement text NOT NULL,
    by_id uuid,
    attendee_id uuid NOT NULL,
    CONSTRAINT disagreement_in_a_meeting_says_with_what CHECK (((agrees AND (disagreement = ''::text)) OR ((NOT agrees) AND (NOT (disagreement = ''::text)))))
);

CREATE TABLE public.audits_fieldwork_attendee (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    function character varying(200) NOT NULL,
    side character varying(8) NOT NULL,
    code character varying(40) NOT NULL,
    person_id uuid,
    meeting_id uuid NOT NULL,
    CONSTRAINT attendee_has_a_function CHECK (((NOT ((name)::text = ''::text)) AND (NOT ((function)::text = ''::text))))
);

CREATE TABLE public.audits_fieldwork_disagreementreply (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    acknowledgement_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT reply_to_disagreement_in_words CHECK ((NOT (text = ''::text)))
);

CREATE TABLE public.audits_fieldwork_evidence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    title character varying(200) NOT NULL,
    source character varying(16) NOT NULL,
    given_by character varying(16) NOT NULL,
    taken_on date NOT NULL,
    note text NOT NULL,
    open_as_it_is boolean NOT NULL,
    redaction_reason text NOT NULL,
    version smallint NOT NULL,
    audit_id uuid NOT NULL,
    file_id uuid NOT NULL,
    indicator_id uuid,
    redaction_of_id uuid,
    shown_id uuid,
    taken_by_id uuid NOT NULL,
    CONSTRAINT audit_evidence_has_a_title CHECK ((NOT ((title)::text = ''::text))),
    CONSTRAINT audit_evidence_has_its_hash CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT audits_fieldwork_evidence_version_check CHECK ((version >= 0)),
    CONSTRAINT confidential_evidence_is_not_open CHECK (((NOT open_as_it_is) OR ((NOT ((source)::text = ANY (ARRAY[('worker'::character varying)::text, ('interviews'::character varying)::text]))) AND (NOT ((given_by)::text = ANY (ARRAY[('worker'::character varying)::text, ('jobseeker'::character varying)::text, ('returnee'::character varying)::text])))))),
    CONSTRAINT redacted_version_says_why CHECK ((((redaction_of_id IS NULL) AND (redaction_reason = ''::text) AND (version = 1)) OR ((redaction_of_id IS NOT NULL) AND (version > 1) AND (NOT (redaction_reason = ''::text)))))
);

CREATE TABLE public.audits_fieldwork_evidencewithdrawal (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    by_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    CONSTRAINT evidence_withdrawn_with_reason CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.audits_fieldwork_hashcheck (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    found character varying(64) NOT NULL,
    matches boolean NOT NULL,
    by_id uuid NOT NULL,
    evidence_id uuid NOT NULL
);

CREATE TABLE public.audits_fieldwork_meeting (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    held_at timestamp with time zone NOT NULL,
    place character varying(200) NOT NULL,
    remote boolean NOT NULL,
    points jsonb NOT NULL,
    findings jsonb NOT NULL,
    summary text NOT NULL,
    why_replaced text NOT NULL,
    audit_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    replaces_id uuid,
    CONSTRAINT meeting_corrected_with_reason CHECK ((((replaces_id IS NULL) AND (why_replaced = ''::text)) OR ((replaces_id IS NOT NULL) AND (NOT (why_replaced = ''::text))))),
    CONSTRAINT meeting_has_a_place CHECK ((NOT ((place)::text = ''::text))),
    CONSTRAINT meeting_kind_known CHECK (((kind)::text = ANY (ARRAY[('opening'::character varying)::text, ('closing'::character varying)::text])))
);

CREATE TABLE public.audits_fieldwork_signrecord (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sign character varying(2) NOT NULL,
    version smallint NOT NULL,
    seen character varying(12) NOT NULL,
    saw text NOT NULL,
    next_step character varying(12) NOT NULL,
    step_text text NOT NULL,
    owner character varying(120) NOT NULL,
    due_on date,
    why_no_critical text NOT NULL,
    audit_id uuid NOT NULL,
    author_id uuid NOT NULL,
    CONSTRAINT audits_fieldwork_signrecord_version_check CHECK ((version >= 0)),
    CONSTRAINT sign_seen_has_its_next_step CHECK (((NOT ((seen)::text = 'yes'::text)) OR ((NOT (saw = ''::text)) AND (NOT ((next_step)::text = ''::text)) AND (NOT ((owner)::text = ''::text)) AND (due_on IS NOT NULL)))),
    CONSTRAINT sign_seen_is_one_of_three CHECK (((seen)::text = ANY (ARRAY[('not_looked'::character varying)::text, ('no'::character varying)::text, ('yes'::character varying)::text])))
);

CREATE TABLE public.audits_fieldwork_signrecord_evidence (
    id bigint NOT NULL,
    signrecord_id uuid NOT NULL,
    evidence_id uuid NOT NULL
);

ALTER TABLE public.audits_fieldwork_signrecord_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audits_fieldwork_signrecord_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audits_findings_actionfile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    title character varying(200) NOT NULL,
    added_by_id uuid NOT NULL,
    file_id uuid NOT NULL,
    action_id uuid NOT NULL,
    sent_at timestamp with time zone
);

CREATE TABLE public.audits_findings_containment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    round smallint NOT NULL,
    state character varying(40) NOT NULL,
    done text NOT NULL,
    done_on date NOT NULL,
    judged_at timestamp with time zone,
    returned_reason text NOT NULL,
    file_id uuid,
    finding_id uuid NOT NULL,
    sent_by_id uuid NOT NULL,
    CONSTRAINT audits_findings_containment_round_check CHECK ((round >= 0)),
    CONSTRAINT containment_judged_when CHECK ((((state)::text = 'recorded'::text) OR (judged_at IS NOT NULL))),
    CONSTRAINT containment_returned_with_reason CHECK (((NOT ((state)::text = 'returned'::text)) OR (NOT (returned_reason = ''::text)))),
    CONSTRAINT containment_says_what_was_done CHECK ((NOT (done = ''::text)))
);

CREATE TABLE public.audits_findings_correctiveaction (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    round smallint NOT NULL,
    state character varying(40) NOT NULL,
    root_cause text NOT NULL,
    correction text NOT NULL,
    action text NOT NULL,
    prevention text NOT NULL,
    owner character varying(200) NOT NULL,
    due_on date NOT NULL,
    agreed_at timestamp with time zone,
    evidence_sent_at timestamp with time zone,
    verified_at timestamp with time zone,
    rejected_at timestamp with time zone,
    rejected_reason text NOT NULL,
    sent_by_id uuid NOT NULL,
    finding_id uuid NOT NULL,
    CONSTRAINT action_at_work_was_agreed CHECK (((NOT ((state)::text = ANY (ARRAY[('in_progress'::character varying)::text, ('evidence_sent'::character varying)::text, ('verified'::character varying)::text]))) OR (agreed_at IS NOT NULL))),
    CONSTRAINT action_rejected_with_reason CHECK (((NOT ((state)::text = 'rejected'::text)) OR (NOT (rejected_reason = ''::text)))),
    CONSTRAINT action_verified_has_its_date CHECK (((NOT ((state)::text = 'verified'::text)) OR (verified_at IS NOT NULL))),
    CONSTRAINT audits_findings_correctiveaction_round_check CHECK ((round >= 0))
);

CREATE TABLE public.audits_findings_escalation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    rule character varying(40) NOT NULL,
    clock character varying(16) NOT NULL,
    due_on date NOT NULL,
    escalated_at timestamp with time zone,
    ended_at timestamp with time zone,
    audit_id uuid NOT NULL,
    criterion_id uuid,
    finding_id uuid,
    CONSTRAINT escalated_has_its_date CHECK (((NOT ((state)::text = 'escalated'::text)) OR (escalated_at IS NOT NULL))),
    CONSTRAINT escalation_ended_has_its_date CHECK ((((ended_at IS NOT NULL) AND ((state)::text = 'ended'::text)) OR ((NOT ((state)::text = 'ended'::text)) AND (ended_at IS NULL)))),
    CONSTRAINT escalation_is_of_a_criterion_or_a_clock CHECK (((((clock)::text = ''::text) AND (criterion_id IS NOT NULL) AND (finding_id IS NULL) AND ((kind)::text = 'minors'::text)) OR ((criterion_id IS NULL) AND (finding_id IS NOT NULL) AND ((kind)::text = 'overdue'::text) AND (NOT ((clock)::text = ''::text)))))
);

CREATE TABLE public.audits_findings_escalation_findings (
    id bigint NOT NULL,
    escalation_id uuid NOT NULL,
    finding_id uuid NOT NULL
);

ALTER TABLE public.audits_findings_escalation_findings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audits_findings_escalation_findings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audits_findings_extension (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clock character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    due_before date NOT NULL,
    wanted date NOT NULL,
    reason text NOT NULL,
    decided_at timestamp with time zone,
    answer text NOT NULL,
    granted_until date,
    asked_by_id uuid NOT NULL,
    decided_by_id uuid,
    finding_id uuid NOT NULL,
    CONSTRAINT extension_asked_with_reason CHECK ((NOT (reason = ''::text))),
    CONSTRAINT extension_asks_for_later CHECK ((wanted > due_before)),
    CONSTRAINT extension_decided_by_whom_and_why CHECK (((NOT ((state)::text = ANY (ARRAY[('granted'::character varying)::text, ('refused'::character varying)::text]))) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND (NOT (answer = ''::text))))),
    CONSTRAINT extension_granted_until_a_later_day CHECK ((((granted_until > due_before) AND ((state)::text = 'granted'::text)) OR ((NOT ((state)::text = 'granted'::text)) AND (granted_until IS NULL))))
);

CREATE TABLE public.audits_findings_finding (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    grade character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    title character varying(200) NOT NULL,
    statement text NOT NULL,
    evidence text NOT NULL,
    issued_at timestamp with time zone,
    contain_due date,
    plan_due date,
    evidence_due date,
    returned_reason text NOT NULL,
    withdrawn_reason text NOT NULL,
    verification character varying(8) NOT NULL,
    verification_note text NOT NULL,
    closed_at timestamp with time zone,
    disagreement text NOT NULL,
    disagreed_at timestamp with time zone,
    disagreement_answer text NOT NULL,
    audit_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    raised_by_id uuid NOT NULL,
    carried_to_id uuid,
    first_contain_due date,
    first_evidence_due date,
    first_plan_due date,
    grade_reason text NOT NULL,
    on_site boolean NOT NULL,
    repeats_id uuid,
    CONSTRAINT audits_findings_finding_number_check CHECK ((number >= 0)),
    CONSTRAINT disagreement_is_in_words CHECK (((disagreed_at IS NULL) OR (NOT (disagreement = ''::text)))),
    CONSTRAINT finding_closed_has_its_date CHECK (((NOT ((state)::text = 'closed'::text)) OR (closed_at IS NOT NULL))),
    CONSTRAINT finding_closed_says_how_verified CHECK (((NOT (((grade)::text = ANY (ARRAY[('critical'::character varying)::text, ('major'::character varying)::text, ('minor'::character varying)::text])) AND ((state)::text = 'closed'::text))) OR (NOT ((verification)::text = ''::text)))),
    CONSTRAINT finding_past_draft_was_issued CHECK ((((state)::text = 'draft'::text) OR (issued_at IS NOT NULL) OR ((state)::text = 'withdrawn'::text))),
    CONSTRAINT finding_repeats_another CHECK ((NOT ((repeats_id = id) AND (repeats_id IS NOT NULL)))),
    CONSTRAINT finding_returned_with_reason CHECK (((NOT ((state)::text = 'returned'::text)) OR (NOT (returned_reason = ''::text)))),
    CONSTRAINT finding_seen_on_site_is_not_closed_on_the_desk CHECK (((NOT (((grade)::text = ANY (ARRAY[('critical'::character varying)::text, ('major'::character varying)::text, ('minor'::character varying)::text])) AND on_site AND ((state)::text = 'closed'::text))) OR ((verification)::text = 'site'::text))),
    CONSTRAINT finding_withdrawn_with_reason CHECK (((NOT ((state)::text = 'withdrawn'::text)) OR (NOT (withdrawn_reason = ''::text)))),
    CONSTRAINT issued_finding_has_its_clocks CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('withdrawn'::character varying)::text])) OR (NOT ((grade)::text = ANY (ARRAY[('critical'::character varying)::text, ('major'::character varying)::text, ('minor'::character varying)::text]))) OR ((evidence_due IS NOT NULL) AND (plan_due IS NOT NULL))))
);

CREATE TABLE public.audits_findings_finding_evidence_items (
    id bigint NOT NULL,
    finding_id uuid NOT NULL,
    evidence_id uuid NOT NULL
);

ALTER TABLE public.audits_findings_finding_evidence_items ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audits_findings_finding_evidence_items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audits_findings_position (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    turn smallint NOT NULL,
    side character varying(8) NOT NULL,
    words text NOT NULL,
    finding_id uuid NOT NULL,
    said_by_id uuid,
    CONSTRAINT audits_findings_position_turn_check CHECK ((turn >= 0)),
    CONSTRAINT position_is_in_words CHECK ((NOT (words = ''::text))),
    CONSTRAINT position_turns_alternate CHECK (((((side)::text = 'agency'::text) AND (turn = ANY (ARRAY[1, 3]))) OR (((side)::text = 'auditor'::text) AND (turn = 2))))
);

CREATE TABLE public.audits_interviews_employmentcheck (
    id uuid NOT NULL,
    person_mark character varying(64) NOT NULL,
    outcome character varying(16) NOT NULL,
    checked_on date NOT NULL,
    audit_id uuid NOT NULL
);

CREATE TABLE public.audits_interviews_hotlineentry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    country character varying(2) NOT NULL,
    name character varying(200) NOT NULL,
    channel character varying(40) NOT NULL,
    number character varying(80) NOT NULL,
    source character varying(300) NOT NULL,
    entered_on date NOT NULL,
    entered_by_id uuid NOT NULL,
    CONSTRAINT hotline_names_its_source CHECK ((NOT ((source)::text = ''::text)))
);

CREATE TABLE public.audits_interviews_identity (
    id uuid NOT NULL,
    role character varying(16) NOT NULL,
    sealed bytea NOT NULL,
    interview_mark character varying(64) NOT NULL,
    audit_mark character varying(64) NOT NULL,
    person_mark character varying(64) NOT NULL,
    CONSTRAINT identity_has_its_mark CHECK ((NOT ((interview_mark)::text = ''::text)))
);

CREATE TABLE public.audits_interviews_identityaccess (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose character varying(16) NOT NULL,
    reason text NOT NULL,
    shown smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    audit_id uuid NOT NULL,
    CONSTRAINT audits_interviews_identityaccess_shown_check CHECK ((shown >= 0)),
    CONSTRAINT vault_opened_with_reason CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.audits_interviews_interview (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    kind character varying(16) NOT NULL,
    mode character varying(16) NOT NULL,
    place character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    planned_for date NOT NULL,
    held_on date,
    language character varying(8) NOT NULL,
    interpreter character varying(16) NOT NULL,
    sex character varying(8) NOT NULL,
    interviewer_sex character varying(8) NOT NULL,
    wish character varying(16) NOT NULL,
    people smallint NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    employer_code character varying(12) NOT NULL,
    consent_version character varying(12) NOT NULL,
    consent_language character varying(8) NOT NULL,
    consent_given character varying(8) NOT NULL,
    consented_on date,
    stopped_on date,
    stop_reason character varying(16) NOT NULL,
    withdrawn_on date,
    withdraw_reason character varying(16) NOT NULL,
    erased smallint NOT NULL,
    audit_id uuid NOT NULL,
    interviewer_id uuid NOT NULL,
    CONSTRAINT audits_interviews_interview_erased_check CHECK ((erased >= 0)),
    CONSTRAINT audits_interviews_interview_number_check CHECK ((number >= 0)),
    CONSTRAINT audits_interviews_interview_people_check CHECK ((people >= 0)),
    CONSTRAINT held_interview_has_its_day CHECK (((NOT ((state)::text = 'held'::text)) OR (held_on IS NOT NULL))),
    CONSTRAINT interview_corridor_crosses_a_border CHECK ((((origin)::text = ''::text) OR (NOT ((origin)::text = (destination)::text)))),
    CONSTRAINT no_interview_without_consent CHECK (((NOT ((state)::text = ANY (ARRAY[('consented'::character varying)::text, ('held'::character varying)::text]))) OR ((consented_on IS NOT NULL) AND (NOT ((consent_version)::text = ''::text)) AND (NOT ((consent_given)::text = ''::text))))),
    CONSTRAINT only_groups_are_many CHECK (((((mode)::text = 'group'::text) AND (people >= 2) AND (people <= 12)) OR ((NOT ((mode)::text = 'group'::text)) AND (people = 1)))),
    CONSTRAINT stopped_interview_says_why CHECK (((NOT ((state)::text = 'stopped'::text)) OR ((stopped_on IS NOT NULL) AND (NOT ((stop_reason)::text = ''::text))))),
    CONSTRAINT withdrawn_interview_says_why CHECK (((NOT ((state)::text = 'withdrawn'::text)) OR ((withdrawn_on IS NOT NULL) AND (NOT ((withdraw_reason)::text = ''::text)))))
);

CREATE TABLE public.audits_interviews_safeguardcase (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    immediate boolean NOT NULL,
    opened_on date NOT NULL,
    outcome character varying(16) NOT NULL,
    closed_on date,
    interview_id uuid NOT NULL,
    opened_by_id uuid NOT NULL,
    CONSTRAINT safeguarding_ends_with_an_outcome CHECK (((NOT ((state)::text = 'closed'::text)) OR ((closed_on IS NOT NULL) AND (NOT ((outcome)::text = ''::text)))))
);

CREATE TABLE public.audits_interviews_statement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    question character varying(40) NOT NULL,
    guide_version character varying(12) NOT NULL,
    answer character varying(16) NOT NULL,
    note text NOT NULL,
    ilo smallint,
    changed_on date NOT NULL,
    author_id uuid NOT NULL,
    indicator_id uuid,
    interview_id uuid NOT NULL,
    CONSTRAINT audits_interviews_statement_ilo_check CHECK ((ilo >= 0)),
    CONSTRAINT ilo_lists_eleven CHECK (((ilo IS NULL) OR ((ilo >= 1) AND (ilo <= 11)))),
    CONSTRAINT statement_has_an_answer CHECK ((NOT ((answer)::text = ''::text)))
);

CREATE TABLE public.audits_interviews_vaulterasure (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erased smallint NOT NULL,
    "on" date NOT NULL,
    due boolean NOT NULL,
    audit_id uuid NOT NULL,
    CONSTRAINT audits_interviews_vaulterasure_erased_check CHECK ((erased >= 0))
);

CREATE TABLE public.audits_kits_kit (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    state character varying(40) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    base jsonb NOT NULL,
    base_hash character varying(64) NOT NULL,
    signature character varying(128) NOT NULL,
    returned_at timestamp with time zone,
    applied_at timestamp with time zone,
    abandoned_at timestamp with time zone,
    abandoned_reason text NOT NULL,
    applied_by_id uuid,
    audit_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    CONSTRAINT audits_kits_kit_number_check CHECK ((number >= 0)),
    CONSTRAINT kit_applied_says_when_and_by_whom CHECK (((NOT ((state)::text = 'applied'::text)) OR ((applied_at IS NOT NULL) AND (applied_by_id IS NOT NULL) AND (returned_at IS NOT NULL)))),
    CONSTRAINT kit_given_up_says_why CHECK (((NOT ((state)::text = 'abandoned'::text)) OR ((abandoned_at IS NOT NULL) AND (NOT (abandoned_reason = ''::text))))),
    CONSTRAINT kit_returned_has_its_date CHECK (((NOT ((state)::text = 'returned'::text)) OR (returned_at IS NOT NULL)))
);

CREATE TABLE public.audits_kits_kitreturn (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    verdict character varying(16) NOT NULL,
    reason text NOT NULL,
    diff jsonb NOT NULL,
    choices jsonb NOT NULL,
    result jsonb NOT NULL,
    applied_at timestamp with time zone,
    by_id uuid NOT NULL,
    file_id uuid NOT NULL,
    kit_id uuid NOT NULL,
    CONSTRAINT kit_return_applied_was_taken CHECK (((applied_at IS NULL) OR ((verdict)::text = 'taken'::text))),
    CONSTRAINT kit_return_not_taken_says_why CHECK ((((verdict)::text = 'taken'::text) OR (NOT (reason = ''::text))))
);

CREATE TABLE public.audits_kits_seenitem (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    what text NOT NULL,
    file_name character varying(200) NOT NULL,
    taken_on date,
    audit_id uuid NOT NULL,
    indicator_id uuid,
    kit_id uuid NOT NULL,
    noted_by_id uuid NOT NULL,
    evidence_id uuid,
    CONSTRAINT seen_item_says_what CHECK ((NOT (what = ''::text)))
);

CREATE TABLE public.audits_reports_caseexport (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone,
    files_inside integer NOT NULL,
    problem text NOT NULL,
    application_id uuid NOT NULL,
    asked_by_id uuid NOT NULL,
    file_id uuid,
    organisation_id uuid NOT NULL,
    CONSTRAINT audits_reports_caseexport_files_inside_check CHECK ((files_inside >= 0)),
    CONSTRAINT case_export_made_has_its_file CHECK ((((file_id IS NULL) AND (made_at IS NULL)) OR ((file_id IS NOT NULL) AND (made_at IS NOT NULL))))
);

CREATE TABLE public.audits_reports_report (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    summary text NOT NULL,
    strengths text NOT NULL,
    limits text NOT NULL,
    draft_sent_at timestamp with time zone NOT NULL,
    answer_due date NOT NULL,
    agency_answer character varying(16) NOT NULL,
    agency_comment text NOT NULL,
    agency_answered_at timestamp with time zone,
    outcome character varying(16) NOT NULL,
    recommendation text NOT NULL,
    scheme_note text NOT NULL,
    sent_at timestamp with time zone,
    audit_id uuid NOT NULL,
    sent_by_id uuid,
    verified jsonb NOT NULL,
    CONSTRAINT agency_answer_has_its_date CHECK ((((agency_answer)::text = ''::text) OR (agency_answered_at IS NOT NULL))),
    CONSTRAINT sent_report_recommends_and_is_signed CHECK ((((sent_at IS NULL) AND (sent_by_id IS NULL)) OR ((sent_at IS NOT NULL) AND (sent_by_id IS NOT NULL) AND (NOT ((outcome)::text = ''::text)) AND (NOT (recommendation = ''::text)))))
);

CREATE TABLE public.audits_reports_reportfile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    version_id uuid NOT NULL
);

CREATE TABLE public.audits_reports_reportversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    kind character varying(12) NOT NULL,
    content jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    reason text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id uuid NOT NULL,
    report_id uuid NOT NULL,
    CONSTRAINT audits_reports_reportversion_number_check CHECK ((number >= 0)),
    CONSTRAINT changed_report_says_why CHECK (((NOT ((kind)::text = ANY (ARRAY[('revised'::character varying)::text, ('corrected'::character varying)::text]))) OR (NOT (reason = ''::text))))
);

CREATE TABLE public.audits_sampling_frame (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    note text NOT NULL,
    nonce_sealed bytea NOT NULL,
    commitment character varying(64) NOT NULL,
    received_at timestamp with time zone,
    drawn_at timestamp with time zone,
    aside_reason text NOT NULL,
    asked_by_id uuid NOT NULL,
    audit_id uuid NOT NULL,
    CONSTRAINT drawn_list_has_its_time CHECK (((NOT ((state)::text = 'drawn'::text)) OR (drawn_at IS NOT NULL))),
    CONSTRAINT list_set_aside_with_reason CHECK (((NOT ((state)::text = 'aside'::text)) OR (NOT (aside_reason = ''::text)))),
    CONSTRAINT received_list_has_its_time CHECK (((NOT ((state)::text = ANY (ARRAY[('received'::character varying)::text, ('drawn'::character varying)::text]))) OR (received_at IS NOT NULL)))
);

CREATE TABLE public.audits_sampling_framedraft (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sealed bytea NOT NULL,
    rows integer NOT NULL,
    file_sha256 character varying(64) NOT NULL,
    source character varying(16) NOT NULL,
    notes jsonb NOT NULL,
    frame_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    CONSTRAINT audits_sampling_framedraft_rows_check CHECK ((rows >= 0))
);

CREATE TABLE public.audits_sampling_framemember (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    status character varying(16) NOT NULL,
    employer character varying(200) NOT NULL,
    period character varying(7) NOT NULL,
    sex character varying(1) NOT NULL,
    key character varying(64) NOT NULL,
    identity bytea NOT NULL,
    version_id uuid NOT NULL
);

CREATE TABLE public.audits_sampling_frameversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    rows integer NOT NULL,
    content_hash character varying(64) NOT NULL,
    file_sha256 character varying(64) NOT NULL,
    source character varying(16) NOT NULL,
    from_agency boolean NOT NULL,
    frame_id uuid NOT NULL,
    received_by_id uuid NOT NULL,
    CONSTRAINT audits_sampling_frameversion_number_check CHECK ((number >= 0)),
    CONSTRAINT audits_sampling_frameversion_rows_check CHECK ((rows >= 0)),
    CONSTRAINT list_has_rows CHECK ((rows > 0))
);

CREATE TABLE public.audits_sampling_identityopened (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose text NOT NULL,
    actor_id uuid NOT NULL,
    member_id uuid NOT NULL,
    CONSTRAINT name_opened_for_a_purpose CHECK ((NOT (purpose = ''::text)))
);

CREATE TABLE public.audits_sampling_replacement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reason character varying(16) NOT NULL,
    note text NOT NULL,
    actor_id uuid NOT NULL,
    given_up_id uuid NOT NULL,
    taken_id uuid,
    CONSTRAINT other_reason_is_in_words CHECK (((NOT ((reason)::text = 'other'::text)) OR (NOT (note = ''::text))))
);

CREATE TABLE public.audits_sampling_sample (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    floor integer NOT NULL,
    share integer NOT NULL,
    cap integer NOT NULL,
    population integer NOT NULL,
    size integer NOT NULL,
    nonce character varying(64) NOT NULL,
    commitment character varying(64) NOT NULL,
    seed character varying(32) NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    drawn_by_id uuid NOT NULL,
    frame_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT audits_sampling_sample_cap_check CHECK ((cap >= 0)),
    CONSTRAINT audits_sampling_sample_floor_check CHECK ((floor >= 0)),
    CONSTRAINT audits_sampling_sample_population_check CHECK ((population >= 0)),
    CONSTRAINT audits_sampling_sample_share_check CHECK ((share >= 0)),
    CONSTRAINT audits_sampling_sample_size_check CHECK ((size >= 0)),
    CONSTRAINT sample_within_its_list CHECK ((size <= population))
);

CREATE TABLE public.audits_sampling_samplemember (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    place integer NOT NULL,
    way character varying(16) NOT NULL,
    state character varying(40) NOT NULL,
    result character varying(16) NOT NULL,
    result_note text NOT NULL,
    result_at timestamp with time zone,
    member_id uuid NOT NULL,
    result_by_id uuid,
    sample_id uuid NOT NULL,
    stratum_id uuid NOT NULL,
    CONSTRAINT audits_sampling_samplemember_place_check CHECK ((place >= 0)),
    CONSTRAINT item_not_in_order_says_what CHECK ((((result)::text = ANY (ARRAY[(''::character varying)::text, ('in_order'::character varying)::text])) OR (NOT (result_note = ''::text))))
);

CREATE TABLE public.audits_sampling_samplestratum (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    status character varying(16) NOT NULL,
    employer character varying(200) NOT NULL,
    period character varying(7) NOT NULL,
    sex character varying(1) NOT NULL,
    number integer NOT NULL,
    population integer NOT NULL,
    by_rule integer NOT NULL,
    size integer NOT NULL,
    sample_id uuid NOT NULL,
    CONSTRAINT audits_sampling_samplestratum_by_rule_check CHECK ((by_rule >= 0)),
    CONSTRAINT audits_sampling_samplestratum_number_check CHECK ((number >= 0)),
    CONSTRAINT audits_sampling_samplestratum_population_check CHECK ((population >= 0)),
    CONSTRAINT audits_sampling_samplestratum_size_check CHECK ((size >= 0)),
    CONSTRAINT sample_never_larger_than_stratum CHECK ((size <= population)),
    CONSTRAINT stratum_is_only_ever_raised CHECK ((by_rule <= size))
);

CREATE TABLE public.audits_sampling_stratumraise (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    before integer NOT NULL,
    after integer NOT NULL,
    reason text NOT NULL,
    actor_id uuid NOT NULL,
    stratum_id uuid NOT NULL,
    CONSTRAINT audits_sampling_stratumraise_after_check CHECK ((after >= 0)),
    CONSTRAINT audits_sampling_stratumraise_before_check CHECK ((before >= 0)),
    CONSTRAINT raise_goes_up CHECK ((after > before)),
    CONSTRAINT raise_has_a_reason CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.certification_agencies_agency (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    legal_name character varying(300) NOT NULL,
    legal_name_lang character varying(8) NOT NULL,
    registration_number character varying(80) NOT NULL,
    registration_key character varying(240) NOT NULL,
    country character varying(2) NOT NULL,
    kind character varying(12) NOT NULL,
    founded_on date,
    address character varying(4000) NOT NULL,
    city character varying(200) NOT NULL,
    contact_name character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    website character varying(200) NOT NULL,
    sanctions character varying(4) NOT NULL,
    sanctions_text character varying(4000) NOT NULL,
    sanctions_declared_at timestamp with time zone,
    enrolled_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    sanctions_declared_by_id uuid,
    likeness_at timestamp with time zone,
    CONSTRAINT agency_sanctions_signed_and_dated CHECK (((((sanctions)::text = ''::text) AND (sanctions_declared_at IS NULL) AND (sanctions_declared_by_id IS NULL)) OR ((NOT ((sanctions)::text = ''::text)) AND (sanctions_declared_at IS NOT NULL) AND (sanctions_declared_by_id IS NOT NULL)))),
    CONSTRAINT agency_sanctions_told CHECK (((NOT ((sanctions)::text = 'some'::text)) OR (NOT ((sanctions_text)::text = ''::text))))
);

CREATE TABLE public.certification_agencies_agencycorridor (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    agency_id uuid NOT NULL,
    CONSTRAINT agency_corridor_crosses_a_border CHECK ((NOT ((origin)::text = (destination)::text)))
);

CREATE TABLE public.certification_agencies_agencyidentifier (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    scheme character varying(12) NOT NULL,
    country character varying(2) NOT NULL,
    value character varying(80) NOT NULL,
    key character varying(240) NOT NULL,
    agency_id uuid NOT NULL
);

CREATE TABLE public.certification_agencies_agencyname (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(300) NOT NULL,
    lang character varying(8) NOT NULL,
    normal text NOT NULL,
    key character varying(900) NOT NULL,
    agency_id uuid NOT NULL,
    note character varying(200) NOT NULL,
    used_until date
);

CREATE TABLE public.certification_agencies_agencyreader (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.certification_agencies_agencysector (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sector character varying(20) NOT NULL,
    agency_id uuid NOT NULL
);

CREATE TABLE public.certification_agencies_branch (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    city character varying(200) NOT NULL,
    address character varying(4000) NOT NULL,
    responsible character varying(200) NOT NULL,
    agency_id uuid NOT NULL,
    authority_reference character varying(80) NOT NULL,
    phone character varying(40) NOT NULL
);

CREATE TABLE public.certification_agencies_branchperson (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    authority_reference character varying(80) NOT NULL,
    since date,
    until date,
    branch_id uuid NOT NULL,
    CONSTRAINT branch_person_dates_in_order CHECK (((until IS NULL) OR (since IS NULL) OR (until >= since)))
);

CREATE TABLE public.certification_agencies_changedocument (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    report_id uuid NOT NULL
);

CREATE TABLE public.certification_agencies_changereport (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    state character varying(40) NOT NULL,
    seen character varying(300) NOT NULL,
    happened_on date,
    text character varying(4000) NOT NULL,
    due_on date NOT NULL,
    reported_at timestamp with time zone,
    answer character varying(4000) NOT NULL,
    answered_at timestamp with time zone,
    audit_label character varying(200) NOT NULL,
    agency_id uuid NOT NULL,
    answered_by_id uuid,
    reported_by_id uuid,
    CONSTRAINT change_answered_with_reasons CHECK ((((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('reported'::character varying)::text])) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT ((answer)::text = ''::text))))),
    CONSTRAINT change_asked_is_not_reported CHECK (((NOT ((state)::text = 'asked'::text)) OR ((reported_at IS NULL) AND (reported_by_id IS NULL)))),
    CONSTRAINT change_reported_after_it_happened CHECK (((happened_on IS NULL) OR (reported_at IS NULL) OR (happened_on <= ((reported_at AT TIME ZONE 'UTC'::text))::date))),
    CONSTRAINT change_reported_by_someone_with_a_day CHECK (((NOT ((state)::text = ANY (ARRAY[('reported'::character varying)::text, ('noted'::character varying)::text, ('audit_ordered'::character varying)::text]))) OR ((happened_on IS NOT NULL) AND (reported_at IS NOT NULL) AND (reported_by_id IS NOT NULL) AND (NOT ((text)::text = ''::text)))))
);

CREATE TABLE public.certification_agencies_licence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    country character varying(2) NOT NULL,
    authority character varying(200) NOT NULL,
    number character varying(80) NOT NULL,
    number_key character varying(240) NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    reminded_days smallint,
    ended_told_at timestamp with time zone,
    agency_id uuid NOT NULL,
    copy_id uuid,
    lost_at timestamp with time zone,
    lost_why character varying(10) NOT NULL,
    register_says character varying(12) NOT NULL,
    register_told_at timestamp with time zone,
    CONSTRAINT certification_agencies_licence_reminded_days_check CHECK ((reminded_days >= 0)),
    CONSTRAINT licence_dates_in_order CHECK ((valid_to >= valid_from)),
    CONSTRAINT licence_lost_has_day CHECK ((((lost_at IS NULL) AND ((lost_why)::text = ''::text)) OR ((NOT ((lost_why)::text = ''::text)) AND (lost_at IS NOT NULL)))),
    CONSTRAINT licence_register_word_has_day CHECK (((((register_says)::text = ''::text) AND (register_told_at IS NULL)) OR ((NOT ((register_says)::text = ''::text)) AND (register_told_at IS NOT NULL))))
);

CREATE TABLE public.certification_agencies_likenesskey (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(400) NOT NULL,
    words character varying(400) NOT NULL,
    detail character varying(40) NOT NULL,
    agency_id uuid NOT NULL
);

ALTER TABLE public.certification_agencies_likenesskey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_agencies_likenesskey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.certification_agencies_likenesssignal (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reasons jsonb NOT NULL,
    points smallint NOT NULL,
    strength character varying(8) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    settled_reason character varying(4000) NOT NULL,
    settled_at timestamp with time zone,
    settled_codes jsonb NOT NULL,
    agency_id uuid NOT NULL,
    other_id uuid NOT NULL,
    settled_by_id uuid,
    CONSTRAINT certification_agencies_likenesssignal_points_check CHECK ((points >= 0)),
    CONSTRAINT likeness_of_two CHECK ((NOT (agency_id = other_id))),
    CONSTRAINT likeness_settled_by_someone_with_reason CHECK ((((settled_at IS NULL) AND (settled_by_id IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (NOT ((settled_reason)::text = ''::text)) AND (settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL))))
);

CREATE TABLE public.certification_agencies_officer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(300) NOT NULL,
    role character varying(16) NOT NULL,
    share numeric(5,2),
    country character varying(2) NOT NULL,
    birth_year smallint,
    identity_key character varying(64) NOT NULL,
    since date,
    until date,
    agency_id uuid NOT NULL,
    CONSTRAINT certification_agencies_officer_birth_year_check CHECK ((birth_year >= 0)),
    CONSTRAINT officer_born_is_a_person CHECK (((birth_year IS NULL) OR ((kind)::text = 'person'::text))),
    CONSTRAINT officer_dates_in_order CHECK (((until IS NULL) OR (since IS NULL) OR (until >= since))),
    CONSTRAINT officer_share_is_a_part CHECK (((share IS NULL) OR ((share > (0)::numeric) AND (share <= (100)::numeric))))
);

CREATE TABLE public.certification_agencies_relatedcompany (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(300) NOT NULL,
    registration_number character varying(80) NOT NULL,
    registration_key character varying(240) NOT NULL,
    country character varying(2) NOT NULL,
    since date,
    until date,
    agency_id uuid NOT NULL,
    enrolled_id uuid,
    CONSTRAINT related_company_dates_in_order CHECK (((until IS NULL) OR (since IS NULL) OR (until >= since))),
    CONSTRAINT related_company_is_another CHECK (((enrolled_id IS NULL) OR (NOT ((enrolled_id = agency_id) AND (enrolled_id IS NOT NULL)))))
);

CREATE TABLE public.certification_agencies_subagent (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    city character varying(200) NOT NULL,
    licence_number character varying(80) NOT NULL,
    agency_id uuid NOT NULL,
    agreement_id uuid,
    agreement_on date,
    district character varying(200) NOT NULL,
    fee_terms character varying(4000) NOT NULL,
    identity_number character varying(80) NOT NULL,
    parent_id uuid,
    since date,
    until date,
    CONSTRAINT sub_agent_dates_in_order CHECK (((until IS NULL) OR (since IS NULL) OR (until >= since))),
    CONSTRAINT sub_agent_is_not_below_itself CHECK (((parent_id IS NULL) OR (NOT ((parent_id = id) AND (parent_id IS NOT NULL)))))
);

CREATE TABLE public.certification_applications_application (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(40) NOT NULL,
    kind character varying(20) NOT NULL,
    state character varying(40) NOT NULL,
    submitted_at timestamp with time zone,
    scope jsonb NOT NULL,
    invoice_number character varying(60) NOT NULL,
    fee_requested_at timestamp with time zone,
    fee_paid_on date,
    review_due date,
    review_overdue_told_at timestamp with time zone,
    deferred_at timestamp with time zone,
    deferred_until date,
    deferral_reason character varying(8000) NOT NULL,
    information character varying(8000) NOT NULL,
    information_at timestamp with time zone,
    accepted_at timestamp with time zone,
    rejection_reason character varying(8000) NOT NULL,
    withdrawal_reason character varying(8000) NOT NULL,
    audit_began_at timestamp with time zone,
    recommendation jsonb,
    recommended_at timestamp with time zone,
    outcome_reasons character varying(8000) NOT NULL,
    closed_at timestamp with time zone,
    accepted_by_id uuid,
    agency_id uuid NOT NULL,
    assessment_id uuid,
    case_owner_id uuid,
    firm_id uuid,
    opened_by_id uuid NOT NULL,
    submitted_by_id uuid,
    claimed_at timestamp with time zone,
    deferral_extended_at timestamp with time zone,
    deferral_over_told_at timestamp with time zone,
    fee_currency character varying(3) NOT NULL,
    fee_due date,
    fee_minor bigint,
    fee_waived_by_id uuid,
    fee_waived_on date,
    fee_waiver_reason character varying(8000) NOT NULL,
    rejected_by_id uuid,
    renews_id uuid,
    renews_number character varying(40) NOT NULL,
    CONSTRAINT application_accepted_by_someone CHECK (((NOT ((state)::text = ANY (ARRAY[('accepted'::character varying)::text, ('under_audit'::character varying)::text, ('recommended'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text]))) OR ((accepted_at IS NOT NULL) AND (accepted_by_id IS NOT NULL)))),
    CONSTRAINT application_audited_by_a_firm CHECK (((NOT ((state)::text = ANY (ARRAY[('under_audit'::character varying)::text, ('recommended'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text]))) OR ((audit_began_at IS NOT NULL) AND (firm_id IS NOT NULL)))),
    CONSTRAINT application_claim_is_dated CHECK ((((case_owner_id IS NULL) AND (claimed_at IS NULL)) OR ((case_owner_id IS NOT NULL) AND (claimed_at IS NOT NULL)))),
    CONSTRAINT application_closed_is_dated CHECK ((((closed_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('rejected'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('rejected'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))) AND (closed_at IS NULL)))),
    CONSTRAINT application_decided_on_a_recommendation CHECK (((NOT ((state)::text = ANY (ARRAY[('recommended'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text]))) OR ((recommendation IS NOT NULL) AND (recommended_at IS NOT NULL)))),
    CONSTRAINT application_decided_with_reasons CHECK (((NOT ((state)::text = ANY (ARRAY[('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text]))) OR (NOT ((outcome_reasons)::text = ''::text)))),
    CONSTRAINT application_deferral_ends_after_the_fee CHECK (((deferred_until IS NULL) OR (fee_paid_on IS NULL) OR (deferred_until > fee_paid_on))),
    CONSTRAINT application_deferred_with_reason_and_date CHECK (((NOT ((state)::text = 'deferred'::text)) OR ((deferred_at IS NOT NULL) AND (deferred_until IS NOT NULL) AND (NOT ((deferral_reason)::text = ''::text))))),
    CONSTRAINT application_draft_is_not_signed CHECK (((NOT ((state)::text = 'draft'::text)) OR ((submitted_at IS NULL) AND (submitted_by_id IS NULL)))),
    CONSTRAINT application_fee_has_a_currency CHECK (((((fee_currency)::text = ''::text) AND (fee_minor IS NULL)) OR ((fee_minor > 0) AND (NOT ((fee_currency)::text = ''::text))))),
    CONSTRAINT application_fee_pending_has_invoice CHECK (((NOT ((state)::text = 'fee_pending'::text)) OR ((fee_paid_on IS NULL) AND (fee_requested_at IS NOT NULL) AND (NOT ((invoice_number)::text = ''::text))))),
    CONSTRAINT application_rejected_with_reason CHECK (((NOT ((state)::text = 'rejected'::text)) OR (NOT ((rejection_reason)::text = ''::text)))),
    CONSTRAINT application_renewal_names_its_certificate CHECK (((((kind)::text = 'initial'::text) AND (renews_id IS NULL) AND ((renews_number)::text = ''::text)) OR (((kind)::text = 'recertification'::text) AND (renews_id IS NOT NULL) AND (NOT ((renews_number)::text = ''::text))))),
    CONSTRAINT application_reviewed_after_the_fee CHECK (((NOT ((state)::text = ANY (ARRAY[('in_review'::character varying)::text, ('deferred'::character varying)::text, ('rejected'::character varying)::text, ('accepted'::character varying)::text, ('under_audit'::character varying)::text, ('recommended'::character varying)::text, ('granted'::character varying)::text, ('granted_with_conditions'::character varying)::text, ('refused'::character varying)::text]))) OR ((review_due IS NOT NULL) AND (((fee_paid_on IS NOT NULL) AND (NOT ((invoice_number)::text = ''::text))) OR ((fee_waived_by_id IS NOT NULL) AND (fee_waived_on IS NOT NULL) AND (NOT ((fee_waiver_reason)::text = ''::text))))))),
    CONSTRAINT application_sent_is_signed_dated_and_pinned CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('withdrawn'::character varying)::text])) OR ((assessment_id IS NOT NULL) AND (submitted_at IS NOT NULL) AND (submitted_by_id IS NOT NULL)))),
    CONSTRAINT application_waiver_is_signed_and_says_why CHECK ((((fee_waived_by_id IS NULL) AND (fee_waived_on IS NULL) AND ((fee_waiver_reason)::text = ''::text)) OR ((fee_waived_by_id IS NOT NULL) AND (fee_waived_on IS NOT NULL) AND (NOT ((fee_waiver_reason)::text = ''::text))))),
    CONSTRAINT application_withdrawn_with_reason CHECK (((NOT ((state)::text = 'withdrawn'::text)) OR (NOT ((withdrawal_reason)::text = ''::text)))),
    CONSTRAINT certification_applications_application_fee_minor_check CHECK ((fee_minor >= 0))
);

CREATE TABLE public.certification_applications_applicationsequence (
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT certification_applications_applicationsequence_last_check CHECK ((last >= 0)),
    CONSTRAINT certification_applications_applicationsequence_year_check CHECK ((year >= 0))
);

CREATE TABLE public.certification_applications_caseaccess (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.certification_applications_casenote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    text character varying(8000) NOT NULL,
    application_id uuid NOT NULL,
    author_id uuid NOT NULL,
    CONSTRAINT case_note_says_something CHECK ((NOT ((text)::text = ''::text)))
);

CREATE TABLE public.certification_applications_deferral (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    missing character varying(8000) NOT NULL,
    first_due_on date NOT NULL,
    due_on date NOT NULL,
    extended_at timestamp with time zone,
    extension_reason character varying(8000) NOT NULL,
    answered_at timestamp with time zone,
    answer character varying(8000) NOT NULL,
    answered_by_id uuid,
    application_id uuid NOT NULL,
    asked_by_id uuid NOT NULL,
    before_id uuid NOT NULL,
    extended_by_id uuid,
    reopened_id uuid,
    CONSTRAINT certification_applications_deferral_number_check CHECK ((number >= 0)),
    CONSTRAINT deferral_answer_is_signed CHECK (((((answer)::text = ''::text) AND (answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT ((answer)::text = ''::text))))),
    CONSTRAINT deferral_extension_is_signed_and_later CHECK ((((due_on = first_due_on) AND (extended_at IS NULL) AND (extended_by_id IS NULL) AND ((extension_reason)::text = ''::text)) OR ((due_on > first_due_on) AND (extended_at IS NOT NULL) AND (extended_by_id IS NOT NULL) AND (NOT ((extension_reason)::text = ''::text))))),
    CONSTRAINT deferral_says_what_is_missing CHECK ((NOT ((missing)::text = ''::text)))
);

CREATE TABLE public.certification_applications_deferralflag (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    note character varying(2000) NOT NULL,
    deferral_id uuid NOT NULL,
    indicator_id uuid,
    CONSTRAINT deferral_flag_says_why CHECK ((NOT ((note)::text = ''::text)))
);

CREATE TABLE public.certification_applications_letter (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    kind character varying(20) NOT NULL,
    language character varying(10) NOT NULL,
    addressee character varying(300) NOT NULL,
    subject character varying(300) NOT NULL,
    text text NOT NULL,
    edited boolean NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL,
    sent_by_id uuid,
    CONSTRAINT certification_applications_letter_number_check CHECK ((number >= 0)),
    CONSTRAINT letter_says_something CHECK (((NOT (text = ''::text)) AND (NOT ((subject)::text = ''::text))))
);

CREATE TABLE public.certification_applications_letterfile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    letter_id uuid NOT NULL
);

CREATE TABLE public.certification_assessments_answer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    value character varying(10) NOT NULL,
    maturity smallint,
    reason text NOT NULL,
    comment text NOT NULL,
    due_on date,
    asked_at timestamp with time zone,
    plan_action text NOT NULL,
    plan_owner character varying(200) NOT NULL,
    plan_due_on date,
    version integer NOT NULL,
    carried boolean NOT NULL,
    flagged boolean NOT NULL,
    updated_at timestamp with time zone,
    indicator_id uuid NOT NULL,
    owner_id uuid,
    updated_by_id uuid,
    assessment_id uuid NOT NULL,
    before_id uuid,
    flag_note text NOT NULL,
    reminded_on date,
    CONSTRAINT answer_flagged_has_a_note CHECK ((((flag_note = ''::text) AND (NOT flagged)) OR (flagged AND (NOT (flag_note = ''::text))))),
    CONSTRAINT answer_maturity_0_to_4 CHECK (((maturity IS NULL) OR ((maturity >= 0) AND (maturity <= 4)))),
    CONSTRAINT answer_not_applicable_has_no_maturity CHECK (((NOT ((value)::text = 'na'::text)) OR (maturity IS NULL))),
    CONSTRAINT answer_value_is_known CHECK ((((value)::text = ''::text) OR ((value)::text = ANY (ARRAY[('yes'::character varying)::text, ('partly'::character varying)::text, ('no'::character varying)::text, ('na'::character varying)::text])))),
    CONSTRAINT certification_assessments_answer_maturity_check CHECK ((maturity >= 0)),
    CONSTRAINT certification_assessments_answer_version_check CHECK ((version >= 0))
);

CREATE TABLE public.certification_assessments_answerevidence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    answer_id uuid NOT NULL,
    evidence_id uuid NOT NULL
);

CREATE TABLE public.certification_assessments_assessment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cycle smallint NOT NULL,
    revision smallint NOT NULL,
    state character varying(40) NOT NULL,
    due_on date,
    frozen_at timestamp with time zone,
    declaration_name character varying(200) NOT NULL,
    declaration_role character varying(200) NOT NULL,
    declaration_text text NOT NULL,
    content_hash character varying(64) NOT NULL,
    agency_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    frozen_by_id uuid,
    previous_id uuid,
    started_by_id uuid NOT NULL,
    ledger_flagged boolean NOT NULL,
    ledger_note text NOT NULL,
    reopen_reason text NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT assessment_frozen_is_signed CHECK (((((content_hash)::text = ''::text) AND (declaration_text = ''::text) AND (frozen_at IS NULL) AND (frozen_by_id IS NULL) AND ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('reopened'::character varying)::text, ('withdrawn'::character varying)::text]))) OR (((state)::text = ANY (ARRAY[('frozen'::character varying)::text, ('superseded'::character varying)::text])) AND (frozen_at IS NOT NULL) AND (frozen_by_id IS NOT NULL) AND (NOT ((content_hash)::text = ''::text)) AND (NOT ((declaration_name)::text = ''::text)) AND (NOT (declaration_text = ''::text))))),
    CONSTRAINT assessment_not_its_own_previous CHECK ((NOT ((id = previous_id) AND (previous_id IS NOT NULL)))),
    CONSTRAINT assessment_reopened_says_why CHECK (((NOT ((state)::text = 'reopened'::text)) OR ((NOT (reopen_reason = ''::text)) AND (due_on IS NOT NULL) AND (previous_id IS NOT NULL)))),
    CONSTRAINT assessment_withdrawn_has_date CHECK (((((state)::text = 'withdrawn'::text) AND (withdrawn_at IS NOT NULL)) OR ((NOT ((state)::text = 'withdrawn'::text)) AND (withdrawn_at IS NULL)))),
    CONSTRAINT certification_assessments_assessment_cycle_check CHECK ((cycle >= 0)),
    CONSTRAINT certification_assessments_assessment_revision_check CHECK ((revision >= 0))
);

CREATE TABLE public.certification_assessments_assessmentreader (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    assessment_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.certification_assessments_corridorcost (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    retired_reason text NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    sector character varying(20) NOT NULL,
    category character varying(2) NOT NULL,
    name character varying(200) NOT NULL,
    currency character varying(3) NOT NULL,
    low_minor bigint NOT NULL,
    typical_minor bigint NOT NULL,
    high_minor bigint NOT NULL,
    source character varying(300) NOT NULL,
    draft boolean NOT NULL,
    added_by_id uuid,
    retired_by_id uuid,
    CONSTRAINT corridorcost_category_is_legitimate CHECK (((category)::text = ANY (ARRAY[('F1'::character varying)::text, ('F2'::character varying)::text, ('F3'::character varying)::text, ('F4'::character varying)::text, ('C1'::character varying)::text, ('C2'::character varying)::text, ('C3'::character varying)::text, ('C4'::character varying)::text, ('C5'::character varying)::text, ('C6'::character varying)::text, ('C7'::character varying)::text]))),
    CONSTRAINT corridorcost_low_typical_high CHECK (((high_minor >= typical_minor) AND (low_minor >= 0) AND (typical_minor >= low_minor))),
    CONSTRAINT corridorcost_retired_with_reason CHECK ((((retired_at IS NULL) AND (retired_reason = ''::text)) OR ((retired_at IS NOT NULL) AND (NOT (retired_reason = ''::text))))),
    CONSTRAINT corridorcost_two_countries CHECK ((NOT ((origin)::text = (destination)::text)))
);

CREATE TABLE public.certification_assessments_costline (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    category character varying(2) NOT NULL,
    label character varying(200) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    should_pay character varying(10) NOT NULL,
    paid_by character varying(10) NOT NULL,
    paid_by_name character varying(200) NOT NULL,
    lawful character varying(10) NOT NULL,
    law_reference character varying(300) NOT NULL,
    exception_reason character varying(20) NOT NULL,
    exception_note text NOT NULL,
    response text NOT NULL,
    repaid_how text NOT NULL,
    repaid_by character varying(10) NOT NULL,
    repaid_on date,
    answered_at timestamp with time zone,
    version integer NOT NULL,
    answered_by_id uuid,
    proof_id uuid,
    job_order_id uuid NOT NULL,
    answered_minor bigint,
    share_agency_minor bigint,
    share_employer_minor bigint,
    share_other_minor bigint,
    share_worker_minor bigint,
    CONSTRAINT certification_assessments_costline_version_check CHECK ((version >= 0)),
    CONSTRAINT costline_amount_is_positive CHECK ((amount_minor > 0)),
    CONSTRAINT costline_answer_has_a_person CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT costline_category_is_known CHECK (((category)::text = ANY (ARRAY[('F1'::character varying)::text, ('F2'::character varying)::text, ('F3'::character varying)::text, ('F4'::character varying)::text, ('C1'::character varying)::text, ('C2'::character varying)::text, ('C3'::character varying)::text, ('C4'::character varying)::text, ('C5'::character varying)::text, ('C6'::character varying)::text, ('C7'::character varying)::text, ('X'::character varying)::text]))),
    CONSTRAINT costline_payers_are_known CHECK ((((paid_by)::text = ANY (ARRAY[('employer'::character varying)::text, ('agency'::character varying)::text, ('worker'::character varying)::text, ('other'::character varying)::text, ('shared'::character varying)::text])) AND ((should_pay)::text = ANY (ARRAY[('employer'::character varying)::text, ('agency'::character varying)::text, ('worker'::character varying)::text, ('other'::character varying)::text])))),
    CONSTRAINT costline_repayer_is_one CHECK ((((repaid_by)::text = ''::text) OR ((repaid_by)::text = ANY (ARRAY[('employer'::character varying)::text, ('agency'::character varying)::text, ('worker'::character varying)::text, ('other'::character varying)::text])))),
    CONSTRAINT costline_shares_add_up CHECK ((((NOT ((paid_by)::text = 'shared'::text)) AND (share_agency_minor IS NULL) AND (share_employer_minor IS NULL) AND (share_other_minor IS NULL) AND (share_worker_minor IS NULL)) OR ((amount_minor = (((share_employer_minor + share_agency_minor) + share_worker_minor) + share_other_minor)) AND ((paid_by)::text = 'shared'::text) AND (share_agency_minor >= 0) AND (share_employer_minor >= 0) AND (share_other_minor >= 0) AND (share_worker_minor >= 0)))),
    CONSTRAINT costline_worker_never_repays CHECK ((NOT ((repaid_by)::text = 'worker'::text)))
);

CREATE TABLE public.certification_assessments_delegation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    section character varying(12) NOT NULL,
    email character varying(254) NOT NULL,
    due_on date NOT NULL,
    note text NOT NULL,
    reminded_on date,
    ended_at timestamp with time zone,
    asked_by_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT delegation_names_someone CHECK (((person_id IS NOT NULL) OR (NOT ((email)::text = ''::text))))
);

CREATE TABLE public.certification_assessments_dismissal (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    rule character varying(40) NOT NULL,
    subject character varying(60) NOT NULL,
    mark character varying(64) NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    assessment_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT dismissal_has_a_reason CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.certification_assessments_editionmove (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kept smallint NOT NULL,
    reworded jsonb NOT NULL,
    added jsonb NOT NULL,
    assessment_id uuid NOT NULL,
    from_edition_id uuid NOT NULL,
    moved_by_id uuid,
    to_edition_id uuid NOT NULL,
    CONSTRAINT certification_assessments_editionmove_kept_check CHECK ((kept >= 0)),
    CONSTRAINT edition_move_goes_on CHECK ((NOT (from_edition_id = to_edition_id)))
);

CREATE TABLE public.certification_assessments_employerrequest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    due_on date NOT NULL,
    told_at timestamp with time zone,
    reminded_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    asked_by_id uuid NOT NULL,
    job_order_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.certification_assessments_employerstatement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    line_id uuid NOT NULL,
    fingerprint character varying(64) NOT NULL,
    shown jsonb NOT NULL,
    verdict character varying(10) NOT NULL,
    reason text NOT NULL,
    own_minor bigint,
    own_currency character varying(3) NOT NULL,
    proof_id uuid,
    request_id uuid NOT NULL,
    said_by_id uuid NOT NULL,
    CONSTRAINT employerstatement_dispute_has_a_reason CHECK ((((own_minor IS NULL) AND ((verdict)::text = 'confirmed'::text)) OR (((verdict)::text = 'disputed'::text) AND (NOT (reason = ''::text))))),
    CONSTRAINT employerstatement_figure_has_a_currency CHECK (((((own_currency)::text = ''::text) AND (own_minor IS NULL)) OR ((own_minor >= 0) AND (NOT ((own_currency)::text = ''::text))))),
    CONSTRAINT employerstatement_verdict_is_known CHECK (((verdict)::text = ANY (ARRAY[('confirmed'::character varying)::text, ('disputed'::character varying)::text])))
);

CREATE TABLE public.certification_assessments_evidence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    title character varying(200) NOT NULL,
    kind character varying(20) NOT NULL,
    valid_until date,
    added_by_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    file_id uuid NOT NULL,
    effective_from date,
    number smallint NOT NULL,
    replaces_id uuid,
    CONSTRAINT certification_assessments_evidence_number_check CHECK ((number >= 0)),
    CONSTRAINT evidence_begins_before_it_ends CHECK (((effective_from IS NULL) OR (valid_until IS NULL) OR (valid_until >= effective_from))),
    CONSTRAINT evidence_has_a_title CHECK ((NOT ((title)::text = ''::text))),
    CONSTRAINT evidence_number_counts_versions CHECK ((((number = 1) AND (replaces_id IS NULL)) OR ((number > 1) AND (replaces_id IS NOT NULL))))
);

CREATE TABLE public.certification_assessments_exchangerate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    retired_reason text NOT NULL,
    currency character varying(3) NOT NULL,
    per_usd numeric(24,10) NOT NULL,
    rate_on date NOT NULL,
    source character varying(300) NOT NULL,
    draft boolean NOT NULL,
    added_by_id uuid,
    retired_by_id uuid,
    CONSTRAINT exchangerate_is_positive CHECK ((per_usd > (0)::numeric)),
    CONSTRAINT exchangerate_retired_with_reason CHECK ((((retired_at IS NULL) AND (retired_reason = ''::text)) OR ((retired_at IS NOT NULL) AND (NOT (retired_reason = ''::text))))),
    CONSTRAINT exchangerate_usd_is_the_measure CHECK ((NOT ((currency)::text = 'USD'::text)))
);

CREATE TABLE public.certification_assessments_joborder (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(60) NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    employer_name character varying(200) NOT NULL,
    workers integer NOT NULL,
    currency character varying(3) NOT NULL,
    assessment_id uuid NOT NULL,
    price_answer text NOT NULL,
    price_answered_at timestamp with time zone,
    price_answered_by_id uuid,
    sector character varying(20) NOT NULL,
    wage_currency character varying(3) NOT NULL,
    wage_minor bigint,
    CONSTRAINT certification_assessments_joborder_workers_check CHECK ((workers >= 0)),
    CONSTRAINT joborder_corridor_is_two_countries CHECK ((NOT ((origin)::text = (destination)::text))),
    CONSTRAINT joborder_has_workers CHECK ((workers >= 1)),
    CONSTRAINT joborder_price_answer_has_a_person CHECK ((((price_answer = ''::text) AND (price_answered_at IS NULL) AND (price_answered_by_id IS NULL)) OR ((NOT (price_answer = ''::text)) AND (price_answered_at IS NOT NULL) AND (price_answered_by_id IS NOT NULL)))),
    CONSTRAINT joborder_wage_has_a_currency CHECK (((((wage_currency)::text = ''::text) AND (wage_minor IS NULL)) OR ((wage_minor > 0) AND (NOT ((wage_currency)::text = ''::text)))))
);

CREATE TABLE public.certification_assessments_labelterm (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    retired_reason text NOT NULL,
    term character varying(120) NOT NULL,
    lang character varying(12) NOT NULL,
    script character varying(4) NOT NULL,
    kind character varying(20) NOT NULL,
    category character varying(2) NOT NULL,
    why text NOT NULL,
    source character varying(300) NOT NULL,
    reviewed boolean NOT NULL,
    added_by_id uuid,
    retired_by_id uuid,
    CONSTRAINT labelterm_has_words CHECK (((NOT ((term)::text = ''::text)) AND (NOT (why = ''::text)))),
    CONSTRAINT labelterm_kind_is_known CHECK (((kind)::text = ANY (ARRAY[('bond'::character varying)::text, ('runaway'::character varying)::text, ('investment'::character varying)::text, ('processing'::character varying)::text, ('service'::character varying)::text, ('recovery'::character varying)::text, ('bribe'::character varying)::text, ('penalty'::character varying)::text, ('optional'::character varying)::text, ('vague'::character varying)::text]))),
    CONSTRAINT labelterm_retired_with_reason CHECK ((((retired_at IS NULL) AND (retired_reason = ''::text)) OR ((retired_at IS NOT NULL) AND (NOT (retired_reason = ''::text)))))
);

CREATE TABLE public.certification_assessments_setaside (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    went_to character varying(16) NOT NULL,
    why character varying(400) NOT NULL,
    value character varying(10) NOT NULL,
    maturity smallint,
    reason text NOT NULL,
    comment text NOT NULL,
    plan_action text NOT NULL,
    plan_owner character varying(200) NOT NULL,
    plan_due_on date,
    documents jsonb NOT NULL,
    indicator_id uuid NOT NULL,
    move_id uuid NOT NULL,
    CONSTRAINT certification_assessments_setaside_maturity_check CHECK ((maturity >= 0))
);

CREATE TABLE public.certification_assessments_workbookreturn (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(150) NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows jsonb NOT NULL,
    assessment_id uuid NOT NULL,
    uploaded_by_id uuid NOT NULL
);

CREATE TABLE public.certification_certificates_auditorder (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    reason text NOT NULL,
    source_label character varying(60) NOT NULL,
    source_id uuid,
    ordered_by_name character varying(300) NOT NULL,
    ordered_on date NOT NULL,
    due_on date NOT NULL,
    told_from date NOT NULL,
    state character varying(40) NOT NULL,
    held_on date,
    outcome character varying(12) NOT NULL,
    firm_id uuid,
    note text NOT NULL,
    certificate_id uuid NOT NULL,
    window_id uuid,
    CONSTRAINT audit_order_held_is_dated CHECK (((((state)::text = 'held'::text) AND (held_on IS NOT NULL) AND (NOT ((outcome)::text = ''::text))) OR ((NOT ((state)::text = 'held'::text)) AND (held_on IS NULL) AND ((outcome)::text = ''::text)))),
    CONSTRAINT audit_order_lies_ahead CHECK ((due_on >= ordered_on)),
    CONSTRAINT audit_order_says_why CHECK ((NOT (reason = ''::text))),
    CONSTRAINT audit_order_told_between CHECK (((told_from >= ordered_on) AND (told_from <= due_on)))
);

CREATE TABLE public.certification_certificates_certificate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(40) NOT NULL,
    number_plain character varying(40) NOT NULL,
    number_alike character varying(40) NOT NULL,
    revision smallint NOT NULL,
    scope_change character varying(12) NOT NULL,
    legal_name character varying(600) NOT NULL,
    legal_name_lang character varying(8) NOT NULL,
    other_names jsonb NOT NULL,
    registration_number character varying(200) NOT NULL,
    country character varying(2) NOT NULL,
    city character varying(200) NOT NULL,
    address character varying(1000) NOT NULL,
    sectors character varying(20)[] NOT NULL,
    branches jsonb NOT NULL,
    sub_agents integer NOT NULL,
    firm_id uuid,
    firm_name character varying(600) NOT NULL,
    stage2_ended_on date,
    decided_on date NOT NULL,
    decided_by_name character varying(300) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    issued_by_name character varying(300) NOT NULL,
    effective_on date NOT NULL,
    expires_on date NOT NULL,
    state character varying(40) NOT NULL,
    state_since date NOT NULL,
    suspended_on date,
    ended_on date,
    reason_code character varying(24) NOT NULL,
    state_reason text NOT NULL,
    public_note text NOT NULL,
    agency_id uuid NOT NULL,
    application_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    pdf_id uuid,
    replaces_id uuid,
    rule character varying(24) NOT NULL,
    settled_by_id uuid,
    suspension_ends_on date,
    CONSTRAINT certificate_effective_not_before_decision CHECK ((effective_on >= decided_on)),
    CONSTRAINT certificate_ended_is_dated CHECK (((((state)::text = ANY (ARRAY[('expired'::character varying)::text, ('withdrawn'::character varying)::text, ('relinquished'::character varying)::text, ('superseded'::character varying)::text])) AND (ended_on IS NOT NULL)) OR (((state)::text = ANY (ARRAY[('active'::character varying)::text, ('conditional'::character varying)::text, ('suspended'::character varying)::text])) AND (ended_on IS NULL)))),
    CONSTRAINT certificate_expires_after_effective CHECK ((expires_on > effective_on)),
    CONSTRAINT certificate_is_signed CHECK (((NOT ((decided_by_name)::text = ''::text)) AND (NOT ((issued_by_name)::text = ''::text)))),
    CONSTRAINT certificate_revision_replaces_one CHECK ((((replaces_id IS NULL) AND (revision = 1)) OR ((replaces_id IS NOT NULL) AND (revision > 1)))),
    CONSTRAINT certificate_suspended_is_dated CHECK (((((state)::text = 'suspended'::text) AND (suspended_on IS NOT NULL)) OR ((NOT ((state)::text = 'suspended'::text)) AND (suspended_on IS NULL)))),
    CONSTRAINT certificate_suspension_has_an_end CHECK ((((suspended_on IS NULL) AND (suspension_ends_on IS NULL)) OR ((suspended_on IS NOT NULL) AND (suspension_ends_on > suspended_on)))),
    CONSTRAINT certificate_suspension_says_why CHECK (((NOT ((state)::text = ANY (ARRAY[('suspended'::character varying)::text, ('withdrawn'::character varying)::text]))) OR ((NOT ((reason_code)::text = ''::text)) AND (NOT (state_reason = ''::text)) AND (NOT (public_note = ''::text))))),
    CONSTRAINT certification_certificates_certificate_revision_check CHECK ((revision >= 0)),
    CONSTRAINT certification_certificates_certificate_sub_agents_check CHECK ((sub_agents >= 0))
);

CREATE TABLE public.certification_certificates_certificatechange (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state character varying(16) NOT NULL,
    "on" date NOT NULL,
    at timestamp with time zone NOT NULL,
    what character varying(200) NOT NULL,
    reason_code character varying(24) NOT NULL,
    public_note text NOT NULL,
    certificate_id uuid NOT NULL
);

CREATE TABLE public.certification_certificates_certificatecondition (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    text character varying(1000) NOT NULL,
    due_on date NOT NULL,
    met_on date,
    met_note character varying(1000) NOT NULL,
    certificate_id uuid NOT NULL,
    CONSTRAINT certificate_condition_met_says_how CHECK (((((met_note)::text = ''::text) AND (met_on IS NULL)) OR ((met_on IS NOT NULL) AND (NOT ((met_note)::text = ''::text))))),
    CONSTRAINT certificate_condition_says_what CHECK ((NOT ((text)::text = ''::text))),
    CONSTRAINT certification_certificates_certificatecondition_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.certification_certificates_certificatecorridor (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    certificate_id uuid NOT NULL,
    CONSTRAINT certificate_corridor_crosses_a_border CHECK ((NOT ((origin)::text = (destination)::text)))
);

CREATE TABLE public.certification_certificates_decisiondeferral (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    questions text NOT NULL,
    due_on date NOT NULL,
    answered_at timestamp with time zone,
    answer text NOT NULL,
    answered_by_id uuid,
    application_id uuid NOT NULL,
    asked_by_id uuid NOT NULL,
    CONSTRAINT decision_deferral_answer_is_signed CHECK ((((answer = ''::text) AND (answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT (answer = ''::text))))),
    CONSTRAINT decision_deferral_asks_something CHECK ((NOT (questions = ''::text)))
);

CREATE TABLE public.certification_certificates_licencereview (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    licence_id uuid NOT NULL,
    licence_text character varying(400) NOT NULL,
    why character varying(12) NOT NULL,
    opened_on date NOT NULL,
    due_on date NOT NULL,
    state character varying(40) NOT NULL,
    closed_on date,
    certificate_id uuid NOT NULL,
    CONSTRAINT licence_review_closed_is_dated CHECK ((((closed_on IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (closed_on IS NOT NULL)))),
    CONSTRAINT licence_review_has_time CHECK ((due_on > opened_on)),
    CONSTRAINT licence_review_lapses_after_its_time CHECK (((NOT ((state)::text = 'lapsed'::text)) OR (closed_on > due_on)))
);

CREATE TABLE public.certification_certificates_marklicence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(40) NOT NULL,
    terms_version smallint NOT NULL,
    terms_sha256 character varying(64) NOT NULL,
    accepted_by_name character varying(300) NOT NULL,
    accepted_on date NOT NULL,
    accepted_by_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    CONSTRAINT certification_certificates_marklicence_terms_version_check CHECK ((terms_version >= 0))
);

CREATE TABLE public.certification_certificates_misusecase (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(24) NOT NULL,
    reported_on date NOT NULL,
    what text NOT NULL,
    "where" character varying(1000) NOT NULL,
    state character varying(40) NOT NULL,
    due_on date,
    closed_on date,
    note text NOT NULL,
    agency_id uuid NOT NULL,
    decision_id uuid,
    evidence_id uuid,
    reported_by_id uuid NOT NULL,
    CONSTRAINT misuse_escalated_leads_to_a_proposal CHECK (((NOT ((state)::text = 'escalated'::text)) OR (decision_id IS NOT NULL))),
    CONSTRAINT misuse_open_has_a_clock CHECK ((((closed_on IS NULL) AND (due_on IS NOT NULL) AND ((state)::text = ANY (ARRAY[('reported'::character varying)::text, ('being_checked'::character varying)::text, ('takedown_asked'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('reported'::character varying)::text, ('being_checked'::character varying)::text, ('takedown_asked'::character varying)::text]))) AND (closed_on IS NOT NULL)))),
    CONSTRAINT misuse_says_what_and_where CHECK (((NOT (what = ''::text)) AND (NOT (("where")::text = ''::text))))
);

CREATE TABLE public.certification_certificates_numberseries (
    name character varying(40) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT certification_certificates_numberseries_last_check CHECK ((last >= 0))
);

CREATE TABLE public.certification_certificates_surveillancewindow (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    due_on date NOT NULL,
    state character varying(40) NOT NULL,
    held_on date,
    agency_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    CONSTRAINT certification_certificates_surveillancewindow_position_check CHECK (("position" >= 0)),
    CONSTRAINT surveillance_held_in_time CHECK (((NOT ((state)::text = 'held'::text)) OR (held_on <= due_on))),
    CONSTRAINT surveillance_held_is_dated CHECK ((((held_on IS NOT NULL) AND ((state)::text = ANY (ARRAY[('held'::character varying)::text, ('made_up'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('held'::character varying)::text, ('made_up'::character varying)::text]))) AND (held_on IS NULL))))
);

CREATE TABLE public.certification_credentials_credential (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    firm_id uuid,
    jwt text NOT NULL,
    sha256 character varying(64) NOT NULL,
    jwt_w3c text NOT NULL,
    sha256_w3c character varying(64) NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_until timestamp with time zone,
    revocation_index integer NOT NULL,
    suspension_index integer NOT NULL,
    suspended_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoked_because character varying(20) NOT NULL,
    certificate_id uuid,
    key_id uuid NOT NULL,
    revocation_list_id uuid NOT NULL,
    suspension_list_id uuid NOT NULL,
    CONSTRAINT certification_credentials_credential_revocation_index_check CHECK ((revocation_index >= 0)),
    CONSTRAINT certification_credentials_credential_suspension_index_check CHECK ((suspension_index >= 0)),
    CONSTRAINT credential_is_about_one_thing CHECK ((((certificate_id IS NOT NULL) AND (firm_id IS NULL) AND ((kind)::text = 'conformity'::text)) OR ((certificate_id IS NULL) AND (firm_id IS NOT NULL) AND ((kind)::text = 'identity'::text)))),
    CONSTRAINT credential_revoked_says_why CHECK ((((revoked_at IS NULL) AND ((revoked_because)::text = ''::text)) OR ((revoked_at IS NOT NULL) AND (NOT ((revoked_because)::text = ''::text)))))
);

CREATE TABLE public.certification_credentials_schemekey (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    use character varying(12) NOT NULL,
    algorithm character varying(8) NOT NULL,
    name character varying(64) NOT NULL,
    public_jwk jsonb NOT NULL,
    private_sealed bytea,
    certificate_pem text NOT NULL,
    made_by_name character varying(300) NOT NULL,
    reason character varying(1000) NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT scheme_key_of_documents_has_a_certificate CHECK (((((use)::text = 'document'::text) AND (NOT (certificate_pem = ''::text))) OR ((NOT ((use)::text = 'document'::text)) AND (certificate_pem = ''::text)))),
    CONSTRAINT scheme_key_retired_cannot_sign CHECK ((((private_sealed IS NOT NULL) AND (retired_at IS NULL)) OR ((private_sealed IS NULL) AND (retired_at IS NOT NULL)))),
    CONSTRAINT scheme_key_says_why CHECK ((NOT ((reason)::text = ''::text)))
);

CREATE TABLE public.certification_credentials_statuslist (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose character varying(12) NOT NULL,
    number integer NOT NULL,
    size integer NOT NULL,
    taken integer NOT NULL,
    changes bigint NOT NULL,
    built_changes bigint NOT NULL,
    built_at timestamp with time zone,
    jwt text NOT NULL,
    CONSTRAINT certification_credentials_statuslist_built_changes_check CHECK ((built_changes >= 0)),
    CONSTRAINT certification_credentials_statuslist_changes_check CHECK ((changes >= 0)),
    CONSTRAINT certification_credentials_statuslist_number_check CHECK ((number >= 0)),
    CONSTRAINT certification_credentials_statuslist_size_check CHECK ((size >= 0)),
    CONSTRAINT certification_credentials_statuslist_taken_check CHECK ((taken >= 0)),
    CONSTRAINT status_list_hides_among_many CHECK ((size >= 131072)),
    CONSTRAINT status_list_not_ahead CHECK ((built_changes <= changes))
);

CREATE TABLE public.certification_decisions_appeal (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    grounds text NOT NULL,
    state character varying(40) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    acknowledge_by date NOT NULL,
    due_on date NOT NULL,
    votes_needed smallint NOT NULL,
    acknowledged_at timestamp with time zone,
    decided_at timestamp with time zone,
    agency_id uuid NOT NULL,
    decided_by_id uuid,
    decision_id uuid NOT NULL,
    document_id uuid,
    received_from_id uuid NOT NULL,
    CONSTRAINT appeal_answered_is_signed CHECK ((((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('upheld'::character varying)::text, ('dismissed'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('upheld'::character varying)::text, ('dismissed'::character varying)::text]))) AND (decided_at IS NULL) AND (decided_by_id IS NULL)))),
    CONSTRAINT appeal_has_grounds CHECK ((NOT (grounds = ''::text))),
    CONSTRAINT appeal_heard_is_acknowledged CHECK (((NOT ((state)::text = 'in_hearing'::text)) OR (acknowledged_at IS NOT NULL))),
    CONSTRAINT appeal_state_known CHECK (((state)::text = ANY (ARRAY[('received'::character varying)::text, ('in_hearing'::character varying)::text, ('upheld'::character varying)::text, ('dismissed'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT appeal_votes_counted CHECK (((votes_needed >= 1) AND (votes_needed <= 9))),
    CONSTRAINT certification_decisions_appeal_votes_needed_check CHECK ((votes_needed >= 0))
);

CREATE TABLE public.certification_decisions_bar (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(16) NOT NULL,
    since date NOT NULL,
    until date,
    source character varying(200) NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT bar_ends_after_it_begins CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT bar_has_a_source CHECK ((NOT ((source)::text = ''::text))),
    CONSTRAINT bar_kind_known CHECK (((kind)::text = ANY (ARRAY[('audited'::character varying)::text, ('trained'::character varying)::text, ('advised'::character varying)::text, ('employed'::character varying)::text, ('conflict'::character varying)::text])))
);

CREATE TABLE public.certification_decisions_decision (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    subject_label character varying(60) NOT NULL,
    subject_id uuid NOT NULL,
    question character varying(300) NOT NULL,
    facts jsonb NOT NULL,
    state character varying(40) NOT NULL,
    outcome character varying(40) NOT NULL,
    reasons text NOT NULL,
    decided_at timestamp with time zone,
    agency_id uuid NOT NULL,
    decided_by_id uuid,
    due_on date,
    four_eyes boolean NOT NULL,
    opened_by_id uuid,
    proposal jsonb,
    votes_needed smallint NOT NULL,
    CONSTRAINT certification_decisions_decision_votes_needed_check CHECK ((votes_needed >= 0)),
    CONSTRAINT decision_decided_is_signed CHECK ((((state)::text = ANY (ARRAY[('open'::character varying)::text, ('voting'::character varying)::text])) OR ((NOT ((outcome)::text = ''::text)) AND (NOT (reasons = ''::text)) AND (decided_by_id IS NOT NULL) AND (decided_at IS NOT NULL)))),
    CONSTRAINT decision_needs_a_vote CHECK (((votes_needed >= 1) AND (votes_needed <= 9))),
    CONSTRAINT decision_state_known CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('voting'::character varying)::text, ('decided'::character varying)::text, ('appealed'::character varying)::text, ('upheld'::character varying)::text, ('overturned'::character varying)::text]))),
    CONSTRAINT decision_undecided_is_blank CHECK (((NOT ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('voting'::character varying)::text]))) OR ((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((outcome)::text = ''::text) AND (reasons = ''::text))))
);

CREATE TABLE public.certification_decisions_vote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    outcome character varying(40) NOT NULL,
    reasons text NOT NULL,
    at timestamp with time zone NOT NULL,
    appeal_id uuid,
    decision_id uuid,
    person_id uuid NOT NULL,
    CONSTRAINT vote_has_outcome CHECK ((NOT ((outcome)::text = ''::text))),
    CONSTRAINT vote_has_reasons CHECK ((NOT (reasons = ''::text))),
    CONSTRAINT vote_on_one_thing CHECK ((((appeal_id IS NOT NULL) AND (decision_id IS NULL)) OR ((appeal_id IS NULL) AND (decision_id IS NOT NULL))))
);

CREATE TABLE public.certification_licences_entry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "row" integer NOT NULL,
    number character varying(80) NOT NULL,
    key character varying(240) NOT NULL,
    alike character varying(240) NOT NULL,
    name character varying(300) NOT NULL,
    raw_status character varying(200) NOT NULL,
    lang character varying(8) NOT NULL,
    status character varying(12) NOT NULL,
    valid_from date,
    valid_to date,
    raw jsonb NOT NULL,
    snapshot_id uuid NOT NULL,
    CONSTRAINT certification_licences_entry_row_check CHECK (("row" >= 0)),
    CONSTRAINT licence_entry_is_found CHECK ((NOT ((status)::text = 'not_found'::text)))
);

CREATE TABLE public.certification_licences_snapshot (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    register character varying(20) NOT NULL,
    outcome character varying(8) NOT NULL,
    source character varying(300) NOT NULL,
    retrieved_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    complete boolean NOT NULL,
    kind character varying(8) NOT NULL,
    rows integer NOT NULL,
    held integer NOT NULL,
    unusual integer NOT NULL,
    counts jsonb NOT NULL,
    columns jsonb NOT NULL,
    problems jsonb NOT NULL,
    more_problems integer NOT NULL,
    changes jsonb NOT NULL,
    why_failed character varying(600) NOT NULL,
    file_id uuid,
    imported_by_id uuid,
    same_as_id uuid,
    CONSTRAINT certification_licences_snapshot_held_check CHECK ((held >= 0)),
    CONSTRAINT certification_licences_snapshot_more_problems_check CHECK ((more_problems >= 0)),
    CONSTRAINT certification_licences_snapshot_rows_check CHECK ((rows >= 0)),
    CONSTRAINT certification_licences_snapshot_unusual_check CHECK ((unusual >= 0)),
    CONSTRAINT snapshot_read_holds_or_failed_says_why CHECK ((((file_id IS NOT NULL) AND (held > 0) AND ((outcome)::text = 'read'::text) AND ((why_failed)::text = ''::text)) OR ((held = 0) AND ((outcome)::text = 'failed'::text) AND (NOT ((why_failed)::text = ''::text)))))
);

CREATE TABLE public.certification_opendata_dump (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    kind character varying(8) NOT NULL,
    as_of timestamp with time zone NOT NULL,
    since timestamp with time zone,
    folder character varying(80) NOT NULL,
    manifest text NOT NULL,
    manifest_sha256 character varying(64) NOT NULL,
    previous_sha256 character varying(64) NOT NULL,
    signature text NOT NULL,
    tree_size bigint NOT NULL,
    counts jsonb NOT NULL,
    CONSTRAINT opendata_delta_has_a_beginning CHECK (((((kind)::text = 'full'::text) AND (since IS NULL)) OR (((kind)::text = 'delta'::text) AND (since < as_of))))
);

CREATE TABLE public.certification_opendata_dumpend (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    dump_id uuid NOT NULL
);

CREATE TABLE public.certification_opendata_logentry (
    index bigint NOT NULL,
    chain_seq bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    text text NOT NULL,
    hash character varying(64) NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    certificate_id uuid NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT opendata_log_from_zero CHECK ((index >= 0)),
    CONSTRAINT opendata_log_kind CHECK (((kind)::text = ANY (ARRAY[('issued'::character varying)::text, ('renewed'::character varying)::text, ('reduced'::character varying)::text, ('corrected'::character varying)::text, ('restored'::character varying)::text, ('conditions_set'::character varying)::text, ('conditions_met'::character varying)::text, ('suspended'::character varying)::text, ('reinstated'::character varying)::text, ('withdrawn'::character varying)::text, ('given_up'::character varying)::text, ('expired'::character varying)::text, ('replaced'::character varying)::text])))
);

CREATE TABLE public.certification_opendata_lognode (
    id bigint NOT NULL,
    level smallint NOT NULL,
    place bigint NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT certification_opendata_lognode_level_check CHECK ((level >= 0))
);

ALTER TABLE public.certification_opendata_lognode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_opendata_lognode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.certification_opendata_logplace (
    name character varying(20) NOT NULL,
    seen bigint NOT NULL
);

CREATE TABLE public.certification_opendata_treehead (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    size bigint NOT NULL,
    root character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    signature text NOT NULL,
    CONSTRAINT opendata_head_counts CHECK ((size >= 0))
);

CREATE TABLE public.certification_repayments_breach (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    found_on date NOT NULL,
    what text NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    settled_at timestamp with time zone,
    state character varying(40) NOT NULL,
    worker_id uuid,
    case_id uuid NOT NULL,
    CONSTRAINT breach_settled_was_answered CHECK ((((settled_at IS NULL) AND ((state)::text = 'reported'::text)) OR ((answered_at IS NOT NULL) AND (settled_at IS NULL) AND ((state)::text = 'answered'::text) AND (NOT (answer = ''::text))) OR ((answered_at IS NOT NULL) AND (settled_at IS NOT NULL) AND ((state)::text = 'settled'::text)))),
    CONSTRAINT breach_state_known CHECK (((state)::text = ANY (ARRAY[('reported'::character varying)::text, ('answered'::character varying)::text, ('settled'::character varying)::text])))
);

CREATE TABLE public.certification_repayments_casesequence (
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT certification_repayments_casesequence_last_check CHECK ((last >= 0)),
    CONSTRAINT certification_repayments_casesequence_year_check CHECK ((year >= 0))
);

CREATE TABLE public.certification_repayments_caseworker (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(8) NOT NULL,
    sealed bytea NOT NULL,
    mark character varying(64) NOT NULL,
    has_bank boolean NOT NULL,
    "left" boolean NOT NULL,
    found boolean NOT NULL,
    complete boolean NOT NULL,
    wage_minor bigint,
    wage_currency character varying(3) NOT NULL,
    due_minor bigint,
    held_on date,
    held_with character varying(200) NOT NULL,
    cohort_id uuid NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT case_worker_due_positive CHECK (((due_minor IS NULL) OR (due_minor >= 0))),
    CONSTRAINT case_worker_found_or_left CHECK ((found OR "left")),
    CONSTRAINT case_worker_held_says_where CHECK ((((held_on IS NULL) AND ((held_with)::text = ''::text)) OR ((held_on IS NOT NULL) AND "left" AND (NOT ((held_with)::text = ''::text))))),
    CONSTRAINT case_worker_wage_has_currency CHECK (((((wage_currency)::text = ''::text) AND (wage_minor IS NULL)) OR ((wage_minor > 0) AND (NOT ((wage_currency)::text = ''::text)))))
);

CREATE TABLE public.certification_repayments_cohort (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(60) NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    recruiter character varying(160) NOT NULL,
    employer_name character varying(160) NOT NULL,
    joined_from date NOT NULL,
    joined_to date NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT cohort_ends_after_it_begins CHECK ((joined_to >= joined_from))
);

CREATE TABLE public.certification_repayments_consultation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "on" date NOT NULL,
    with_whom character varying(200) NOT NULL,
    how text NOT NULL,
    case_id uuid NOT NULL
);

CREATE TABLE public.certification_repayments_costline (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    category character varying(2) NOT NULL,
    label character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    paid_on date,
    grade character varying(20) NOT NULL,
    counts boolean NOT NULL,
    not_counted_because character varying(300) NOT NULL,
    worker_id uuid NOT NULL,
    CONSTRAINT cost_line_left_out_says_why CHECK (((counts AND ((not_counted_because)::text = ''::text)) OR ((NOT counts) AND (NOT ((not_counted_because)::text = ''::text))))),
    CONSTRAINT cost_line_positive CHECK ((amount_minor > 0))
);

CREATE TABLE public.certification_repayments_instalment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    due_on date NOT NULL,
    amount_minor bigint NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT certification_repayments_instalment_number_check CHECK ((number >= 0))
);

CREATE TABLE public.certification_repayments_lateinterest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    percent numeric(7,4) NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    basis smallint NOT NULL,
    why character varying(200) NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT certification_repayments_lateinterest_basis_check CHECK ((basis >= 0)),
    CONSTRAINT late_interest_basis CHECK (((basis >= 360) AND (basis <= 366))),
    CONSTRAINT late_interest_in_order CHECK ((until > since)),
    CONSTRAINT late_interest_positive CHECK ((percent > (0)::numeric))
);

CREATE TABLE public.certification_repayments_loancost (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    principal_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    percent numeric(7,4),
    since date,
    until date,
    basis smallint NOT NULL,
    stated_minor bigint,
    worker_id uuid NOT NULL,
    CONSTRAINT certification_repayments_loancost_basis_check CHECK ((basis >= 0)),
    CONSTRAINT loan_basis CHECK (((basis >= 360) AND (basis <= 366))),
    CONSTRAINT loan_principal_positive CHECK ((principal_minor > 0)),
    CONSTRAINT loan_stated_or_worked_out CHECK ((((percent IS NULL) AND (since IS NULL) AND (stated_minor > 0) AND (until IS NULL)) OR ((percent > (0)::numeric) AND (since IS NOT NULL) AND (stated_minor IS NULL) AND (until > since))))
);

CREATE TABLE public.certification_repayments_payershare (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(160) NOT NULL,
    weight integer NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT certification_repayments_payershare_weight_check CHECK ((weight >= 0)),
    CONSTRAINT share_is_a_part CHECK (((weight >= 1) AND (weight <= 10000)))
);

CREATE TABLE public.certification_repayments_payment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    paid_on date NOT NULL,
    amount_minor bigint NOT NULL,
    own_line boolean NOT NULL,
    undone_because character varying(300) NOT NULL,
    instalment_id uuid NOT NULL,
    proof_id uuid,
    worker_id uuid NOT NULL,
    CONSTRAINT payment_positive CHECK ((amount_minor > 0))
);

CREATE TABLE public.certification_repayments_rate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    currency character varying(3) NOT NULL,
    value numeric(20,10) NOT NULL,
    "on" date NOT NULL,
    source character varying(200) NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT rate_positive CHECK ((value > (0)::numeric)),
    CONSTRAINT rate_says_its_source CHECK ((NOT ((source)::text = ''::text)))
);

CREATE TABLE public.certification_repayments_repaymentcase (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(20) NOT NULL,
    title character varying(160) NOT NULL,
    source_label character varying(12) NOT NULL,
    source_id uuid,
    rule character varying(12) NOT NULL,
    currency character varying(3) NOT NULL,
    state character varying(40) NOT NULL,
    state_reason text NOT NULL,
    quantified_at timestamp with time zone,
    agreed_at timestamp with time zone,
    paid_at timestamp with time zone,
    verified_at timestamp with time zone,
    closed_at timestamp with time zone,
    agency_id uuid NOT NULL,
    verifier_id uuid,
    CONSTRAINT repayment_agreed_has_its_day CHECK ((((agreed_at IS NULL) AND ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quantified'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quantified'::character varying)::text]))) AND (agreed_at IS NOT NULL)))),
    CONSTRAINT repayment_closed_has_its_days CHECK ((((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL)) OR ((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text) AND (verified_at IS NOT NULL)))),
    CONSTRAINT repayment_paid_has_its_day CHECK ((((paid_at IS NULL) AND ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quantified'::character varying)::text, ('agreed'::character varying)::text, ('paying'::character varying)::text]))) OR ((paid_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('paid'::character varying)::text, ('verified'::character varying)::text, ('closed'::character varying)::text]))))),
    CONSTRAINT repayment_quantified_has_terms CHECK ((((state)::text = 'open'::text) OR ((quantified_at IS NOT NULL) AND (NOT ((rule)::text = ''::text)) AND (NOT ((currency)::text = ''::text))))),
    CONSTRAINT repayment_state_known CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('quantified'::character varying)::text, ('agreed'::character varying)::text, ('paying'::character varying)::text, ('paid'::character varying)::text, ('verified'::character varying)::text, ('closed'::character varying)::text]))),
    CONSTRAINT repayment_verified_has_its_day CHECK (((NOT ((state)::text = 'verified'::text)) OR (verified_at IS NOT NULL)))
);

CREATE TABLE public.certification_repayments_sheetdraft (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(150) NOT NULL,
    sealed bytea NOT NULL,
    case_id uuid NOT NULL,
    made_by_id uuid NOT NULL
);

CREATE TABLE public.certification_repayments_thirdpartycheck (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    who character varying(160) NOT NULL,
    organisation character varying(160) NOT NULL,
    "on" date NOT NULL,
    sample integer NOT NULL,
    result character varying(8) NOT NULL,
    note text NOT NULL,
    case_id uuid NOT NULL,
    file_id uuid,
    CONSTRAINT certification_repayments_thirdpartycheck_sample_check CHECK ((sample >= 0)),
    CONSTRAINT check_has_a_sample CHECK ((sample >= 1))
);

CREATE TABLE public.certification_repayments_tracingattempt (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "on" date NOT NULL,
    how character varying(12) NOT NULL,
    result character varying(14) NOT NULL,
    note character varying(300) NOT NULL,
    worker_id uuid NOT NULL
);

CREATE TABLE public.certification_repayments_workeraccess (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    purpose character varying(200) NOT NULL,
    names integer NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    worker_id uuid,
    CONSTRAINT access_says_why CHECK ((NOT ((purpose)::text = ''::text))),
    CONSTRAINT certification_repayments_workeraccess_names_check CHECK ((names >= 0))
);

CREATE TABLE public.certification_repayments_workerconfirmation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    how character varying(10) NOT NULL,
    taken_by character varying(160) NOT NULL,
    taken_on date NOT NULL,
    language character varying(8) NOT NULL,
    amount_minor bigint NOT NULL,
    worker_id uuid NOT NULL,
    CONSTRAINT confirmation_not_negative CHECK ((amount_minor >= 0))
);

CREATE TABLE public.certification_standard_criterion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    "order" smallint NOT NULL,
    principle_id uuid NOT NULL,
    CONSTRAINT certification_standard_criterion_order_check CHECK (("order" >= 0))
);

CREATE TABLE public.certification_standard_edition (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    language character varying(12) NOT NULL,
    copyright character varying(200) NOT NULL,
    licence character varying(200) NOT NULL,
    public_text character varying(10) NOT NULL,
    final boolean NOT NULL,
    valid_from date NOT NULL,
    previous_valid_until date,
    valid_until date,
    evidence_kinds jsonb NOT NULL,
    sources jsonb NOT NULL,
    reference_note text NOT NULL,
    references_revised_on date NOT NULL,
    content_hash character varying(64) NOT NULL,
    references_hash character varying(64) NOT NULL,
    state character varying(40) NOT NULL,
    issued_at timestamp with time zone,
    retired_at timestamp with time zone,
    languages jsonb NOT NULL,
    open_cases character varying(10) NOT NULL,
    open_cases_until date,
    previous_number smallint,
    removed jsonb NOT NULL,
    CONSTRAINT certification_standard_edition_number_check CHECK ((number >= 0)),
    CONSTRAINT certification_standard_edition_previous_number_check CHECK ((previous_number >= 0)),
    CONSTRAINT edition_end_when_replaced CHECK (((valid_until IS NULL) OR ((state)::text = ANY (ARRAY[('retiring'::character varying)::text, ('retired'::character varying)::text])))),
    CONSTRAINT edition_goes_on_from_an_older_one CHECK (((previous_number IS NULL) OR (previous_number < number))),
    CONSTRAINT edition_issued_has_date CHECK ((((issued_at IS NULL) AND ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('consultation'::character varying)::text]))) OR ((issued_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('issued'::character varying)::text, ('retiring'::character varying)::text, ('retired'::character varying)::text]))))),
    CONSTRAINT edition_open_cases_rule CHECK ((((open_cases)::text = ANY (ARRAY[('stay'::character varying)::text, ('migrate'::character varying)::text])) AND (((open_cases)::text = 'stay'::text) OR (open_cases_until IS NULL)) AND ((open_cases_until IS NULL) OR (open_cases_until >= valid_from)))),
    CONSTRAINT edition_replaced_has_end CHECK (((NOT ((state)::text = ANY (ARRAY[('retiring'::character varying)::text, ('retired'::character varying)::text]))) OR ((valid_until >= valid_from) AND (valid_until IS NOT NULL)))),
    CONSTRAINT edition_retired_has_date CHECK ((((retired_at IS NOT NULL) AND ((state)::text = 'retired'::text)) OR ((NOT ((state)::text = 'retired'::text)) AND (retired_at IS NULL)))),
    CONSTRAINT edition_transition_after_start CHECK (((previous_valid_until IS NULL) OR (previous_valid_until >= valid_from)))
);

CREATE TABLE public.certification_standard_indicator (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(16) NOT NULL,
    text text NOT NULL,
    question text NOT NULL,
    element character varying(16) NOT NULL,
    guidance text NOT NULL,
    evidence character varying(40)[] NOT NULL,
    severity character varying(10) NOT NULL,
    applicable text NOT NULL,
    "references" jsonb NOT NULL,
    "order" smallint NOT NULL,
    criterion_id uuid NOT NULL,
    replaces character varying(16)[],
    CONSTRAINT certification_standard_indicator_order_check CHECK (("order" >= 0)),
    CONSTRAINT indicator_element_known CHECK (((element)::text = ANY (ARRAY[('policy'::character varying)::text, ('communication'::character varying)::text, ('skills'::character varying)::text, ('monitoring'::character varying)::text, ('governance'::character varying)::text]))),
    CONSTRAINT indicator_severity_known CHECK (((severity)::text = ANY (ARRAY[('critical'::character varying)::text, ('major'::character varying)::text, ('minor'::character varying)::text])))
);

CREATE TABLE public.certification_standard_mapping (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    relation character varying(10) NOT NULL,
    reviewed_at timestamp with time zone,
    indicator_id uuid NOT NULL,
    reviewed_by_id uuid,
    item_id uuid NOT NULL,
    CONSTRAINT mapping_relation_known CHECK (((relation)::text = ANY (ARRAY[('full'::character varying)::text, ('partial'::character varying)::text, ('related'::character varying)::text]))),
    CONSTRAINT mapping_review_is_signed CHECK ((((reviewed_at IS NULL) AND (reviewed_by_id IS NULL)) OR ((reviewed_at IS NOT NULL) AND (reviewed_by_id IS NOT NULL))))
);

CREATE TABLE public.certification_standard_otheritem (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL,
    title character varying(300) NOT NULL,
    source character varying(400) NOT NULL,
    general_knowledge boolean NOT NULL,
    "order" smallint NOT NULL,
    scheme_id uuid NOT NULL,
    CONSTRAINT certification_standard_otheritem_order_check CHECK (("order" >= 0))
);

CREATE TABLE public.certification_standard_otherscheme (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    publisher character varying(200) NOT NULL,
    version character varying(200) NOT NULL,
    source character varying(400) NOT NULL,
    note text NOT NULL,
    content_hash character varying(64) NOT NULL,
    edition_id uuid NOT NULL,
    CONSTRAINT other_scheme_kind_known CHECK (((kind)::text = ANY (ARRAY[('audit'::character varying)::text, ('law'::character varying)::text, ('principles'::character varying)::text])))
);

CREATE TABLE public.certification_standard_principle (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(8) NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    "order" smallint NOT NULL,
    edition_id uuid NOT NULL,
    CONSTRAINT certification_standard_principle_order_check CHECK (("order" >= 0))
);

CREATE TABLE public.certification_standard_translation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    version smallint NOT NULL,
    extent character varying(10) NOT NULL,
    note character varying(400) NOT NULL,
    texts jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    edition_id uuid NOT NULL,
    CONSTRAINT certification_standard_translation_version_check CHECK ((version >= 0))
);

CREATE TABLE public.certification_training_attendance (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    present boolean NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    place integer NOT NULL,
    day_id uuid NOT NULL,
    seat_id uuid NOT NULL,
    CONSTRAINT certification_training_attendance_place_check CHECK ((place >= 0))
);

CREATE TABLE public.certification_training_catalogueentry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    code character varying(20) NOT NULL,
    title character varying(120) NOT NULL,
    level character varying(8) NOT NULL,
    hours smallint NOT NULL,
    about text NOT NULL,
    retired_on date,
    CONSTRAINT catalogue_has_hours CHECK (((hours >= 1) AND (hours <= 400))),
    CONSTRAINT catalogue_level_known CHECK (((level)::text = ANY (ARRAY[('entry'::character varying)::text, ('l1'::character varying)::text, ('l2'::character varying)::text, ('l3'::character varying)::text]))),
    CONSTRAINT certification_training_catalogueentry_hours_check CHECK ((hours >= 0))
);

CREATE TABLE public.certification_training_course (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    place character varying(120) NOT NULL,
    country character varying(2) NOT NULL,
    language character varying(8) NOT NULL,
    seats smallint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    state character varying(40) NOT NULL,
    entry_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    CONSTRAINT certification_training_course_seats_check CHECK ((seats >= 0)),
    CONSTRAINT course_ends_after_it_begins CHECK ((ends_on >= starts_on)),
    CONSTRAINT course_has_seats CHECK (((seats >= 1) AND (seats <= 500))),
    CONSTRAINT course_state_known CHECK (((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('open'::character varying)::text, ('running'::character varying)::text, ('done'::character varying)::text, ('cancelled'::character varying)::text])))
);

CREATE TABLE public.certification_training_courseday (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "on" date NOT NULL,
    course_id uuid NOT NULL
);

CREATE TABLE public.certification_training_coursetrainer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    course_id uuid NOT NULL,
    person_id uuid NOT NULL
);

CREATE TABLE public.certification_training_provider (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approved_from date NOT NULL,
    approved_until date,
    ended_reason text NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT provider_ends_after_it_begins CHECK (((approved_until IS NULL) OR (approved_until >= approved_from)))
);

CREATE TABLE public.certification_training_seat (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    result character varying(8) NOT NULL,
    result_at timestamp with time zone,
    expires_on date,
    course_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT seat_only_passed_expires CHECK ((((expires_on IS NOT NULL) AND ((result)::text = 'passed'::text)) OR ((NOT ((result)::text = 'passed'::text)) AND (expires_on IS NULL)))),
    CONSTRAINT seat_result_has_its_day CHECK (((((result)::text = ''::text) AND (result_at IS NULL)) OR (((result)::text = ANY (ARRAY[('passed'::character varying)::text, ('failed'::character varying)::text, ('absent'::character varying)::text])) AND (result_at IS NOT NULL)))),
    CONSTRAINT seat_result_of_a_booked_one CHECK ((((result)::text = ''::text) OR ((state)::text = 'booked'::text))),
    CONSTRAINT seat_state_known CHECK (((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('booked'::character varying)::text, ('given_back'::character varying)::text])))
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.iris_accounts_apiclient (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(100) NOT NULL,
    prefix character varying(16) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    state character varying(40) NOT NULL,
    revoked_at timestamp with time zone,
    form_key uuid,
    issued_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT accounts_api_client_dates_agree CHECK ((((revoked_at IS NULL) AND ((state)::text = 'issued'::text)) OR ((revoked_at IS NOT NULL) AND ((state)::text = 'revoked'::text)))),
    CONSTRAINT accounts_api_client_has_scope CHECK ((
CASE
    WHEN (scopes IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(scopes, 1), 0)
END > 0))
);

CREATE TABLE public.iris_accounts_invitation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    accepted_by_id uuid,
    invited_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT accounts_invitation_dates_agree CHECK ((((accepted_at IS NULL) AND (accepted_by_id IS NULL) AND (revoked_at IS NULL) AND ((state)::text = 'open'::text)) OR ((accepted_at IS NOT NULL) AND (accepted_by_id IS NOT NULL) AND (revoked_at IS NULL) AND ((state)::text = 'accepted'::text)) OR ((accepted_at IS NULL) AND (accepted_by_id IS NULL) AND (revoked_at IS NOT NULL) AND ((state)::text = 'revoked'::text)))),
    CONSTRAINT accounts_invitation_email_small_letters CHECK (((email)::text = lower((email)::text)))
);

CREATE TABLE public.iris_accounts_membership (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(20) NOT NULL,
    active boolean NOT NULL,
    ended_at timestamp with time zone,
    user_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT accounts_membership_end_agrees CHECK (((active AND (ended_at IS NULL)) OR ((NOT active) AND (ended_at IS NOT NULL)))),
    CONSTRAINT accounts_membership_known_role CHECK (((role)::text = ANY (ARRAY[('signatory'::character varying)::text, ('manager'::character varying)::text, ('contributor'::character varying)::text, ('firm_manager'::character varying)::text, ('lead_auditor'::character varying)::text, ('auditor'::character varying)::text, ('scheme_manager'::character varying)::text, ('screener'::character varying)::text, ('decider'::character varying)::text, ('sourcing_manager'::character varying)::text, ('sourcing_viewer'::character varying)::text, ('reader'::character varying)::text, ('trainer'::character varying)::text, ('caseworker'::character varying)::text])))
);

CREATE TABLE public.iris_accounts_organisation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    name character varying(200) NOT NULL,
    country character varying(2) NOT NULL,
    website character varying(200) NOT NULL,
    purpose text NOT NULL,
    contact_name character varying(200) NOT NULL,
    contact_email character varying(254) NOT NULL,
    contact_phone character varying(40) NOT NULL,
    state character varying(40) NOT NULL,
    vetted_at timestamp with time zone,
    vetted_by_id uuid,
    vetted_by_label character varying(200) NOT NULL,
    refusal_reason text NOT NULL,
    CONSTRAINT accounts_organisation_admitted_by_the_scheme CHECK (((NOT ((state)::text = 'active'::text)) OR (vetted_at IS NOT NULL) OR ((kind)::text = ANY (ARRAY[('agency'::character varying)::text, ('scheme'::character varying)::text])))),
    CONSTRAINT accounts_organisation_applied_not_vetted CHECK (((NOT ((state)::text = 'applied'::text)) OR (vetted_at IS NULL))),
    CONSTRAINT accounts_organisation_known_kind CHECK (((kind)::text = ANY (ARRAY[('agency'::character varying)::text, ('audit_firm'::character varying)::text, ('employer'::character varying)::text, ('scheme'::character varying)::text, ('government'::character varying)::text, ('training_provider'::character varying)::text, ('caseworker'::character varying)::text]))),
    CONSTRAINT accounts_organisation_refused_with_reason CHECK (((NOT ((state)::text = 'refused'::text)) OR ((vetted_at IS NOT NULL) AND (NOT (refusal_reason = ''::text)))))
);

CREATE TABLE public.iris_accounts_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    full_name character varying(200) NOT NULL,
    language character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    demo boolean NOT NULL,
    CONSTRAINT accounts_user_email_small_letters CHECK (((email)::text = lower((email)::text)))
);

CREATE TABLE public.iris_accounts_user_groups (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.iris_accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.iris_accounts_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.iris_accounts_user_user_permissions (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.iris_accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.iris_accounts_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.iris_core_chainlink (
    seq bigint NOT NULL,
    previous_hash character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    event_id uuid NOT NULL
);

CREATE TABLE public.iris_core_event (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    act character varying(120) NOT NULL,
    subject_type character varying(80) NOT NULL,
    subject_id uuid NOT NULL,
    actor_id uuid,
    organisation_id uuid,
    from_state character varying(40) NOT NULL,
    to_state character varying(40) NOT NULL,
    data jsonb NOT NULL,
    payload_mac character varying(64) NOT NULL,
    CONSTRAINT core_event_has_act CHECK ((NOT ((act)::text = ''::text)))
);

CREATE TABLE public.iris_core_eventpayload (
    event_id uuid NOT NULL,
    salt character varying(64) NOT NULL,
    actor_label character varying(300) NOT NULL,
    reason text NOT NULL
);

CREATE TABLE public.iris_core_heartbeat (
    name character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.iris_core_outboxrow (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    job character varying(120) NOT NULL,
    queue character varying(40) NOT NULL,
    kwargs jsonb NOT NULL,
    status character varying(10) NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    last_error text NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT iris_core_outboxrow_attempts_check CHECK ((attempts >= 0))
);

CREATE TABLE public.iris_core_storedfile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    organisation_id uuid,
    uploaded_by_id uuid,
    uploaded_by_label character varying(300) NOT NULL,
    name character varying(255) NOT NULL,
    media_type character varying(120) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    path character varying(200) NOT NULL,
    CONSTRAINT iris_core_storedfile_size_check CHECK ((size >= 0))
);

CREATE TABLE public.iris_core_sweeprun (
    name character varying(120) NOT NULL,
    every_seconds double precision NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    failed_at timestamp with time zone,
    error text NOT NULL,
    CONSTRAINT sweep_failed_says_why CHECK ((((error = ''::text) AND (failed_at IS NULL)) OR ((failed_at IS NOT NULL) AND (NOT (error = ''::text)))))
);

CREATE TABLE public.iris_notify_notice (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    template character varying(120) NOT NULL,
    context jsonb NOT NULL,
    subject character varying(300) NOT NULL,
    body text NOT NULL,
    url character varying(300) NOT NULL,
    key character varying(80) NOT NULL,
    read_at timestamp with time zone,
    emailed_at timestamp with time zone,
    user_id uuid NOT NULL,
    CONSTRAINT notify_notice_has_subject CHECK ((NOT ((subject)::text = ''::text)))
);

CREATE TABLE public.iris_webhooks_attempt (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    code smallint,
    error character varying(400) NOT NULL,
    milliseconds integer NOT NULL,
    delivery_id uuid NOT NULL,
    CONSTRAINT iris_webhooks_attempt_code_check CHECK ((code >= 0)),
    CONSTRAINT iris_webhooks_attempt_milliseconds_check CHECK ((milliseconds >= 0)),
    CONSTRAINT webhook_attempt_says_something CHECK (((code IS NOT NULL) OR (NOT ((error)::text = ''::text))))
);

CREATE TABLE public.iris_webhooks_delivery (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    message_id character varying(40) NOT NULL,
    topic character varying(60) NOT NULL,
    body text NOT NULL,
    key character varying(100) NOT NULL,
    status character varying(10) NOT NULL,
    failures smallint NOT NULL,
    next_at timestamp with time zone,
    delivered_at timestamp with time zone,
    endpoint_id uuid NOT NULL,
    CONSTRAINT iris_webhooks_delivery_failures_check CHECK ((failures >= 0)),
    CONSTRAINT webhook_delivered_is_dated CHECK (((((status)::text = 'delivered'::text) AND (delivered_at IS NOT NULL)) OR ((NOT ((status)::text = 'delivered'::text)) AND (delivered_at IS NULL))))
);

CREATE TABLE public.iris_webhooks_endpoint (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(100) NOT NULL,
    url character varying(2000) NOT NULL,
    secret bytea NOT NULL,
    old_secret bytea,
    old_until timestamp with time zone,
    state character varying(40) NOT NULL,
    failing_since timestamp with time zone,
    ended_at timestamp with time zone,
    added_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    topics character varying(60)[] NOT NULL,
    watches uuid[] NOT NULL,
    CONSTRAINT webhook_old_secret_has_an_end CHECK ((((old_secret IS NULL) AND (old_until IS NULL)) OR ((old_secret IS NOT NULL) AND (old_until IS NOT NULL)))),
    CONSTRAINT webhook_removed_is_dated CHECK (((((state)::text = 'removed'::text) AND (ended_at IS NOT NULL)) OR ((NOT ((state)::text = 'removed'::text)) AND (ended_at IS NULL))))
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_chains_chainimport (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    title character varying(200) NOT NULL,
    state character varying(40) NOT NULL,
    layout jsonb NOT NULL,
    columns jsonb NOT NULL,
    shape character varying(5) NOT NULL,
    mapping jsonb NOT NULL,
    result jsonb NOT NULL,
    rejects jsonb NOT NULL,
    done_at timestamp with time zone,
    file_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL
);

CREATE TABLE public.supplychain_chains_chainversion (
    organisation_id uuid NOT NULL,
    number bigint NOT NULL,
    hidden_names integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT supplychain_chains_chainversion_hidden_names_check CHECK ((hidden_names >= 0)),
    CONSTRAINT supplychain_chains_chainversion_number_check CHECK ((number >= 0))
);

CREATE TABLE public.supplychain_chains_entry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(22) NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    number character varying(80) NOT NULL,
    since date NOT NULL,
    workers integer,
    fee_terms character varying(13) NOT NULL,
    fee_minor bigint,
    fee_currency character varying(3) NOT NULL,
    confidential boolean NOT NULL,
    sealed bytea,
    commitment character varying(64) NOT NULL,
    status character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    above_id uuid,
    hidden_agency_id uuid,
    party_id uuid,
    invitation_id uuid NOT NULL,
    CONSTRAINT chain_entry_accepted_is_a_party CHECK (((NOT ((status)::text = 'accepted'::text)) OR (party_id IS NOT NULL))),
    CONSTRAINT chain_entry_confidential_sealed CHECK (((NOT confidential) OR ((sealed IS NOT NULL) AND (NOT ((commitment)::text = ''::text))))),
    CONSTRAINT supplychain_chains_entry_fee_minor_check CHECK ((fee_minor >= 0)),
    CONSTRAINT supplychain_chains_entry_workers_check CHECK ((workers >= 0))
);

CREATE TABLE public.supplychain_chains_invitation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    contact character varying(120) NOT NULL,
    message text NOT NULL,
    state character varying(40) NOT NULL,
    token_hash character varying(64) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    ends_on date NOT NULL,
    opened_at timestamp with time zone,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    invited_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    party_id uuid NOT NULL
);

CREATE TABLE public.supplychain_chains_link (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    since date NOT NULL,
    until date,
    workers integer,
    claim character varying(8) NOT NULL,
    organisation_id uuid NOT NULL,
    lower_id uuid NOT NULL,
    upper_id uuid NOT NULL,
    confidence character varying(6) NOT NULL,
    contract_file_id uuid,
    contract_reference character varying(120) NOT NULL,
    declared_by character varying(200) NOT NULL,
    fee_currency character varying(3) NOT NULL,
    fee_minor bigint,
    fee_terms character varying(13) NOT NULL,
    line uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    source character varying(8) NOT NULL,
    verified_by character varying(200) NOT NULL,
    verified_file_id uuid,
    verified_how character varying(300) NOT NULL,
    verified_on date,
    CONSTRAINT chain_link_dates_in_order CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT chain_link_fee_in_a_currency CHECK (((fee_minor IS NULL) OR (NOT ((fee_currency)::text = ''::text)))),
    CONSTRAINT chain_link_joins_two CHECK ((NOT (upper_id = lower_id))),
    CONSTRAINT chain_link_replaced_after CHECK (((replaced_at IS NULL) OR (replaced_at >= recorded_at))),
    CONSTRAINT chain_link_verified_how CHECK (((NOT ((claim)::text = 'verified'::text)) OR (NOT ((verified_how)::text = ''::text)))),
    CONSTRAINT supplychain_chains_link_fee_minor_check CHECK ((fee_minor >= 0)),
    CONSTRAINT supplychain_chains_link_workers_check CHECK ((workers >= 0))
);

CREATE TABLE public.supplychain_chains_party (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(22) NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    agency_id uuid,
    organisation_id uuid NOT NULL,
    address character varying(300) NOT NULL,
    arrived_on date,
    commitment character varying(64) NOT NULL,
    confidential boolean NOT NULL,
    destination character varying(2) NOT NULL,
    gone_at timestamp with time zone,
    hidden_agency_id uuid,
    merged_into_id uuid,
    number character varying(80) NOT NULL,
    opened_salt character varying(64) NOT NULL,
    origin character varying(2) NOT NULL,
    owner character varying(200) NOT NULL,
    sealed bytea,
    sector character varying(20) NOT NULL,
    workers integer,
    nameless boolean NOT NULL,
    CONSTRAINT chain_party_confidential_sealed CHECK ((((NOT confidential) AND (hidden_agency_id IS NULL)) OR ((agency_id IS NULL) AND confidential AND (sealed IS NOT NULL) AND (NOT ((commitment)::text = ''::text))))),
    CONSTRAINT chain_party_merged_elsewhere CHECK (((merged_into_id IS NULL) OR (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))),
    CONSTRAINT chain_party_merged_is_gone CHECK (((merged_into_id IS NULL) OR (gone_at IS NOT NULL))),
    CONSTRAINT chain_party_workers_of_cohort CHECK ((((kind)::text = 'cohort'::text) OR ((arrived_on IS NULL) AND ((destination)::text = ''::text) AND ((origin)::text = ''::text) AND ((sector)::text = ''::text) AND (workers IS NULL)))),
    CONSTRAINT supplychain_chains_party_workers_check CHECK ((workers >= 0))
);

CREATE TABLE public.supplychain_chains_partyversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    data jsonb NOT NULL,
    party_id uuid NOT NULL
);

CREATE TABLE public.supplychain_diligence_condition (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    text text NOT NULL,
    responsible character varying(160) NOT NULL,
    due_on date NOT NULL,
    state character varying(40) NOT NULL,
    note text NOT NULL,
    closed_at timestamp with time zone,
    closed_by_id uuid,
    evidence_id uuid,
    decision_id uuid NOT NULL,
    CONSTRAINT diligence_condition_closed_is_signed CHECK ((((closed_at IS NULL) AND (closed_by_id IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL)))),
    CONSTRAINT diligence_condition_met_is_shown CHECK ((((state)::text = 'open'::text) OR (NOT (note = ''::text)))),
    CONSTRAINT supplychain_diligence_condition_number_check CHECK ((number >= 0))
);

CREATE TABLE public.supplychain_diligence_decision (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(20) NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    key character varying(400) NOT NULL,
    outcome character varying(10) NOT NULL,
    reason text NOT NULL,
    basis text NOT NULL,
    basis_sha256 character varying(64) NOT NULL,
    needs_approval boolean NOT NULL,
    why_approval jsonb NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    state character varying(40) NOT NULL,
    state_reason text NOT NULL,
    agency_id uuid,
    approver_id uuid,
    decided_by_id uuid,
    organisation_id uuid NOT NULL,
    proposed_by_id uuid NOT NULL,
    receipt_id uuid,
    replaced_by_id uuid,
    CONSTRAINT diligence_basis_has_hash CHECK (((basis_sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT diligence_decided_is_signed CHECK ((((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('in_force'::character varying)::text, ('superseded'::character varying)::text]))) OR (NOT ((state)::text = ANY (ARRAY[('in_force'::character varying)::text, ('superseded'::character varying)::text]))))),
    CONSTRAINT diligence_decision_says_why CHECK ((NOT (reason = ''::text))),
    CONSTRAINT diligence_replaced_names_the_next CHECK ((((replaced_by_id IS NOT NULL) AND ((state)::text = 'superseded'::text)) OR ((NOT ((state)::text = 'superseded'::text)) AND (replaced_by_id IS NULL)))),
    CONSTRAINT diligence_second_person CHECK ((NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL) AND needs_approval AND ((state)::text = ANY (ARRAY[('in_force'::character varying)::text, ('superseded'::character varying)::text])))))
);

CREATE TABLE public.supplychain_diligence_informationrequest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(20) NOT NULL,
    code character varying(20) NOT NULL,
    channel character varying(6) NOT NULL,
    law character varying(4) NOT NULL,
    asker character varying(200) NOT NULL,
    contact character varying(254) NOT NULL,
    received_on date NOT NULL,
    answer_due date NOT NULL,
    extended_to date,
    latest_due date NOT NULL,
    state character varying(40) NOT NULL,
    ground character varying(300) NOT NULL,
    closed_at timestamp with time zone,
    reasons_due date,
    organisation_id uuid NOT NULL,
    CONSTRAINT diligence_refusal_has_ground CHECK (((NOT ((state)::text = 'refused'::text)) OR (NOT ((ground)::text = ''::text)))),
    CONSTRAINT diligence_request_clock CHECK (((answer_due >= received_on) AND (latest_due >= answer_due) AND ((extended_to IS NULL) OR (extended_to <= latest_due)))),
    CONSTRAINT diligence_request_closed_is_dated CHECK ((((closed_at IS NULL) AND ((state)::text = ANY (ARRAY[('received'::character varying)::text, ('in_work'::character varying)::text, ('asked_back'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('received'::character varying)::text, ('in_work'::character varying)::text, ('asked_back'::character varying)::text]))) AND (closed_at IS NOT NULL))))
);

CREATE TABLE public.supplychain_diligence_nomination (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    source character varying(10) NOT NULL,
    why text NOT NULL,
    named boolean NOT NULL,
    withdrawn_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    nominee_id uuid NOT NULL
);

CREATE TABLE public.supplychain_diligence_nominee (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    key character varying(400) NOT NULL,
    email character varying(254) NOT NULL,
    website character varying(200) NOT NULL,
    token character varying(43) NOT NULL,
    state character varying(40) NOT NULL,
    state_reason text NOT NULL,
    invited_at timestamp with time zone,
    agency_id uuid,
    CONSTRAINT diligence_invited_is_dated CHECK (((NOT ((state)::text = 'invited'::text)) OR (invited_at IS NOT NULL)))
);

CREATE TABLE public.supplychain_diligence_numbersequence (
    series character varying(10) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT supplychain_diligence_numbersequence_last_check CHECK ((last >= 0))
);

CREATE TABLE public.supplychain_diligence_requestmessage (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(14) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    request_id uuid NOT NULL
);

CREATE TABLE public.supplychain_diligence_requestpaper (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    message_id uuid NOT NULL
);

CREATE TABLE public.supplychain_diligence_settings (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approval character varying(8) NOT NULL,
    inbox_open boolean NOT NULL,
    inbox_law character varying(4) NOT NULL,
    inbox_days smallint,
    inbox_words text NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT diligence_days_sensible CHECK (((inbox_days IS NULL) OR ((inbox_days >= 1) AND (inbox_days <= 90)))),
    CONSTRAINT supplychain_diligence_settings_inbox_days_check CHECK ((inbox_days >= 0))
);

CREATE TABLE public.supplychain_diligence_stepnote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    step smallint NOT NULL,
    note text NOT NULL,
    owner character varying(160) NOT NULL,
    review_on date NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT diligence_step_is_one_of_six CHECK (((step >= 1) AND (step <= 6))),
    CONSTRAINT supplychain_diligence_stepnote_step_check CHECK ((step >= 0))
);

CREATE TABLE public.supplychain_dossiers_copy (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    profile character varying(9) NOT NULL,
    top_sha256 character varying(64) NOT NULL,
    pieces integer NOT NULL,
    archive_id uuid NOT NULL,
    pdf_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT supplychain_dossiers_copy_pieces_check CHECK ((pieces >= 0))
);

CREATE TABLE public.supplychain_dossiers_dossier (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(20) NOT NULL,
    law character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    scope character varying(6) NOT NULL,
    suppliers jsonb NOT NULL,
    signed_by character varying(200) NOT NULL,
    approved_by character varying(200) NOT NULL,
    approved_on date,
    profiles jsonb NOT NULL,
    made_at timestamp with time zone,
    state character varying(40) NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT dossier_made_is_dated CHECK (((NOT ((state)::text = 'made'::text)) OR (made_at IS NOT NULL))),
    CONSTRAINT dossier_period_in_order CHECK ((period_to >= period_from))
);

CREATE TABLE public.supplychain_dossiers_dossiersequence (
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT supplychain_dossiers_dossiersequence_last_check CHECK ((last >= 0)),
    CONSTRAINT supplychain_dossiers_dossiersequence_year_check CHECK ((year >= 0))
);

CREATE TABLE public.supplychain_dossiers_dossierversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    content text NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    dossier_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT dossier_version_has_hash CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT supplychain_dossiers_dossierversion_number_check CHECK ((number >= 0))
);

CREATE TABLE public.supplychain_dossiers_hold (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    reason text NOT NULL,
    until date,
    released_at timestamp with time zone,
    release_reason text NOT NULL,
    agency_id uuid,
    organisation_id uuid NOT NULL,
    placed_by_id uuid NOT NULL,
    released_by_id uuid,
    CONSTRAINT hold_released_by_another CHECK (((released_by_id IS NULL) OR (NOT ((released_by_id = placed_by_id) AND (released_by_id IS NOT NULL))))),
    CONSTRAINT hold_released_is_signed CHECK ((((release_reason = ''::text) AND (released_at IS NULL) AND (released_by_id IS NULL)) OR ((released_at IS NOT NULL) AND (released_by_id IS NOT NULL) AND (NOT (release_reason = ''::text))))),
    CONSTRAINT hold_says_why CHECK ((NOT (reason = ''::text)))
);

CREATE TABLE public.supplychain_dossiers_tombstone (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    count integer NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    sha256 character varying(64) NOT NULL,
    years smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT supplychain_dossiers_tombstone_count_check CHECK ((count >= 0)),
    CONSTRAINT supplychain_dossiers_tombstone_years_check CHECK ((years >= 0))
);

CREATE TABLE public.supplychain_dossiers_words (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ask character varying(20) NOT NULL,
    text text NOT NULL,
    audience character varying(9) NOT NULL,
    dossier_id uuid NOT NULL
);

CREATE TABLE public.supplychain_lookups_lookup (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(24) NOT NULL,
    via character varying(10) NOT NULL,
    text character varying(400) NOT NULL,
    outcome character varying(10) NOT NULL,
    how character varying(16) NOT NULL,
    snapshot text NOT NULL,
    sha256 character varying(64) NOT NULL,
    agency_id uuid,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    asked_for date,
    relationship character varying(12) NOT NULL,
    verdict character varying(20) NOT NULL,
    CONSTRAINT lookup_found_names_an_agency CHECK (((((outcome)::text = 'found'::text) AND (agency_id IS NOT NULL) AND (NOT ((how)::text = ''::text))) OR ((NOT ((outcome)::text = 'found'::text)) AND (agency_id IS NULL)))),
    CONSTRAINT lookup_has_hash CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.supplychain_lookups_receiptpdf (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_id uuid NOT NULL,
    lookup_id uuid NOT NULL
);

CREATE TABLE public.supplychain_names_matchdecision (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    verdict character varying(10) NOT NULL,
    text character varying(400) NOT NULL,
    key character varying(900) NOT NULL,
    country character varying(2) NOT NULL,
    note character varying(400) NOT NULL,
    agency_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    undoes_id uuid,
    CONSTRAINT match_decision_forgotten_names_what CHECK ((((undoes_id IS NOT NULL) AND ((verdict)::text = 'forgotten'::text)) OR ((NOT ((verdict)::text = 'forgotten'::text)) AND (undoes_id IS NULL)))),
    CONSTRAINT match_decision_has_key CHECK ((NOT ((key)::text = ''::text)))
);

CREATE TABLE public.supplychain_names_namechange (
    id bigint NOT NULL,
    agency_id uuid NOT NULL,
    txid bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.supplychain_names_namechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_names_namechange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_risk_weightset (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number integer NOT NULL,
    "values" jsonb NOT NULL,
    "default" boolean NOT NULL,
    method character varying(20) NOT NULL,
    reason text NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT risk_weights_say_why CHECK ((NOT (reason = ''::text))),
    CONSTRAINT supplychain_risk_weightset_number_check CHECK ((number >= 0))
);

CREATE TABLE public.supplychain_screenings_mappingmemory (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    columns_key character varying(64) NOT NULL,
    mapping jsonb NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.supplychain_screenings_rowoutcome (
    id bigint NOT NULL,
    number integer NOT NULL,
    same_as integer,
    checked character varying(16) NOT NULL,
    outcome character varying(10) NOT NULL,
    how character varying(16) NOT NULL,
    agency_id uuid,
    score double precision NOT NULL,
    why text NOT NULL,
    "similar" jsonb NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    leaf bytea,
    result character varying(16) NOT NULL,
    resolution character varying(4) NOT NULL,
    resolved_at timestamp with time zone,
    decisions jsonb NOT NULL,
    later_at timestamp with time zone,
    resolved_by_id uuid,
    screening_id uuid NOT NULL,
    chosen_id uuid,
    fact_id uuid,
    CONSTRAINT screening_outcome_resolution_signed CHECK (((((resolution)::text = ''::text) AND (resolved_at IS NULL) AND (resolved_by_id IS NULL)) OR ((NOT ((resolution)::text = ''::text)) AND (resolved_at IS NOT NULL) AND (resolved_by_id IS NOT NULL)))),
    CONSTRAINT screening_outcome_rests_on_facts CHECK (((NOT ((result)::text = ANY (ARRAY[('certified'::character varying)::text, ('not_certified'::character varying)::text]))) OR (fact_id IS NOT NULL) OR (chosen_id IS NOT NULL) OR (leaf IS NULL))),
    CONSTRAINT supplychain_screenings_rowoutcome_number_check CHECK ((number >= 0)),
    CONSTRAINT supplychain_screenings_rowoutcome_same_as_check CHECK ((same_as >= 0))
);

ALTER TABLE public.supplychain_screenings_rowoutcome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_screenings_rowoutcome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_screenings_screening (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    title character varying(200) NOT NULL,
    layout jsonb NOT NULL,
    columns jsonb NOT NULL,
    mapping jsonb NOT NULL,
    state character varying(40) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    rows_root character varying(64) NOT NULL,
    file_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    columns_key character varying(64) NOT NULL,
    counts jsonb NOT NULL,
    n_lines integer NOT NULL,
    n_read integer NOT NULL,
    nodes bytea NOT NULL,
    read_until timestamp with time zone,
    recheck_of_id uuid,
    sample jsonb NOT NULL,
    starts_itself boolean NOT NULL,
    CONSTRAINT screening_done_has_root CHECK (((NOT ((state)::text = 'done'::text)) OR (NOT ((rows_root)::text = ''::text)))),
    CONSTRAINT screening_ended_is_dated CHECK ((((ended_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('done'::character varying)::text, ('cancelled'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('done'::character varying)::text, ('cancelled'::character varying)::text]))) AND (ended_at IS NULL)))),
    CONSTRAINT screening_started_is_dated CHECK (((NOT ((state)::text = ANY (ARRAY[('running'::character varying)::text, ('paused'::character varying)::text, ('done'::character varying)::text]))) OR (started_at IS NOT NULL))),
    CONSTRAINT supplychain_screenings_screening_n_lines_check CHECK ((n_lines >= 0)),
    CONSTRAINT supplychain_screenings_screening_n_read_check CHECK ((n_read >= 0))
);

CREATE TABLE public.supplychain_screenings_screeningbatch (
    id bigint NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    lines integer NOT NULL,
    status character varying(8) NOT NULL,
    lease uuid,
    lease_until timestamp with time zone,
    counts jsonb NOT NULL,
    screening_id uuid NOT NULL,
    CONSTRAINT screening_batch_leased_until CHECK ((((lease IS NOT NULL) AND (lease_until IS NOT NULL) AND ((status)::text = 'leased'::text)) OR ((NOT ((status)::text = 'leased'::text)) AND (lease IS NULL) AND (lease_until IS NULL)))),
    CONSTRAINT supplychain_screenings_screeningbatch_first_check CHECK ((first >= 0)),
    CONSTRAINT supplychain_screenings_screeningbatch_last_check CHECK ((last >= 0)),
    CONSTRAINT supplychain_screenings_screeningbatch_lines_check CHECK ((lines >= 0))
);

ALTER TABLE public.supplychain_screenings_screeningbatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_screenings_screeningbatch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_screenings_screeningfact (
    id uuid NOT NULL,
    sha256 character varying(64) NOT NULL,
    facts jsonb NOT NULL,
    read_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    screening_id uuid NOT NULL
);

CREATE TABLE public.supplychain_screenings_screeningrow (
    id bigint NOT NULL,
    number integer NOT NULL,
    cells jsonb NOT NULL,
    name character varying(400) NOT NULL,
    country character varying(2) NOT NULL,
    identifier character varying(400) NOT NULL,
    problem text NOT NULL,
    warning text NOT NULL,
    screening_id uuid NOT NULL,
    fingerprint uuid,
    same_as integer,
    CONSTRAINT supplychain_screenings_screeningrow_number_check CHECK ((number >= 0)),
    CONSTRAINT supplychain_screenings_screeningrow_same_as_check CHECK ((same_as >= 0))
);

ALTER TABLE public.supplychain_screenings_screeningrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_screenings_screeningrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_watches_alarm (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    data jsonb NOT NULL,
    organisation_id uuid
);

CREATE TABLE public.supplychain_watches_change (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    kinds jsonb NOT NULL,
    before jsonb,
    after jsonb,
    agency_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    CONSTRAINT watch_change_has_facts CHECK (((before IS NOT NULL) OR (after IS NOT NULL)))
);

CREATE TABLE public.supplychain_watches_digest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    tempo character varying(6) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    unchecked integer NOT NULL,
    sent boolean NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT supplychain_watches_digest_changed_check CHECK ((changed >= 0)),
    CONSTRAINT supplychain_watches_digest_unchanged_check CHECK ((unchanged >= 0)),
    CONSTRAINT supplychain_watches_digest_unchecked_check CHECK ((unchecked >= 0))
);

CREATE TABLE public.supplychain_watches_entry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    cause character varying(8) NOT NULL,
    outcome character varying(10) NOT NULL,
    agencies integer NOT NULL,
    changed integer NOT NULL,
    hash_before character varying(64) NOT NULL,
    hash_after character varying(64) NOT NULL,
    register_event bigint NOT NULL,
    note text NOT NULL,
    round_id uuid,
    watch_id uuid NOT NULL,
    CONSTRAINT supplychain_watches_entry_agencies_check CHECK ((agencies >= 0)),
    CONSTRAINT supplychain_watches_entry_changed_check CHECK ((changed >= 0)),
    CONSTRAINT watch_entry_changed_counts CHECK (((((outcome)::text = 'changed'::text) AND (changed > 0)) OR ((NOT ((outcome)::text = 'changed'::text)) AND (changed = 0)))),
    CONSTRAINT watch_entry_failed_says_why CHECK (((((outcome)::text = 'failed'::text) AND (NOT (note = ''::text))) OR (NOT ((outcome)::text = 'failed'::text)))),
    CONSTRAINT watch_entry_unchanged_has_one_hash CHECK (((NOT ((outcome)::text = 'unchanged'::text)) OR ((hash_before)::text = (hash_after)::text)))
);

CREATE TABLE public.supplychain_watches_plan (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    hour smallint NOT NULL,
    weekday smallint NOT NULL,
    when_unchanged boolean NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT supplychain_watches_plan_hour_check CHECK ((hour >= 0)),
    CONSTRAINT supplychain_watches_plan_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT watch_plan_is_a_time CHECK (((hour <= 23) AND (weekday <= 6)))
);

CREATE TABLE public.supplychain_watches_round (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    watches integer NOT NULL,
    changed integer NOT NULL,
    failed integer NOT NULL,
    CONSTRAINT supplychain_watches_round_changed_check CHECK ((changed >= 0)),
    CONSTRAINT supplychain_watches_round_failed_check CHECK ((failed >= 0)),
    CONSTRAINT supplychain_watches_round_watches_check CHECK ((watches >= 0))
);

CREATE TABLE public.supplychain_watches_sight (
    id bigint NOT NULL,
    facts jsonb NOT NULL,
    facts_hash character varying(64) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    watch_id uuid NOT NULL
);

ALTER TABLE public.supplychain_watches_sight ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_watches_sight_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplychain_watches_telling (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    tempo character varying(6) NOT NULL,
    told_at timestamp with time zone,
    entry_id uuid NOT NULL,
    person_id uuid NOT NULL
);

CREATE TABLE public.supplychain_watches_watch (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    subject_key character varying(400) NOT NULL,
    origin character varying(2) NOT NULL,
    destination character varying(2) NOT NULL,
    wanted jsonb NOT NULL,
    title character varying(300) NOT NULL,
    note text NOT NULL,
    relationship character varying(200) NOT NULL,
    tempo character varying(6) NOT NULL,
    webhook boolean NOT NULL,
    disclosed boolean NOT NULL,
    state character varying(40) NOT NULL,
    ended_at timestamp with time zone,
    checked_at timestamp with time zone,
    tried_at timestamp with time zone,
    failure text NOT NULL,
    size integer NOT NULL,
    facts_hash character varying(64) NOT NULL,
    agency_id uuid,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    screening_id uuid,
    CONSTRAINT supplychain_watches_watch_size_check CHECK ((size >= 0)),
    CONSTRAINT watch_disclosed_to_one_agency CHECK (((NOT disclosed) OR ((kind)::text = 'agency'::text))),
    CONSTRAINT watch_ended_is_dated CHECK (((((state)::text = 'ended'::text) AND (ended_at IS NOT NULL)) OR ((NOT ((state)::text = 'ended'::text)) AND (ended_at IS NULL)))),
    CONSTRAINT watch_of_a_corridor_crosses_a_border CHECK (((((kind)::text = 'corridor'::text) AND (NOT ((origin)::text = ''::text)) AND (NOT ((destination)::text = (origin)::text))) OR ((NOT ((kind)::text = 'corridor'::text)) AND ((destination)::text = ''::text) AND ((origin)::text = ''::text)))),
    CONSTRAINT watch_of_a_screening_names_it CHECK (((((kind)::text = 'screening'::text) AND (screening_id IS NOT NULL)) OR ((NOT ((kind)::text = 'screening'::text)) AND (screening_id IS NULL)))),
    CONSTRAINT watch_of_an_agency_names_it CHECK (((((kind)::text = 'agency'::text) AND (agency_id IS NOT NULL)) OR ((NOT ((kind)::text = 'agency'::text)) AND (agency_id IS NULL))))
);

CREATE TABLE public.supplychain_watches_watch_people (
    id bigint NOT NULL,
    watch_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.supplychain_watches_watch_people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supplychain_watches_watch_people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_membership
    ADD CONSTRAINT accounts_membership_once UNIQUE (user_id, organisation_id);

ALTER TABLE ONLY public.audits_findings_correctiveaction
    ADD CONSTRAINT action_round_once UNIQUE (finding_id, round);

ALTER TABLE ONLY public.certification_agencies_agencycorridor
    ADD CONSTRAINT agency_corridor_once UNIQUE (agency_id, origin, destination);

ALTER TABLE ONLY public.certification_agencies_agencyidentifier
    ADD CONSTRAINT agency_identifier_once UNIQUE (agency_id, scheme, country, key);

ALTER TABLE ONLY public.certification_agencies_agencyname
    ADD CONSTRAINT agency_name_once UNIQUE (agency_id, name, kind);

ALTER TABLE ONLY public.certification_agencies_agencyreader
    ADD CONSTRAINT agency_reader_once UNIQUE (agency_id, organisation_id);

ALTER TABLE ONLY public.certification_agencies_agency
    ADD CONSTRAINT agency_registered_once UNIQUE (country, registration_key);

ALTER TABLE ONLY public.certification_agencies_agencysector
    ADD CONSTRAINT agency_sector_once UNIQUE (agency_id, sector);

ALTER TABLE ONLY public.certification_assessments_answerevidence
    ADD CONSTRAINT answer_evidence_once UNIQUE (answer_id, evidence_id);

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT answer_one_per_indicator UNIQUE (assessment_id, indicator_id);

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT assessment_one_per_cycle_revision UNIQUE (agency_id, cycle, revision);

ALTER TABLE ONLY public.certification_assessments_assessmentreader
    ADD CONSTRAINT assessment_reader_once UNIQUE (assessment_id, organisation_id);

ALTER TABLE ONLY public.certification_training_attendance
    ADD CONSTRAINT attendance_in_order UNIQUE (seat_id, day_id, place);

ALTER TABLE ONLY public.audits_fieldwork_attendee
    ADD CONSTRAINT attendee_once UNIQUE (meeting_id, name, side);

ALTER TABLE ONLY public.audits_bodies_auditfirm
    ADD CONSTRAINT audits_bodies_auditfirm_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.audits_bodies_auditfirm
    ADD CONSTRAINT audits_bodies_auditfirm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_auditor
    ADD CONSTRAINT audits_bodies_auditor_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.audits_bodies_auditor
    ADD CONSTRAINT audits_bodies_auditor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_auditortraining
    ADD CONSTRAINT audits_bodies_auditortraining_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_busyperiod
    ADD CONSTRAINT audits_bodies_busyperiod_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_clientfee
    ADD CONSTRAINT audits_bodies_clientfee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_declaredinterest
    ADD CONSTRAINT audits_bodies_declaredinterest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_firmyear
    ADD CONSTRAINT audits_bodies_firmyear_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_override
    ADD CONSTRAINT audits_bodies_override_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_overrideanswer
    ADD CONSTRAINT audits_bodies_overrideanswer_override_id_key UNIQUE (override_id);

ALTER TABLE ONLY public.audits_bodies_overrideanswer
    ADD CONSTRAINT audits_bodies_overrideanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_threat
    ADD CONSTRAINT audits_bodies_threat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_tie
    ADD CONSTRAINT audits_bodies_tie_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_bodies_yearlydeclaration
    ADD CONSTRAINT audits_bodies_yearlydeclaration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_audit_number_key UNIQUE (number);

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_auditnumber
    ADD CONSTRAINT audits_engagements_auditnumber_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.audits_engagements_auditplan
    ADD CONSTRAINT audits_engagements_auditplan_audit_id_key UNIQUE (audit_id);

ALTER TABLE ONLY public.audits_engagements_auditplan
    ADD CONSTRAINT audits_engagements_auditplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_conflictdeclaration
    ADD CONSTRAINT audits_engagements_conflictdeclaration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_indicatornote
    ADD CONSTRAINT audits_engagements_indicatornote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_interviewcount
    ADD CONSTRAINT audits_engagements_interviewcount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_notedraft
    ADD CONSTRAINT audits_engagements_notedraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_noteversion
    ADD CONSTRAINT audits_engagements_noteversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_objection
    ADD CONSTRAINT audits_engagements_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_plannedvisit_people
    ADD CONSTRAINT audits_engagements_plann_plannedvisit_id_auditor__28e2f1f5_uniq UNIQUE (plannedvisit_id, auditor_id);

ALTER TABLE ONLY public.audits_engagements_plannedvisit_people
    ADD CONSTRAINT audits_engagements_plannedvisit_people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_plannedvisit
    ADD CONSTRAINT audits_engagements_plannedvisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_priornote
    ADD CONSTRAINT audits_engagements_priornote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_teammember
    ADD CONSTRAINT audits_engagements_teammember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_witnessaudit
    ADD CONSTRAINT audits_engagements_witnessaudit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_acknowledgement
    ADD CONSTRAINT audits_fieldwork_acknowledgement_attendee_id_key UNIQUE (attendee_id);

ALTER TABLE ONLY public.audits_fieldwork_acknowledgement
    ADD CONSTRAINT audits_fieldwork_acknowledgement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_attendee
    ADD CONSTRAINT audits_fieldwork_attendee_code_key UNIQUE (code);

ALTER TABLE ONLY public.audits_fieldwork_attendee
    ADD CONSTRAINT audits_fieldwork_attendee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_disagreementreply
    ADD CONSTRAINT audits_fieldwork_disagreementreply_acknowledgement_id_key UNIQUE (acknowledgement_id);

ALTER TABLE ONLY public.audits_fieldwork_disagreementreply
    ADD CONSTRAINT audits_fieldwork_disagreementreply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_evidencewithdrawal
    ADD CONSTRAINT audits_fieldwork_evidencewithdrawal_evidence_id_key UNIQUE (evidence_id);

ALTER TABLE ONLY public.audits_fieldwork_evidencewithdrawal
    ADD CONSTRAINT audits_fieldwork_evidencewithdrawal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_hashcheck
    ADD CONSTRAINT audits_fieldwork_hashcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_meeting
    ADD CONSTRAINT audits_fieldwork_meeting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_meeting
    ADD CONSTRAINT audits_fieldwork_meeting_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.audits_fieldwork_signrecord_evidence
    ADD CONSTRAINT audits_fieldwork_signrec_signrecord_id_evidence_i_25bc369d_uniq UNIQUE (signrecord_id, evidence_id);

ALTER TABLE ONLY public.audits_fieldwork_signrecord_evidence
    ADD CONSTRAINT audits_fieldwork_signrecord_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_fieldwork_signrecord
    ADD CONSTRAINT audits_fieldwork_signrecord_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_actionfile
    ADD CONSTRAINT audits_findings_actionfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_containment
    ADD CONSTRAINT audits_findings_containment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_correctiveaction
    ADD CONSTRAINT audits_findings_correctiveaction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_escalation_findings
    ADD CONSTRAINT audits_findings_escalati_escalation_id_finding_id_2e807937_uniq UNIQUE (escalation_id, finding_id);

ALTER TABLE ONLY public.audits_findings_escalation_findings
    ADD CONSTRAINT audits_findings_escalation_findings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_escalation
    ADD CONSTRAINT audits_findings_escalation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_extension
    ADD CONSTRAINT audits_findings_extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_finding_evidence_items
    ADD CONSTRAINT audits_findings_finding__finding_id_evidence_id_4c768c54_uniq UNIQUE (finding_id, evidence_id);

ALTER TABLE ONLY public.audits_findings_finding_evidence_items
    ADD CONSTRAINT audits_findings_finding_evidence_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_findings_position
    ADD CONSTRAINT audits_findings_position_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_employmentcheck
    ADD CONSTRAINT audits_interviews_employmentcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_hotlineentry
    ADD CONSTRAINT audits_interviews_hotlineentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_identity
    ADD CONSTRAINT audits_interviews_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_identityaccess
    ADD CONSTRAINT audits_interviews_identityaccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_interview
    ADD CONSTRAINT audits_interviews_interview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_safeguardcase
    ADD CONSTRAINT audits_interviews_safeguardcase_interview_id_key UNIQUE (interview_id);

ALTER TABLE ONLY public.audits_interviews_safeguardcase
    ADD CONSTRAINT audits_interviews_safeguardcase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_statement
    ADD CONSTRAINT audits_interviews_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_vaulterasure
    ADD CONSTRAINT audits_interviews_vaulterasure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_kits_kit
    ADD CONSTRAINT audits_kits_kit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_kits_kitreturn
    ADD CONSTRAINT audits_kits_kitreturn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_evidence_id_key UNIQUE (evidence_id);

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_reports_caseexport
    ADD CONSTRAINT audits_reports_caseexport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_reports_report
    ADD CONSTRAINT audits_reports_report_audit_id_key UNIQUE (audit_id);

ALTER TABLE ONLY public.audits_reports_report
    ADD CONSTRAINT audits_reports_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_reports_reportfile
    ADD CONSTRAINT audits_reports_reportfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_reports_reportfile
    ADD CONSTRAINT audits_reports_reportfile_version_id_key UNIQUE (version_id);

ALTER TABLE ONLY public.audits_reports_reportversion
    ADD CONSTRAINT audits_reports_reportversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_frame
    ADD CONSTRAINT audits_sampling_frame_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_framedraft
    ADD CONSTRAINT audits_sampling_framedraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_framemember
    ADD CONSTRAINT audits_sampling_framemember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_frameversion
    ADD CONSTRAINT audits_sampling_frameversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_identityopened
    ADD CONSTRAINT audits_sampling_identityopened_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_replacement_given_up_id_key UNIQUE (given_up_id);

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_replacement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_replacement_taken_id_key UNIQUE (taken_id);

ALTER TABLE ONLY public.audits_sampling_sample
    ADD CONSTRAINT audits_sampling_sample_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_sample
    ADD CONSTRAINT audits_sampling_sample_version_id_key UNIQUE (version_id);

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT audits_sampling_samplemember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_samplestratum
    ADD CONSTRAINT audits_sampling_samplestratum_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_sampling_stratumraise
    ADD CONSTRAINT audits_sampling_stratumraise_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_decisions_bar
    ADD CONSTRAINT bar_said_once UNIQUE (agency_id, person_id, kind, source);

ALTER TABLE ONLY public.certification_applications_caseaccess
    ADD CONSTRAINT case_access_once UNIQUE (application_id, organisation_id);

ALTER TABLE ONLY public.certification_repayments_caseworker
    ADD CONSTRAINT case_worker_code_once UNIQUE (case_id, code);

ALTER TABLE ONLY public.certification_repayments_caseworker
    ADD CONSTRAINT case_worker_once UNIQUE (case_id, mark);

ALTER TABLE ONLY public.certification_certificates_certificatecondition
    ADD CONSTRAINT certificate_condition_place UNIQUE (certificate_id, "position");

ALTER TABLE ONLY public.certification_certificates_certificatecorridor
    ADD CONSTRAINT certificate_corridor_once UNIQUE (certificate_id, origin, destination);

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certificate_numbered_once UNIQUE (number, revision);

ALTER TABLE ONLY public.certification_agencies_agency
    ADD CONSTRAINT certification_agencies_agency_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.certification_agencies_agency
    ADD CONSTRAINT certification_agencies_agency_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_agencycorridor
    ADD CONSTRAINT certification_agencies_agencycorridor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_agencyidentifier
    ADD CONSTRAINT certification_agencies_agencyidentifier_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_agencyname
    ADD CONSTRAINT certification_agencies_agencyname_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_agencyreader
    ADD CONSTRAINT certification_agencies_agencyreader_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_agencysector
    ADD CONSTRAINT certification_agencies_agencysector_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_branch
    ADD CONSTRAINT certification_agencies_branch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_branchperson
    ADD CONSTRAINT certification_agencies_branchperson_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_changedocument
    ADD CONSTRAINT certification_agencies_changedocument_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_changereport
    ADD CONSTRAINT certification_agencies_changereport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_licence
    ADD CONSTRAINT certification_agencies_licence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_likenesskey
    ADD CONSTRAINT certification_agencies_likenesskey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_likenesssignal
    ADD CONSTRAINT certification_agencies_likenesssignal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_officer
    ADD CONSTRAINT certification_agencies_officer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_relatedcompany
    ADD CONSTRAINT certification_agencies_relatedcompany_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_agencies_subagent
    ADD CONSTRAINT certification_agencies_subagent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applications_application_number_key UNIQUE (number);

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applications_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_applicationsequence
    ADD CONSTRAINT certification_applications_applicationsequence_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.certification_applications_caseaccess
    ADD CONSTRAINT certification_applications_caseaccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_casenote
    ADD CONSTRAINT certification_applications_casenote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applications_deferral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_deferralflag
    ADD CONSTRAINT certification_applications_deferralflag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_letter
    ADD CONSTRAINT certification_applications_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_applications_letterfile
    ADD CONSTRAINT certification_applications_letterfile_letter_id_key UNIQUE (letter_id);

ALTER TABLE ONLY public.certification_applications_letterfile
    ADD CONSTRAINT certification_applications_letterfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assessments_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_answerevidence
    ADD CONSTRAINT certification_assessments_answerevidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assessments_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_assessmentreader
    ADD CONSTRAINT certification_assessments_assessmentreader_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_corridorcost
    ADD CONSTRAINT certification_assessments_corridorcost_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_costline
    ADD CONSTRAINT certification_assessments_costline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_delegation
    ADD CONSTRAINT certification_assessments_delegation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_dismissal
    ADD CONSTRAINT certification_assessments_dismissal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT certification_assessments_editionmove_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_employerrequest
    ADD CONSTRAINT certification_assessments_employerrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_employerstatement
    ADD CONSTRAINT certification_assessments_employerstatement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assessments_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assessments_evidence_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.certification_assessments_exchangerate
    ADD CONSTRAINT certification_assessments_exchangerate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_joborder
    ADD CONSTRAINT certification_assessments_joborder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_labelterm
    ADD CONSTRAINT certification_assessments_labelterm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_setaside
    ADD CONSTRAINT certification_assessments_setaside_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_workbookreturn
    ADD CONSTRAINT certification_assessments_workbookreturn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_auditorder
    ADD CONSTRAINT certification_certificates_auditorder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certificates_certificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certificates_certificate_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.certification_certificates_certificatechange
    ADD CONSTRAINT certification_certificates_certificatechange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_certificatecondition
    ADD CONSTRAINT certification_certificates_certificatecondition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_certificatecorridor
    ADD CONSTRAINT certification_certificates_certificatecorridor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_decisiondeferral
    ADD CONSTRAINT certification_certificates_decisiondeferral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_licencereview
    ADD CONSTRAINT certification_certificates_licencereview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_marklicence
    ADD CONSTRAINT certification_certificates_marklicence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certificates_misusecase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certificates_misusecase_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.certification_certificates_numberseries
    ADD CONSTRAINT certification_certificates_numberseries_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.certification_certificates_surveillancewindow
    ADD CONSTRAINT certification_certificates_surveillancewindow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_credentials_credential_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_credentials_credential_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.certification_credentials_schemekey
    ADD CONSTRAINT certification_credentials_schemekey_name_key UNIQUE (name);

ALTER TABLE ONLY public.certification_credentials_schemekey
    ADD CONSTRAINT certification_credentials_schemekey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_credentials_statuslist
    ADD CONSTRAINT certification_credentials_statuslist_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisions_appeal_decision_id_key UNIQUE (decision_id);

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisions_appeal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_decisions_bar
    ADD CONSTRAINT certification_decisions_bar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_decisions_decision
    ADD CONSTRAINT certification_decisions_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT certification_decisions_vote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_licences_entry
    ADD CONSTRAINT certification_licences_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_licences_snapshot
    ADD CONSTRAINT certification_licences_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_opendata_dump
    ADD CONSTRAINT certification_opendata_dump_folder_key UNIQUE (folder);

ALTER TABLE ONLY public.certification_opendata_dump
    ADD CONSTRAINT certification_opendata_dump_manifest_sha256_key UNIQUE (manifest_sha256);

ALTER TABLE ONLY public.certification_opendata_dump
    ADD CONSTRAINT certification_opendata_dump_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_opendata_dumpend
    ADD CONSTRAINT certification_opendata_dumpend_dump_id_key UNIQUE (dump_id);

ALTER TABLE ONLY public.certification_opendata_dumpend
    ADD CONSTRAINT certification_opendata_dumpend_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_opendata_logentry
    ADD CONSTRAINT certification_opendata_logentry_chain_seq_key UNIQUE (chain_seq);

ALTER TABLE ONLY public.certification_opendata_logentry
    ADD CONSTRAINT certification_opendata_logentry_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.certification_opendata_logentry
    ADD CONSTRAINT certification_opendata_logentry_pkey PRIMARY KEY (index);

ALTER TABLE ONLY public.certification_opendata_lognode
    ADD CONSTRAINT certification_opendata_lognode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_opendata_logplace
    ADD CONSTRAINT certification_opendata_logplace_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.certification_opendata_treehead
    ADD CONSTRAINT certification_opendata_treehead_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_breach
    ADD CONSTRAINT certification_repayments_breach_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_casesequence
    ADD CONSTRAINT certification_repayments_casesequence_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.certification_repayments_caseworker
    ADD CONSTRAINT certification_repayments_caseworker_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_cohort
    ADD CONSTRAINT certification_repayments_cohort_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_consultation
    ADD CONSTRAINT certification_repayments_consultation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_costline
    ADD CONSTRAINT certification_repayments_costline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_instalment
    ADD CONSTRAINT certification_repayments_instalment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_lateinterest
    ADD CONSTRAINT certification_repayments_lateinterest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_loancost
    ADD CONSTRAINT certification_repayments_loancost_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_payershare
    ADD CONSTRAINT certification_repayments_payershare_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_payment
    ADD CONSTRAINT certification_repayments_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_rate
    ADD CONSTRAINT certification_repayments_rate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_repaymentcase
    ADD CONSTRAINT certification_repayments_repaymentcase_number_key UNIQUE (number);

ALTER TABLE ONLY public.certification_repayments_repaymentcase
    ADD CONSTRAINT certification_repayments_repaymentcase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_sheetdraft
    ADD CONSTRAINT certification_repayments_sheetdraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_thirdpartycheck
    ADD CONSTRAINT certification_repayments_thirdpartycheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_tracingattempt
    ADD CONSTRAINT certification_repayments_tracingattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_workeraccess
    ADD CONSTRAINT certification_repayments_workeraccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_repayments_workerconfirmation
    ADD CONSTRAINT certification_repayments_workerconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_criterion
    ADD CONSTRAINT certification_standard_criterion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_edition
    ADD CONSTRAINT certification_standard_edition_number_key UNIQUE (number);

ALTER TABLE ONLY public.certification_standard_edition
    ADD CONSTRAINT certification_standard_edition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_indicator
    ADD CONSTRAINT certification_standard_indicator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_mapping
    ADD CONSTRAINT certification_standard_mapping_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_otheritem
    ADD CONSTRAINT certification_standard_otheritem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_otherscheme
    ADD CONSTRAINT certification_standard_otherscheme_code_key UNIQUE (code);

ALTER TABLE ONLY public.certification_standard_otherscheme
    ADD CONSTRAINT certification_standard_otherscheme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_principle
    ADD CONSTRAINT certification_standard_principle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_standard_translation
    ADD CONSTRAINT certification_standard_translation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_attendance
    ADD CONSTRAINT certification_training_attendance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_catalogueentry
    ADD CONSTRAINT certification_training_catalogueentry_code_key UNIQUE (code);

ALTER TABLE ONLY public.certification_training_catalogueentry
    ADD CONSTRAINT certification_training_catalogueentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_course
    ADD CONSTRAINT certification_training_course_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_courseday
    ADD CONSTRAINT certification_training_courseday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_coursetrainer
    ADD CONSTRAINT certification_training_coursetrainer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_provider
    ADD CONSTRAINT certification_training_provider_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.certification_training_provider
    ADD CONSTRAINT certification_training_provider_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_training_seat
    ADD CONSTRAINT certification_training_seat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_interviews_employmentcheck
    ADD CONSTRAINT checked_once_per_audit UNIQUE (audit_id, person_mark);

ALTER TABLE ONLY public.certification_repayments_cohort
    ADD CONSTRAINT cohort_name_once UNIQUE (case_id, name);

ALTER TABLE ONLY public.audits_findings_containment
    ADD CONSTRAINT containment_round_once UNIQUE (finding_id, round);

ALTER TABLE ONLY public.certification_training_courseday
    ADD CONSTRAINT course_day_once UNIQUE (course_id, "on");

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT credential_bit_revoked UNIQUE (revocation_list_id, revocation_index);

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT credential_bit_suspended UNIQUE (suspension_list_id, suspension_index);

ALTER TABLE ONLY public.certification_standard_criterion
    ADD CONSTRAINT criterion_code_once UNIQUE (principle_id, code);

ALTER TABLE ONLY public.certification_standard_criterion
    ADD CONSTRAINT criterion_order_once UNIQUE (principle_id, "order");

ALTER TABLE ONLY public.certification_applications_deferralflag
    ADD CONSTRAINT deferral_flags_once UNIQUE NULLS NOT DISTINCT (deferral_id, indicator_id);

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT deferral_numbered_once UNIQUE (application_id, number);

ALTER TABLE ONLY public.supplychain_diligence_condition
    ADD CONSTRAINT diligence_condition_once UNIQUE (decision_id, number);

ALTER TABLE ONLY public.supplychain_diligence_nomination
    ADD CONSTRAINT diligence_nominated_once UNIQUE (nominee_id, organisation_id);

ALTER TABLE ONLY public.supplychain_diligence_nominee
    ADD CONSTRAINT diligence_nominee_once UNIQUE (key, country);

ALTER TABLE ONLY public.certification_assessments_dismissal
    ADD CONSTRAINT dismissal_once_per_warning UNIQUE (assessment_id, rule, subject);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT dossier_copy_once UNIQUE (version_id, profile);

ALTER TABLE ONLY public.supplychain_dossiers_dossierversion
    ADD CONSTRAINT dossier_version_once UNIQUE (dossier_id, number);

ALTER TABLE ONLY public.supplychain_dossiers_words
    ADD CONSTRAINT dossier_words_once UNIQUE (dossier_id, ask);

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT drawn_once UNIQUE (sample_id, member_id);

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT edition_move_once UNIQUE (assessment_id, to_edition_id);

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT evidence_version_once UNIQUE (redaction_of_id, version);

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT finding_number_once_per_audit UNIQUE (audit_id, number);

ALTER TABLE ONLY public.certification_standard_indicator
    ADD CONSTRAINT indicator_code_once UNIQUE (criterion_id, code);

ALTER TABLE ONLY public.certification_standard_indicator
    ADD CONSTRAINT indicator_order_once UNIQUE (criterion_id, "order");

ALTER TABLE ONLY public.certification_repayments_instalment
    ADD CONSTRAINT instalment_once UNIQUE (case_id, number);

ALTER TABLE ONLY public.audits_interviews_interview
    ADD CONSTRAINT interview_number_in_audit UNIQUE (audit_id, number);

ALTER TABLE ONLY public.iris_accounts_apiclient
    ADD CONSTRAINT iris_accounts_apiclient_form_key_key UNIQUE (form_key);

ALTER TABLE ONLY public.iris_accounts_apiclient
    ADD CONSTRAINT iris_accounts_apiclient_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_apiclient
    ADD CONSTRAINT iris_accounts_apiclient_prefix_key UNIQUE (prefix);

ALTER TABLE ONLY public.iris_accounts_invitation
    ADD CONSTRAINT iris_accounts_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_invitation
    ADD CONSTRAINT iris_accounts_invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.iris_accounts_membership
    ADD CONSTRAINT iris_accounts_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_organisation
    ADD CONSTRAINT iris_accounts_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_user
    ADD CONSTRAINT iris_accounts_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.iris_accounts_user_groups
    ADD CONSTRAINT iris_accounts_user_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_user_groups
    ADD CONSTRAINT iris_accounts_user_groups_user_id_group_id_732bc0a5_uniq UNIQUE (user_id, group_id);

ALTER TABLE ONLY public.iris_accounts_user
    ADD CONSTRAINT iris_accounts_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_accounts_user_user_permissions
    ADD CONSTRAINT iris_accounts_user_user__user_id_permission_id_deb8529a_uniq UNIQUE (user_id, permission_id);

ALTER TABLE ONLY public.iris_accounts_user_user_permissions
    ADD CONSTRAINT iris_accounts_user_user_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_core_chainlink
    ADD CONSTRAINT iris_core_chainlink_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.iris_core_chainlink
    ADD CONSTRAINT iris_core_chainlink_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.iris_core_chainlink
    ADD CONSTRAINT iris_core_chainlink_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.iris_core_event
    ADD CONSTRAINT iris_core_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_core_eventpayload
    ADD CONSTRAINT iris_core_eventpayload_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY public.iris_core_heartbeat
    ADD CONSTRAINT iris_core_heartbeat_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.iris_core_outboxrow
    ADD CONSTRAINT iris_core_outboxrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_core_storedfile
    ADD CONSTRAINT iris_core_storedfile_path_key UNIQUE (path);

ALTER TABLE ONLY public.iris_core_storedfile
    ADD CONSTRAINT iris_core_storedfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_core_sweeprun
    ADD CONSTRAINT iris_core_sweeprun_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.iris_notify_notice
    ADD CONSTRAINT iris_notify_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_webhooks_attempt
    ADD CONSTRAINT iris_webhooks_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_webhooks_delivery
    ADD CONSTRAINT iris_webhooks_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.iris_webhooks_endpoint
    ADD CONSTRAINT iris_webhooks_endpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_assessments_joborder
    ADD CONSTRAINT joborder_reference_once UNIQUE (assessment_id, reference);

ALTER TABLE ONLY public.audits_kits_kit
    ADD CONSTRAINT kit_number_once_per_audit UNIQUE (audit_id, number);

ALTER TABLE ONLY public.certification_applications_letter
    ADD CONSTRAINT letter_numbered_once UNIQUE (application_id, number);

ALTER TABLE ONLY public.certification_licences_entry
    ADD CONSTRAINT licence_entry_once_per_list UNIQUE (snapshot_id, key);

ALTER TABLE ONLY public.certification_agencies_licence
    ADD CONSTRAINT licence_once_per_agency UNIQUE (agency_id, country, number_key);

ALTER TABLE ONLY public.certification_agencies_likenesskey
    ADD CONSTRAINT likeness_key_once_per_agency UNIQUE (agency_id, kind, key);

ALTER TABLE ONLY public.certification_agencies_likenesssignal
    ADD CONSTRAINT likeness_once_per_pair UNIQUE (agency_id, other_id);

ALTER TABLE ONLY public.audits_sampling_frameversion
    ADD CONSTRAINT lists_are_numbered UNIQUE (frame_id, number);

ALTER TABLE ONLY public.certification_standard_mapping
    ADD CONSTRAINT mapping_once UNIQUE (item_id, indicator_id);

ALTER TABLE ONLY public.certification_certificates_marklicence
    ADD CONSTRAINT mark_terms_accepted_once UNIQUE (number, terms_version);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audits_engagements_noteversion
    ADD CONSTRAINT note_version_once UNIQUE (note_id, version);

ALTER TABLE ONLY public.audits_sampling_framemember
    ADD CONSTRAINT once_in_a_list UNIQUE (version_id, key);

ALTER TABLE ONLY public.audits_engagements_teammember
    ADD CONSTRAINT once_in_a_team UNIQUE (audit_id, auditor_id);

ALTER TABLE ONLY public.audits_interviews_identity
    ADD CONSTRAINT once_in_an_interview UNIQUE (interview_mark, person_mark, role);

ALTER TABLE ONLY public.audits_interviews_statement
    ADD CONSTRAINT one_answer_per_question UNIQUE (interview_id, question);

ALTER TABLE ONLY public.audits_engagements_interviewcount
    ADD CONSTRAINT one_count_per_kind UNIQUE (audit_id, kind);

ALTER TABLE ONLY public.audits_engagements_conflictdeclaration
    ADD CONSTRAINT one_declaration_per_auditor UNIQUE (audit_id, auditor_id);

ALTER TABLE ONLY public.audits_engagements_notedraft
    ADD CONSTRAINT one_draft_per_author_and_note UNIQUE (audit_id, indicator_id, stage, author_id);

ALTER TABLE ONLY public.audits_bodies_clientfee
    ADD CONSTRAINT one_fee_of_a_client_and_year UNIQUE (of_id, agency_id);

ALTER TABLE ONLY public.audits_sampling_frame
    ADD CONSTRAINT one_list_of_a_kind_per_audit UNIQUE (audit_id, kind);

ALTER TABLE ONLY public.audits_engagements_indicatornote
    ADD CONSTRAINT one_note_per_indicator_and_stage UNIQUE (audit_id, indicator_id, stage);

ALTER TABLE ONLY public.audits_bodies_firmyear
    ADD CONSTRAINT one_turnover_for_a_year UNIQUE (firm_id, year);

ALTER TABLE ONLY public.audits_engagements_plannedvisit
    ADD CONSTRAINT one_visit_per_position UNIQUE (plan_id, "position");

ALTER TABLE ONLY public.certification_opendata_dump
    ADD CONSTRAINT opendata_dump_once_a_day UNIQUE (day, kind);

ALTER TABLE ONLY public.certification_opendata_dump
    ADD CONSTRAINT opendata_dumps_do_not_fork UNIQUE (previous_sha256);

ALTER TABLE ONLY public.certification_opendata_treehead
    ADD CONSTRAINT opendata_head_once UNIQUE (size, at);

ALTER TABLE ONLY public.certification_opendata_lognode
    ADD CONSTRAINT opendata_node_once UNIQUE (level, place);

ALTER TABLE ONLY public.certification_standard_otheritem
    ADD CONSTRAINT other_item_code_once UNIQUE (scheme_id, code);

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT places_are_numbered UNIQUE (stratum_id, place);

ALTER TABLE ONLY public.audits_findings_position
    ADD CONSTRAINT position_turn_once UNIQUE (finding_id, turn);

ALTER TABLE ONLY public.certification_standard_principle
    ADD CONSTRAINT principle_code_once UNIQUE (edition_id, code);

ALTER TABLE ONLY public.certification_standard_principle
    ADD CONSTRAINT principle_order_once UNIQUE (edition_id, "order");

ALTER TABLE ONLY public.certification_repayments_rate
    ADD CONSTRAINT rate_once UNIQUE (case_id, currency);

ALTER TABLE ONLY public.audits_reports_reportversion
    ADD CONSTRAINT report_version_once UNIQUE (report_id, number);

ALTER TABLE ONLY public.supplychain_risk_weightset
    ADD CONSTRAINT risk_weights_numbered UNIQUE (organisation_id, number);

ALTER TABLE ONLY public.supplychain_screenings_screeningbatch
    ADD CONSTRAINT screening_batch_once UNIQUE (screening_id, first);

ALTER TABLE ONLY public.supplychain_screenings_screeningfact
    ADD CONSTRAINT screening_fact_once UNIQUE (screening_id, agency_id, sha256);

ALTER TABLE ONLY public.supplychain_screenings_mappingmemory
    ADD CONSTRAINT screening_mapping_once UNIQUE (organisation_id, columns_key);

ALTER TABLE ONLY public.supplychain_screenings_rowoutcome
    ADD CONSTRAINT screening_outcome_once UNIQUE (screening_id, number);

ALTER TABLE ONLY public.supplychain_screenings_screeningrow
    ADD CONSTRAINT screening_row_once UNIQUE (screening_id, number);

ALTER TABLE ONLY public.certification_assessments_setaside
    ADD CONSTRAINT set_aside_once UNIQUE (move_id, indicator_id);

ALTER TABLE ONLY public.certification_repayments_payershare
    ADD CONSTRAINT share_once UNIQUE (case_id, kind, name);

ALTER TABLE ONLY public.audits_fieldwork_signrecord
    ADD CONSTRAINT sign_version_once UNIQUE (audit_id, sign, version);

ALTER TABLE ONLY public.certification_credentials_statuslist
    ADD CONSTRAINT status_list_numbered_once UNIQUE (purpose, number);

ALTER TABLE ONLY public.audits_sampling_samplestratum
    ADD CONSTRAINT strata_are_numbered UNIQUE (sample_id, number);

ALTER TABLE ONLY public.supplychain_chains_chainimport
    ADD CONSTRAINT supplychain_chains_chainimport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_chains_chainversion
    ADD CONSTRAINT supplychain_chains_chainversion_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY public.supplychain_chains_entry
    ADD CONSTRAINT supplychain_chains_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_chains_invitation
    ADD CONSTRAINT supplychain_chains_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_chains_invitation
    ADD CONSTRAINT supplychain_chains_invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_chains_party
    ADD CONSTRAINT supplychain_chains_party_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_chains_partyversion
    ADD CONSTRAINT supplychain_chains_partyversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_condition
    ADD CONSTRAINT supplychain_diligence_condition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligence_decision_number_key UNIQUE (number);

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligence_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_informationrequest
    ADD CONSTRAINT supplychain_diligence_informationrequest_code_key UNIQUE (code);

ALTER TABLE ONLY public.supplychain_diligence_informationrequest
    ADD CONSTRAINT supplychain_diligence_informationrequest_number_key UNIQUE (number);

ALTER TABLE ONLY public.supplychain_diligence_informationrequest
    ADD CONSTRAINT supplychain_diligence_informationrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_nomination
    ADD CONSTRAINT supplychain_diligence_nomination_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_nominee
    ADD CONSTRAINT supplychain_diligence_nominee_agency_id_key UNIQUE (agency_id);

ALTER TABLE ONLY public.supplychain_diligence_nominee
    ADD CONSTRAINT supplychain_diligence_nominee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_nominee
    ADD CONSTRAINT supplychain_diligence_nominee_token_key UNIQUE (token);

ALTER TABLE ONLY public.supplychain_diligence_numbersequence
    ADD CONSTRAINT supplychain_diligence_numbersequence_pkey PRIMARY KEY (series);

ALTER TABLE ONLY public.supplychain_diligence_requestmessage
    ADD CONSTRAINT supplychain_diligence_requestmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_requestpaper
    ADD CONSTRAINT supplychain_diligence_requestpaper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_settings
    ADD CONSTRAINT supplychain_diligence_settings_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.supplychain_diligence_settings
    ADD CONSTRAINT supplychain_diligence_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_diligence_stepnote
    ADD CONSTRAINT supplychain_diligence_stepnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT supplychain_dossiers_copy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT supplychain_dossiers_copy_top_sha256_key UNIQUE (top_sha256);

ALTER TABLE ONLY public.supplychain_dossiers_dossier
    ADD CONSTRAINT supplychain_dossiers_dossier_number_key UNIQUE (number);

ALTER TABLE ONLY public.supplychain_dossiers_dossier
    ADD CONSTRAINT supplychain_dossiers_dossier_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_dossiersequence
    ADD CONSTRAINT supplychain_dossiers_dossiersequence_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.supplychain_dossiers_dossierversion
    ADD CONSTRAINT supplychain_dossiers_dossierversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_hold
    ADD CONSTRAINT supplychain_dossiers_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_tombstone
    ADD CONSTRAINT supplychain_dossiers_tombstone_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_dossiers_words
    ADD CONSTRAINT supplychain_dossiers_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_lookups_lookup
    ADD CONSTRAINT supplychain_lookups_lookup_number_key UNIQUE (number);

ALTER TABLE ONLY public.supplychain_lookups_lookup
    ADD CONSTRAINT supplychain_lookups_lookup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_lookups_receiptpdf
    ADD CONSTRAINT supplychain_lookups_receiptpdf_lookup_id_key UNIQUE (lookup_id);

ALTER TABLE ONLY public.supplychain_lookups_receiptpdf
    ADD CONSTRAINT supplychain_lookups_receiptpdf_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_matchdecision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_matchdecision_undoes_id_key UNIQUE (undoes_id);

ALTER TABLE ONLY public.supplychain_names_namechange
    ADD CONSTRAINT supplychain_names_namechange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_risk_weightset
    ADD CONSTRAINT supplychain_risk_weightset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_mappingmemory
    ADD CONSTRAINT supplychain_screenings_mappingmemory_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_rowoutcome
    ADD CONSTRAINT supplychain_screenings_rowoutcome_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_screening
    ADD CONSTRAINT supplychain_screenings_screening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_screeningbatch
    ADD CONSTRAINT supplychain_screenings_screeningbatch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_screeningfact
    ADD CONSTRAINT supplychain_screenings_screeningfact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_screenings_screeningrow
    ADD CONSTRAINT supplychain_screenings_screeningrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_alarm
    ADD CONSTRAINT supplychain_watches_alarm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_change
    ADD CONSTRAINT supplychain_watches_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_digest
    ADD CONSTRAINT supplychain_watches_digest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_entry
    ADD CONSTRAINT supplychain_watches_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_plan
    ADD CONSTRAINT supplychain_watches_plan_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.supplychain_watches_plan
    ADD CONSTRAINT supplychain_watches_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_round
    ADD CONSTRAINT supplychain_watches_round_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_sight
    ADD CONSTRAINT supplychain_watches_sight_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_telling
    ADD CONSTRAINT supplychain_watches_telling_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_watch_people
    ADD CONSTRAINT supplychain_watches_watch_people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supplychain_watches_watch_people
    ADD CONSTRAINT supplychain_watches_watch_people_watch_id_user_id_013d8098_uniq UNIQUE (watch_id, user_id);

ALTER TABLE ONLY public.supplychain_watches_watch
    ADD CONSTRAINT supplychain_watches_watch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certification_certificates_surveillancewindow
    ADD CONSTRAINT surveillance_window_once UNIQUE (decision_id, "position");

ALTER TABLE ONLY public.certification_training_coursetrainer
    ADD CONSTRAINT trainer_once UNIQUE (course_id, person_id);

ALTER TABLE ONLY public.audits_bodies_auditortraining
    ADD CONSTRAINT training_told_once UNIQUE (auditor_id, course, passed_on);

ALTER TABLE ONLY public.certification_standard_translation
    ADD CONSTRAINT translation_version_once UNIQUE (edition_id, language, version);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT vote_once_on_a_decision UNIQUE (decision_id, person_id);

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT vote_once_on_an_appeal UNIQUE (appeal_id, person_id);

ALTER TABLE ONLY public.supplychain_watches_change
    ADD CONSTRAINT watch_change_once_per_run UNIQUE (entry_id, agency_id);

ALTER TABLE ONLY public.supplychain_watches_digest
    ADD CONSTRAINT watch_digest_once UNIQUE (organisation_id, person_id, tempo, due_at);

ALTER TABLE ONLY public.supplychain_watches_sight
    ADD CONSTRAINT watch_sight_once UNIQUE (watch_id, agency_id);

ALTER TABLE ONLY public.supplychain_watches_telling
    ADD CONSTRAINT watch_told_once UNIQUE (entry_id, person_id);

ALTER TABLE ONLY public.audits_engagements_witnessaudit
    ADD CONSTRAINT witnessed_once_by_a_person UNIQUE (audit_id, auditor_id, witness_id);

ALTER TABLE ONLY public.certification_assessments_workbookreturn
    ADD CONSTRAINT workbook_return_one_waiting UNIQUE (assessment_id, uploaded_by_id);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE UNIQUE INDEX accounts_invitation_one_open_per_address ON public.iris_accounts_invitation USING btree (organisation_id, email) WHERE ((state)::text = 'open'::text);

CREATE INDEX accounts_org_kind_state ON public.iris_accounts_organisation USING btree (kind, state);

CREATE INDEX agency_by_mail_domain ON public.certification_agencies_agency USING btree (public.agency_mail_domain((email)::text));

CREATE INDEX agency_by_phone_tail ON public.certification_agencies_agency USING btree (public.agency_phone_tail((phone)::text));

CREATE INDEX agency_by_registration_key ON public.certification_agencies_agency USING btree (registration_key);

CREATE INDEX agency_by_web_domain ON public.certification_agencies_agency USING btree (public.agency_web_domain((website)::text));

CREATE UNIQUE INDEX agency_has_one_legal_name ON public.certification_agencies_agencyname USING btree (agency_id) WHERE ((kind)::text = 'legal'::text);

CREATE INDEX agency_name_trigrams ON public.certification_agencies_agencyname USING gin (normal public.gin_trgm_ops);

CREATE UNIQUE INDEX application_one_open_per_agency ON public.certification_applications_application USING btree (agency_id) WHERE ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('submitted'::character varying)::text, ('fee_pending'::character varying)::text, ('in_review'::character varying)::text, ('deferred'::character varying)::text, ('accepted'::character varying)::text, ('under_audit'::character varying)::text, ('recommended'::character varying)::text]));

CREATE INDEX assess_evidence_expiry ON public.certification_assessments_evidence USING btree (agency_id, valid_until);

CREATE UNIQUE INDEX assessment_one_open_per_agency ON public.certification_assessments_assessment USING btree (agency_id) WHERE ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('reopened'::character varying)::text]));

CREATE UNIQUE INDEX audit_order_one_of_a_kind ON public.certification_certificates_auditorder USING btree (certificate_id, kind) WHERE ((state)::text = 'ordered'::text);

CREATE INDEX audits_bodies_auditor_firm_id_13d0bce1 ON public.audits_bodies_auditor USING btree (firm_id);

CREATE INDEX audits_bodies_auditortraining_auditor_id_1aa3255c ON public.audits_bodies_auditortraining USING btree (auditor_id);

CREATE INDEX audits_bodies_busyperiod_auditor_id_4f581534 ON public.audits_bodies_busyperiod USING btree (auditor_id);

CREATE INDEX audits_bodies_clientfee_agency_id_f83e2351 ON public.audits_bodies_clientfee USING btree (agency_id);

CREATE INDEX audits_bodies_clientfee_of_id_f01216af ON public.audits_bodies_clientfee USING btree (of_id);

CREATE INDEX audits_bodies_declaredinterest_agency_id_1f70e6a6 ON public.audits_bodies_declaredinterest USING btree (agency_id);

CREATE INDEX audits_bodies_declaredinterest_declaration_id_73540bc2 ON public.audits_bodies_declaredinterest USING btree (declaration_id);

CREATE INDEX audits_bodies_firmyear_firm_id_ed279d94 ON public.audits_bodies_firmyear USING btree (firm_id);

CREATE INDEX audits_bodies_override_application_id_bcca2892 ON public.audits_bodies_override USING btree (application_id);

CREATE INDEX audits_bodies_override_auditor_id_4d38e0a6 ON public.audits_bodies_override USING btree (auditor_id);

CREATE INDEX audits_bodies_override_given_by_id_c5c57c23 ON public.audits_bodies_override USING btree (given_by_id);

CREATE INDEX audits_bodies_overrideanswer_person_id_443cbf60 ON public.audits_bodies_overrideanswer USING btree (person_id);

CREATE INDEX audits_bodies_threat_agency_id_ae0cbd19 ON public.audits_bodies_threat USING btree (agency_id);

CREATE INDEX audits_bodies_threat_auditor_id_b4ebd1a5 ON public.audits_bodies_threat USING btree (auditor_id);

CREATE INDEX audits_bodies_threat_firm_id_a1f7aba7 ON public.audits_bodies_threat USING btree (firm_id);

CREATE INDEX audits_bodies_threat_owner_id_ae90d644 ON public.audits_bodies_threat USING btree (owner_id);

CREATE INDEX audits_bodies_threat_state_6d5fd945 ON public.audits_bodies_threat USING btree (state);

CREATE INDEX audits_bodies_threat_state_6d5fd945_like ON public.audits_bodies_threat USING btree (state varchar_pattern_ops);

CREATE INDEX audits_bodies_tie_agency_id_327e82c6 ON public.audits_bodies_tie USING btree (agency_id);

CREATE INDEX audits_bodies_tie_auditor_id_2378e4a2 ON public.audits_bodies_tie USING btree (auditor_id);

CREATE INDEX audits_bodies_yearlydeclaration_auditor_id_435dbd1c ON public.audits_bodies_yearlydeclaration USING btree (auditor_id);

CREATE INDEX audits_enga_agency__ece421_idx ON public.audits_engagements_audit USING btree (agency_id, state);

CREATE INDEX audits_enga_firm_id_148738_idx ON public.audits_engagements_audit USING btree (firm_id, state);

CREATE INDEX audits_engagements_audit_agency_id_701d54b3 ON public.audits_engagements_audit USING btree (agency_id);

CREATE INDEX audits_engagements_audit_application_id_2b655ab1 ON public.audits_engagements_audit USING btree (application_id);

CREATE INDEX audits_engagements_audit_firm_id_bb800cfa ON public.audits_engagements_audit USING btree (firm_id);

CREATE INDEX audits_engagements_audit_follows_id_92cc4774 ON public.audits_engagements_audit USING btree (follows_id);

CREATE INDEX audits_engagements_audit_lead_id_8de1fb4e ON public.audits_engagements_audit USING btree (lead_id);

CREATE INDEX audits_engagements_audit_number_5919263b_like ON public.audits_engagements_audit USING btree (number varchar_pattern_ops);

CREATE INDEX audits_engagements_audit_order_id_6a4d0ee4 ON public.audits_engagements_audit USING btree (order_id);

CREATE INDEX audits_engagements_audit_state_7881ac4e ON public.audits_engagements_audit USING btree (state);

CREATE INDEX audits_engagements_audit_state_7881ac4e_like ON public.audits_engagements_audit USING btree (state varchar_pattern_ops);

CREATE INDEX audits_engagements_conflictdeclaration_audit_id_1fde36c4 ON public.audits_engagements_conflictdeclaration USING btree (audit_id);

CREATE INDEX audits_engagements_conflictdeclaration_auditor_id_f4d8798d ON public.audits_engagements_conflictdeclaration USING btree (auditor_id);

CREATE INDEX audits_engagements_indicatornote_audit_id_92a813fd ON public.audits_engagements_indicatornote USING btree (audit_id);

CREATE INDEX audits_engagements_indicatornote_author_id_2d8287aa ON public.audits_engagements_indicatornote USING btree (author_id);

CREATE INDEX audits_engagements_indicatornote_indicator_id_5b9cf5d1 ON public.audits_engagements_indicatornote USING btree (indicator_id);

CREATE INDEX audits_engagements_interviewcount_audit_id_bb7792a8 ON public.audits_engagements_interviewcount USING btree (audit_id);

CREATE INDEX audits_engagements_notedraft_audit_id_f2d019d8 ON public.audits_engagements_notedraft USING btree (audit_id);

CREATE INDEX audits_engagements_notedraft_author_id_3c5c5a91 ON public.audits_engagements_notedraft USING btree (author_id);

CREATE INDEX audits_engagements_notedraft_indicator_id_048e7ef8 ON public.audits_engagements_notedraft USING btree (indicator_id);

CREATE INDEX audits_engagements_noteversion_author_id_dbdaa15d ON public.audits_engagements_noteversion USING btree (author_id);

CREATE INDEX audits_engagements_noteversion_note_id_82a20aa0 ON public.audits_engagements_noteversion USING btree (note_id);

CREATE INDEX audits_engagements_objection_answered_by_id_9c760472 ON public.audits_engagements_objection USING btree (answered_by_id);

CREATE INDEX audits_engagements_objection_audit_id_8e2e2c66 ON public.audits_engagements_objection USING btree (audit_id);

CREATE INDEX audits_engagements_objection_auditor_id_c4b4729d ON public.audits_engagements_objection USING btree (auditor_id);

CREATE INDEX audits_engagements_objection_made_by_id_b3a482cb ON public.audits_engagements_objection USING btree (made_by_id);

CREATE INDEX audits_engagements_objection_state_ac025bd6 ON public.audits_engagements_objection USING btree (state);

CREATE INDEX audits_engagements_objection_state_ac025bd6_like ON public.audits_engagements_objection USING btree (state varchar_pattern_ops);

CREATE INDEX audits_engagements_plannedvisit_people_auditor_id_67a8858e ON public.audits_engagements_plannedvisit_people USING btree (auditor_id);

CREATE INDEX audits_engagements_plannedvisit_people_plannedvisit_id_1aee9b5f ON public.audits_engagements_plannedvisit_people USING btree (plannedvisit_id);

CREATE INDEX audits_engagements_plannedvisit_plan_id_6e991b60 ON public.audits_engagements_plannedvisit USING btree (plan_id);

CREATE INDEX audits_engagements_priornote_audit_id_38ead3ce ON public.audits_engagements_priornote USING btree (audit_id);

CREATE INDEX audits_engagements_priornote_author_id_041a307f ON public.audits_engagements_priornote USING btree (author_id);

CREATE INDEX audits_engagements_teammember_audit_id_3f275747 ON public.audits_engagements_teammember USING btree (audit_id);

CREATE INDEX audits_engagements_teammember_auditor_id_4042d6bb ON public.audits_engagements_teammember USING btree (auditor_id);

CREATE INDEX audits_engagements_witnessaudit_audit_id_e9aafc62 ON public.audits_engagements_witnessaudit USING btree (audit_id);

CREATE INDEX audits_engagements_witnessaudit_auditor_id_8eca256a ON public.audits_engagements_witnessaudit USING btree (auditor_id);

CREATE INDEX audits_engagements_witnessaudit_witness_id_ee632945 ON public.audits_engagements_witnessaudit USING btree (witness_id);

CREATE INDEX audits_fiel_audit_i_030faf_idx ON public.audits_fieldwork_evidence USING btree (audit_id, indicator_id);

CREATE INDEX audits_fieldwork_acknowledgement_by_id_01427374 ON public.audits_fieldwork_acknowledgement USING btree (by_id);

CREATE INDEX audits_fieldwork_attendee_code_dfdd6acc_like ON public.audits_fieldwork_attendee USING btree (code varchar_pattern_ops);

CREATE INDEX audits_fieldwork_attendee_meeting_id_85e4d5c4 ON public.audits_fieldwork_attendee USING btree (meeting_id);

CREATE INDEX audits_fieldwork_attendee_person_id_f9fb916d ON public.audits_fieldwork_attendee USING btree (person_id);

CREATE INDEX audits_fieldwork_disagreementreply_by_id_c1b8fcf3 ON public.audits_fieldwork_disagreementreply USING btree (by_id);

CREATE INDEX audits_fieldwork_evidence_audit_id_55aa09d2 ON public.audits_fieldwork_evidence USING btree (audit_id);

CREATE INDEX audits_fieldwork_evidence_file_id_cd363bab ON public.audits_fieldwork_evidence USING btree (file_id);

CREATE INDEX audits_fieldwork_evidence_indicator_id_a96e1742 ON public.audits_fieldwork_evidence USING btree (indicator_id);

CREATE INDEX audits_fieldwork_evidence_redaction_of_id_e2d76a85 ON public.audits_fieldwork_evidence USING btree (redaction_of_id);

CREATE INDEX audits_fieldwork_evidence_shown_id_c55735ce ON public.audits_fieldwork_evidence USING btree (shown_id);

CREATE INDEX audits_fieldwork_evidence_taken_by_id_d4879fb8 ON public.audits_fieldwork_evidence USING btree (taken_by_id);

CREATE INDEX audits_fieldwork_evidencewithdrawal_by_id_052e4ded ON public.audits_fieldwork_evidencewithdrawal USING btree (by_id);

CREATE INDEX audits_fieldwork_hashcheck_by_id_059aaeb5 ON public.audits_fieldwork_hashcheck USING btree (by_id);

CREATE INDEX audits_fieldwork_hashcheck_evidence_id_589f2f5c ON public.audits_fieldwork_hashcheck USING btree (evidence_id);

CREATE INDEX audits_fieldwork_meeting_audit_id_4142a80e ON public.audits_fieldwork_meeting USING btree (audit_id);

CREATE INDEX audits_fieldwork_meeting_recorded_by_id_2b9097a1 ON public.audits_fieldwork_meeting USING btree (recorded_by_id);

CREATE INDEX audits_fieldwork_signrecord_audit_id_77be9210 ON public.audits_fieldwork_signrecord USING btree (audit_id);

CREATE INDEX audits_fieldwork_signrecord_author_id_2d4864c0 ON public.audits_fieldwork_signrecord USING btree (author_id);

CREATE INDEX audits_fieldwork_signrecord_evidence_evidence_id_c715f191 ON public.audits_fieldwork_signrecord_evidence USING btree (evidence_id);

CREATE INDEX audits_fieldwork_signrecord_evidence_signrecord_id_2094d3f9 ON public.audits_fieldwork_signrecord_evidence USING btree (signrecord_id);

CREATE INDEX audits_find_audit_i_6401c1_idx ON public.audits_findings_finding USING btree (audit_id, state);

CREATE INDEX audits_findings_actionfile_action_id_2ba6abed ON public.audits_findings_actionfile USING btree (action_id);

CREATE INDEX audits_findings_actionfile_added_by_id_4bf74e5f ON public.audits_findings_actionfile USING btree (added_by_id);

CREATE INDEX audits_findings_actionfile_file_id_ae99218d ON public.audits_findings_actionfile USING btree (file_id);

CREATE INDEX audits_findings_containment_file_id_9143a7d8 ON public.audits_findings_containment USING btree (file_id);

CREATE INDEX audits_findings_containment_finding_id_11d74aeb ON public.audits_findings_containment USING btree (finding_id);

CREATE INDEX audits_findings_containment_sent_by_id_0cf4f586 ON public.audits_findings_containment USING btree (sent_by_id);

CREATE INDEX audits_findings_containment_state_fcc4c0e9 ON public.audits_findings_containment USING btree (state);

CREATE INDEX audits_findings_containment_state_fcc4c0e9_like ON public.audits_findings_containment USING btree (state varchar_pattern_ops);

CREATE INDEX audits_findings_correctiveaction_finding_id_f46afbed ON public.audits_findings_correctiveaction USING btree (finding_id);

CREATE INDEX audits_findings_correctiveaction_sent_by_id_963fe61f ON public.audits_findings_correctiveaction USING btree (sent_by_id);

CREATE INDEX audits_findings_correctiveaction_state_e0ab0306 ON public.audits_findings_correctiveaction USING btree (state);

CREATE INDEX audits_findings_correctiveaction_state_e0ab0306_like ON public.audits_findings_correctiveaction USING btree (state varchar_pattern_ops);

CREATE INDEX audits_findings_escalation_audit_id_5536304b ON public.audits_findings_escalation USING btree (audit_id);

CREATE INDEX audits_findings_escalation_criterion_id_c5fa77ca ON public.audits_findings_escalation USING btree (criterion_id);

CREATE INDEX audits_findings_escalation_finding_id_726ccd80 ON public.audits_findings_escalation USING btree (finding_id);

CREATE INDEX audits_findings_escalation_findings_escalation_id_48496900 ON public.audits_findings_escalation_findings USING btree (escalation_id);

CREATE INDEX audits_findings_escalation_findings_finding_id_3c06567f ON public.audits_findings_escalation_findings USING btree (finding_id);

CREATE INDEX audits_findings_escalation_state_aadb2d5c ON public.audits_findings_escalation USING btree (state);

CREATE INDEX audits_findings_escalation_state_aadb2d5c_like ON public.audits_findings_escalation USING btree (state varchar_pattern_ops);

CREATE INDEX audits_findings_extension_asked_by_id_33f16baf ON public.audits_findings_extension USING btree (asked_by_id);

CREATE INDEX audits_findings_extension_decided_by_id_66cd211a ON public.audits_findings_extension USING btree (decided_by_id);

CREATE INDEX audits_findings_extension_finding_id_66cecd9f ON public.audits_findings_extension USING btree (finding_id);

CREATE INDEX audits_findings_extension_state_8c774c0b ON public.audits_findings_extension USING btree (state);

CREATE INDEX audits_findings_extension_state_8c774c0b_like ON public.audits_findings_extension USING btree (state varchar_pattern_ops);

CREATE INDEX audits_findings_finding_audit_id_2e9a2403 ON public.audits_findings_finding USING btree (audit_id);

CREATE INDEX audits_findings_finding_carried_to_id_e503b83c ON public.audits_findings_finding USING btree (carried_to_id);

CREATE INDEX audits_findings_finding_evidence_items_evidence_id_be6725de ON public.audits_findings_finding_evidence_items USING btree (evidence_id);

CREATE INDEX audits_findings_finding_evidence_items_finding_id_d45a69fd ON public.audits_findings_finding_evidence_items USING btree (finding_id);

CREATE INDEX audits_findings_finding_indicator_id_85cb6186 ON public.audits_findings_finding USING btree (indicator_id);

CREATE INDEX audits_findings_finding_raised_by_id_181e9f78 ON public.audits_findings_finding USING btree (raised_by_id);

CREATE INDEX audits_findings_finding_repeats_id_33686fb6 ON public.audits_findings_finding USING btree (repeats_id);

CREATE INDEX audits_findings_finding_state_f17368f8 ON public.audits_findings_finding USING btree (state);

CREATE INDEX audits_findings_finding_state_f17368f8_like ON public.audits_findings_finding USING btree (state varchar_pattern_ops);

CREATE INDEX audits_findings_position_finding_id_fa575636 ON public.audits_findings_position USING btree (finding_id);

CREATE INDEX audits_findings_position_said_by_id_1ec93ca5 ON public.audits_findings_position USING btree (said_by_id);

CREATE INDEX audits_inte_audit_i_be54ed_idx ON public.audits_interviews_interview USING btree (audit_id, state);

CREATE INDEX audits_interviews_employmentcheck_audit_id_440bfbee ON public.audits_interviews_employmentcheck USING btree (audit_id);

CREATE INDEX audits_interviews_hotlineentry_country_2c4e32e6 ON public.audits_interviews_hotlineentry USING btree (country);

CREATE INDEX audits_interviews_hotlineentry_country_2c4e32e6_like ON public.audits_interviews_hotlineentry USING btree (country varchar_pattern_ops);

CREATE INDEX audits_interviews_hotlineentry_entered_by_id_6b1a2b77 ON public.audits_interviews_hotlineentry USING btree (entered_by_id);

CREATE INDEX audits_interviews_identity_audit_mark_5a81ef56 ON public.audits_interviews_identity USING btree (audit_mark);

CREATE INDEX audits_interviews_identity_audit_mark_5a81ef56_like ON public.audits_interviews_identity USING btree (audit_mark varchar_pattern_ops);

CREATE INDEX audits_interviews_identity_interview_mark_3405adf6 ON public.audits_interviews_identity USING btree (interview_mark);

CREATE INDEX audits_interviews_identity_interview_mark_3405adf6_like ON public.audits_interviews_identity USING btree (interview_mark varchar_pattern_ops);

CREATE INDEX audits_interviews_identityaccess_actor_id_8ee26dbc ON public.audits_interviews_identityaccess USING btree (actor_id);

CREATE INDEX audits_interviews_identityaccess_audit_id_22d78b62 ON public.audits_interviews_identityaccess USING btree (audit_id);

CREATE INDEX audits_interviews_interview_audit_id_8693ba62 ON public.audits_interviews_interview USING btree (audit_id);

CREATE INDEX audits_interviews_interview_interviewer_id_9e4e9df8 ON public.audits_interviews_interview USING btree (interviewer_id);

CREATE INDEX audits_interviews_interview_state_cf55a4fa ON public.audits_interviews_interview USING btree (state);

CREATE INDEX audits_interviews_interview_state_cf55a4fa_like ON public.audits_interviews_interview USING btree (state varchar_pattern_ops);

CREATE INDEX audits_interviews_safeguardcase_opened_by_id_a7be82e7 ON public.audits_interviews_safeguardcase USING btree (opened_by_id);

CREATE INDEX audits_interviews_safeguardcase_state_b2d441ab ON public.audits_interviews_safeguardcase USING btree (state);

CREATE INDEX audits_interviews_safeguardcase_state_b2d441ab_like ON public.audits_interviews_safeguardcase USING btree (state varchar_pattern_ops);

CREATE INDEX audits_interviews_statement_author_id_fb608770 ON public.audits_interviews_statement USING btree (author_id);

CREATE INDEX audits_interviews_statement_indicator_id_62faf9a4 ON public.audits_interviews_statement USING btree (indicator_id);

CREATE INDEX audits_interviews_statement_interview_id_5af12c72 ON public.audits_interviews_statement USING btree (interview_id);

CREATE INDEX audits_interviews_vaulterasure_audit_id_d8f75873 ON public.audits_interviews_vaulterasure USING btree (audit_id);

CREATE INDEX audits_kits_kit_applied_by_id_df192fcb ON public.audits_kits_kit USING btree (applied_by_id);

CREATE INDEX audits_kits_kit_audit_id_20b7fe04 ON public.audits_kits_kit USING btree (audit_id);

CREATE INDEX audits_kits_kit_made_by_id_eeb794d4 ON public.audits_kits_kit USING btree (made_by_id);

CREATE INDEX audits_kits_kit_state_842ef940 ON public.audits_kits_kit USING btree (state);

CREATE INDEX audits_kits_kit_state_842ef940_like ON public.audits_kits_kit USING btree (state varchar_pattern_ops);

CREATE INDEX audits_kits_kitreturn_by_id_aa2985ec ON public.audits_kits_kitreturn USING btree (by_id);

CREATE INDEX audits_kits_kitreturn_file_id_05253372 ON public.audits_kits_kitreturn USING btree (file_id);

CREATE INDEX audits_kits_kitreturn_kit_id_e02ec579 ON public.audits_kits_kitreturn USING btree (kit_id);

CREATE INDEX audits_kits_seenitem_audit_id_80b3302d ON public.audits_kits_seenitem USING btree (audit_id);

CREATE INDEX audits_kits_seenitem_indicator_id_fc8d2413 ON public.audits_kits_seenitem USING btree (indicator_id);

CREATE INDEX audits_kits_seenitem_kit_id_f029eff2 ON public.audits_kits_seenitem USING btree (kit_id);

CREATE INDEX audits_kits_seenitem_noted_by_id_04303aab ON public.audits_kits_seenitem USING btree (noted_by_id);

CREATE INDEX audits_reports_caseexport_application_id_c2d24cd8 ON public.audits_reports_caseexport USING btree (application_id);

CREATE INDEX audits_reports_caseexport_asked_by_id_fdb3af8d ON public.audits_reports_caseexport USING btree (asked_by_id);

CREATE INDEX audits_reports_caseexport_file_id_c1c71f9e ON public.audits_reports_caseexport USING btree (file_id);

CREATE INDEX audits_reports_caseexport_organisation_id_a78ee27e ON public.audits_reports_caseexport USING btree (organisation_id);

CREATE INDEX audits_reports_report_sent_by_id_045fd17d ON public.audits_reports_report USING btree (sent_by_id);

CREATE INDEX audits_reports_reportfile_file_id_523077ff ON public.audits_reports_reportfile USING btree (file_id);

CREATE INDEX audits_reports_reportversion_made_by_id_6f3b4000 ON public.audits_reports_reportversion USING btree (made_by_id);

CREATE INDEX audits_reports_reportversion_report_id_2f7e5a6e ON public.audits_reports_reportversion USING btree (report_id);

CREATE INDEX audits_sampling_frame_asked_by_id_a4536c16 ON public.audits_sampling_frame USING btree (asked_by_id);

CREATE INDEX audits_sampling_frame_audit_id_b7583f56 ON public.audits_sampling_frame USING btree (audit_id);

CREATE INDEX audits_sampling_frame_state_3f1719d4 ON public.audits_sampling_frame USING btree (state);

CREATE INDEX audits_sampling_frame_state_3f1719d4_like ON public.audits_sampling_frame USING btree (state varchar_pattern_ops);

CREATE INDEX audits_sampling_framedraft_frame_id_e3525da1 ON public.audits_sampling_framedraft USING btree (frame_id);

CREATE INDEX audits_sampling_framedraft_made_by_id_59fbc467 ON public.audits_sampling_framedraft USING btree (made_by_id);

CREATE INDEX audits_sampling_framemember_version_id_c70faeef ON public.audits_sampling_framemember USING btree (version_id);

CREATE INDEX audits_sampling_frameversion_frame_id_c3249524 ON public.audits_sampling_frameversion USING btree (frame_id);

CREATE INDEX audits_sampling_frameversion_received_by_id_56a6feac ON public.audits_sampling_frameversion USING btree (received_by_id);

CREATE INDEX audits_sampling_identityopened_actor_id_9f651eca ON public.audits_sampling_identityopened USING btree (actor_id);

CREATE INDEX audits_sampling_identityopened_member_id_7d4fd4ee ON public.audits_sampling_identityopened USING btree (member_id);

CREATE INDEX audits_sampling_replacement_actor_id_e1221d61 ON public.audits_sampling_replacement USING btree (actor_id);

CREATE INDEX audits_sampling_sample_drawn_by_id_f835cc34 ON public.audits_sampling_sample USING btree (drawn_by_id);

CREATE INDEX audits_sampling_sample_frame_id_bb7c1d65 ON public.audits_sampling_sample USING btree (frame_id);

CREATE INDEX audits_sampling_samplemember_member_id_30891fe1 ON public.audits_sampling_samplemember USING btree (member_id);

CREATE INDEX audits_sampling_samplemember_result_by_id_9c0de3fc ON public.audits_sampling_samplemember USING btree (result_by_id);

CREATE INDEX audits_sampling_samplemember_sample_id_4f88c994 ON public.audits_sampling_samplemember USING btree (sample_id);

CREATE INDEX audits_sampling_samplemember_state_cd47232d ON public.audits_sampling_samplemember USING btree (state);

CREATE INDEX audits_sampling_samplemember_state_cd47232d_like ON public.audits_sampling_samplemember USING btree (state varchar_pattern_ops);

CREATE INDEX audits_sampling_samplemember_stratum_id_94a11983 ON public.audits_sampling_samplemember USING btree (stratum_id);

CREATE INDEX audits_sampling_samplestratum_sample_id_2efce228 ON public.audits_sampling_samplestratum USING btree (sample_id);

CREATE INDEX audits_sampling_stratumraise_actor_id_7610f6d1 ON public.audits_sampling_stratumraise USING btree (actor_id);

CREATE INDEX audits_sampling_stratumraise_stratum_id_0aea1a03 ON public.audits_sampling_stratumraise USING btree (stratum_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX certificate_corridor_both ON public.certification_certificates_certificatecorridor USING btree (origin, destination);

CREATE INDEX certificate_latest ON public.certification_certificates_certificate USING btree (agency_id, issued_at DESC);

CREATE UNIQUE INDEX certificate_one_running_per_agency ON public.certification_certificates_certificate USING btree (agency_id) WHERE ((state)::text = ANY (ARRAY[('active'::character varying)::text, ('conditional'::character varying)::text, ('suspended'::character varying)::text]));

CREATE UNIQUE INDEX certificate_one_running_per_entity ON public.certification_certificates_certificate USING btree (country, registration_number) WHERE (((state)::text = ANY (ARRAY[('active'::character varying)::text, ('conditional'::character varying)::text, ('suspended'::character varying)::text])) AND (NOT ((registration_number)::text = ''::text)));

CREATE INDEX certificati_agency__182b9b_idx ON public.certification_agencies_changereport USING btree (agency_id, state);

CREATE INDEX certificati_country_947b57_idx ON public.certification_agencies_relatedcompany USING btree (country, registration_key);

CREATE INDEX certificati_enrolle_189b08_idx ON public.certification_agencies_agency USING btree (enrolled_at DESC, id);

CREATE INDEX certificati_origin_2d919a_idx ON public.certification_agencies_agencycorridor USING btree (origin, destination);

CREATE INDEX certificati_state_6512e3_idx ON public.certification_applications_application USING btree (state, deferred_until);

CREATE INDEX certificati_state_89063d_idx ON public.certification_applications_application USING btree (state, review_due);

CREATE INDEX certificati_state_cbf2f5_idx ON public.certification_agencies_likenesssignal USING btree (state, points DESC);

CREATE INDEX certificati_state_fb6068_idx ON public.certification_agencies_changereport USING btree (state, due_on);

CREATE INDEX certificati_submitt_290269_idx ON public.certification_applications_application USING btree (submitted_at DESC);

CREATE INDEX certificati_valid_t_be6798_idx ON public.certification_agencies_licence USING btree (valid_to);

CREATE INDEX certification_agencies_agency_country_ab81df21 ON public.certification_agencies_agency USING btree (country);

CREATE INDEX certification_agencies_agency_country_ab81df21_like ON public.certification_agencies_agency USING btree (country varchar_pattern_ops);

CREATE INDEX certification_agencies_agency_enrolled_at_3ea23dc0 ON public.certification_agencies_agency USING btree (enrolled_at);

CREATE INDEX certification_agencies_agency_sanctions_declared_by_id_0d5ec6ab ON public.certification_agencies_agency USING btree (sanctions_declared_by_id);

CREATE INDEX certification_agencies_agencycorridor_agency_id_4f72b2e4 ON public.certification_agencies_agencycorridor USING btree (agency_id);

CREATE INDEX certification_agencies_agencyidentifier_agency_id_c7f63672 ON public.certification_agencies_agencyidentifier USING btree (agency_id);

CREATE INDEX certification_agencies_agencyidentifier_key_d35f5426 ON public.certification_agencies_agencyidentifier USING btree (key);

CREATE INDEX certification_agencies_agencyidentifier_key_d35f5426_like ON public.certification_agencies_agencyidentifier USING btree (key varchar_pattern_ops);

CREATE INDEX certification_agencies_agencyname_agency_id_875dfff7 ON public.certification_agencies_agencyname USING btree (agency_id);

CREATE INDEX certification_agencies_agencyname_key_1dab5f92 ON public.certification_agencies_agencyname USING btree (key);

CREATE INDEX certification_agencies_agencyname_key_1dab5f92_like ON public.certification_agencies_agencyname USING btree (key varchar_pattern_ops);

CREATE INDEX certification_agencies_agencyreader_agency_id_201dc6a8 ON public.certification_agencies_agencyreader USING btree (agency_id);

CREATE INDEX certification_agencies_agencyreader_organisation_id_f7d57c66 ON public.certification_agencies_agencyreader USING btree (organisation_id);

CREATE INDEX certification_agencies_agencysector_agency_id_3ec987b7 ON public.certification_agencies_agencysector USING btree (agency_id);

CREATE INDEX certification_agencies_branch_agency_id_717c368f ON public.certification_agencies_branch USING btree (agency_id);

CREATE INDEX certification_agencies_branchperson_branch_id_1956ca3e ON public.certification_agencies_branchperson USING btree (branch_id);

CREATE INDEX certification_agencies_changedocument_file_id_eabf93b5 ON public.certification_agencies_changedocument USING btree (file_id);

CREATE INDEX certification_agencies_changedocument_report_id_c2e5dee9 ON public.certification_agencies_changedocument USING btree (report_id);

CREATE INDEX certification_agencies_changereport_agency_id_b1eb3230 ON public.certification_agencies_changereport USING btree (agency_id);

CREATE INDEX certification_agencies_changereport_answered_by_id_68f42e5d ON public.certification_agencies_changereport USING btree (answered_by_id);

CREATE INDEX certification_agencies_changereport_reported_by_id_98b3f3a3 ON public.certification_agencies_changereport USING btree (reported_by_id);

CREATE INDEX certification_agencies_changereport_state_bf28d934 ON public.certification_agencies_changereport USING btree (state);

CREATE INDEX certification_agencies_changereport_state_bf28d934_like ON public.certification_agencies_changereport USING btree (state varchar_pattern_ops);

CREATE INDEX certification_agencies_licence_agency_id_9f1c508f ON public.certification_agencies_licence USING btree (agency_id);

CREATE INDEX certification_agencies_licence_copy_id_4786652b ON public.certification_agencies_licence USING btree (copy_id);

CREATE INDEX certification_agencies_licence_number_key_067c1da4 ON public.certification_agencies_licence USING btree (number_key);

CREATE INDEX certification_agencies_licence_number_key_067c1da4_like ON public.certification_agencies_licence USING btree (number_key varchar_pattern_ops);

CREATE INDEX certification_agencies_likenesskey_agency_id_0ac22641 ON public.certification_agencies_likenesskey USING btree (agency_id);

CREATE INDEX certification_agencies_likenesssignal_agency_id_2ff3e6c4 ON public.certification_agencies_likenesssignal USING btree (agency_id);

CREATE INDEX certification_agencies_likenesssignal_other_id_44b9a1b1 ON public.certification_agencies_likenesssignal USING btree (other_id);

CREATE INDEX certification_agencies_likenesssignal_settled_by_id_f9fed74d ON public.certification_agencies_likenesssignal USING btree (settled_by_id);

CREATE INDEX certification_agencies_likenesssignal_state_957fb179 ON public.certification_agencies_likenesssignal USING btree (state);

CREATE INDEX certification_agencies_likenesssignal_state_957fb179_like ON public.certification_agencies_likenesssignal USING btree (state varchar_pattern_ops);

CREATE INDEX certification_agencies_officer_agency_id_9ea54129 ON public.certification_agencies_officer USING btree (agency_id);

CREATE INDEX certification_agencies_relatedcompany_agency_id_f7deb1fc ON public.certification_agencies_relatedcompany USING btree (agency_id);

CREATE INDEX certification_agencies_relatedcompany_enrolled_id_dfde749f ON public.certification_agencies_relatedcompany USING btree (enrolled_id);

CREATE INDEX certification_agencies_subagent_agency_id_aa0fc425 ON public.certification_agencies_subagent USING btree (agency_id);

CREATE INDEX certification_agencies_subagent_agreement_id_ac48b005 ON public.certification_agencies_subagent USING btree (agreement_id);

CREATE INDEX certification_agencies_subagent_parent_id_15f18692 ON public.certification_agencies_subagent USING btree (parent_id);

CREATE INDEX certification_applications_application_accepted_by_id_1000455a ON public.certification_applications_application USING btree (accepted_by_id);

CREATE INDEX certification_applications_application_agency_id_170e8309 ON public.certification_applications_application USING btree (agency_id);

CREATE INDEX certification_applications_application_assessment_id_0105fc59 ON public.certification_applications_application USING btree (assessment_id);

CREATE INDEX certification_applications_application_case_owner_id_4e89803f ON public.certification_applications_application USING btree (case_owner_id);

CREATE INDEX certification_applications_application_firm_id_c0588959 ON public.certification_applications_application USING btree (firm_id);

CREATE INDEX certification_applications_application_number_3f510dca_like ON public.certification_applications_application USING btree (number varchar_pattern_ops);

CREATE INDEX certification_applications_application_opened_by_id_6de9c311 ON public.certification_applications_application USING btree (opened_by_id);

CREATE INDEX certification_applications_application_rejected_by_id_3ffcb1ef ON public.certification_applications_application USING btree (rejected_by_id);

CREATE INDEX certification_applications_application_state_e97a3203 ON public.certification_applications_application USING btree (state);

CREATE INDEX certification_applications_application_state_e97a3203_like ON public.certification_applications_application USING btree (state varchar_pattern_ops);

CREATE INDEX certification_applications_application_submitted_by_id_72a37e6b ON public.certification_applications_application USING btree (submitted_by_id);

CREATE INDEX certification_applications_caseaccess_application_id_fb21979a ON public.certification_applications_caseaccess USING btree (application_id);

CREATE INDEX certification_applications_caseaccess_organisation_id_49ce7153 ON public.certification_applications_caseaccess USING btree (organisation_id);

CREATE INDEX certification_applications_casenote_application_id_37c4e42e ON public.certification_applications_casenote USING btree (application_id);

CREATE INDEX certification_applications_casenote_author_id_6117bc26 ON public.certification_applications_casenote USING btree (author_id);

CREATE INDEX certification_applications_deferral_answered_by_id_2b3ff692 ON public.certification_applications_deferral USING btree (answered_by_id);

CREATE INDEX certification_applications_deferral_application_id_64fc5e6f ON public.certification_applications_deferral USING btree (application_id);

CREATE INDEX certification_applications_deferral_asked_by_id_8b23082f ON public.certification_applications_deferral USING btree (asked_by_id);

CREATE INDEX certification_applications_deferral_before_id_28c066bc ON public.certification_applications_deferral USING btree (before_id);

CREATE INDEX certification_applications_deferral_extended_by_id_075f0236 ON public.certification_applications_deferral USING btree (extended_by_id);

CREATE INDEX certification_applications_deferral_reopened_id_596475b0 ON public.certification_applications_deferral USING btree (reopened_id);

CREATE INDEX certification_applications_deferralflag_deferral_id_22c34f59 ON public.certification_applications_deferralflag USING btree (deferral_id);

CREATE INDEX certification_applications_deferralflag_indicator_id_475dfc39 ON public.certification_applications_deferralflag USING btree (indicator_id);

CREATE INDEX certification_applications_fee_waived_by_id_f0b2896e ON public.certification_applications_application USING btree (fee_waived_by_id);

CREATE INDEX certification_applications_letter_application_id_d76baef8 ON public.certification_applications_letter USING btree (application_id);

CREATE INDEX certification_applications_letter_sent_by_id_4789999b ON public.certification_applications_letter USING btree (sent_by_id);

CREATE INDEX certification_applications_letterfile_file_id_b32c0b2b ON public.certification_applications_letterfile USING btree (file_id);

CREATE INDEX certification_assessments__assessment_id_d640bcc2 ON public.certification_assessments_assessmentreader USING btree (assessment_id);

CREATE INDEX certification_assessments__organisation_id_70ea2d88 ON public.certification_assessments_employerrequest USING btree (organisation_id);

CREATE INDEX certification_assessments__organisation_id_710b6ceb ON public.certification_assessments_assessmentreader USING btree (organisation_id);

CREATE INDEX certification_assessments__price_answered_by_id_6c492fa5 ON public.certification_assessments_joborder USING btree (price_answered_by_id);

CREATE INDEX certification_assessments__uploaded_by_id_cdeab4a7 ON public.certification_assessments_workbookreturn USING btree (uploaded_by_id);

CREATE INDEX certification_assessments_answer_assessment_id_49ccc52e ON public.certification_assessments_answer USING btree (assessment_id);

CREATE INDEX certification_assessments_answer_before_id_a285d3dd ON public.certification_assessments_answer USING btree (before_id);

CREATE INDEX certification_assessments_answer_indicator_id_6df26089 ON public.certification_assessments_answer USING btree (indicator_id);

CREATE INDEX certification_assessments_answer_owner_id_9ba52575 ON public.certification_assessments_answer USING btree (owner_id);

CREATE INDEX certification_assessments_answer_updated_by_id_1fc585a0 ON public.certification_assessments_answer USING btree (updated_by_id);

CREATE INDEX certification_assessments_answerevidence_answer_id_b5a687e0 ON public.certification_assessments_answerevidence USING btree (answer_id);

CREATE INDEX certification_assessments_answerevidence_evidence_id_c5d12a3a ON public.certification_assessments_answerevidence USING btree (evidence_id);

CREATE INDEX certification_assessments_assessment_agency_id_1d0816fc ON public.certification_assessments_assessment USING btree (agency_id);

CREATE INDEX certification_assessments_assessment_edition_id_be974dd0 ON public.certification_assessments_assessment USING btree (edition_id);

CREATE INDEX certification_assessments_assessment_frozen_by_id_e8b3f3dd ON public.certification_assessments_assessment USING btree (frozen_by_id);

CREATE INDEX certification_assessments_assessment_previous_id_966956d3 ON public.certification_assessments_assessment USING btree (previous_id);

CREATE INDEX certification_assessments_assessment_started_by_id_d5386859 ON public.certification_assessments_assessment USING btree (started_by_id);

CREATE INDEX certification_assessments_assessment_state_6786858d ON public.certification_assessments_assessment USING btree (state);

CREATE INDEX certification_assessments_assessment_state_6786858d_like ON public.certification_assessments_assessment USING btree (state varchar_pattern_ops);

CREATE INDEX certification_assessments_corridorcost_added_by_id_e59e784f ON public.certification_assessments_corridorcost USING btree (added_by_id);

CREATE INDEX certification_assessments_corridorcost_retired_by_id_8e674242 ON public.certification_assessments_corridorcost USING btree (retired_by_id);

CREATE INDEX certification_assessments_costline_answered_by_id_f2ef65f7 ON public.certification_assessments_costline USING btree (answered_by_id);

CREATE INDEX certification_assessments_costline_job_order_id_adb5677e ON public.certification_assessments_costline USING btree (job_order_id);

CREATE INDEX certification_assessments_costline_proof_id_478b8af1 ON public.certification_assessments_costline USING btree (proof_id);

CREATE INDEX certification_assessments_delegation_asked_by_id_da2966b2 ON public.certification_assessments_delegation USING btree (asked_by_id);

CREATE INDEX certification_assessments_delegation_assessment_id_0dbdd238 ON public.certification_assessments_delegation USING btree (assessment_id);

CREATE INDEX certification_assessments_delegation_person_id_aed7097f ON public.certification_assessments_delegation USING btree (person_id);

CREATE INDEX certification_assessments_dismissal_assessment_id_0aea5b4e ON public.certification_assessments_dismissal USING btree (assessment_id);

CREATE INDEX certification_assessments_dismissal_by_id_040bc234 ON public.certification_assessments_dismissal USING btree (by_id);

CREATE INDEX certification_assessments_editionmove_assessment_id_ab190786 ON public.certification_assessments_editionmove USING btree (assessment_id);

CREATE INDEX certification_assessments_editionmove_from_edition_id_190e0ff0 ON public.certification_assessments_editionmove USING btree (from_edition_id);

CREATE INDEX certification_assessments_editionmove_moved_by_id_279ac2d1 ON public.certification_assessments_editionmove USING btree (moved_by_id);

CREATE INDEX certification_assessments_editionmove_to_edition_id_bf920c0f ON public.certification_assessments_editionmove USING btree (to_edition_id);

CREATE INDEX certification_assessments_employerrequest_asked_by_id_9a973879 ON public.certification_assessments_employerrequest USING btree (asked_by_id);

CREATE INDEX certification_assessments_employerrequest_job_order_id_2faf8f05 ON public.certification_assessments_employerrequest USING btree (job_order_id);

CREATE INDEX certification_assessments_employerstatement_line_id_b985425e ON public.certification_assessments_employerstatement USING btree (line_id);

CREATE INDEX certification_assessments_employerstatement_proof_id_cefeef0a ON public.certification_assessments_employerstatement USING btree (proof_id);

CREATE INDEX certification_assessments_employerstatement_request_id_0b475eb0 ON public.certification_assessments_employerstatement USING btree (request_id);

CREATE INDEX certification_assessments_employerstatement_said_by_id_b6992ee2 ON public.certification_assessments_employerstatement USING btree (said_by_id);

CREATE INDEX certification_assessments_evidence_added_by_id_36bf01e3 ON public.certification_assessments_evidence USING btree (added_by_id);

CREATE INDEX certification_assessments_evidence_agency_id_5c7c3b51 ON public.certification_assessments_evidence USING btree (agency_id);

CREATE INDEX certification_assessments_evidence_file_id_4cbb925a ON public.certification_assessments_evidence USING btree (file_id);

CREATE INDEX certification_assessments_exchangerate_added_by_id_4e66d1cb ON public.certification_assessments_exchangerate USING btree (added_by_id);

CREATE INDEX certification_assessments_exchangerate_retired_by_id_fa221fc5 ON public.certification_assessments_exchangerate USING btree (retired_by_id);

CREATE INDEX certification_assessments_joborder_assessment_id_53cded3f ON public.certification_assessments_joborder USING btree (assessment_id);

CREATE INDEX certification_assessments_labelterm_added_by_id_f0ec9c7f ON public.certification_assessments_labelterm USING btree (added_by_id);

CREATE INDEX certification_assessments_labelterm_retired_by_id_f53fa46b ON public.certification_assessments_labelterm USING btree (retired_by_id);

CREATE INDEX certification_assessments_setaside_indicator_id_2ab4dc0b ON public.certification_assessments_setaside USING btree (indicator_id);

CREATE INDEX certification_assessments_setaside_move_id_1e6c083e ON public.certification_assessments_setaside USING btree (move_id);

CREATE INDEX certification_assessments_workbookreturn_assessment_id_7c546488 ON public.certification_assessments_workbookreturn USING btree (assessment_id);

CREATE INDEX certification_certificat_number_alike_5dec9c25_like ON public.certification_certificates_certificate USING btree (number_alike varchar_pattern_ops);

CREATE INDEX certification_certificat_number_plain_15c97ceb_like ON public.certification_certificates_certificate USING btree (number_plain varchar_pattern_ops);

CREATE INDEX certification_certificat_state_55133b19_like ON public.certification_certificates_surveillancewindow USING btree (state varchar_pattern_ops);

CREATE INDEX certification_certificates_agency_id_f17f4510 ON public.certification_certificates_surveillancewindow USING btree (agency_id);

CREATE INDEX certification_certificates_answered_by_id_1c9b0796 ON public.certification_certificates_decisiondeferral USING btree (answered_by_id);

CREATE INDEX certification_certificates_application_id_abd101e6 ON public.certification_certificates_decisiondeferral USING btree (application_id);

CREATE INDEX certification_certificates_asked_by_id_636ab5ca ON public.certification_certificates_decisiondeferral USING btree (asked_by_id);

CREATE INDEX certification_certificates_auditorder_certificate_id_8af4adae ON public.certification_certificates_auditorder USING btree (certificate_id);

CREATE INDEX certification_certificates_auditorder_due_on_4346ba18 ON public.certification_certificates_auditorder USING btree (due_on);

CREATE INDEX certification_certificates_auditorder_state_4118aaf0 ON public.certification_certificates_auditorder USING btree (state);

CREATE INDEX certification_certificates_auditorder_state_4118aaf0_like ON public.certification_certificates_auditorder USING btree (state varchar_pattern_ops);

CREATE INDEX certification_certificates_auditorder_window_id_d4657b51 ON public.certification_certificates_auditorder USING btree (window_id);

CREATE INDEX certification_certificates_certificate_agency_id_4f1cc7a4 ON public.certification_certificates_certificate USING btree (agency_id);

CREATE INDEX certification_certificates_certificate_application_id_e96da8bc ON public.certification_certificates_certificate USING btree (application_id);

CREATE INDEX certification_certificates_certificate_decision_id_d627d73c ON public.certification_certificates_certificate USING btree (decision_id);

CREATE INDEX certification_certificates_certificate_edition_id_ee71a1a8 ON public.certification_certificates_certificate USING btree (edition_id);

CREATE INDEX certification_certificates_certificate_expires_on_e6b8e012 ON public.certification_certificates_certificate USING btree (expires_on);

CREATE INDEX certification_certificates_certificate_id_01fbe784 ON public.certification_certificates_certificatecondition USING btree (certificate_id);

CREATE INDEX certification_certificates_certificate_id_261b1541 ON public.certification_certificates_certificatecorridor USING btree (certificate_id);

CREATE INDEX certification_certificates_certificate_id_c55c1d42 ON public.certification_certificates_certificatechange USING btree (certificate_id);

CREATE INDEX certification_certificates_certificate_id_ce6fe322 ON public.certification_certificates_licencereview USING btree (certificate_id);

CREATE INDEX certification_certificates_certificate_number_alike_5dec9c25 ON public.certification_certificates_certificate USING btree (number_alike);

CREATE INDEX certification_certificates_certificate_number_plain_15c97ceb ON public.certification_certificates_certificate USING btree (number_plain);

CREATE INDEX certification_certificates_certificate_pdf_id_66e54961 ON public.certification_certificates_certificate USING btree (pdf_id);

CREATE INDEX certification_certificates_certificate_settled_by_id_6f96c946 ON public.certification_certificates_certificate USING btree (settled_by_id);

CREATE INDEX certification_certificates_certificate_state_a0284504 ON public.certification_certificates_certificate USING btree (state);

CREATE INDEX certification_certificates_certificate_state_a0284504_like ON public.certification_certificates_certificate USING btree (state varchar_pattern_ops);

CREATE INDEX certification_certificates_certificatecondition_due_on_d3b633b6 ON public.certification_certificates_certificatecondition USING btree (due_on);

CREATE INDEX certification_certificates_decision_id_0a4bd9a8 ON public.certification_certificates_surveillancewindow USING btree (decision_id);

CREATE INDEX certification_certificates_licencereview_due_on_3c600227 ON public.certification_certificates_licencereview USING btree (due_on);

CREATE INDEX certification_certificates_licencereview_state_18e4a64e ON public.certification_certificates_licencereview USING btree (state);

CREATE INDEX certification_certificates_licencereview_state_18e4a64e_like ON public.certification_certificates_licencereview USING btree (state varchar_pattern_ops);

CREATE INDEX certification_certificates_marklicence_accepted_by_id_e3586e58 ON public.certification_certificates_marklicence USING btree (accepted_by_id);

CREATE INDEX certification_certificates_marklicence_agency_id_64d33551 ON public.certification_certificates_marklicence USING btree (agency_id);

CREATE INDEX certification_certificates_marklicence_number_4e3e9d1a ON public.certification_certificates_marklicence USING btree (number);

CREATE INDEX certification_certificates_marklicence_number_4e3e9d1a_like ON public.certification_certificates_marklicence USING btree (number varchar_pattern_ops);

CREATE INDEX certification_certificates_misusecase_agency_id_d82657a1 ON public.certification_certificates_misusecase USING btree (agency_id);

CREATE INDEX certification_certificates_misusecase_decision_id_a57ce121 ON public.certification_certificates_misusecase USING btree (decision_id);

CREATE INDEX certification_certificates_misusecase_due_on_a8765293 ON public.certification_certificates_misusecase USING btree (due_on);

CREATE INDEX certification_certificates_misusecase_evidence_id_de87bf64 ON public.certification_certificates_misusecase USING btree (evidence_id);

CREATE INDEX certification_certificates_misusecase_reference_49142b6f_like ON public.certification_certificates_misusecase USING btree (reference varchar_pattern_ops);

CREATE INDEX certification_certificates_misusecase_reported_by_id_2e84810b ON public.certification_certificates_misusecase USING btree (reported_by_id);

CREATE INDEX certification_certificates_misusecase_state_697a3a41 ON public.certification_certificates_misusecase USING btree (state);

CREATE INDEX certification_certificates_misusecase_state_697a3a41_like ON public.certification_certificates_misusecase USING btree (state varchar_pattern_ops);

CREATE INDEX certification_certificates_numberseries_name_61abe3f2_like ON public.certification_certificates_numberseries USING btree (name varchar_pattern_ops);

CREATE INDEX certification_certificates_surveillancewindow_due_on_d602e7e2 ON public.certification_certificates_surveillancewindow USING btree (due_on);

CREATE INDEX certification_certificates_surveillancewindow_state_55133b19 ON public.certification_certificates_surveillancewindow USING btree (state);

CREATE INDEX certification_credentials__revocation_list_id_ea074f6e ON public.certification_credentials_credential USING btree (revocation_list_id);

CREATE INDEX certification_credentials__suspension_list_id_77e1b8aa ON public.certification_credentials_credential USING btree (suspension_list_id);

CREATE INDEX certification_credentials_credential_certificate_id_2389afc4 ON public.certification_credentials_credential USING btree (certificate_id);

CREATE INDEX certification_credentials_credential_firm_id_2be3dbc4 ON public.certification_credentials_credential USING btree (firm_id);

CREATE INDEX certification_credentials_credential_key_id_a5217e37 ON public.certification_credentials_credential USING btree (key_id);

CREATE INDEX certification_credentials_credential_sha256_bdf666f1_like ON public.certification_credentials_credential USING btree (sha256 varchar_pattern_ops);

CREATE INDEX certification_credentials_credential_sha256_w3c_e3d861f5 ON public.certification_credentials_credential USING btree (sha256_w3c);

CREATE INDEX certification_credentials_credential_sha256_w3c_e3d861f5_like ON public.certification_credentials_credential USING btree (sha256_w3c varchar_pattern_ops);

CREATE INDEX certification_credentials_schemekey_name_02427f66_like ON public.certification_credentials_schemekey USING btree (name varchar_pattern_ops);

CREATE INDEX certification_decisions_appeal_agency_id_bfd57de1 ON public.certification_decisions_appeal USING btree (agency_id);

CREATE INDEX certification_decisions_appeal_decided_by_id_e982ffbe ON public.certification_decisions_appeal USING btree (decided_by_id);

CREATE INDEX certification_decisions_appeal_document_id_9cfa9ed7 ON public.certification_decisions_appeal USING btree (document_id);

CREATE INDEX certification_decisions_appeal_received_from_id_7ab47f76 ON public.certification_decisions_appeal USING btree (received_from_id);

CREATE INDEX certification_decisions_appeal_state_519f6876 ON public.certification_decisions_appeal USING btree (state);

CREATE INDEX certification_decisions_appeal_state_519f6876_like ON public.certification_decisions_appeal USING btree (state varchar_pattern_ops);

CREATE INDEX certification_decisions_bar_agency_id_7059cd93 ON public.certification_decisions_bar USING btree (agency_id);

CREATE INDEX certification_decisions_bar_person_id_4310acea ON public.certification_decisions_bar USING btree (person_id);

CREATE INDEX certification_decisions_decision_agency_id_359ea23b ON public.certification_decisions_decision USING btree (agency_id);

CREATE INDEX certification_decisions_decision_decided_by_id_9b84cc40 ON public.certification_decisions_decision USING btree (decided_by_id);

CREATE INDEX certification_decisions_decision_opened_by_id_3a38ddc5 ON public.certification_decisions_decision USING btree (opened_by_id);

CREATE INDEX certification_decisions_decision_state_9f5df9dd ON public.certification_decisions_decision USING btree (state);

CREATE INDEX certification_decisions_decision_state_9f5df9dd_like ON public.certification_decisions_decision USING btree (state varchar_pattern_ops);

CREATE INDEX certification_decisions_decision_subject_id_25c6271a ON public.certification_decisions_decision USING btree (subject_id);

CREATE INDEX certification_decisions_vote_appeal_id_db375287 ON public.certification_decisions_vote USING btree (appeal_id);

CREATE INDEX certification_decisions_vote_decision_id_0411cac9 ON public.certification_decisions_vote USING btree (decision_id);

CREATE INDEX certification_decisions_vote_person_id_f858af84 ON public.certification_decisions_vote USING btree (person_id);

CREATE INDEX certification_licences_entry_snapshot_id_b2b963d1 ON public.certification_licences_entry USING btree (snapshot_id);

CREATE INDEX certification_licences_snapshot_file_id_6978c559 ON public.certification_licences_snapshot USING btree (file_id);

CREATE INDEX certification_licences_snapshot_imported_by_id_2e88c403 ON public.certification_licences_snapshot USING btree (imported_by_id);

CREATE INDEX certification_licences_snapshot_same_as_id_7c419a72 ON public.certification_licences_snapshot USING btree (same_as_id);

CREATE INDEX certification_opendata_dump_folder_5f081690_like ON public.certification_opendata_dump USING btree (folder varchar_pattern_ops);

CREATE INDEX certification_opendata_dump_manifest_sha256_eab5f12c_like ON public.certification_opendata_dump USING btree (manifest_sha256 varchar_pattern_ops);

CREATE INDEX certification_opendata_logentry_certificate_id_77384a4d ON public.certification_opendata_logentry USING btree (certificate_id);

CREATE INDEX certification_opendata_logplace_name_042b6370_like ON public.certification_opendata_logplace USING btree (name varchar_pattern_ops);

CREATE INDEX certification_repayments_breach_case_id_3aa3b58f ON public.certification_repayments_breach USING btree (case_id);

CREATE INDEX certification_repayments_breach_state_b571c9be ON public.certification_repayments_breach USING btree (state);

CREATE INDEX certification_repayments_breach_state_b571c9be_like ON public.certification_repayments_breach USING btree (state varchar_pattern_ops);

CREATE INDEX certification_repayments_breach_worker_id_7d20b920 ON public.certification_repayments_breach USING btree (worker_id);

CREATE INDEX certification_repayments_caseworker_case_id_eb800967 ON public.certification_repayments_caseworker USING btree (case_id);

CREATE INDEX certification_repayments_caseworker_cohort_id_eb6d1502 ON public.certification_repayments_caseworker USING btree (cohort_id);

CREATE INDEX certification_repayments_cohort_case_id_0ec26378 ON public.certification_repayments_cohort USING btree (case_id);

CREATE INDEX certification_repayments_consultation_case_id_639128e2 ON public.certification_repayments_consultation USING btree (case_id);

CREATE INDEX certification_repayments_costline_worker_id_719d55e5 ON public.certification_repayments_costline USING btree (worker_id);

CREATE INDEX certification_repayments_instalment_case_id_d9899e8f ON public.certification_repayments_instalment USING btree (case_id);

CREATE INDEX certification_repayments_lateinterest_case_id_8bbfd5ee ON public.certification_repayments_lateinterest USING btree (case_id);

CREATE INDEX certification_repayments_loancost_worker_id_3552ca71 ON public.certification_repayments_loancost USING btree (worker_id);

CREATE INDEX certification_repayments_payershare_case_id_5d5e7ec3 ON public.certification_repayments_payershare USING btree (case_id);

CREATE INDEX certification_repayments_payment_instalment_id_b3020b36 ON public.certification_repayments_payment USING btree (instalment_id);

CREATE INDEX certification_repayments_payment_proof_id_7a4a7016 ON public.certification_repayments_payment USING btree (proof_id);

CREATE INDEX certification_repayments_payment_worker_id_7e068593 ON public.certification_repayments_payment USING btree (worker_id);

CREATE INDEX certification_repayments_rate_case_id_09025c65 ON public.certification_repayments_rate USING btree (case_id);

CREATE INDEX certification_repayments_repaymentcase_agency_id_62fad605 ON public.certification_repayments_repaymentcase USING btree (agency_id);

CREATE INDEX certification_repayments_repaymentcase_number_deffef66_like ON public.certification_repayments_repaymentcase USING btree (number varchar_pattern_ops);

CREATE INDEX certification_repayments_repaymentcase_state_a4ee33cb ON public.certification_repayments_repaymentcase USING btree (state);

CREATE INDEX certification_repayments_repaymentcase_state_a4ee33cb_like ON public.certification_repayments_repaymentcase USING btree (state varchar_pattern_ops);

CREATE INDEX certification_repayments_repaymentcase_verifier_id_728dc7ab ON public.certification_repayments_repaymentcase USING btree (verifier_id);

CREATE INDEX certification_repayments_sheetdraft_case_id_6109ca4b ON public.certification_repayments_sheetdraft USING btree (case_id);

CREATE INDEX certification_repayments_sheetdraft_made_by_id_dc518e2b ON public.certification_repayments_sheetdraft USING btree (made_by_id);

CREATE INDEX certification_repayments_thirdpartycheck_case_id_5cf31397 ON public.certification_repayments_thirdpartycheck USING btree (case_id);

CREATE INDEX certification_repayments_thirdpartycheck_file_id_1b55b7db ON public.certification_repayments_thirdpartycheck USING btree (file_id);

CREATE INDEX certification_repayments_tracingattempt_worker_id_ce475d8e ON public.certification_repayments_tracingattempt USING btree (worker_id);

CREATE INDEX certification_repayments_workeraccess_case_id_e85f2872 ON public.certification_repayments_workeraccess USING btree (case_id);

CREATE INDEX certification_repayments_workeraccess_person_id_461fa68b ON public.certification_repayments_workeraccess USING btree (person_id);

CREATE INDEX certification_repayments_workeraccess_worker_id_f460778d ON public.certification_repayments_workeraccess USING btree (worker_id);

CREATE INDEX certification_repayments_workerconfirmation_worker_id_b6e64bdd ON public.certification_repayments_workerconfirmation USING btree (worker_id);

CREATE INDEX certification_standard_criterion_principle_id_e21c0854 ON public.certification_standard_criterion USING btree (principle_id);

CREATE INDEX certification_standard_edition_state_1ff54bc6 ON public.certification_standard_edition USING btree (state);

CREATE INDEX certification_standard_edition_state_1ff54bc6_like ON public.certification_standard_edition USING btree (state varchar_pattern_ops);

CREATE INDEX certification_standard_indicator_criterion_id_7a4dd326 ON public.certification_standard_indicator USING btree (criterion_id);

CREATE INDEX certification_standard_mapping_indicator_id_4fe6934e ON public.certification_standard_mapping USING btree (indicator_id);

CREATE INDEX certification_standard_mapping_item_id_feea1048 ON public.certification_standard_mapping USING btree (item_id);

CREATE INDEX certification_standard_mapping_reviewed_by_id_40d4138a ON public.certification_standard_mapping USING btree (reviewed_by_id);

CREATE INDEX certification_standard_otheritem_scheme_id_02f211fc ON public.certification_standard_otheritem USING btree (scheme_id);

CREATE INDEX certification_standard_otherscheme_code_faa654a2_like ON public.certification_standard_otherscheme USING btree (code varchar_pattern_ops);

CREATE INDEX certification_standard_otherscheme_edition_id_999f16c1 ON public.certification_standard_otherscheme USING btree (edition_id);

CREATE INDEX certification_standard_principle_edition_id_dc6190bd ON public.certification_standard_principle USING btree (edition_id);

CREATE INDEX certification_standard_translation_edition_id_f70f8eae ON public.certification_standard_translation USING btree (edition_id);

CREATE INDEX certification_training_attendance_day_id_bf26eb8f ON public.certification_training_attendance USING btree (day_id);

CREATE INDEX certification_training_attendance_seat_id_78a6397d ON public.certification_training_attendance USING btree (seat_id);

CREATE INDEX certification_training_catalogueentry_code_3fb8a273_like ON public.certification_training_catalogueentry USING btree (code varchar_pattern_ops);

CREATE INDEX certification_training_course_entry_id_cff57e8e ON public.certification_training_course USING btree (entry_id);

CREATE INDEX certification_training_course_provider_id_ebf68b1f ON public.certification_training_course USING btree (provider_id);

CREATE INDEX certification_training_course_state_2716f3cd ON public.certification_training_course USING btree (state);

CREATE INDEX certification_training_course_state_2716f3cd_like ON public.certification_training_course USING btree (state varchar_pattern_ops);

CREATE INDEX certification_training_courseday_course_id_834cf7ed ON public.certification_training_courseday USING btree (course_id);

CREATE INDEX certification_training_coursetrainer_course_id_f1006189 ON public.certification_training_coursetrainer USING btree (course_id);

CREATE INDEX certification_training_coursetrainer_person_id_fa8578f2 ON public.certification_training_coursetrainer USING btree (person_id);

CREATE INDEX certification_training_seat_course_id_30b8f866 ON public.certification_training_seat USING btree (course_id);

CREATE INDEX certification_training_seat_organisation_id_da3e4a82 ON public.certification_training_seat USING btree (organisation_id);

CREATE INDEX certification_training_seat_person_id_c95f85a3 ON public.certification_training_seat USING btree (person_id);

CREATE INDEX certification_training_seat_state_d29f89fb ON public.certification_training_seat USING btree (state);

CREATE INDEX certification_training_seat_state_d29f89fb_like ON public.certification_training_seat USING btree (state varchar_pattern_ops);

CREATE INDEX chain_link_of_employer ON public.supplychain_chains_link USING btree (organisation_id) WHERE (replaced_at IS NULL);

CREATE UNIQUE INDEX chain_link_one_in_force ON public.supplychain_chains_link USING btree (line) WHERE (replaced_at IS NULL);

CREATE UNIQUE INDEX chain_link_only_once ON public.supplychain_chains_link USING btree (upper_id, lower_id, since) WHERE (replaced_at IS NULL);

CREATE INDEX chain_party_of_employer ON public.supplychain_chains_party USING btree (organisation_id) WHERE (gone_at IS NULL);

CREATE UNIQUE INDEX chain_party_only_once ON public.supplychain_chains_party USING btree (organisation_id, kind, name, country) WHERE (gone_at IS NULL);

CREATE INDEX chain_party_version ON public.supplychain_chains_partyversion USING btree (party_id, at);

CREATE UNIQUE INDEX containment_stands_once ON public.audits_findings_containment USING btree (finding_id) WHERE ((state)::text = ANY (ARRAY[('recorded'::character varying)::text, ('accepted'::character varying)::text]));

CREATE INDEX core_event_subject ON public.iris_core_event USING btree (subject_type, subject_id, at);

CREATE INDEX core_outbox_open ON public.iris_core_outboxrow USING btree (due_at) WHERE ((status)::text = ANY (ARRAY[('waiting'::character varying)::text, ('leased'::character varying)::text]));

CREATE UNIQUE INDEX corridorcost_once_in_force ON public.certification_assessments_corridorcost USING btree (origin, destination, sector, category, name) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX credential_one_for_each_firm ON public.certification_credentials_credential USING btree (firm_id) WHERE (revoked_at IS NULL);

CREATE UNIQUE INDEX credential_one_for_each_revision ON public.certification_credentials_credential USING btree (certificate_id) WHERE (revoked_at IS NULL);

CREATE UNIQUE INDEX decision_one_open_per_subject ON public.certification_decisions_decision USING btree (subject_label, subject_id) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('voting'::character varying)::text]));

CREATE UNIQUE INDEX delegation_one_person_per_section ON public.certification_assessments_delegation USING btree (assessment_id, section) WHERE (ended_at IS NULL);

CREATE INDEX diligence_decision_key ON public.supplychain_diligence_decision USING btree (organisation_id, key);

CREATE UNIQUE INDEX diligence_one_in_force ON public.supplychain_diligence_decision USING btree (organisation_id, key) WHERE ((state)::text = 'in_force'::text);

CREATE INDEX diligence_request_state ON public.supplychain_diligence_informationrequest USING btree (organisation_id, state);

CREATE INDEX diligence_step_newest ON public.supplychain_diligence_stepnote USING btree (organisation_id, step, created_at DESC);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE UNIQUE INDEX edition_one_in_force ON public.certification_standard_edition USING btree (state) WHERE ((state)::text = 'issued'::text);

CREATE UNIQUE INDEX employerrequest_one_stands ON public.certification_assessments_employerrequest USING btree (job_order_id) WHERE (withdrawn_at IS NULL);

CREATE UNIQUE INDEX exchangerate_once_a_day ON public.certification_assessments_exchangerate USING btree (currency, rate_on) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX extension_asked_once_at_a_time ON public.audits_findings_extension USING btree (finding_id, clock) WHERE ((state)::text = 'asked'::text);

CREATE INDEX iris_accounts_apiclient_issued_by_id_8d53b26d ON public.iris_accounts_apiclient USING btree (issued_by_id);

CREATE INDEX iris_accounts_apiclient_organisation_id_f82822ba ON public.iris_accounts_apiclient USING btree (organisation_id);

CREATE INDEX iris_accounts_apiclient_prefix_cc45a4bc_like ON public.iris_accounts_apiclient USING btree (prefix varchar_pattern_ops);

CREATE INDEX iris_accounts_apiclient_state_0c55f473 ON public.iris_accounts_apiclient USING btree (state);

CREATE INDEX iris_accounts_apiclient_state_0c55f473_like ON public.iris_accounts_apiclient USING btree (state varchar_pattern_ops);

CREATE INDEX iris_accounts_invitation_accepted_by_id_3ac877ba ON public.iris_accounts_invitation USING btree (accepted_by_id);

CREATE INDEX iris_accounts_invitation_invited_by_id_035122fc ON public.iris_accounts_invitation USING btree (invited_by_id);

CREATE INDEX iris_accounts_invitation_organisation_id_3108e9ae ON public.iris_accounts_invitation USING btree (organisation_id);

CREATE INDEX iris_accounts_invitation_state_aa004a25 ON public.iris_accounts_invitation USING btree (state);

CREATE INDEX iris_accounts_invitation_state_aa004a25_like ON public.iris_accounts_invitation USING btree (state varchar_pattern_ops);

CREATE INDEX iris_accounts_invitation_token_hash_040bc50b_like ON public.iris_accounts_invitation USING btree (token_hash varchar_pattern_ops);

CREATE INDEX iris_accounts_membership_organisation_id_6104c8aa ON public.iris_accounts_membership USING btree (organisation_id);

CREATE INDEX iris_accounts_membership_user_id_d50bf8af ON public.iris_accounts_membership USING btree (user_id);

CREATE INDEX iris_accounts_organisation_state_58252578 ON public.iris_accounts_organisation USING btree (state);

CREATE INDEX iris_accounts_organisation_state_58252578_like ON public.iris_accounts_organisation USING btree (state varchar_pattern_ops);

CREATE INDEX iris_accounts_user_email_a0cc2623_like ON public.iris_accounts_user USING btree (email varchar_pattern_ops);

CREATE INDEX iris_accounts_user_groups_group_id_1df7dc56 ON public.iris_accounts_user_groups USING btree (group_id);

CREATE INDEX iris_accounts_user_groups_user_id_c858787c ON public.iris_accounts_user_groups USING btree (user_id);

CREATE INDEX iris_accounts_user_user_permissions_permission_id_11172410 ON public.iris_accounts_user_user_permissions USING btree (permission_id);

CREATE INDEX iris_accounts_user_user_permissions_user_id_f5c9edb5 ON public.iris_accounts_user_user_permissions USING btree (user_id);

CREATE INDEX iris_core_chainlink_hash_aed8e387_like ON public.iris_core_chainlink USING btree (hash varchar_pattern_ops);

CREATE INDEX iris_core_event_at_68193a47 ON public.iris_core_event USING btree (at);

CREATE INDEX iris_core_heartbeat_name_355825f6_like ON public.iris_core_heartbeat USING btree (name varchar_pattern_ops);

CREATE INDEX iris_core_storedfile_organisation_id_6da2b539 ON public.iris_core_storedfile USING btree (organisation_id);

CREATE INDEX iris_core_storedfile_path_91517097_like ON public.iris_core_storedfile USING btree (path varchar_pattern_ops);

CREATE INDEX iris_core_storedfile_sha256_ae1d3031 ON public.iris_core_storedfile USING btree (sha256);

CREATE INDEX iris_core_storedfile_sha256_ae1d3031_like ON public.iris_core_storedfile USING btree (sha256 varchar_pattern_ops);

CREATE INDEX iris_core_sweeprun_name_f8e0782f_like ON public.iris_core_sweeprun USING btree (name varchar_pattern_ops);

CREATE INDEX iris_notify_notice_user_id_41c6f41b ON public.iris_notify_notice USING btree (user_id);

CREATE INDEX iris_webhooks_attempt_delivery_id_c2f67cdc ON public.iris_webhooks_attempt USING btree (delivery_id);

CREATE INDEX iris_webhooks_delivery_endpoint_id_144d59a8 ON public.iris_webhooks_delivery USING btree (endpoint_id);

CREATE INDEX iris_webhooks_endpoint_added_by_id_029ef4ea ON public.iris_webhooks_endpoint USING btree (added_by_id);

CREATE INDEX iris_webhooks_endpoint_organisation_id_2c738f70 ON public.iris_webhooks_endpoint USING btree (organisation_id);

CREATE INDEX iris_webhooks_endpoint_state_dda7351c ON public.iris_webhooks_endpoint USING btree (state);

CREATE INDEX iris_webhooks_endpoint_state_dda7351c_like ON public.iris_webhooks_endpoint USING btree (state varchar_pattern_ops);

CREATE UNIQUE INDEX kit_applied_once ON public.audits_kits_kitreturn USING btree (kit_id) WHERE (applied_at IS NOT NULL);

CREATE UNIQUE INDEX labelterm_once_in_force ON public.certification_assessments_labelterm USING btree (lang, term, kind) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX licence_review_one_open ON public.certification_certificates_licencereview USING btree (certificate_id, licence_id) WHERE ((state)::text = 'open'::text);

CREATE INDEX licences_entry_alike ON public.certification_licences_entry USING btree (snapshot_id, alike);

CREATE INDEX licences_entry_key ON public.certification_licences_entry USING btree (key);

CREATE INDEX licences_snapshot_latest ON public.certification_licences_snapshot USING btree (register, retrieved_at DESC);

CREATE INDEX likeness_key_lookup ON public.certification_agencies_likenesskey USING btree (kind, key);

CREATE INDEX lookup_of_agency ON public.supplychain_lookups_lookup USING btree (agency_id, created_at DESC);

CREATE INDEX lookup_of_organisation ON public.supplychain_lookups_lookup USING btree (organisation_id, created_at DESC);

CREATE INDEX match_decision_of_key ON public.supplychain_names_matchdecision USING btree (organisation_id, key);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE UNIQUE INDEX minors_escalated_once_per_criterion ON public.audits_findings_escalation USING btree (audit_id, criterion_id) WHERE (((kind)::text = 'minors'::text) AND ((state)::text = ANY (ARRAY[('warned'::character varying)::text, ('escalated'::character varying)::text])));

CREATE INDEX notify_notice_of_person ON public.iris_notify_notice USING btree (user_id, created_at DESC);

CREATE UNIQUE INDEX notify_notice_once_per_key ON public.iris_notify_notice USING btree (user_id, key) WHERE (NOT ((key)::text = ''::text));

CREATE INDEX notify_notice_unread ON public.iris_notify_notice USING btree (user_id) WHERE (read_at IS NULL);

CREATE UNIQUE INDEX one_audit_at_work_per_application ON public.audits_engagements_audit USING btree (application_id) WHERE (((kind)::text = ANY (ARRAY[('initial'::character varying)::text, ('recertification'::character varying)::text])) AND (NOT ((state)::text = ANY (ARRAY[('declined'::character varying)::text, ('cancelled'::character varying)::text]))));

CREATE UNIQUE INDEX one_audit_at_work_per_order ON public.audits_engagements_audit USING btree (order_id) WHERE ((order_id IS NOT NULL) AND (NOT ((state)::text = ANY (ARRAY[('declined'::character varying)::text, ('cancelled'::character varying)::text]))));

CREATE UNIQUE INDEX one_closure_audit_at_work ON public.audits_engagements_audit USING btree (follows_id) WHERE (((kind)::text = 'closure'::text) AND (NOT ((state)::text = ANY (ARRAY[('declined'::character varying)::text, ('cancelled'::character varying)::text, ('reported'::character varying)::text]))));

CREATE UNIQUE INDEX one_first_record_of_a_meeting ON public.audits_fieldwork_meeting USING btree (audit_id, kind) WHERE (replaces_id IS NULL);

CREATE UNIQUE INDEX one_objection_to_a_person ON public.audits_engagements_objection USING btree (audit_id, auditor_id) WHERE (NOT ((state)::text = 'withdrawn'::text));

CREATE UNIQUE INDEX one_threat_from_a_source ON public.audits_bodies_threat USING btree (source) WHERE (NOT ((source)::text = ''::text));

CREATE INDEX opendata_log_of_one ON public.certification_opendata_logentry USING btree (certificate_id, index);

CREATE UNIQUE INDEX overdue_clock_escalated_once ON public.audits_findings_escalation USING btree (finding_id, clock) WHERE (((kind)::text = 'overdue'::text) AND ((state)::text = ANY (ARRAY[('warned'::character varying)::text, ('escalated'::character varying)::text])));

CREATE UNIQUE INDEX payment_once ON public.certification_repayments_payment USING btree (worker_id, instalment_id) WHERE ((undone_because)::text = ''::text);

CREATE UNIQUE INDEX related_company_once ON public.certification_agencies_relatedcompany USING btree (agency_id, country, registration_key) WHERE (NOT ((registration_key)::text = ''::text));

CREATE INDEX repayment_agency_state ON public.certification_repayments_repaymentcase USING btree (agency_id, state);

CREATE UNIQUE INDEX scheme_key_one_current ON public.certification_credentials_schemekey USING btree (use) WHERE (retired_at IS NULL);

CREATE INDEX screening_batch_open ON public.supplychain_screenings_screeningbatch USING btree (screening_id, first) WHERE (NOT ((status)::text = 'done'::text));

CREATE INDEX screening_of_organisation ON public.supplychain_screenings_screening USING btree (organisation_id, created_at DESC);

CREATE INDEX screening_outcome_resolved ON public.supplychain_screenings_rowoutcome USING btree (screening_id, resolved_at DESC) WHERE (resolved_at IS NOT NULL);

CREATE INDEX screening_outcome_result ON public.supplychain_screenings_rowoutcome USING btree (screening_id, result, number);

CREATE INDEX screening_row_same ON public.supplychain_screenings_screeningrow USING btree (screening_id, same_as) WHERE (same_as IS NOT NULL);

CREATE UNIQUE INDEX seat_once_in_a_course ON public.certification_training_seat USING btree (course_id, person_id) WHERE ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('booked'::character varying)::text]));

CREATE INDEX supplychain_chains_chainimport_file_id_da367606 ON public.supplychain_chains_chainimport USING btree (file_id);

CREATE INDEX supplychain_chains_chainimport_organisation_id_c2e2521b ON public.supplychain_chains_chainimport USING btree (organisation_id);

CREATE INDEX supplychain_chains_chainimport_person_id_9992547f ON public.supplychain_chains_chainimport USING btree (person_id);

CREATE INDEX supplychain_chains_chainimport_state_c5dd797a ON public.supplychain_chains_chainimport USING btree (state);

CREATE INDEX supplychain_chains_chainimport_state_c5dd797a_like ON public.supplychain_chains_chainimport USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_chains_entry_above_id_65dc4aaf ON public.supplychain_chains_entry USING btree (above_id);

CREATE INDEX supplychain_chains_entry_hidden_agency_id_e32ab045 ON public.supplychain_chains_entry USING btree (hidden_agency_id);

CREATE INDEX supplychain_chains_entry_invitation_id_06625ed7 ON public.supplychain_chains_entry USING btree (invitation_id);

CREATE INDEX supplychain_chains_entry_party_id_5dba6beb ON public.supplychain_chains_entry USING btree (party_id);

CREATE INDEX supplychain_chains_invitation_invited_by_id_1d2621aa ON public.supplychain_chains_invitation USING btree (invited_by_id);

CREATE INDEX supplychain_chains_invitation_organisation_id_0dba02bd ON public.supplychain_chains_invitation USING btree (organisation_id);

CREATE INDEX supplychain_chains_invitation_party_id_af7af122 ON public.supplychain_chains_invitation USING btree (party_id);

CREATE INDEX supplychain_chains_invitation_state_956cc01c ON public.supplychain_chains_invitation USING btree (state);

CREATE INDEX supplychain_chains_invitation_state_956cc01c_like ON public.supplychain_chains_invitation USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_chains_invitation_token_hash_7ab6ee8a_like ON public.supplychain_chains_invitation USING btree (token_hash varchar_pattern_ops);

CREATE INDEX supplychain_chains_link_contract_file_id_88323509 ON public.supplychain_chains_link USING btree (contract_file_id);

CREATE INDEX supplychain_chains_link_lower_id_b33ee773 ON public.supplychain_chains_link USING btree (lower_id);

CREATE INDEX supplychain_chains_link_organisation_id_1f195a22 ON public.supplychain_chains_link USING btree (organisation_id);

CREATE INDEX supplychain_chains_link_upper_id_ea863187 ON public.supplychain_chains_link USING btree (upper_id);

CREATE INDEX supplychain_chains_link_verified_file_id_90275e78 ON public.supplychain_chains_link USING btree (verified_file_id);

CREATE INDEX supplychain_chains_party_agency_id_f093979b ON public.supplychain_chains_party USING btree (agency_id);

CREATE INDEX supplychain_chains_party_hidden_agency_id_c33099d5 ON public.supplychain_chains_party USING btree (hidden_agency_id);

CREATE INDEX supplychain_chains_party_merged_into_id_f32e0fea ON public.supplychain_chains_party USING btree (merged_into_id);

CREATE INDEX supplychain_chains_party_organisation_id_046ad13c ON public.supplychain_chains_party USING btree (organisation_id);

CREATE INDEX supplychain_chains_partyversion_party_id_95180b06 ON public.supplychain_chains_partyversion USING btree (party_id);

CREATE INDEX supplychain_diligence_condition_closed_by_id_afe7cf25 ON public.supplychain_diligence_condition USING btree (closed_by_id);

CREATE INDEX supplychain_diligence_condition_decision_id_ba15f74d ON public.supplychain_diligence_condition USING btree (decision_id);

CREATE INDEX supplychain_diligence_condition_evidence_id_c4fa496b ON public.supplychain_diligence_condition USING btree (evidence_id);

CREATE INDEX supplychain_diligence_condition_state_f10b20ff ON public.supplychain_diligence_condition USING btree (state);

CREATE INDEX supplychain_diligence_condition_state_f10b20ff_like ON public.supplychain_diligence_condition USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_diligence_decision_agency_id_0bbd2cd6 ON public.supplychain_diligence_decision USING btree (agency_id);

CREATE INDEX supplychain_diligence_decision_approver_id_b6b28725 ON public.supplychain_diligence_decision USING btree (approver_id);

CREATE INDEX supplychain_diligence_decision_decided_by_id_d1078204 ON public.supplychain_diligence_decision USING btree (decided_by_id);

CREATE INDEX supplychain_diligence_decision_number_a63431b5_like ON public.supplychain_diligence_decision USING btree (number varchar_pattern_ops);

CREATE INDEX supplychain_diligence_decision_organisation_id_4d675bc7 ON public.supplychain_diligence_decision USING btree (organisation_id);

CREATE INDEX supplychain_diligence_decision_proposed_by_id_2bf638b6 ON public.supplychain_diligence_decision USING btree (proposed_by_id);

CREATE INDEX supplychain_diligence_decision_receipt_id_ec1ab1b1 ON public.supplychain_diligence_decision USING btree (receipt_id);

CREATE INDEX supplychain_diligence_decision_replaced_by_id_cfb66fe1 ON public.supplychain_diligence_decision USING btree (replaced_by_id);

CREATE INDEX supplychain_diligence_decision_state_5ae73280 ON public.supplychain_diligence_decision USING btree (state);

CREATE INDEX supplychain_diligence_decision_state_5ae73280_like ON public.supplychain_diligence_decision USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_diligence_info_organisation_id_8677aed8 ON public.supplychain_diligence_informationrequest USING btree (organisation_id);

CREATE INDEX supplychain_diligence_informationrequest_code_91e4a827_like ON public.supplychain_diligence_informationrequest USING btree (code varchar_pattern_ops);

CREATE INDEX supplychain_diligence_informationrequest_number_793b4c3a_like ON public.supplychain_diligence_informationrequest USING btree (number varchar_pattern_ops);

CREATE INDEX supplychain_diligence_informationrequest_state_6cd1d6ee ON public.supplychain_diligence_informationrequest USING btree (state);

CREATE INDEX supplychain_diligence_informationrequest_state_6cd1d6ee_like ON public.supplychain_diligence_informationrequest USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_diligence_nomination_nominee_id_a6584acd ON public.supplychain_diligence_nomination USING btree (nominee_id);

CREATE INDEX supplychain_diligence_nomination_organisation_id_7af1733e ON public.supplychain_diligence_nomination USING btree (organisation_id);

CREATE INDEX supplychain_diligence_nomination_person_id_e5cd3250 ON public.supplychain_diligence_nomination USING btree (person_id);

CREATE INDEX supplychain_diligence_nominee_state_7129ca6d ON public.supplychain_diligence_nominee USING btree (state);

CREATE INDEX supplychain_diligence_nominee_state_7129ca6d_like ON public.supplychain_diligence_nominee USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_diligence_nominee_token_619aef90_like ON public.supplychain_diligence_nominee USING btree (token varchar_pattern_ops);

CREATE INDEX supplychain_diligence_numbersequence_series_ed22a1ae_like ON public.supplychain_diligence_numbersequence USING btree (series varchar_pattern_ops);

CREATE INDEX supplychain_diligence_requestmessage_person_id_0608ca59 ON public.supplychain_diligence_requestmessage USING btree (person_id);

CREATE INDEX supplychain_diligence_requestmessage_request_id_2f892d70 ON public.supplychain_diligence_requestmessage USING btree (request_id);

CREATE INDEX supplychain_diligence_requestpaper_file_id_e1acb76d ON public.supplychain_diligence_requestpaper USING btree (file_id);

CREATE INDEX supplychain_diligence_requestpaper_message_id_37802887 ON public.supplychain_diligence_requestpaper USING btree (message_id);

CREATE INDEX supplychain_diligence_stepnote_organisation_id_7316d307 ON public.supplychain_diligence_stepnote USING btree (organisation_id);

CREATE INDEX supplychain_diligence_stepnote_person_id_951296ed ON public.supplychain_diligence_stepnote USING btree (person_id);

CREATE INDEX supplychain_dossiers_copy_archive_id_55158fc8 ON public.supplychain_dossiers_copy USING btree (archive_id);

CREATE INDEX supplychain_dossiers_copy_pdf_id_b19e2b36 ON public.supplychain_dossiers_copy USING btree (pdf_id);

CREATE INDEX supplychain_dossiers_copy_top_sha256_a90675f0_like ON public.supplychain_dossiers_copy USING btree (top_sha256 varchar_pattern_ops);

CREATE INDEX supplychain_dossiers_copy_version_id_87a5b1fd ON public.supplychain_dossiers_copy USING btree (version_id);

CREATE INDEX supplychain_dossiers_dossier_number_89c29e9f_like ON public.supplychain_dossiers_dossier USING btree (number varchar_pattern_ops);

CREATE INDEX supplychain_dossiers_dossier_organisation_id_0a143f51 ON public.supplychain_dossiers_dossier USING btree (organisation_id);

CREATE INDEX supplychain_dossiers_dossier_person_id_3d55879d ON public.supplychain_dossiers_dossier USING btree (person_id);

CREATE INDEX supplychain_dossiers_dossier_state_6faca936 ON public.supplychain_dossiers_dossier USING btree (state);

CREATE INDEX supplychain_dossiers_dossier_state_6faca936_like ON public.supplychain_dossiers_dossier USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_dossiers_dossierversion_dossier_id_b6f8c134 ON public.supplychain_dossiers_dossierversion USING btree (dossier_id);

CREATE INDEX supplychain_dossiers_dossierversion_person_id_6520e059 ON public.supplychain_dossiers_dossierversion USING btree (person_id);

CREATE INDEX supplychain_dossiers_hold_agency_id_b41ca701 ON public.supplychain_dossiers_hold USING btree (agency_id);

CREATE INDEX supplychain_dossiers_hold_organisation_id_add224f9 ON public.supplychain_dossiers_hold USING btree (organisation_id);

CREATE INDEX supplychain_dossiers_hold_placed_by_id_83f7b39f ON public.supplychain_dossiers_hold USING btree (placed_by_id);

CREATE INDEX supplychain_dossiers_hold_released_by_id_d9032973 ON public.supplychain_dossiers_hold USING btree (released_by_id);

CREATE INDEX supplychain_dossiers_tombstone_organisation_id_f4dc2622 ON public.supplychain_dossiers_tombstone USING btree (organisation_id);

CREATE INDEX supplychain_dossiers_words_dossier_id_ef49b973 ON public.supplychain_dossiers_words USING btree (dossier_id);

CREATE INDEX supplychain_lookups_lookup_agency_id_253aa91b ON public.supplychain_lookups_lookup USING btree (agency_id);

CREATE INDEX supplychain_lookups_lookup_number_d3e35a04_like ON public.supplychain_lookups_lookup USING btree (number varchar_pattern_ops);

CREATE INDEX supplychain_lookups_lookup_organisation_id_47f3feb6 ON public.supplychain_lookups_lookup USING btree (organisation_id);

CREATE INDEX supplychain_lookups_lookup_person_id_81da3d8c ON public.supplychain_lookups_lookup USING btree (person_id);

CREATE INDEX supplychain_lookups_receiptpdf_file_id_5a2236d2 ON public.supplychain_lookups_receiptpdf USING btree (file_id);

CREATE INDEX supplychain_names_matchdecision_agency_id_9cb32726 ON public.supplychain_names_matchdecision USING btree (agency_id);

CREATE INDEX supplychain_names_matchdecision_organisation_id_b9e53b5a ON public.supplychain_names_matchdecision USING btree (organisation_id);

CREATE INDEX supplychain_names_matchdecision_person_id_eeec1e06 ON public.supplychain_names_matchdecision USING btree (person_id);

CREATE INDEX supplychain_names_namechange_txid_b49b2917 ON public.supplychain_names_namechange USING btree (txid);

CREATE INDEX supplychain_risk_weightset_organisation_id_ea79646e ON public.supplychain_risk_weightset USING btree (organisation_id);

CREATE INDEX supplychain_risk_weightset_person_id_1322cc28 ON public.supplychain_risk_weightset USING btree (person_id);

CREATE INDEX supplychain_screenings_mappingmemory_organisation_id_49baff5e ON public.supplychain_screenings_mappingmemory USING btree (organisation_id);

CREATE INDEX supplychain_screenings_screening_file_id_d82b52da ON public.supplychain_screenings_screening USING btree (file_id);

CREATE INDEX supplychain_screenings_screening_organisation_id_91bef952 ON public.supplychain_screenings_screening USING btree (organisation_id);

CREATE INDEX supplychain_screenings_screening_person_id_d1e6e8c1 ON public.supplychain_screenings_screening USING btree (person_id);

CREATE INDEX supplychain_screenings_screening_recheck_of_id_16371f5d ON public.supplychain_screenings_screening USING btree (recheck_of_id);

CREATE INDEX supplychain_screenings_screening_state_571a8a29 ON public.supplychain_screenings_screening USING btree (state);

CREATE INDEX supplychain_screenings_screening_state_571a8a29_like ON public.supplychain_screenings_screening USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_watches_alarm_organisation_id_6fb2911e ON public.supplychain_watches_alarm USING btree (organisation_id);

CREATE INDEX supplychain_watches_change_agency_id_656c4952 ON public.supplychain_watches_change USING btree (agency_id);

CREATE INDEX supplychain_watches_change_entry_id_23b54150 ON public.supplychain_watches_change USING btree (entry_id);

CREATE INDEX supplychain_watches_change_watch_id_5108f533 ON public.supplychain_watches_change USING btree (watch_id);

CREATE INDEX supplychain_watches_digest_organisation_id_ec67db57 ON public.supplychain_watches_digest USING btree (organisation_id);

CREATE INDEX supplychain_watches_digest_person_id_97ea9144 ON public.supplychain_watches_digest USING btree (person_id);

CREATE INDEX supplychain_watches_entry_round_id_38a247d8 ON public.supplychain_watches_entry USING btree (round_id);

CREATE INDEX supplychain_watches_entry_watch_id_6188af27 ON public.supplychain_watches_entry USING btree (watch_id);

CREATE INDEX supplychain_watches_sight_agency_id_f77be7e8 ON public.supplychain_watches_sight USING btree (agency_id);

CREATE INDEX supplychain_watches_sight_watch_id_f6fbea9f ON public.supplychain_watches_sight USING btree (watch_id);

CREATE INDEX supplychain_watches_telling_entry_id_de4a8565 ON public.supplychain_watches_telling USING btree (entry_id);

CREATE INDEX supplychain_watches_telling_person_id_470f3217 ON public.supplychain_watches_telling USING btree (person_id);

CREATE INDEX supplychain_watches_watch_agency_id_4f89fa5d ON public.supplychain_watches_watch USING btree (agency_id);

CREATE INDEX supplychain_watches_watch_organisation_id_6d266fed ON public.supplychain_watches_watch USING btree (organisation_id);

CREATE INDEX supplychain_watches_watch_people_user_id_002b0fb4 ON public.supplychain_watches_watch_people USING btree (user_id);

CREATE INDEX supplychain_watches_watch_people_watch_id_6e11bae0 ON public.supplychain_watches_watch_people USING btree (watch_id);

CREATE INDEX supplychain_watches_watch_person_id_b46288f4 ON public.supplychain_watches_watch USING btree (person_id);

CREATE INDEX supplychain_watches_watch_screening_id_5049120e ON public.supplychain_watches_watch USING btree (screening_id);

CREATE INDEX supplychain_watches_watch_state_358d0858 ON public.supplychain_watches_watch USING btree (state);

CREATE INDEX supplychain_watches_watch_state_358d0858_like ON public.supplychain_watches_watch USING btree (state varchar_pattern_ops);

CREATE INDEX supplychain_watches_watch_tried_at_4e533c26 ON public.supplychain_watches_watch USING btree (tried_at);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX watch_ledger_of_round ON public.supplychain_watches_entry USING btree (round_id) WHERE (round_id IS NOT NULL);

CREATE INDEX watch_ledger_of_watch ON public.supplychain_watches_entry USING btree (watch_id, at DESC);

CREATE INDEX watch_of_organisation ON public.supplychain_watches_watch USING btree (organisation_id, state);

CREATE UNIQUE INDEX watch_one_for_a_subject ON public.supplychain_watches_watch USING btree (organisation_id, subject_key) WHERE (NOT ((state)::text = 'ended'::text));

CREATE UNIQUE INDEX watch_one_open_alarm ON public.supplychain_watches_alarm USING btree (kind, organisation_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX watch_one_open_round ON public.supplychain_watches_round USING btree (ended_at) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

CREATE INDEX watch_untold ON public.supplychain_watches_telling USING btree (person_id) WHERE (told_at IS NULL);

CREATE INDEX webhook_due ON public.iris_webhooks_delivery USING btree (next_at) WHERE ((status)::text = 'waiting'::text);

CREATE INDEX webhook_log ON public.iris_webhooks_delivery USING btree (endpoint_id, created_at DESC);

CREATE UNIQUE INDEX webhook_once_per_key ON public.iris_webhooks_delivery USING btree (endpoint_id, key) WHERE (NOT ((key)::text = ''::text));

CREATE TRIGGER credentials_credential BEFORE DELETE OR UPDATE ON public.certification_credentials_credential FOR EACH ROW EXECUTE FUNCTION public.credentials_guard_credential();

CREATE TRIGGER credentials_key BEFORE DELETE OR UPDATE ON public.certification_credentials_schemekey FOR EACH ROW EXECUTE FUNCTION public.credentials_guard_key();

CREATE TRIGGER credentials_list BEFORE DELETE OR UPDATE ON public.certification_credentials_statuslist FOR EACH ROW EXECUTE FUNCTION public.credentials_guard_list();

CREATE TRIGGER diligence_condition BEFORE UPDATE ON public.supplychain_diligence_condition FOR EACH ROW EXECUTE FUNCTION public.diligence_guard_condition();

CREATE TRIGGER diligence_decision BEFORE UPDATE ON public.supplychain_diligence_decision FOR EACH ROW EXECUTE FUNCTION public.diligence_guard_decision();

CREATE TRIGGER diligence_request BEFORE UPDATE ON public.supplychain_diligence_informationrequest FOR EACH ROW EXECUTE FUNCTION public.diligence_guard_request();

CREATE TRIGGER guard_appeal BEFORE INSERT OR UPDATE ON public.certification_decisions_appeal FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_guard_appeal();

CREATE TRIGGER guard_attendance BEFORE INSERT ON public.certification_training_attendance FOR EACH ROW EXECUTE FUNCTION public.certification_training_guard_attendance();

CREATE TRIGGER guard_bar BEFORE INSERT OR UPDATE ON public.certification_decisions_bar FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_guard_bar();

CREATE TRIGGER guard_certificate BEFORE INSERT OR DELETE OR UPDATE ON public.certification_certificates_certificate FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_guard();

CREATE TRIGGER guard_condition BEFORE DELETE OR UPDATE ON public.certification_certificates_certificatecondition FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_guard_condition();

CREATE TRIGGER guard_corridor BEFORE DELETE OR UPDATE ON public.certification_certificates_certificatecorridor FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_guard_corridor();

CREATE TRIGGER guard_course BEFORE UPDATE ON public.certification_training_course FOR EACH ROW EXECUTE FUNCTION public.certification_training_guard_course();

CREATE TRIGGER guard_criterion BEFORE INSERT OR DELETE OR UPDATE ON public.certification_standard_criterion FOR EACH ROW EXECUTE FUNCTION public.certification_standard_guard_criterion();

CREATE TRIGGER guard_dated BEFORE DELETE OR UPDATE ON public.certification_assessments_corridorcost FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_dated();

CREATE TRIGGER guard_dated BEFORE DELETE OR UPDATE ON public.certification_assessments_exchangerate FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_dated();

CREATE TRIGGER guard_dated BEFORE DELETE OR UPDATE ON public.certification_assessments_labelterm FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_dated();

CREATE TRIGGER guard_days BEFORE INSERT OR UPDATE ON public.audits_findings_finding FOR EACH ROW EXECUTE FUNCTION public.audits_findings_guard_days();

CREATE TRIGGER guard_decision BEFORE INSERT OR UPDATE ON public.certification_decisions_decision FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_guard_decision();

CREATE TRIGGER guard_edition BEFORE DELETE OR UPDATE ON public.certification_standard_edition FOR EACH ROW EXECUTE FUNCTION public.certification_standard_guard_edition();

CREATE TRIGGER guard_extension BEFORE INSERT OR UPDATE ON public.audits_findings_extension FOR EACH ROW EXECUTE FUNCTION public.audits_findings_guard_extension();

CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.certification_assessments_answer FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_answer();

CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.certification_assessments_answerevidence FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_answer_evidence();

CREATE TRIGGER guard_frozen BEFORE DELETE OR UPDATE ON public.certification_assessments_assessment FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_assessment();

CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.certification_assessments_costline FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_cost_line();

CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.certification_assessments_dismissal FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_child();

CREATE TRIGGER guard_frozen BEFORE DELETE OR UPDATE ON public.certification_assessments_evidence FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_evidence();

CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.certification_assessments_joborder FOR EACH ROW EXECUTE FUNCTION public.certification_assessments_guard_job_order();

CREATE TRIGGER guard_indicator BEFORE INSERT OR DELETE OR UPDATE ON public.certification_standard_indicator FOR EACH ROW EXECUTE FUNCTION public.certification_standard_guard_indicator();

CREATE TRIGGER guard_override BEFORE INSERT ON public.audits_bodies_overrideanswer FOR EACH ROW EXECUTE FUNCTION public.audits_bodies_guard_override();

CREATE TRIGGER guard_principle BEFORE INSERT OR DELETE OR UPDATE ON public.certification_standard_principle FOR EACH ROW EXECUTE FUNCTION public.certification_standard_guard_principle();

CREATE TRIGGER guard_seat BEFORE INSERT OR UPDATE ON public.certification_training_seat FOR EACH ROW EXECUTE FUNCTION public.certification_training_guard_seat();

CREATE TRIGGER guard_statement BEFORE INSERT OR UPDATE ON public.audits_interviews_statement FOR EACH ROW EXECUTE FUNCTION public.audits_interviews_guard_statement();

CREATE TRIGGER guard_sub_agent BEFORE INSERT OR UPDATE ON public.certification_agencies_subagent FOR EACH ROW EXECUTE FUNCTION public.certification_agencies_guard_sub_agent();

CREATE TRIGGER guard_team BEFORE INSERT ON public.audits_engagements_teammember FOR EACH ROW EXECUTE FUNCTION public.audits_engagements_guard_team();

CREATE TRIGGER guard_trainer BEFORE INSERT ON public.certification_training_coursetrainer FOR EACH ROW EXECUTE FUNCTION public.certification_training_guard_trainer();

CREATE TRIGGER guard_vote BEFORE INSERT ON public.certification_decisions_vote FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_guard_vote();

CREATE TRIGGER names_feed_agency AFTER UPDATE ON public.certification_agencies_agency REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION public.names_note_agencies();

CREATE TRIGGER names_feed_deleted AFTER DELETE ON public.certification_agencies_agencyname REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION public.names_note_names();

CREATE TRIGGER names_feed_inserted AFTER INSERT ON public.certification_agencies_agencyname REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION public.names_note_names();

CREATE TRIGGER names_feed_updated AFTER UPDATE ON public.certification_agencies_agencyname REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION public.names_note_names();

CREATE TRIGGER opendata_entry BEFORE INSERT ON public.certification_opendata_logentry FOR EACH ROW EXECUTE FUNCTION public.opendata_guard_entry();

CREATE TRIGGER opendata_head BEFORE INSERT ON public.certification_opendata_treehead FOR EACH ROW EXECUTE FUNCTION public.opendata_guard_head();

CREATE TRIGGER opendata_node BEFORE INSERT ON public.certification_opendata_lognode FOR EACH ROW EXECUTE FUNCTION public.opendata_guard_node();

CREATE TRIGGER opendata_place BEFORE DELETE OR UPDATE ON public.certification_opendata_logplace FOR EACH ROW EXECUTE FUNCTION public.opendata_guard_place();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_certificates_auditorder FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_keep();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_certificates_decisiondeferral FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_keep();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_certificates_licencereview FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_keep();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_certificates_misusecase FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_keep();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_certificates_surveillancewindow FOR EACH ROW EXECUTE FUNCTION public.certification_certificates_keep();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_decisions_appeal FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_refuse_delete();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_decisions_bar FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_refuse_delete();

CREATE TRIGGER refuse_delete BEFORE DELETE ON public.certification_decisions_decision FOR EACH ROW EXECUTE FUNCTION public.certification_decisions_refuse_delete();

CREATE TRIGGER repayment_end BEFORE UPDATE ON public.certification_repayments_repaymentcase FOR EACH ROW EXECUTE FUNCTION public.repayment_guard_end();

CREATE TRIGGER sampling_fixed_draw BEFORE DELETE OR UPDATE ON public.audits_sampling_sample FOR EACH ROW EXECUTE FUNCTION public.sampling_fixed_draw();

CREATE TRIGGER sampling_fixed_place BEFORE DELETE OR UPDATE ON public.audits_sampling_samplemember FOR EACH ROW EXECUTE FUNCTION public.sampling_fixed_place();

CREATE TRIGGER sampling_frozen_line BEFORE DELETE OR UPDATE ON public.audits_sampling_framemember FOR EACH ROW EXECUTE FUNCTION public.sampling_frozen_line();

CREATE TRIGGER supplychain_chains_link_kept BEFORE DELETE OR UPDATE ON public.supplychain_chains_link FOR EACH ROW EXECUTE FUNCTION public.supplychain_chains_link_kept();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_iris_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_auditfirm
    ADD CONSTRAINT audits_bodies_auditf_organisation_id_0fdeb753_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_auditortraining
    ADD CONSTRAINT audits_bodies_audito_auditor_id_1aa3255c_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_auditor
    ADD CONSTRAINT audits_bodies_audito_firm_id_13d0bce1_fk_audits_bo FOREIGN KEY (firm_id) REFERENCES public.audits_bodies_auditfirm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_auditor
    ADD CONSTRAINT audits_bodies_audito_person_id_66e6fa91_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_busyperiod
    ADD CONSTRAINT audits_bodies_busype_auditor_id_4f581534_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_clientfee
    ADD CONSTRAINT audits_bodies_client_agency_id_f83e2351_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_clientfee
    ADD CONSTRAINT audits_bodies_client_of_id_f01216af_fk_audits_bo FOREIGN KEY (of_id) REFERENCES public.audits_bodies_firmyear(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_declaredinterest
    ADD CONSTRAINT audits_bodies_declar_agency_id_1f70e6a6_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_declaredinterest
    ADD CONSTRAINT audits_bodies_declar_declaration_id_73540bc2_fk_audits_bo FOREIGN KEY (declaration_id) REFERENCES public.audits_bodies_yearlydeclaration(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_firmyear
    ADD CONSTRAINT audits_bodies_firmye_firm_id_ed279d94_fk_audits_bo FOREIGN KEY (firm_id) REFERENCES public.audits_bodies_auditfirm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_override
    ADD CONSTRAINT audits_bodies_overri_application_id_bcca2892_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_override
    ADD CONSTRAINT audits_bodies_overri_auditor_id_4d38e0a6_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_override
    ADD CONSTRAINT audits_bodies_overri_given_by_id_c5c57c23_fk_iris_acco FOREIGN KEY (given_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_overrideanswer
    ADD CONSTRAINT audits_bodies_overri_override_id_a2012f5f_fk_audits_bo FOREIGN KEY (override_id) REFERENCES public.audits_bodies_override(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_overrideanswer
    ADD CONSTRAINT audits_bodies_overri_person_id_443cbf60_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_threat
    ADD CONSTRAINT audits_bodies_threat_agency_id_ae0cbd19_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_threat
    ADD CONSTRAINT audits_bodies_threat_auditor_id_b4ebd1a5_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_threat
    ADD CONSTRAINT audits_bodies_threat_firm_id_a1f7aba7_fk_audits_bo FOREIGN KEY (firm_id) REFERENCES public.audits_bodies_auditfirm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_threat
    ADD CONSTRAINT audits_bodies_threat_owner_id_ae90d644_fk_iris_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_tie
    ADD CONSTRAINT audits_bodies_tie_agency_id_327e82c6_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_tie
    ADD CONSTRAINT audits_bodies_tie_auditor_id_2378e4a2_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_bodies_yearlydeclaration
    ADD CONSTRAINT audits_bodies_yearly_auditor_id_435dbd1c_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_agency_id_701d54b3_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_application_id_2b655ab1_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_auditplan
    ADD CONSTRAINT audits_engagements_a_audit_id_b5f51c09_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_firm_id_bb800cfa_fk_audits_bo FOREIGN KEY (firm_id) REFERENCES public.audits_bodies_auditfirm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_follows_id_92cc4774_fk_audits_en FOREIGN KEY (follows_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_lead_id_8de1fb4e_fk_audits_bo FOREIGN KEY (lead_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_audit
    ADD CONSTRAINT audits_engagements_a_order_id_6a4d0ee4_fk_certifica FOREIGN KEY (order_id) REFERENCES public.certification_certificates_auditorder(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_conflictdeclaration
    ADD CONSTRAINT audits_engagements_c_audit_id_1fde36c4_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_conflictdeclaration
    ADD CONSTRAINT audits_engagements_c_auditor_id_f4d8798d_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_indicatornote
    ADD CONSTRAINT audits_engagements_i_audit_id_92a813fd_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_interviewcount
    ADD CONSTRAINT audits_engagements_i_audit_id_bb7792a8_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_indicatornote
    ADD CONSTRAINT audits_engagements_i_author_id_2d8287aa_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_indicatornote
    ADD CONSTRAINT audits_engagements_i_indicator_id_5b9cf5d1_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_notedraft
    ADD CONSTRAINT audits_engagements_n_audit_id_f2d019d8_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_notedraft
    ADD CONSTRAINT audits_engagements_n_author_id_3c5c5a91_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_noteversion
    ADD CONSTRAINT audits_engagements_n_author_id_dbdaa15d_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_notedraft
    ADD CONSTRAINT audits_engagements_n_indicator_id_048e7ef8_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_noteversion
    ADD CONSTRAINT audits_engagements_n_note_id_82a20aa0_fk_audits_en FOREIGN KEY (note_id) REFERENCES public.audits_engagements_indicatornote(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_objection
    ADD CONSTRAINT audits_engagements_o_answered_by_id_9c760472_fk_iris_acco FOREIGN KEY (answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_objection
    ADD CONSTRAINT audits_engagements_o_audit_id_8e2e2c66_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_objection
    ADD CONSTRAINT audits_engagements_o_auditor_id_c4b4729d_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_objection
    ADD CONSTRAINT audits_engagements_o_made_by_id_b3a482cb_fk_iris_acco FOREIGN KEY (made_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_priornote
    ADD CONSTRAINT audits_engagements_p_audit_id_38ead3ce_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_plannedvisit_people
    ADD CONSTRAINT audits_engagements_p_auditor_id_67a8858e_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_priornote
    ADD CONSTRAINT audits_engagements_p_author_id_041a307f_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_plannedvisit
    ADD CONSTRAINT audits_engagements_p_plan_id_6e991b60_fk_audits_en FOREIGN KEY (plan_id) REFERENCES public.audits_engagements_auditplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_plannedvisit_people
    ADD CONSTRAINT audits_engagements_p_plannedvisit_id_1aee9b5f_fk_audits_en FOREIGN KEY (plannedvisit_id) REFERENCES public.audits_engagements_plannedvisit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_teammember
    ADD CONSTRAINT audits_engagements_t_audit_id_3f275747_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_teammember
    ADD CONSTRAINT audits_engagements_t_auditor_id_4042d6bb_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_witnessaudit
    ADD CONSTRAINT audits_engagements_w_audit_id_e9aafc62_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_witnessaudit
    ADD CONSTRAINT audits_engagements_w_auditor_id_8eca256a_fk_audits_bo FOREIGN KEY (auditor_id) REFERENCES public.audits_bodies_auditor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_engagements_witnessaudit
    ADD CONSTRAINT audits_engagements_w_witness_id_ee632945_fk_iris_acco FOREIGN KEY (witness_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_acknowledgement
    ADD CONSTRAINT audits_fieldwork_ack_attendee_id_297f424a_fk_audits_fi FOREIGN KEY (attendee_id) REFERENCES public.audits_fieldwork_attendee(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_acknowledgement
    ADD CONSTRAINT audits_fieldwork_ack_by_id_01427374_fk_iris_acco FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_attendee
    ADD CONSTRAINT audits_fieldwork_att_meeting_id_85e4d5c4_fk_audits_fi FOREIGN KEY (meeting_id) REFERENCES public.audits_fieldwork_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_attendee
    ADD CONSTRAINT audits_fieldwork_att_person_id_f9fb916d_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_disagreementreply
    ADD CONSTRAINT audits_fieldwork_dis_acknowledgement_id_7ddf73c9_fk_audits_fi FOREIGN KEY (acknowledgement_id) REFERENCES public.audits_fieldwork_acknowledgement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_disagreementreply
    ADD CONSTRAINT audits_fieldwork_dis_by_id_c1b8fcf3_fk_iris_acco FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_audit_id_55aa09d2_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidencewithdrawal
    ADD CONSTRAINT audits_fieldwork_evi_by_id_052e4ded_fk_iris_acco FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidencewithdrawal
    ADD CONSTRAINT audits_fieldwork_evi_evidence_id_f803e796_fk_audits_fi FOREIGN KEY (evidence_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_file_id_cd363bab_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_indicator_id_a96e1742_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_redaction_of_id_e2d76a85_fk_audits_fi FOREIGN KEY (redaction_of_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_shown_id_c55735ce_fk_iris_core FOREIGN KEY (shown_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_evidence
    ADD CONSTRAINT audits_fieldwork_evi_taken_by_id_d4879fb8_fk_iris_acco FOREIGN KEY (taken_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_hashcheck
    ADD CONSTRAINT audits_fieldwork_has_by_id_059aaeb5_fk_iris_acco FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_hashcheck
    ADD CONSTRAINT audits_fieldwork_has_evidence_id_589f2f5c_fk_audits_fi FOREIGN KEY (evidence_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_meeting
    ADD CONSTRAINT audits_fieldwork_mee_audit_id_4142a80e_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_meeting
    ADD CONSTRAINT audits_fieldwork_mee_recorded_by_id_2b9097a1_fk_iris_acco FOREIGN KEY (recorded_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_meeting
    ADD CONSTRAINT audits_fieldwork_mee_replaces_id_6bb79ba2_fk_audits_fi FOREIGN KEY (replaces_id) REFERENCES public.audits_fieldwork_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_signrecord
    ADD CONSTRAINT audits_fieldwork_sig_audit_id_77be9210_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_signrecord
    ADD CONSTRAINT audits_fieldwork_sig_author_id_2d4864c0_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_signrecord_evidence
    ADD CONSTRAINT audits_fieldwork_sig_evidence_id_c715f191_fk_audits_fi FOREIGN KEY (evidence_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_fieldwork_signrecord_evidence
    ADD CONSTRAINT audits_fieldwork_sig_signrecord_id_2094d3f9_fk_audits_fi FOREIGN KEY (signrecord_id) REFERENCES public.audits_fieldwork_signrecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_actionfile
    ADD CONSTRAINT audits_findings_acti_action_id_2ba6abed_fk_audits_fi FOREIGN KEY (action_id) REFERENCES public.audits_findings_correctiveaction(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_actionfile
    ADD CONSTRAINT audits_findings_acti_added_by_id_4bf74e5f_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_actionfile
    ADD CONSTRAINT audits_findings_acti_file_id_ae99218d_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_containment
    ADD CONSTRAINT audits_findings_cont_file_id_9143a7d8_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_containment
    ADD CONSTRAINT audits_findings_cont_finding_id_11d74aeb_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_containment
    ADD CONSTRAINT audits_findings_cont_sent_by_id_0cf4f586_fk_iris_acco FOREIGN KEY (sent_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_correctiveaction
    ADD CONSTRAINT audits_findings_corr_finding_id_f46afbed_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_correctiveaction
    ADD CONSTRAINT audits_findings_corr_sent_by_id_963fe61f_fk_iris_acco FOREIGN KEY (sent_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_escalation
    ADD CONSTRAINT audits_findings_esca_audit_id_5536304b_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_escalation
    ADD CONSTRAINT audits_findings_esca_criterion_id_c5fa77ca_fk_certifica FOREIGN KEY (criterion_id) REFERENCES public.certification_standard_criterion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_escalation_findings
    ADD CONSTRAINT audits_findings_esca_escalation_id_48496900_fk_audits_fi FOREIGN KEY (escalation_id) REFERENCES public.audits_findings_escalation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_escalation_findings
    ADD CONSTRAINT audits_findings_esca_finding_id_3c06567f_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_escalation
    ADD CONSTRAINT audits_findings_esca_finding_id_726ccd80_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_extension
    ADD CONSTRAINT audits_findings_exte_asked_by_id_33f16baf_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_extension
    ADD CONSTRAINT audits_findings_exte_decided_by_id_66cd211a_fk_iris_acco FOREIGN KEY (decided_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_extension
    ADD CONSTRAINT audits_findings_exte_finding_id_66cecd9f_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_find_audit_id_2e9a2403_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_find_carried_to_id_e503b83c_fk_audits_fi FOREIGN KEY (carried_to_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding_evidence_items
    ADD CONSTRAINT audits_findings_find_evidence_id_be6725de_fk_audits_fi FOREIGN KEY (evidence_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding_evidence_items
    ADD CONSTRAINT audits_findings_find_finding_id_d45a69fd_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_find_indicator_id_85cb6186_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_find_raised_by_id_181e9f78_fk_iris_acco FOREIGN KEY (raised_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_finding
    ADD CONSTRAINT audits_findings_find_repeats_id_33686fb6_fk_audits_fi FOREIGN KEY (repeats_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_position
    ADD CONSTRAINT audits_findings_posi_finding_id_fa575636_fk_audits_fi FOREIGN KEY (finding_id) REFERENCES public.audits_findings_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_findings_position
    ADD CONSTRAINT audits_findings_posi_said_by_id_1ec93ca5_fk_iris_acco FOREIGN KEY (said_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_employmentcheck
    ADD CONSTRAINT audits_interviews_em_audit_id_440bfbee_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_hotlineentry
    ADD CONSTRAINT audits_interviews_ho_entered_by_id_6b1a2b77_fk_iris_acco FOREIGN KEY (entered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_identityaccess
    ADD CONSTRAINT audits_interviews_id_actor_id_8ee26dbc_fk_iris_acco FOREIGN KEY (actor_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_identityaccess
    ADD CONSTRAINT audits_interviews_id_audit_id_22d78b62_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_interview
    ADD CONSTRAINT audits_interviews_in_audit_id_8693ba62_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_interview
    ADD CONSTRAINT audits_interviews_in_interviewer_id_9e4e9df8_fk_iris_acco FOREIGN KEY (interviewer_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_safeguardcase
    ADD CONSTRAINT audits_interviews_sa_interview_id_69e074ce_fk_audits_in FOREIGN KEY (interview_id) REFERENCES public.audits_interviews_interview(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_safeguardcase
    ADD CONSTRAINT audits_interviews_sa_opened_by_id_a7be82e7_fk_iris_acco FOREIGN KEY (opened_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_statement
    ADD CONSTRAINT audits_interviews_st_author_id_fb608770_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_statement
    ADD CONSTRAINT audits_interviews_st_indicator_id_62faf9a4_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_statement
    ADD CONSTRAINT audits_interviews_st_interview_id_5af12c72_fk_audits_in FOREIGN KEY (interview_id) REFERENCES public.audits_interviews_interview(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_interviews_vaulterasure
    ADD CONSTRAINT audits_interviews_va_audit_id_d8f75873_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kit
    ADD CONSTRAINT audits_kits_kit_applied_by_id_df192fcb_fk_iris_accounts_user_id FOREIGN KEY (applied_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kit
    ADD CONSTRAINT audits_kits_kit_audit_id_20b7fe04_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kit
    ADD CONSTRAINT audits_kits_kit_made_by_id_eeb794d4_fk_iris_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kitreturn
    ADD CONSTRAINT audits_kits_kitretur_file_id_05253372_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kitreturn
    ADD CONSTRAINT audits_kits_kitreturn_by_id_aa2985ec_fk_iris_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_kitreturn
    ADD CONSTRAINT audits_kits_kitreturn_kit_id_e02ec579_fk_audits_kits_kit_id FOREIGN KEY (kit_id) REFERENCES public.audits_kits_kit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_audit_id_80b3302d_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_evidence_id_3e247671_fk_audits_fi FOREIGN KEY (evidence_id) REFERENCES public.audits_fieldwork_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_indicator_id_fc8d2413_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_kit_id_f029eff2_fk_audits_kits_kit_id FOREIGN KEY (kit_id) REFERENCES public.audits_kits_kit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_kits_seenitem
    ADD CONSTRAINT audits_kits_seenitem_noted_by_id_04303aab_fk_iris_acco FOREIGN KEY (noted_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_caseexport
    ADD CONSTRAINT audits_reports_casee_application_id_c2d24cd8_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_caseexport
    ADD CONSTRAINT audits_reports_casee_asked_by_id_fdb3af8d_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_caseexport
    ADD CONSTRAINT audits_reports_casee_file_id_c1c71f9e_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_caseexport
    ADD CONSTRAINT audits_reports_casee_organisation_id_a78ee27e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_report
    ADD CONSTRAINT audits_reports_repor_audit_id_2bbade87_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_reportfile
    ADD CONSTRAINT audits_reports_repor_file_id_523077ff_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_reportversion
    ADD CONSTRAINT audits_reports_repor_made_by_id_6f3b4000_fk_iris_acco FOREIGN KEY (made_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_reportversion
    ADD CONSTRAINT audits_reports_repor_report_id_2f7e5a6e_fk_audits_re FOREIGN KEY (report_id) REFERENCES public.audits_reports_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_report
    ADD CONSTRAINT audits_reports_repor_sent_by_id_045fd17d_fk_iris_acco FOREIGN KEY (sent_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_reports_reportfile
    ADD CONSTRAINT audits_reports_repor_version_id_d954e9de_fk_audits_re FOREIGN KEY (version_id) REFERENCES public.audits_reports_reportversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_frame
    ADD CONSTRAINT audits_sampling_fram_asked_by_id_a4536c16_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_frame
    ADD CONSTRAINT audits_sampling_fram_audit_id_b7583f56_fk_audits_en FOREIGN KEY (audit_id) REFERENCES public.audits_engagements_audit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_frameversion
    ADD CONSTRAINT audits_sampling_fram_frame_id_c3249524_fk_audits_sa FOREIGN KEY (frame_id) REFERENCES public.audits_sampling_frame(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_framedraft
    ADD CONSTRAINT audits_sampling_fram_frame_id_e3525da1_fk_audits_sa FOREIGN KEY (frame_id) REFERENCES public.audits_sampling_frame(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_framedraft
    ADD CONSTRAINT audits_sampling_fram_made_by_id_59fbc467_fk_iris_acco FOREIGN KEY (made_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_frameversion
    ADD CONSTRAINT audits_sampling_fram_received_by_id_56a6feac_fk_iris_acco FOREIGN KEY (received_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_framemember
    ADD CONSTRAINT audits_sampling_fram_version_id_c70faeef_fk_audits_sa FOREIGN KEY (version_id) REFERENCES public.audits_sampling_frameversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_identityopened
    ADD CONSTRAINT audits_sampling_iden_actor_id_9f651eca_fk_iris_acco FOREIGN KEY (actor_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_identityopened
    ADD CONSTRAINT audits_sampling_iden_member_id_7d4fd4ee_fk_audits_sa FOREIGN KEY (member_id) REFERENCES public.audits_sampling_samplemember(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_repl_actor_id_e1221d61_fk_iris_acco FOREIGN KEY (actor_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_repl_given_up_id_e49130de_fk_audits_sa FOREIGN KEY (given_up_id) REFERENCES public.audits_sampling_samplemember(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_replacement
    ADD CONSTRAINT audits_sampling_repl_taken_id_092e598b_fk_audits_sa FOREIGN KEY (taken_id) REFERENCES public.audits_sampling_samplemember(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_sample
    ADD CONSTRAINT audits_sampling_samp_drawn_by_id_f835cc34_fk_iris_acco FOREIGN KEY (drawn_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_sample
    ADD CONSTRAINT audits_sampling_samp_frame_id_bb7c1d65_fk_audits_sa FOREIGN KEY (frame_id) REFERENCES public.audits_sampling_frame(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT audits_sampling_samp_member_id_30891fe1_fk_audits_sa FOREIGN KEY (member_id) REFERENCES public.audits_sampling_framemember(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT audits_sampling_samp_result_by_id_9c0de3fc_fk_iris_acco FOREIGN KEY (result_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_samplestratum
    ADD CONSTRAINT audits_sampling_samp_sample_id_2efce228_fk_audits_sa FOREIGN KEY (sample_id) REFERENCES public.audits_sampling_sample(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT audits_sampling_samp_sample_id_4f88c994_fk_audits_sa FOREIGN KEY (sample_id) REFERENCES public.audits_sampling_sample(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_samplemember
    ADD CONSTRAINT audits_sampling_samp_stratum_id_94a11983_fk_audits_sa FOREIGN KEY (stratum_id) REFERENCES public.audits_sampling_samplestratum(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_sample
    ADD CONSTRAINT audits_sampling_samp_version_id_d826a090_fk_audits_sa FOREIGN KEY (version_id) REFERENCES public.audits_sampling_frameversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_stratumraise
    ADD CONSTRAINT audits_sampling_stra_actor_id_7610f6d1_fk_iris_acco FOREIGN KEY (actor_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audits_sampling_stratumraise
    ADD CONSTRAINT audits_sampling_stra_stratum_id_0aea1a03_fk_audits_sa FOREIGN KEY (stratum_id) REFERENCES public.audits_sampling_samplestratum(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_likenesskey
    ADD CONSTRAINT certification_agenci_agency_id_0ac22641_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencyreader
    ADD CONSTRAINT certification_agenci_agency_id_201dc6a8_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_likenesssignal
    ADD CONSTRAINT certification_agenci_agency_id_2ff3e6c4_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencysector
    ADD CONSTRAINT certification_agenci_agency_id_3ec987b7_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencycorridor
    ADD CONSTRAINT certification_agenci_agency_id_4f72b2e4_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_branch
    ADD CONSTRAINT certification_agenci_agency_id_717c368f_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencyname
    ADD CONSTRAINT certification_agenci_agency_id_875dfff7_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_officer
    ADD CONSTRAINT certification_agenci_agency_id_9ea54129_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_licence
    ADD CONSTRAINT certification_agenci_agency_id_9f1c508f_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_subagent
    ADD CONSTRAINT certification_agenci_agency_id_aa0fc425_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_changereport
    ADD CONSTRAINT certification_agenci_agency_id_b1eb3230_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencyidentifier
    ADD CONSTRAINT certification_agenci_agency_id_c7f63672_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_relatedcompany
    ADD CONSTRAINT certification_agenci_agency_id_f7deb1fc_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_subagent
    ADD CONSTRAINT certification_agenci_agreement_id_ac48b005_fk_iris_core FOREIGN KEY (agreement_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_changereport
    ADD CONSTRAINT certification_agenci_answered_by_id_68f42e5d_fk_iris_acco FOREIGN KEY (answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_branchperson
    ADD CONSTRAINT certification_agenci_branch_id_1956ca3e_fk_certifica FOREIGN KEY (branch_id) REFERENCES public.certification_agencies_branch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_licence
    ADD CONSTRAINT certification_agenci_copy_id_4786652b_fk_iris_core FOREIGN KEY (copy_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_relatedcompany
    ADD CONSTRAINT certification_agenci_enrolled_id_dfde749f_fk_certifica FOREIGN KEY (enrolled_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_changedocument
    ADD CONSTRAINT certification_agenci_file_id_eabf93b5_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agency
    ADD CONSTRAINT certification_agenci_organisation_id_e140150b_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agencyreader
    ADD CONSTRAINT certification_agenci_organisation_id_f7d57c66_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_likenesssignal
    ADD CONSTRAINT certification_agenci_other_id_44b9a1b1_fk_certifica FOREIGN KEY (other_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_subagent
    ADD CONSTRAINT certification_agenci_parent_id_15f18692_fk_certifica FOREIGN KEY (parent_id) REFERENCES public.certification_agencies_subagent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_changedocument
    ADD CONSTRAINT certification_agenci_report_id_c2e5dee9_fk_certifica FOREIGN KEY (report_id) REFERENCES public.certification_agencies_changereport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_changereport
    ADD CONSTRAINT certification_agenci_reported_by_id_98b3f3a3_fk_iris_acco FOREIGN KEY (reported_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_agency
    ADD CONSTRAINT certification_agenci_sanctions_declared_b_0d5ec6ab_fk_iris_acco FOREIGN KEY (sanctions_declared_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_agencies_likenesssignal
    ADD CONSTRAINT certification_agenci_settled_by_id_f9fed74d_fk_iris_acco FOREIGN KEY (settled_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_accepted_by_id_1000455a_fk_iris_acco FOREIGN KEY (accepted_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_agency_id_170e8309_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_answered_by_id_2b3ff692_fk_iris_acco FOREIGN KEY (answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_casenote
    ADD CONSTRAINT certification_applic_application_id_37c4e42e_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_application_id_64fc5e6f_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_letter
    ADD CONSTRAINT certification_applic_application_id_d76baef8_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_caseaccess
    ADD CONSTRAINT certification_applic_application_id_fb21979a_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_asked_by_id_8b23082f_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_assessment_id_0105fc59_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_casenote
    ADD CONSTRAINT certification_applic_author_id_6117bc26_fk_iris_acco FOREIGN KEY (author_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_before_id_28c066bc_fk_certifica FOREIGN KEY (before_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_case_owner_id_4e89803f_fk_iris_acco FOREIGN KEY (case_owner_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferralflag
    ADD CONSTRAINT certification_applic_deferral_id_22c34f59_fk_certifica FOREIGN KEY (deferral_id) REFERENCES public.certification_applications_deferral(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_extended_by_id_075f0236_fk_iris_acco FOREIGN KEY (extended_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_fee_waived_by_id_f0b2896e_fk_iris_acco FOREIGN KEY (fee_waived_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_letterfile
    ADD CONSTRAINT certification_applic_file_id_b32c0b2b_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_firm_id_c0588959_fk_iris_acco FOREIGN KEY (firm_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferralflag
    ADD CONSTRAINT certification_applic_indicator_id_475dfc39_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_letterfile
    ADD CONSTRAINT certification_applic_letter_id_e7015cc5_fk_certifica FOREIGN KEY (letter_id) REFERENCES public.certification_applications_letter(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_opened_by_id_6de9c311_fk_iris_acco FOREIGN KEY (opened_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_caseaccess
    ADD CONSTRAINT certification_applic_organisation_id_49ce7153_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_rejected_by_id_3ffcb1ef_fk_iris_acco FOREIGN KEY (rejected_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_deferral
    ADD CONSTRAINT certification_applic_reopened_id_596475b0_fk_certifica FOREIGN KEY (reopened_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_letter
    ADD CONSTRAINT certification_applic_sent_by_id_4789999b_fk_iris_acco FOREIGN KEY (sent_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_applications_application
    ADD CONSTRAINT certification_applic_submitted_by_id_72a37e6b_fk_iris_acco FOREIGN KEY (submitted_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assess_added_by_id_36bf01e3_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_exchangerate
    ADD CONSTRAINT certification_assess_added_by_id_4e66d1cb_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_corridorcost
    ADD CONSTRAINT certification_assess_added_by_id_e59e784f_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_labelterm
    ADD CONSTRAINT certification_assess_added_by_id_f0ec9c7f_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assess_agency_id_1d0816fc_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assess_agency_id_5c7c3b51_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answerevidence
    ADD CONSTRAINT certification_assess_answer_id_b5a687e0_fk_certifica FOREIGN KEY (answer_id) REFERENCES public.certification_assessments_answer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_costline
    ADD CONSTRAINT certification_assess_answered_by_id_f2ef65f7_fk_iris_acco FOREIGN KEY (answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerrequest
    ADD CONSTRAINT certification_assess_asked_by_id_9a973879_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_delegation
    ADD CONSTRAINT certification_assess_asked_by_id_da2966b2_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_dismissal
    ADD CONSTRAINT certification_assess_assessment_id_0aea5b4e_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_delegation
    ADD CONSTRAINT certification_assess_assessment_id_0dbdd238_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assess_assessment_id_49ccc52e_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_joborder
    ADD CONSTRAINT certification_assess_assessment_id_53cded3f_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_workbookreturn
    ADD CONSTRAINT certification_assess_assessment_id_7c546488_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT certification_assess_assessment_id_ab190786_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessmentreader
    ADD CONSTRAINT certification_assess_assessment_id_d640bcc2_fk_certifica FOREIGN KEY (assessment_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assess_before_id_a285d3dd_fk_certifica FOREIGN KEY (before_id) REFERENCES public.certification_assessments_answer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_dismissal
    ADD CONSTRAINT certification_assess_by_id_040bc234_fk_iris_acco FOREIGN KEY (by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assess_edition_id_be974dd0_fk_certifica FOREIGN KEY (edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answerevidence
    ADD CONSTRAINT certification_assess_evidence_id_c5d12a3a_fk_certifica FOREIGN KEY (evidence_id) REFERENCES public.certification_assessments_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assess_file_id_4cbb925a_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT certification_assess_from_edition_id_190e0ff0_fk_certifica FOREIGN KEY (from_edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assess_frozen_by_id_e8b3f3dd_fk_iris_acco FOREIGN KEY (frozen_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_setaside
    ADD CONSTRAINT certification_assess_indicator_id_2ab4dc0b_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assess_indicator_id_6df26089_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerrequest
    ADD CONSTRAINT certification_assess_job_order_id_2faf8f05_fk_certifica FOREIGN KEY (job_order_id) REFERENCES public.certification_assessments_joborder(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_costline
    ADD CONSTRAINT certification_assess_job_order_id_adb5677e_fk_certifica FOREIGN KEY (job_order_id) REFERENCES public.certification_assessments_joborder(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_setaside
    ADD CONSTRAINT certification_assess_move_id_1e6c083e_fk_certifica FOREIGN KEY (move_id) REFERENCES public.certification_assessments_editionmove(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT certification_assess_moved_by_id_279ac2d1_fk_iris_acco FOREIGN KEY (moved_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerrequest
    ADD CONSTRAINT certification_assess_organisation_id_70ea2d88_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessmentreader
    ADD CONSTRAINT certification_assess_organisation_id_710b6ceb_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assess_owner_id_9ba52575_fk_iris_acco FOREIGN KEY (owner_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_delegation
    ADD CONSTRAINT certification_assess_person_id_aed7097f_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assess_previous_id_966956d3_fk_certifica FOREIGN KEY (previous_id) REFERENCES public.certification_assessments_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_joborder
    ADD CONSTRAINT certification_assess_price_answered_by_id_6c492fa5_fk_iris_acco FOREIGN KEY (price_answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_costline
    ADD CONSTRAINT certification_assess_proof_id_478b8af1_fk_certifica FOREIGN KEY (proof_id) REFERENCES public.certification_assessments_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerstatement
    ADD CONSTRAINT certification_assess_proof_id_cefeef0a_fk_iris_core FOREIGN KEY (proof_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_evidence
    ADD CONSTRAINT certification_assess_replaces_id_af7d68ef_fk_certifica FOREIGN KEY (replaces_id) REFERENCES public.certification_assessments_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerstatement
    ADD CONSTRAINT certification_assess_request_id_0b475eb0_fk_certifica FOREIGN KEY (request_id) REFERENCES public.certification_assessments_employerrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_corridorcost
    ADD CONSTRAINT certification_assess_retired_by_id_8e674242_fk_iris_acco FOREIGN KEY (retired_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_labelterm
    ADD CONSTRAINT certification_assess_retired_by_id_f53fa46b_fk_iris_acco FOREIGN KEY (retired_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_exchangerate
    ADD CONSTRAINT certification_assess_retired_by_id_fa221fc5_fk_iris_acco FOREIGN KEY (retired_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_employerstatement
    ADD CONSTRAINT certification_assess_said_by_id_b6992ee2_fk_iris_acco FOREIGN KEY (said_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_assessment
    ADD CONSTRAINT certification_assess_started_by_id_d5386859_fk_iris_acco FOREIGN KEY (started_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_editionmove
    ADD CONSTRAINT certification_assess_to_edition_id_bf920c0f_fk_certifica FOREIGN KEY (to_edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_answer
    ADD CONSTRAINT certification_assess_updated_by_id_1fc585a0_fk_iris_acco FOREIGN KEY (updated_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_assessments_workbookreturn
    ADD CONSTRAINT certification_assess_uploaded_by_id_cdeab4a7_fk_iris_acco FOREIGN KEY (uploaded_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_marklicence
    ADD CONSTRAINT certification_certif_accepted_by_id_e3586e58_fk_iris_acco FOREIGN KEY (accepted_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_agency_id_4f1cc7a4_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_marklicence
    ADD CONSTRAINT certification_certif_agency_id_64d33551_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certif_agency_id_d82657a1_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_surveillancewindow
    ADD CONSTRAINT certification_certif_agency_id_f17f4510_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_decisiondeferral
    ADD CONSTRAINT certification_certif_answered_by_id_1c9b0796_fk_iris_acco FOREIGN KEY (answered_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_decisiondeferral
    ADD CONSTRAINT certification_certif_application_id_abd101e6_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_application_id_e96da8bc_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_applications_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_decisiondeferral
    ADD CONSTRAINT certification_certif_asked_by_id_636ab5ca_fk_iris_acco FOREIGN KEY (asked_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificatecondition
    ADD CONSTRAINT certification_certif_certificate_id_01fbe784_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificatecorridor
    ADD CONSTRAINT certification_certif_certificate_id_261b1541_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_auditorder
    ADD CONSTRAINT certification_certif_certificate_id_8af4adae_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificatechange
    ADD CONSTRAINT certification_certif_certificate_id_c55c1d42_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_licencereview
    ADD CONSTRAINT certification_certif_certificate_id_ce6fe322_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_surveillancewindow
    ADD CONSTRAINT certification_certif_decision_id_0a4bd9a8_fk_certifica FOREIGN KEY (decision_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certif_decision_id_a57ce121_fk_certifica FOREIGN KEY (decision_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_decision_id_d627d73c_fk_certifica FOREIGN KEY (decision_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_edition_id_ee71a1a8_fk_certifica FOREIGN KEY (edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certif_evidence_id_de87bf64_fk_iris_core FOREIGN KEY (evidence_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_pdf_id_66e54961_fk_iris_core FOREIGN KEY (pdf_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_replaces_id_868b2223_fk_certifica FOREIGN KEY (replaces_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_misusecase
    ADD CONSTRAINT certification_certif_reported_by_id_2e84810b_fk_iris_acco FOREIGN KEY (reported_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_certificate
    ADD CONSTRAINT certification_certif_settled_by_id_6f96c946_fk_certifica FOREIGN KEY (settled_by_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_certificates_auditorder
    ADD CONSTRAINT certification_certif_window_id_d4657b51_fk_certifica FOREIGN KEY (window_id) REFERENCES public.certification_certificates_surveillancewindow(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_creden_certificate_id_2389afc4_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_creden_key_id_a5217e37_fk_certifica FOREIGN KEY (key_id) REFERENCES public.certification_credentials_schemekey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_creden_revocation_list_id_ea074f6e_fk_certifica FOREIGN KEY (revocation_list_id) REFERENCES public.certification_credentials_statuslist(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_credentials_credential
    ADD CONSTRAINT certification_creden_suspension_list_id_77e1b8aa_fk_certifica FOREIGN KEY (suspension_list_id) REFERENCES public.certification_credentials_statuslist(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_decision
    ADD CONSTRAINT certification_decisi_agency_id_359ea23b_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_bar
    ADD CONSTRAINT certification_decisi_agency_id_7059cd93_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisi_agency_id_bfd57de1_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT certification_decisi_appeal_id_db375287_fk_certifica FOREIGN KEY (appeal_id) REFERENCES public.certification_decisions_appeal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_decision
    ADD CONSTRAINT certification_decisi_decided_by_id_9b84cc40_fk_iris_acco FOREIGN KEY (decided_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisi_decided_by_id_e982ffbe_fk_iris_acco FOREIGN KEY (decided_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT certification_decisi_decision_id_0411cac9_fk_certifica FOREIGN KEY (decision_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisi_decision_id_ada87613_fk_certifica FOREIGN KEY (decision_id) REFERENCES public.certification_decisions_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisi_document_id_9cfa9ed7_fk_iris_core FOREIGN KEY (document_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_decision
    ADD CONSTRAINT certification_decisi_opened_by_id_3a38ddc5_fk_iris_acco FOREIGN KEY (opened_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_bar
    ADD CONSTRAINT certification_decisi_person_id_4310acea_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_vote
    ADD CONSTRAINT certification_decisi_person_id_f858af84_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_decisions_appeal
    ADD CONSTRAINT certification_decisi_received_from_id_7ab47f76_fk_iris_acco FOREIGN KEY (received_from_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_licences_snapshot
    ADD CONSTRAINT certification_licenc_file_id_6978c559_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_licences_snapshot
    ADD CONSTRAINT certification_licenc_imported_by_id_2e88c403_fk_iris_acco FOREIGN KEY (imported_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_licences_snapshot
    ADD CONSTRAINT certification_licenc_same_as_id_7c419a72_fk_certifica FOREIGN KEY (same_as_id) REFERENCES public.certification_licences_snapshot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_licences_entry
    ADD CONSTRAINT certification_licenc_snapshot_id_b2b963d1_fk_certifica FOREIGN KEY (snapshot_id) REFERENCES public.certification_licences_snapshot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_opendata_logentry
    ADD CONSTRAINT certification_openda_certificate_id_77384a4d_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificates_certificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_opendata_dumpend
    ADD CONSTRAINT certification_openda_dump_id_47d67e9d_fk_certifica FOREIGN KEY (dump_id) REFERENCES public.certification_opendata_dump(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_opendata_logentry
    ADD CONSTRAINT certification_openda_event_id_14666c7f_fk_iris_core FOREIGN KEY (event_id) REFERENCES public.iris_core_event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_repaymentcase
    ADD CONSTRAINT certification_repaym_agency_id_62fad605_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_rate
    ADD CONSTRAINT certification_repaym_case_id_09025c65_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_cohort
    ADD CONSTRAINT certification_repaym_case_id_0ec26378_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_breach
    ADD CONSTRAINT certification_repaym_case_id_3aa3b58f_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_thirdpartycheck
    ADD CONSTRAINT certification_repaym_case_id_5cf31397_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_payershare
    ADD CONSTRAINT certification_repaym_case_id_5d5e7ec3_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_sheetdraft
    ADD CONSTRAINT certification_repaym_case_id_6109ca4b_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_consultation
    ADD CONSTRAINT certification_repaym_case_id_639128e2_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_lateinterest
    ADD CONSTRAINT certification_repaym_case_id_8bbfd5ee_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_instalment
    ADD CONSTRAINT certification_repaym_case_id_d9899e8f_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_workeraccess
    ADD CONSTRAINT certification_repaym_case_id_e85f2872_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_caseworker
    ADD CONSTRAINT certification_repaym_case_id_eb800967_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_repayments_repaymentcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_caseworker
    ADD CONSTRAINT certification_repaym_cohort_id_eb6d1502_fk_certifica FOREIGN KEY (cohort_id) REFERENCES public.certification_repayments_cohort(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_thirdpartycheck
    ADD CONSTRAINT certification_repaym_file_id_1b55b7db_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_payment
    ADD CONSTRAINT certification_repaym_instalment_id_b3020b36_fk_certifica FOREIGN KEY (instalment_id) REFERENCES public.certification_repayments_instalment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_sheetdraft
    ADD CONSTRAINT certification_repaym_made_by_id_dc518e2b_fk_iris_acco FOREIGN KEY (made_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_workeraccess
    ADD CONSTRAINT certification_repaym_person_id_461fa68b_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_payment
    ADD CONSTRAINT certification_repaym_proof_id_7a4a7016_fk_iris_core FOREIGN KEY (proof_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_repaymentcase
    ADD CONSTRAINT certification_repaym_verifier_id_728dc7ab_fk_iris_acco FOREIGN KEY (verifier_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_loancost
    ADD CONSTRAINT certification_repaym_worker_id_3552ca71_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_costline
    ADD CONSTRAINT certification_repaym_worker_id_719d55e5_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_breach
    ADD CONSTRAINT certification_repaym_worker_id_7d20b920_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_payment
    ADD CONSTRAINT certification_repaym_worker_id_7e068593_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_workerconfirmation
    ADD CONSTRAINT certification_repaym_worker_id_b6e64bdd_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_tracingattempt
    ADD CONSTRAINT certification_repaym_worker_id_ce475d8e_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_repayments_workeraccess
    ADD CONSTRAINT certification_repaym_worker_id_f460778d_fk_certifica FOREIGN KEY (worker_id) REFERENCES public.certification_repayments_caseworker(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_indicator
    ADD CONSTRAINT certification_standa_criterion_id_7a4dd326_fk_certifica FOREIGN KEY (criterion_id) REFERENCES public.certification_standard_criterion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_otherscheme
    ADD CONSTRAINT certification_standa_edition_id_999f16c1_fk_certifica FOREIGN KEY (edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_principle
    ADD CONSTRAINT certification_standa_edition_id_dc6190bd_fk_certifica FOREIGN KEY (edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_translation
    ADD CONSTRAINT certification_standa_edition_id_f70f8eae_fk_certifica FOREIGN KEY (edition_id) REFERENCES public.certification_standard_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_mapping
    ADD CONSTRAINT certification_standa_indicator_id_4fe6934e_fk_certifica FOREIGN KEY (indicator_id) REFERENCES public.certification_standard_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_mapping
    ADD CONSTRAINT certification_standa_item_id_feea1048_fk_certifica FOREIGN KEY (item_id) REFERENCES public.certification_standard_otheritem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_criterion
    ADD CONSTRAINT certification_standa_principle_id_e21c0854_fk_certifica FOREIGN KEY (principle_id) REFERENCES public.certification_standard_principle(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_mapping
    ADD CONSTRAINT certification_standa_reviewed_by_id_40d4138a_fk_iris_acco FOREIGN KEY (reviewed_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_standard_otheritem
    ADD CONSTRAINT certification_standa_scheme_id_02f211fc_fk_certifica FOREIGN KEY (scheme_id) REFERENCES public.certification_standard_otherscheme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_seat
    ADD CONSTRAINT certification_traini_course_id_30b8f866_fk_certifica FOREIGN KEY (course_id) REFERENCES public.certification_training_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_courseday
    ADD CONSTRAINT certification_traini_course_id_834cf7ed_fk_certifica FOREIGN KEY (course_id) REFERENCES public.certification_training_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_coursetrainer
    ADD CONSTRAINT certification_traini_course_id_f1006189_fk_certifica FOREIGN KEY (course_id) REFERENCES public.certification_training_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_attendance
    ADD CONSTRAINT certification_traini_day_id_bf26eb8f_fk_certifica FOREIGN KEY (day_id) REFERENCES public.certification_training_courseday(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_course
    ADD CONSTRAINT certification_traini_entry_id_cff57e8e_fk_certifica FOREIGN KEY (entry_id) REFERENCES public.certification_training_catalogueentry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_provider
    ADD CONSTRAINT certification_traini_organisation_id_5a832c78_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_seat
    ADD CONSTRAINT certification_traini_organisation_id_da3e4a82_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_seat
    ADD CONSTRAINT certification_traini_person_id_c95f85a3_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_coursetrainer
    ADD CONSTRAINT certification_traini_person_id_fa8578f2_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_course
    ADD CONSTRAINT certification_traini_provider_id_ebf68b1f_fk_certifica FOREIGN KEY (provider_id) REFERENCES public.certification_training_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.certification_training_attendance
    ADD CONSTRAINT certification_traini_seat_id_78a6397d_fk_certifica FOREIGN KEY (seat_id) REFERENCES public.certification_training_seat(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_apiclient
    ADD CONSTRAINT iris_accounts_apicli_issued_by_id_8d53b26d_fk_iris_acco FOREIGN KEY (issued_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_apiclient
    ADD CONSTRAINT iris_accounts_apicli_organisation_id_f82822ba_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_invitation
    ADD CONSTRAINT iris_accounts_invita_accepted_by_id_3ac877ba_fk_iris_acco FOREIGN KEY (accepted_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_invitation
    ADD CONSTRAINT iris_accounts_invita_invited_by_id_035122fc_fk_iris_acco FOREIGN KEY (invited_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_invitation
    ADD CONSTRAINT iris_accounts_invita_organisation_id_3108e9ae_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_membership
    ADD CONSTRAINT iris_accounts_member_organisation_id_6104c8aa_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_membership
    ADD CONSTRAINT iris_accounts_member_user_id_d50bf8af_fk_iris_acco FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_user_groups
    ADD CONSTRAINT iris_accounts_user_g_user_id_c858787c_fk_iris_acco FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_user_groups
    ADD CONSTRAINT iris_accounts_user_groups_group_id_1df7dc56_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_user_user_permissions
    ADD CONSTRAINT iris_accounts_user_u_permission_id_11172410_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_accounts_user_user_permissions
    ADD CONSTRAINT iris_accounts_user_u_user_id_f5c9edb5_fk_iris_acco FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_core_chainlink
    ADD CONSTRAINT iris_core_chainlink_event_id_545e64c1_fk_iris_core_event_id FOREIGN KEY (event_id) REFERENCES public.iris_core_event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_core_eventpayload
    ADD CONSTRAINT iris_core_eventpayload_event_id_b68bc735_fk_iris_core_event_id FOREIGN KEY (event_id) REFERENCES public.iris_core_event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_notify_notice
    ADD CONSTRAINT iris_notify_notice_user_id_41c6f41b_fk_iris_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_webhooks_attempt
    ADD CONSTRAINT iris_webhooks_attemp_delivery_id_c2f67cdc_fk_iris_webh FOREIGN KEY (delivery_id) REFERENCES public.iris_webhooks_delivery(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_webhooks_delivery
    ADD CONSTRAINT iris_webhooks_delive_endpoint_id_144d59a8_fk_iris_webh FOREIGN KEY (endpoint_id) REFERENCES public.iris_webhooks_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_webhooks_endpoint
    ADD CONSTRAINT iris_webhooks_endpoi_added_by_id_029ef4ea_fk_iris_acco FOREIGN KEY (added_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.iris_webhooks_endpoint
    ADD CONSTRAINT iris_webhooks_endpoi_organisation_id_2c738f70_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_iris_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_chainimport
    ADD CONSTRAINT supplychain_chains_c_file_id_da367606_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_chainversion
    ADD CONSTRAINT supplychain_chains_c_organisation_id_b8d59bc8_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_chainimport
    ADD CONSTRAINT supplychain_chains_c_organisation_id_c2e2521b_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_chainimport
    ADD CONSTRAINT supplychain_chains_c_person_id_9992547f_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_entry
    ADD CONSTRAINT supplychain_chains_e_above_id_65dc4aaf_fk_supplycha FOREIGN KEY (above_id) REFERENCES public.supplychain_chains_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_entry
    ADD CONSTRAINT supplychain_chains_e_hidden_agency_id_e32ab045_fk_certifica FOREIGN KEY (hidden_agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_entry
    ADD CONSTRAINT supplychain_chains_e_invitation_id_06625ed7_fk_supplycha FOREIGN KEY (invitation_id) REFERENCES public.supplychain_chains_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_entry
    ADD CONSTRAINT supplychain_chains_e_party_id_5dba6beb_fk_supplycha FOREIGN KEY (party_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_invitation
    ADD CONSTRAINT supplychain_chains_i_invited_by_id_1d2621aa_fk_iris_acco FOREIGN KEY (invited_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_invitation
    ADD CONSTRAINT supplychain_chains_i_organisation_id_0dba02bd_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_invitation
    ADD CONSTRAINT supplychain_chains_i_party_id_af7af122_fk_supplycha FOREIGN KEY (party_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_l_contract_file_id_88323509_fk_iris_core FOREIGN KEY (contract_file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_l_lower_id_b33ee773_fk_supplycha FOREIGN KEY (lower_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_l_organisation_id_1f195a22_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_l_upper_id_ea863187_fk_supplycha FOREIGN KEY (upper_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_link
    ADD CONSTRAINT supplychain_chains_l_verified_file_id_90275e78_fk_iris_core FOREIGN KEY (verified_file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_party
    ADD CONSTRAINT supplychain_chains_p_agency_id_f093979b_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_party
    ADD CONSTRAINT supplychain_chains_p_hidden_agency_id_c33099d5_fk_certifica FOREIGN KEY (hidden_agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_party
    ADD CONSTRAINT supplychain_chains_p_merged_into_id_f32e0fea_fk_supplycha FOREIGN KEY (merged_into_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_party
    ADD CONSTRAINT supplychain_chains_p_organisation_id_046ad13c_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_chains_partyversion
    ADD CONSTRAINT supplychain_chains_p_party_id_95180b06_fk_supplycha FOREIGN KEY (party_id) REFERENCES public.supplychain_chains_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_agency_id_0bbd2cd6_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_nominee
    ADD CONSTRAINT supplychain_diligenc_agency_id_5be9ad4d_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_approver_id_b6b28725_fk_iris_acco FOREIGN KEY (approver_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_condition
    ADD CONSTRAINT supplychain_diligenc_closed_by_id_afe7cf25_fk_iris_acco FOREIGN KEY (closed_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_decided_by_id_d1078204_fk_iris_acco FOREIGN KEY (decided_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_condition
    ADD CONSTRAINT supplychain_diligenc_decision_id_ba15f74d_fk_supplycha FOREIGN KEY (decision_id) REFERENCES public.supplychain_diligence_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_condition
    ADD CONSTRAINT supplychain_diligenc_evidence_id_c4fa496b_fk_iris_core FOREIGN KEY (evidence_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_requestpaper
    ADD CONSTRAINT supplychain_diligenc_file_id_e1acb76d_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_requestpaper
    ADD CONSTRAINT supplychain_diligenc_message_id_37802887_fk_supplycha FOREIGN KEY (message_id) REFERENCES public.supplychain_diligence_requestmessage(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_nomination
    ADD CONSTRAINT supplychain_diligenc_nominee_id_a6584acd_fk_supplycha FOREIGN KEY (nominee_id) REFERENCES public.supplychain_diligence_nominee(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_organisation_id_4d675bc7_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_stepnote
    ADD CONSTRAINT supplychain_diligenc_organisation_id_7316d307_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_nomination
    ADD CONSTRAINT supplychain_diligenc_organisation_id_7af1733e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_settings
    ADD CONSTRAINT supplychain_diligenc_organisation_id_7c6ee594_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_informationrequest
    ADD CONSTRAINT supplychain_diligenc_organisation_id_8677aed8_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_requestmessage
    ADD CONSTRAINT supplychain_diligenc_person_id_0608ca59_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_stepnote
    ADD CONSTRAINT supplychain_diligenc_person_id_951296ed_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_nomination
    ADD CONSTRAINT supplychain_diligenc_person_id_e5cd3250_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_proposed_by_id_2bf638b6_fk_iris_acco FOREIGN KEY (proposed_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_receipt_id_ec1ab1b1_fk_supplycha FOREIGN KEY (receipt_id) REFERENCES public.supplychain_lookups_lookup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_decision
    ADD CONSTRAINT supplychain_diligenc_replaced_by_id_cfb66fe1_fk_supplycha FOREIGN KEY (replaced_by_id) REFERENCES public.supplychain_diligence_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_diligence_requestmessage
    ADD CONSTRAINT supplychain_diligenc_request_id_2f892d70_fk_supplycha FOREIGN KEY (request_id) REFERENCES public.supplychain_diligence_informationrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_hold
    ADD CONSTRAINT supplychain_dossiers_agency_id_b41ca701_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT supplychain_dossiers_archive_id_55158fc8_fk_iris_core FOREIGN KEY (archive_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_dossierversion
    ADD CONSTRAINT supplychain_dossiers_dossier_id_b6f8c134_fk_supplycha FOREIGN KEY (dossier_id) REFERENCES public.supplychain_dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_words
    ADD CONSTRAINT supplychain_dossiers_dossier_id_ef49b973_fk_supplycha FOREIGN KEY (dossier_id) REFERENCES public.supplychain_dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_dossier
    ADD CONSTRAINT supplychain_dossiers_organisation_id_0a143f51_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_hold
    ADD CONSTRAINT supplychain_dossiers_organisation_id_add224f9_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_tombstone
    ADD CONSTRAINT supplychain_dossiers_organisation_id_f4dc2622_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT supplychain_dossiers_pdf_id_b19e2b36_fk_iris_core FOREIGN KEY (pdf_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_dossier
    ADD CONSTRAINT supplychain_dossiers_person_id_3d55879d_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_dossierversion
    ADD CONSTRAINT supplychain_dossiers_person_id_6520e059_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_hold
    ADD CONSTRAINT supplychain_dossiers_placed_by_id_83f7b39f_fk_iris_acco FOREIGN KEY (placed_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_hold
    ADD CONSTRAINT supplychain_dossiers_released_by_id_d9032973_fk_iris_acco FOREIGN KEY (released_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_dossiers_copy
    ADD CONSTRAINT supplychain_dossiers_version_id_87a5b1fd_fk_supplycha FOREIGN KEY (version_id) REFERENCES public.supplychain_dossiers_dossierversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_lookups_lookup
    ADD CONSTRAINT supplychain_lookups__agency_id_253aa91b_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_lookups_receiptpdf
    ADD CONSTRAINT supplychain_lookups__file_id_5a2236d2_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_lookups_receiptpdf
    ADD CONSTRAINT supplychain_lookups__lookup_id_3e709c27_fk_supplycha FOREIGN KEY (lookup_id) REFERENCES public.supplychain_lookups_lookup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_lookups_lookup
    ADD CONSTRAINT supplychain_lookups__organisation_id_47f3feb6_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_lookups_lookup
    ADD CONSTRAINT supplychain_lookups__person_id_81da3d8c_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_ma_agency_id_9cb32726_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_ma_organisation_id_b9e53b5a_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_ma_person_id_eeec1e06_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_names_matchdecision
    ADD CONSTRAINT supplychain_names_ma_undoes_id_7e71919c_fk_supplycha FOREIGN KEY (undoes_id) REFERENCES public.supplychain_names_matchdecision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_risk_weightset
    ADD CONSTRAINT supplychain_risk_wei_organisation_id_ea79646e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_risk_weightset
    ADD CONSTRAINT supplychain_risk_wei_person_id_1322cc28_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screeningfact
    ADD CONSTRAINT supplychain_screenin_agency_id_133a6ca9_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_rowoutcome
    ADD CONSTRAINT supplychain_screenin_chosen_id_fa2eac10_fk_supplycha FOREIGN KEY (chosen_id) REFERENCES public.supplychain_screenings_screeningfact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_rowoutcome
    ADD CONSTRAINT supplychain_screenin_fact_id_8a04e16a_fk_supplycha FOREIGN KEY (fact_id) REFERENCES public.supplychain_screenings_screeningfact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screening
    ADD CONSTRAINT supplychain_screenin_file_id_d82b52da_fk_iris_core FOREIGN KEY (file_id) REFERENCES public.iris_core_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_mappingmemory
    ADD CONSTRAINT supplychain_screenin_organisation_id_49baff5e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screening
    ADD CONSTRAINT supplychain_screenin_organisation_id_91bef952_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screening
    ADD CONSTRAINT supplychain_screenin_person_id_d1e6e8c1_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screening
    ADD CONSTRAINT supplychain_screenin_recheck_of_id_16371f5d_fk_supplycha FOREIGN KEY (recheck_of_id) REFERENCES public.supplychain_screenings_screening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_rowoutcome
    ADD CONSTRAINT supplychain_screenin_resolved_by_id_5b029d9b_fk_iris_acco FOREIGN KEY (resolved_by_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screeningfact
    ADD CONSTRAINT supplychain_screenin_screening_id_085b7011_fk_supplycha FOREIGN KEY (screening_id) REFERENCES public.supplychain_screenings_screening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_screenings_screeningbatch
    ADD CONSTRAINT supplychain_screenin_screening_id_55aa8bd5_fk_supplycha FOREIGN KEY (screening_id) REFERENCES public.supplychain_screenings_screening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch
    ADD CONSTRAINT supplychain_watches__agency_id_4f89fa5d_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_change
    ADD CONSTRAINT supplychain_watches__agency_id_656c4952_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_sight
    ADD CONSTRAINT supplychain_watches__agency_id_f77be7e8_fk_certifica FOREIGN KEY (agency_id) REFERENCES public.certification_agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_change
    ADD CONSTRAINT supplychain_watches__entry_id_23b54150_fk_supplycha FOREIGN KEY (entry_id) REFERENCES public.supplychain_watches_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_telling
    ADD CONSTRAINT supplychain_watches__entry_id_de4a8565_fk_supplycha FOREIGN KEY (entry_id) REFERENCES public.supplychain_watches_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_plan
    ADD CONSTRAINT supplychain_watches__organisation_id_1440613e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch
    ADD CONSTRAINT supplychain_watches__organisation_id_6d266fed_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_alarm
    ADD CONSTRAINT supplychain_watches__organisation_id_6fb2911e_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_digest
    ADD CONSTRAINT supplychain_watches__organisation_id_ec67db57_fk_iris_acco FOREIGN KEY (organisation_id) REFERENCES public.iris_accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_telling
    ADD CONSTRAINT supplychain_watches__person_id_470f3217_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_digest
    ADD CONSTRAINT supplychain_watches__person_id_97ea9144_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch
    ADD CONSTRAINT supplychain_watches__person_id_b46288f4_fk_iris_acco FOREIGN KEY (person_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_entry
    ADD CONSTRAINT supplychain_watches__round_id_38a247d8_fk_supplycha FOREIGN KEY (round_id) REFERENCES public.supplychain_watches_round(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch
    ADD CONSTRAINT supplychain_watches__screening_id_5049120e_fk_supplycha FOREIGN KEY (screening_id) REFERENCES public.supplychain_screenings_screening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch_people
    ADD CONSTRAINT supplychain_watches__user_id_002b0fb4_fk_iris_acco FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_change
    ADD CONSTRAINT supplychain_watches__watch_id_5108f533_fk_supplycha FOREIGN KEY (watch_id) REFERENCES public.supplychain_watches_watch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_entry
    ADD CONSTRAINT supplychain_watches__watch_id_6188af27_fk_supplycha FOREIGN KEY (watch_id) REFERENCES public.supplychain_watches_watch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_watch_people
    ADD CONSTRAINT supplychain_watches__watch_id_6e11bae0_fk_supplycha FOREIGN KEY (watch_id) REFERENCES public.supplychain_watches_watch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.supplychain_watches_sight
    ADD CONSTRAINT supplychain_watches__watch_id_f6fbea9f_fk_supplycha FOREIGN KEY (watch_id) REFERENCES public.supplychain_watches_watch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_userses_user_id_af5e0a6d_fk_iris_acco FOREIGN KEY (user_id) REFERENCES public.iris_accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

REVOKE ALL ON FUNCTION public.iris_retention_delete(kind text, keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.iris_retention_delete(kind text, keys uuid[]) TO {application_role};
-- seal 5c5f5de9947d6913f39ac15efd0cdce988b16f541bb68603dd1ff99c70a1e74c
