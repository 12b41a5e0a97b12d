-- Who may do what in Nodeledger's database. Run by a superuser in that database, as often as one likes:
--   before the first start   roles, schemas, extensions
--   after each migration     what the roles may do with tables that are there by then; it replaces what they might before
--
--   psql -v ON_ERROR_STOP=1 -f roles.sql nodeledger
--
-- Roles have no password until they are given one (\password nodeledger_query), so nobody can log in before that.
--
-- Schemas change by Flyway, which each program runs at its start with the role that it was given. What several services share
-- belongs to nodeledger_owner, which no service has: command-service is started once with that role and ends when the schemas
-- are up to date (-Dspring.context.exit=onRefresh). Services then find nothing left to do there. query, provisioner and webhook belong
-- to their services, which make and drop tables while they run: generations of read models, partitions of telemetry.
-- So no service can change or remove an event.

BEGIN;
SET LOCAL client_min_messages = warning;

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['nodeledger_owner', 'nodeledger_command', 'nodeledger_query', 'nodeledger_provisioner',
    'nodeledger_webhook']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', wanted);
    END IF;
  END LOOP;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO nodeledger_owner, nodeledger_command, nodeledger_query, nodeledger_provisioner,'
    ' nodeledger_webhook', current_database());
END
$$;

-- Migrations ask for these too, and are content when they are there.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS eventstore AUTHORIZATION nodeledger_owner;
CREATE SCHEMA IF NOT EXISTS command AUTHORIZATION nodeledger_owner;
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION nodeledger_owner;
CREATE SCHEMA IF NOT EXISTS ratelimit AUTHORIZATION nodeledger_owner;
CREATE SCHEMA IF NOT EXISTS query AUTHORIZATION nodeledger_query;
CREATE SCHEMA IF NOT EXISTS provisioner AUTHORIZATION nodeledger_provisioner;
CREATE SCHEMA IF NOT EXISTS webhook AUTHORIZATION nodeledger_webhook;

GRANT USAGE ON SCHEMA eventstore, audit, ratelimit
  TO nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook;
GRANT USAGE ON SCHEMA command TO nodeledger_command, nodeledger_webhook;
GRANT USAGE ON SCHEMA query TO nodeledger_command, nodeledger_provisioner;
GRANT USAGE ON SCHEMA provisioner TO nodeledger_command, nodeledger_query;
GRANT USAGE ON SCHEMA webhook TO nodeledger_query;

REVOKE ALL ON ALL TABLES IN SCHEMA eventstore, command, audit, ratelimit, provisioner, webhook
  FROM nodeledger_command, nodeledger_query;
REVOKE ALL ON ALL TABLES IN SCHEMA eventstore, command, audit, ratelimit, query, webhook FROM nodeledger_provisioner;
REVOKE ALL ON ALL TABLES IN SCHEMA eventstore, command, audit, ratelimit, query, provisioner FROM nodeledger_webhook;
REVOKE ALL ON ALL TABLES IN SCHEMA query FROM nodeledger_command;

-- Views of read models are made when query-service first runs, and made anew by a rebuild, without the old ones' grants. Until the
-- next run of this file the two may therefore read all of such a read model.
ALTER DEFAULT PRIVILEGES FOR ROLE nodeledger_query IN SCHEMA query
  GRANT SELECT ON TABLES TO nodeledger_command, nodeledger_provisioner;

SET LOCAL client_min_messages = notice;

DO $$
DECLARE
  allowed record;
