-- What the trail is filtered by. The columns follow from the entry itself: entries of filled tables have them at once, and an
-- instance that does not know of them writes them too. Entries' times end in Z, so that no setting changes what they mean.
CREATE FUNCTION moment(text) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN $1::timestamptz;

-- What happened to workspaces themselves; what only follows from their nodes is internal.
CREATE TABLE workspace_audit_template (
  position     bigint PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  node_id      text COLLATE "C",
  internal     boolean NOT NULL,
  doc          jsonb NOT NULL
);

-- Besides, a filter by time passes over entries in the index alone.
DO $$
DECLARE
  trail text;
  narrow record;
BEGIN
  FOR trail IN
    SELECT 'audit_template' UNION ALL SELECT 'workspace_audit_template'
    UNION ALL SELECT 'audit_g' || generation FROM projection_generation
      WHERE read_model = 'nodes' AND to_regclass('audit_g' || generation) IS NOT NULL
  LOOP
    EXECUTE format($columns$
      ALTER TABLE %I
        ADD COLUMN occurred_at timestamptz NOT NULL GENERATED ALWAYS AS (query.moment(doc #>> '{entry,occurred_at}')) STORED,
        ADD COLUMN type text COLLATE "C" NOT NULL GENERATED ALWAYS AS (doc #>> '{entry,type}') STORED,
        ADD COLUMN command text COLLATE "C" GENERATED ALWAYS AS (doc #>> '{entry,cause,command}') STORED,
        ADD COLUMN actor text COLLATE "C" NOT NULL GENERATED ALWAYS AS (doc #>> '{entry,actor,id}') STORED
      $columns$, trail);
    FOR narrow IN
      SELECT indexname FROM pg_indexes
      WHERE schemaname = current_schema AND tablename = trail AND indexdef ~ '\(workspace_id, "?position"?\) WHERE'
    LOOP
      EXECUTE format('DROP INDEX %I', narrow.indexname);
    END LOOP;
    EXECUTE format('CREATE INDEX ON %I (workspace_id, position) INCLUDE (occurred_at) WHERE NOT internal', trail);
    EXECUTE format('CREATE INDEX ON %I (workspace_id, occurred_at, position) WHERE NOT internal', trail);
    EXECUTE format('CREATE INDEX ON %I (workspace_id, type, position) WHERE NOT internal', trail);
    EXECUTE format('CREATE INDEX ON %I (workspace_id, command, position) WHERE NOT internal', trail);
    EXECUTE format('CREATE INDEX ON %I (workspace_id, actor, position) WHERE NOT internal', trail);
  END LOOP;
  FOR trail IN
    SELECT 'audit_g' || generation FROM projection_generation
    WHERE read_model = 'nodes' AND state = 'active' AND to_regclass('audit_g' || generation) IS NOT NULL
  LOOP
    EXECUTE format('CREATE OR REPLACE VIEW audit AS SELECT * FROM %I', trail);
  END LOOP;
END $$;

CREATE INDEX ON workspace_audit_template (workspace_id, position);

-- Never null, so that an instance that does not know of workspaces' trails can't fill a generation without them.
ALTER TABLE workspaces_template ADD COLUMN suspended boolean NOT NULL;

-- Workspaces that are read already go on as they are, with a trail that begins now, until a generation that has all of it was
-- filled from the events and takes over.
DO $$
DECLARE
  filled record;
  next integer;
  part text;
BEGIN
  FOR filled IN SELECT generation FROM projection_generation WHERE read_model = 'workspaces' AND state = 'building' LOOP
    EXECUTE format('DROP TABLE IF EXISTS workspaces_g%1$s, credit_entries_g%1$s', filled.generation);
    DELETE FROM token_entry WHERE processor_name = 'query.workspaces.g' || filled.generation;
    DELETE FROM projection_generation WHERE read_model = 'workspaces' AND generation = filled.generation;
  END LOOP;
  FOR filled IN SELECT generation, state FROM projection_generation WHERE read_model = 'workspaces' LOOP
    EXECUTE format('ALTER TABLE workspaces_g%s ADD COLUMN suspended boolean', filled.generation);
    EXECUTE format(
      'CREATE TABLE workspace_audit_g%s (LIKE workspace_audit_template INCLUDING ALL)', filled.generation);
    IF filled.state = 'active' THEN
      EXECUTE format('CREATE VIEW workspace_audit AS SELECT * FROM workspace_audit_g%s', filled.generation);
      SELECT max(generation) + 1 INTO next FROM projection_generation WHERE read_model = 'workspaces';
      FOREACH part IN ARRAY ARRAY['workspaces', 'credit_entries', 'workspace_audit'] LOOP
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part || '_g' || next, part || '_template');
      END LOOP;
      INSERT INTO projection_generation (read_model, generation, state) VALUES ('workspaces', next, 'building');
    END IF;
  END LOOP;
END $$;
