-- Finding people, and saying how far somebody's reach goes. Overlap of arrays is not leakproof, so under row security
-- it runs after the policy and loses its index: this function takes candidates by index as the guard, and
-- then applies the same access test as people_person's policy. It is the one place where searches are logged.

SET LOCAL ROLE wenlock_guard;

-- A search term is a name or a number, so the log holds a keyed digest of it: equal terms can be counted, and nobody
-- without the key can try names against it.
CREATE FUNCTION guard.term_digest_v1(term text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT encode(sha256(k.key || sha256(k.key || convert_to('search-term|' || upper(btrim(term)), 'UTF8'))), 'hex')
    FROM guard.context_key k WHERE k.id = 1 $$;

-- One way to take the name typed, with the keys by which its likenesses are recorded (`guard.name_keys_v1`).
CREATE TYPE guard.reading AS (
    given text, family text, turned boolean, forms text[], halves text[],
    given_keys text[], given_near text[], given_sounds text[], given_swaps text[],
    family_keys text[], family_near text[], family_sounds text[], family_swaps text[], given_initial text[],
    family_ends text[]
);

-- The words that two letters changed over may have been meant as: AHSDOWN is ASHDOWN.
CREATE FUNCTION guard.swaps_v1(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY(SELECT left(word, at - 1) || substr(word, at + 1, 1) || substr(word, at, 1) || substr(word, at + 2)
                 FROM generate_series(1, least(length(word), 24) - 1) at) $$;

CREATE FUNCTION guard.readings_v1(givens text[], families text[], turned boolean[], form_of text[], forms text[])
RETURNS guard.reading[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(ROW(
        w.given, m.parts[1], w.turned, f.forms, m.parts,
        ARRAY['g' || w.given] || f.keys,
        s.given || f.keys || ARRAY['g' || w.given] || ARRAY(SELECT 'e' || near FROM unnest(guard.near_v1(w.given)) near),
        s.given, guard.swaps_v1(w.given),
        ARRAY(SELECT 'f' || part FROM unnest(m.parts) part),
        s.family || ARRAY(SELECT 'f' || part FROM unnest(m.parts) part) || ARRAY(SELECT 'd' || near FROM unnest(m.parts) part, unnest(guard.near_v1(part)) near),
        s.family, guard.swaps_v1(m.parts[1]), ARRAY['i' || left(w.given, 1)],
        ARRAY['h' || left(m.parts[1], 3), 'h-' || right(m.parts[1], 3)]
    )::guard.reading ORDER BY w.place), '{}')
    FROM unnest(givens, families, turned) WITH ORDINALITY w(given, family, turned, place)
    CROSS JOIN LATERAL (SELECT coalesce(nullif(guard.family_parts_v1(w.family), '{}'), ARRAY['']) AS parts) m
    CROSS JOIN LATERAL (SELECT
        array_remove(ARRAY['t' || public.dmetaphone(w.given), 't' || public.dmetaphone_alt(w.given)], 't') AS given,
        ARRAY(SELECT 's' || sound FROM unnest(m.parts) part, unnest(ARRAY[public.dmetaphone(part), public.dmetaphone_alt(part)]) sound
              WHERE sound <> '') AS family) s
    CROSS JOIN LATERAL (SELECT coalesce(array_agg(x.form), '{}') AS forms, coalesce(array_agg('g' || x.form), '{}') AS keys
                        FROM unnest(form_of, forms) x(given, form) WHERE x.given = w.given) f $$;

-- The readings that take the name the same way about, as one, for looking in the index once.
CREATE FUNCTION guard.together_v1(readings guard.reading[]) RETURNS SETOF guard.reading
LANGUAGE sql STABLE AS $$
    SELECT max(r.given), max(r.family), r.turned, NULL::text[], NULL::text[],
           array_agg(DISTINCT k.key) FILTER (WHERE k.of = 1), array_agg(DISTINCT k.key) FILTER (WHERE k.of = 2), NULL::text[],
           NULL::text[], array_agg(DISTINCT k.key) FILTER (WHERE k.of = 3),
           array_agg(DISTINCT k.key) FILTER (WHERE k.of = 4), NULL::text[], NULL::text[],
           array_agg(DISTINCT k.key) FILTER (WHERE k.of = 5), array_agg(DISTINCT k.key) FILTER (WHERE k.of = 6)
    FROM unnest(readings) r CROSS JOIN LATERAL (
        SELECT 1 AS of, unnest(r.given_keys) AS key UNION ALL SELECT 2, unnest(r.given_near)
        UNION ALL SELECT 3, unnest(r.family_keys) UNION ALL SELECT 4, unnest(r.family_near)
        UNION ALL SELECT 5, unnest(r.given_initial) UNION ALL SELECT 6, unnest(r.family_ends)) k
    GROUP BY r.turned, r.given = '', r.family = '' $$;

-- People by number and by birth. A birth is looked for a day, a month and a year either side, and turned about; beside
-- a name, only of people with a name that begins like one typed, since half of it at least must answer.
CREATE FUNCTION guard.search_by_fact_v1(numbers text[], starts text[], words text[], born date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    each_way integer := 500;
    initials text[] := ARRAY(SELECT DISTINCT left(word, 1) FROM unnest(words) word);
    days date[] := CASE WHEN born IS NOT NULL THEN ARRAY[born, born - 1, born + 1, (born - interval '1 month')::date,
        (born + interval '1 month')::date, (born - interval '1 year')::date, (born + interval '1 year')::date,
        CASE WHEN extract(day FROM born) <= 12
             THEN make_date(extract(year FROM born)::int, extract(day FROM born)::int, extract(month FROM born)::int) END] END;
    found uuid[];
BEGIN
    SELECT array_agg(DISTINCT c.id) INTO found FROM (
        (SELECT i.person_id AS id FROM public.people_identifier i
         WHERE upper(regexp_replace(i.value, '[^A-Za-z0-9]', '', 'g')) = ANY (numbers) LIMIT each_way)
        UNION ALL
        -- '~' comes after every letter and figure: what lies between begins alike.
        (SELECT i.person_id FROM unnest(starts) start CROSS JOIN LATERAL (
             SELECT j.person_id FROM public.people_identifier j
             WHERE upper(regexp_replace(j.value, '[^A-Za-z0-9]', '', 'g')) OPERATOR(pg_catalog.~>=~) start
               AND upper(regexp_replace(j.value, '[^A-Za-z0-9]', '', 'g')) OPERATOR(pg_catalog.~<~) (start || '~')
             LIMIT 60) i)
        UNION ALL
        (SELECT p.id FROM unnest(days) day CROSS JOIN LATERAL (
             SELECT q.id FROM public.people_person q WHERE q.born_on = day LIMIT each_way) p
         WHERE cardinality(words) = 0)
        UNION ALL
        (SELECT p.person_id FROM unnest(days) day CROSS JOIN LATERAL (
             SELECT k.person_id FROM public.people_findable k WHERE k.born_on = day
               AND (left(k.given[1], 1) = ANY (initials) OR left(k.family[1], 1) = ANY (initials)
                    OR left(k.family[2], 1) = ANY (initials) OR left(k.family[3], 1) = ANY (initials)) LIMIT each_way) p
         WHERE cardinality(words) > 0)
    ) c;
    RETURN coalesce(found, '{}');
END $$;

-- People of a name as recorded, in another form, or by half.
CREATE FUNCTION guard.search_by_name_v1(reading guard.reading, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    g text[] := (reading).given_keys;
    f text[] := (reading).family_keys;
BEGIN
    IF (reading).family = '' THEN
        RETURN ARRAY(SELECT k.person_id FROM public.people_findable k WHERE k.keys && g LIMIT most);
    ELSIF (reading).given = '' THEN
        RETURN ARRAY(SELECT k.person_id FROM public.people_findable k WHERE k.keys && f LIMIT most);
    END IF;
    RETURN ARRAY(SELECT k.person_id FROM public.people_findable k WHERE k.keys && f AND k.keys && g LIMIT most);
END $$;

-- People of any name like it: both halves alike, or one as typed and the other beginning or ending alike. `narrowed` is
-- the key of a year or a postcode, "" for none.
CREATE FUNCTION guard.search_by_likeness_v1(reading guard.reading, narrowed text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    g text[] := (reading).given_near;
    f text[] := (reading).family_near;
    ends text[] := (reading).family_ends;
    initial text[] := (reading).given_initial;
BEGIN
    IF (reading).family = '' OR (reading).given = '' THEN
        IF (reading).family = '' THEN f := g; ELSE f := f || ends; END IF;
        IF narrowed <> '' THEN
            RETURN ARRAY(SELECT k.person_id FROM public.people_findable k
                         WHERE k.keys @> ARRAY[narrowed] AND k.keys && f LIMIT 500);
        END IF;
        RETURN ARRAY(SELECT k.person_id FROM public.people_findable k WHERE k.keys && f LIMIT 300);
    ELSIF narrowed <> '' THEN
        RETURN ARRAY(SELECT k.person_id FROM public.people_findable k
                     WHERE k.keys @> ARRAY[narrowed] AND k.keys && f AND k.keys && g LIMIT 300)
            || ARRAY(SELECT k.person_id FROM public.people_findable k
                     WHERE k.keys @> ARRAY[narrowed] AND k.keys && ends AND k.keys && (reading).given_keys LIMIT 200)
            || ARRAY(SELECT k.person_id FROM public.people_findable k
                     WHERE k.keys @> ARRAY[narrowed] AND k.keys && (reading).family_keys LIMIT 200);
    END IF;
    RETURN ARRAY(SELECT k.person_id FROM public.people_findable k WHERE k.keys && f AND k.keys && g LIMIT 300)
        || ARRAY(SELECT k.person_id FROM public.people_findable k
                 WHERE k.keys && ends AND k.keys && (reading).given_keys LIMIT 150)
        || ARRAY(SELECT k.person_id FROM public.people_findable k
                 WHERE k.keys && (reading).family_keys AND k.keys && initial LIMIT 150);
END $$;

-- How well a recorded name answers the one typed, each half with its grade (NULL where it was not typed, 0 for no
-- likeness at all) and the code of what is like about it.
CREATE TYPE guard.answer AS (family_grade real, family_by text, given_grade real, given_by text);

CREATE FUNCTION guard.answers_v1(reading guard.reading, given text[], family text[], keys text[]) RETURNS guard.answer
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    a guard.answer;
    typed text := (reading).family;
    apart integer;
    sounds boolean;
BEGIN
    IF typed = '' THEN
        NULL;  -- not typed: no grade
    ELSIF typed = family[1] THEN
        a.family_grade := 8; a.family_by := 'name';
    ELSIF family && (reading).halves THEN
        a.family_grade := 6.5; a.family_by := 'half';
    ELSE
        apart := least(public.levenshtein_less_equal(typed, family[1], 3),
                       public.levenshtein_less_equal(typed, family[2], 3),
                       public.levenshtein_less_equal(typed, family[3], 3));
        sounds := keys && (reading).family_sounds AND apart <= greatest(2, length(typed) / 2);
        a.family_grade := CASE WHEN sounds AND apart <= 2 THEN 6 WHEN family && (reading).family_swaps THEN 6
            WHEN apart = 1 AND length(typed) > 2 THEN 5.8 WHEN sounds THEN 5 WHEN apart = 2 AND length(typed) > 4 THEN 4.5
            WHEN length(typed) > 2 AND starts_with(family[1], typed) THEN 4
            WHEN apart = 3 AND length(typed) > 7 THEN 3 ELSE 0 END;
        a.family_by := CASE WHEN a.family_grade = 0 THEN '' WHEN family && (reading).family_swaps THEN 'letters' WHEN sounds THEN 'sound'
            WHEN a.family_grade = 4 THEN 'start' ELSE 'likeness' END;
    END IF;
    typed := (reading).given;
    IF typed = '' THEN
        NULL;
    ELSIF typed = given[1] THEN
        a.given_grade := 6; a.given_by := 'name';
    ELSIF typed = ANY (given) THEN
        a.given_grade := 5; a.given_by := 'name';
    ELSIF given && (reading).forms THEN
        a.given_grade := 5; a.given_by := 'form';
    ELSIF a.family_grade = 0 THEN
        a.given_grade := 0; a.given_by := '';  -- beside another family name a likeness is nothing
    ELSE
        apart := least(public.levenshtein_less_equal(typed, given[1], 3),
                       public.levenshtein_less_equal(typed, given[2], 3),
                       public.levenshtein_less_equal(typed, given[3], 3));
        sounds := keys && (reading).given_sounds AND apart <= greatest(2, length(typed) / 2);
        a.given_grade := CASE WHEN sounds AND apart <= 2 THEN 4.5 WHEN given && (reading).given_swaps THEN 4.5
            WHEN apart = 1 AND length(typed) > 2 THEN 4.2 WHEN length(typed) > 2 AND starts_with(given[1], typed) THEN 4
            WHEN sounds THEN 3.5 WHEN apart = 2 AND length(typed) > 4 THEN 3.2
            WHEN length(typed) = 1 AND left(given[1], 1) = typed THEN 2 ELSE 0 END;
        a.given_by := CASE WHEN a.given_grade = 0 THEN '' WHEN given && (reading).given_swaps THEN 'letters' WHEN sounds THEN 'sound'
            WHEN a.given_grade = 4 THEN 'start' WHEN a.given_grade = 2 THEN 'initial' ELSE 'likeness' END;
    END IF;
    RETURN a;
END $$;

-- What a birth is worth beside the one typed, and its code: 12 for the day itself, less the further off, below 0 for no
-- likeness. [since, until) is a birth known only to its month or year.
CREATE FUNCTION guard.birth_worth_v1(is_on date, born date, since date, until date, OUT worth real, OUT likeness text)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    same_day boolean := extract(day FROM is_on) = extract(day FROM born);
    later integer := 12 * (extract(year FROM is_on) - extract(year FROM born))
                     + extract(month FROM is_on) - extract(month FROM born);
BEGIN
    worth := 0; likeness := '';
    IF is_on IS NULL OR (born IS NULL AND since IS NULL) THEN
        RETURN;
    ELSIF since IS NOT NULL THEN
        worth := CASE WHEN is_on < since - 366 OR is_on >= until + 366 THEN -4 WHEN is_on < since OR is_on >= until THEN 1
                      WHEN until - since < 32 THEN 7 ELSE 5 END;
        likeness := CASE worth WHEN -4 THEN '' WHEN 1 THEN 'birth-near' ELSE 'birth' END;
    ELSIF is_on = born THEN
        worth := 12; likeness := 'birth';
    ELSIF extract(year FROM is_on) = extract(year FROM born) AND extract(day FROM is_on) = extract(month FROM born)
          AND extract(month FROM is_on) = extract(day FROM born) THEN
        worth := 9; likeness := 'birth-swapped';
    ELSIF abs(is_on - born) = 1 THEN
        worth := 8.5; likeness := CASE WHEN is_on > born THEN 'birth-day-later' ELSE 'birth-day-earlier' END;
    ELSIF same_day AND abs(later) IN (1, 12) THEN
        worth := 8;
        likeness := CASE later WHEN 1 THEN 'birth-month-later' WHEN -1 THEN 'birth-month-earlier'
                               WHEN 12 THEN 'birth-year-later' ELSE 'birth-year-earlier' END;
    ELSIF later = 0 THEN
        worth := 5; likeness := 'birth-same-month';
    ELSIF extract(year FROM is_on) = extract(year FROM born) THEN
        worth := CASE WHEN same_day THEN 5 ELSE 2 END;
        likeness := CASE WHEN same_day THEN 'birth-other-month' ELSE 'birth-same-year' END;
    ELSIF same_day AND later % 12 = 0 THEN
        worth := 4; likeness := 'birth-other-year';
    ELSE
        worth := -4;
    END IF;
END $$;

CREATE TYPE guard.found_person AS (person_id uuid, rank real, reason text, given text, family text, sure boolean);

-- Candidates put to the access test and scored: `reason` is a list of codes, and `given` and `family` the recorded name
-- that answered. Somebody found by number, or by name and birth together, leaves out those found by the name alone.
-- A postcode counts only where the actor may see where somebody lives, and never that of a protected address.
CREATE FUNCTION guard.search_scored_v1(
    candidates uuid[], numbers text[], starts text[], readings guard.reading[], words text[], postcodes text[], born date,
    born_from date, born_until date
) RETURNS SETOF guard.found_person
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whole boolean := guard.whole_service('index');
    mine uuid[] := guard.people('index');
    homes boolean := guard.whole_service('summary');
    my_homes uuid[] := guard.people('summary');
    closed uuid[] := guard.conflicts();
    asked_name boolean := cardinality(readings) > 0;
BEGIN
    RETURN QUERY
    WITH allowed AS MATERIALIZED (
        SELECT p.id, p.born_on, b.worth AS birth, b.likeness AS birth_by
        FROM (SELECT DISTINCT unnest(candidates) AS id) c JOIN public.people_person p ON p.id = c.id
        CROSS JOIN LATERAL guard.birth_worth_v1(p.born_on, born, born_from, born_until) b
        WHERE p.merged_into_id IS NULL AND p.id <> ALL (closed) AND ((whole AND NOT p.restricted) OR p.id = ANY (mine))
    ), numbered AS (
        SELECT a.id, max(CASE WHEN n.number = ANY (numbers) THEN 100 ELSE 40 END) AS worth
        FROM allowed a JOIN public.people_identifier i ON i.person_id = a.id
        CROSS JOIN LATERAL (SELECT upper(regexp_replace(i.value, '[^A-Za-z0-9]', '', 'g')) AS number) n
        WHERE cardinality(numbers) > 0
          AND (n.number = ANY (numbers) OR EXISTS (SELECT 1 FROM unnest(starts) s WHERE starts_with(n.number, s)))
        GROUP BY a.id
    ), answered AS (
        SELECT DISTINCT ON (k.person_id) k.person_id AS id, k.name_id, x.family_grade, x.family_by, x.given_grade, x.given_by,
               r.turned, s.worth, s.least, s.most
        FROM allowed a JOIN public.people_findable k ON k.person_id = a.id
        CROSS JOIN unnest(readings) r CROSS JOIN LATERAL guard.answers_v1(r, k.given, k.family, k.keys) x
        CROSS JOIN LATERAL (SELECT
            coalesce(nullif(x.family_grade, 0), CASE x.family_grade WHEN 0 THEN -6 ELSE 0 END)
            + coalesce(nullif(x.given_grade, 0), CASE x.given_grade WHEN 0 THEN -5 ELSE 0 END)
            - CASE WHEN r.turned THEN 0.7 ELSE 0 END
            + 0.6 * (SELECT count(*) FROM unnest(k.given[2:]) other WHERE other = ANY (words) AND other <> r.given)
                AS worth,
            least(x.family_grade, x.given_grade) AS least, greatest(x.family_grade, x.given_grade) AS most) s
        WHERE s.most > 0
        ORDER BY k.person_id, s.worth DESC
    ), named AS (
        SELECT a.*, a.least > 0 AS by_name, a.most >= 4 AS by_part, n.worth AS number FROM (
            SELECT a.id, a.birth, a.birth_by, m.name_id, m.family_by, m.given_by, m.family_grade, m.given_grade, m.turned,
                   coalesce(m.worth, 0) AS worth, coalesce(m.least, 0) AS least, coalesce(m.most, 0) AS most
            FROM allowed a LEFT JOIN answered m ON m.id = a.id) a
        LEFT JOIN numbered n ON n.id = a.id
    ), likely AS (
        SELECT n.*, coalesce(n.number > 40 OR (n.by_name AND n.birth >= 5), false) AS sure FROM named n
        WHERE n.number IS NOT NULL OR (asked_name AND n.by_name) OR ((NOT asked_name OR n.by_part) AND n.birth >= 8)
    ), kept AS (
        SELECT k.*, coalesce((
            SELECT max(CASE form WHEN g.forms[3] THEN 9 WHEN g.forms[2] THEN 7 ELSE 5 END)
            FROM public.people_residence d JOIN public.people_address e ON e.id = d.address_id AND NOT e.confidential
            CROSS JOIN LATERAL (SELECT guard.place_forms_v1(e.postcode) AS forms) g CROSS JOIN unnest(g.forms) form
            WHERE cardinality(postcodes) > 0 AND (homes OR k.id = ANY (my_homes)) AND d.person_id = k.id
              AND form = ANY (postcodes)), 0) AS place
        FROM (SELECT l.*, bool_or(l.sure) OVER () AS any_sure FROM likely l) k
        WHERE NOT k.any_sure OR k.number IS NOT NULL OR k.birth > 0
    ), best AS (
        SELECT k.*, (coalesce(k.number, 0) + k.worth + k.birth + k.place)::real AS rank FROM kept k
        ORDER BY rank DESC, k.id LIMIT 51
    )
    SELECT b.id, b.rank,
           concat_ws(' ',
               CASE WHEN b.number > 40 THEN 'number' WHEN b.number > 0 THEN 'number-start' END,
               CASE WHEN b.by_name THEN concat_ws(' ',
                   CASE WHEN coalesce(b.family_by, 'name') = 'name' AND coalesce(b.given_by, 'name') = 'name' THEN 'name' END,
                   nullif(b.family_by, 'name'), CASE WHEN b.given_by IS DISTINCT FROM b.family_by THEN nullif(b.given_by, 'name') END,
                   CASE WHEN b.turned THEN 'turned' END,
                   CASE WHEN n.kind <> 'legal' THEN 'as-' || n.kind WHEN n.until_on < current_date THEN 'as-former' END)
               WHEN b.by_part THEN 'part' END,
               nullif(b.birth_by, ''), CASE WHEN b.place > 0 THEN 'postcode' END),
           coalesce(n.given, '')::text, coalesce(n.family, '')::text, b.sure OR (b.by_name AND b.place > 0)
    FROM best b LEFT JOIN public.people_name n ON n.id = b.name_id
    ORDER BY b.rank DESC, b.id;
END $$;

-- The search itself. Somebody without whole-service reach is matched against the people they may see and nobody else,
-- so that neither the answer nor the time it takes tells of anybody beyond. `born_from` and `born_until` [from, until)
-- narrow a birth known only to its month or year. Fifty-one at most: one more than a page shows.
CREATE FUNCTION guard.search_people_v1(
    numbers text[], starts text[], givens text[], families text[], turned boolean[], words text[], form_of text[],
    forms text[], postcodes text[], born date, born_from date, born_until date
) RETURNS SETOF guard.found_person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog SET jit = off AS $$
DECLARE
    whole boolean := guard.whole_service('index');
    candidates uuid[] := guard.people('index');
    readings guard.reading[] := guard.readings_v1(givens, families, turned, form_of, forms);
    narrowed text[] := ARRAY(SELECT 'y' || extract(year FROM coalesce(born, born_from))
                             WHERE coalesce(born, born_from) IS NOT NULL);
    together guard.reading[] := ARRAY(SELECT t FROM guard.together_v1(readings) t);
    reading guard.reading;
    narrow text;
    matches guard.found_person[];
BEGIN
    IF NOT guard.may('search') THEN
        RAISE EXCEPTION 'This role does not search for people.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'search_needs_the_capability';
    END IF;
    IF whole THEN
        IF guard.whole_service('summary') THEN
            narrowed := narrowed || ARRAY(SELECT 'p' || postcode FROM unnest(postcodes) postcode);
        END IF;
        candidates := candidates || guard.search_by_fact_v1(numbers, starts, words, born);
        FOREACH reading IN ARRAY together LOOP
            candidates := candidates || guard.search_by_name_v1(reading, CASE WHEN narrowed = '{}' THEN 300 ELSE 60 END);
            FOREACH narrow IN ARRAY narrowed LOOP
                candidates := candidates || guard.search_by_likeness_v1(reading, narrow);
            END LOOP;
        END LOOP;
    END IF;
    matches := ARRAY(SELECT m FROM guard.search_scored_v1(candidates, numbers, starts, readings, words, postcodes, born,
                                                          born_from, born_until) m);
    -- Where nobody answers to the name and to what else was typed, the likeness of the name alone is looked for.
    IF whole AND cardinality(readings) > 0 AND NOT EXISTS (SELECT 1 FROM unnest(matches) m WHERE m.sure) THEN
        FOREACH reading IN ARRAY together LOOP
            candidates := candidates || guard.search_by_likeness_v1(reading, '');
        END LOOP;
        matches := ARRAY(SELECT m FROM guard.search_scored_v1(candidates, numbers, starts, readings, words, postcodes,
                                                              born, born_from, born_until) m);
    END IF;
    PERFORM guard.record_event_v1('searched', NULL, 'people_person', NULL, jsonb_build_object(
        'terms', (SELECT coalesce(jsonb_agg(guard.term_digest_v1(t)), '[]')
                  FROM unnest(numbers || words || postcodes || born::text || born_from::text) t WHERE t IS NOT NULL),
        'kinds', to_jsonb(array_remove(ARRAY[
            CASE WHEN NOT numbers <@ postcodes THEN 'number' END,
            CASE WHEN cardinality(readings) > 0 THEN 'name' END,
            CASE WHEN born IS NOT NULL OR born_from IS NOT NULL THEN 'birth' END,
            CASE WHEN cardinality(postcodes) > 0 THEN 'postcode' END], NULL)),
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

REVOKE EXECUTE ON FUNCTION guard.term_digest_v1, guard.swaps_v1, guard.readings_v1, guard.together_v1, guard.search_by_fact_v1,
    guard.search_by_name_v1, guard.search_by_likeness_v1, guard.answers_v1, guard.birth_worth_v1, guard.search_scored_v1, guard.search_people_v1,
    guard.reach_v1, guard.teams_holding_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.search_people_v1, guard.reach_v1, guard.teams_holding_v1 TO wenlock_app;

RESET ROLE;
