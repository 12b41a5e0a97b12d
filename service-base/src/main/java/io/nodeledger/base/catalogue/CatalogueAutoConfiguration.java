package io.nodeledger.base.catalogue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nodeledger.base.background.RepeatedTask;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The plan catalogue, checked at the start, and read anew when an operator's file has changed. */
@AutoConfiguration
@EnableConfigurationProperties(CatalogueSettings.class)
public class CatalogueAutoConfiguration {

    @Bean
    CatalogueReload catalogueReload(CatalogueSettings settings) {
        return new CatalogueReload(CatalogueFile.of(settings));
    }

    @Bean
    Catalogue catalogue(CatalogueReload reload) {
        return reload.catalogue();
    }

    @Bean
    @ConditionalOnProperty("nodeledger.catalogue.file")
    RepeatedTask catalogueLooks(CatalogueReload reload, CatalogueSettings settings) {
        return new RepeatedTask("catalogue", settings.reloadEvery(), reload::look);
    }

    /** For an alert. Health stays as it is: a slip in the file takes no instance out of service. */
    @Bean
    MeterBinder refusedCatalogue(CatalogueReload reload) {
        return meters -> Gauge.builder("nodeledger.catalogue.refused", reload, it -> it.refused() ? 1 : 0)
                .description("Whether the catalogue's file can't be used, so that older plans are on offer: 1 or 0")
                .register(meters);
    }
}
