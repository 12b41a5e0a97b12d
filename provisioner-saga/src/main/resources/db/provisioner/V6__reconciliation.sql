-- What the streams of live nodes say, as far as the reconciler's processor has read them. It nominates suspects; nobody
-- acts on it without reading the stream itself.
create table provisioner.known_node (
    node_id             text        primary key,
    workspace_id        text        not null,
    region              text        not null,
    status              text        not null,
    operation_id        text,
    settled_at          timestamptz not null,
    vm_id               integer,
    host                text,
    allocated           integer[]   not null,
    kubernetes_name     text,
    kubernetes_uid      text,
    kubernetes_incident text,
    kubernetes_found    text
);
comment on column provisioner.known_node.settled_at is 'time of the last event that was not a mere step';
comment on column provisioner.known_node.allocated is 'every machine id that was ever the node''s own';
create index known_node_of_region on provisioner.known_node (region);

-- Where each region's reconciliation stands. The breaker is open while nothing may be changed.
create table provisioner.reconciled_region (
    region           text        primary key,
    listed_at        timestamptz,
    passed_at        timestamptz,
    breaker_reason   text,
    breaker_since    timestamptz,
    held_back        integer     not null default 0,
    accepted_changes integer,
    accepted_at      timestamptz,
    accepted_by      text,
    accepted_request text
);
comment on column provisioner.reconciled_region.listed_at is
    'when the last listing of machines began that could be trusted';
comment on column provisioner.reconciled_region.breaker_reason is 'why the breaker is open; null while it is closed';
comment on column provisioner.reconciled_region.accepted_changes is
    'how many changes an operator has accepted, for one pass';

-- Which machines were seen, as spans: a machine without last_seen_at was in the last trusted listing, so that a pass
-- writes nothing for the machines that are still there.
create table provisioner.machine_sighting (
    region       text        not null,
    vm_id        integer     not null,
    last_seen_at timestamptz,
    primary key (region, vm_id)
);

-- What differs between the streams and the outside.
create table provisioner.drift (
    id               bigint      generated always as identity primary key,
    region           text        not null,
    subject          text        not null,
    suspicion        text        not null,
    kind             text        not null,
    node_id          text,
    workspace_id     text,
    vm_id            integer,
    host             text,
    kubernetes_name  text,
    kubernetes_uid   text,
    detail           text        not null,
    first_seen_at    timestamptz not null,
    last_seen_at     timestamptz not null,
    passes           integer     not null,
    looked_at        timestamptz,
    confirmed        boolean     not null default false,
    action           text        not null default 'none' check (action in ('none', 'repaired', 'held_back')),
    removal_asked_at timestamptz
);
comment on column provisioner.drift.suspicion is 'what the listings alone suggest; kind is what a closer look made of it';
comment on column provisioner.drift.passes is 'passes in a row that saw it';
comment on column provisioner.drift.confirmed is 'a closer look has found it to be so';
comment on column provisioner.drift.removal_asked_at is
    'its removal was asked for; once it is gone that is recorded on its node';
create unique index drift_at_present on provisioner.drift (region, subject) where action <> 'repaired';
create index drift_repaired on provisioner.drift (last_seen_at) where action = 'repaired';

-- Whose turn a region's next pass is (db-scheduler); apart from the steps' rows, which must never wait for it.
create table provisioner.reconciliation_task (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