BEGIN
  FOR allowed IN
    SELECT * FROM (VALUES
      -- The log: three doors append to it, all read it, nobody changes it. A snapshot replaces an older one.
      ('eventstore.domain_event', 'SELECT, INSERT', 'nodeledger_command, nodeledger_provisioner, nodeledger_webhook'),
      ('eventstore.domain_event', 'SELECT', 'nodeledger_query'),
      ('eventstore.snapshot', 'SELECT, INSERT, DELETE', 'nodeledger_command, nodeledger_provisioner, nodeledger_webhook'),
      ('eventstore.snapshot', 'SELECT', 'nodeledger_query'),
      -- What a restore has lost. Another epoch is opened by functions that may more than who calls them.
      ('eventstore.epoch', 'SELECT',
        'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      -- Flyway looks up what has been applied.
      ('eventstore.schema_history', 'SELECT',
        'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      ('audit.schema_history', 'SELECT', 'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      ('ratelimit.schema_history', 'SELECT',
        'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      ('command.schema_history', 'SELECT', 'nodeledger_command, nodeledger_webhook'),
      -- What each service denies, and what it lets pass.
      ('audit.denied_attempt', 'SELECT, INSERT',
        'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      ('ratelimit.bucket', 'SELECT, INSERT, UPDATE, DELETE',
        'nodeledger_command, nodeledger_query, nodeledger_provisioner, nodeledger_webhook'),
      -- Answers to requests with an Idempotency-Key.
      ('command.idempotency_key', 'SELECT, INSERT, DELETE', 'nodeledger_command, nodeledger_webhook'),
      -- Admission: room, stock, prices, estimates; and an operator's acceptance of held back changes.
      ('query.nodes', 'SELECT', 'nodeledger_command'),
      ('query.node_counts', 'SELECT', 'nodeledger_command'),
      ('query.operations', 'SELECT', 'nodeledger_command'),
      ('provisioner.region_capacity', 'SELECT', 'nodeledger_command'),
      ('provisioner.operation_duration', 'SELECT', 'nodeledger_command, nodeledger_query'),
      ('provisioner.reconciled_region', 'SELECT', 'nodeledger_command, nodeledger_query'),
      ('provisioner.reconciled_region', 'UPDATE (accepted_changes, accepted_at, accepted_by, accepted_request)',
        'nodeledger_command'),
      -- Daily charges are made from the cost tables, once these have come far enough.
      ('query.meter_points', 'SELECT', 'nodeledger_provisioner'),
      ('query.metered_nodes', 'SELECT', 'nodeledger_provisioner'),
      ('query.metered_workspaces', 'SELECT', 'nodeledger_provisioner'),
      ('query.projection_generation', 'SELECT', 'nodeledger_provisioner'),
      ('query.token_entry', 'SELECT', 'nodeledger_provisioner'),
      -- What is observed, shown by the read side.
      ('provisioner.drift', 'SELECT', 'nodeledger_query'),
      ('provisioner.held_operation', 'SELECT', 'nodeledger_query'),
      ('provisioner.observed_cluster', 'SELECT', 'nodeledger_query'),
      ('provisioner.kubernetes_node', 'SELECT', 'nodeledger_query'),
      ('provisioner.kubernetes_heartbeat', 'SELECT', 'nodeledger_query'),
      ('provisioner.kubernetes_workload', 'SELECT', 'nodeledger_query'),
      ('provisioner.kubernetes_event', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_latest', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_folded', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_sample', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_minute', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_quarter', 'SELECT', 'nodeledger_query'),
      ('provisioner.telemetry_hour', 'SELECT', 'nodeledger_query'),
      ('provisioner.transition_workload', 'SELECT', 'nodeledger_query'),
      -- Why a node's events reached a webhook, or did not.
      ('webhook.delivery', 'SELECT', 'nodeledger_query')
    ) AS all_allowed (relation, privileges, roles)
  LOOP
    IF to_regclass(allowed.relation) IS NULL THEN
      RAISE NOTICE '% is not there yet: run this again after the migration', allowed.relation;
    ELSE
      EXECUTE format('GRANT %s ON %s TO %s', allowed.privileges, allowed.relation, allowed.roles);
    END IF;
  END LOOP;
END
$$;

-- Whoever opens an epoch makes positions leap for everybody: webhook-service, which sees what the topic knows and the log has not.
DO $$
BEGIN
  IF to_regprocedure('eventstore.open_epoch(text, bigint, bigint)') IS NULL THEN
    RAISE NOTICE 'eventstore.open_epoch is not there yet: run this again after the migration';
  ELSE
    REVOKE EXECUTE ON FUNCTION eventstore.open_epoch(text, bigint, bigint)
      FROM PUBLIC, nodeledger_command, nodeledger_query, nodeledger_provisioner;
    GRANT EXECUTE ON FUNCTION eventstore.open_epoch(text, bigint, bigint) TO nodeledger_webhook;
  END IF;
END
$$;

COMMIT;
