package io.nodeledger.standalone.instance;

import java.util.Map;

/**
 * What {@code up} was asked for.
 *
 * @param folder where everything is kept
 * @param port of the REST API; 0 takes a free one
 * @param timeScale multiplies the simulators' delays
 * @param properties settings that win over every other source
 */
public record InstanceSettings(DataFolder folder, int port, double timeScale, Map<String, String> properties) {
    public InstanceSettings {
        if (timeScale < 0) {
            throw new IllegalArgumentException("The time scale must be 0 or more, but is " + timeScale);
        }
        properties = Map.copyOf(properties);
    }
}
