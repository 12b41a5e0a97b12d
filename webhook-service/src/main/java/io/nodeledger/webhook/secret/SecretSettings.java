package io.nodeledger.webhook.secret;

import java.util.Base64;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys that webhook secrets are encrypted with, {@code nodeledger.webhooks.encryption-keys}: the first encrypts, all
 * decrypt, so that a new one can be put in front.
 *
 * @param encryptionKeys 32 bytes each, in base 64
 */
@ConfigurationProperties("nodeledger.webhooks")
public record SecretSettings(List<String> encryptionKeys) {
    private static final int KEY_BYTES = 32;
    private static final String WRONG =
            "nodeledger.webhooks.encryption-keys must name at least one key of 32 bytes in base 64, for example what"
                    + " 'openssl rand -base64 32' prints";

    public SecretSettings {
        if (encryptionKeys == null
                || encryptionKeys.isEmpty()
                || !encryptionKeys.stream().allMatch(SecretSettings::fits)) {
            throw new IllegalArgumentException(WRONG);
        }
        encryptionKeys = List.copyOf(encryptionKeys);
    }

    private static boolean fits(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "SecretSettings[" + encryptionKeys.size() + " keys]";
    }
}
