package io.nodeledger.webhook;

import io.nodeledger.base.security.PublicPaths;
import io.nodeledger.webhook.asyncapi.AsyncApiController;
import io.nodeledger.webhook.delivery.WebhookConfiguration;
import io.nodeledger.webhook.endpoint.EndpointConfiguration;
import io.nodeledger.webhook.relay.RelayConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that tells others, to be imported by whatever process is to have it. */
@Configuration(proxyBeanMethods = false)
@Import({RelayConfiguration.class, EndpointConfiguration.class, WebhookConfiguration.class})
public class WebhookServiceConfiguration {
    @Bean
    AsyncApiController asyncApiController() {
        return new AsyncApiController();
    }

    @Bean
    PublicPaths asyncApiPath() {
        return new PublicPaths("/asyncapi.json");
    }
}
