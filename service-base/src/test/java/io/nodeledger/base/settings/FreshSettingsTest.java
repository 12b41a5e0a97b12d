package io.nodeledger.base.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariDataSource;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.testing.CapturedLog;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Secrets are files, and another file is another secret. */
class FreshSettingsTest {
    @ConfigurationProperties("probe")
    record Probe(String direct, String named, String fixed) {}

    @ConfigurationProperties("keys")
    record Keys(String key) {
        Keys {
            if (key.length() < 4) {
                throw new IllegalArgumentException("keys.key is too short");
            }
        }
    }

    @TempDir
    private Path secrets;

    @Test
    void aFileThatWasReplacedIsReadAnewAlsoWhereAnotherSettingNamesIt() throws Exception {
        write("probe.direct", "before");
        write("region-token", "before");
        try (var service = BankService.on(
                PostgresServer.newDatabase(), imported(), "--probe.named=${region-token}", "--probe.fixed=always")) {
            var probe = service.bean(FreshSettings.class).of(Probe.class);
            assertThat(probe.get()).isEqualTo(new Probe("before", "before", "always"));

            write("probe.direct", "after\n");
            write("region-token", "after");

            assertThat(probe.get()).isEqualTo(new Probe("after", "after", "always"));
        }
    }

    @Test
    void aFileThatIsHalfWrittenLeavesWhatWasThere() throws Exception {
        write("keys.key", "first");
        try (var log = new CapturedLog(LastGood.class.getName(), Level.INFO);
                var service = BankService.on(PostgresServer.newDatabase(), imported())) {
            var keys = service.bean(FreshSettings.class).of(Keys.class);

            write("keys.key", "sec");

            assertThat(keys.get()).isEqualTo(new Keys("first"));
            assertThat(keys.get()).isEqualTo(new Keys("first"));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("can't be read"))
                    .hasSize(1);

            write("keys.key", "second");
            assertThat(keys.get()).isEqualTo(new Keys("second"));
        }
    }

    @Test
    void aNewConnectionIsMadeWithTheCredentialsOfNow() throws Exception {
        var database = PostgresServer.newDatabase();
        String another = "rotated_" + Long.toHexString(System.nanoTime());
        JdbcClient.create(database.dataSource())
                .sql("CREATE ROLE " + another + " SUPERUSER LOGIN PASSWORD 'another'")
                .update();
        write("database-user", database.user());
        write("database-password", database.password());
        // Whom an address names is who connects, whatever else is said.
        var anybodys = database.url().replaceAll("[?].*", "");
        var named = new TestDatabase(anybodys, "${database-user}", "${database-password}");
        try (var service = BankService.on(named, imported())) {
            assertThat(whoAmI(service)).isEqualTo(database.user());

            write("database-user", another);
            write("database-password", "another");

            // The pool may be making connections still that have asked before.
            await().untilAsserted(() -> {
                service.context()
                        .getBean("connectionPool", HikariDataSource.class)
                        .getHikariPoolMXBean()
                        .softEvictConnections();
                assertThat(whoAmI(service)).isEqualTo(another);
            });
        }
    }

    private static String whoAmI(BankService service) {
        return JdbcClient.create(service.bean(DataSource.class))
                .sql("SELECT current_user")
                .query(String.class)
                .single();
    }

    private String imported() {
        return "--spring.config.import=configtree:" + secrets + "/";
    }

    private void write(String name, String value) throws IOException {
        Files.writeString(secrets.resolve(name), value);
    }
}
