package io.nodeledger.command;

import io.nodeledger.base.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The write door for people as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CommandServiceConfiguration.class)
public class CommandServiceApplication {
    public static void main(String[] arguments) {
        ServiceProcess.run(CommandServiceApplication.class, arguments);
    }
}
