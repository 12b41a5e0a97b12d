package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.Upid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The tasks whose failure was already counted, as far as this instance remembers. */
public final class FailedTasks {
    private static final int REMEMBERED = 10_000;

    private final Set<String> failed = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /** Remembers a task, and forgets the oldest when there are too many. */
    public void add(Upid upid) {
        failed.add(upid.text());
    }

    /** Whether the task is remembered. */
    public boolean contains(Upid upid) {
        return failed.contains(upid.text());
    }
}
