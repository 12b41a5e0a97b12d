#!/usr/bin/env bash
# What principals may do on Kafka. Only webhook-service uses it; docs/settings.md says what for. Kafka's tools are in the PATH.
#
#   acls.sh BOOTSTRAP_SERVERS PRINCIPAL [CLIENT_PROPERTIES]              webhook-service's, such as User:nodeledger
#   acls.sh --reader BOOTSTRAP_SERVERS PRINCIPAL GROUP [CLIENT_PROPERTIES]  somebody's who reads what happens
#
# Create is not among them: topics.sh has made the topics.
set -euo pipefail

usage="Usage: acls.sh [--reader] BOOTSTRAP_SERVERS PRINCIPAL [GROUP] [CLIENT_PROPERTIES]"
reader=
if [[ ${1:-} == --reader ]]; then
  reader=yes
  shift
fi
client=(--bootstrap-server "${1:?$usage}")
principal=${2:?$usage}
group=nodeledger-webhooks
shift 2
if [[ -n $reader ]]; then
  group=${1:?$usage}
  shift
fi
[[ -z ${1:-} ]] || client+=(--command-config "$1")

allow() {
  kafka-acls.sh "${client[@]}" --add --force --allow-principal "$principal" "$@"
}

if [[ -n $reader ]]; then
  allow --operation Read --topic node.lifecycle.v1 --topic node.state.v1 --group "$group"
  exit 0
fi

allow --operation Write --operation Describe --operation DescribeConfigs --operation AlterConfigs \
  --topic node.lifecycle.v1 --topic node.state.v1
allow --operation Read --topic node.lifecycle.v1 --group "$group"
allow --operation Write --transactional-id nodeledger-state- --resource-pattern-type prefixed
