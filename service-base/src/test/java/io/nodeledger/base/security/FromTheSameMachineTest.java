package io.nodeledger.base.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

class FromTheSameMachineTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "0:0:0:0:0:0:0:1, true", "10.0.0.7, false", "fd00::7, false"})
    void onlyTheAddressThatWasCalledCounts(String called, boolean granted) {
        var request = new MockHttpServletRequest("POST", "/actuator/projections/nodes");
        request.setLocalAddr(called);
        request.setRemoteAddr("127.0.0.1");

        var decision = new FromTheSameMachine().authorize(() -> null, new RequestAuthorizationContext(request));

        assertThat(decision.isGranted()).isEqualTo(granted);
    }
}
