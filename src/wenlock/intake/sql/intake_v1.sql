-- What contacts do by themselves: stay as they were told, open a found child's summary to whoever screens, and be decided
-- on once. Where they came from is in sources_v1.sql.

SET LOCAL ROLE wenlock_guard;

-- What was told stays as it was told. The guard alone marks whom it was matched with, that its giver was found, and that
-- it was decided on.
CREATE FUNCTION guard.contact_kept_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND to_jsonb(new) - '{people,giver_unknown,decided_at}'::text[]
                         = to_jsonb(old) - '{people,giver_unknown,decided_at}'::text[] THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A contact is kept as it was told.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_contact_never_changed';
END $$;

-- Whoever wrote a contact down says whom it is about, in the same hour; whoever screens it may add somebody.
CREATE FUNCTION guard.mention_is_written_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about public.intake_contact;
BEGIN
    SELECT c.* INTO about FROM public.intake_contact c WHERE c.id = new.contact_id;
    IF about.id IS NULL OR about.decided_at IS NOT NULL OR NOT (
        about.recorded_by_id = guard.actor() AND about.recorded_at > statement_timestamp() - interval '1 hour'
        OR guard.may('screen') AND NOT about.people && guard.conflicts()
           AND NOT about.people && guard.restricted_to_others()) THEN
        RAISE EXCEPTION 'There is no such contact within your reach, or it has been decided on.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_mention_of_ones_own_contact';
    END IF;
    RETURN new;
END $$;

-- Whoever wrote a contact down keeps what came with it, in the same hour; whoever screens adds a scan when it is made.
CREATE FUNCTION guard.paper_is_added_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about public.intake_contact;
BEGIN
    SELECT c.* INTO about FROM public.intake_contact c WHERE c.id = new.contact_id;
    IF about.id IS NULL OR about.people && guard.conflicts() OR about.people && guard.restricted_to_others() OR NOT (
        about.recorded_by_id = guard.actor() AND about.recorded_at > statement_timestamp() - interval '1 hour'
        OR guard.may('screen')) THEN
        RAISE EXCEPTION 'There is no such contact within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_paper_of_a_contact_in_reach';
    END IF;
    RETURN new;
END $$;

-- An e-mail stays as it was found. Once it is read, by the way in that found it, and filed with a contact of its own or
-- rejected; one that was rejected is asked for once, by somebody who screens, and then filed.
CREATE FUNCTION guard.email_kept_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    asked text[] := ARRAY['wanted_by_id', 'wanted_at'];
    read text[] := ARRAY['read_at', 'sha256', 'message_id', 'sender', 'sender_name', 'subject', 'headers', 'verified',
                         'reason', 'contact_id'];
    changed text[];
BEGIN
    IF tg_op = 'UPDATE' THEN
        changed := ARRAY(SELECT n.key FROM jsonb_each(to_jsonb(new)) n WHERE n.value IS DISTINCT FROM to_jsonb(old) -> n.key);
        IF (new.contact_id IS NULL OR EXISTS (SELECT 1 FROM public.intake_contact c
                                              WHERE c.id = new.contact_id AND c.recorded_by_id = guard.actor()))
           AND (old.read_at IS NULL AND new.read_at IS NOT NULL AND changed <@ read AND guard.may('receive')
                OR old.reason <> '' AND old.wanted_at IS NULL AND changed <@ asked AND guard.may('screen')
                OR old.wanted_at IS NOT NULL AND old.contact_id IS NULL AND changed = ARRAY['contact_id']
                   AND guard.may('receive')) THEN
            RETURN new;
        END IF;
    END IF;
    RAISE EXCEPTION 'An e-mail is kept as it was read.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_email_never_changed';
END $$;

-- Matching is work: it opens the summary of whoever was found to the worker who screens, for two days. Taking a match
-- back closes it again.
CREATE FUNCTION guard.mention_marks_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.person_id IS NOT DISTINCT FROM old.person_id THEN
        RETURN NULL;
    END IF;
    UPDATE public.intake_contact c
    SET people = coalesce((SELECT array_agg(m.person_id ORDER BY m.position) FROM public.intake_mention m
                           WHERE m.contact_id = new.contact_id AND m.person_id IS NOT NULL), '{}')
    WHERE c.id = new.contact_id;
    -- A merge takes what opens the record with it: nobody has matched anything anew.
    IF guard.merging_v1() THEN
        RETURN NULL;
    END IF;
    UPDATE public.security_grant g SET until_at = statement_timestamp()
    WHERE g.source_id = new.id AND g.until_at > statement_timestamp();
    INSERT INTO public.security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, until_at,
                                       source_table, source_id)
    SELECT gen_random_uuid(), new.matched_by_id, new.person_id, 2, guard.purpose(), 'screening', statement_timestamp(),
           statement_timestamp() + interval '2 days', tg_table_name, new.id
    WHERE new.person_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.screening_note_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF old.final_at IS NOT NULL THEN
        RAISE EXCEPTION 'A final screening note is kept as it was written.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_screeningnote_final_is_final';
    END IF;
    RETURN new;
