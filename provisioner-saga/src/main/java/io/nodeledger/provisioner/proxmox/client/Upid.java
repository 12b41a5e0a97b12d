package io.nodeledger.provisioner.proxmox.client;

/**
 * The id of a task at Proxmox VE: {@code UPID:host:pid:pstart:starttime:type:id:user:}.
 *
 * @param text the whole id
 */
public record Upid(String text) {
    public Upid {
        if (!text.startsWith("UPID:") || text.split(":", -1).length < 8) {
            throw new ProxmoxFailure(ProxmoxFailure.Kind.RETRY, "not a task id: " + text);
        }
    }

    /** The host that runs the task; only it knows the task's state. */
    public String host() {
        return part(1);
    }

    /** The task's type, e.g. {@code qmclone}. */
    public String type() {
        return part(5);
    }

    /** Who asked for it, {@code user@realm!id} for a token. */
    public String user() {
        return part(7);
    }

    private String part(int index) {
        return text.split(":", -1)[index];
    }
}
