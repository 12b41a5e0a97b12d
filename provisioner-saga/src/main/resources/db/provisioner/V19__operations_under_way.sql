-- For the figures that are read every few seconds: few nodes of many do something.
create index known_node_under_way on provisioner.known_node (status, settled_at) where operation_id is not null;
