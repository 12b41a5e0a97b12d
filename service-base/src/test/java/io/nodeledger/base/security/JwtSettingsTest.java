package io.nodeledger.base.security;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JwtSettingsTest {
    @Test
    void a_negative_clock_skew_is_refused_with_an_example() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtSettings(
                        null, null, null, "workspaces", "organisation_role", "platform_admin", Duration.ofSeconds(-1)))
                .withMessageContaining("nodeledger.jwt.clock-skew must not be negative, for example 30s");
    }
}
