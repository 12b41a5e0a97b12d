package io.nodeledger.base.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
    @Test
    void the_password_is_not_printed() {
        var settings = new DatabaseSettings(
                "jdbc:postgresql://db/nodeledger",
                "owner",
                "s3cret",
                8,
                3,
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));

        assertThat(settings.toString())
                .contains("jdbc:postgresql://db/nodeledger", "owner", "poolSize=8")
                .doesNotContain("s3cret");
    }
}
