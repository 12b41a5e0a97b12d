-- Up to which position the topic was compared with the store, and what it lacked.
CREATE TABLE topic_check (
  one_row  boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  position bigint NOT NULL
);
INSERT INTO topic_check (position) VALUES (0);

CREATE TABLE missing_event (
  event_id text PRIMARY KEY,
  position bigint NOT NULL,
  seen_at  timestamptz NOT NULL DEFAULT now()
);
