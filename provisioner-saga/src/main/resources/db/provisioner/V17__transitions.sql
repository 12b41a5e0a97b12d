-- Transitions that have not ended: who works on them looks here for what is due. What they are is in their streams.
create table provisioner.running_transition (
    transition_id text collate "C" primary key,
    workspace_id  text collate "C" not null,
    -- when to look again
    due_at        timestamptz not null,
    -- when it last got on, in the stage it was in then
    stage         text not null,
    progressed_at timestamptz not null,
    -- how far its workloads were then
    progress      bigint not null default 0,
    -- what has been begun in the window and must not be cut in half: a node, or all of them
    unit          text
);
create index running_transition_due on provisioner.running_transition (due_at);

-- How far the workloads of a transition are: an observation, which the read side shows.
create table provisioner.transition_workload (
    transition_id text collate "C" not null,
    region        text not null,
    namespace     text not null,
    kind          text not null,
    name          text not null,
    pods          integer not null,
    moved         integer not null,
    ready         integer not null,
    primary key (transition_id, region, namespace, kind, name)
);
