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

-- What is filled already does not say how months began; it is filled anew from the events.
DO $$
DECLARE
  filled record;
BEGIN
  FOR filled IN SELECT generation FROM projection_generation WHERE read_model = 'costs' LOOP
    DROP VIEW IF EXISTS metered_nodes, meter_points;
    EXECUTE format('DROP TABLE metered_nodes_g%s, meter_points_g%s', filled.generation, filled.generation);
    DELETE FROM token_entry WHERE processor_name = 'query.costs.g' || filled.generation;
  END LOOP;
  DELETE FROM projection_generation WHERE read_model = 'costs';
END $$;
