-- What the children in need census reads, as the returns role. Each query is named; `first` and `last` are the first and
-- last day of the census, `year` the year it ends in, `people` the children now wanted.
--
-- `by_rule` says whether the rules of the census select the row. A row that came in with a census of the same year stays
-- part of it whatever its dates: the caller keeps those whose key is in `kept`.

-- name: children
-- Every child with an episode by rule, or told of by a census of the year, in an order that does not change.
SELECT p.id, n.value AS child_id, p.born_on, p.expected_on, p.died_on, p.sex
FROM people_person p
LEFT JOIN LATERAL (
    SELECT i.value, i.position FROM people_identifier i
    WHERE i.person_id = p.id AND i.scheme = 'LA-child-id' AND (i.until_on IS NULL OR i.until_on > %(last)s)
    ORDER BY i.position, i.id LIMIT 1
) n ON true
LEFT JOIN LATERAL (
    SELECT min(c.position) AS place FROM returns_importedchild c JOIN returns_importbatch b ON b.id = c.batch_id
    WHERE c.person_id = p.id AND %(year)s = ANY (b.years)
) f ON true
WHERE f.place IS NOT NULL OR EXISTS (
    SELECT 1 FROM child_in_need_episode e
    WHERE e.person_id = p.id AND e.referred_on <= %(last)s AND (e.closed_on IS NULL OR e.closed_on >= %(first)s)
      AND (e.no_further_action IS NOT TRUE OR e.closed_on IS NOT NULL OR e.referred_on >= %(first)s)
)
ORDER BY n.value COLLATE "C" NULLS LAST, n.position, f.place, p.id

-- name: kept
-- The rows that came in with a census of the year, and those of them that go back just as they came.
SELECT c.person_id, c.rows, c.as_given
FROM returns_importedchild c JOIN returns_importbatch b ON b.id = c.batch_id
WHERE c.person_id = ANY (%(people)s) AND %(year)s = ANY (b.years)

-- name: identifiers
SELECT i.person_id, i.scheme, i.value FROM people_identifier i
WHERE i.person_id = ANY (%(people)s) AND i.scheme IN ('UPN', 'former-UPN')
  AND (i.until_on IS NULL OR i.until_on > %(last)s)
ORDER BY i.person_id, i.position, i.id

-- name: absences
SELECT a.person_id, a.reason FROM people_identifierabsence a
WHERE a.person_id = ANY (%(people)s) AND a.scheme = 'UPN'

-- name: ethnicities
SELECT e.person_id, e.code FROM people_ethnicity e WHERE e.person_id = ANY (%(people)s)

-- name: disabilities
-- All that affected the child at any time in the year.
SELECT d.person_id, d.code FROM people_disability d
WHERE d.person_id = ANY (%(people)s) AND (d.from_on IS NULL OR d.from_on <= %(last)s)
  AND (d.until_on IS NULL OR d.until_on >= %(first)s)
ORDER BY d.person_id, d.position, d.id

-- name: episodes
-- Referred by the last day, and closed inside the year or still open. A referral that led nowhere and was never closed
-- belongs to the year it was made in (rules 8569Q, 8600, 8620).
SELECT e.id, e.person_id, e.referred_on, e.referral_source, e.primary_need, e.closed_on, e.closure_reason,
       e.no_further_action,
       (e.referred_on <= %(last)s AND (e.closed_on IS NULL OR e.closed_on >= %(first)s)
        AND (e.no_further_action IS NOT TRUE OR e.closed_on IS NOT NULL OR e.referred_on >= %(first)s)) IS TRUE AS by_rule
FROM child_in_need_episode e
WHERE e.person_id = ANY (%(people)s)
ORDER BY e.person_id, e.position, e.referred_on, e.id

-- name: assessments
-- Authorised inside the year, or unfinished and begun inside it (rules 8696, 8736).
SELECT a.id, a.episode_id, a.began_on, a.internal_review_on, a.authorised_on, a.factors_asked,
       (a.authorised_on BETWEEN %(first)s AND %(last)s
        OR (a.authorised_on IS NULL OR a.authorised_on > %(last)s) AND a.began_on BETWEEN %(first)s AND %(last)s) IS TRUE
       AS by_rule
FROM child_in_need_assessment a
WHERE a.person_id = ANY (%(people)s)
ORDER BY a.episode_id, a.position, a.began_on, a.id

-- name: factors
SELECT f.assessment_id, f.code FROM child_in_need_assessmentfactor f
WHERE f.person_id = ANY (%(people)s)
ORDER BY f.assessment_id, f.position, f.id

-- name: plans
-- Ended inside the year or still open (rules 4010, 4013).
SELECT p.id, p.episode_id, p.began_on, p.ended_on,
       (p.began_on <= %(last)s AND (p.ended_on IS NULL OR p.ended_on >= %(first)s)) IS TRUE AS by_rule
FROM child_in_need_plan p
WHERE p.person_id = ANY (%(people)s)
ORDER BY p.episode_id, p.position, p.began_on, p.id

-- name: enquiries
-- Conference held inside the year, or none held and begun inside it (rules 8715, 8740).
SELECT q.id, q.episode_id, q.began_on, q.conference_target_on, q.conference_not_required, c.id AS conference_id, c.held_on,
       (c.held_on BETWEEN %(first)s AND %(last)s
        OR (c.held_on IS NULL OR c.held_on > %(last)s) AND q.began_on BETWEEN %(first)s AND %(last)s) IS TRUE AS by_rule
FROM protection_section47enquiry q
LEFT JOIN protection_initialconference c ON c.enquiry_id = q.id
WHERE q.person_id = ANY (%(people)s)
ORDER BY q.episode_id, q.position, q.began_on, q.id

-- name: conferences
-- Those that followed no enquiry here; an enquiry's own stands with it and nowhere else (rules 2884, 2885).
SELECT c.id, c.episode_id, c.held_on, (c.held_on BETWEEN %(first)s AND %(last)s) IS TRUE AS by_rule
FROM protection_initialconference c
WHERE c.person_id = ANY (%(people)s) AND c.enquiry_id IS NULL
ORDER BY c.episode_id, c.held_on, c.position, c.id

-- name: protection_plans
-- Ended inside the year or still open (rule 8930). `from_a_file`: the file's two categories stand as it gave them.
SELECT p.id, p.episode_id, p.began_on, p.ended_on, p.previous_plans,
       EXISTS (SELECT 1 FROM returns_importbatch b WHERE b.provenance_id = p.provenance_id) AS from_a_file,
       (p.began_on <= %(last)s AND (p.ended_on IS NULL OR p.ended_on >= %(first)s)) IS TRUE AS by_rule
FROM protection_protectionplan p
WHERE p.person_id = ANY (%(people)s)
ORDER BY p.episode_id, p.position, p.began_on, p.id

-- name: categories
SELECT c.plan_id, c.code, c.position FROM protection_plancategory c
WHERE c.person_id = ANY (%(people)s)
ORDER BY c.plan_id, c.position, c.id

-- name: reviews
-- Every review of a plan that is sent, up to the last day (rule 8841; whether earlier years' are wanted is unverified: U).
SELECT r.id, r.plan_id, r.held_on, (r.held_on <= %(last)s) IS TRUE AS by_rule
FROM protection_reviewconference r
WHERE r.person_id = ANY (%(people)s)
ORDER BY r.plan_id, r.position, r.held_on, r.id
