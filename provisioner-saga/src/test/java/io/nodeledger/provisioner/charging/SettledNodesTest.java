package io.nodeledger.provisioner.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nodes have cost that are gone stays in every total, although no charge reads their meters any more. */
class SettledNodesTest {
    private static ChargedWorld world;

    @BeforeAll
    static void start() {
        world = new ChargedWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aNodeThatIsLongGoneIsInTheTotalOnce() {
        world.workspace("ws-old", "1000.00");
        world.node("node-gone", "ws-old", "2026-01-05T00:00:00Z", "1.00");
        world.gone("node-gone", "2026-01-06T06:00:00Z", "30.00");
        world.node("node-brief", "ws-old", "2026-01-07T00:00:00Z", "2.00");
        world.gone("node-brief", "2026-01-08T00:00:00Z", "48.00");
        world.node("node-alive", "ws-old", "2026-01-06T00:00:00Z", "0.50");

        // when all days were missed, and then a day at a time
        var instance = world.instance();
        world.look(instance, "2026-01-09T00:10:00Z");
        world.look(instance, "2026-01-10T00:10:00Z");

        assertThat(world.charges("ws-old"))
                .extracting(WorkspaceCharged::day, charge -> charge.amount().toPlainString())
                .containsExactly(
                        tuple(LocalDate.parse("2026-01-05"), "24"),
                        tuple(LocalDate.parse("2026-01-06"), "18"),
                        tuple(LocalDate.parse("2026-01-07"), "60"),
                        tuple(LocalDate.parse("2026-01-08"), "12"),
                        tuple(LocalDate.parse("2026-01-09"), "12"));
    }

    @Test
    void whatALongGoneNodeDidNotCostAfterAllComesBack() {
        world.workspace("ws-late", "1000.00");
        world.node("node-gone", "ws-late", "2026-01-05T00:00:00Z", "1.00");
        world.gone("node-gone", "2026-01-06T00:00:00Z", "24.00");
        var instance = world.instance();
        world.look(instance, "2026-01-09T00:10:00Z");

        // when it turns out that it had last been seen at ten
        world.point("node-gone", "2026-01-05T10:00:00Z", "0", "10.00");
        world.point("node-gone", "2026-01-06T00:00:00Z", "0", "10.00");
        world.corrected("node-gone", "10.00");
        world.look(instance, "2026-01-10T00:10:00Z");

        assertThat(world.charges("ws-late"))
                .extracting(WorkspaceCharged::day, charge -> charge.amount().toPlainString())
                .containsExactly(
                        tuple(LocalDate.parse("2026-01-05"), "24"), tuple(LocalDate.parse("2026-01-09"), "-14"));
    }
}
