-- Partners' keys: what one may be for, whether it opens anything now, and that what comes by it is as it says.

SET LOCAL ROLE wenlock_guard;

-- Why a key opens nothing now; '' while it is in force, null if there is no such key.
CREATE FUNCTION guard.partner_key_refused_v1(key uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN k.revoked_at IS NOT NULL THEN 'revoked'
        WHEN k.approved_at IS NULL THEN 'not-approved'
        WHEN k.from_on > guard.today() THEN 'not-begun'
        WHEN k.until_on <= guard.today() THEN 'expired'
        WHEN a.until_on <= guard.today() THEN 'agency-ended'
        WHEN NOT guard.partner_purpose_v1(k.purpose) THEN 'purpose-ended'
        WHEN NOT guard.partner_medium_v1(k.medium) THEN 'medium-ended'
        ELSE '' END
    FROM public.partners_key k JOIN public.agencies_agency a ON a.id = k.agency_id WHERE k.id = key $$;

CREATE FUNCTION guard.partner_purpose_v1(purpose text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.notice_purpose p
                   WHERE p.version_id = guard.notice_in_force(guard.today()) AND p.code = purpose AND NOT p.needs_consent
                     AND p.in_force_from <= guard.today() AND (p.in_force_until IS NULL OR p.in_force_until > guard.today())) $$;

CREATE FUNCTION guard.partner_medium_v1(medium text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.notice_channel c
                   WHERE c.version_id = guard.notice_in_force(guard.today()) AND c.code = 'other-electronic'
                     AND medium = ANY (c.permitted)) $$;

-- The key that a secret begins to name, for whoever is about to compare digests; nobody acts yet.
CREATE FUNCTION guard.partner_key_v1(wanted text)
RETURNS TABLE (id uuid, prefix text, digest text, actor uuid, agency uuid, source text, purpose text, medium text,
               scopes text[], refused text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT k.id, k.prefix::text, k.digest::text, k.actor_id, k.agency_id, a.source::text, k.purpose::text,
           k.medium::text, k.scopes::text[],
           guard.partner_key_refused_v1(k.id)
    FROM public.partners_key k JOIN public.agencies_agency a ON a.id = k.agency_id WHERE k.prefix = wanted $$;

-- Count one call by a key in the stretch of time that began then, and give how many there have been in it. One row a
-- key: processes that count at once wait for each other, and agree.
CREATE FUNCTION guard.partner_called_v1(key uuid, began timestamptz) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO public.partners_meter AS m (id, key_id, began_at, calls, used_at)
    VALUES (gen_random_uuid(), key, began, 1, statement_timestamp())
    ON CONFLICT (key_id) DO UPDATE SET
        calls = CASE WHEN m.began_at >= excluded.began_at THEN m.calls + 1 ELSE 1 END,
        began_at = greatest(m.began_at, excluded.began_at), used_at = excluded.used_at
    RETURNING calls $$;

-- A key is for a purpose and a medium that the notice in force names, an agency in being, and an account that is nothing
-- but the key's. Whatever is wrong is refused alike, as row security refuses.
CREATE FUNCTION guard.partner_key_within_the_notice_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT coalesce(guard.partner_purpose_v1(new.purpose) AND guard.partner_medium_v1(new.medium), false)
       OR NOT EXISTS (SELECT 1 FROM public.agencies_agency a
                      WHERE a.id = new.agency_id AND (a.until_on IS NULL OR a.until_on > guard.today()))
       OR NOT EXISTS (SELECT 1 FROM public.security_actor a WHERE a.id = new.actor_id AND a.kind = 'service')
       OR EXISTS (SELECT 1 FROM public.council_membership m WHERE m.actor_id = new.actor_id) THEN
        RAISE EXCEPTION 'A key is for an agency in being, and a purpose and a medium that the notice in force names.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'partners_key_within_the_notice';
    END IF;
    RETURN new;
END $$;

-- Once issued, a key is approved once and revoked once, by whoever acts, and is otherwise as it was.
CREATE FUNCTION guard.partner_key_kept_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND old.revoked_at IS NULL
       AND (old.approved_at IS NULL OR (new.approved_by_id, new.approved_at) = (old.approved_by_id, old.approved_at))
       AND (new.approved_by_id IS NOT DISTINCT FROM old.approved_by_id OR new.approved_by_id = guard.actor())
       AND (new.revoked_by_id IS NULL OR new.revoked_by_id = guard.actor())
       AND to_jsonb(new) - '{approved_by_id,approved_at,revoked_by_id,revoked_at,revoked_why}'::text[]
           = to_jsonb(old) - '{approved_by_id,approved_at,revoked_by_id,revoked_at,revoked_why}'::text[] THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A key is approved once and revoked once, by whoever does it, and is otherwise kept as it was issued.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'partners_key_only_approved_and_revoked';
END $$;

-- A key opens by work: its approval puts its account in a team of its own, for its one purpose and its own days, in the
-- role of a way in, which passes on and sees nothing. Its revocation ends that in the same instant.
CREATE FUNCTION guard.partner_key_opens_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    team uuid := gen_random_uuid();
BEGIN
    IF old.approved_at IS NULL AND new.approved_at IS NOT NULL AND new.revoked_at IS NULL THEN
        INSERT INTO public.council_team (id, code, name, purposes)
        SELECT team, 'partner-' || lower(new.prefix), a.name, ARRAY[new.purpose] FROM public.security_actor a
        WHERE a.id = new.actor_id;
        INSERT INTO public.council_membership (id, actor_id, team_id, role_code, from_at, until_at, made_by_id)
        VALUES (gen_random_uuid(), new.actor_id, team, 'way-in', new.from_on::timestamp AT TIME ZONE 'Europe/London',
                new.until_on::timestamp AT TIME ZONE 'Europe/London', new.approved_by_id);
    END IF;
    IF old.revoked_at IS NULL AND new.revoked_at IS NOT NULL THEN
        UPDATE public.council_membership m SET until_at = greatest(m.from_at, statement_timestamp())
        WHERE m.actor_id = new.actor_id AND m.until_at > statement_timestamp();
    END IF;
    RETURN NULL;
END $$;

-- What comes by a key comes while it is in force, from its own account, and is of its agency, purpose and medium.
CREATE FUNCTION guard.partner_sends_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.partners_key k
                   WHERE k.id = new.key_id AND k.actor_id = guard.actor() AND k.purpose = guard.purpose()
                     AND CASE WHEN EXISTS (SELECT 1 FROM public.intake_ownwords w WHERE w.contact_id = new.contact_id)
                              THEN 'own-words:send' ELSE 'contacts:send' END = ANY (k.scopes)
                     AND guard.partner_key_refused_v1(k.id) = '') THEN
        RAISE EXCEPTION 'The key is not in force, or is not for this.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'partners_sent_by_a_key_in_force';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.partners_key k
                   JOIN public.intake_contact c ON c.id = new.contact_id AND c.recorded_by_id = k.actor_id
                        AND c.agency_id = k.agency_id AND c.reference = new.reference
                   JOIN public.notice_provenance v ON v.id = c.provenance_id AND v.medium = k.medium
                   JOIN public.notice_channel h ON h.id = v.channel_id AND h.code = 'other-electronic'
                   WHERE k.id = new.key_id) THEN
        RAISE EXCEPTION 'The contact is not as the key says: its agency, channel or medium differs.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'partners_sent_as_the_key_says';
    END IF;
    RETURN new;
