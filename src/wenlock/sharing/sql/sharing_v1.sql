-- What sharing's own tables do by themselves: a change unverifies, a consent is given by who may give it and withdrawn
-- once, an approval is another's; and what a proposal's items are, as far as whoever acts may see.

SET LOCAL ROLE wenlock_guard;

-- A code the notice in force names as a recipient, and none that was.
CREATE FUNCTION guard.recipient_listed_v1(recipient_code text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT 1 FROM public.notice_recipient r
                   WHERE r.code = recipient_code AND r.version_id = guard.notice_in_force(guard.today())) $$;

-- Whoever writes a place down, or changes it, cannot be who verified it; and a change takes the verification away.
CREATE FUNCTION guard.destination_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'INSERT' AND NOT guard.recipient_listed_v1(new.recipient) THEN
        RAISE EXCEPTION 'The notice in force names no such recipient.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sharing_recipient_is_listed';
    END IF;
    IF tg_op = 'UPDATE' AND old.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'A destination that has ended is kept as it was.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_destination_ended_stays_ended';
    END IF;
    IF tg_op = 'INSERT' OR (new.post, new.route, new.value) IS DISTINCT FROM (old.post, old.route, old.value) THEN
        new.changed_by_id := guard.actor();
        new.changed_at := clock_timestamp();
        new.verified_by_id := NULL;
        new.verified_at := NULL;
        new.verified_how := '';
    ELSIF new.verified_at IS NOT NULL
        AND (new.verified_by_id, new.verified_at) IS DISTINCT FROM (old.verified_by_id, old.verified_at) THEN
        new.verified_by_id := guard.actor();
        new.verified_at := clock_timestamp();
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.agreement_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'INSERT' AND NOT guard.recipient_listed_v1(new.recipient) THEN
        RAISE EXCEPTION 'The notice in force names no such recipient.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sharing_recipient_is_listed';
    END IF;
    IF tg_op = 'UPDATE' AND (old.ended_on IS NOT NULL OR new.ended_on IS NULL
                             OR to_jsonb(new) - 'ended_on' <> to_jsonb(old) - 'ended_on') THEN
        RAISE EXCEPTION 'An agreement is kept as it was made. It can only be ended, once.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_agreement_only_ends';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.age_v1(born date, on_day date) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT extract(year FROM age(on_day, born))::integer $$;

-- Whether somebody may consent for a person on a day: from 16 only they themself; below it they themself if somebody
-- has said why they are able to, or one who has parental responsibility, unless the child has since been found able to
-- decide the same matter. Nobody's age unknown is taken for 16.
CREATE FUNCTION guard.may_consent_v1(
    about uuid, giver uuid, capacity text, recipient_code text, body_named text, purpose_code text, on_day date
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT CASE capacity
        WHEN 'own' THEN giver = about AND guard.age_v1(p.born_on, on_day) >= 16
        WHEN 'competent' THEN giver = about
        WHEN 'responsible' THEN coalesce(guard.age_v1(p.born_on, on_day) < 16, true)
            AND EXISTS (SELECT 1 FROM public.people_relationship r
                        WHERE r.person_id = about AND r.other_id = giver AND r.parental_responsibility
                          AND r.retracted_at IS NULL AND (r.until_on IS NULL OR r.until_on > on_day))
            AND NOT EXISTS (SELECT 1 FROM public.sharing_consent c
                            WHERE c.person_id = about AND c.capacity IN ('own', 'competent')
                              AND (c.recipient, c.body, c.purpose) = (recipient_code, body_named, purpose_code))
        ELSE false END
    FROM public.people_person p WHERE p.id = about $$;

-- Somebody hidden, somebody who does not exist and somebody without the right are refused alike.
CREATE FUNCTION guard.consent_given_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF guard.may_consent_v1(new.person_id, new.given_by_id, new.capacity, new.recipient, new.body, new.purpose,
                            new.given_on) IS NOT TRUE THEN
        RAISE EXCEPTION 'Nobody within your reach may give this consent in this way.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_consent_by_who_may_give_it';
    END IF;
    IF NOT guard.recipient_listed_v1(new.recipient) THEN
        RAISE EXCEPTION 'The notice in force names no such recipient.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sharing_recipient_is_listed';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION guard.consent_withdrawn_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF guard.merging_v1() AND to_jsonb(new) - ARRAY['person_id', 'given_by_id'] = to_jsonb(old) - ARRAY['person_id', 'given_by_id'] THEN
        RETURN new;
    END IF;
    IF old.withdrawn_at IS NOT NULL OR new.withdrawn_at IS NULL
       OR to_jsonb(new) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawal_recorded_by_id']
          <> to_jsonb(old) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawal_recorded_by_id'] THEN
        RAISE EXCEPTION 'A consent is kept as it was given. It can only be withdrawn, once.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_consent_only_withdrawn';
    END IF;
    new.withdrawn_at := clock_timestamp();
    new.withdrawal_recorded_by_id := guard.actor();
    RETURN new;
END $$;

CREATE FUNCTION guard.destination_kept_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.sharing_destination d WHERE d.id = new.destination_id) THEN
        RAISE EXCEPTION 'There is no such destination.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_proposal_to_a_destination_kept';
    END IF;
    RETURN new;
