-- Two records of one person made one, and made two again. A person decides it; nothing is deleted. Rows go from the
-- record merged away to the one that stands, each write is remembered with what was there, and undoing puts it back.
-- What goes is what the guard may write: a column that leads to a person is moved if its table grants it
-- (`security/rows.py: moved_by_a_merge`). docs/adr/0010-merge-by-moving-rows.md gives the reasons.

SET LOCAL ROLE wenlock_guard;

-- The transactions in which rows are going from one record to another. Triggers that keep a row where it is ask this,
-- and nobody but the functions below can say it.
CREATE TABLE guard.merging (xid xid8 PRIMARY KEY);

CREATE FUNCTION guard.merging_v1() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM guard.merging m WHERE m.xid = pg_current_xact_id_if_assigned()) $$;

-- Hung on what is kept as it was written about somebody: only a merge, and its undoing, say of whom it tells.
CREATE FUNCTION guard.kept_but_for_a_merge_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND guard.merging_v1() AND to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% is kept as it was written: % is refused.', tg_table_name, lower(tg_op)
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = tg_name;
END $$;

-- Raises unless whoever acts may merge and sees both records in full, both stand, and neither is closed to anybody.
CREATE FUNCTION guard.merge_is_open_v1(stands uuid, other uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT guard.may('merge-people') OR EXISTS (
        SELECT 1 FROM unnest(ARRAY[stands, other]) each CROSS JOIN LATERAL guard.reach_v1(each) r WHERE r.level < 3) THEN
        RAISE EXCEPTION 'Both records are open in full to whoever merges them.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'people_merge_by_who_may';
    END IF;
    IF EXISTS (SELECT 1 FROM public.people_person p WHERE p.id IN (stands, other) AND p.merged_into_id IS NOT NULL) THEN
        RAISE EXCEPTION 'One of the records is merged already.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_of_records_that_stand';
    END IF;
    PERFORM guard.merge_is_of_open_records_v1(ARRAY[stands, other]);
    IF EXISTS (SELECT 1 FROM public.people_relationship r
               WHERE r.person_id = stands AND r.other_id = other AND r.retracted_at IS NULL) THEN
        RAISE EXCEPTION 'The two are recorded as related to each other.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_not_of_relatives';
    END IF;
END $$;

-- A restriction and a conflict of interest name one record. Whoever may not see the one would see it in the other.
CREATE FUNCTION guard.merge_is_of_open_records_v1(people uuid[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.people_person p WHERE p.id = ANY (people) AND p.restricted)
       OR EXISTS (SELECT 1 FROM public.security_conflict k
                  WHERE k.person_id = ANY (people) AND (k.ended_at IS NULL OR k.ended_at > statement_timestamp())) THEN
        RAISE EXCEPTION 'One of the records is closed to somebody.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_of_open_records';
    END IF;
END $$;

-- Who works with one of the two and will see more than now: the other record as well, or more of it.
CREATE FUNCTION guard.merge_opens_v1(stands uuid, other uuid) RETURNS TABLE (reader uuid, who text, more_of uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM guard.merge_is_open_v1(stands, other);
    RETURN QUERY
    WITH held AS (
        SELECT g.actor_id, g.team_id, coalesce(max(g.level) FILTER (WHERE g.person_id = stands), 0) AS of_stands,
               coalesce(max(g.level) FILTER (WHERE g.person_id = other), 0) AS of_other
        FROM public.security_grant g
        WHERE g.person_id IN (stands, other) AND (g.until_at IS NULL OR g.until_at > statement_timestamp())
        GROUP BY g.actor_id, g.team_id, g.purpose)
    SELECT coalesce(h.actor_id, h.team_id), max(coalesce(a.name, t.name))::text,
           CASE WHEN bool_or(h.of_stands < h.of_other) THEN stands ELSE other END
    FROM held h LEFT JOIN public.security_actor a ON a.id = h.actor_id LEFT JOIN public.council_team t ON t.id = h.team_id
    WHERE h.of_stands <> h.of_other AND h.actor_id IS DISTINCT FROM guard.actor()
    GROUP BY coalesce(h.actor_id, h.team_id) ORDER BY 2;
END $$;

-- The facts a person has one of, where the two records say different things; "" and nothing are alike.
CREATE FUNCTION guard.merge_differs_v1(stands uuid, other uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN (a.born_on, a.birth_estimated, a.expected_on) IS DISTINCT FROM
                  (b.born_on, b.birth_estimated, b.expected_on) THEN 'born_on' END,
        CASE WHEN a.died_on IS DISTINCT FROM b.died_on THEN 'died_on' END,
        CASE WHEN a.sex <> b.sex THEN 'sex' END,
        CASE WHEN a.gender <> b.gender THEN 'gender' END,
        CASE WHEN a.professional <> b.professional THEN 'professional' END,
        CASE WHEN (SELECT e.code FROM public.people_ethnicity e WHERE e.person_id = a.id) <>
                  (SELECT e.code FROM public.people_ethnicity e WHERE e.person_id = b.id) THEN 'ethnicity' END], NULL)
    FROM public.people_person a, public.people_person b WHERE a.id = stands AND b.id = other $$;

-- Every column that goes: it leads to a person, and the guard may write it. What people are found by is made anew.
CREATE FUNCTION guard.columns_moved_v1() RETURNS TABLE (name text, columns text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'people_findable'
      AND a.atttypid = 'uuid'::regtype AND has_column_privilege(c.oid, a.attnum, 'UPDATE')
      AND (a.attname = 'person_id' OR EXISTS (
           SELECT 1 FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
             AND f.confrelid = 'public.people_person'::regclass))
    GROUP BY c.relname ORDER BY c.relname $$;

-- Write some columns of one row; what they were is given back.
CREATE FUNCTION guard.put_v1(name text, row_is uuid, becomes jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    was jsonb;
BEGIN
    EXECUTE format('SELECT (SELECT jsonb_object_agg(k.key, k.value) FROM jsonb_each(to_jsonb(t)) k WHERE $1 ? k.key) '
                   'FROM public.%I t WHERE t.id = $2', name) INTO was USING becomes, row_is;
    EXECUTE (SELECT format('UPDATE public.%I t SET %s FROM jsonb_populate_record(NULL::public.%1$I, $1) r WHERE t.id = $2',
                           name, string_agg(format('%1$I = r.%1$I', key), ', '))
             FROM jsonb_object_keys(becomes) key) USING becomes, row_is;
    RETURN was;
END $$;

CREATE FUNCTION guard.move_v1(merge_is uuid, stands uuid, name text, row_is uuid, becomes jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO public.people_mergemove (id, merge_id, person_id, position, table_name, row_id, was, becomes)
    SELECT gen_random_uuid(), merge_is, stands, (SELECT count(*) FROM public.people_mergemove m WHERE m.merge_id = merge_is),
           name, row_is, guard.put_v1(name, row_is, becomes), becomes $$;

-- Relationships both records have now to the same person: those of the record merged away stay with it, both sides.
CREATE FUNCTION guard.relationships_in_both_v1(stands uuid, other uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(r.id), '{}') FROM public.people_relationship r WHERE r.pair_id IN (
        SELECT b.pair_id FROM public.people_relationship b JOIN public.people_relationship a
            ON a.person_id = CASE b.person_id WHEN other THEN stands ELSE b.person_id END
           AND a.other_id = CASE b.other_id WHEN other THEN stands ELSE b.other_id END AND a.kind = b.kind
        WHERE other IN (b.person_id, b.other_id) AND a.until_on IS NULL AND a.retracted_at IS NULL
          AND b.until_on IS NULL AND b.retracted_at IS NULL) $$;

-- The rows of one table that go, each with what is written. `aside` are rows that a worker leaves or puts with the record
-- merged away; a row that tells of both people stays as it is.
CREATE FUNCTION guard.rows_moved_v1(name text, columns text[], stands uuid, other uuid, aside uuid[])
RETURNS TABLE (row_is uuid, becomes jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    leads text := (SELECT string_agg(format('t.%I = $1', c), ' OR ') FROM unnest(columns) c);
    written text := (SELECT string_agg(format('CASE WHEN t.%1$I = $1 THEN jsonb_build_object(%1$L, $2) ELSE ''{}'' END', c), ' || ')
                     FROM unnest(columns) c);
    apart text := CASE WHEN cardinality(columns) < 2 THEN 'true' ELSE
                  format('NOT (t.%I IN ($1, $2) AND t.%I IN ($1, $2))', columns[1], columns[2]) END;
BEGIN
    RETURN QUERY EXECUTE format('SELECT t.id, %s FROM public.%I t WHERE (%s) AND %s AND t.id <> ALL ($3) ORDER BY t.id',
                                written, name, leads, apart) USING other, stands, aside;
    IF name IN ('people_name', 'people_identifier', 'people_residence', 'people_contactpoint') THEN
        RETURN QUERY EXECUTE format('SELECT t.id, jsonb_build_object(''person_id'', $1) FROM public.%I t '
                                    'WHERE t.person_id = $2 AND t.id = ANY ($3) ORDER BY t.id', name)
            USING other, stands, aside;
    END IF;
END $$;

-- The one chosen of each fact a person has one of. `fields` says for each that differs which record tells it.
CREATE FUNCTION guard.merge_fields_v1(merge_is uuid, stands uuid, other uuid, fields jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    fact text;
    takes jsonb;
    mine uuid;
BEGIN
    FOREACH fact IN ARRAY guard.merge_differs_v1(stands, other) LOOP
        IF coalesce(fields ->> fact, '') NOT IN (stands::text, other::text) THEN
            RAISE EXCEPTION 'It is not said which % is kept.', fact
                USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_says_what_is_kept', COLUMN = fact;
        END IF;
        CONTINUE WHEN fields ->> fact = stands::text;
        IF fact = 'ethnicity' THEN
            SELECT e.id INTO mine FROM public.people_ethnicity e WHERE e.person_id = stands;
            SELECT jsonb_build_object('code', e.code, 'provenance_id', e.provenance_id, 'recorded_by_id', e.recorded_by_id,
                                      'recorded_at', e.recorded_at, 'as_received', e.as_received)
            INTO takes FROM public.people_ethnicity e WHERE e.person_id = other;
            PERFORM guard.move_v1(merge_is, stands, 'people_ethnicity', mine, takes);
        ELSE
            SELECT CASE fact WHEN 'born_on' THEN jsonb_build_object(
                       'born_on', p.born_on, 'birth_estimated', p.birth_estimated, 'expected_on', p.expected_on)
                   ELSE jsonb_build_object(fact, to_jsonb(p) -> fact) END
            INTO takes FROM public.people_person p WHERE p.id = other;
            PERFORM guard.move_v1(merge_is, stands, 'people_person', stands, takes);
        END IF;
    END LOOP;
END $$;

-- Every row that goes. Where the record that stands has the same row, by a rule without conditions, the other stays with
-- the record merged away: it says nothing new. Where it is a rule of one at a time, there is work to be settled first.
CREATE FUNCTION guard.merge_rows_v1(merge_is uuid, stands uuid, other uuid, aside uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    moved record;
    each record;
    broken text;
BEGIN
    FOR moved IN SELECT * FROM guard.columns_moved_v1() LOOP
        FOR each IN SELECT * FROM guard.rows_moved_v1(moved.name, moved.columns, stands, other, aside) LOOP
            BEGIN
                PERFORM guard.move_v1(merge_is, stands, moved.name, each.row_is, each.becomes);
            EXCEPTION WHEN unique_violation THEN
                GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
                IF EXISTS (SELECT 1 FROM pg_index i WHERE i.indexrelid = format('public.%I', broken)::regclass
                             AND i.indpred IS NOT NULL) THEN
                    RAISE EXCEPTION 'Both records have open what may be open once: %.', broken
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_of_work_settled', TABLE = moved.name;
                END IF;
            END;
        END LOOP;
    END LOOP;
END $$;

-- What a worker sets aside are names, numbers, times at an address and ways to be reached of these two, and a name stays.
CREATE FUNCTION guard.merge_sets_aside_v1(stands uuid, other uuid, aside uuid[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    names uuid[] := ARRAY(SELECT n.id FROM public.people_name n WHERE n.person_id IN (stands, other));
BEGIN
    IF NOT aside <@ (names
        || ARRAY(SELECT i.id FROM public.people_identifier i WHERE i.person_id IN (stands, other))
        || ARRAY(SELECT r.id FROM public.people_residence r WHERE r.person_id IN (stands, other))
        || ARRAY(SELECT c.id FROM public.people_contactpoint c WHERE c.person_id IN (stands, other))) THEN
        RAISE EXCEPTION 'What is set aside is of one of the two records.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'people_merge_sets_aside_its_own';
    END IF;
    IF cardinality(names) > 0 AND names <@ aside THEN
        RAISE EXCEPTION 'No name is kept.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_keeps_a_name', COLUMN = 'names';
    END IF;
END $$;

-- Merge `other` into `stands`. `fields` say which record tells each fact that differs, `aside` are the rows not kept,
-- and `seen_by` those the worker was shown will see more; anybody else who would is a reason to look again.
CREATE FUNCTION guard.merge_people_v1(
    stands uuid, other uuid, fields jsonb, aside uuid[], seen_by uuid[], why text, at timestamptz
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    merge_is uuid := gen_random_uuid();
    proposal uuid;
BEGIN
    -- Both are locked until the transaction ends: of two who merge one record at once, the second finds it merged.
    PERFORM 1 FROM public.people_person p WHERE p.id IN (stands, other) ORDER BY p.id FOR UPDATE;
    PERFORM guard.merge_is_open_v1(stands, other);
    PERFORM guard.merge_sets_aside_v1(stands, other, aside);
    IF EXISTS (SELECT 1 FROM guard.merge_opens_v1(stands, other) o WHERE o.reader <> ALL (seen_by)) THEN
        RAISE EXCEPTION 'Somebody would see more than now, and it was not said.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_says_who_will_see', COLUMN = 'seen_by';
    END IF;
    INSERT INTO guard.merging VALUES (pg_current_xact_id());
    INSERT INTO public.people_merge (id, person_id, other_id, fields, aside, seen_by, reason, decided_by_id, decided_at)
    VALUES (merge_is, stands, other, fields, aside, seen_by, why, guard.actor(), at);
    PERFORM guard.merge_fields_v1(merge_is, stands, other, fields);
    FOR proposal IN SELECT m.id FROM public.people_matchproposal m
                    WHERE m.person_id IN (stands, other) AND m.other_id IN (stands, other) AND m.answer <> 'same' LOOP
        PERFORM guard.move_v1(merge_is, stands, 'people_matchproposal', proposal,
            jsonb_build_object('answer', 'same', 'decided_by_id', guard.actor(), 'decided_at', at));
    END LOOP;
    PERFORM guard.merge_rows_v1(merge_is, stands, other, aside || guard.relationships_in_both_v1(stands, other));
    PERFORM guard.move_v1(merge_is, stands, 'people_person', other, jsonb_build_object('merged_into_id', stands));
    PERFORM guard.make_findable_v1(ARRAY[stands, other]);
    DELETE FROM guard.merging m WHERE m.xid = pg_current_xact_id();
    PERFORM guard.record_event_v1('merged', each, 'people_merge', merge_is, jsonb_build_object('stands', stands, 'other', other))
    FROM unnest(ARRAY[stands, other]) each;
    RETURN merge_is;
END $$;

-- Put one write of a merge back, column by column; the columns that say something else by now keep it, and are told.
CREATE FUNCTION guard.put_back_v1(name text, row_is uuid, was jsonb, became jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    is_now jsonb;
    back jsonb;
BEGIN
    EXECUTE format('SELECT to_jsonb(t) FROM public.%I t WHERE t.id = $1 FOR UPDATE', name) INTO is_now USING row_is;
    SELECT jsonb_object_agg(w.key, w.value) INTO back FROM jsonb_each(was) w WHERE is_now -> w.key = became -> w.key;
    IF back IS NOT NULL THEN
        PERFORM guard.put_v1(name, row_is, back);
    END IF;
    RETURN (SELECT jsonb_agg(jsonb_build_object('table', name, 'row', row_is, 'column', w.key))
            FROM jsonb_each(was) w WHERE is_now -> w.key <> became -> w.key);
END $$;

-- Make two records of them again: each row goes back to where it was, and what was written since stays where it is.
CREATE FUNCTION guard.undo_merge_v1(merge_is uuid, why text, at timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    undo_is uuid := gen_random_uuid();
    merge public.people_merge;
    moved record;
    kept jsonb := '[]';
BEGIN
    SELECT m.* INTO merge FROM public.people_merge m WHERE m.id = merge_is;
    IF merge.id IS NULL OR NOT guard.may('merge-people')
       OR (SELECT r.level FROM guard.reach_v1(merge.person_id) r) < 3 THEN
        RAISE EXCEPTION 'A merge is undone by whoever may merge the records.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'people_merge_by_who_may';
    END IF;
    PERFORM 1 FROM public.people_person p WHERE p.id IN (merge.person_id, merge.other_id) ORDER BY p.id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM public.people_mergeundo u WHERE u.merge_id = merge_is) THEN
        RAISE EXCEPTION 'The merge is undone already.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_mergeundo_once';
    END IF;
    -- Rows went on from here with a later merge, so that one is undone first.
    IF (SELECT p.merged_into_id FROM public.people_person p WHERE p.id = merge.other_id) IS DISTINCT FROM merge.person_id
       OR EXISTS (SELECT 1 FROM public.people_merge l WHERE l.person_id = merge.person_id AND l.decided_at > merge.decided_at
                  AND NOT EXISTS (SELECT 1 FROM public.people_mergeundo u WHERE u.merge_id = l.id)) THEN
        RAISE EXCEPTION 'A later merge of the record is undone first.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_mergeundo_latest_first';
    END IF;
    PERFORM guard.merge_is_of_open_records_v1(ARRAY[merge.person_id]);
    INSERT INTO guard.merging VALUES (pg_current_xact_id());
    FOR moved IN SELECT m.* FROM public.people_mergemove m WHERE m.merge_id = merge_is ORDER BY m.position DESC LOOP
        kept := kept || coalesce(guard.put_back_v1(moved.table_name, moved.row_id, moved.was, moved.becomes), '[]');
    END LOOP;
    PERFORM guard.make_findable_v1(ARRAY[merge.person_id, merge.other_id]);
    DELETE FROM guard.merging m WHERE m.xid = pg_current_xact_id();
    INSERT INTO public.people_mergeundo (id, merge_id, person_id, reason, undone_by_id, undone_at, kept)
    VALUES (undo_is, merge_is, merge.person_id, why, guard.actor(), at, kept);
    PERFORM guard.record_event_v1('merge-undone', each, 'people_mergeundo', undo_is, jsonb_build_object('merge', merge_is))
    FROM unnest(ARRAY[merge.person_id, merge.other_id]) each;
    RETURN undo_is;
END $$;

REVOKE EXECUTE ON FUNCTION guard.merging_v1, guard.merge_is_open_v1, guard.merge_is_of_open_records_v1, guard.merge_opens_v1,
    guard.merge_differs_v1, guard.columns_moved_v1, guard.put_v1, guard.move_v1, guard.relationships_in_both_v1,
    guard.rows_moved_v1, guard.merge_fields_v1, guard.merge_rows_v1, guard.merge_sets_aside_v1, guard.merge_people_v1,
    guard.put_back_v1, guard.undo_merge_v1, guard.refuse_merged_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.merge_opens_v1, guard.merge_people_v1, guard.undo_merge_v1 TO wenlock_app;

RESET ROLE;
