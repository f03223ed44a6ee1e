-- A child's own words: received under an agreement in force, kept letter for letter, and shown with the child once a
-- worker has found who wrote them.

SET LOCAL ROLE wenlock_guard;

-- Words from an application come under the agreement of that application's provider on the day, in the contact that the
-- same account took; the words of no application need none.
CREATE FUNCTION guard.own_words_received_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about public.intake_contact;
BEGIN
    SELECT c.* INTO about FROM public.intake_contact c WHERE c.id = new.contact_id;
    IF about.id IS NULL OR about.recorded_by_id IS DISTINCT FROM guard.actor()
       OR about.recorded_at < statement_timestamp() - interval '1 hour'
       OR new.source IS DISTINCT FROM (guard.source_of_v1(about.provenance_id)).code THEN
        RAISE EXCEPTION 'There is no such contact within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_ownwords_come_in_a_contact';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.agencies_agreement g JOIN public.agencies_agency a ON a.id = g.agency_id
        WHERE g.id = new.agreement_id AND a.source = new.source AND g.from_on <= guard.today()
          AND (g.until_on IS NULL OR g.until_on > guard.today())) THEN
        RAISE EXCEPTION 'No agreement with whoever passes this on is in force today.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_ownwords_under_an_agreement';
    END IF;
    new.person_id := NULL;
    RETURN new;
END $$;

-- Not a letter changes, not even to correct one: the child wrote it so. The guard alone says who the child is.
CREATE FUNCTION guard.own_words_kept_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A child''s own words are kept as the child wrote them.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_ownwords_never_changed';
END $$;

-- Whoever wrote them is the child named first in the contact they came in. A match taken back is taken back here too.
CREATE FUNCTION guard.own_words_follow_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.intake_ownwords w SET person_id = new.person_id
    WHERE w.contact_id = new.contact_id AND new.position = 0 AND w.person_id IS DISTINCT FROM new.person_id;
    RETURN NULL;
END $$;

RESET ROLE;
