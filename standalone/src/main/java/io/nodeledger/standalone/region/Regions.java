package io.nodeledger.standalone.region;

import io.nodeledger.standalone.instance.InstanceSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The simulated regions of an installation. */
public final class Regions implements AutoCloseable {
    private final Map<String, Object> properties;

    private Regions(Map<String, Object> properties) {
        this.properties = properties;
    }

    /** Starts them. */
    public static Regions simulated(InstanceSettings settings) {
        return new Regions(new LinkedHashMap<>());
    }

    /** The settings by which the services reach them. */
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public void close() {}
}
