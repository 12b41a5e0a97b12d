package io.nodeledger.standalone.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What the person who starts the instance has set, by {@code --set} or in the environment. */
final class ChosenSettings {
    private final InstanceSettings settings;
    private final Binder binder;

    ChosenSettings(InstanceSettings settings) {
        this.settings = settings;
        this.binder = binder(Map.of());
    }

    /** The settings of a kind, where others follow from what is embedded; those that were chosen win. */
    <T> T with(Map<String, Object> derived, Class<T> kind) {
        String prefix = Objects.requireNonNull(kind.getAnnotation(ConfigurationProperties.class))
                .value();
        return binder(derived).bindOrCreate(prefix, kind);
    }

    private Binder binder(Map<String, Object> derived) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.addFirst(new MapPropertySource("chosen", new LinkedHashMap<>(settings.properties())));
        sources.addLast(new MapPropertySource("derived", derived));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment);
    }

    /** Whether the property has a value, in whichever spelling. */
    boolean has(String property) {
        return binder.bind(property, String.class).isBound();
    }
}
