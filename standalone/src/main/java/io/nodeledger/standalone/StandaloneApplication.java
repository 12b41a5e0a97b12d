package io.nodeledger.standalone;

import io.nodeledger.provisioner.ProvisionerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** All services in one Spring application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ProvisionerConfiguration.class)
public class StandaloneApplication {}