END $$;

-- That a contact came by a key is kept. What tells a repeat from a new request is forgotten after a week, by the guard.
CREATE FUNCTION guard.partner_sent_kept_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'UPDATE' AND old.forgotten_at IS NULL AND new.forgotten_at IS NOT NULL
       AND old.recorded_at <= statement_timestamp() - interval '7 days'
       AND to_jsonb(new) - '{mark,said,forgotten_at}'::text[] = to_jsonb(old) - '{mark,said,forgotten_at}'::text[] THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'What came by a key is kept, and known for a repeat for a week.'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'partners_sent_only_forgotten';
END $$;

-- Forget what tells repeats, of all that came before then and is a week old. Gives how many were forgotten.
CREATE FUNCTION guard.partner_marks_forgotten_v1(before timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    forgotten integer;
BEGIN
    UPDATE public.partners_sent s SET mark = '', said = '', forgotten_at = statement_timestamp()
    WHERE s.forgotten_at IS NULL AND s.recorded_at <= least(before, statement_timestamp() - interval '7 days');
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;

-- What became of a contact, for a key of the agency that sent it, for the same purpose. The outcome is given once a
-- worker has recorded that the teller was told it; never where they recorded why the teller was not.
CREATE FUNCTION guard.partner_contact_v1(wanted uuid)
RETURNS TABLE (id uuid, reference text, received_at timestamptz, decided boolean, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT c.id, c.reference::text, v.received_at, c.decided_at IS NOT NULL, CASE WHEN f.id IS NOT NULL THEN d.outcome::text END
    FROM public.partners_key mine
    JOIN public.partners_key theirs ON theirs.agency_id = mine.agency_id AND theirs.purpose = mine.purpose
    JOIN public.partners_sent s ON s.key_id = theirs.id AND s.contact_id = wanted
    JOIN public.intake_contact c ON c.id = s.contact_id
    JOIN public.notice_provenance v ON v.id = c.provenance_id
    LEFT JOIN public.intake_decision d ON d.contact_id = c.id
    LEFT JOIN public.intake_feedback f ON f.contact_id = c.id AND f.how <> 'not-told'
    WHERE mine.actor_id = guard.actor() AND mine.purpose = guard.purpose() AND 'contacts:read-own' = ANY (mine.scopes)
      AND guard.partner_key_refused_v1(mine.id) = '' $$;

REVOKE EXECUTE ON FUNCTION guard.partner_key_refused_v1, guard.partner_purpose_v1, guard.partner_medium_v1,
    guard.partner_key_v1, guard.partner_called_v1, guard.partner_marks_forgotten_v1, guard.partner_contact_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.partner_key_v1, guard.partner_called_v1, guard.partner_marks_forgotten_v1,
    guard.partner_contact_v1 TO wenlock_app;

RESET ROLE;
