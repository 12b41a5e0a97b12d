#!/usr/bin/env bash
# Roles and what they may do, with the passwords that were made for them. Run when the database is made, and again by the service
# "grants" when its tables are there.
set -euo pipefail
export PGUSER=postgres PGDATABASE=nodeledger

psql -v ON_ERROR_STOP=1 -q -f /etc/nodeledger/roles.sql
for role in owner command query provisioner webhook; do
  # The password goes in by standard input: a command line can be seen by others.
  printf "ALTER ROLE nodeledger_%s PASSWORD '%s';\n" "$role" "$(cat "/run/secrets/database-$role")"
done | psql -v ON_ERROR_STOP=1 -q
