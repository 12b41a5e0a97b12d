package io.nodeledger.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.command.ReadTables;
import io.nodeledger.command.TestPlans;
import io.nodeledger.command.capacity.CapacitySettings;
import io.nodeledger.command.capacity.ExpectedRoom;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.testing.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stock by the read side's counters. The tables are another service's; here they are made as that makes them. */
class CountedStockTest {
    private static final NodePlan PLAN = TestPlans.limited(Map.of("us-west-2", 2));

    private final JdbcClient sql =
            JdbcClient.create(PostgresServer.newDatabase().dataSource());
    private final CountedStock stock = new CountedStock(
            sql,
            new Catalogue(List.of(PLAN)),
            new ExpectedRoom(
                    sql,
                    new CapacitySettings(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(15)),
                    Clock.systemUTC()),
            Duration.ofSeconds(5));

    @Test
    void a_node_has_its_place_until_it_is_deleted() {
        var tables = ReadTables.in(sql);
        tables.node("node-1", "error", "plan-a", "us-west-2", 4, 8);
        tables.node("node-2", "deleting", "plan-a", "us-west-2", 4, 8);
        tables.node("node-3", "running", "plan-b", "us-west-2", 4, 8);
        assertThat(stock.hold(PLAN, "us-west-2").usedUp()).containsOnlyKeys("us-west-2");
        assertThat(stock.hold(PLAN, "us-east-1").usedUp()).isEmpty();

        tables.deleteAll();
        stock.refresh();

        assertThat(stock.hold(PLAN, "us-west-2").usedUp()).isEmpty();
    }

    @Test
    void what_was_admitted_here_counts_before_the_read_model_has_it_and_not_twice_when_it_has() {
        var tables = ReadTables.in(sql);
        try (var place = stock.hold(PLAN, null)) {
            place.take("node-1", "us-west-2");
        }
        tables.node("node-1", "provisioning", "plan-a", "us-west-2", 4, 8);
        stock.refresh();

        try (var last = stock.hold(PLAN, "us-west-2")) {
            assertThat(last.usedUp()).isEmpty();
            last.take("node-2", "us-west-2");
        }
        assertThat(stock.hold(PLAN, "us-west-2").usedUp()).containsOnlyKeys("us-west-2");
    }

    @Test
    void before_the_read_side_has_ever_started_what_is_admitted_here_counts() {
        stock.refresh();

        try (var place = stock.hold(PLAN, "us-west-2")) {
            assertThat(place.usedUp()).isEmpty();
        }
    }
}
