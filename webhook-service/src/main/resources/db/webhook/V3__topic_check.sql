-- Up to which position the topic was compared with the store, and what it lacked.
CREATE TABLE topic_check (
  only     boolean PRIMARY KEY DEFAULT true CHECK (only),
  position bigint NOT NULL
);
INSERT INTO topic_check (position) VALUES (0);

CREATE TABLE missing_event (
  event_id text PRIMARY KEY,
  position bigint NOT NULL,
  seen_at  timestamptz NOT NULL DEFAULT now()
);
