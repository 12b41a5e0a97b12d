package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A relay that stands still while another one takes over, and then goes on. */
class StalledRelayTest {
    @Test
    void whoWakesAfterASuccessorTookOverTellsNothingOld() throws Exception {
        try (var world = new RelayWorld()) {
            // given one that has a node's beginning in hand and stands still
            world.startInstance(StallingProducers.SETTING);
            world.append(ToldLives.provisioned("node-gone"));
            assertThat(StallingProducers.STALLED.await(30, TimeUnit.SECONDS)).isTrue();

            // and another one that took over when the claim had ended, and told that the node is gone
            world.startInstance();
            world.sql("update webhook.token_entry set owner = null where processor_name = 'relay-state'");
            world.append(ToldLives.deleted("node-gone"));
            try (var states = Topic.states(world.bootstrapServers())) {
                states.until(records -> records.stream().anyMatch(record -> record.value() == null));
            }

            // when
            StallingProducers.GO_ON.countDown();
            boolean gaveUp = StallingProducers.CLOSED.await(30, TimeUnit.SECONDS);
            world.append(ToldLives.provisioned("node-afterwards"));

            // then
            try (var states = Topic.states(world.bootstrapServers())) {
                var records = states.until(read -> read.stream()
                        .anyMatch(record -> record.key().equals("node-afterwards")
                                && record.value().contains("\"running\"")));
                assertThat(records.stream()
                                .filter(record -> record.key().equals("node-gone"))
                                .toList()
                                .getLast()
                                .value())
                        .isNull();
            }
            assertThat(gaveUp).isTrue();
        }
    }
}
