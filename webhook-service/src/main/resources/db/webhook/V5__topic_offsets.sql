-- How far webhooks have come in the topic, as long as it is the same topic: Kafka forgets it a week after the last consumer.
CREATE TABLE topic_offset (
  topic_id    text COLLATE "C" NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic_id, partition)
);
