-- What is left of everybody's quotas. Unlogged: after a crash of the server all buckets are full, and nobody minds.
CREATE UNLOGGED TABLE bucket (
  key            text COLLATE "C" PRIMARY KEY,
  capacity       float8 NOT NULL,
  refill_seconds float8 NOT NULL,
  tokens         float8 NOT NULL,
  filled_at      timestamptz NOT NULL
);
