package io.nodeledger.webhook.delivery;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far webhooks have come in the topic, in {@code webhook.topic_offset}: written in the transaction that queues what was read,
 * so the one is never without the other. A topic that was made anew is another one.
 */
final class TopicOffsets {
    /** Who lost a partition meanwhile, and does not know yet, puts nothing back. */
    private static final String PUT = """
            insert into webhook.topic_offset as kept (topic_id, partition, next_offset)
            select ?, n.partition, n.next_offset
              from unnest(?::integer[], ?::bigint[]) as n (partition, next_offset)
             order by n.partition
            on conflict (topic_id, partition) do update set next_offset = excluded.next_offset
             where kept.next_offset < excluded.next_offset""";

    private final JdbcClient jdbc;

    TopicOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is to be read next, by partition. */
    Map<Integer, Long> of(Uuid topic) {
        var next = new HashMap<Integer, Long>();
        jdbc.sql("select partition, next_offset from webhook.topic_offset where topic_id = ?")
                .param(topic.toString())
                .query((row, _) -> next.put(row.getInt(1), row.getLong(2)))
                .list();
        return next;
    }

    /** Goes on, by partition. */
    void put(Uuid topic, Map<Integer, Long> next) {
        jdbc.sql(PUT)
                .params(
                        topic.toString(),
                        next.keySet().toArray(Integer[]::new),
                        next.values().toArray(Long[]::new))
                .update();
    }

    /** Begins anew in a partition that no longer has what was to be read next. */
    void beginAnew(Uuid topic, int partition, long first) {
        jdbc.sql("update webhook.topic_offset set next_offset = ? where topic_id = ? and partition = ?")
                .params(first, topic.toString(), partition)
                .update();
    }
}
