-- One log for both write doors. The unique key (aggregate, sequence) is the arbiter between instances.
-- Collation C: these are opaque keys, and byte order is the cheapest to keep.
-- The transaction comes first among the columns, hence first among the defaults: whoever holds a global index has a
-- transaction id already, so a hole in the order is dead once every transaction of the time it was seen has ended.
CREATE TABLE domain_event (
  transaction_id       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  global_index         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  aggregate_identifier text COLLATE "C" NOT NULL,
  sequence_number      bigint NOT NULL,
  type                 text COLLATE "C",
  event_identifier     text COLLATE "C" NOT NULL,
  time_stamp           text COLLATE "C" NOT NULL,
  payload_type         text COLLATE "C" NOT NULL,
  payload_revision     text COLLATE "C",
  payload              bytea NOT NULL,
  meta_data            bytea NOT NULL,
  CONSTRAINT domain_event_stream UNIQUE (aggregate_identifier, sequence_number),
  CONSTRAINT domain_event_identifier UNIQUE (event_identifier)
);

CREATE TABLE snapshot (
  aggregate_identifier text COLLATE "C" NOT NULL,
  sequence_number      bigint NOT NULL,
  type                 text COLLATE "C" NOT NULL,
  event_identifier     text COLLATE "C" NOT NULL,
  time_stamp           text COLLATE "C" NOT NULL,
  payload_type         text COLLATE "C" NOT NULL,
  payload_revision     text COLLATE "C",
  payload              bytea NOT NULL,
  meta_data            bytea NOT NULL,
  PRIMARY KEY (aggregate_identifier, sequence_number)
);

-- For people: payload and metadata as JSON.
CREATE VIEW events AS
SELECT global_index,
       type,
       aggregate_identifier,
       sequence_number,
       event_identifier,
       time_stamp::timestamptz AS occurred_at,
       payload_type,
       payload_revision,
       convert_from(payload, 'UTF8')::jsonb AS payload,
       convert_from(meta_data, 'UTF8')::jsonb AS metadata
FROM domain_event;
