#!/usr/bin/env bash
# Images of all services: build.sh TAG [REGISTRY]. The programs are built already (./mvnw package).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

tag=${1:?Usage: build.sh TAG [REGISTRY]}
registry=${2:-nodeledger}
for service in command-service query-service provisioner-saga webhook-service; do
  docker build -f deploy/docker/Dockerfile --build-arg "SERVICE=$service" -t "$registry/$service:$tag" .
done
