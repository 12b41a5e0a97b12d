package io.nodeledger.base.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Two instances that tell each other what they have let pass. */
class SharedBucketsTest {
    private static final Quota TEN = new Quota("ten", 10, Duration.ofHours(10));

    private JdbcClient sql;
    private LocalBuckets here;
    private LocalBuckets there;
    private SharedBuckets toldHere;
    private SharedBuckets toldThere;

    @BeforeEach
    void instances() throws SQLException {
        var database = PostgresServer.newDatabase().dataSource();
        sql = JdbcClient.create(database);
        sql.sql("CREATE SCHEMA ratelimit").update();
        try (var connection = database.getConnection()) {
            connection.setSchema("ratelimit");
            new ResourceDatabasePopulator(new ClassPathResource("db/ratelimit/V1__buckets.sql")).populate(connection);
        }
        here = new LocalBuckets(TEN.window());
        there = new LocalBuckets(TEN.window());
        toldHere = new SharedBuckets(sql, here);
        toldThere = new SharedBuckets(sql, there);
    }

    @Test
    void what_one_lets_pass_the_other_no_longer_does() {
        assertThat(passed(here, "a", 6)).isEqualTo(6);
        assertThat(passed(there, "a", 1)).isEqualTo(1);

        toldHere.synchronise();
        toldThere.synchronise();

        assertThat(passed(there, "a", 10)).isEqualTo(3);
        assertThat(passed(there, "b", 10)).as("somebody else").isEqualTo(10);
    }

    @Test
    void what_passed_too_much_between_two_rounds_is_made_up_for() {
        assertThat(passed(here, "a", 10)).isEqualTo(10);
        assertThat(passed(there, "a", 10)).isEqualTo(10);

        toldHere.synchronise();
        toldThere.synchronise();

        assertThat(sql.sql("SELECT tokens FROM ratelimit.bucket")
                        .query(Double.class)
                        .single())
                .isBetween(-10.0, -9.9);
        var level = there.of(TEN, "a").take();
        assertThat(level.within()).isFalse();
        assertThat(level.next()).as("ten more than the first").isGreaterThan(Duration.ofHours(10));
    }

    @Test
    void time_fills_what_is_shared() {
        passed(here, "a", 10);
        toldHere.synchronise();
        sql.sql("UPDATE ratelimit.bucket SET filled_at = filled_at - interval '5 hours'")
                .update();

        passed(there, "a", 1);
        toldThere.synchronise();

        assertThat(passed(there, "a", 10)).isEqualTo(4);
    }

    @Test
    void nothing_is_told_twice_and_nothing_when_nothing_happened() {
        passed(here, "a", 3);
        toldHere.synchronise();
        toldHere.synchronise();

        assertThat(sql.sql("SELECT tokens FROM ratelimit.bucket")
                        .query(Double.class)
                        .single())
                .isBetween(7.0, 7.1);
        assertThat(passed(here, "a", 10)).isEqualTo(7);
    }

    @Test
    void many_instances_may_tell_of_the_same_callers_at_once() throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var rounds = crowd.invokeAll(IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(instance -> () -> {
                        var buckets = new LocalBuckets(TEN.window());
                        IntStream.range(0, 300).forEach(caller -> passed(buckets, "caller-" + caller, 1));
                        new SharedBuckets(sql, buckets).synchronise();
                        return null;
                    })
                    .toList());
            for (var round : rounds) {
                round.get();
            }
        }

        assertThat(sql.sql("SELECT DISTINCT floor(tokens) FROM ratelimit.bucket")
                        .query(Double.class)
                        .list())
                .containsExactly(2.0);
    }

    @Test
    void full_buckets_are_forgotten() {
        passed(here, "a", 1);
        passed(here, "b", 1);
        toldHere.synchronise();
        sql.sql("UPDATE ratelimit.bucket SET filled_at = filled_at - interval '21 hours'"
                        + " WHERE key = (SELECT min(key) FROM ratelimit.bucket)")
                .update();

        toldHere.forget(TEN.window());

        assertThat(sql.sql("SELECT count(*) FROM ratelimit.bucket")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_ipv6_host_is_known_by_its_network() {
        assertThat(Address.networkOf("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Address.networkOf("2001:db8:1:2:3:4:5:6")).isEqualTo(Address.networkOf("2001:db8:1:2:9:9:9:9"));
        assertThat(Address.networkOf("2001:db8:1:2:3:4:5:6")).isNotEqualTo(Address.networkOf("2001:db8:1:3:3:4:5:6"));
    }

    /** How many of a number of requests are let pass. */
    private static long passed(LocalBuckets instance, String owner, int requests) {
        return IntStream.range(0, requests)
                .filter(_ -> instance.of(TEN, owner).take().within())
                .count();
    }
}
