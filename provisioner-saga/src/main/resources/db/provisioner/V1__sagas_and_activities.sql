-- Durable activities (db-scheduler): one row per step that is due, running or waiting.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time) WHERE NOT picked;
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat) WHERE picked;
-- Rows of one node are found by prefix: instance names begin with the node's id.
CREATE INDEX scheduled_tasks_of_node ON scheduled_tasks (task_instance text_pattern_ops);

CREATE TABLE token_entry (
    processor_name text NOT NULL,
    segment        int  NOT NULL,
    token          bytea,
    token_type     text,
    timestamp      text,
    owner          text,
    PRIMARY KEY (processor_name, segment)
);

CREATE TABLE saga_entry (
    saga_id         text PRIMARY KEY,
    revision        text,
    saga_type       text,
    serialized_saga bytea
);

CREATE TABLE association_value_entry (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    association_key   text,
    association_value text,
    saga_id           text,
    saga_type         text
);
CREATE INDEX association_value_lookup ON association_value_entry (saga_type, association_key, association_value);
CREATE INDEX association_value_of_saga ON association_value_entry (saga_id);
