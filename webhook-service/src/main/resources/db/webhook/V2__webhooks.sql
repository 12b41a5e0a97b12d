-- Endpoints as their events made them, written in the transaction of the command.
CREATE TABLE endpoint (
  id              text PRIMARY KEY,
  workspace_id    text NOT NULL,
  url             text NOT NULL,
  event_types     text[] NOT NULL,
  node_labels     jsonb NOT NULL,
  description     text,
  enabled         boolean NOT NULL,
  disabled_reason text,
  key_id          text NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  -- Events up to this position are not sent unless they are asked for.
  after_position  bigint NOT NULL,
  -- The first attempt that failed since the last one that did not.
  failing_since   timestamptz,
  -- The instance that sends to it now.
  owner           text,
  owned_until     timestamptz
);
CREATE INDEX ON endpoint (workspace_id, id);

-- Secrets, encrypted. The current one of an endpoint has no end.
CREATE TABLE secret (
  endpoint_id text NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  key_id      text NOT NULL,
  sealed      text NOT NULL,
  valid_until timestamptz,
  PRIMARY KEY (endpoint_id, key_id)
);

-- What is sent, once for all endpoints.
CREATE TABLE message (
  event_id   text PRIMARY KEY,
  type       text NOT NULL,
  node_id    text NOT NULL,
  position   bigint NOT NULL,
  body       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON message (created_at);

CREATE TABLE delivery (
  id          text PRIMARY KEY,
  endpoint_id text NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  event_id    text NOT NULL REFERENCES message,
  -- Why it is sent: 'live' as the event came, 'test', or the id of a replay.
  origin      text NOT NULL,
  status      text NOT NULL,
  -- How many attempts of the schedule were made.
  tries       integer NOT NULL DEFAULT 0,
  -- When the next attempt is due; none when there is no next one.
  due_at      timestamptz,
  -- What is sent anew waits for what is sent for the first time.
  urgency     smallint NOT NULL,
  position    bigint NOT NULL,
  attempts    jsonb NOT NULL DEFAULT '[]',
  UNIQUE (endpoint_id, event_id, origin)
);
CREATE INDEX ON delivery (endpoint_id, urgency, due_at, position) WHERE due_at IS NOT NULL;
CREATE INDEX ON delivery (endpoint_id, id DESC);
CREATE INDEX ON delivery (event_id);

-- Replays that were asked for and are not all queued yet.
CREATE TABLE replay (
  id            text PRIMARY KEY,
  endpoint_id   text NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  since         timestamptz NOT NULL,
  from_position bigint NOT NULL,
  owner         text,
  owned_until   timestamptz
);
