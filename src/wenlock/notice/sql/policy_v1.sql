-- The notice, enforced: which version is in force, what the open purpose may hold, and how a version may change.

SET LOCAL ROLE wenlock_guard;

CREATE FUNCTION guard.notice_in_force(on_day date) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT v.id FROM public.notice_version v
    WHERE v.in_force_from <= on_day AND (v.in_force_until IS NULL OR v.in_force_until > on_day) $$;

-- The law's day is England's, whatever the server's clock is set to.
CREATE FUNCTION guard.today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$ SELECT (statement_timestamp() AT TIME ZONE 'Europe/London')::date $$;

-- The categories the open purpose may hold today: none, if the purpose is unknown, over, or has no ground in force;
-- and no special or criminal category without a condition, and its policy document, in force. A purpose that rests
-- on consent holds nothing until consent itself can be recorded: the promise is kept by refusing.
CREATE FUNCTION guard.categories_allowed_v1() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(c.code), '{}')
    FROM public.notice_purpose p
    JOIN public.notice_category c ON c.version_id = p.version_id AND c.code = ANY (p.categories)
    WHERE p.version_id = guard.notice_in_force(guard.today()) AND p.code = guard.purpose() AND NOT p.needs_consent
      AND p.in_force_from <= guard.today() AND (p.in_force_until IS NULL OR p.in_force_until > guard.today())
      AND EXISTS (SELECT 1 FROM public.notice_purposeground pg JOIN public.notice_ground g ON g.id = pg.ground_id
                  WHERE pg.purpose_id = p.id AND g.in_force_from <= guard.today()
                    AND (g.in_force_until IS NULL OR g.in_force_until > guard.today()))
      AND (c.kind = 'ordinary' OR EXISTS (
          SELECT 1 FROM public.notice_condition k
          WHERE k.version_id = c.version_id AND k.category_code = c.code AND k.in_force_from <= guard.today()
            AND (k.in_force_until IS NULL OR k.in_force_until > guard.today()))) $$;

-- Arguments: the category of the table, then column:category for each column. The table's own category must be
-- allowed; a column of another category must be allowed as soon as any row fills it.
CREATE FUNCTION guard.within_the_matrix_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    allowed text[];
    argument text;
    held_in text;
    category text;
    filled boolean;
BEGIN
    -- Emptiness is lawful: an UPDATE that met no row holds nothing.
    IF NOT EXISTS (SELECT 1 FROM added) THEN
        RETURN NULL;
    END IF;
    allowed := guard.categories_allowed_v1();
    IF NOT (tg_argv[0] = ANY (allowed)) THEN
        RAISE EXCEPTION 'The purpose % may not hold %.', coalesce(guard.purpose(), 'that is not named'), tg_argv[0]
            USING ERRCODE = 'check_violation', CONSTRAINT = 'category_within_the_matrix', TABLE = tg_table_name;
    END IF;
    FOREACH argument IN ARRAY tg_argv LOOP
        held_in := split_part(argument, ':', 1);
        category := split_part(argument, ':', 2);
        CONTINUE WHEN category = '' OR category = ANY (allowed);
        SELECT EXISTS (SELECT 1 FROM added a WHERE coalesce(to_jsonb(a) ->> held_in, '') <> '') INTO filled;
        IF filled THEN
            RAISE EXCEPTION 'The purpose % may not hold %.', coalesce(guard.purpose(), 'that is not named'), category
                USING ERRCODE = 'check_violation', CONSTRAINT = 'category_within_the_matrix', TABLE = tg_table_name,
                      COLUMN = held_in;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.provenance_in_force_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.version_id IS DISTINCT FROM guard.notice_in_force(guard.today()) THEN
        RAISE EXCEPTION 'That version of the notice is not in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'provenance_names_the_version_in_force';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.notice_channel x WHERE x.id = new.channel_id AND x.version_id = new.version_id)
       OR NOT EXISTS (SELECT 1 FROM public.notice_source x WHERE x.id = new.source_id AND x.version_id = new.version_id)
       OR NOT EXISTS (SELECT 1 FROM public.notice_purpose x
                      WHERE x.id = new.purpose_id AND x.version_id = new.version_id AND x.code = guard.purpose()
                        AND x.in_force_from <= guard.today()
                        AND (x.in_force_until IS NULL OR x.in_force_until > guard.today())) THEN
        RAISE EXCEPTION 'The notice in force names no such channel, source or open purpose.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'provenance_is_in_the_notice';
    END IF;
    -- A source that hands on health, education or criminal information marks it so, or it is not taken.
    IF new.handling IS DISTINCT FROM (SELECT x.handling FROM public.notice_source x WHERE x.id = new.source_id) THEN
        RAISE EXCEPTION 'What this source gives must carry its handling mark.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'provenance_carries_its_handling';
    END IF;
    -- A means the notice does not permit, such as the recording of a call, is not kept.
    IF new.medium <> '' AND NOT EXISTS (SELECT 1 FROM public.notice_channel x
                                        WHERE x.id = new.channel_id AND new.medium = ANY (x.permitted)) THEN
        RAISE EXCEPTION 'The notice permits no such means of this channel.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'provenance_by_permitted_means';
    END IF;
    RETURN new;
END $$;

-- A version is never rewritten; publishing the next may only say when this one ends.
CREATE FUNCTION guard.only_ends_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND old.in_force_until IS NULL AND new.in_force_until IS NOT NULL
       AND to_jsonb(new) - 'in_force_until' = to_jsonb(old) - 'in_force_until' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A published version of the notice is never changed.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = tg_name;
END $$;

RESET ROLE;
