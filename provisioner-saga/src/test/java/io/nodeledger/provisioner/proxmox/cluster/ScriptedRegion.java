package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.region.IdRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cluster whose answers are told, by method and path; whatever else is asked for is not there. */
public final class ScriptedRegion implements AutoCloseable {
    private static final String ROWS = """
            [{"type": "node", "node": "pve1", "status": "online"},
             {"type": "node", "node": "pve2", "status": "offline"},
             {"type": "qemu", "node": "pve1", "vmid": 9000, "template": 1}""";

    private final Map<String, Reply> answers = new LinkedHashMap<>();
    public final ScriptedProxmox server = new ScriptedProxmox(request -> Optional.of(answers.getOrDefault(
            request.method() + " "
                    + request.target().replaceFirst("^/api2/json", "").replaceFirst("\\?.*", ""),
            new Reply(500, "Configuration file does not exist", "{\"data\":null}"))));
    public final ProxmoxRegion region =
            new ProxmoxRegion("us-west-2", server.settings(), new IdRange(1000, 1999), server.client());

    public ScriptedRegion() {
        listing("");
    }

    /** Lists these machines too, each a JSON object. */
    public ScriptedRegion listing(String machines) {
        return answering(
                "GET /cluster/resources", Reply.data(ROWS + (machines.isEmpty() ? "]" : "," + machines + "]")));
    }

    public ScriptedRegion answering(String call, Reply reply) {
        answers.put(call, reply);
        return this;
    }

    @Override
    public void close() throws IOException {
        region.client().close();
        server.close();
    }
}
