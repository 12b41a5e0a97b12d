-- Progress of the processors that fill the tables below; it commits with them.
CREATE TABLE token_entry (
  processor_name text NOT NULL,
  segment        integer NOT NULL,
  token          bytea,
  token_type     text,
  timestamp      text,
  owner          text,
  PRIMARY KEY (processor_name, segment)
);

-- A read model lives in a generation of tables, copied from the templates below; views of the plain names show the
-- active one. A rebuild fills the next generation and moves the views.
CREATE TABLE projection_generation (
  read_model  text COLLATE "C" NOT NULL,
  generation  integer NOT NULL,
  state       text NOT NULL CHECK (state IN ('building', 'active', 'retired')),
  started_at  timestamptz NOT NULL DEFAULT now(),
  switched_at timestamptz,
  PRIMARY KEY (read_model, generation)
);
CREATE UNIQUE INDEX one_active_generation ON projection_generation (read_model) WHERE state = 'active';
CREATE UNIQUE INDEX one_generation_in_the_making ON projection_generation (read_model) WHERE state = 'building';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- One index per sort order over the nodes that a list normally shows, each ending in the tie-break.
CREATE TABLE nodes_template (
  id           text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  name         text COLLATE "C" NOT NULL,
  status       text COLLATE "C" NOT NULL,
  plan_id      text COLLATE "C" NOT NULL,
  region       text COLLATE "C" NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  doc          jsonb NOT NULL
);
CREATE INDEX nodes_all ON nodes_template (workspace_id, created_at, id);
CREATE INDEX nodes_by_creation ON nodes_template (workspace_id, created_at, id) WHERE status <> 'deleted';
CREATE INDEX nodes_by_update ON nodes_template (workspace_id, updated_at, id) WHERE status <> 'deleted';
CREATE INDEX nodes_by_name ON nodes_template (workspace_id, name, id) WHERE status <> 'deleted';
CREATE INDEX nodes_by_status ON nodes_template (workspace_id, status, id) WHERE status <> 'deleted';
CREATE INDEX nodes_by_region ON nodes_template (workspace_id, region, id) WHERE status <> 'deleted';
CREATE INDEX nodes_by_part_of_name ON nodes_template USING gin (lower(name) public.gin_trgm_ops);

CREATE TABLE node_counts_template (
  workspace_id text COLLATE "C" NOT NULL,
  status       text COLLATE "C" NOT NULL,
  plan_id      text COLLATE "C" NOT NULL,
  region       text COLLATE "C" NOT NULL,
  nodes        bigint NOT NULL,
  PRIMARY KEY (workspace_id, status, plan_id, region)
);

CREATE TABLE operations_template (
  id           text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  node_id      text COLLATE "C" NOT NULL,
  type         text COLLATE "C" NOT NULL,
  status       text COLLATE "C" NOT NULL,
  started_at   timestamptz NOT NULL,
  doc          jsonb NOT NULL
);
CREATE INDEX operations_of_workspace ON operations_template (workspace_id, started_at, id);
CREATE INDEX operations_of_node ON operations_template (node_id, started_at, id);

CREATE TABLE audit_template (
  position     bigint PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  node_id      text COLLATE "C" NOT NULL,
  internal     boolean NOT NULL,
  doc          jsonb NOT NULL
);
CREATE INDEX audit_of_workspace ON audit_template (workspace_id, position) WHERE NOT internal;
CREATE INDEX audit_of_workspace_with_steps ON audit_template (workspace_id, position);
CREATE INDEX audit_of_node ON audit_template (node_id, position);

CREATE TABLE workspaces_template (
  id  text COLLATE "C" PRIMARY KEY,
  doc jsonb NOT NULL
);

CREATE TABLE credit_entries_template (
  position     bigint PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  doc          jsonb NOT NULL
);
CREATE INDEX credit_entries_of_workspace ON credit_entries_template (workspace_id, position);
