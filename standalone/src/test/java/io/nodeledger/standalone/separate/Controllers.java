package io.nodeledger.standalone.separate;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What answers requests, in whichever service; known without a service that runs. */
public final class Controllers {
    private Controllers() {}

    /** A method of a controller, once for each verb and path that it answers. */
    public record Operation(String verb, String path, Method method) {}

    /** All of them. */
    public static Stream<Operation> operations() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.nodeledger").stream()
                        .filter(type -> type.isAnnotatedWith(RestController.class))
                        .map(JavaClass::reflect)
                        .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
                        .flatMap(Controllers::of);
    }

    private static Stream<Operation> of(Method method) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class)).stream()
                .flatMap(mapping -> Arrays.stream(mapping.method())
                        .flatMap(verb ->
                                Arrays.stream(mapping.path()).map(path -> new Operation(verb.name(), path, method))));
    }
}
