-- What began before a restore that nobody has acknowledged, and would take a machine away, waits. It has not failed.
alter table provisioner.held_operation add column epoch integer;
alter table provisioner.held_operation add column abandoned boolean not null default false;
comment on column provisioner.held_operation.epoch is 'the epoch that is to be acknowledged before it goes on, if it waits for that';
comment on column provisioner.held_operation.abandoned is 'an operator wants it to end where it is instead';
