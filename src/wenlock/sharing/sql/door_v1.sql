-- The one door. wenlock_door alone may write the ledger and the outbox, and only through these functions, which check
-- again, at the moment of writing, all that makes a sharing lawful.

SET LOCAL ROLE wenlock_door;

CREATE FUNCTION door.refuse_v1(code text, sentence text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '%', sentence USING ERRCODE = 'insufficient_privilege', CONSTRAINT = code;
END $$;

-- The rule of that code in the notice in force: it, its ground and its purpose, each as they stand today.
CREATE FUNCTION door.rule_that_stands_v1(rule_code text) RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    rule public.notice_sharingrule;
    ground public.notice_ground;
    intent public.notice_purpose;
BEGIN
    SELECT r.* INTO rule FROM public.notice_sharingrule r
    WHERE r.code = rule_code AND r.version_id = guard.notice_in_force(guard.today());
    IF rule.id IS NULL THEN
        PERFORM door.refuse_v1('disclosure_has_a_rule', 'The notice in force has no rule that allows this sharing.');
    END IF;
    IF rule.in_force_from > guard.today() OR rule.in_force_until <= guard.today() THEN
        PERFORM door.refuse_v1('disclosure_rule_in_force', 'The rule that allowed this sharing is not in force today.');
    END IF;
    SELECT g.* INTO ground FROM public.notice_ground g WHERE g.id = rule.ground_id;
    IF ground.in_force_from IS NULL OR ground.in_force_from > guard.today() OR ground.in_force_until <= guard.today() THEN
        PERFORM door.refuse_v1('disclosure_ground_in_force', 'The law this sharing rests on is not in force today.');
    END IF;
    SELECT p.* INTO intent FROM public.notice_purpose p WHERE p.id = rule.purpose_id;
    IF intent.code IS DISTINCT FROM guard.purpose() THEN
        PERFORM door.refuse_v1('disclosure_for_its_purpose', 'This sharing is for a purpose that is not open.');
    END IF;
    RETURN rule.id;
END $$;

-- Put a statutory return in the ledger and the outbox, and give the ledger's id; or refuse with a code.
CREATE FUNCTION door.disclose_return_v1(
    rule_code text, definition_code text, form_reference text, form_fields text[], children integer,
    sha256_hex text, name_of_file text
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    rule public.notice_sharingrule;
    extra text;
    entry uuid := gen_random_uuid();
BEGIN
    IF guard.actor() IS NULL THEN
        PERFORM door.refuse_v1('disclosure_names_its_approver', 'Nobody is named as approving this.');
    END IF;
    IF NOT guard.may('approve-return') THEN
        PERFORM door.refuse_v1('disclosure_by_an_approver', 'Only somebody whose role approves returns may release one.');
    END IF;
    SELECT r.* INTO rule FROM public.notice_sharingrule r WHERE r.id = door.rule_that_stands_v1(rule_code);
    IF rule.definition = '' OR rule.definition IS DISTINCT FROM definition_code THEN
        PERFORM door.refuse_v1('disclosure_of_its_definition', 'The rule allows another return, not this one.');
    END IF;
    SELECT f INTO extra FROM unnest(form_fields) f
    WHERE NOT EXISTS (SELECT 1 FROM public.sharing_definition d
                      WHERE d.code = definition_code AND d.field = f AND d.category = ANY (rule.categories))
    LIMIT 1;
    IF extra IS NOT NULL THEN
        PERFORM door.refuse_v1('disclosure_within_its_fields',
            format('The field %s is not part of this return, or its category is not part of the rule.', extra));
    END IF;
    INSERT INTO public.sharing_disclosure (id, version_id, rule_id, recipient_id, purpose_id, ground_id, person_id,
        definition, reference, fields, people, content_sha256, route, sent_by_id, approved_by_id, approved_at,
        consideration_pence)
    VALUES (entry, rule.version_id, rule.id, rule.recipient_id, rule.purpose_id, rule.ground_id, NULL,
        definition_code, form_reference, form_fields, children, sha256_hex, 'file', guard.actor(), guard.actor(),
        clock_timestamp(), 0);
    INSERT INTO public.sharing_outgoing (id, disclosure_id, file_name, put_out_at)
    VALUES (gen_random_uuid(), entry, name_of_file, clock_timestamp());
    PERFORM guard.record_event_v1('exported', NULL, 'sharing_disclosure', entry,
        jsonb_build_object('definition', definition_code, 'reference', form_reference, 'people', children));
    RETURN entry;
END $$;

-- What is asked of a proposal about one person, in the order a reader would ask it. Each refuses with its own code.

CREATE FUNCTION door.approver_of_v1(proposed uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    answer public.sharing_answer;
BEGIN
    SELECT a.* INTO answer FROM public.sharing_answer a WHERE a.proposal_id = proposed;
    IF answer.outcome IS DISTINCT FROM 'approved' THEN
        PERFORM door.refuse_v1('share_approved', 'Nobody has approved this, or it was decided not to share it.');
    END IF;
    IF answer.answered_by_id IN (SELECT p.proposed_by_id FROM public.sharing_proposal p WHERE p.id = proposed) THEN
        PERFORM door.refuse_v1('share_approved_by_another', 'Somebody else approves what you propose.');
    END IF;
    RETURN answer.answered_by_id;
END $$;

-- Held still until the end of the transaction: a change of the place now waits, and one made before is seen.
CREATE FUNCTION door.destination_that_stands_v1(place uuid, recipient_is uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
    destination public.sharing_destination;
    recipient public.notice_recipient;
BEGIN
    SELECT d.* INTO destination FROM public.sharing_destination d WHERE d.id = place FOR SHARE;
    SELECT r.* INTO recipient FROM public.notice_recipient r WHERE r.id = recipient_is;
    IF destination.recipient IS DISTINCT FROM recipient.code THEN
        PERFORM door.refuse_v1('share_to_its_recipient', 'The rule allows sharing with another recipient than this one.');
    END IF;
    IF recipient.kind = 'open-class' AND destination.body <> ALL (recipient.bodies) THEN
        PERFORM door.refuse_v1('share_to_a_body_named', 'The notice in force does not name this body.');
    END IF;
    IF destination.verified_at IS NULL OR destination.ended_at IS NOT NULL THEN
        PERFORM door.refuse_v1('share_to_a_verified_destination', 'Nobody has verified where this would be sent.');
    END IF;
    RETURN destination.body;
END $$;

CREATE FUNCTION door.agreement_that_stands_v1(recipient_is uuid, body_named text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
    agreement public.sharing_agreement;
BEGIN
    FOR agreement IN
        SELECT a.* FROM public.sharing_agreement a JOIN public.notice_recipient r ON r.code = a.recipient
        WHERE r.id = recipient_is AND a.body IN ('', body_named) ORDER BY a.until_on DESC FOR SHARE OF a
    LOOP
        IF agreement.from_on <= guard.today() AND agreement.until_on > guard.today()
           AND (agreement.ended_on IS NULL OR agreement.ended_on > guard.today()) THEN
            RETURN agreement.id;
        END IF;
    END LOOP;
    PERFORM door.refuse_v1('share_under_an_agreement', 'No agreement with this recipient is in force today.');
    RETURN NULL;
END $$;

-- Every consent of that scope is held still, then asked: a withdrawal on its way is waited for, and then counts.
CREATE FUNCTION door.consent_that_stands_v1(proposed uuid, rule_is uuid, body_named text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE
    one public.sharing_consent;
    newest public.sharing_consent;
    withdrawn timestamptz;
BEGIN
    FOR one IN
        SELECT c.* FROM public.sharing_consent c
        JOIN public.sharing_proposal p ON p.id = proposed AND p.person_id = c.person_id
        JOIN public.notice_sharingrule r ON r.id = rule_is
        JOIN public.notice_recipient t ON t.id = r.recipient_id AND t.code = c.recipient
        JOIN public.notice_purpose u ON u.id = r.purpose_id AND u.code = c.purpose
        WHERE c.body = body_named ORDER BY c.recorded_at, c.id FOR SHARE OF c
    LOOP
        newest := one;
        withdrawn := greatest(withdrawn, one.withdrawn_at);
    END LOOP;
    IF newest.id IS NULL OR newest.given_on > guard.today() OR newest.until_on <= guard.today() THEN
        PERFORM door.refuse_v1('share_with_consent', 'This sharing rests on consent, and there is none in force.');
    END IF;
    IF withdrawn >= newest.recorded_at THEN
        PERFORM door.refuse_v1('share_consent_not_withdrawn', 'Consent to this sharing was withdrawn.');
    END IF;
    IF guard.may_consent_v1(newest.person_id, newest.given_by_id, newest.capacity, newest.recipient, newest.body,
                            newest.purpose, guard.today()) IS NOT TRUE THEN
        PERFORM door.refuse_v1('share_consent_of_the_right_person', 'Whoever gave consent may no longer give it.');
    END IF;
    IF EXISTS (SELECT 1 FROM guard.items_v1(proposed) i WHERE NOT coalesce(i.categories, '{}') <@ newest.categories::text[]) THEN
        PERFORM door.refuse_v1('share_consent_covers_it', 'Consent was not given to all of what would be shared.');
    END IF;
    RETURN newest.id;
END $$;

CREATE FUNCTION door.items_that_stand_v1(proposed uuid, categories_allowed text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    one record;
    found jsonb := '[]';
BEGIN
    FOR one IN SELECT i.*, i.about IS DISTINCT FROM p.person_id AS of_family
               FROM public.sharing_proposal p, guard.items_v1(p.id) i WHERE p.id = proposed LOOP
        IF one.seen IS NOT TRUE OR one.about IS NULL THEN
            PERFORM door.refuse_v1('share_of_what_one_sees', 'Something chosen is not part of a record open to you.');
        END IF;
        IF cardinality(one.undeclared) > 0 THEN
            PERFORM door.refuse_v1('share_within_its_fields',
                format('The field %s may not be shared.', one.undeclared[1]));
        END IF;
        IF NOT one.categories <@ categories_allowed OR one.of_family AND 'family' <> ALL (categories_allowed) THEN
            PERFORM door.refuse_v1('share_within_its_categories', 'The rule does not allow all that was chosen.');
        END IF;
        IF one.protected THEN
            PERFORM door.refuse_v1('share_no_protected_address', 'Something chosen gives away a protected address.');
        END IF;
        IF one.handling = 'originator' AND one.agreed = '' THEN
            PERFORM door.refuse_v1('share_as_its_originator_agreed', 'Whoever it came from has not agreed to its going further.');
        END IF;
        found := found || jsonb_build_object('table', one.table_is, 'about', one.relation, 'values', one.said);
    END LOOP;
    IF found = '[]' THEN
        PERFORM door.refuse_v1('share_names_its_items', 'Nothing was chosen to be shared.');
    END IF;
    RETURN found;
END $$;

-- Send what a proposal names: all of it asked again now, the ledger and the outbox written, and the content given back,
-- made here of the items and of nothing else. Nothing may leave before the transaction that holds this is committed.
CREATE FUNCTION door.send_v1(proposed uuid) RETURNS TABLE (entry uuid, content text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    proposal public.sharing_proposal;
    rule public.notice_sharingrule;
    approver uuid;
    body_named text;
    agreed uuid;
    consented uuid;
    items jsonb;
BEGIN
    IF guard.actor() IS NULL THEN
        PERFORM door.refuse_v1('disclosure_names_its_approver', 'Nobody is named as sending this.');
    END IF;
    IF NOT guard.may('share') THEN
        PERFORM door.refuse_v1('share_by_a_role_that_shares', 'Your role does not share information about people.');
    END IF;
    SELECT p.* INTO proposal FROM public.sharing_proposal p WHERE p.id = proposed;
    IF proposal.id IS NULL OR NOT guard.may_share_of_v1(proposal.person_id, proposal.person_id, false) THEN
        PERFORM door.refuse_v1('share_of_a_record_open', 'There is no such proposal about a record open to you.');
    END IF;
    IF EXISTS (SELECT 1 FROM public.sharing_disclosure d WHERE d.proposal_id = proposed) THEN
        PERFORM door.refuse_v1('share_once', 'This has been sent already.');
    END IF;
    SELECT r.* INTO rule FROM public.notice_sharingrule r WHERE r.id = door.rule_that_stands_v1(proposal.rule);
    IF rule.definition <> '' THEN
        PERFORM door.refuse_v1('disclosure_of_its_definition', 'The rule allows a statutory return, and nothing else.');
    END IF;
    IF proposal.regime = '' AND EXISTS (SELECT 1 FROM public.notice_recipient r
                                        WHERE r.id = rule.recipient_id AND r.code = 'youth-offending-team') THEN
        PERFORM door.refuse_v1('share_says_its_regime', 'Say whether they receive it for welfare or for law enforcement.');
    END IF;
    approver := door.approver_of_v1(proposed);
    body_named := door.destination_that_stands_v1(proposal.destination_id, rule.recipient_id);
    agreed := door.agreement_that_stands_v1(rule.recipient_id, body_named);
    items := door.items_that_stand_v1(proposed, rule.categories);
    IF EXISTS (SELECT 1 FROM public.notice_ground g WHERE g.id = rule.ground_id AND g.article_6 = '6(1)(a)') THEN
        consented := door.consent_that_stands_v1(proposed, rule.id, body_named);
    END IF;
    entry := gen_random_uuid();
    content := jsonb_build_object('entry', entry, 'shared_on', guard.today(), 'from', guard.controller_v1(),
        'to', body_named, 'purpose', (SELECT u.name FROM public.notice_purpose u WHERE u.id = rule.purpose_id),
        'asked_in', proposal.asked_in, 'why', proposal.why, 'regime', proposal.regime, 'items', items)::text;
    INSERT INTO public.sharing_disclosure (id, version_id, rule_id, recipient_id, purpose_id, ground_id, person_id,
        proposal_id, agreement_id, consent_id, definition, reference, fields, people, content_sha256, route, sent_by_id,
        approved_by_id, approved_at, consideration_pence)
    SELECT entry, rule.version_id, rule.id, rule.recipient_id, rule.purpose_id, rule.ground_id, proposal.person_id,
        proposed, agreed, consented, '', proposal.asked_in,
        (SELECT array_agg(DISTINCT i.table_name || '.' || c ORDER BY i.table_name || '.' || c)
         FROM public.sharing_item i, unnest(i.columns) c WHERE i.proposal_id = proposed),
        1, encode(sha256(convert_to(content, 'UTF8')), 'hex'), d.route, guard.actor(), approver, clock_timestamp(), 0
    FROM public.sharing_destination d WHERE d.id = proposal.destination_id;
    INSERT INTO public.sharing_outgoing (id, disclosure_id, file_name, put_out_at)
    VALUES (gen_random_uuid(), entry, 'shared-' || left(entry::text, 8) || '.zip', clock_timestamp());
    PERFORM guard.record_event_v1('exported', proposal.person_id, 'sharing_disclosure', entry,
        jsonb_build_object('to', body_named, 'rule', rule.code));
    RETURN NEXT;
END $$;

CREATE FUNCTION door.has_left_v1(entry uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE public.sharing_outgoing SET left_at = clock_timestamp() WHERE disclosure_id = entry AND left_at IS NULL $$;

REVOKE EXECUTE ON FUNCTION door.disclose_return_v1, door.has_left_v1, door.send_v1, door.rule_that_stands_v1,
    door.approver_of_v1, door.destination_that_stands_v1, door.agreement_that_stands_v1, door.consent_that_stands_v1,
    door.items_that_stand_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.disclose_return_v1, door.has_left_v1, door.send_v1 TO wenlock_app;

RESET ROLE;
