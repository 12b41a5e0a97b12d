package io.nodeledger.simulators.proxmox.operation;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network card line, {@code model=MAC,bridge=…}, in Proxmox's own address range BC:24:11. */
final class NetworkCard {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern MODEL = Pattern.compile("(?:model=)?(virtio|e1000|e1000e|rtl8139|vmxnet3)(=[^,]*)?");

    private NetworkCard() {}

    static String withFreshMac(String line) {
        Matcher model = MODEL.matcher(line);
        return model.find() ? model.replaceFirst(model.group(1) + "=" + mac()) : line;
    }

    static String withMac(String line) {
        Matcher model = MODEL.matcher(line);
        return model.find() && model.group(2) == null && !line.contains("macaddr=") ? withFreshMac(line) : line;
    }

    private static String mac() {
        return String.format(
                Locale.ROOT, "BC:24:11:%02X:%02X:%02X", RANDOM.nextInt(256), RANDOM.nextInt(256), RANDOM.nextInt(256));
    }
}
