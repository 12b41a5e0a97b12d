-- Whose turn it is to observe a region's cluster, and the moment for which the tables below say what the cluster says.
create table provisioner.observed_cluster (
    region      text        primary key,
    observer    text        not null,
    held_until  timestamptz not null,
    observed_at timestamptz
);
comment on column provisioner.observed_cluster.observed_at is
    'when the cluster was last known to tell everything; null until it was';

-- The platform's nodes as the cluster describes them; a row is written when its description changes.
create table provisioner.kubernetes_node (
    region          text        not null,
    node_id         text        not null,
    kubernetes_name text        not null,
    uid             text        not null,
    ready           boolean     not null,
    schedulable     boolean     not null,
    conditions      json        not null,
    system          json        not null,
    boot_id         text        not null,
    booted_at       timestamptz not null,
    primary key (region, node_id)
);

-- Their kubelets' last signs of life, apart because they change every ten seconds: rows are small, and pages have room
-- to change them in place.
create table provisioner.kubernetes_heartbeat (
    region     text        not null,
    node_id    text        not null,
    renewed_at timestamptz not null,
    seen_at    timestamptz not null,
    primary key (region, node_id)
) with (fillfactor = 50);
comment on column provisioner.kubernetes_heartbeat.renewed_at is 'by the kubelet''s clock';
comment on column provisioner.kubernetes_heartbeat.seen_at is 'by ours';
