-- What happened to webhook endpoints is in the trail of their workspace, like what happened to the workspace itself. A read
-- model of its own, which an instance that does not know of it leaves alone.
CREATE TABLE webhooks_template (
  id  text COLLATE "C" PRIMARY KEY,
  doc jsonb NOT NULL
);
CREATE TABLE webhook_audit_template (LIKE workspace_audit_template INCLUDING ALL);

-- A trail that is read already goes on as it is, with endpoints from now on, until a generation that has all of them was filled
-- from the events and takes over. Read from its beginning, the first one would hold the whole trail back until it was filled.
DO $$
DECLARE
  read integer;
  part text;
BEGIN
  SELECT generation INTO read FROM projection_generation WHERE read_model = 'workspaces' AND state = 'active';
  IF read IS NULL THEN
    RETURN;
  END IF;
  FOREACH part IN ARRAY ARRAY['webhooks', 'webhook_audit'] LOOP
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part || '_g1', part || '_template');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part || '_g2', part || '_template');
    EXECUTE format('CREATE VIEW %I AS SELECT * FROM %I', part, part || '_g1');
  END LOOP;
  INSERT INTO projection_generation (read_model, generation, state)
    VALUES ('webhooks', 1, 'active'), ('webhooks', 2, 'building');
  INSERT INTO token_entry (processor_name, segment, token, token_type, timestamp)
    SELECT 'query.webhooks.g1', segment, token, token_type, timestamp FROM token_entry
    WHERE processor_name = 'query.workspaces.g' || read;
END $$;
