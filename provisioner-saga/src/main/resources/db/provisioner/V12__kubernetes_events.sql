-- What Kubernetes told of the platform's nodes, which it forgets itself after an hour. The same thing told again soon is
-- one row that counts.
create table provisioner.kubernetes_event (
    region   text                     not null,
    id       text collate "C"         not null,
    node_id  text collate "C"         not null,
    type     text                     not null check (type in ('Normal', 'Warning')),
    reason   text                     not null,
    message  text                     not null,
    source   text                     not null,
    count    bigint                   not null,
    first_at timestamptz              not null,
    last_at  timestamptz              not null,
    primary key (region, id)
);
comment on column provisioner.kubernetes_event.id is 'uid of the event object that it began with';
create index kubernetes_events_of_node on provisioner.kubernetes_event (region, node_id, last_at desc, id desc);
create index kubernetes_events_by_age on provisioner.kubernetes_event (last_at);

-- Which event objects are counted in them, and how far: what a cluster tells again counts once.
create table provisioner.kubernetes_event_object (
    region   text             not null,
    uid      text collate "C" not null,
    event_id text collate "C" not null,
    count    bigint           not null,
    primary key (region, uid)
);
create index kubernetes_event_objects_of_event on provisioner.kubernetes_event_object (region, event_id);
