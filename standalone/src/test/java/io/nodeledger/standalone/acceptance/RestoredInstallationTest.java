package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** The database's files of an earlier moment are put back, while machines and Kafka are as they are now. */
@Isolated("a server of its own is started three times")
class RestoredInstallationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    private Path backups;

    @Test
    void nothingIsDestroyedAndEverythingGoesOnInAnotherEpoch() throws Exception {
        try (var server = StandaloneServer.own(0.02, Map.of("nodeledger.reconciler.every", "1s"))) {
            // given a backup
            String kept;
            String going;
            try (var nodes = OwnedNodes.of(server, "ws-restored", 10_000)) {
                kept = nodes.running();
                going = nodes.running();
            }
            Path data = server.folder().postgres().resolve("data");
            server.restart(() -> copy(data, backups.resolve("data")));

            // and what it does not know of
            String unknown;
            int itsMachine;
            String cursor;
            long lastPosition;
            try (var nodes = OwnedNodes.of(server, "ws-restored", 0)) {
                unknown = nodes.running();
                itsMachine = nodes.machineOf(unknown);
                nodes.succeeds(going, "delete");
                Answer newest = nodes.api().get(nodes.path() + "/audit?sort=-position&limit=1");
                lastPosition = newest.data().get(0).path("position").asLong();
                cursor = newest.headers().firstValue("Link").orElseThrow().replaceAll(".*[?&]cursor=([^&>]*).*", "$1");
            }

            // when
            server.restart(() -> {
                delete(data);
                copy(backups.resolve("data"), data);
            });

            // then the machine that nobody knows is told of and stays, and the one that is gone is no longer billed
            try (var nodes = OwnedNodes.of(server, "ws-restored", 0);
                    var operator = server.asOperator()) {
                nodes.awaitStatus(going, "error");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(operator.get("/api/v1/admin/drift?region=" + OwnedNodes.REGION)
                                        .body()
                                        .toString())
                                .contains(unknown));
                assertThat(nodes.status(unknown)).isEqualTo("deleted");
                nodes.fitsItsProviders(kept);

                // and what was told before is not told again in another sense
                Answer refused = nodes.api().get(nodes.path() + "/audit?sort=-position&limit=1&cursor=" + cursor);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.body().at("/error/details/fields/0/code").asString())
                        .isEqualTo("lost");
                String fresh = nodes.running();
                assertThat(nodes.machineOf(fresh)).isNotEqualTo(itsMachine);
                assertThat(positions(nodes, fresh)).isNotEmpty().allMatch(position -> position > lastPosition);
                try (var topic = Topic.lifecycle(server.runtime().kafkaBootstrap())) {
                    var told = topic.until(records -> records.stream()
                            .anyMatch(record -> record.key().equals(fresh)
                                    && record.value().getType().equals("node.provisioning_completed")));
                    assertThat(told.stream()
                                    .filter(record -> record.key().equals(fresh))
                                    .map(record -> String.valueOf(record.value().getExtension("position"))))
                            .isNotEmpty()
                            .allMatch(position -> Long.parseLong(position) > lastPosition);
                }
                assertThat(nodes.providers().machineIdsOf(unknown)).containsExactly(itsMachine);
            }
        }
    }

    private static List<Long> positions(OwnedNodes nodes, String id) throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/audit")
                .expect("audit of " + id, 200)
                .data()
                .valueStream()
                .map((JsonNode entry) -> entry.path("position").asLong())
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(
                            target, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file)));
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
