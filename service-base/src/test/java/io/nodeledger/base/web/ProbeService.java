package io.nodeledger.base.web;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.PublicPaths;
import io.nodeledger.base.security.RequestCause;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.security.SecurityBaseAutoConfiguration;
import io.nodeledger.base.settings.ClockAutoConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service with nothing but routes that probe the web base. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:nodeledger-web.properties")
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    ClockAutoConfiguration.class,
    WebBaseAutoConfiguration.class,
    SecurityBaseAutoConfiguration.class
})
class ProbeService {
    @Bean
    PublicPaths open() {
        return new PublicPaths("/open");
    }

    record Shown(
            BigDecimal amount,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String absent,
            String lastSeen) {}

    record Read(String name, int count, @Nullable Boolean flag) {}

    @RestController
    record Routes(RequestBodyReader bodies) {
        @GetMapping("/open")
        Map<String, String> open() {
            return Map.of("hello", "everyone");
        }

        @GetMapping("/api/v1/boom")
        @Requires(Permission.PLANS_READ)
        Map<String, String> boom() {
            return Map.of("never", Objects.requireNonNull(System.getProperty("no.such"), "SELECT secret FROM store"));
        }

        @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/boom")
        @Requires(Permission.NODES_READ)
        Map<String, String> boomOf() {
            return boom();
        }

        @GetMapping("/api/v1/broken")
        @Requires(Permission.PLANS_READ)
        void broken(HttpServletResponse response) throws IOException {
            response.getOutputStream().print("the first half");
            response.flushBuffer();
            throw new AnswerBroken(new IllegalStateException("no second half"));
        }

        @GetMapping("/api/v1/shown")
        @Requires(Permission.PLANS_READ)
        ResponseEntity<Data<Shown>> shown() {
            return Answers.one(new Shown(
                    new BigDecimal("86.40"),
                    Instant.parse("2024-01-01T00:00:00Z"),
                    Instant.parse("2024-01-01T00:00:00.123456Z"),
                    null,
                    "now"));
        }

        @GetMapping("/api/v1/workspaces/{wsId}/nodes")
        @Requires(Permission.NODES_READ)
        ResponseEntity<Page<String>> list(HttpServletRequest request, @PathVariable String wsId) {
            var query = QueryFields.of(request);
            var page = query.integer("page", 1, Integer.MAX_VALUE);
            var perPage = query.integerCapped("per_page", 1, 100);
            query.words("status", Map.of("running", "running", "stopped", "stopped"));
            query.finish();
            return Answers.page(request, Page.of(List.of(wsId), page.orElse(1), perPage.orElse(20), 95));
        }

        @GetMapping("/api/v1/workspaces/{wsId}/nodes/events")
        @Requires(Permission.NODES_READ)
        ResponseEntity<Data<List<String>>> events(HttpServletRequest request, @PathVariable String wsId) {
            return Answers.cursorPage(request, new CursorPage<>(List.of(wsId), "a/b+c"));
        }

        @GetMapping("/api/v1/workspaces/{wsId}/nodes/audit")
        @Requires(Permission.AUDIT_READ)
        ResponseEntity<Data<String>> audit(@PathVariable String wsId) {
            return Answers.one(wsId);
        }

        @DeleteMapping("/api/v1/workspaces/{wsId}/nodes/{id}")
        @Requires(Permission.NODES_DELETE)
        ResponseEntity<Data<Map<String, String>>> delete(HttpServletRequest request, @PathVariable String wsId) {
            return Answers.one(RequestCause.of(request, wsId, null).asMetadata());
        }

        @PostMapping("/api/v1/workspaces/{wsId}/nodes")
        @Requires(Permission.NODES_PROVISION)
        ResponseEntity<Data<Read>> read(HttpServletRequest request) throws IOException {
            var body = bodies.read(request);
            var name = body.required("name", JsonValues.text(Rule.none()));
            var count = body.required("count", JsonValues.integer(1, 10));
            var flag = body.optional("flag", JsonValues.bool());
            body.finish();
            return Answers.one(new Read(name.get(), count.get(), flag.orNull()));
        }
    }
}
