-- A database that is restored to an earlier moment forgets what others know of: events on topics, cursors, positions. From there
-- on the log goes on in another epoch. An epoch's positions begin with its number, 2^36 for each, so none is ever given twice.
-- Numbers are hours since 2026 where they can be: a backup that is restored twice knows nothing of the first time.
CREATE TABLE epoch (
  number         integer PRIMARY KEY,
  opened_at      timestamptz NOT NULL DEFAULT now(),
  cause          text NOT NULL,
  -- The last position that counts of what was before. What others know from between the two is lost.
  after_position bigint NOT NULL,
  first_position bigint NOT NULL,
  -- Where the database was then.
  home           text NOT NULL
);

-- Changes when the database becomes another one: restored into another cluster, to a moment (a timeline), or from a dump or template;
-- and when a replica takes over, which may lack the last commits.
CREATE FUNCTION home() RETURNS text
  LANGUAGE sql STABLE
  RETURN (SELECT system_identifier FROM pg_control_system())::text
    || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
    || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
    || '/' || 'domain_event'::regclass::oid;

INSERT INTO epoch (number, cause, after_position, first_position, home) VALUES (0, 'the first start', 0, 1, home());

-- For whoever knows that the database was restored: after a disk's snapshot was put back it looks the same as before.
-- Others may know what became of positions since; whoever knows of some that are lost says so, and is told the epoch that they were
-- lost in, if that is open already: several may see the same, one after the other.
CREATE FUNCTION open_epoch(cause text, lost_from bigint DEFAULT NULL, lost_until bigint DEFAULT NULL) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventstore, pg_temp AS $$
DECLARE
  last_position bigint;
  next_number   integer;
BEGIN
  -- Whoever appends has a position of the epoch before, and comes to its end first.
  LOCK TABLE domain_event IN EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM epoch WHERE number > 0 AND after_position < lost_from AND lost_until < first_position) THEN
    RETURN (SELECT max(number) FROM epoch);
  END IF;
  SELECT coalesce(max(global_index), 0) INTO last_position FROM domain_event;
  SELECT greatest(max(number) + 1, (last_position >> 36) + 1, (lost_until >> 36) + 1,
                  floor(extract(epoch FROM now() - timestamptz '2026-01-01Z') / 3600))
    INTO next_number FROM epoch;
  PERFORM setval(pg_get_serial_sequence('eventstore.domain_event', 'global_index'), next_number::bigint << 36, false);
  INSERT INTO epoch (number, cause, after_position, first_position, home)
  VALUES (next_number, cause, least(last_position, lost_from - 1), next_number::bigint << 36, home());
  RETURN next_number;
END
$$;

-- Positions leap for everybody: that is for those who know, not for every service.
REVOKE EXECUTE ON FUNCTION open_epoch(text, bigint, bigint) FROM PUBLIC;

-- The number of the epoch that the log is in; opens one where the database is another one than it was.
CREATE FUNCTION enter_epoch() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventstore, pg_temp AS $$
DECLARE
  last epoch;
BEGIN
  SELECT * INTO last FROM epoch ORDER BY number DESC LIMIT 1;
  IF last.home <> home() THEN
    LOCK TABLE domain_event IN EXCLUSIVE MODE;
    SELECT * INTO last FROM epoch ORDER BY number DESC LIMIT 1;
    IF last.home <> home() THEN
      RETURN open_epoch('the database is another one than it was: ' || last.home || ' before, ' || home() || ' now');
    END IF;
  END IF;
  RETURN last.number;
END
$$;

-- A log from before there were epochs may have come out of a backup; nothing in it says so.
DO $$
BEGIN
  IF EXISTS (SELECT FROM eventstore.domain_event) THEN
    PERFORM eventstore.open_epoch('the log is older than its epochs');
  END IF;
END
$$;
