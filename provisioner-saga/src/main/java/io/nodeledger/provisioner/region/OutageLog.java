package io.nodeledger.provisioner.region;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Tells of an outage once when it begins and once when it is over, however often it is met in between. */
public final class OutageLog {
    private final Logger log;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    public OutageLog(Logger log) {
        this.log = log;
    }

    /** Something did not work. */
    public void failed(String what, String why) {
        if (failing.add(what)) {
            log.warn("{} can't be observed: {}", what, why);
        }
    }

    /** It worked. */
    public void worked(String what) {
        if (failing.remove(what)) {
            log.info("{} can be observed again", what);
        }
    }
}
