-- Who acts, for what purpose: signed by the application, checked here, gone with the transaction.
-- The functions belong to wenlock_guard, which owns no table and cannot log in: what it may read is granted and
-- given by policy, table by table.

SET LOCAL ROLE wenlock_guard;

CREATE TABLE guard.context_key (
    id smallint PRIMARY KEY,
    key bytea NOT NULL CONSTRAINT context_key_long_enough CHECK (length(key) >= 32)
);
COMMENT ON TABLE guard.context_key IS 'The key that signs a context. The runtime role cannot read it.';

CREATE TYPE guard.context AS (actor uuid, purpose text, request uuid);

CREATE FUNCTION guard.context_v1() RETURNS guard.context
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    token text := current_setting('wenlock.context', true);
    part text[];
    secret bytea;
    signed text;
BEGIN
    IF token IS NULL OR token = '' THEN
        RETURN NULL;
    END IF;
    part := string_to_array(token, '|');
    SELECT key INTO secret FROM guard.context_key WHERE id = 1;
    signed := part[1] || '|' || part[2] || '|' || part[3] || '|' || part[4];
    -- HMAC in the nested form: a plain keyed hash could be extended.
    IF part[5] IS DISTINCT FROM encode(sha256(secret || sha256(secret || convert_to(signed, 'UTF8'))), 'hex') THEN
        RAISE EXCEPTION 'The context is not signed by Wenlock.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'context_is_signed';
    END IF;
    IF part[4]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RAISE EXCEPTION 'The context has expired.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'context_is_current';
    END IF;
    RETURN ROW(part[1]::uuid, part[2], part[3]::uuid)::guard.context;
END $$;

CREATE FUNCTION guard.actor() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT (guard.context_v1()).actor $$;

CREATE FUNCTION guard.purpose() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT (guard.context_v1()).purpose $$;

RESET ROLE;
