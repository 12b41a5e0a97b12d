-- How far the relays have come.
CREATE TABLE token_entry (
  processor_name text NOT NULL,
  segment        integer NOT NULL,
  token          bytea,
  token_type     text,
  timestamp      text,
  owner          text,
  PRIMARY KEY (processor_name, segment)
);
