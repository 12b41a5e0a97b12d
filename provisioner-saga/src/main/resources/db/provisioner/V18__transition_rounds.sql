-- What has happened to a transition during a round must not be slept over: the pause after it counts only if nothing has.
alter table provisioner.running_transition add column news bigint not null default 0;

-- Where a workspace's namespaces were directed to dedicated nodes, by whichever transition, whether it has nodes there or not.
create table provisioner.directed_region (
    workspace_id text collate "C" not null,
    region       text not null,
    primary key (workspace_id, region)
);
