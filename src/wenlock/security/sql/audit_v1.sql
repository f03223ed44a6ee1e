-- The audit trail. Written in the same transaction as the act, by these functions alone; nobody holds INSERT on the
-- table but wenlock_guard. It keeps who, what, when and why, and digests of values, never the words themselves.

SET LOCAL ROLE wenlock_guard;

CREATE FUNCTION guard.record_event_v1(
    kind text, person uuid, table_name text, row_id uuid, detail jsonb
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ctx guard.context := guard.context_v1();
BEGIN
    IF (ctx).actor IS NULL AND kind NOT IN ('sign-in-refused', 'signed-in', 'signed-out', 'policy-published', 'epoch-begun',
                                                'backup-begun', 'backup-made') THEN
        RAISE EXCEPTION 'Nobody is named as acting.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'event_names_its_actor';
    END IF;
    INSERT INTO public.security_auditevent (at, xid, epoch, actor_id, purpose, request_id, kind, person_id, table_name,
                                            row_id, detail)
    VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint, guard.audit_epoch(), (ctx).actor, (ctx).purpose, (ctx).request,
            kind, person, table_name, row_id, coalesce(detail, '{}'));
END $$;

-- A restored cluster counts transactions from the start again, so each restore begins a new epoch.
CREATE TABLE guard.epoch (id smallint PRIMARY KEY, number integer NOT NULL);
INSERT INTO guard.epoch VALUES (1, 1);
CREATE FUNCTION guard.audit_epoch() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT number FROM guard.epoch WHERE id = 1 $$;

CREATE FUNCTION guard.digest_of(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT encode(sha256(convert_to(value::text, 'UTF8')), 'hex') $$;

CREATE FUNCTION guard.changed_columns(before jsonb, after jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT coalesce(jsonb_agg(key ORDER BY key), '[]') FROM jsonb_object_keys(after) key
    WHERE before -> key IS DISTINCT FROM after -> key $$;

-- A record merged into another is only kept: what is written from then on is written in the one that stands. The lock is
-- the one a foreign key takes when the transaction ends; taken here, it waits for a merge that is not over, and then asks.
CREATE FUNCTION guard.refuse_merged_v1(people uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM 1 FROM public.people_person p WHERE p.id = ANY (people) ORDER BY p.id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM public.people_person p WHERE p.id = ANY (people) AND p.merged_into_id IS NOT NULL) THEN
        RAISE EXCEPTION 'The record is merged into another, where this belongs.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_is_not_merged';
    END IF;
END $$;

-- One row per row changed, whoever changed it and however: save, update(), bulk or raw SQL. The argument is the
-- column that leads to the person, or '' where a row is about nobody in particular.
CREATE FUNCTION guard.audit_change_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    ctx guard.context := guard.context_v1();
    person_column text := tg_argv[0];
BEGIN
    IF tg_op = 'INSERT' THEN
        INSERT INTO public.security_auditevent (at, xid, epoch, actor_id, purpose, request_id, kind, person_id,
                                                table_name, row_id, detail)
        SELECT clock_timestamp(), pg_current_xact_id()::text::bigint, guard.audit_epoch(), (ctx).actor, (ctx).purpose, (ctx).request,
               'created', (r ->> person_column)::uuid, tg_table_name, (r ->> 'id')::uuid,
               jsonb_build_object('after', guard.digest_of(r))
        FROM (SELECT to_jsonb(a) r FROM added a) rows;
        -- The row of a person says itself that it is merged.
        IF person_column <> '' AND tg_table_name <> 'people_person' THEN
            PERFORM guard.refuse_merged_v1(array_agg(DISTINCT (to_jsonb(a) ->> person_column)::uuid)) FROM added a;
        END IF;
    ELSIF tg_op = 'UPDATE' THEN
        INSERT INTO public.security_auditevent (at, xid, epoch, actor_id, purpose, request_id, kind, person_id,
                                                table_name, row_id, detail)
        SELECT clock_timestamp(), pg_current_xact_id()::text::bigint, guard.audit_epoch(), (ctx).actor, (ctx).purpose, (ctx).request,
               'changed', (r ->> person_column)::uuid, tg_table_name, (r ->> 'id')::uuid,
               jsonb_build_object('columns', guard.changed_columns(was, r), 'before', guard.digest_of(was),
                                  'after', guard.digest_of(r))
        FROM (SELECT to_jsonb(a) r, to_jsonb(o) was FROM added a JOIN removed o ON o.id = a.id) rows;
        IF person_column <> '' AND tg_table_name <> 'people_person' THEN
            PERFORM guard.refuse_merged_v1(array_agg(DISTINCT (to_jsonb(a) ->> person_column)::uuid))
            FROM added a JOIN removed o ON o.id = a.id
            WHERE to_jsonb(a) ->> person_column IS DISTINCT FROM to_jsonb(o) ->> person_column;
        END IF;
    ELSE
        INSERT INTO public.security_auditevent (at, xid, epoch, actor_id, purpose, request_id, kind, person_id,
                                                table_name, row_id, detail)
        SELECT clock_timestamp(), pg_current_xact_id()::text::bigint, guard.audit_epoch(), (ctx).actor, (ctx).purpose, (ctx).request,
               'removed', (r ->> person_column)::uuid, tg_table_name, (r ->> 'id')::uuid,
               jsonb_build_object('before', guard.digest_of(r))
        FROM (SELECT to_jsonb(o) r FROM removed o) rows;
    END IF;
    RETURN NULL;
END $$;

-- Append-only holds for the owner too: privilege stops the runtime role, this stops a slip in a migration.
CREATE FUNCTION guard.refuse_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is kept as it was written: % is refused.', tg_table_name, lower(tg_op)
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = tg_name;
END $$;

REVOKE EXECUTE ON FUNCTION guard.record_event_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.record_event_v1 TO wenlock_app, wenlock_owner, wenlock_door;

RESET ROLE;
