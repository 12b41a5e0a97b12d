package io.nodeledger.webhook.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretSealTest {
    private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    private final WebhookSecret secret = WebhookSecret.random();

    @Test
    void whatIsSealedIsOpenedAndShowsNothing() {
        var seal = seal(OLD);
        var sealed = seal.seal(secret, "wh-1", "key-1");

        assertThat(seal.open(sealed, "wh-1", "key-1").shown()).isEqualTo(secret.shown());
        assertThat(sealed).hasToString("SealedSecret");
        assertThat(sealed.base64()).hasSize(80);
        assertThat(seal.seal(secret, "wh-1", "key-1")).isNotEqualTo(sealed);
    }

    @Test
    void aNewKeyInFrontStillOpensWhatTheOldOneSealed() {
        var sealed = seal(OLD).seal(secret, "wh-1", "key-1");

        assertThat(seal(NEW, OLD).open(sealed, "wh-1", "key-1").shown()).isEqualTo(secret.shown());
        assertThatIllegalStateException().isThrownBy(() -> seal(NEW).open(sealed, "wh-1", "key-1"));
    }

    @Test
    void aKeyThatIsPutInFrontWhileItRunsSealsAndOpensFromThenOn() {
        var keys = new AtomicReference<>(new SecretSettings(List.of(OLD)));
        var seal = new SecretSeal(() -> Objects.requireNonNull(keys.get()));
        var before = seal.seal(secret, "wh-1", "key-1");
        var elsewhere = seal(NEW, OLD).seal(secret, "wh-1", "key-2");

        keys.set(new SecretSettings(List.of(NEW, OLD)));

        assertThat(seal.open(elsewhere, "wh-1", "key-2").shown()).isEqualTo(secret.shown());
        assertThat(seal.open(before, "wh-1", "key-1").shown()).isEqualTo(secret.shown());
        var after = seal.seal(secret, "wh-1", "key-3");
        assertThat(seal(NEW).open(after, "wh-1", "key-3").shown()).isEqualTo(secret.shown());
    }

    @Test
    void aSecretInAnothersRowOpensNothing() {
        var sealed = seal(OLD).seal(secret, "wh-1", "key-1");

        assertThatIllegalStateException().isThrownBy(() -> seal(OLD).open(sealed, "wh-2", "key-1"));
        assertThatIllegalStateException().isThrownBy(() -> seal(OLD).open(sealed, "wh-1", "key-2"));
    }

    @Test
    void keysOfAnotherLengthAreRefusedAtTheStart() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSettings(List.of("c2hvcnQ=")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSettings(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSettings(List.of("no base 64")));
    }

    private static SecretSeal seal(String... keys) {
        var settings = new SecretSettings(List.of(keys));
        return new SecretSeal(() -> settings);
    }
}
