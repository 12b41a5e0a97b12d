#!/usr/bin/env bash
# Makes Nodeledger's topics, or gives those that are there the terms that they need: a topic with a cluster's own terms forgets after
# a week. Kafka's tools are in the PATH.
#
#   topics.sh BOOTSTRAP_SERVERS [PARTITIONS [REPLICAS [CLIENT_PROPERTIES]]]
#
# The count of partitions is for good: another one would send a node's next events elsewhere than its last ones.
set -euo pipefail

servers=${1:?Usage: topics.sh BOOTSTRAP_SERVERS [PARTITIONS [REPLICAS [CLIENT_PROPERTIES]]]}
partitions=${2:-12}
replicas=${3:-3}
client=(--bootstrap-server "$servers")
[[ -z ${4:-} ]] || client+=(--command-config "$4")

# What was acknowledged is on two brokers at least, where there are as many.
in_sync=$((replicas > 1 ? replicas - 1 : 1))

topic() {
  local name=$1 cleanup=$2
  local terms="cleanup.policy=$cleanup,retention.ms=-1,retention.bytes=-1,min.insync.replicas=$in_sync"
  kafka-topics.sh "${client[@]}" --create --if-not-exists --topic "$name" --partitions "$partitions" --replication-factor "$replicas"
  kafka-configs.sh "${client[@]}" --alter --entity-type topics --entity-name "$name" --add-config "$terms"
}

topic node.lifecycle.v1 delete
topic node.state.v1 compact
