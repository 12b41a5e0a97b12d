package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every request goes to the service that has its controller. */
class RoutesTest {
    private static final Map<String, Service> SERVICES = Map.of(
            "command", Service.COMMAND,
            "query", Service.QUERY,
            "webhook", Service.WEBHOOK);

    static Stream<Arguments> operations() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.nodeledger").stream()
                        .filter(type -> type.isAnnotatedWith(RestController.class))
                        .map(JavaClass::reflect)
                        .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods())
                                .map(method -> AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class))
                                .filter(mapping -> mapping != null)
                                .flatMap(mapping -> Arrays.stream(mapping.method())
                                        .flatMap(verb -> Arrays.stream(mapping.path())
                                                .map(path -> Arguments.of(verb.name(), path, moduleOf(controller))))));
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
