-- The most pods of a workload that were seen to be Ready and stay it while it moved.
alter table provisioner.transition_workload add column most_steady integer not null default 0;
