package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The host that machines' questions go to, during one look. Until it has answered it is asked for one machine at a time, so
 * that one that hangs takes one of the region's places, and leaves the others to other hosts.
 */
final class AskedHost {
    private final Semaphore inRegion;
    private final Semaphore ofHost = new Semaphore(1);
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean silent;

    /** @param inRegion the places that all hosts of a region share */
    AskedHost(Semaphore inRegion) {
        this.inRegion = inRegion;
    }

    /** Waits for a place and asks for one machine; nothing happens when the host is silent. */
    void whenFree(Runnable questions) throws InterruptedException {
        ofHost.acquire();
        try {
            if (!silent) {
                inRegion.acquire();
                try {
                    questions.run();
                } finally {
                    inRegion.release();
                }
            }
        } finally {
            ofHost.release();
        }
    }

    /** Whether it did not answer, and is left alone until the next look. */
    boolean isSilent() {
        return silent;
    }

    /** An agent that is silent, or a server that refuses, leaves a gap and nothing else. */
    <T> Optional<T> ask(Supplier<Optional<T>> call) {
        if (silent) {
            return Optional.empty();
        }
        try {
            Optional<T> answer = call.get();
            hasAnswered();
            return answer;
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == ProxmoxFailure.Kind.UNREACHABLE) {
                silent = true;
            } else {
                hasAnswered();
            }
            return Optional.empty();
        }
    }

    /** From now on only the region's places bound it. */
    private void hasAnswered() {
        if (answered.compareAndSet(false, true)) {
            ofHost.release(Short.MAX_VALUE);
        }
    }
}
