-- Nodes with the plan and the rates that they were provisioned at, also after their deletion.
CREATE TABLE metered_nodes_template (
  id             text COLLATE "C" PRIMARY KEY,
  workspace_id   text COLLATE "C" NOT NULL,
  name           text COLLATE "C" NOT NULL,
  region         text COLLATE "C" NOT NULL,
  plan_id        text COLLATE "C" NOT NULL,
  hourly_rate    numeric NOT NULL,
  first_ready_at timestamptz,
  settled_at     timestamptz,
  doc            jsonb NOT NULL
);
-- Of all the nodes that a workspace ever had, those that a period may have to pay for.
CREATE INDEX metered_nodes_of_workspace ON metered_nodes_template (workspace_id, settled_at);

-- Every change of a node's rate with what its meter said until then. What a node cost between two moments is the
-- difference of two readings: the last point until a moment, and its rate from there on. Moments are milliseconds since
-- 1970, which are counted a thousand times for a bill and cost next to nothing as numbers.
CREATE TABLE meter_points_template (
  id             text COLLATE "C" PRIMARY KEY,
  node_id        text COLLATE "C" NOT NULL,
  at             bigint NOT NULL,
  position       bigint NOT NULL,
  known_at       bigint NOT NULL,
  metered        text COLLATE "C" NOT NULL,
  rate           numeric NOT NULL,
  rate_millis    numeric NOT NULL,
  running_millis bigint NOT NULL,
  stopped_millis bigint NOT NULL,
  doc            jsonb NOT NULL
);
CREATE INDEX meter_points_of_node ON meter_points_template (node_id, at DESC, position DESC)
  INCLUDE (known_at, metered, rate, rate_millis, running_millis, stopped_millis);
