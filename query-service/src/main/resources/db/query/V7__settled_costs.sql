-- A day's charge names what all nodes of a workspace have cost since their beginning. What those cost that are billed no
-- longer is kept as one sum, so that a charge reads the meters of the others alone, however many nodes there were.
CREATE TABLE metered_workspaces_template (
  workspace_id        text COLLATE "C" PRIMARY KEY,
  first_ready_at      timestamptz NOT NULL,
  settled_rate_millis numeric NOT NULL
);

-- What a node has cost that is billed no longer, and 0 while it is billed. Never null, so that an instance that does not know
-- of the sum can't write beside it.
ALTER TABLE metered_nodes_template ADD COLUMN settled_rate_millis numeric NOT NULL;

-- A node's row has the last point of its meter, since when that is known, and what the meter said when the month of its last
-- change and the one before began: a bill looks up the rest.
ALTER TABLE metered_nodes_template
  ADD COLUMN last_known            bigint,
  ADD COLUMN last_at               bigint,
  ADD COLUMN last_metered          text COLLATE "C",
  ADD COLUMN last_rate             numeric,
  ADD COLUMN last_rate_millis      numeric,
  ADD COLUMN last_running_millis   bigint,
  ADD COLUMN last_stopped_millis   bigint,
  ADD COLUMN month_start           bigint NOT NULL,
  ADD COLUMN month_rate_millis     numeric NOT NULL,
  ADD COLUMN month_running_millis  bigint NOT NULL,
  ADD COLUMN month_stopped_millis  bigint NOT NULL,
  ADD COLUMN before_start          bigint NOT NULL,
  ADD COLUMN before_rate_millis    numeric NOT NULL,
  ADD COLUMN before_running_millis bigint NOT NULL,
  ADD COLUMN before_stopped_millis bigint NOT NULL;

-- Nodes that were never ready are never billed, and never settled either.
DROP INDEX metered_nodes_of_workspace;
CREATE INDEX metered_nodes_of_workspace ON metered_nodes_template (workspace_id, settled_at)
  WHERE first_ready_at IS NOT NULL;

-- Tables that are filled already say nothing of how months began: they are filled anew from the events. Until then bills wait.
DO $$
DECLARE
  filled record;
BEGIN
  DROP VIEW IF EXISTS metered_nodes, meter_points;
  FOR filled IN SELECT generation FROM projection_generation WHERE read_model = 'costs' LOOP
    EXECUTE format('DROP TABLE IF EXISTS metered_nodes_g%s, meter_points_g%s', filled.generation, filled.generation);
    DELETE FROM token_entry WHERE processor_name = 'query.costs.g' || filled.generation;
  END LOOP;
  DELETE FROM projection_generation WHERE read_model = 'costs';
END $$;