END $$;

-- What was weighed is what is sent: nothing is added to a proposal afterwards.
CREATE FUNCTION guard.item_in_time_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.sharing_weighing w WHERE w.proposal_id = new.proposal_id)
       OR EXISTS (SELECT 1 FROM public.sharing_answer a WHERE a.proposal_id = new.proposal_id) THEN
        RAISE EXCEPTION 'What has been weighed is not added to. Propose again.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'sharing_item_not_once_weighed';
    END IF;
    RETURN new;
END $$;

-- Anybody who sees a proposal may decide not to share. To approve takes the role, and another than its proposer.
CREATE FUNCTION guard.answer_v1() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    proposer uuid;
BEGIN
    SELECT p.proposed_by_id INTO proposer FROM public.sharing_proposal p WHERE p.id = new.proposal_id;
    IF new.outcome IS DISTINCT FROM 'declined' AND NOT guard.may('approve-sharing') THEN
        RAISE EXCEPTION 'Only somebody whose role approves sharing may approve it.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'share_approved_by_an_approver';
    END IF;
    IF new.outcome IS DISTINCT FROM 'declined' AND proposer IS NOT DISTINCT FROM guard.actor() THEN
        RAISE EXCEPTION 'Somebody else approves what you propose.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'share_approved_by_another';
    END IF;
    RETURN new;
END $$;

