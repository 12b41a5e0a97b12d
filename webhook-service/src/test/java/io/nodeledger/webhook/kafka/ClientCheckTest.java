package io.nodeledger.webhook.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ClientCheckTest {
    @Test
    void whatNoClientCanBeMadeOfIsToldFromTheBottom() {
        assertThatThrownBy(() -> ClientCheck.check(settings(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", "/absent/ca.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("nodeledger.kafka.client.* is of no use to Kafka's clients: ")
                .hasMessageContaining("Unable to read file /absent/ca.pem");
        assertThatThrownBy(() -> ClientCheck.check(settings(Map.of("security.protocol", "TLS"))))
                .hasMessageContaining("security.protocol");
    }

    @Test
    void aClusterThatIsNotThereIsNoReasonToRefuse() {
        assertThatCode(() -> ClientCheck.check(settings(Map.of("client.id", "nodeledger"))))
                .doesNotThrowAnyException();
    }

    @Test
    void misspeltKeysAreKnown() {
        assertThat(ClientCheck.unknown(Map.of("sasl.jass.config", "", "sasl.jaas.config", "", "acks", "all")))
                .containsExactly("sasl.jass.config");
    }

    @Test
    void passwordsAreNotTold() {
        assertThat(settings(Map.of("sasl.jaas.config", "password=\"hidden\"")).toString())
                .doesNotContain("hidden")
                .contains("sasl.jaas.config");
    }

    @Test
    void propertiesOfClientsCanBeEnvironmentVariables() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "NODELEDGER_KAFKA_BOOTSTRAPSERVERS", "localhost:9093",
                                "NODELEDGER_KAFKA_CLIENT_SASL_JAAS_CONFIG", "ScramLoginModule required;",
                                "NODELEDGER_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", "/ca.pem")));

        var bound = Binder.get(environment)
                .bind("nodeledger.kafka", KafkaSettings.class)
                .get();

        assertThat(bound.bootstrapServers()).isEqualTo("localhost:9093");
        assertThat(bound.client())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("sasl.jaas.config", "ScramLoginModule required;", "ssl.truststore.location", "/ca.pem"));
    }

    private static KafkaSettings settings(Map<String, String> client) {
        return new KafkaSettings("no-such-host.invalid:9092", 1, (short) -1, client);
    }
}
