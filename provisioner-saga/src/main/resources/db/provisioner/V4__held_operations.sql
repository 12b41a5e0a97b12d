-- Operations that something unforeseen keeps from going on by themselves. A person should look; they are driven on from
-- their nodes' streams meanwhile.
create table provisioner.held_operation (
    operation_id text        primary key,
    node_id      text        not null,
    event_id     text,
    reason       text        not null,
    held_at      timestamptz not null default now(),
    failures     integer     not null default 1
);
comment on column provisioner.held_operation.event_id is 'the event whose handling failed, if it was one';
