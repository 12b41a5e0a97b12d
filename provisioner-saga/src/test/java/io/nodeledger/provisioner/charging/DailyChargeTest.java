package io.nodeledger.provisioner.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DailyChargeTest {
    private static ChargedWorld world;

    @BeforeAll
    static void start() {
        world = new ChargedWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forgetNodes() {
        world.jdbc()
                .sql("truncate query.metered_workspaces, query.metered_nodes, query.meter_points,"
                        + " provisioner.charged_workspace")
                .update();
    }

    @Test
    void missedDaysAreChargedOneByOneInTheirOrder() {
        world.workspace("ws-missed", "1000.00");
        world.node("node-1", "ws-missed", "2026-01-05T12:00:00Z", "0.12");
        world.node("node-2", "ws-missed", "2026-01-06T00:00:00Z", "1.00");
        world.point("node-2", "2026-01-06T10:00:00Z", "0.00", "10.00");

        world.look(world.instance(), "2026-01-08T00:10:00Z");

        assertThat(world.charges("ws-missed"))
                .extracting(WorkspaceCharged::day, charge -> charge.amount().toPlainString())
                .containsExactly(
                        tuple(LocalDate.parse("2026-01-05"), "1.44"),
                        tuple(LocalDate.parse("2026-01-06"), "12.88"),
                        tuple(LocalDate.parse("2026-01-07"), "2.88"));
    }

    @Test
    void aDayIsChargedOnlySomeTimeAfterItsEnd() {
        world.workspace("ws-early", "1000.00");
        world.node("node-1", "ws-early", "2026-01-05T00:00:00Z", "0.12");
        var instance = world.instance();

        world.look(instance, "2026-01-06T00:09:59.999Z");
        assertThat(world.charges("ws-early")).isEmpty();

        world.look(instance, "2026-01-06T00:10:00Z");
        assertThat(world.charges("ws-early")).hasSize(1);
    }

    @Test
    void nothingIsChargedTwiceWhereverItWasCutOff() {
        world.workspace("ws-crash", "1000.00");
        world.node("node-1", "ws-crash", "2026-01-05T00:00:00Z", "0.12");
        world.look(world.instance(), "2026-01-07T00:10:00Z");
        var before = world.charges("ws-crash");

        // when the instance died before it noted the last day, and then before it noted anything
        world.jdbc()
                .sql("update provisioner.charged_workspace set charged_through = '2026-01-05'")
                .update();
        world.look(world.instance(), "2026-01-07T00:12:00Z");
        world.jdbc().sql("delete from provisioner.charged_workspace").update();
        world.look(world.instance(), "2026-01-07T00:14:00Z");

        assertThat(before).hasSize(2);
        assertThat(world.charges("ws-crash")).isEqualTo(before);
    }

    @Test
    void whereverAnInstanceDiesTheNextOneEndsWithTheSameCharges() {
        for (int death = 0; death < 2 * 2 * 3; death++) {
            forgetNodes();
            var workspaces = List.of("ws-dead-a-" + death, "ws-dead-b-" + death);
            for (String workspace : workspaces) {
                world.workspace(workspace, "87.00");
                world.node("node-of-" + workspace, workspace, "2026-01-05T12:00:00Z", "0.12");
            }
            var dying = world.dyingInstance(death);

            assertThatThrownBy(() -> world.look(dying, "2026-01-08T00:10:00Z"))
                    .as("death %d", death)
                    .isInstanceOf(DyingGateway.Died.class);
            world.look(world.instance(), "2026-01-08T00:11:00Z");

            assertThat(workspaces)
                    .allSatisfy(workspace -> assertThat(world.charges(workspace))
                            .extracting(
                                    WorkspaceCharged::day,
                                    charge -> charge.amount().toPlainString())
                            .containsExactly(
                                    tuple(LocalDate.parse("2026-01-05"), "1.44"),
                                    tuple(LocalDate.parse("2026-01-06"), "2.88"),
                                    tuple(LocalDate.parse("2026-01-07"), "2.88")));
        }
    }

    @Test
    void aMachineThatVanishedIsCreditedOnceThatIsKnown() {
        world.workspace("ws-vanished", "1000.00");
        world.node("node-1", "ws-vanished", "2026-01-05T00:00:00Z", "1.00");
        var instance = world.instance();
        world.look(instance, "2026-01-06T00:10:00Z");

        // when it turns out that it had last been seen at ten
        world.point("node-1", "2026-01-05T10:00:00Z", "0", "10.00");
        world.look(instance, "2026-01-07T00:10:00Z");
        world.look(instance, "2026-01-08T00:10:00Z");

        assertThat(world.charges("ws-vanished"))
                .extracting(WorkspaceCharged::day, charge -> charge.amount().toPlainString())
                .containsExactly(
                        tuple(LocalDate.parse("2026-01-05"), "24"), tuple(LocalDate.parse("2026-01-06"), "-14"));
    }

    @Test
    void nothingIsChargedBeforeTheCostsOfAllThatHappenedAreKnown() {
        world.workspace("ws-behind", "1000.00");
        world.node("node-1", "ws-behind", "2026-01-05T00:00:00Z", "0.12");
        var instance = world.instance();
        world.look(instance, "2026-01-05T12:00:00Z");
        world.readUpTo(0);
        world.now = world.now.plusSeconds(86_400);

        instance.look();
        assertThat(world.charges("ws-behind")).isEmpty();

        world.readAll();
        instance.look();
        assertThat(world.charges("ws-behind")).hasSize(1);
    }

    @Test
    void aDayWaitsForAnEventThatWasCommittedAfterALaterOneAndIsNotReadYet() {
        world.workspace("ws-gap", "1000.00");
        world.node("node-1", "ws-gap", "2026-01-05T00:00:00Z", "0.12");
        long unread = world.last();
        long rolledBack = world.deadGap();
        world.workspace("ws-later", "1000.00");
        var instance = world.instance();
        world.look(instance, "2026-01-05T12:00:00Z");
        world.now = world.now.plusSeconds(86_400);

        world.readUpTo(world.last(), unread, rolledBack);
        instance.look();
        assertThat(world.charges("ws-gap")).isEmpty();

        world.readUpTo(world.last(), rolledBack);
        instance.look();
        assertThat(world.charges("ws-gap")).hasSize(1);
    }

    @Test
    void anInstanceThatEndsLetsAnotherOneChargeAtOnceAndChargesNoMore() {
        world.workspace("ws-ended", "1000.00");
        world.node("node-1", "ws-ended", "2026-01-05T00:00:00Z", "0.12");
        var ending = world.instance();
        world.look(ending, "2026-01-06T00:10:00Z");
        world.now = world.now.plusSeconds(86_400);
        world.readAll();
        var other = world.instance();

        other.look();
        assertThat(world.charges("ws-ended")).as("in the other's turn").hasSize(1);

        ending.end();
        ending.look();
        assertThat(world.charges("ws-ended")).as("after the end").hasSize(1);

        other.look();
        assertThat(world.charges("ws-ended")).hasSize(2);
    }

    @Test
    void aWorkspaceThatCannotBeChargedKeepsNoOtherWaiting() {
        world.node("node-1", "ws-a-late", "2026-01-05T00:00:00Z", "0.12");
        world.workspace("ws-b", "1000.00");
        world.node("node-2", "ws-b", "2026-01-05T00:00:00Z", "0.12");
        var instance = world.instance();

        world.look(instance, "2026-01-06T00:10:00Z");
        assertThat(world.charges("ws-b")).hasSize(1);

        world.workspace("ws-a-late", "1000.00");
        world.look(instance, "2026-01-06T00:11:00Z");
        assertThat(world.charges("ws-a-late")).hasSize(1);
        assertThat(world.charges("ws-b")).hasSize(1);
    }

    @Test
    void whileOneInstanceChargesAnotherDoesNot() {
        world.workspace("ws-two", "1000.00");
        world.node("node-1", "ws-two", "2026-01-05T00:00:00Z", "0.12");
        var first = world.instance();
        world.look(first, "2026-01-06T00:10:00Z");
        world.now = world.now.plusSeconds(86_400);
        world.readAll();

        world.instance().look();
        assertThat(world.charges("ws-two")).hasSize(1);

        first.look();
        assertThat(world.charges("ws-two")).hasSize(2);
    }

    @Test
    void creditsThatRunOutAreToldWithTheConfiguredGraceAndPolicy() {
        world.workspace("ws-poor", "1.00");
        world.node("node-1", "ws-poor", "2026-01-05T00:00:00Z", "0.12");

        world.look(world.instance(), "2026-01-06T00:10:00Z");

        assertThat(world.events("ws-poor")).last().isInstanceOfSatisfying(CreditsExhausted.class, event -> {
            assertThat(event.owed()).isEqualByComparingTo(new BigDecimal("1.88"));
            assertThat(event.graceEndsAt()).isEqualTo("2026-01-09T00:10:00Z");
            assertThat(event.afterGrace()).hasToString("STOP");
        });
    }

    @Test
    void roundingNeverAddsUp() {
        world.workspace("ws-thirds", "1000.00");
        world.node("node-1", "ws-thirds", "2026-01-05T00:00:00.001Z", "0.0000001");

        world.look(world.instance(), "2026-02-05T00:10:00Z");

        var sum = world.charges("ws-thirds").stream()
                .map(WorkspaceCharged::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        // 31 days less a millisecond, at 12 digits.
        assertThat(sum).isEqualByComparingTo("0.000074400000");
    }
}
