package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.command.capacity.CapacitySettings;
import io.nodeledger.command.capacity.ExpectedRoom;
import io.nodeledger.command.stock.CountedStock;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.standalone.StandaloneServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The write door reads the read side's tables, which another module makes: here they are the real ones. */
@Isolated
class StockOfNodesTest {
    private static final String REGION = "us-east-1";
    private static final CapacitySettings SETTINGS =
            new CapacitySettings(Duration.ofMillis(20), Duration.ofMinutes(2), Duration.ofDays(7));

    private final StandaloneServer server = StandaloneServer.shared();
    private final JdbcClient sql = server.context().getBean(JdbcClient.class);
    private final NodePlan large = server.context()
            .getBean(Catalogue.class)
            .find("plan-dedicated-8c16g")
            .orElseThrow();
    private OwnedNodes nodes;
    private SimulatorControl control;

    @BeforeEach
    void clients() throws Exception {
        nodes = OwnedNodes.of(server, "ws-stock", 10_000);
        control = new SimulatorControl(server.runtime(), REGION);
    }

    @AfterEach
    void close() throws Exception {
        control.close();
        nodes.close();
    }

    @Test
    void aNodeHasItsPlaceUntilItIsDeletedAndItsDeletionTellsWhenThatWillBe() throws Exception {
        // given
        var room = new ExpectedRoom(sql, SETTINGS, Clock.systemUTC());
        String id = nodes.provision(OwnedNodes.body().put("plan_id", large.id()).put("region", REGION))
                .expect("provision", 202)
                .data()
                .path("id")
                .asString();
        nodes.running(id);
        int live = live();

        // then
        assertThat(isUsedUp(live, room)).isTrue();
        assertThat(isUsedUp(live + 1, room)).isFalse();

        // when its deletion takes a while
        Instant week = Instant.now().plus(Duration.ofDays(6));
        assertThat(room.inStock(large, REGION)).isAfter(week);
        control.fault("{'target': 'proxmox', 'match': {'method': 'DELETE'}, 'fault': 'lock'}");
        String deletion = nodes.begin(id, "delete");
        room.start();
        try {
            await().untilAsserted(() -> assertThat(room.inStock(large, REGION))
                    .isEqualTo(Instant.parse(nodes.operation(deletion)
                            .path("estimated_completion")
                            .asString()
                            .replaceAll("\\.\\d+", ""))));
        } finally {
            room.stop();
        }
        control.forget();
        nodes.ended(deletion);

        // then
        await().untilAsserted(() -> assertThat(isUsedUp(live, room)).isFalse());
    }

    private boolean isUsedUp(int stock, ExpectedRoom room) {
        var plan = with(Map.of(REGION, stock));
        var counted = new CountedStock(sql, new Catalogue(List.of(plan)), room, Duration.ofSeconds(5));
        try (var place = counted.hold(plan, REGION)) {
            return place.usedUp().containsKey(REGION);
        }
    }

    private int live() {
        return sql.sql("SELECT count(*) FROM query.nodes WHERE plan_id = ? AND region = ? AND status <> 'deleted'")
                .params(large.id(), REGION)
                .query(Integer.class)
                .single();
    }

    private NodePlan with(Map<String, Integer> stock) {
        return new NodePlan(
                large.id(),
                large.name(),
                large.description(),
                large.specs(),
                large.prices(),
                large.currency(),
                large.regions(),
                stock,
                large.features(),
                large.suitableFor(),
                large.provisioningMinutesMin(),
                large.provisioningMinutesMax());
    }
}
