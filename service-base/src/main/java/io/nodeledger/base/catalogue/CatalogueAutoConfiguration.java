package io.nodeledger.base.catalogue;

import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** The plan catalogue, read and checked once at start. */
@AutoConfiguration
@EnableConfigurationProperties(CatalogueSettings.class)
public class CatalogueAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Catalogue catalogue(CatalogueSettings settings) throws IOException {
        Resource resource = settings.file().isEmpty()
                ? new ClassPathResource("catalogue.yaml")
                : new FileSystemResource(settings.file());
        if (!resource.isReadable()) {
            throw new IllegalArgumentException("There is no readable plan catalogue at '" + settings.file()
                    + "': correct nodeledger.catalogue.file, or leave it out to use the built-in one");
        }
        try (var file = resource.getInputStream()) {
            return CatalogueFile.read(file, resource.getDescription());
        }
    }
}
