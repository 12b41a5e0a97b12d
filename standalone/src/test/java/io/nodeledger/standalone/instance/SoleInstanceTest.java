package io.nodeledger.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.standalone.StandaloneServer;
import org.junit.jupiter.api.Test;

class SoleInstanceTest {
    @Test
    void an_instance_with_its_own_database_knows_that_it_is_alone() {
        var context = StandaloneServer.shared().context();

        assertThat(context.getBean(InstallationSettings.class).soleInstance()).isTrue();
    }
}
