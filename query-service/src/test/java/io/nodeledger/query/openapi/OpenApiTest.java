package io.nodeledger.query.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class OpenApiTest {
    @Test
    void every_route_is_described_and_every_described_read_is_served() {
        try (var server = new QueryServer()) {
            var mapping = server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);

            assertThat(RouteCheck.undescribed(mapping)).isEmpty();
            assertThat(RouteCheck.unserved(mapping))
                    .filteredOn(route -> route.startsWith("GET "))
                    .allMatch(route -> route.contains("/webhooks") || route.endsWith("/asyncapi.json"));

            var document = server.getWithoutToken("/openapi.json");
            assertThat(document.status()).isEqualTo(200);
            assertThat(document.body().get("openapi").asString()).startsWith("3.1");
        }
    }
}
