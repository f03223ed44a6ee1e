-- What people's tables do by themselves: keep what was corrected, mirror relationships, spread protection, open a new
-- record to whoever began it.

SET LOCAL ROLE wenlock_guard;

-- A blank filled in is a fact completed; a fact replaced is a correction: the row as it was is kept, with the reason.
-- Columns the guard keeps for itself, and the mark that values are as received, are neither.
CREATE FUNCTION guard.keep_what_was_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    was jsonb := to_jsonb(old);
    becomes jsonb := to_jsonb(new);
    corrected text[];
    why text := coalesce(current_setting('wenlock.reason', true), '');
BEGIN
    -- A merge keeps what was there itself, so that it can be put back.
    IF guard.merging_v1() THEN
        RETURN new;
    END IF;
    SELECT array_agg(key ORDER BY key) INTO corrected FROM jsonb_object_keys(becomes) key
    WHERE was -> key IS DISTINCT FROM becomes -> key AND coalesce(was ->> key, '') <> ''
      AND key NOT IN ('restricted', 'as_received', 'position');
    IF corrected IS NULL THEN
        RETURN new;
    END IF;
    IF btrim(why) = '' THEN
        RAISE EXCEPTION 'A correction says why: % would be replaced.', array_to_string(corrected, ', ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_says_why', TABLE = tg_table_name,
                  COLUMN = corrected[1];
    END IF;
    INSERT INTO public.people_correction (id, person_id, table_name, row_id, columns, was, reason, recorded_by_id,
                                          recorded_at)
    VALUES (gen_random_uuid(), (was ->> tg_argv[0])::uuid, tg_table_name, old.id, corrected, was, why, guard.actor(),
            clock_timestamp());
    RETURN new;
END $$;

-- Whoever begins a record can finish it: two days of full access, unless their role reaches the whole service anyway.
CREATE FUNCTION guard.open_to_recorder_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF guard.whole_service('full') OR guard.purpose() IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, until_at,
                                       source_table, source_id)
    SELECT gen_random_uuid(), a.recorded_by_id, a.id, 3, guard.purpose(), 'began the record', statement_timestamp(),
           statement_timestamp() + interval '2 days', 'people_person', a.id
    FROM added a;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.inverse_of_v1(kind text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE kind
        WHEN 'mother' THEN 'child' WHEN 'father' THEN 'child' WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent'
        WHEN 'step-parent' THEN 'step-child' WHEN 'step-child' THEN 'step-parent'
        WHEN 'grandparent' THEN 'grandchild' WHEN 'grandchild' THEN 'grandparent'
        WHEN 'aunt-or-uncle' THEN 'niece-or-nephew' WHEN 'niece-or-nephew' THEN 'aunt-or-uncle'
        WHEN 'carer' THEN 'cared-for' WHEN 'cared-for' THEN 'carer'
        ELSE kind END $$;

-- The other side of a relationship, written when this side is, and ended or retracted with it. Responsibility belongs
-- to one side only, so the mirror does not carry it.
CREATE FUNCTION guard.mirror_relationship_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        INSERT INTO public.people_relationship (id, person_id, other_id, pair_id, kind, responsibility_basis,
            same_household, from_on, until_on, provenance_id, recorded_by_id, recorded_at, position, as_received)
        SELECT gen_random_uuid(), new.other_id, new.person_id, new.pair_id, guard.inverse_of_v1(new.kind), '',
               new.same_household, new.from_on, new.until_on, new.provenance_id, new.recorded_by_id, new.recorded_at,
               new.position, new.as_received
        WHERE NOT EXISTS (SELECT 1 FROM public.people_relationship r
                          WHERE r.pair_id = new.pair_id AND r.person_id = new.other_id);
    ELSIF (new.until_on, new.retracted_at) IS DISTINCT FROM (old.until_on, old.retracted_at) THEN
        UPDATE public.people_relationship r SET until_on = new.until_on, retracted_at = new.retracted_at
        WHERE r.pair_id = new.pair_id AND r.person_id = new.other_id
          AND (r.until_on, r.retracted_at) IS DISTINCT FROM (new.until_on, new.retracted_at);
    END IF;
    RETURN NULL;
END $$;

-- The same place however it is written: its UPRN, or its postcode and first line in capitals without punctuation.
CREATE FUNCTION guard.address_place_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    new.place_key := CASE WHEN new.uprn <> '' THEN 'UPRN ' || new.uprn
        ELSE left(new.postcode || ' ' || regexp_replace(upper(new.lines[1]), '[^A-Z0-9]', '', 'g'), 140) END;
    IF tg_op = 'INSERT' AND EXISTS (SELECT 1 FROM public.people_address a
                                    WHERE a.place_key = new.place_key AND a.confidential) THEN
        new.confidential := true;
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.protection_spreads_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.confidential AND (tg_op = 'INSERT' OR NOT old.confidential) THEN
        UPDATE public.people_address a SET confidential = true
        WHERE a.place_key = new.place_key AND a.id <> new.id AND NOT a.confidential;
    END IF;
    RETURN NULL;
END $$;

-- Living at an address shows it, so nobody puts anybody at one they neither see nor wrote down themself. The trigger
-- asks as whoever inserts; a policy could not, since an address is seen with those who live there.
CREATE FUNCTION guard.wrote_address_v1(address uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.people_address a WHERE a.id = address AND a.recorded_by_id = guard.actor()) $$;

CREATE FUNCTION guard.residence_in_sight_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF NOT guard.wrote_address_v1(new.address_id)
       AND NOT EXISTS (SELECT 1 FROM public.people_address a WHERE a.id = new.address_id) THEN
        RAISE EXCEPTION 'There is no such address within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'people_residence_at_an_address_seen';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.revealed_addresses() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(v.address_id), '{}') FROM public.people_addressreveal v
    WHERE v.revealed_to_id = (SELECT guard.actor()) AND v.until_at > statement_timestamp() $$;

-- An answer about a person is a person's: no service account may give one (notice: no automated decision making).
CREATE FUNCTION guard.decided_by_a_person_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
BEGIN
    IF who IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.security_actor a WHERE a.id = who AND a.kind = 'worker') THEN
        RAISE EXCEPTION 'A decision about a person is made by a named person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_a_persons', TABLE = tg_table_name;
    END IF;
    RETURN new;
