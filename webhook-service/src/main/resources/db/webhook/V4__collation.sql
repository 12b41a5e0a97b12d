-- Ids are compared byte by byte, as in all other schemas: in the order of a language the newest of a list may be any.
ALTER TABLE endpoint
  ALTER COLUMN id TYPE text COLLATE "C",
  ALTER COLUMN workspace_id TYPE text COLLATE "C",
  ALTER COLUMN key_id TYPE text COLLATE "C",
  ALTER COLUMN owner TYPE text COLLATE "C";
ALTER TABLE secret
  ALTER COLUMN endpoint_id TYPE text COLLATE "C",
  ALTER COLUMN key_id TYPE text COLLATE "C";
ALTER TABLE message
  ALTER COLUMN event_id TYPE text COLLATE "C",
  ALTER COLUMN type TYPE text COLLATE "C",
  ALTER COLUMN node_id TYPE text COLLATE "C";
ALTER TABLE delivery
  ALTER COLUMN id TYPE text COLLATE "C",
  ALTER COLUMN endpoint_id TYPE text COLLATE "C",
  ALTER COLUMN event_id TYPE text COLLATE "C",
  ALTER COLUMN origin TYPE text COLLATE "C",
  ALTER COLUMN status TYPE text COLLATE "C";
ALTER TABLE replay
  ALTER COLUMN id TYPE text COLLATE "C",
  ALTER COLUMN endpoint_id TYPE text COLLATE "C",
  ALTER COLUMN owner TYPE text COLLATE "C";
ALTER TABLE missing_event
  ALTER COLUMN event_id TYPE text COLLATE "C";
ALTER TABLE token_entry
  ALTER COLUMN processor_name TYPE text COLLATE "C";
