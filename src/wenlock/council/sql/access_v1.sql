-- Who may see whom. Each function takes no column: a policy calls it inside (SELECT ...), so it runs once a statement.
-- Levels: 1 index (name, birth, team), 2 summary (how to reach them, family, warnings), 3 full (the record).

SET LOCAL ROLE wenlock_guard;

CREATE FUNCTION guard.level_v1(level text) RETURNS smallint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT (array_position(ARRAY['index', 'summary', 'full'], level))::smallint $$;

-- The memberships in force now of whoever acts, in teams that work for the purpose now open.
CREATE FUNCTION guard.teams() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(m.team_id), '{}')
    FROM guard.context_v1() c
    JOIN public.council_membership m ON m.actor_id = c.actor
    JOIN public.council_team t ON t.id = m.team_id
    JOIN public.security_actor a ON a.id = c.actor AND a.is_active
    WHERE m.from_at <= statement_timestamp() AND (m.until_at IS NULL OR m.until_at > statement_timestamp()) AND c.purpose = ANY (t.purposes) $$;

CREATE FUNCTION guard.roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(DISTINCT m.role_code), '{}')
    FROM guard.context_v1() c
    JOIN public.council_membership m ON m.actor_id = c.actor
    JOIN public.council_team t ON t.id = m.team_id
    JOIN public.security_actor a ON a.id = c.actor AND a.is_active
    WHERE m.from_at <= statement_timestamp() AND (m.until_at IS NULL OR m.until_at > statement_timestamp()) AND c.purpose = ANY (t.purposes) $$;

CREATE FUNCTION guard.may(capability text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.council_role r
                   WHERE r.code = ANY ((SELECT guard.roles())::text[]) AND capability = ANY (r.capabilities)) $$;

CREATE FUNCTION guard.capabilities() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(DISTINCT held), '{}') FROM public.council_role r, unnest(r.capabilities) held
    WHERE r.code = ANY ((SELECT guard.roles())::text[]) $$;

-- Whole-service reach is a property of a role, to a level; restricted records are never part of it.
CREATE FUNCTION guard.whole_service(level text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.council_role r
                   WHERE r.code = ANY ((SELECT guard.roles())::text[]) AND r.whole_service_level >= guard.level_v1(level)) $$;

-- Deny beats any allow, and knows no role and no purpose.
CREATE FUNCTION guard.conflicts() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH mine AS (
        SELECT k.person_id FROM public.security_conflict k
        WHERE k.actor_id = (SELECT guard.actor()) AND (k.ended_at IS NULL OR k.ended_at > statement_timestamp()))
    SELECT coalesce(array_agg(both_ways.id), '{}') FROM (
        SELECT m.person_id AS id FROM mine m
        UNION SELECT p.id FROM mine m JOIN public.people_person p ON p.merged_into_id = m.person_id) both_ways $$;

-- The people somebody may see at a level or above by name: by grant to them or their team, less those restricted to
-- others; and at summary the people their relationships name, since a child is not known apart from the family.
CREATE FUNCTION guard.people(level text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ctx guard.context := guard.context_v1();
    wanted smallint := guard.level_v1(level);
    -- Asked once: a function in a condition is asked again for every row that meets it.
    my_teams uuid[];
    closed uuid[];
    mine uuid[];
    family uuid[] := '{}';
BEGIN
    IF (ctx).actor IS NULL THEN
        RETURN '{}';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.security_actor a WHERE a.id = (ctx).actor AND a.is_active) THEN
        RETURN '{}';
    END IF;
    my_teams := guard.teams();
    closed := guard.restricted_to_others();
    SELECT coalesce(array_agg(DISTINCT g.person_id), '{}') INTO mine
    FROM public.security_grant g
    WHERE (g.actor_id = (ctx).actor OR g.team_id = ANY (my_teams))
      AND g.level >= wanted AND g.purpose = (ctx).purpose
      AND g.from_at <= statement_timestamp() AND (g.until_at IS NULL OR g.until_at > statement_timestamp())
      -- A restriction closes to all but those it names; emergency access opens again, and leaves its mark.
      AND (g.relationship = 'emergency access' OR g.person_id <> ALL (closed));
    IF wanted <= 2 THEN
        SELECT coalesce(array_agg(DISTINCT r.other_id), '{}') INTO family
        FROM public.people_relationship r
        WHERE r.person_id = ANY (mine) AND r.retracted_at IS NULL AND r.other_id <> ALL (closed);
    END IF;
    -- What is kept of a record merged into another is seen with it.
    RETURN mine || family || ARRAY(
        SELECT p.id FROM public.people_person p WHERE p.merged_into_id = ANY (mine || family));
END $$;

-- A restriction closes a record to all but those it names; emergency access opens it again, and leaves its mark.
CREATE FUNCTION guard.closed_to_v1(who uuid, person uuid, relationship text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT relationship <> 'emergency access' AND EXISTS (
        SELECT 1 FROM public.security_restriction x
        WHERE x.person_id = person AND (x.ended_at IS NULL OR x.ended_at > statement_timestamp())
          AND NOT EXISTS (SELECT 1 FROM public.security_restrictionname n
                          WHERE n.restriction_id = x.id AND n.actor_id = who)) $$;

CREATE FUNCTION guard.restricted_to_others() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(array_agg(x.person_id), '{}') FROM public.security_restriction x
    WHERE (x.ended_at IS NULL OR x.ended_at > statement_timestamp())
      AND NOT EXISTS (SELECT 1 FROM public.security_restrictionname n
                      WHERE n.restriction_id = x.id AND n.actor_id = guard.actor()) $$;

-- Why somebody may not see a record, for the log alone; nobody at a screen is told.
CREATE FUNCTION guard.why_closed_v1(person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT 1 FROM public.people_person p WHERE p.id = person) THEN 'no such record'
        WHEN person = ANY (guard.conflicts()) THEN 'conflict of interest'
        WHEN guard.closed_to_v1(guard.actor(), person, '') THEN 'restricted record'
        ELSE 'no legitimate relationship' END $$;

CREATE FUNCTION guard.record_denial_v1(person uuid, wanted text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT guard.record_event_v1('denied', person, 'people_person', person,
        jsonb_build_object('wanted', wanted, 'why', guard.why_closed_v1(person))) $$;

REVOKE EXECUTE ON FUNCTION guard.why_closed_v1, guard.closed_to_v1, guard.record_denial_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.record_denial_v1 TO wenlock_app;

RESET ROLE;