END $$;

-- Arguments: the outcomes that concern a child, who must first be found or begun. Refused as row security refuses, so
-- that a contact out of reach looks the same whatever stands in it.
CREATE FUNCTION guard.decision_names_a_child_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.outcome = ANY (tg_argv) AND NOT EXISTS (
        SELECT 1 FROM public.intake_mention m
        WHERE m.contact_id = new.contact_id AND m.mentioned_as = 'child' AND m.person_id IS NOT NULL) THEN
        RAISE EXCEPTION 'This outcome is for a child who has been found or begun.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_decision_names_a_child';
    END IF;
    RETURN new;
END $$;

-- A referral opens the record of each child to whoever decided it, for as long as it takes to write it down: the episode
-- is recorded in the same transaction, and a contact is no way to keep a record open.
CREATE FUNCTION guard.decision_marks_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.intake_contact c SET decided_at = new.decided_at WHERE c.id = new.contact_id;
    INSERT INTO public.security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, until_at,
                                       source_table, source_id)
    SELECT gen_random_uuid(), new.decided_by_id, m.person_id, 3, guard.purpose(), 'referral', statement_timestamp(),
           statement_timestamp() + interval '1 minute', tg_table_name, new.id
    FROM public.intake_mention m
    WHERE new.outcome = 'referral' AND m.contact_id = new.contact_id AND m.mentioned_as = 'child'
      AND m.person_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.feedback_follows_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.intake_decision d WHERE d.contact_id = new.contact_id) THEN
        RAISE EXCEPTION 'Decide first; then tell whoever made contact.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_feedback_follows_a_decision';
    END IF;
    RETURN new;
END $$;

-- What moves the clocks of contacts: when each thing happened and the row it stands in, and no word of it. For whoever
-- screens, for whoever took the contact or works with somebody it is about, and for the keeper of clocks.
CREATE FUNCTION guard.contact_events_v1(contacts uuid[])
RETURNS TABLE (contact_id uuid, people uuid[], what text, row_table text, row_id uuid, happened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    WITH reached AS (
        SELECT c.id, c.people, c.complaint_about, v.received_at
        FROM public.intake_contact c JOIN public.notice_provenance v ON v.id = c.provenance_id
        WHERE c.id = ANY (contacts)
          AND ((SELECT guard.may('keep-clocks')) OR (SELECT guard.may('screen')) OR c.recorded_by_id = guard.actor()
               OR c.people && (SELECT guard.people('full'))::uuid[]))
    SELECT r.id, r.people, 'received', 'intake_contact', r.id, r.received_at FROM reached r
    UNION ALL
    SELECT r.id, r.people, 'decided', 'intake_decision', d.id, d.decided_at
    FROM reached r JOIN public.intake_decision d ON d.contact_id = r.id
    UNION ALL
    SELECT r.id, r.people, 'referred', 'intake_decision', d.id, r.received_at
    FROM reached r JOIN public.intake_decision d ON d.contact_id = r.id WHERE d.outcome = 'referral'
    UNION ALL
    SELECT r.id, r.people, CASE f.how WHEN 'not-told' THEN 'not-told' ELSE 'told' END, 'intake_feedback', f.id, f.told_at
    FROM reached r JOIN public.intake_feedback f ON f.contact_id = r.id
    UNION ALL
    -- One that does not say what it complains of may be about information: the law's clock runs for it too, and only
    -- telling them stops it.
    SELECT r.id, r.people, 'complaint', 'intake_contact', r.id, r.received_at
    FROM reached r WHERE r.complaint_about IN ('information', 'unsure')
    UNION ALL
    SELECT r.id, r.people, 'complaint-acknowledged', 'intake_feedback', f.id, f.told_at
    FROM reached r JOIN public.intake_feedback f ON f.contact_id = r.id
    WHERE r.complaint_about IN ('information', 'unsure') AND f.how <> 'not-told';
END $$;

REVOKE EXECUTE ON FUNCTION guard.contact_events_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.contact_events_v1 TO wenlock_app;

RESET ROLE;
