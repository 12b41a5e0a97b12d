-- One log for both write doors. The unique key (aggregate, sequence) is the arbiter between instances.
-- Collation C: these are opaque keys, and byte order is the cheapest to keep.
CREATE TABLE domain_event (
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
