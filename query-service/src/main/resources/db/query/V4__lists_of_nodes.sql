-- What lists filter by lies in the index of each order, so that a filter whose nodes are far from the list's beginning
-- passes over index entries and not over rows. Plans have an index of their own: few nodes may have one.
-- Deleted nodes are read beside the live ones, so that both come in the list's order. A live node is in none of the indexes
-- of deleted ones, which cost a write at the deletion and none before. In exchange the index over all nodes goes, which
-- every change of a node had to write.
DROP INDEX nodes_all, nodes_by_creation, nodes_by_update, nodes_by_name, nodes_by_status, nodes_by_region;

CREATE INDEX nodes_by_creation ON nodes_template (workspace_id, created_at, id) INCLUDE (status, plan_id, region)
  WHERE status <> 'deleted';
CREATE INDEX nodes_by_update ON nodes_template (workspace_id, updated_at, id) INCLUDE (status, plan_id, region)
  WHERE status <> 'deleted';
CREATE INDEX nodes_by_name ON nodes_template (workspace_id, name, id) INCLUDE (status, plan_id, region)
  WHERE status <> 'deleted';
CREATE INDEX nodes_by_status ON nodes_template (workspace_id, status, id) INCLUDE (plan_id, region)
  WHERE status <> 'deleted';
CREATE INDEX nodes_of_status_by_creation ON nodes_template (workspace_id, status, created_at, id)
  INCLUDE (plan_id, region) WHERE status <> 'deleted';
CREATE INDEX nodes_of_status_by_update ON nodes_template (workspace_id, status, updated_at, id)
  INCLUDE (plan_id, region) WHERE status <> 'deleted';
CREATE INDEX nodes_by_region ON nodes_template (workspace_id, region, id) INCLUDE (status, plan_id)
  WHERE status <> 'deleted';
CREATE INDEX nodes_by_plan ON nodes_template (workspace_id, plan_id, created_at, id) INCLUDE (status, region)
  WHERE status <> 'deleted';

CREATE INDEX deleted_by_creation ON nodes_template (workspace_id, created_at, id) INCLUDE (plan_id, region)
  WHERE status = 'deleted';
CREATE INDEX deleted_by_update ON nodes_template (workspace_id, updated_at, id) INCLUDE (plan_id, region)
  WHERE status = 'deleted';
CREATE INDEX deleted_by_name ON nodes_template (workspace_id, name, id) INCLUDE (plan_id, region)
  WHERE status = 'deleted';
CREATE INDEX deleted_by_status ON nodes_template (workspace_id, status, id) INCLUDE (plan_id, region)
  WHERE status = 'deleted';
CREATE INDEX deleted_by_region ON nodes_template (workspace_id, region, id) INCLUDE (plan_id)
  WHERE status = 'deleted';
CREATE INDEX deleted_by_plan ON nodes_template (workspace_id, plan_id, created_at, id) INCLUDE (region)
  WHERE status = 'deleted';

-- Parts of names are looked for within the workspace: a common part has its entries in all of them. Names have no upper case.
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
DROP INDEX nodes_by_part_of_name;
CREATE INDEX nodes_by_part_of_name ON nodes_template USING gin (workspace_id, name public.gin_trgm_ops);

-- The same for the tables that are filled already.
DO $$
DECLARE
  filled text;
  index record;
BEGIN
  FOR filled IN SELECT 'nodes_g' || generation FROM projection_generation WHERE read_model = 'nodes' LOOP
    FOR index IN
      SELECT indexname FROM pg_indexes
      WHERE schemaname = current_schema AND tablename = filled AND indexdef ~ 'USING (btree \(workspace_id, |gin )'
    LOOP
      EXECUTE format('DROP INDEX %I', index.indexname);
    END LOOP;
    FOR index IN
      SELECT substring(indexdef FROM ' USING .*$') AS definition FROM pg_indexes
      WHERE schemaname = current_schema AND tablename = 'nodes_template'
        AND indexdef ~ 'USING (btree|gin) \(workspace_id, '
    LOOP
      EXECUTE format('CREATE INDEX ON %I', filled) || index.definition;
    END LOOP;
  END LOOP;
END $$;
