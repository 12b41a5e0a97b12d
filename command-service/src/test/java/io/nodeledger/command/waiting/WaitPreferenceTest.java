package io.nodeledger.command.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class WaitPreferenceTest {
    @Test
    void no_header_is_no_wish() {
        assertThat(seconds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=7",
                "WAIT=7",
                " wait = 7 ",
                "wait=\"7\"",
                "wait=007",
                "wait=7; for=\"a, wait=9\"",
                "respond-async, wait=7",
                "foo=\"bar, wait=9\"; x=y, wait=7",
                "wait=7, wait=9",
                ",, wait=7"
            })
    void seven_seconds_can_be_wished_for_in_many_ways(String header) {
        assertThat(seconds(header)).contains(7);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(seconds("respond-async", "wait=7")).contains(7);
    }

    @Test
    void nobody_waits_longer_than_half_a_minute() {
        assertThat(seconds("wait=30")).contains(30);
        assertThat(seconds("wait=31")).contains(30);
        assertThat(seconds("wait=999999999")).contains(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=0",
                "wait=-5",
                "wait=1.5",
                "wait=soon",
                "wait=9999999999",
                "wait=7s",
                "waits=7",
                "foo=\"wait=7\"",
                "wait=soon, wait=7"
            })
    void a_preference_that_says_nothing_useful_is_ignored(String header) {
        assertThat(seconds(header)).isEmpty();
    }

    private static Optional<Integer> seconds(String... lines) {
        var request = new MockHttpServletRequest();
        for (String line : lines) {
            request.addHeader("Prefer", line);
        }
        return WaitPreference.of(request);
    }
}
