-- The one door. wenlock_door alone may write the ledger and the outbox, and only through these functions, which check
-- again, at the moment of writing, all that makes a sharing lawful.

SET LOCAL ROLE wenlock_door;

CREATE FUNCTION door.refuse_v1(code text, sentence text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '%', sentence USING ERRCODE = 'insufficient_privilege', CONSTRAINT = code;
END $$;

-- Put a statutory return in the ledger and the outbox, and give the ledger's id; or refuse with a code.
CREATE FUNCTION door.disclose_return_v1(
    rule_code text, definition_code text, form_reference text, form_fields text[], children integer,
    sha256_hex text, name_of_file text
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    rule public.notice_sharingrule;
    ground public.notice_ground;
    intent public.notice_purpose;
    extra text;
    entry uuid := gen_random_uuid();
BEGIN
    IF guard.actor() IS NULL THEN
        PERFORM door.refuse_v1('disclosure_names_its_approver', 'Nobody is named as approving this.');
    END IF;
    IF NOT guard.may('approve-return') THEN
        PERFORM door.refuse_v1('disclosure_by_an_approver', 'Only somebody whose role approves returns may release one.');
    END IF;
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
        definition, reference, fields, people, content_sha256, route, approved_by_id, approved_at, consideration_pence)
    VALUES (entry, rule.version_id, rule.id, rule.recipient_id, rule.purpose_id, rule.ground_id, NULL,
        definition_code, form_reference, form_fields, children, sha256_hex, 'file', guard.actor(), clock_timestamp(), 0);
    INSERT INTO public.sharing_outgoing (id, disclosure_id, file_name, put_out_at)
    VALUES (gen_random_uuid(), entry, name_of_file, clock_timestamp());
    PERFORM guard.record_event_v1('exported', NULL, 'sharing_disclosure', entry,
        jsonb_build_object('definition', definition_code, 'reference', form_reference, 'people', children));
    RETURN entry;
END $$;

CREATE FUNCTION door.has_left_v1(entry uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE public.sharing_outgoing SET left_at = clock_timestamp() WHERE disclosure_id = entry AND left_at IS NULL $$;

REVOKE EXECUTE ON FUNCTION door.disclose_return_v1, door.has_left_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.disclose_return_v1, door.has_left_v1 TO wenlock_app;

RESET ROLE;
