package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.provisioner.charging.ChargingSettings;
import io.nodeledger.provisioner.charging.DailyCharge;
import io.nodeledger.provisioner.charging.UnpaidStops;
import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A small node costs 1.44 a day and holds 43.20. The charge's clock is ahead; what it charges is what will be due then. */
class CreditsTest {
    private static final Duration FORTY_DAYS = Duration.ofDays(40);
    private static final Duration GRACE = Duration.ofDays(3);
    private static final ChargingSettings SETTINGS = new ChargingSettings(
            Duration.ofMinutes(10), Duration.ofMinutes(1), GRACE, AfterGrace.STOP, Duration.ofMinutes(1));

    private static StandaloneServer server;

    @BeforeAll
    static void start() {
        server = StandaloneServer.own(0.02);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void whoCannotPayKeepsItsNodesForTheGraceGetsNoMoreAndHasThemBackOncePaid() throws Exception {
        try (var nodes = OwnedNodes.of(server, "ws-broke", 50)) {
            // given
            String id = nodes.running();

            // when forty days pass
            charge(FORTY_DAYS);

            // then
            var broke = await(nodes, "exhausted");
            assertThat(usd(broke, "balance")).isZero();
            assertThat(usd(broke, "available")).isZero();
            assertThat(usd(broke, "held")).isZero();
            BigDecimal owed = usd(broke, "owed");
            assertThat(owed).isEqualByComparingTo(charged(broke).subtract(new BigDecimal("50.00")));
            assertThat(broke.path("after_grace").asString()).isEqualTo("stop");
            assertThat(Instant.parse(broke.path("grace_ends_at").asString()))
                    .isBetween(
                            Instant.now().plus(FORTY_DAYS),
                            Instant.now().plus(FORTY_DAYS).plus(GRACE));
            var refused = nodes.provision(OwnedNodes.body());
            assertThat(refused.status()).isEqualTo(402);
            var details = refused.body().path("error").path("details");
            assertThat(usd(details, "required_credits")).isEqualByComparingTo("43.20");
            assertThat(usd(details, "missing_credits"))
                    .isEqualByComparingTo(usd(details, "owed_credits").add(new BigDecimal("43.20")));
            assertThat(usd(details, "owed_credits"))
                    .as("rounded up to what has to be paid")
                    .isBetween(owed, owed.add(new BigDecimal("0.01")));

            // when the grace is not over, and when it is
            stopUnpaid(FORTY_DAYS.plus(GRACE).minusHours(1));
            assertThat(nodes.status(id)).isEqualTo("running");
            stopUnpaid(FORTY_DAYS.plus(GRACE));
            nodes.awaitStatus(id, "stopped");

            // when it pays
            try (var operator = server.asOperator()) {
                operator.post("/api/v1/admin/workspaces/ws-broke/credits", Map.of("amount", 100))
                        .expect("pay", 201);
            }
            var paid = await(nodes, "restored");
            assertThat(usd(paid, "owed")).isZero();
            assertThat(usd(paid, "available")).isEqualByComparingTo(new BigDecimal("100.00").subtract(owed));
            nodes.succeeds(id, "start");

            // and the same days are charged once
            var before = charged(credits(nodes));
            charge(FORTY_DAYS);
            assertThat(charged(credits(nodes))).isEqualByComparingTo(before);
        }
    }

    private static void charge(Duration ahead) {
        var context = server.context();
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        jdbc.sql("delete from provisioner.region_turn where duty = 'charging'").update();
        DailyCharge.of(
                        jdbc,
                        context.getBean(Positions.class),
                        Duration.ofSeconds(10),
                        context.getBean(CommandGateway.class),
                        SETTINGS,
                        ahead(ahead))
                .look();
    }

    private static void stopUnpaid(Duration ahead) {
        var context = server.context();
        new UnpaidStops(
                        context.getBean(JdbcClient.class),
                        context.getBean(CommandGateway.class),
                        SETTINGS,
                        ahead(ahead))
                .look();
    }

    private static InstantSource ahead(Duration by) {
        return () -> Instant.now().plus(by);
    }

    /** The workspace's credits once an entry of a type is read, and every charge until the last day that is over then. */
    private static JsonNode await(OwnedNodes nodes, String type) {
        var lastDay = LocalDate.ofInstant(Instant.now().plus(FORTY_DAYS).minus(SETTINGS.chargeAfter()), ZoneOffset.UTC)
                .minusDays(1);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> credits(nodes),
                        credits -> has(credits, "type", type) && has(credits, "day", lastDay.toString()));
    }

    private static boolean has(JsonNode credits, String field, String value) {
        return credits.path("entries")
                .valueStream()
                .anyMatch(entry -> entry.path(field).asString("").equals(value));
    }

    private static JsonNode credits(OwnedNodes nodes) throws IOException {
        return nodes.api()
                .get(nodes.path() + "/credits?limit=200")
                .expect("read credits", 200)
                .data();
    }

    private static BigDecimal charged(JsonNode credits) {
        return credits.path("entries")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("charge"))
                .map(entry -> entry.path("amount").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal usd(JsonNode credits, String field) {
        return credits.path(field).decimalValue();
    }
}
