-- Answers to requests that carried an Idempotency-Key, written by the command's own transaction.
-- Scope and payload are SHA-256: nothing of a request but its accepted answer is kept.
CREATE TABLE idempotency_key (
  scope       bytea PRIMARY KEY,
  payload     bytea NOT NULL,
  answer_type text NOT NULL,
  answer      text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
