package io.nodeledger.simulators.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.RawHttp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault as a client of the API server meets it, planned through the control server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesFaultsTest {
    private static final String NODE = "/api/v1/nodes/shared-1";
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private ControlledRegion region;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        region = new ControlledRegion(folder);
        await().until(() -> region.kube.ready("shared-1").equals("True"));
    }

    @AfterEach
    void noMoreFaults() {
        region.delete("/faults");
    }

    @AfterAll
    void stop() throws Exception {
        region.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 401                            | 401 | Unauthorized       | Unauthorized
            'status': 409                            | 409 | Conflict           | Operation cannot be fulfilled on nodes "shared-1": the object has been modified; please apply your changes to the latest version and try again
            'status': 409, 'reason': 'AlreadyExists' | 409 | AlreadyExists      | the object has been modified; please apply your changes to the latest version and try again
            'status': 410                            | 410 | Expired            | The resourceVersion for the provided watch is too old.
            'status': 429                            | 429 | TooManyRequests    | too many requests, please try again later
            'status': 500, 'reason': 'etcd is slow'  | 500 | InternalError      | etcd is slow
            'status': 503                            | 503 | ServiceUnavailable | the server is currently unable to handle the request
            """)
    void a_refusal_is_a_status_object(String fault, int status, String reason, String message) {
        region.fault("{'target': 'kubernetes', 'fault': 'status', 'times': 1, " + fault + "}");

        RawHttp.Reply refused = region.kube.get(NODE);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().path("kind").asString()).isEqualTo("Status");
        assertThat(refused.json().path("code").asInt()).isEqualTo(status);
        assertThat(refused.json().path("reason").asString()).isEqualTo(reason);
        assertThat(refused.json().path("message").asString()).isEqualTo(message);
        assertThat(refused.header("Retry-After").isPresent()).isEqualTo(status == 429);
        assertThat(region.kube.get(NODE).status()).isEqualTo(200);
    }

    @Test
    void a_denial_is_worded_as_the_authorizer_words_it() {
        region.fault("{'target': 'kubernetes', 'match': {'path_regex': '/pods'}, 'fault': 'denied'}");

        RawHttp.Reply denied = region.kube.get("/api/v1/namespaces/default/pods/web-1");

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().path("reason").asString()).isEqualTo("Forbidden");
        assertThat(denied.json().path("message").asString())
                .isEqualTo("pods \"web-1\" is forbidden: User \"kubernetes-admin\" cannot get resource \"pods\""
                        + " in API group \"\" in the namespace \"default\"");
    }

    @Test
    void a_lost_reply_leaves_its_effect() {
        region.fault("{'target': 'kubernetes', 'match': {'method': 'POST'}, 'fault': 'lost_reply', 'times': 1}");

        RawHttp.Reply lost = region.kube.createConfigMap("made");

        assertThat(lost.status()).isZero();
        assertThat(region.kube.hasConfigMap("made")).isTrue();
    }

    @Test
    void a_request_that_hangs_has_no_answer_and_no_effect() {
        region.fault("{'target': 'kubernetes', 'match': {'method': 'POST'}, 'fault': 'hang'}");

        var hanging = ControlledRegion.meanwhile(() -> region.kube.createConfigMap("hanging"));
        await().until(() ->
                region.get("/faults").json().path(0).path("happened").asInt() == 1);
        region.delete("/faults");

        assertThat(region.kube.createConfigMap("after").status()).isEqualTo(201);
        assertThat(region.kube.hasConfigMap("hanging")).isFalse();
        assertThat(hanging).isNotDone();
    }

    @Test
    void a_request_that_hangs_for_a_while_is_served_then() {
        region.fault("{'target': 'kubernetes', 'fault': 'hang', 'delay_ms': 30}");

        assertThat(region.kube.createConfigMap("delayed").status()).isEqualTo(201);
    }

    @Test
    void an_empty_list_is_of_the_right_kind_and_only_for_who_asks_for_a_list() {
        region.fault("{'target': 'kubernetes', 'fault': 'empty_list', 'times': 1}");

        assertThat(region.kube.get(NODE).json().path("kind").asString()).isEqualTo("Node");
        RawHttp.Reply list = region.kube.get("/api/v1/nodes");

        assertThat(list.json().path("kind").asString()).isEqualTo("NodeList");
        assertThat(list.json().path("items").isArray()).isTrue();
        assertThat(list.json().path("items")).isEmpty();
        assertThat(list.json().at("/metadata/resourceVersion").asString()).isNotEmpty();
        assertThat(region.kube.get("/api/v1/nodes").json().path("items")).isNotEmpty();
    }

    @Test
    void a_watch_of_an_empty_list_tells_nothing() {
        region.kube.createConfigMap("unwatched");
        String watch = CONFIG_MAPS + "?watch=true&timeoutSeconds=1";
        region.fault("{'target': 'kubernetes', 'fault': 'empty_list', 'times': 1}");

        assertThat(region.kube.get(watch).body()).doesNotContain("unwatched");
        assertThat(region.kube.get(watch).body()).contains("unwatched");
    }

    @Test
    void a_partition_closes_connections_without_an_effect() {
        region.fault("{'target': 'kubernetes', 'fault': 'partition', 'times': 1}");

        RawHttp.Reply closed = region.kube.createConfigMap("unheard");

        assertThat(closed.status()).isZero();
        assertThat(region.kube.hasConfigMap("unheard")).isFalse();
    }

    @Test
    void a_partition_cuts_the_watches_that_are_open() throws Exception {
        region.kube.createConfigMap("watched");
        try (Socket socket = region.kube.open(CONFIG_MAPS + "?watch=true")) {
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.lines().filter(line -> line.contains("watched")).findFirst())
                    .isPresent();

            region.fault("{'target': 'kubernetes', 'match': {'path_regex': '/configmaps'}, 'fault': 'partition'}");

            assertThat(lines.lines()).noneMatch(line -> line.equals("0"));
        }
    }

    @Test
    void a_partition_of_what_kubelets_send_makes_their_nodes_unknown_until_it_ends() {
        region.fault("{'target': 'kubernetes', 'match': {'path_regex': '/leases/'}, 'fault': 'partition'}");
        await().until(() -> region.kube.ready("shared-1").equals("Unknown"));

        region.delete("/faults");

        await().until(() -> region.kube.ready("shared-1").equals("True"));
    }
}
