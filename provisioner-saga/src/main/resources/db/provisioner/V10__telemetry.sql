-- What one instance does for a region at a time.
create table provisioner.region_turn (
    duty       text        not null,
    region     text        not null,
    holder     text        not null,
    held_until timestamptz not null,
    primary key (duty, region)
);

-- What machines were doing, every few seconds. No events: they are kept for a day, in partitions that the service makes and
-- drops. A share is one of the whole, 0 to 1; a rate is per second; what had no source is null.
create table provisioner.telemetry_sample (
    node_id      text collate "C" not null,
    sampled_at   timestamptz      not null,
    cpu          real             not null,
    memory       real             not null,
    network_in   real,
    network_out  real,
    storage      real,
    read_iops    real,
    write_iops   real,
    packets_in   real,
    packets_out  real
) partition by range (sampled_at);
create index telemetry_sample_of_node on provisioner.telemetry_sample (node_id, sampled_at);
-- For folding. Rows come in the order of time, many of one moment, so that it stays small and only its end is written to.
create index telemetry_sample_of_time on provisioner.telemetry_sample (sampled_at);
comment on column provisioner.telemetry_sample.network_in is 'bytes per second';

-- The same, folded: averages, peaks, and how many samples are behind them.
create table provisioner.telemetry_minute (
    node_id      text collate "C" not null,
    began_at     timestamptz      not null,
    samples      integer          not null,
    cpu          real             not null,
    cpu_peak     real             not null,
    memory       real             not null,
    memory_peak  real             not null,
    rated        integer          not null,
    network_in   real,
    network_out  real,
    detailed     integer          not null,
    storage      real,
    read_iops    real,
    write_iops   real,
    packets_in   real,
    packets_out  real,
    primary key (node_id, began_at)
) partition by range (began_at);
create index telemetry_minute_of_time on provisioner.telemetry_minute (began_at);
comment on column provisioner.telemetry_minute.rated is 'how many of the samples know the network''s rates';
comment on column provisioner.telemetry_minute.detailed is 'how many of the samples know storage, operations or packets';

create table provisioner.telemetry_quarter (like provisioner.telemetry_minute including all)
    partition by range (began_at);
create table provisioner.telemetry_hour (like provisioner.telemetry_minute including all)
    partition by range (began_at);

-- How far the folding has come: what began before it is complete in the table of that name.
create table provisioner.telemetry_folded (
    series text primary key,
    until  timestamptz not null
);

-- Each node's last sample with what it is a share of. It need not survive a crash: the next sample is seconds away.
create unlogged table provisioner.telemetry_latest (
    node_id       text collate "C" primary key,
    sampled_at    timestamptz not null,
    cores         real        not null,
    cpu           real        not null,
    memory_used   bigint      not null,
    memory_total  bigint      not null,
    by_kubelet    boolean     not null,
    network_in    real,
    network_out   real,
    detailed_at   timestamptz,
    storage_used  bigint,
    storage_total bigint,
    read_iops     real,
    write_iops    real,
    packets_in    real,
    packets_out   real
) with (fillfactor = 50);
comment on column provisioner.telemetry_latest.by_kubelet is
    'whether memory is what the kubelet measures, and not what a guest has ever touched';
