package io.nodeledger.provisioner.proxmox.client;

import org.jspecify.annotations.Nullable;

/**
 * A full clone to make. Tags can't be given: Proxmox VE copies the template's.
 *
 * @param templateHost host that the template is on; the clone's task runs there
 * @param template id of the template
 * @param newId id of the clone
 * @param name its name, a DNS name
 * @param description holds the owner marker
 * @param targetHost host that the clone is for
 * @param storage storage for its disks
 * @param pool pool for it, none when absent
 */
public record CloneOrder(
        String templateHost,
        int template,
        int newId,
        String name,
        String description,
        String targetHost,
        String storage,
        @Nullable String pool) {}
