package io.nodeledger.standalone;

import io.nodeledger.command.CommandServiceConfiguration;
import io.nodeledger.provisioner.ProvisionerConfiguration;
import io.nodeledger.query.QueryServiceConfiguration;
import io.nodeledger.webhook.WebhookServiceConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** All services in one Spring application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    CommandServiceConfiguration.class,
    ProvisionerConfiguration.class,
    QueryServiceConfiguration.class,
    WebhookServiceConfiguration.class
})
public class StandaloneApplication {}
