package io.nodeledger.provisioner;

import io.nodeledger.base.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The write door for machines as a process of its own. Nobody calls it; it works on what the log says. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ProvisionerConfiguration.class)
public class ProvisionerApplication {
    public static void main(String[] arguments) {
        ServiceProcess.run(ProvisionerApplication.class, arguments);
    }
}