END $$;

-- Argument: how many outcomes one person can weigh in a minute. More, in one statement or in many, are not decisions: the
-- trail of what they wrote in the last minute says how many there were. None of the statement's rows is kept.
CREATE FUNCTION guard.at_a_human_pace_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF (SELECT count(*) FROM added) + (
        SELECT count(*) FROM public.security_auditevent e
        WHERE e.actor_id = guard.actor() AND e.at > clock_timestamp() - interval '1 minute'
          AND e.kind = 'created' AND e.table_name = tg_table_name
          AND e.row_id NOT IN (SELECT a.id FROM added a)) > tg_argv[0]::int THEN
        RAISE EXCEPTION 'So many decisions in one minute are not weighed by anybody.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_at_a_human_pace', TABLE = tg_table_name;
    END IF;
    RETURN NULL;
END $$;

-- The restricted mark on a person follows the restrictions in force, so that lists can leave them out by index.
CREATE FUNCTION guard.restriction_marks_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.people_person p
    SET restricted = EXISTS (SELECT 1 FROM public.security_restriction x
                             WHERE x.person_id = new.person_id
                               AND (x.ended_at IS NULL OR x.ended_at > statement_timestamp()))
    WHERE p.id = new.person_id OR p.merged_into_id = new.person_id;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.grant_in_emergency_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, until_at,
                                       source_table, source_id)
    VALUES (gen_random_uuid(), new.actor_id, new.person_id, 3, new.purpose, 'emergency access', new.opened_at,
            new.until_at, tg_table_name, new.id);
    PERFORM guard.record_event_v1('emergency-access', new.person_id, tg_table_name, new.id,
        jsonb_build_object('reason', new.reason_code, 'live_risk', new.live_risk));
    RETURN NULL;
END $$;

-- Whoever opened a record in an emergency gives it back when they are done; the review still follows. Gives how many.
CREATE FUNCTION guard.end_emergency_v1(person uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ended uuid[];
BEGIN
    WITH gone AS (
        UPDATE public.security_emergencyaccess e SET until_at = statement_timestamp()
        WHERE e.actor_id = guard.actor() AND e.person_id = person AND e.until_at > statement_timestamp()
        RETURNING e.id)
    SELECT array_agg(g.id) INTO ended FROM gone g;
    UPDATE public.security_grant g SET until_at = statement_timestamp()
    WHERE g.source_id = ANY (ended) AND g.until_at > statement_timestamp();
    RETURN coalesce(cardinality(ended), 0);
END $$;

-- The one person an exact description finds, for emergency access: a worker without reach learns nothing but that one
-- record opened. Nobody in conflict with them is told they exist.
CREATE FUNCTION guard.find_exactly_v1(given_is text, family_is text, born date) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found uuid;
BEGIN
    SELECT CASE WHEN count(DISTINCT s.id) = 1 THEN (array_agg(s.id))[1] END INTO found
    FROM public.people_person p JOIN public.people_name n ON n.person_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(p.merged_into_id, p.id) AS id) s
    WHERE guard.may('open-in-emergency') AND p.born_on = born
      AND upper(n.given) = upper(btrim(given_is)) AND upper(n.family) = upper(btrim(family_is))
      AND p.id <> ALL ((SELECT guard.conflicts())::uuid[]);
    PERFORM guard.record_event_v1('searched', found, 'people_person', found,
        jsonb_build_object('for', 'emergency access', 'by', 'name and birth'));
    RETURN found;
END $$;

CREATE FUNCTION guard.find_by_number_v1(scheme_is text, value_is text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found uuid;
BEGIN
    SELECT CASE WHEN count(DISTINCT s.id) = 1 THEN (array_agg(s.id))[1] END INTO found
    FROM public.people_identifier i JOIN public.people_person p ON p.id = i.person_id
    CROSS JOIN LATERAL (SELECT coalesce(p.merged_into_id, p.id) AS id) s
    WHERE guard.may('open-in-emergency') AND i.scheme = scheme_is AND i.value = value_is
      AND i.person_id <> ALL ((SELECT guard.conflicts())::uuid[]);
    PERFORM guard.record_event_v1('searched', found, 'people_person', found,
        jsonb_build_object('for', 'emergency access', 'by', scheme_is));
    RETURN found;
END $$;

-- A fact that hangs from another is about the same person. Arguments: the column, and the table it leads to. What is
-- not there at all is refused in the same words, or the foreign key would tell the one from the other.
CREATE FUNCTION guard.same_person_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    apart boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM added a LEFT JOIN public.%1$I p ON p.id = a.%2$I '
                   'WHERE a.%2$I IS NOT NULL AND p.person_id IS DISTINCT FROM a.person_id)', tg_argv[1], tg_argv[0])
    INTO apart;
    IF apart THEN
        RAISE EXCEPTION 'A fact and what it belongs to are about the same person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fact_is_about_the_same_person', TABLE = tg_table_name;
    END IF;
    RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION guard.end_emergency_v1, guard.find_exactly_v1, guard.find_by_number_v1, guard.wrote_address_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.end_emergency_v1, guard.find_exactly_v1, guard.find_by_number_v1, guard.wrote_address_v1 TO wenlock_app;

RESET ROLE;
