package io.nodeledger.provisioner.kubernetes;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.JoinSeeds;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.join.BootstrapTokens;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import io.nodeledger.provisioner.kubernetes.step.AwaitJoin;
import io.nodeledger.provisioner.kubernetes.step.AwaitReady;
import io.nodeledger.provisioner.kubernetes.step.CordonNode;
import io.nodeledger.provisioner.kubernetes.step.DrainNode;
import io.nodeledger.provisioner.kubernetes.step.RelabelNode;
import io.nodeledger.provisioner.kubernetes.step.RemoveFromKubernetes;
import io.nodeledger.provisioner.kubernetes.step.UncordonNode;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.ProviderMeters;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kubernetes driver: clusters by region, the steps made there, and the seeds of machines that join. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DrainSettings.class, RegionsSettings.class})
public class KubernetesConfiguration {
    @Bean
    KubernetesRegions kubernetesRegions(RegionsSettings settings, MeterRegistry meters, Tracing tracing) {
        var calls = new ProviderMeters(meters);
        return new KubernetesRegions(settings, region -> new CallWatch(calls.of("kubernetes", region), tracing));
    }

    @Bean
    BootstrapTokens bootstrapTokens(ObjectProvider<Clock> clock) {
        return new BootstrapTokens(clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    JoinSeeds joinSeeds(KubernetesRegions regions, BootstrapTokens tokens) {
        return new KubeadmJoinSeeds(regions, tokens);
    }

    @Bean
    EnsureStep awaitJoin(KubernetesRegions regions, BootstrapTokens tokens) {
        return new AwaitJoin(regions, tokens);
    }

    @Bean
    EnsureStep awaitReady(KubernetesRegions regions) {
        return new AwaitReady(regions);
    }

    @Bean
    EnsureStep cordonNode(KubernetesRegions regions) {
        return new CordonNode(regions);
    }

    @Bean
    EnsureStep drainNode(KubernetesRegions regions, DrainSettings settings) {
        return new DrainNode(regions, settings);
    }

    @Bean
    EnsureStep uncordonNode(KubernetesRegions regions) {
        return new UncordonNode(regions);
    }

    @Bean
    EnsureStep relabelNode(KubernetesRegions regions) {
        return new RelabelNode(regions);
    }

    @Bean
    EnsureStep removeFromKubernetes(KubernetesRegions regions, BootstrapTokens tokens) {
        return new RemoveFromKubernetes(regions, tokens);
    }
}
