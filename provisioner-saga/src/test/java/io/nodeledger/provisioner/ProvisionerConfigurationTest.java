package io.nodeledger.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.JoinSeeds;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class ProvisionerConfigurationTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ProvisionerConfiguration.class)
    static class Provisioner {}

    @Test
    void bothDriversStartOnAFreshDatabaseWithoutAnyRegion() {
        try (var application = new SpringApplicationBuilder(Provisioner.class)
                .web(WebApplicationType.NONE)
                .run(PostgresServer.newDatabase().asArguments())) {

            assertThat(application.isRunning()).isTrue();
            assertThat(application.getBean(RegionsSettings.class).regions()).isEmpty();
            assertThat(application.getBean(JoinSeeds.class)).isInstanceOf(KubeadmJoinSeeds.class);
            assertThat(application.getBeansOfType(EnsureStep.class)).isNotEmpty();
            assertThat(application.getBean(ProxmoxRegions.class)).isNotNull();
            assertThat(application.getBean(KubernetesRegions.class)).isNotNull();
        }
    }
}
