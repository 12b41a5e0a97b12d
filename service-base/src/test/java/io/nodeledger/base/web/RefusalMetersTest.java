package io.nodeledger.base.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RefusalMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whoIsNotKnownOrMayNotOrAsksTooMuchIsCountedByCode() {
        var refusals = new RefusalMeters(() -> meters);

        refusals.answered(ApiError.denied("nodes:delete", "workspaces/ws-1"));
        refusals.answered(ApiError.denied("nodes:delete", "workspaces/ws-2"));
        refusals.answered(new ApiError(ErrorCode.RATE_LIMIT_EXCEEDED, "Too many requests"));
        refusals.answered(ApiError.notFound("node", "node-1"));

        assertThat(count(ApiError.denied("", "").code())).isEqualTo(2);
        assertThat(count(ErrorCode.RATE_LIMIT_EXCEEDED)).isEqualTo(1);
        assertThat(meters.find("nodeledger.requests.refused").counters()).hasSize(2);
    }

    private double count(ErrorCode code) {
        return meters.get("nodeledger.requests.refused")
                .tag("code", code.name())
                .counter()
                .count();
    }
}
