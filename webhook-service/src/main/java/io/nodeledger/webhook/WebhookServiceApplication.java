package io.nodeledger.webhook;

import io.nodeledger.base.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What tells others, as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebhookServiceConfiguration.class)
public class WebhookServiceApplication {
    public static void main(String[] arguments) {
        ServiceProcess.run(WebhookServiceApplication.class, arguments);
    }
}
