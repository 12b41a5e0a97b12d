-- Moves of workspaces to dedicated and to shared nodes, with their part of the trail.
CREATE TABLE transitions_template (
  id           text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  status       text COLLATE "C" NOT NULL,
  created_at   timestamptz NOT NULL,
  doc          jsonb NOT NULL
);
CREATE INDEX transitions_of_workspace ON transitions_template (workspace_id, created_at, id);
CREATE INDEX transitions_under_way ON transitions_template (id) WHERE status NOT IN ('completed', 'failed', 'cancelled');
CREATE TABLE transition_audit_template (LIKE workspace_audit_template INCLUDING ALL);

-- A trail that is read already goes on as it is. No transition is older than this, so that the first generation begins where the
-- trail is and lacks nothing; read from its beginning, it would hold the whole trail back until it was filled.
DO $$
DECLARE
  read integer;
  part text;
BEGIN
  SELECT generation INTO read FROM projection_generation WHERE read_model = 'workspaces' AND state = 'active';
  IF read IS NULL THEN
    RETURN;
  END IF;
  FOREACH part IN ARRAY ARRAY['transitions', 'transition_audit'] LOOP
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part || '_g1', part || '_template');
    EXECUTE format('CREATE VIEW %I AS SELECT * FROM %I', part, part || '_g1');
  END LOOP;
  INSERT INTO projection_generation (read_model, generation, state) VALUES ('transitions', 1, 'active');
  INSERT INTO token_entry (processor_name, segment, token, token_type, timestamp)
    SELECT 'query.transitions.g1', segment, token, token_type, timestamp FROM token_entry
    WHERE processor_name = 'query.workspaces.g' || read;
END $$;
