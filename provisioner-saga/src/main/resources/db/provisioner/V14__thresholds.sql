-- The thresholds that live nodes and that workspaces set themselves, as their streams say it. A resource without values is
-- left to the next level: the node's workspace, then the installation.
create table provisioner.node_thresholds (
    node_id             text collate "C" primary key,
    cpu_percentage      numeric,
    cpu_for_seconds     integer,
    memory_percentage   numeric,
    memory_for_seconds  integer,
    storage_percentage  numeric,
    storage_for_seconds integer
);

create table provisioner.workspace_thresholds (
    workspace_id        text collate "C" primary key,
    cpu_percentage      numeric,
    cpu_for_seconds     integer,
    memory_percentage   numeric,
    memory_for_seconds  integer,
    storage_percentage  numeric,
    storage_for_seconds integer
);
