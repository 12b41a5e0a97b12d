CREATE TABLE token_entry (
  processor_name text NOT NULL, segment int NOT NULL, token bytea, token_type text,
  timestamp text, owner text, PRIMARY KEY (processor_name, segment)
);
