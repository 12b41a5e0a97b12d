-- What room each host of a region has for new machines; a machine fits when one row holds all of it. Observation, not
-- truth: admission reads it, placement decides anew.
create table provisioner.region_capacity (
    region             text        not null,
    host               text        not null,
    free_cpu           integer     not null,
    free_memory_bytes  bigint      not null,
    free_storage_bytes bigint      not null,
    sampled_at         timestamptz not null,
    primary key (region, host)
);
comment on column provisioner.region_capacity.free_cpu is 'virtual CPUs, over-commitment included';
comment on column provisioner.region_capacity.free_memory_bytes is 'bytes not promised to any machine';
comment on column provisioner.region_capacity.free_storage_bytes is
    'bytes of the storage for root disks; hosts with a shared storage show the same bytes';
