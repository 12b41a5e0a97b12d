package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.separate.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wherever the services are run, a request gets to the one that answers it. */
class RoutesAgreeTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final List<Request> REQUESTS = Request.all();

    @Test
    void eachServiceThatIsAskedHasControllers() {
        assertThat(REQUESTS)
                .extracting(request -> request.answeredBy().module())
                .contains("command-service", "query-service", "webhook-service")
                .doesNotContain("provisioner-saga");
    }

    @Test
    void theStandaloneGatewayKnowsWhoAnswers() {
        assertThat(REQUESTS)
                .allSatisfy(request -> assertThat(Routes.of(request.method(), request.path()))
                        .as(request.toString())
                        .isEqualTo(request.answeredBy()));
    }

    @Test
    void theProxyOfComposeKnowsWhoAnswers() throws IOException {
        var routes = ProxyRoutes.read(DeployFolder.DEPLOY.resolve("compose/nginx.conf"));

        assertThat(REQUESTS)
                .allSatisfy(request -> assertThat(routes.serviceOf(request.method(), request.path()))
                        .as(request.toString())
                        .isEqualTo(request.answeredBy().module()));
    }

    @Test
    void theHttpRouteKnowsWhoAnswers() throws IOException {
        var routes = gateway();

        assertThat(REQUESTS)
                .allSatisfy(request -> assertThat(routes.serviceOf(request.method(), request.path()))
                        .as(request.toString())
                        .isEqualTo(request.answeredBy().module()));
    }

    @Test
    void whatNobodyAnswersGoesTheSameWayEverywhere() throws IOException {
        var proxy = ProxyRoutes.read(DeployFolder.DEPLOY.resolve("compose/nginx.conf"));
        var gateway = gateway();
        var paths = new ArrayList<>(List.of(
                "/",
                "/nowhere",
                "/asyncapi.jsonx",
                "/api/v1/workspaces/ws-1/nodes/webhooksx",
                "/api/v1/node-plans/x/y"));
        REQUESTS.stream().map(Request::path).distinct().forEach(paths::add);

        for (String path : paths) {
            for (String method : METHODS) {
                String expected = Routes.of(method, path).module();
                assertThat(proxy.serviceOf(method, path))
                        .as(method + " " + path)
                        .isEqualTo(expected);
                assertThat(gateway.serviceOf(method, path))
                        .as(method + " " + path)
                        .isEqualTo(expected);
            }
        }
    }

    private static GatewayRoutes gateway() throws IOException {
        var routes = DeployFolder.objects("HTTPRoute");
        assertThat(routes).hasSize(1);
        return new GatewayRoutes(routes.getFirst());
    }
}
