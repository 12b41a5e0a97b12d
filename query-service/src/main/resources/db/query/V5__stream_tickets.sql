-- Tickets with which a browser, that can send no token, opens a stream: once, on whichever instance. Only their hashes are kept.
CREATE TABLE stream_ticket (
  hash         bytea PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL,
  caller_id    text NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX stream_tickets_by_end ON stream_ticket (expires_at);
