package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request goes to the service that has its controller. */
class RoutesTest {
    private static final Map<String, Service> SERVICES = Map.of(
            "command", Service.COMMAND,
            "query", Service.QUERY,
            "webhook", Service.WEBHOOK);

    static Stream<Arguments> operations() {
        return Controllers.operations()
                .map(operation -> Arguments.of(
                        operation.verb(),
                        operation.path(),
                        moduleOf(operation.method().getDeclaringClass())));
    }

    private static String moduleOf(Class<?> type) {
        String inside = type.getPackageName().substring("io.nodeledger.".length());
        return inside.contains(".") ? inside.substring(0, inside.indexOf('.')) : inside;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aRequestGoesToTheServiceThatHasItsController(String method, String pattern, String module) {
        String path = pattern.replaceAll("\\{[^}]+}", "x-1");

        assertThat(Routes.of(method, path)).isEqualTo(SERVICES.get(module));
    }
}
