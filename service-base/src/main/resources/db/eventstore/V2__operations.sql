-- An operation is named without its node where it is called off; the event that began it knows both.
CREATE FUNCTION operation_of(payload bytea) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN convert_from(payload, 'UTF8')::jsonb ->> 'operationId';

CREATE INDEX domain_event_beginning_of_operation ON domain_event (operation_of(payload))
  WHERE payload_type IN (
    'io.nodeledger.events.node.NodeEvent$NodeProvisioningStarted',
    'io.nodeledger.events.node.NodeEvent$NodeProvisioningRetried',
    'io.nodeledger.events.node.NodeEvent$NodeDeletionStarted',
    'io.nodeledger.events.node.PowerEvent$PowerOperationStarted',
    'io.nodeledger.events.node.UpdateEvent$NodeUpdateStarted');
