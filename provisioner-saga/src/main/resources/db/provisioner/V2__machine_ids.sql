-- Machine ids that are in use or burnt, unique in each region whatever Proxmox VE hands out.
create table provisioner.machine_id (
    region         text        not null,
    vm_id          integer     not null,
    node_id        text        not null,
    host           text        not null,
    storage        text        not null,
    cores          integer     not null,
    memory_bytes   bigint      not null,
    storage_bytes  bigint      not null,
    claimed_at     timestamptz not null default now(),
    clone_asked_at timestamptz,
    burnt_at       timestamptz,
    primary key (region, vm_id)
);
comment on column provisioner.machine_id.clone_asked_at is
    'a clone was asked for and its answer has not arrived: it may still happen';
comment on column provisioner.machine_id.burnt_at is
    'the id turned out to be somebody else''s and is never used again';

create unique index machine_id_of_node on provisioner.machine_id (region, node_id) where burnt_at is null;
create index machine_id_recent on provisioner.machine_id (region, claimed_at);

-- Where each region's search for a free id goes on. Its row is locked while an id is claimed.
create table provisioner.machine_id_cursor (
    region     text    primary key,
    last_vm_id integer not null
);

-- Who clones: full clones of one template on one storage happen one after the other.
create table provisioner.clone_slot (
    region     text        not null,
    slot       text        not null,
    node_id    text        not null,
    held_until timestamptz not null,
    primary key (region, slot)
);
