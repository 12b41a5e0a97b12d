package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the catalogue's file. What is new there is taken once two looks in a row have seen the same, so that a file in the
 * middle of being written offers nothing by mistake. A file that can't be used, or is gone, is told once, and the plans of
 * before stay on offer.
 */
final class CatalogueReload {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueReload.class);

    /** Stands for a file that can't be read. */
    private static final byte[] NONE = {};

    private final CatalogueFile file;
    private final Catalogue catalogue;
    private byte[] judged;
    private byte[] lastSeen;
    private volatile boolean refused;

    /** @throws IllegalArgumentException when the file can't be used: there is nothing to offer then */
    CatalogueReload(CatalogueFile file) {
        this.file = file;
        judged = file.content();
        lastSeen = judged;
        catalogue = new Catalogue(file.plans(judged));
    }

    /** What is on offer, now and after each reload. */
    Catalogue catalogue() {
        return catalogue;
    }

    /** Whether the file as it is now can't be used. */
    boolean refused() {
        return refused;
    }

    /** Looks at the file. */
    void look() {
        @Nullable IllegalArgumentException unreadable = null;
        byte[] content = NONE;
        try {
            content = file.content();
        } catch (IllegalArgumentException missing) {
            unreadable = missing;
        }
        boolean settled = Arrays.equals(content, lastSeen);
        lastSeen = content;
        if (settled && !Arrays.equals(content, judged)) {
            judged = content;
            judge(content, unreadable);
        }
    }

    private void judge(byte[] content, @Nullable IllegalArgumentException unreadable) {
        try {
            if (unreadable != null) {
                throw unreadable;
            }
            List<NodePlan> plans = file.plans(content);
            catalogue.offer(plans);
            refused = false;
            LOG.info("The plan catalogue was read anew and offers {} plans", plans.size());
        } catch (IllegalArgumentException unusable) {
            refused = true;
            LOG.error("The plans stay as they were. {}", unusable.getMessage());
        }
    }
}
