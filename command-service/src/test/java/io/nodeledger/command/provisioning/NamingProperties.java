package io.nodeledger.command.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamingProperties {
    @Property
    boolean every_dns_label_of_3_to_50_characters_that_starts_with_a_letter_is_a_name(@ForAll("labels") String middle) {
        return NodeName.RULE.check("n" + middle + "0").isEmpty();
    }

    @Property
    void nothing_else_is_a_name(@ForAll String text) {
        boolean label = text.matches("[a-z][a-z0-9-]{1,48}[a-z0-9]");

        assertThat(NodeName.RULE.check(text).isEmpty()).isEqualTo(label);
    }

    @Property
    boolean a_key_below_a_domain_of_the_system_is_refused(@ForAll("labels") String name) {
        return QualifiedName.KEY.check("a.kubernetes.io/x" + name + "0").isPresent()
                && QualifiedName.KEY.check("k8s.io/x" + name + "0").isPresent()
                && QualifiedName.KEY.check("nodeledger.io/x" + name + "0").isPresent()
                && QualifiedName.KEY.check("example.com/x" + name + "0").isEmpty();
    }

    @Property
    void a_value_is_empty_or_a_qualified_name(@ForAll String text) {
        boolean good = text.isEmpty() || text.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

        assertThat(QualifiedName.VALUE.check(text).isEmpty()).isEqualTo(good);
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(48);
    }
}
