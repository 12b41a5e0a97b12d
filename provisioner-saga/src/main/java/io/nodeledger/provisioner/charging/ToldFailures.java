package io.nodeledger.provisioner.charging;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one thing's failure keep no other waiting, and tells of it once until it has worked again. One thread uses it. */
final class ToldFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ToldFailures.class);

    private final Set<String> failing = new HashSet<>();

    /** Tries it, and says whether it worked. */
    boolean attempt(String what, Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException failure) {
            if (!Thread.currentThread().isInterrupted() && failing.add(what)) {
                LOG.error("{} can't be settled now, the next round tries again", what, failure);
            }
            return false;
        }
        if (failing.remove(what)) {
            LOG.info("{} is settled again", what);
        }
        return true;
    }
}
