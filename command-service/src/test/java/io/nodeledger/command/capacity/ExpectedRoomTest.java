package io.nodeledger.command.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.command.ReadTables;
import io.nodeledger.command.TestPlans;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.testing.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When there may be room, by what is being deleted. The tables are another service's. */
class ExpectedRoomTest {
    private static final NodePlan PLAN = TestPlans.limited(Map.of());
    private static final NodePlan LARGE = TestPlans.sized("plan-large", 8, 16, 100, Map.of());

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final JdbcClient sql =
            JdbcClient.create(PostgresServer.newDatabase().dataSource());
    private final ExpectedRoom expected = new ExpectedRoom(
            sql,
            new CapacitySettings(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(15)),
            Clock.fixed(now, ZoneOffset.UTC));
    private ReadTables tables;

    @BeforeEach
    void given_tables() {
        expected.refresh();
        assertThat(expected.inStock(PLAN, "us-west-2"))
                .as("before the read side has ever started")
                .isEqualTo(now.plus(Duration.ofMinutes(15)));
        tables = ReadTables.in(sql);
    }

    @Test
    void the_first_deletion_that_makes_room_tells_when() {
        deleting("node-1", "plan-a", 4, 8, 300);
        deleting("node-2", "plan-a", 4, 8, 200);
        deleting("node-3", "plan-large", 8, 16, 400);
        deleting("node-4", "plan-small", 2, 4, 100);

        expected.refresh();

        assertThat(expected.inStock(PLAN, "us-west-2")).isEqualTo(now.plusSeconds(200));
        assertThat(expected.onHosts(PLAN, "us-west-2")).isEqualTo(now.plusSeconds(200));
        assertThat(expected.inStock(LARGE, "us-west-2")).isEqualTo(now.plusSeconds(400));
        assertThat(expected.onHosts(LARGE, "us-west-2")).isEqualTo(now.plusSeconds(400));
    }

    @Test
    void another_plans_node_leaves_no_place_in_the_stock_but_on_a_host() {
        deleting("node-1", "plan-large", 8, 16, 400);

        expected.refresh();

        assertThat(expected.inStock(PLAN, "us-west-2")).isEqualTo(now.plus(Duration.ofMinutes(15)));
        assertThat(expected.onHosts(PLAN, "us-west-2")).isEqualTo(now.plusSeconds(400));
    }

    @Test
    void a_deletion_elsewhere_or_one_that_is_overdue_tells_nothing() {
        deleting("node-1", "plan-a", 4, 8, -5);
        tables.node("node-2", "running", "plan-a", "us-west-2", 4, 8);
        tables.deletion("node-2", now.plusSeconds(60));

        expected.refresh();

        assertThat(expected.inStock(PLAN, "us-west-2")).isEqualTo(now.plus(Duration.ofMinutes(15)));
        assertThat(expected.inStock(PLAN, "us-east-1")).isEqualTo(now.plus(Duration.ofMinutes(15)));
    }

    private void deleting(String id, String plan, int cores, int memoryGb, int secondsLeft) {
        tables.node(id, "deleting", plan, "us-west-2", cores, memoryGb);
        tables.deletion(id, now.plusSeconds(secondsLeft));
    }
}
