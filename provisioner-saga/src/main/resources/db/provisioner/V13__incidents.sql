-- What of nodes' health has been told and is not over, as the streams say it.
create table provisioner.open_incident (
    node_id text collate "C" not null,
    kind    text             not null,
    primary key (node_id, kind)
);
comment on column provisioner.open_incident.kind is 'HEALTH, or the resource of which too much is used';
