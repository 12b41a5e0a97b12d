package io.nodeledger.standalone.instance;

import java.util.LinkedHashMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What the person who starts the instance has set, by {@code --set} or in the environment. */
final class ChosenSettings {
    private final Binder binder;

    ChosenSettings(InstanceSettings settings) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("chosen", new LinkedHashMap<>(settings.properties())));
        ConfigurationPropertySources.attach(environment);
        this.binder = Binder.get(environment);
    }

    /** Whether the property has a value, in whichever spelling. */
    boolean has(String property) {
        return binder.bind(property, String.class).isBound();
    }
}
