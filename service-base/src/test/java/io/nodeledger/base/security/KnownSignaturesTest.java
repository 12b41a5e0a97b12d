package io.nodeledger.base.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;

class KnownSignaturesTest {
    private final TestTokens tokens = new TestTokens();
    private final List<JWK> issuersKeys = new ArrayList<>(keys());
    private final SignatureCheck check = new SignatureCheck((selector, _) -> selector.select(new JWKSet(issuersKeys)));

    @Test
    void the_same_token_is_calculated_once() throws JOSEException {
        var known = new KnownSignatures();
        var key = new RSAKeyGenerator(2048).generate();
        var token = parsed(tokens.rs256(UnaryOperator.identity()));
        var calculations = new AtomicInteger();

        for (int i = 0; i < 3; i++) {
            assertThat(known.verifies(key, token, () -> calculations.incrementAndGet() > 0))
                    .isTrue();
        }

        assertThat(calculations).hasValue(1);
    }

    @Test
    void a_refused_one_is_never_remembered() throws JOSEException {
        var known = new KnownSignatures();
        var key = new RSAKeyGenerator(2048).generate();
        var token = parsed(tokens.rs256(UnaryOperator.identity()));

        assertThat(known.verifies(key, token, () -> false)).isFalse();
        assertThat(known.verifies(key, token, () -> true)).isTrue();
    }

    @Test
    void a_known_token_with_another_signature_is_refused() {
        String good = tokens.rs256(UnaryOperator.identity());
        String other = tokens.rs256(claims -> claims.subject("somebody-else"));
        String forged = good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertThatCode(() -> check.check(parsed(good))).doesNotThrowAnyException();

        assertThatThrownBy(() -> check.check(parsed(forged))).isInstanceOf(BadJwtException.class);
    }

    @Test
    void a_known_token_is_refused_once_the_issuer_has_withdrawn_its_key() {
        var token = parsed(tokens.rs256(UnaryOperator.identity()));
        assertThatCode(() -> check.check(token)).doesNotThrowAnyException();

        issuersKeys.clear();

        assertThatThrownBy(() -> check.check(token)).isInstanceOf(BadJwtException.class);
    }

    private List<JWK> keys() {
        try {
            return JWKSet.parse(Files.readString(tokens.writeJwks())).getKeys();
        } catch (IOException | ParseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static SignedJWT parsed(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
