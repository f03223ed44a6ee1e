-- An agreement is kept as it was made: all that changes is the day it ends, and that day is never moved once it has come.

SET LOCAL ROLE wenlock_guard;

CREATE FUNCTION guard.agreement_only_ends_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND to_jsonb(new) - 'until_on' = to_jsonb(old) - 'until_on'
       AND (old.until_on IS NULL OR old.until_on > guard.today()) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'An agreement is kept as it was made.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'agencies_agreement_only_ends';
END $$;

RESET ROLE;
