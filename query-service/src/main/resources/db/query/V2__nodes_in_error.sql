-- For the list of what people have to look at: few nodes of many are in error.
CREATE INDEX nodes_in_error ON nodes_template (id) WHERE status = 'error';

DO $$
DECLARE
  filled record;
BEGIN
  FOR filled IN SELECT generation FROM projection_generation WHERE read_model = 'nodes' LOOP
    EXECUTE format('CREATE INDEX ON %I (id) WHERE status = ''error''', 'nodes_g' || filled.generation);
  END LOOP;
END $$;
