-- Work opens a record and its end closes it; a final note stays as it was signed.

SET LOCAL ROLE wenlock_guard;

CREATE FUNCTION guard.allocation_opens_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        INSERT INTO public.security_grant (id, actor_id, team_id, person_id, level, purpose, relationship, from_at,
                                           until_at, source_table, source_id)
        VALUES (gen_random_uuid(), new.worker_id, new.team_id, new.person_id, 3, new.purpose, new.role, new.from_at,
                new.until_at, tg_table_name, new.id);
    ELSE
        UPDATE public.security_grant SET until_at = new.until_at WHERE source_id = new.id;
    END IF;
    RETURN NULL;
END $$;

-- After it is final, a note may be retracted with a reason, and nothing else.
CREATE FUNCTION guard.note_is_final_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    touched text[];
BEGIN
    IF old.final_at IS NULL THEN
        IF new.author_id <> old.author_id OR guard.actor() IS DISTINCT FROM old.author_id THEN
            RAISE EXCEPTION 'A draft is its author''s.' USING ERRCODE = 'insufficient_privilege',
                CONSTRAINT = 'case_note_draft_is_its_authors';
        END IF;
        RETURN new;
    END IF;
    SELECT array_agg(key) INTO touched FROM jsonb_object_keys(to_jsonb(new)) key
    WHERE to_jsonb(new) -> key IS DISTINCT FROM to_jsonb(old) -> key;
    IF touched <@ ARRAY['retracted_at', 'retracted_by_id', 'retracted_because'] AND old.retracted_at IS NULL THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A final note is kept as it was signed. Write a correction instead.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'case_note_final_is_final';
END $$;

CREATE FUNCTION guard.note_subject_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.case_note n WHERE n.id = new.note_id AND n.final_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A final note is kept as it was signed. Write a correction instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_note_final_is_final';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.notes_in_conflict() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(s.note_id), '{}') FROM public.case_notesubject s
    WHERE s.person_id = ANY (guard.conflicts()) $$;

CREATE FUNCTION guard.documents_in_conflict() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(s.document_id), '{}') FROM public.case_documentsubject s
    WHERE s.person_id = ANY (guard.conflicts()) $$;

RESET ROLE;
