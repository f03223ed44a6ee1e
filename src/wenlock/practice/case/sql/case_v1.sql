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

-- A note corrects one that its author can see; any other is as if it were not there.
CREATE FUNCTION guard.note_corrects_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF new.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.case_note n WHERE n.id = new.corrects_id) THEN
        RAISE EXCEPTION 'There is no such note within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'case_note_corrects_one_seen';
    END IF;
    RETURN new;
END $$;

-- Its author alone says whom a note is about, and only until it is final. A policy could not ask: a note is seen with
-- its subjects, so each would ask the other without end. To anybody else a note is as if it were not there.
CREATE FUNCTION guard.note_subject_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    note public.case_note;
BEGIN
    -- Two records of one child are made one, or two again: the note is about the same child.
    IF guard.merging_v1() THEN
        RETURN new;
    END IF;
    SELECT n.* INTO note FROM public.case_note n WHERE n.id = new.note_id;
    IF note.author_id IS NULL OR note.author_id IS DISTINCT FROM guard.actor() THEN
        RAISE EXCEPTION 'Only its author says whom a note is about.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'case_notesubject_named_by_the_author';
    END IF;
    IF note.final_at IS NOT NULL THEN
        RAISE EXCEPTION 'A final note is kept as it was signed. Write a correction instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_note_final_is_final';
    END IF;
    RETURN new;
END $$;

-- Being its subject opens a document, so nobody may tie somebody to one they cannot see. It asks as whoever inserts.
CREATE FUNCTION guard.document_subject_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.case_document d WHERE d.id = new.document_id) THEN
        RAISE EXCEPTION 'There is no such document within your reach.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'case_documentsubject_of_a_document_seen';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.notes_in_conflict() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(s.note_id), '{}') FROM public.case_notesubject s
    WHERE s.person_id = ANY ((SELECT guard.conflicts())::uuid[]) $$;

CREATE FUNCTION guard.documents_in_conflict() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(s.document_id), '{}') FROM public.case_documentsubject s
    WHERE s.person_id = ANY ((SELECT guard.conflicts())::uuid[]) $$;

RESET ROLE;
