-- Deliveries of a line are sent one after another, in the order of what happened: a node's events, what one replay repeats of a
-- node, or what is sent alone. A line is there as long as something of it is pending. Whoever adds to a line or takes from it
-- holds its row.
CREATE TABLE line (
  endpoint_id text COLLATE "C" NOT NULL,
  period      integer NOT NULL,
  name        text COLLATE "C" NOT NULL,
  -- What is sent anew waits for what is sent for the first time.
  urgency     smallint NOT NULL,
  -- Whether it is of one delivery, which nothing waits for.
  alone       boolean NOT NULL,
  -- When its first delivery may be tried.
  due_at      timestamptz NOT NULL,
  -- When it is to be tried by its schedule; an attempt before that does not count.
  planned_at  timestamptz NOT NULL,
  -- The last attempt of its first delivery.
  tried_at    timestamptz,
  PRIMARY KEY (endpoint_id, period, name)
);
CREATE INDEX ON line (endpoint_id, period, urgency, due_at);

ALTER TABLE endpoint
  -- Rises when it is disabled: what was queued before is not sent any more.
  ADD period      integer NOT NULL DEFAULT 0,
  -- The endpoint has asked to be left alone until then.
  ADD rests_until timestamptz,
  -- About the last time that it accepted something.
  ADD accepted_at timestamptz,
  -- When a lane was last opened for it.
  ADD served_at   timestamptz;

-- Endpoints that are disabled or gone, of which deliveries may be left.
CREATE TABLE leftover (
  endpoint_id text COLLATE "C" PRIMARY KEY,
  since       timestamptz NOT NULL DEFAULT now()
);

-- The deliveries of an endpoint that is deleted go by and by.
ALTER TABLE delivery DROP CONSTRAINT delivery_endpoint_id_fkey;
ALTER TABLE delivery
  ADD line       text COLLATE "C",
  ADD period     integer NOT NULL DEFAULT 0,
  -- Rises when it is to be sent once more: what an attempt from before that has come to does not end it.
  ADD generation integer NOT NULL DEFAULT 0;
UPDATE delivery d
   SET line = CASE WHEN d.origin = 'live' THEN m.node_id
                   WHEN d.origin = 'test' THEN d.id
                   ELSE d.origin || '/' || m.node_id END
  FROM message m WHERE m.event_id = d.event_id;
ALTER TABLE delivery ALTER line SET NOT NULL;
INSERT INTO line (endpoint_id, period, name, urgency, alone, due_at, planned_at)
SELECT endpoint_id, period, line, min(urgency), bool_and(origin = 'test'), now(), now()
  FROM delivery WHERE status = 'pending' GROUP BY endpoint_id, period, line;
-- The indexes on it go with it.
ALTER TABLE delivery DROP due_at;
CREATE INDEX ON delivery (endpoint_id, period, line, position, id) WHERE status = 'pending';
