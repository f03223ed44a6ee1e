-- Where a contact came from: the very body, or person, and the marks that follow everything from such a source.

SET LOCAL ROLE wenlock_guard;

-- What the notice in force says of the source of a provenance.
CREATE FUNCTION guard.source_of_v1(
    provenance uuid, OUT code text, OUT giver text, OUT tags text[], OUT default_category text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT s.code, s.giver, s.tags, s.default_category
    FROM public.notice_provenance v JOIN public.notice_source s ON s.id = v.source_id WHERE v.id = provenance $$;

CREATE FUNCTION guard.is_a_worker_v1(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.security_actor a WHERE a.id = who AND a.kind = 'worker') $$;

-- An agency is of the source that the contact came from. One of another source, and none at all, are refused alike.
CREATE FUNCTION guard.contact_from_its_source_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.agency_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.agencies_agency a
        WHERE a.id = new.agency_id AND a.source = (guard.source_of_v1(new.provenance_id)).code) THEN
        RAISE EXCEPTION 'The agency is not of the source the contact came from.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_contact_comes_from_its_source';
    END IF;
    RETURN new;
END $$;

-- A worker asks which school, force or office it was. What the public sends is taken without, and the body found later.
CREATE FUNCTION guard.contact_names_its_body_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.agency_id IS NULL AND (guard.source_of_v1(new.provenance_id)).giver = 'body'
       AND guard.is_a_worker_v1(new.recorded_by_id) THEN
        RAISE EXCEPTION 'Say which body it came from.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_contact_names_its_body', TABLE = tg_table_name;
    END IF;
    RETURN new;
END $$;

-- The marks are the notice's, whatever was sent: nobody leaves one off, or takes one away. What comes from an originator
-- who must be asked carries their code, or the word that none was given.
CREATE FUNCTION guard.contact_carries_its_tags_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    source record;
    asks boolean;
BEGIN
    SELECT * INTO source FROM guard.source_of_v1(new.provenance_id);
    asks := coalesce('ask-originator' = ANY (source.tags), false);
    new.tags := coalesce(source.tags, '{}');
    IF new.in_confidence AND NOT 'confidence' = ANY (new.tags) THEN
        new.tags := new.tags || 'confidence'::varchar;
    END IF;
    IF asks AND new.originator_code = '' THEN
        new.originator_code := 'none-given';
    END IF;
    IF NOT asks AND new.originator_code <> '' THEN
        RAISE EXCEPTION 'Only what comes from an originator who must be asked has their code.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_contact_code_is_its_originators',
                  TABLE = tg_table_name;
    END IF;
    new.giver_unknown := coalesce(source.giver = 'people' OR source.giver = 'body' AND new.agency_id IS NULL, false);
    RETURN new;
END $$;

-- A source is asked only for a purpose that may hold what it gives, such as an employer for what is known of somebody's
-- work. What the public sends comes under safeguarding, and is never turned away for it.
CREATE FUNCTION guard.contact_fits_its_purpose_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    source record;
BEGIN
    SELECT * INTO source FROM guard.source_of_v1(new.provenance_id);
    IF source.default_category <> '' AND guard.is_a_worker_v1(new.recorded_by_id) AND NOT EXISTS (
        SELECT 1 FROM public.notice_provenance v JOIN public.notice_purpose p ON p.id = v.purpose_id
        WHERE v.id = new.provenance_id AND source.default_category = ANY (p.categories)) THEN
        RAISE EXCEPTION 'The purpose may not hold what comes from this source.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_contact_fits_its_purpose', TABLE = tg_table_name;
    END IF;
    RETURN new;
END $$;

-- Argument: the channel by which people meet. Whoever takes such a contact was there, and says where and who else was.
CREATE FUNCTION guard.contact_says_who_met_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.notice_provenance v JOIN public.notice_channel c ON c.id = v.channel_id
               WHERE v.id = new.provenance_id AND c.code = tg_argv[0]
                 AND (v.place !~ '\S' OR new.present !~ '\S' OR NOT guard.is_a_worker_v1(new.recorded_by_id))) THEN
        RAISE EXCEPTION 'Say where you met, and who was there.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_contact_says_who_met', TABLE = tg_table_name;
    END IF;
    RETURN new;
