-- A change that somebody tells of: applied only to the record of somebody the contact was matched with, only when a
-- worker has checked who told it, and reported back.

SET LOCAL ROLE wenlock_guard;

-- As row security decides who sees a contact: the front door, whoever took it, and whoever works with its people.
CREATE FUNCTION guard.sees_contact_v1(contact uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.intake_contact c WHERE c.id = contact
          AND (guard.may('screen') OR guard.may('take-contact') AND c.recorded_by_id = guard.actor()
               OR c.people && guard.people('full'))
          AND NOT c.people && guard.conflicts() AND NOT c.people && guard.restricted_to_others())
$$;
REVOKE EXECUTE ON FUNCTION guard.sees_contact_v1 FROM PUBLIC;

-- Who told it is checked once it is known whose record it is. A number to know or call them by is one that was held
-- before the contact came, of somebody it is about: the number in the message itself proves nothing.
CREATE FUNCTION guard.identity_is_checked_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    told public.intake_contact;
BEGIN
    SELECT c.* INTO told FROM public.intake_contact c WHERE c.id = new.contact_id AND guard.sees_contact_v1(c.id);
    IF told.id IS NULL OR told.kind <> 'change' OR told.decided_at IS NOT NULL OR told.people = '{}' THEN
        RAISE EXCEPTION 'There is no such change within your reach, or nobody it is about was found, or it is finished.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_identitycheck_of_a_change_matched';
    END IF;
    IF new.number_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.people_contactpoint p
        WHERE p.id = new.number_id AND p.person_id = ANY (told.people) AND p.recorded_at < told.recorded_at) THEN
        RAISE EXCEPTION 'The number was not held before the contact came, or is nobody''s whom it is about.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_identitycheck_by_a_number_held_before';
    END IF;
    RETURN new;
END $$;

-- What is applied rests on the latest check of who told it, and that one was satisfied.
CREATE FUNCTION guard.change_rests_on_a_check_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    told public.intake_contact;
BEGIN
    SELECT c.* INTO told FROM public.intake_contact c WHERE c.id = new.contact_id AND guard.sees_contact_v1(c.id);
    IF told.id IS NULL OR told.kind <> 'change' OR told.decided_at IS NOT NULL
       OR new.person_id IS NOT NULL AND new.person_id <> ALL (told.people) THEN
        RAISE EXCEPTION 'There is no such change within your reach, or it is finished.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_change_of_somebody_it_is_about';
    END IF;
    IF new.identity_id IS DISTINCT FROM (
        SELECT i.id FROM public.intake_identitycheck i WHERE i.contact_id = new.contact_id
        ORDER BY i.checked_at DESC, i.id DESC LIMIT 1)
       OR new.outcome = 'applied' AND NOT EXISTS (
        SELECT 1 FROM public.intake_identitycheck i WHERE i.id = new.identity_id AND i.satisfied) THEN
        RAISE EXCEPTION 'Nothing is changed until a worker has checked who told us, and was satisfied.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_change_rests_on_a_check';
    END IF;
    RETURN new;
END $$;

-- A change to apply opens the record to whoever applies it, for as long as it takes to write it down: the fact is
-- recorded in the same transaction.
CREATE FUNCTION guard.change_opens_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, until_at,
                                       source_table, source_id)
    SELECT gen_random_uuid(), new.decided_by_id, new.person_id, 3, guard.purpose(), 'change', statement_timestamp(),
           statement_timestamp() + interval '1 minute', tg_table_name, new.id
    WHERE new.outcome = 'applied';
    RETURN NULL;
END $$;

-- Arguments: outcome and the kind of contact it answers, in turn. A change is settled once something came of it.
CREATE FUNCTION guard.decision_answers_its_kind_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    place int := array_position(tg_argv, new.outcome);
BEGIN
    IF place IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.intake_contact c WHERE c.id = new.contact_id AND c.kind = tg_argv[place + 1]
          AND (c.kind <> 'change' OR EXISTS (SELECT 1 FROM public.intake_change m WHERE m.contact_id = c.id))) THEN
        RAISE EXCEPTION 'This outcome is for another kind of contact, or nothing has come of it yet.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_decision_answers_its_kind';
    END IF;
    RETURN new;
END $$;

RESET ROLE;
