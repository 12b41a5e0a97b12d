package io.nodeledger.base.settings;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.ConfigTreePropertySource.Option;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Settings as they are now where each is a file of its own ({@code configtree:}): secrets are rotated by writing another file.
 * All others are as they were at the start.
 */
public final class FreshSettings {

    private final ConfigurableEnvironment environment;

    FreshSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Reads settings each time that it is asked. What can't be read, such as a file that is half written, leaves them as they were.
     *
     * @param type a record with the prefix of its settings
     */
    public <T> Supplier<T> of(Class<T> type) {
        String prefix = Objects.requireNonNull(
                        type.getAnnotation(ConfigurationProperties.class), type + " names no settings")
                .value();
        return new LastGood<>(prefix, () -> {
            var sources = readAnew();
            return new Binder(
                            ConfigurationPropertySources.from(sources),
                            new PropertySourcesPlaceholdersResolver(sources))
                    .bindOrCreate(prefix, type);
        });
    }

    private MutablePropertySources readAnew() {
        var sources = new MutablePropertySources();
        for (PropertySource<?> source : environment.getPropertySources()) {
            // What is attached remembers what it has found.
            if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                sources.addLast(
                        source instanceof ConfigTreePropertySource files
                                ? new ConfigTreePropertySource(
                                        files.getName(), files.getSource(), Option.AUTO_TRIM_TRAILING_NEW_LINE)
                                : source);
            }
        }
        return sources;
    }
}
