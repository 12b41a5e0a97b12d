-- What the platform's nodes hold, and all that decides what else the scheduler would place on them; a row is written when
-- anything of it changes.
create table provisioner.kubernetes_workload (
    region            text    not null,
    node_id           text    not null,
    allocatable       json    not null,
    capacity          json    not null,
    taints            json    not null,
    labels            json    not null,
    unschedulable     boolean not null,
    requested_cpu     bigint  not null,
    requested_memory  bigint  not null,
    requested_storage bigint  not null,
    pods              integer not null,
    applications      json    not null,
    primary key (region, node_id)
);
comment on column provisioner.kubernetes_workload.allocatable is 'quantities by resource, as the cluster prints them';
comment on column provisioner.kubernetes_workload.requested_cpu is
    'thousandths of a core that pods request, each pod''s rounded up as the scheduler does';
comment on column provisioner.kubernetes_workload.requested_memory is 'bytes';
comment on column provisioner.kubernetes_workload.requested_storage is 'bytes of ephemeral storage';
comment on column provisioner.kubernetes_workload.pods is 'pods that have not ended, whatever they ask for';
comment on column provisioner.kubernetes_workload.applications is
    'list of id, name and pods; without what runs for the node''s own sake';

-- Pods come by a watch of their own, which may be the only one that is cut off.
alter table provisioner.observed_cluster add column pods_observed_at timestamptz;
comment on column provisioner.observed_cluster.pods_observed_at is
    'when the pods'' watch last told anything, also only that nothing has changed; null until it has listed them';
