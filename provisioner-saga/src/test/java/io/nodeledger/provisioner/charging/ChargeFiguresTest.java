package io.nodeledger.provisioner.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ChargeFiguresTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JdbcClient jdbc =
            JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());
    private Instant now = Instant.parse("2026-01-10T00:20:00Z");

    @Test
    void aDayThatIsOverAndNotChargedIsLateOnceItShouldHaveBeen() {
        var figures = new ChargeFigures(jdbc, Duration.ofMinutes(10), () -> now, meters);
        figures.read();
        assertThat(value("nodeledger.charges.late"))
                .as("before there are costs")
                .isZero();

        jdbc.sql("""
                        create schema query;
                        create table query.metered_workspaces (workspace_id text, first_ready_at timestamptz);
                        insert into query.metered_workspaces values
                          ('charged', '2026-01-01T00:00:00Z'), ('behind', '2026-01-01T00:00:00Z'),
                          ('never', '2026-01-05T23:00:00Z'), ('new', '2026-01-10T00:01:00Z');
                        insert into provisioner.charged_workspace values
                          ('charged', '2026-01-09'), ('behind', '2026-01-07')""").update();
        figures.read();
        assertThat(value("nodeledger.charges.late")).isEqualTo(2);
        assertThat(value("nodeledger.charges.late.days")).isEqualTo(5);

        jdbc.sql("delete from query.metered_workspaces where workspace_id in ('behind', 'never')")
                .update();
        now = now.plus(Duration.ofMinutes(6));
        figures.read();
        assertThat(value("nodeledger.charges.late")).isZero();
        assertThat(value("nodeledger.charges.late.days")).isZero();
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }
}
