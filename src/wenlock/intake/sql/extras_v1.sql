-- What rests on consent alone, and the age from which a child gives it for themself. Asking for help asks nothing here.

SET LOCAL ROLE wenlock_guard;

-- The age is that of the notice in force. Somebody who does not say how old they are, nor that they are grown, is taken
-- for a child: an extra is only an extra. Whoever wrote the contact down may add it in the same hour.
CREATE FUNCTION guard.extra_by_age_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    from_age smallint := guard.online_consent_age_v1();
BEGIN
    IF NOT guard.sees_contact_v1(new.contact_id) AND NOT EXISTS (
        SELECT 1 FROM public.intake_contact c WHERE c.id = new.contact_id AND c.recorded_by_id = guard.actor()
          AND c.recorded_at > statement_timestamp() - interval '1 hour') THEN
        RAISE EXCEPTION 'There is no such contact within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_extra_of_a_contact_seen';
    END IF;
    IF new.permission_by_id IS NULL AND NOT (new.grown AND new.age IS NULL) AND coalesce(new.age, 0) < from_age THEN
        RAISE EXCEPTION 'A child under % needs a parent''s permission, which a worker has verified.', from_age
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_extra_needs_a_parents_permission';
    END IF;
    RETURN new;
END $$;

-- With no age in force, or no notice, nobody is old enough: 16 is the highest that Ministers may set.
CREATE FUNCTION guard.online_consent_age_v1() RETURNS smallint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce((SELECT a.age FROM public.notice_onlineconsentage a
                     WHERE a.version_id = guard.notice_in_force(guard.today()) AND a.since <= guard.today()
                     ORDER BY a.since DESC LIMIT 1), 16::smallint)
$$;

CREATE FUNCTION guard.extra_ends_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND old.ended_at IS NULL
       AND to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'What somebody agreed to can only be ended, once.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_extra_only_ends';
END $$;

REVOKE EXECUTE ON FUNCTION guard.online_consent_age_v1 FROM PUBLIC;

RESET ROLE;
