-- What was denied, beside the log: it changes nothing, follows from no event and never leaves. Whoever writes takes a lock, so
-- that numbers become visible in their order, and positions never fall.
CREATE TABLE denied_attempt (
  number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id             text COLLATE "C" NOT NULL UNIQUE,
  position       bigint NOT NULL,
  occurred_at    timestamptz NOT NULL,
  workspace_id   text COLLATE "C" NOT NULL,
  node_id        text COLLATE "C",
  operation_id   text COLLATE "C",
  actor          text COLLATE "C" NOT NULL,
  role           text NOT NULL,
  permission     text COLLATE "C" NOT NULL,
  code           text NOT NULL,
  method         text NOT NULL,
  route          text NOT NULL,
  attempts       bigint NOT NULL,
  request_id     text NOT NULL,
  source_address text
);
CREATE INDEX denied_in_workspace ON denied_attempt (workspace_id, position, number);
CREATE INDEX denied_at_node ON denied_attempt (node_id, position, number) WHERE node_id IS NOT NULL;
