package io.nodeledger.webhook;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What tells others, as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebhookServiceConfiguration.class)
public class WebhookServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(WebhookServiceApplication.class, arguments);
    }
}
