-- How long operations took that succeeded: the last 200 of each kind, the oldest overwritten.
CREATE SEQUENCE operation_duration_number;

CREATE TABLE operation_duration (
  type    text COLLATE "C" NOT NULL,
  slot    integer NOT NULL,
  seconds double precision NOT NULL,
  PRIMARY KEY (type, slot)
);
