-- Finding people, and saying how far somebody's reach goes. Trigrams and ILIKE are not leakproof, so under row
-- security they run after the policy and lose their index: this function takes candidates by index as the guard, and
-- then applies the same access test as people_person's policy. It is the one place where searches are logged.

SET LOCAL ROLE wenlock_guard;

-- A search term is a name or a number, so the log holds a keyed digest of it: equal terms can be counted, and nobody
-- without the key can try names against it.
CREATE FUNCTION guard.term_digest_v1(term text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT encode(sha256(k.key || sha256(k.key || convert_to('search-term|' || upper(btrim(term)), 'UTF8'))), 'hex')
    FROM guard.context_key k WHERE k.id = 1 $$;

-- Candidates for somebody whose role reaches the whole service: exact paths first, likeness only when they find few.
CREATE FUNCTION guard.search_candidates_v1(
    numbers text[], schemes text[], givens text[], families text[], words text[], born date[]
) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    each_way integer := 1000;  -- no path hands on more: fifty are shown, and a longer list asks for another term
    found uuid[];
BEGIN
    SELECT array_agg(DISTINCT c.id) INTO found FROM (
        (SELECT i.person_id AS id FROM public.people_identifier i
         WHERE i.scheme = ANY (schemes) AND i.value = ANY (numbers) LIMIT each_way)
        UNION ALL
        (SELECT p.id FROM public.people_person p WHERE p.born_on = ANY (born) LIMIT each_way)
        UNION ALL
        (SELECT n.person_id FROM unnest(givens, families) w(given, family)
         JOIN public.people_name n ON n.family_sound = left(public.dmetaphone(w.family), 12)
          AND n.given_sound = left(public.dmetaphone(split_part(w.given, ' ', 1)), 12)
          AND n.family_sound <> '' LIMIT each_way)
    ) c;
    RETURN coalesce(found, '{}');
END $$;

-- One word may be a given or a family name: as written first, since a rare spelling hides among its homophones.
CREATE FUNCTION guard.search_by_word_v1(word text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    each_way integer := 1000;
    written text := replace(replace(replace(upper(word), '\', '\\'), '%', '\%'), '_', '\_');
    found uuid[];
BEGIN
    SELECT array_agg(DISTINCT c.id) INTO found FROM (
        (SELECT n.person_id AS id FROM public.people_name n WHERE upper(n.family) = upper(word) LIMIT each_way)
        UNION ALL
        (SELECT n.person_id FROM public.people_name n WHERE upper(n.given) LIKE written || '%' LIMIT each_way)
        UNION ALL
        (SELECT n.person_id FROM public.people_name n
         WHERE n.family_sound = left(public.dmetaphone(word), 12) AND n.family_sound <> '' LIMIT each_way)
    ) c;
    RETURN coalesce(found, '{}');
END $$;

CREATE FUNCTION guard.search_by_likeness_v1(givens text[], families text[], words text[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    each_way integer := 200;
    pair record;
    found uuid[] := '{}';
BEGIN
    FOR pair IN SELECT w.given, w.family FROM unnest(givens, families) w(given, family) LOOP
        found := found || ARRAY(
            SELECT n.person_id FROM public.people_name n
            WHERE upper(n.family) OPERATOR(public.%) upper(pair.family)
              AND (upper(n.given) OPERATOR(public.%) upper(pair.given) OR left(upper(n.given), 1) = left(upper(pair.given), 1))
            ORDER BY public.similarity(upper(n.family), upper(pair.family)) DESC LIMIT each_way);
    END LOOP;
    FOR pair IN SELECT w.word FROM unnest(words) w(word) LOOP
        found := found || ARRAY(
            SELECT n.person_id FROM public.people_name n
            WHERE upper(n.family) OPERATOR(public.%) upper(pair.word)
            ORDER BY public.similarity(upper(n.family), upper(pair.word)) DESC LIMIT each_way);
    END LOOP;
    RETURN found;
END $$;

CREATE TYPE guard.found_person AS (person_id uuid, rank real, reason text);

-- Candidates put to the access test and scored: reason is a list of codes, the best first. Somebody found by number,
-- or by name and birth together, leaves out those found by the name alone.
CREATE FUNCTION guard.search_scored_v1(
    candidates uuid[], numbers text[], schemes text[], givens text[], families text[], words text[], born date[],
    born_swapped date[], born_from date, born_until date
) RETURNS SETOF guard.found_person
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    whole boolean := guard.whole_service('index');
    mine uuid[] := guard.people('index');
    closed uuid[] := guard.conflicts();
    asked_name boolean := cardinality(givens) + cardinality(words) > 0;
BEGIN
    RETURN QUERY
    WITH allowed AS (
        SELECT p.id, p.born_on FROM public.people_person p
        WHERE p.id = ANY (candidates) AND p.id <> ALL (closed)
          AND ((whole AND NOT p.restricted) OR p.id = ANY (mine))
    ), numbered AS (
        SELECT DISTINCT i.person_id AS id FROM public.people_identifier i
        WHERE cardinality(numbers) > 0 AND i.person_id = ANY (candidates)
          AND i.scheme = ANY (schemes) AND i.value = ANY (numbers)
    ), likeness AS (
        SELECT n.person_id AS id,
               CASE WHEN upper(n.family) = upper(w.family) AND upper(n.given) = upper(w.given) THEN 1.0
                    WHEN least(s.family, s.given) < 0.2 THEN 0 ELSE (s.family + s.given) / 2.1 END AS alike,
               greatest(s.family, s.given) AS part,
               n.family_sound <> '' AND n.family_sound = left(public.dmetaphone(w.family), 12)
                   AND n.given_sound = left(public.dmetaphone(split_part(w.given, ' ', 1)), 12) AS sounds
        FROM public.people_name n CROSS JOIN unnest(givens, families) w(given, family)
        CROSS JOIN LATERAL (SELECT
            public.similarity(upper(n.family), upper(w.family)) AS family,
            public.similarity(upper(split_part(n.given, ' ', 1)), upper(split_part(w.given, ' ', 1))) AS given) s
        WHERE n.person_id = ANY (candidates)
        UNION ALL
        SELECT n.person_id,
               CASE WHEN upper(w.word) IN (upper(n.family), upper(n.given)) THEN 1.0
                    WHEN upper(split_part(n.given, ' ', 1)) = upper(w.word) THEN 0.95
                    ELSE greatest(public.similarity(upper(n.family), upper(w.word)),
                                  public.similarity(upper(split_part(n.given, ' ', 1)), upper(w.word))) / 1.1 END,
               0,
               left(public.dmetaphone(w.word), 12) <> ''
                   AND left(public.dmetaphone(w.word), 12) IN (n.family_sound, n.given_sound)
        FROM public.people_name n CROSS JOIN unnest(words) w(word)
        WHERE n.person_id = ANY (candidates)
    ), named AS (
        SELECT l.id, max(l.alike) AS alike, max(l.part) AS part, bool_or(l.sounds) AS sounds FROM likeness l GROUP BY l.id
    ), scored AS (
        SELECT a.id, k.id IS NOT NULL AS by_number,
               coalesce(a.born_on = ANY (born), false)
                   OR coalesce(a.born_on >= born_from AND a.born_on < born_until, false) AS by_birth,
               coalesce(a.born_on = ANY (born_swapped), false) AS by_swapped,
               coalesce(m.alike, 0)::real AS alike, coalesce(m.sounds, false) AS sounds,
               coalesce(m.sounds OR m.alike >= 0.25, false) AS by_name, coalesce(m.part >= 0.6, false) AS by_part
        FROM allowed a LEFT JOIN numbered k ON k.id = a.id LEFT JOIN named m ON m.id = a.id
    ), kept AS (
        SELECT s.*, bool_or(s.by_number OR (s.by_birth AND s.by_name)) OVER () AS any_sure FROM scored s
        WHERE s.by_number OR (asked_name AND s.by_name)
           OR ((NOT asked_name OR s.by_part) AND (s.by_birth OR s.by_swapped))
    )
    SELECT k.id,
           (CASE WHEN k.by_number THEN 100 ELSE 0 END + CASE WHEN k.by_birth THEN 40 WHEN k.by_swapped THEN 20 ELSE 0 END
            + 50 * k.alike + CASE WHEN k.sounds THEN 10 ELSE 0 END)::real,
           concat_ws(' ',
               CASE WHEN k.by_number THEN 'number' END,
               CASE WHEN k.by_name AND k.alike >= 0.95 THEN 'name' WHEN k.by_name AND k.sounds THEN 'sound'
                    WHEN k.by_name THEN 'likeness' WHEN k.by_part THEN 'part' END,
               CASE WHEN k.by_birth THEN 'birth' WHEN k.by_swapped THEN 'birth-swapped' END)
    FROM kept k
    WHERE NOT k.any_sure OR k.by_number OR k.by_birth OR (k.by_name AND k.by_swapped)
    ORDER BY 2 DESC, k.id LIMIT 51;
END $$;

-- The search itself. Somebody without whole-service reach is matched against the people they may see and nobody else,
-- so that neither the answer nor the time it takes tells of anybody beyond. `born_from` and `born_until` [from, until)
-- narrow a birth known only to its month or year. Fifty-one at most: one more than a page shows.
CREATE FUNCTION guard.search_people_v1(
    numbers text[], schemes text[], givens text[], families text[], words text[], born date[], born_swapped date[],
    born_from date, born_until date
) RETURNS SETOF guard.found_person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    whole boolean := guard.whole_service('index');
    mine uuid[] := guard.people('index');
    candidates uuid[] := mine;
    terms text[] := numbers || givens || families || words || born::text[] || born_from::text;
    matches guard.found_person[];
    word text;
BEGIN
    IF NOT guard.may('search') THEN
        RAISE EXCEPTION 'This role does not search for people.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'search_needs_the_capability';
    END IF;
    IF whole THEN
        candidates := mine || guard.search_candidates_v1(numbers, schemes, givens, families, words, born || born_swapped);
        FOREACH word IN ARRAY words LOOP
            candidates := candidates || guard.search_by_word_v1(word);
        END LOOP;
    END IF;
    matches := ARRAY(SELECT m FROM guard.search_scored_v1(candidates, numbers, schemes, givens, families, words, born,
                                                          born_swapped, born_from, born_until) m);
    IF whole AND cardinality(matches) < 3 AND cardinality(givens) + cardinality(words) > 0 THEN
        candidates := candidates || guard.search_by_likeness_v1(givens, families, words);
        matches := ARRAY(SELECT m FROM guard.search_scored_v1(candidates, numbers, schemes, givens, families, words,
                                                              born, born_swapped, born_from, born_until) m);
    END IF;
    PERFORM guard.record_event_v1('searched', NULL, 'people_person', NULL, jsonb_build_object(
        'terms', (SELECT coalesce(jsonb_agg(guard.term_digest_v1(t)), '[]') FROM unnest(terms) t WHERE t IS NOT NULL),
        'kinds', to_jsonb(array_remove(ARRAY[
            CASE WHEN cardinality(numbers) > 0 THEN 'number' END,
            CASE WHEN cardinality(givens) + cardinality(words) > 0 THEN 'name' END,
            CASE WHEN cardinality(born) > 0 OR born_from IS NOT NULL THEN 'birth' END], NULL)),
        'found', cardinality(matches)));
    RETURN QUERY SELECT * FROM unnest(matches);
END $$;

-- How far the actor's reach goes to one person, and by what relationship: the most particular one they have.
CREATE FUNCTION guard.reach_v1(person uuid) RETURNS TABLE (level smallint, relationship text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ctx guard.context := guard.context_v1();
    open_to_all boolean;
BEGIN
    level := CASE WHEN person = ANY (guard.people('full')) THEN 3
                  WHEN person = ANY (guard.people('summary')) THEN 2
                  WHEN person = ANY (guard.people('index')) THEN 1 ELSE 0 END;
    SELECT NOT p.restricted INTO open_to_all FROM public.people_person p WHERE p.id = person;
    SELECT g.relationship INTO relationship FROM public.security_grant g
    WHERE g.person_id = person AND (g.actor_id = (ctx).actor OR g.team_id = ANY (guard.teams()))
      AND g.purpose = (ctx).purpose AND g.level >= reach_v1.level AND g.from_at <= statement_timestamp()
      AND (g.until_at IS NULL OR g.until_at > statement_timestamp())
      AND NOT guard.closed_to_v1((ctx).actor, person, g.relationship)
    ORDER BY g.actor_id IS NULL, g.relationship = 'emergency access', g.from_at LIMIT 1;
    relationship := coalesce(relationship, CASE WHEN level > 0 THEN 'family' ELSE '' END);
    IF open_to_all AND level < 3 AND guard.whole_service('index') THEN
        IF guard.whole_service('full') THEN
            level := 3; relationship := 'whole service';
        ELSIF level < 2 AND guard.whole_service('summary') THEN
            level := 2; relationship := 'whole service';
        ELSIF level < 1 THEN
            level := 1; relationship := 'whole service';
        END IF;
    END IF;
    IF person = ANY (guard.conflicts()) THEN
        level := 0; relationship := '';
    END IF;
    RETURN NEXT;
END $$;

-- Whom to ask: the teams that hold a case now, for people the actor may see to the index. The allocation itself is
-- seen only at summary, since who works with a child, and why, tells more than where to ask.
CREATE FUNCTION guard.teams_holding_v1(people uuid[]) RETURNS TABLE (person_id uuid, team text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT DISTINCT p.id, t.name::text
    FROM public.people_person p
    JOIN public.case_allocation a ON a.person_id = p.id AND a.team_id IS NOT NULL
     AND a.from_at <= statement_timestamp() AND (a.until_at IS NULL OR a.until_at > statement_timestamp())
    JOIN public.council_team t ON t.id = a.team_id
    WHERE p.id = ANY (people) AND p.id <> ALL ((SELECT guard.conflicts())::uuid[])
      AND (((SELECT guard.whole_service('index')) AND NOT p.restricted)
           OR p.id = ANY ((SELECT guard.people('index'))::uuid[]))
    ORDER BY 2 $$;

REVOKE EXECUTE ON FUNCTION guard.term_digest_v1, guard.search_candidates_v1, guard.search_by_word_v1,
    guard.search_by_likeness_v1, guard.search_scored_v1, guard.search_people_v1, guard.reach_v1,
    guard.teams_holding_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.search_people_v1, guard.reach_v1, guard.teams_holding_v1 TO wenlock_app;

RESET ROLE;
