package io.nodeledger.base.eventstore;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/** Where events and snapshots are: the schema {@code eventstore}, columns as its migration names them. */
final class EventTables {

    static final String SCHEMA = "eventstore";

    static final EventSchema NAMES = EventSchema.builder()
            .eventTable(SCHEMA + ".domain_event")
            .snapshotTable(SCHEMA + ".snapshot")
            .globalIndexColumn("global_index")
            .timestampColumn("time_stamp")
            .eventIdentifierColumn("event_identifier")
            .aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number")
            .typeColumn("type")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision")
            .payloadColumn("payload")
            .metaDataColumn("meta_data")
            .build();

    private EventTables() {}
}
