package io.nodeledger.provisioner.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PveSchemaTest {
    private static final String CLONE = "/nodes/{node}/qemu/{vmid}/clone";

    private final PveSchema schema = PveSchema.read();

    @Test
    void aCloneNeedsAnIdAndTakesNoTags() {
        assertThat(schema.method("POST", CLONE).orElseThrow().objections(List.of("name", "tags")))
                .containsExactly("POST " + CLONE + " has no parameter tags", "POST " + CLONE + " lacks newid");
    }

    @Test
    void aPathIsServedByTheMethodThatNamesMostOfIt() {
        assertThat(schema.serving("POST", "/nodes/pve1/qemu/101/clone"))
                .contains(schema.method("POST", CLONE).orElseThrow());
        assertThat(schema.serving("DELETE", "/nodes/pve1/storage/shared/content/shared:iso/a.iso"))
                .map(PveSchema.Method::path)
                .contains("/nodes/{node}/storage/{storage}/content/{volume}");
        assertThat(schema.serving("PATCH", "/nodes/pve1/qemu/101/clone")).isEmpty();
    }
}