-- Whom the row of a table is about, of a child and those the child's relationships name; null if none of them, if it is
-- a draft or retracted, or if it is also about somebody whom whoever acts is in conflict with.
CREATE FUNCTION guard.row_is_about_v1(way_is text, table_is text, row_is uuid, child uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    family uuid[];
    found uuid;
BEGIN
    SELECT child || coalesce(array_agg(r.other_id), '{}') INTO family FROM public.people_relationship r
    WHERE r.person_id = child AND r.retracted_at IS NULL;
    IF way_is = 'self' THEN
        found := row_is;
    ELSIF way_is = 'person' THEN
        EXECUTE format('SELECT t.person_id FROM public.%I t WHERE t.id = $1', table_is) INTO found USING row_is;
    ELSIF way_is = 'address' THEN
        SELECT r.person_id INTO found FROM public.people_residence r
        WHERE r.address_id = row_is AND r.person_id = ANY (family)
        ORDER BY r.person_id <> child LIMIT 1;
    ELSIF way_is = 'note' THEN
        SELECT s.person_id INTO found FROM public.case_notesubject s JOIN public.case_note n ON n.id = s.note_id
        WHERE n.id = row_is AND s.person_id = child AND n.final_at IS NOT NULL AND n.retracted_at IS NULL
          AND n.id <> ALL (guard.notes_in_conflict());
    ELSIF way_is = 'document' THEN
        SELECT s.person_id INTO found FROM public.case_documentversion v
        JOIN public.case_documentsubject s ON s.document_id = v.document_id
        WHERE v.id = row_is AND s.person_id = child AND v.document_id <> ALL (guard.documents_in_conflict());
    END IF;
    RETURN CASE WHEN found = ANY (family) THEN found END;
END $$;

-- The record is open in full, or the person is of the family of one whose record is, and closed to nobody who acts.
CREATE FUNCTION guard.may_share_of_v1(child uuid, about uuid, of_family boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(
        (child = ANY (guard.people('full')) OR (guard.whole_service('full') AND NOT p.restricted))
        AND child <> ALL (guard.conflicts()) AND about <> ALL (guard.conflicts())
        AND (about = child OR of_family AND about <> ALL (guard.restricted_to_others())), false)
    FROM (SELECT bool_or(x.restricted) restricted FROM public.people_person x WHERE x.id = child) p $$;

CREATE FUNCTION guard.controller_v1() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT v.controller FROM public.notice_version v WHERE v.id = guard.notice_in_force(guard.today()) $$;

-- Words with only their letters and figures, as an address is compared.
CREATE FUNCTION guard.bare_v1(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT regexp_replace(upper(words), '[^A-Z0-9]', '', 'g') $$;

-- Whether words give away a protected address of a child or the family: its postcode, or its first line.
CREATE FUNCTION guard.tells_protected_v1(words text, child uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.people_address a JOIN public.people_residence r ON r.address_id = a.id
        WHERE a.confidential
          AND (r.person_id = child OR r.person_id IN (SELECT x.other_id FROM public.people_relationship x
                                                      WHERE x.person_id = child))
          AND (a.postcode <> '' AND strpos(guard.bare_v1(words), guard.bare_v1(a.postcode)) > 0
               OR length(guard.bare_v1(a.lines[1])) > 5
                  AND strpos(guard.bare_v1(words), guard.bare_v1(a.lines[1])) > 0)) $$;

-- The items of a proposal, each with whom it is about, whether it may be shared of them by whoever acts, its values in
-- the columns chosen and no others, the categories of those, how the source said it must be handled, and whether it is
-- or tells a protected address. A column that set-up did not declare has no category and no value.
CREATE FUNCTION guard.items_v1(proposed uuid) RETURNS TABLE (
    item uuid, table_is text, about uuid, relation text, seen boolean, said jsonb, undeclared text[], categories text[],
    handling text, protected boolean, agreed text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    child uuid;
    one public.sharing_item;
    whole jsonb;
    way_is text;
    family boolean;
BEGIN
    SELECT p.person_id INTO child FROM public.sharing_proposal p WHERE p.id = proposed;
    FOR one IN SELECT i.* FROM public.sharing_item i WHERE i.proposal_id = proposed ORDER BY i.table_name, i.row_id LOOP
        item := one.id;
        table_is := one.table_name;
        agreed := one.originator_agreed;
        SELECT min(s.way), bool_and(s.of_family) INTO way_is, family
        FROM public.sharing_shareable s WHERE s.table_name = one.table_name;
        SELECT array_agg(DISTINCT s.category ORDER BY s.category) INTO categories FROM public.sharing_shareable s
        WHERE s.table_name = one.table_name AND s.column_name = ANY (one.columns);
        SELECT coalesce(array_agg(c ORDER BY c), '{}') INTO undeclared FROM unnest(one.columns) c
        WHERE NOT EXISTS (SELECT 1 FROM public.sharing_shareable s
                          WHERE s.table_name = one.table_name AND s.column_name = c);
        about := NULL; relation := ''; said := NULL; whole := NULL; seen := false; protected := false; handling := '';
        IF way_is IS NOT NULL THEN
            about := guard.row_is_about_v1(way_is, one.table_name, one.row_id, child);
            seen := guard.may_share_of_v1(child, about, family);
            SELECT coalesce(min(r.kind), '') INTO relation FROM public.people_relationship r
            WHERE r.person_id = child AND r.other_id = about AND r.retracted_at IS NULL;
            EXECUTE format('SELECT to_jsonb(t) FROM public.%I t WHERE t.id = $1', one.table_name)
            INTO whole USING one.row_id;
        END IF;
        IF whole IS NOT NULL AND about IS NOT NULL THEN
            SELECT coalesce(jsonb_object_agg(s.column_name, whole -> s.column_name), '{}') INTO said
            FROM public.sharing_shareable s WHERE s.table_name = one.table_name AND s.column_name = ANY (one.columns);
            protected := coalesce((whole ->> 'confidential')::boolean, false)
                OR guard.tells_protected_v1(said::text, child);
            handling := coalesce((SELECT v.handling FROM public.notice_provenance v
                                  WHERE v.id = coalesce(whole ->> 'provenance_id',
                                      (SELECT d.provenance_id::text FROM public.case_document d
                                       WHERE d.id = (whole ->> 'document_id')::uuid))::uuid), '');
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- What the site may know of the items of a proposal it shows: whether each stands in the way and why, and no values.
CREATE FUNCTION guard.items_weighed_v1(proposed uuid) RETURNS TABLE (
    item uuid, seen boolean, undeclared text[], categories text[], handling text, protected boolean, agreed text,
    of_family boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT i.item, i.seen, i.undeclared, i.categories, i.handling, i.protected, i.agreed, i.about <> p.person_id
    FROM public.sharing_proposal p, guard.items_v1(p.id) i
    WHERE p.id = proposed AND guard.may_share_of_v1(p.person_id, p.person_id, false) $$;

-- Whether a consent still stands on who gave it, for the page; the door asks the same itself.
CREATE FUNCTION guard.consent_stands_v1(given uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT guard.may_consent_v1(c.person_id, c.given_by_id, c.capacity, c.recipient, c.body, c.purpose, guard.today())
    FROM public.sharing_consent c
    WHERE c.id = given AND guard.may_share_of_v1(c.person_id, c.person_id, false) $$;

REVOKE EXECUTE ON FUNCTION guard.recipient_listed_v1, guard.age_v1, guard.may_consent_v1, guard.row_is_about_v1,
    guard.may_share_of_v1, guard.bare_v1, guard.tells_protected_v1, guard.items_v1, guard.items_weighed_v1,
    guard.consent_stands_v1, guard.controller_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.items_weighed_v1, guard.consent_stands_v1 TO wenlock_app;
GRANT EXECUTE ON FUNCTION guard.items_v1, guard.may_consent_v1, guard.may_share_of_v1, guard.controller_v1
    TO wenlock_door;

RESET ROLE;
