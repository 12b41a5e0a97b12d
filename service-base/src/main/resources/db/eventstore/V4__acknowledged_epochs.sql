-- When an operator has seen what an epoch may have lost. What began before it takes no machine away until then.
ALTER TABLE epoch ADD COLUMN acknowledged_at timestamptz;
UPDATE epoch SET acknowledged_at = opened_at WHERE number = 0;

-- For operators only: acknowledges an epoch, and those before it. Says how many that were.
CREATE FUNCTION acknowledge_epoch(seen integer) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventstore, pg_temp AS $$
DECLARE
  acknowledged bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM epoch WHERE number = seen) THEN
    RAISE EXCEPTION 'There is no epoch %', seen;
  END IF;
  UPDATE epoch SET acknowledged_at = now() WHERE number <= seen AND acknowledged_at IS NULL;
  GET DIAGNOSTICS acknowledged = ROW_COUNT;
  RETURN acknowledged;
END
$$;
REVOKE EXECUTE ON FUNCTION acknowledge_epoch(integer) FROM PUBLIC;
