package io.nodeledger.query.observed;

import java.util.List;
import java.util.Map;

/**
 * What a node was lately seen to hold.
 *
 * @param allocatable quantities by resource, as the cluster prints them
 * @param capacity the same
 */
public record ObservedWorkload(
        Map<String, String> allocatable, Map<String, String> capacity, List<Application> applications) {

    /**
     * Pods of one controller, or of one name.
     *
     * @param id {@code namespace/name}
     * @param pods how many of its pods the node holds
     */
    public record Application(String id, String name, int pods) {}
}
