#!/usr/bin/env bash
# Makes the secrets that are not there yet, each a file that only its owner's folder leads to: containers run as other users, and
# see the file alone.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

mkdir -p secrets/kubeconfigs
chmod 700 secrets

# secret NAME COMMAND...
secret() {
  local file=secrets/$1
  shift
  [[ -s $file ]] || "$@" | tr -d '\n' >"$file"
  chmod 444 "$file"
}

for role in superuser owner command query provisioner webhook; do
  secret "database-$role" openssl rand -hex 24
done
secret webhook-key openssl rand -base64 32
# Regions' tokens come from Proxmox: put user@realm!id=secret here.
secret proxmox-token-us-west-2 echo none
