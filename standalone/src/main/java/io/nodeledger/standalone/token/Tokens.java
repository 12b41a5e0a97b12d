package io.nodeledger.standalone.token;

import io.nodeledger.standalone.instance.DataFolder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;

/** Makes tokens that the instance with a data folder accepts. */
public final class Tokens {
    private final SigningKey key;

    private Tokens(SigningKey key) {
        this.key = key;
    }

    /** For the instance with this folder, whether it runs or not. */
    public static Tokens of(DataFolder folder) throws IOException, GeneralSecurityException {
        return new Tokens(SigningKey.of(folder));
    }

    /** A bearer token. */
    public String mint(TokenRequest request) {
        try {
            return key.sign(request.claims(Instant.now()));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The signing key is unusable", unusable);
        }
    }
}
