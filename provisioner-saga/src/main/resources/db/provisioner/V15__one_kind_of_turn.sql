-- Whose turn it is to observe a region is in region_turn, as for everything else that is done for one.
alter table provisioner.observed_cluster drop column observer, drop column held_until;
comment on table provisioner.observed_cluster is
    'the moment for which what is known of a region''s cluster holds';
