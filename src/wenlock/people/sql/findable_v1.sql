-- What somebody can be found by, however it is typed. Each recorded name is folded (capitals, no marks) and given keys,
-- so that a search for a likeness is a search for equal keys: an index finds two kinds of key together in a
-- millisecond among a million people, where the likeness of letters alone takes a quarter of a second.

SET LOCAL ROLE wenlock_guard;

-- Capitals without accents and apostrophes, one space where there was a space, a hyphen or a stroke.
-- `wenlock.people.folding` does the same to what is typed; a test compares the two.
CREATE FUNCTION guard.folded_v1(written text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(regexp_replace(upper(normalize(
        replace(replace(replace(replace(replace(replace(replace(
            translate(written, 'ŁłØøĐđÐðıĦħŦŧ´`', 'LLOODDDDIHHTT'),
            'ß', 'SS'), 'Æ', 'AE'), 'æ', 'AE'), 'Œ', 'OE'), 'œ', 'OE'), 'Þ', 'TH'), 'þ', 'TH'), NFKD)),
        '[\u0300-\u036f''’‘ʼʹ`´."]', '', 'g'), '[-‐‑‒–—_/,;()\s]+', ' ', 'g')) $$;

-- Of a given name: each word, and the first two as one (ANNE, MARIE, ANNEMARIE). The first word comes first.
CREATE FUNCTION guard.given_parts_v1(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN folded = '' THEN '{}' WHEN strpos(folded, ' ') = 0 THEN ARRAY[folded]
           ELSE string_to_array(folded, ' ') || (split_part(folded, ' ', 1) || split_part(folded, ' ', 2)) END $$;

-- Of a family name: the whole as one word, then each half of it. What stands before a name (van, de, O) is no half.
CREATE FUNCTION guard.family_parts_v1(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN folded = '' THEN '{}' WHEN strpos(folded, ' ') = 0 THEN ARRAY[folded]
           ELSE replace(folded, ' ', '') || ARRAY(
               SELECT half FROM unnest(string_to_array(folded, ' ')) half
               WHERE length(half) > 1 AND half <> ALL (ARRAY['AL', 'AP', 'BIN', 'DA', 'DE', 'DEN', 'DER', 'DI', 'DOS', 'DU',
                   'EL', 'IBN', 'LA', 'LE', 'MAC', 'MC', 'SAINT', 'ST', 'TEN', 'TER', 'VAN', 'VON'])) END $$;

-- The word, and the word less each of its letters: two words a letter apart, or with two letters changed over, share one.
CREATE FUNCTION guard.near_v1(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(word) < 4 THEN ARRAY[word] ELSE word || ARRAY(
        SELECT left(word, at - 1) || substr(word, at + 1) FROM generate_series(1, least(length(word), 24)) at) END $$;

-- f family, s its sound, d family but for a letter, h how it begins and ends; g given, t its sound, e but for a letter,
-- i initial.
CREATE FUNCTION guard.name_keys_v1(given text[], family text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT k.key), '{}') FROM (
        SELECT unnest(ARRAY['f' || f, 's' || public.dmetaphone(f), 's' || public.dmetaphone_alt(f), 'h' || left(f, 3),
                            'h-' || right(f, 3)]) AS key FROM unnest(family) f
        UNION ALL SELECT 'd' || near FROM unnest(family) f, unnest(guard.near_v1(f)) near
        UNION ALL SELECT unnest(ARRAY['g' || g, 't' || public.dmetaphone(g), 't' || public.dmetaphone_alt(g)])
                  FROM unnest(given) g
        UNION ALL SELECT 'e' || near FROM unnest(guard.near_v1(given[1])) near
        UNION ALL SELECT 'i' || left(given[1], 1)
    ) k WHERE length(k.key) > 1 $$;

-- A postcode as far as its district, its sector and in full: SY3, SY38, SY38AB.
CREATE FUNCTION guard.place_forms_v1(postcode text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN postcode = '' THEN '{}' ELSE ARRAY[split_part(postcode, ' ', 1),
        left(replace(postcode, ' ', ''), -2), replace(postcode, ' ', '')] END $$;

-- Keys of every name of these people, anew. The rows they are made of are locked against change until this commits:
-- otherwise a birth corrected, or an address protected, at the same moment would leave a key of what was.
CREATE FUNCTION guard.make_findable_v1(people uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM 1 FROM public.people_person p WHERE p.id = ANY (people) ORDER BY p.id FOR SHARE;
    PERFORM 1 FROM public.people_address a WHERE a.id IN (
        SELECT r.address_id FROM public.people_residence r WHERE r.person_id = ANY (people)) ORDER BY a.id FOR SHARE;
    INSERT INTO public.people_findable AS f (name_id, person_id, born_on, given, family, keys)
    SELECT n.id, n.person_id, p.born_on, g.parts, m.parts,
           guard.name_keys_v1(g.parts, m.parts) || ARRAY(SELECT 'y' || extract(year FROM p.born_on) WHERE p.born_on IS NOT NULL)
           || ARRAY(SELECT DISTINCT 'p' || form FROM public.people_residence r
                    JOIN public.people_address a ON a.id = r.address_id AND NOT a.confidential
                    CROSS JOIN LATERAL unnest(guard.place_forms_v1(a.postcode)) form WHERE r.person_id = p.id)
    FROM public.people_name n JOIN public.people_person p ON p.id = n.person_id
    CROSS JOIN LATERAL (SELECT guard.given_parts_v1(guard.folded_v1(n.given)) AS parts) g
    CROSS JOIN LATERAL (SELECT guard.family_parts_v1(guard.folded_v1(n.family)) AS parts) m
    WHERE n.person_id = ANY (people)
    ON CONFLICT (name_id) DO UPDATE SET (person_id, born_on, given, family, keys)
        = (excluded.person_id, excluded.born_on, excluded.given, excluded.family, excluded.keys)
    WHERE (f.person_id, f.born_on, f.given, f.family, f.keys)
        IS DISTINCT FROM (excluded.person_id, excluded.born_on, excluded.given, excluded.family, excluded.keys);
END $$;

CREATE FUNCTION guard.findable_follows_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM guard.make_findable_v1(array_agg(DISTINCT a.person_id)) FROM added a HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.findable_follows_birth_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM guard.make_findable_v1(array_agg(a.id)) FROM added a JOIN removed r ON r.id = a.id
    WHERE a.born_on IS DISTINCT FROM r.born_on HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION guard.findable_follows_address_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM guard.make_findable_v1(array_agg(DISTINCT s.person_id))
    FROM added a JOIN removed r ON r.id = a.id JOIN public.people_residence s ON s.address_id = a.id
    WHERE (a.postcode, a.confidential) IS DISTINCT FROM (r.postcode, r.confidential) HAVING count(*) > 0;
    RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION guard.folded_v1, guard.given_parts_v1, guard.family_parts_v1, guard.near_v1,
    guard.name_keys_v1, guard.place_forms_v1, guard.make_findable_v1 FROM PUBLIC;

RESET ROLE;
