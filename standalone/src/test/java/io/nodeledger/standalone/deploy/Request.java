package io.nodeledger.standalone.deploy;

import io.nodeledger.standalone.separate.Service;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** A request that a controller of a service answers. */
record Request(String method, String path, Service answeredBy) {
    private static final Map<String, Service> PACKAGES = Map.of(
            "io.nodeledger.command", Service.COMMAND,
            "io.nodeledger.query", Service.QUERY,
            "io.nodeledger.provisioner", Service.PROVISIONER,
            "io.nodeledger.webhook", Service.WEBHOOK);

    /** One for each mapping of each controller; HEAD goes with GET. */
    static List<Request> all() {
        var found = new ArrayList<Request>();
        for (var part : PACKAGES.entrySet()) {
            var scan = new ClassPathScanningCandidateComponentProvider(false);
            scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
            for (var definition : scan.findCandidateComponents(part.getKey())) {
                for (Method method : controller(definition).getDeclaredMethods()) {
                    var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                    if (mapping != null) {
                        requests(mapping, part.getValue()).forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static Class<?> controller(BeanDefinition definition) {
        try {
            return Class.forName(Objects.requireNonNull(definition.getBeanClassName()));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("A class that was just found is gone", impossible);
        }
    }

    private static Stream<Request> requests(RequestMapping mapping, Service service) {
        return Stream.of(mapping.path())
                .map(pattern -> pattern.replaceAll("\\{[^}]+}", "node-1"))
                .flatMap(path -> Stream.of(mapping.method())
                        .flatMap(Request::withHead)
                        .map(method -> new Request(method, path, service)));
    }

    private static Stream<String> withHead(RequestMethod method) {
        return method == RequestMethod.GET ? Stream.of("GET", "HEAD") : Stream.of(method.name());
    }
}
