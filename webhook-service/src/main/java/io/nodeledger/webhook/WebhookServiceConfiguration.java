package io.nodeledger.webhook;

import io.nodeledger.webhook.relay.RelayConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that tells others, to be imported by whatever process is to have it. */
@Configuration(proxyBeanMethods = false)
@Import(RelayConfiguration.class)
public class WebhookServiceConfiguration {}
