package io.nodeledger.standalone.instance;

import java.util.Map;

/**
 * What {@code up} was asked for.
 *
 * @param folder where everything is kept
 * @param port of the REST API; 0 takes a free one
 * @param timeScale multiplies the simulators' delays
 * @param sharedNodes how many workers without a virtual machine each simulated cluster has
 * @param properties settings that win over every other source
 * @param instances how many processes of each service; 0 runs all of them in this one
 */
public record InstanceSettings(
        DataFolder folder, int port, double timeScale, int sharedNodes, Map<String, String> properties, int instances) {
    private static final int SHARED_NODES = 2;

    /** With the few shared nodes that {@code up} simulates. */
    public InstanceSettings(DataFolder folder, int port, double timeScale, Map<String, String> properties) {
        this(folder, port, timeScale, SHARED_NODES, properties);
    }

    /** Everything in this process. */
    public InstanceSettings(
            DataFolder folder, int port, double timeScale, int sharedNodes, Map<String, String> properties) {
        this(folder, port, timeScale, sharedNodes, properties, 0);
    }

    /** The same with so many processes of each service. */
    public InstanceSettings separate(int each) {
        return new InstanceSettings(folder, port, timeScale, sharedNodes, properties, each);
    }

    public InstanceSettings {
        if (timeScale < 0) {
            throw new IllegalArgumentException("The time scale must be 0 or more, but is " + timeScale);
        }
        properties = Map.copyOf(properties);
    }
}
