package io.nodeledger.query;

import io.nodeledger.base.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The read side as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(QueryServiceConfiguration.class)
public class QueryServiceApplication {
    public static void main(String[] arguments) {
        ServiceProcess.run(QueryServiceApplication.class, arguments);
    }
}
