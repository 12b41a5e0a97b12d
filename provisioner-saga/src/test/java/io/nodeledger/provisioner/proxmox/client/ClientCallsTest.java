package io.nodeledger.provisioner.proxmox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Request;
import io.nodeledger.provisioner.proxmox.schema.PveSchema;
import java.lang.reflect.Modifier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every call of the client, as it goes over the wire, against the API's own schema. */
class ClientCallsTest {
    private static final String UPID = "UPID:pve1:000A:00B0:66F0:qmclone:9000:root@pam!test:";
    private static final Pattern FORM_FIELD = Pattern.compile("; name=\"([^\"]+)\"");

    private final PveSchema schema = PveSchema.read();

    @Test
    void everyCallIsOneOfTheApiWithItsParameters() throws Exception {
        try (var server = new ScriptedProxmox(ClientCallsTest::answer);
                var client = server.client()) {
            callEverything(client);

            assertThat(server.requests).as("one request of each call").hasSize(calls());
            assertThat(server.requests.stream().flatMap(this::objections)).isEmpty();
        }
    }

    static void callEverything(ProxmoxClient client) {
        client.listing();
        client.config("pve1", 101);
        client.running("pve1", 101);
        client.clone(new CloneOrder("pve1", 9000, 101, "web-1", "ours", "pve2", "shared", "nodeledger"));
        client.configure("pve1", 101, Map.of("cores", "4", "digest", "abc"));
        client.resize("pve1", 101, "scsi0", 100);
        client.start("pve1", 101);
        client.shutdown("pve1", 101, 60, true);
        client.stop("pve1", 101);
        client.destroy("pve1", 101);
        client.addresses("pve1", 101);
        client.uploadIso("pve1", "shared", "seed.iso", new byte[] {1});
        client.deleteIso("pve1", "shared", "seed.iso");
        client.isos("pve1", "shared");
        client.task(new Upid(UPID));
        client.runningTasks("pve1", 101, "qmclone");
        client.tasks("pve1", 101, "vzdump", Instant.EPOCH);
        client.taskLog(new Upid(UPID));
        client.backup("pve1", 101, "shared", "ours");
        client.backups("pve1", "shared", 101);
        client.permissions();
        client.figures();
        client.diskOperations("pve1", 101);
        client.packets("pve1", 101);
        client.storage("pve1", 101);
    }

    static Optional<Reply> answer(Request request) {
        String path = request.target().replaceFirst("\\?.*", "");
        if (path.endsWith("/cluster/resources")) {
            return Optional.of(Reply.data("""
                    [{"type": "node", "node": "pve1", "status": "online"},
                     {"type": "qemu", "node": "pve1", "vmid": 9000, "template": 1}]"""));
        }
        if (path.endsWith("/tasks") || path.endsWith("/log") || path.endsWith("/content")) {
            return Optional.of(Reply.data("[]"));
        }
        if (path.contains("/agent/")) {
            return Optional.of(Reply.data("{\"result\": []}"));
        }
        return Optional.of(Reply.data(request.method().equals("GET") ? "{\"status\": \"stopped\"}" : "null"));
    }

    /** So that a call that is added later is not forgotten here. */
    static int calls() {
        return (int) Arrays.stream(ProxmoxClient.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.getName().equals("close"))
                .count();
    }

    private Stream<String> objections(Request request) {
        String[] target = request.target().replaceFirst("^/api2/json", "").split("\\?", 2);
        String path = URLDecoder.decode(target[0], StandardCharsets.UTF_8);
        return schema.serving(request.method(), path)
                .map(method -> method.objections(parameters(request, target.length > 1 ? target[1] : "")).stream())
                .orElseGet(() -> Stream.of("The API has no " + request.method() + " " + path));
    }

    private static List<String> parameters(Request request, String query) {
        if (request.headers().getOrDefault("content-type", "").startsWith("multipart/")) {
            return FORM_FIELD
                    .matcher(request.body())
                    .results()
                    .map(field -> field.group(1))
                    .toList();
        }
        return Stream.of(query, request.body())
                .flatMap(form -> Arrays.stream(form.split("&")))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.replaceFirst("=.*", ""))
                .toList();
    }
}
