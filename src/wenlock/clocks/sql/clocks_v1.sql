-- What clocks do by themselves: stop only with the row that stopped them, keep every former due date, owe a reason for
-- having been late, and go on being seen as their matter is.

SET LOCAL ROLE wenlock_guard;

-- Whether whoever asks may look for a row by its id in a table of this name.
CREATE FUNCTION guard.may_look_in_v1(named text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM pg_attribute a
                   WHERE a.attrelid = to_regclass(format('public.%I', named)) AND a.attname = 'id'
                     AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')) $$;

-- Whether a row stands, for the keeper of clocks, who sees no record and yet must not stop a clock with nothing.
CREATE FUNCTION guard.row_stands_v1(named text, row_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found boolean := false;
BEGIN
    IF guard.may('keep-clocks') AND guard.may_look_in_v1(named) THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I r WHERE r.id = $1)', named) INTO found USING row_id;
    END IF;
    RETURN found;
END $$;

-- Asked as whoever writes: a row they may not see and one that is not there are refused alike.
CREATE FUNCTION guard.clock_closes_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    found boolean := false;
BEGIN
    IF new.finished_id IS NULL OR (tg_op = 'UPDATE' AND new.finished_id = old.finished_id
                                   AND new.finished_table = old.finished_table) THEN
        RETURN new;
    END IF;
    IF guard.may_look_in_v1(new.finished_table) THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I r WHERE r.id = $1)', new.finished_table)
            INTO found USING new.finished_id;
    END IF;
    IF NOT found AND NOT guard.row_stands_v1(new.finished_table, new.finished_id) THEN
        RAISE EXCEPTION 'A clock stops with the row that stopped it.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'clocks_clock_closes_with_its_row';
    END IF;
    RETURN new;
END $$;

-- Whoever writes a clock has no say in whether a reason is owed.
CREATE FUNCTION guard.clock_owes_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    new.reason_owed := new.state IN ('met-late', 'stopped-late')
        AND NOT EXISTS (SELECT 1 FROM public.clocks_breach b WHERE b.clock_id = new.id);
    RETURN new;
END $$;

CREATE FUNCTION guard.clock_keeps_what_was_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF new.due_at IS DISTINCT FROM old.due_at THEN
        INSERT INTO public.clocks_former (id, clock_id, due_at, is_timed, rule_since, settings, because, position,
                                          replaced_at, replaced_by_id)
        VALUES (gen_random_uuid(), old.id, old.due_at, old.is_timed, old.rule_since, old.settings, old.because,
                (SELECT count(*) + 1 FROM public.clocks_former f WHERE f.clock_id = old.id),
                new.reckoned_at, guard.actor());
    END IF;
    RETURN NULL;
END $$;

-- Asked as whoever gives the reason: a clock out of reach, one that is not there and one not late are refused alike.
CREATE FUNCTION guard.breach_of_a_late_clock_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.clocks_clock c WHERE c.id = new.clock_id
                   AND (c.state IN ('met-late', 'stopped-late')
                        OR c.state = 'open' AND c.due_at < statement_timestamp())) THEN
        RAISE EXCEPTION 'There is no such clock within reach, or it is not late.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'clocks_breach_of_a_late_clock';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.breach_settles_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.clocks_clock c SET reason_owed = false WHERE c.id = new.clock_id AND c.reason_owed;
    RETURN NULL;
END $$;

-- Hung by a matter on its own table, where a column `people` says whom it is about: its clocks are about the same.
CREATE FUNCTION guard.clocks_follow_people_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.clocks_clock c SET people = new.people
    WHERE c.matter_id = new.id AND c.matter_table = tg_table_name AND c.people IS DISTINCT FROM new.people;
    RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION guard.row_stands_v1, guard.may_look_in_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.row_stands_v1, guard.may_look_in_v1 TO wenlock_app;

RESET ROLE;