END $$;

-- Who it came from, found out later: a body of the very source, or somebody known. A family member is in the family of
-- somebody the contact is about, or is one of them.
CREATE FUNCTION guard.giver_fits_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about public.intake_contact;
    source record;
BEGIN
    SELECT c.* INTO about FROM public.intake_contact c WHERE c.id = new.contact_id;
    SELECT * INTO source FROM guard.source_of_v1(about.provenance_id);
    IF about.id IS NULL
       OR new.agency_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM public.agencies_agency a WHERE a.id = new.agency_id AND a.source = source.code)
       OR new.person_id IS NOT NULL AND source.giver IS DISTINCT FROM 'people'
       OR new.person_id IS NOT NULL AND source.code = tg_argv[0] AND NOT new.person_id = ANY (about.people)
          AND NOT EXISTS (SELECT 1 FROM public.people_relationship r WHERE r.other_id = new.person_id
                          AND r.person_id = ANY (about.people) AND r.retracted_at IS NULL) THEN
        RAISE EXCEPTION 'It cannot have come from them.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_giver_fits_the_source';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.giver_marks_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.intake_contact c SET giver_unknown = false WHERE c.id = new.contact_id;
    RETURN NULL;
END $$;

-- Whoever is told, or need not be, is somebody the contact was matched with.
-- Who is still to be told that the council holds what another said of them, and the last day for it (UK GDPR, Article
-- 14(3)), as far as whoever asks sees the contacts. The argument is the sources by which people speak for themselves: there
-- whoever is named as themself, or first, is told nothing. Nobody is told of what they gave, or after they have died.
CREATE FUNCTION guard.to_tell_v1(of_themself text[]) RETURNS TABLE (contact_id uuid, person_id uuid, due_on date)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT m.contact_id, m.person_id, ((v.received_at AT TIME ZONE 'Europe/London')::date + interval '1 month')::date due
    FROM public.intake_contact c
    JOIN public.intake_mention m ON m.contact_id = c.id AND m.person_id IS NOT NULL
    JOIN public.notice_provenance v ON v.id = c.provenance_id
    JOIN public.notice_source s ON s.id = v.source_id
    WHERE NOT EXISTS (SELECT 1 FROM public.intake_informed i WHERE i.contact_id = c.id AND i.person_id = m.person_id)
      AND NOT EXISTS (SELECT 1 FROM public.people_person p WHERE p.id = m.person_id AND p.died_on IS NOT NULL)
      AND m.person_id IS DISTINCT FROM CASE WHEN s.code = ANY (of_themself) THEN (
              SELECT n.person_id FROM public.intake_mention n
              WHERE n.contact_id = c.id AND n.person_id IS NOT NULL AND (n.relationship = 'themself' OR n.position = 0)
              ORDER BY n.relationship = 'themself' DESC, n.position LIMIT 1)
          ELSE (SELECT g.person_id FROM public.intake_giver g WHERE g.contact_id = c.id ORDER BY g.named_at DESC LIMIT 1) END
    ORDER BY due, m.contact_id, m.position $$;

-- For the proof, which sees no person: how many are still to be told, and how many of them should have been by now.
CREATE FUNCTION guard.count_to_tell_v1(of_themself text[], OUT waiting bigint, OUT late bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT count(*), count(*) FILTER (WHERE t.due_on < guard.today()) FROM guard.to_tell_v1(of_themself) t $$;

CREATE FUNCTION guard.informed_was_told_of_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.intake_contact c
                   WHERE c.id = new.contact_id AND new.person_id = ANY (c.people)) THEN
        RAISE EXCEPTION 'The contact is not about them, as far as anybody has found.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'intake_informed_is_about_them';
    END IF;
    RETURN new;
END $$;

REVOKE EXECUTE ON FUNCTION guard.source_of_v1, guard.is_a_worker_v1, guard.to_tell_v1, guard.count_to_tell_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.to_tell_v1 TO wenlock_app;
GRANT EXECUTE ON FUNCTION guard.count_to_tell_v1 TO wenlock_prover;

RESET ROLE;
