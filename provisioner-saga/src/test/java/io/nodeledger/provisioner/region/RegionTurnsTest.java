package io.nodeledger.provisioner.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RegionTurnsTest {
    private static final JdbcClient JDBC =
            JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());
    private static final Duration TURN = Duration.ofSeconds(20);

    private final RegionTurns turns = new RegionTurns(JDBC, "duty", "one");
    private final RegionTurns others = new RegionTurns(JDBC, "duty", "other");
    private final RegionTurns elsewhere = new RegionTurns(JDBC, "another duty", "other");

    @BeforeEach
    void nobodyHolds() {
        JDBC.sql("truncate provisioner.region_turn").update();
    }

    @Test
    void a_region_is_one_instances_until_that_falls_silent_or_leaves() {
        assertThat(turns.claim("r", TURN)).isTrue();
        assertThat(turns.claim("r", TURN)).as("its own").isTrue();
        assertThat(others.claim("r", TURN)).isFalse();
        assertThat(turns.holds("r")).isTrue();
        assertThat(others.holds("r")).isFalse();

        turns.release();
        assertThat(turns.holds("r")).isFalse();
        assertThat(others.claim("r", Duration.ZERO)).as("given back").isTrue();
        assertThat(turns.claim("r", TURN)).as("lapsed").isTrue();
    }

    @Test
    void duties_and_regions_have_turns_of_their_own() {
        turns.claim("r", TURN);

        assertThat(elsewhere.claim("r", TURN)).isTrue();
        assertThat(others.claim("s", TURN)).isTrue();
        others.release();
        assertThat(turns.holds("r")).isTrue();
        assertThat(elsewhere.holds("r")).isTrue();
    }

    @Test
    void the_only_instance_ends_the_turns_of_those_before_it() {
        others.claim("r", TURN);
        elsewhere.claim("r", TURN);

        turns.releaseAll();

        assertThat(turns.claim("r", TURN)).isTrue();
        assertThat(elsewhere.holds("r")).as("of this duty").isTrue();
    }
}
