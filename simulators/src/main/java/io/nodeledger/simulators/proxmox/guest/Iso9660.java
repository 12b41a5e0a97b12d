package io.nodeledger.simulators.proxmox.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root directory of an ISO 9660 image (ECMA-119), read from memory. Long names come from Joliet or from Rock
 * Ridge's NM entries, like Linux takes them; without either, plain names are put into lower case.
 *
 * @param label the volume identifier
 * @param files contents by name
 */
record Iso9660(String label, Map<String, byte[]> files) {
    private static final int SECTOR = 2_048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int END = 255;
    private static final int DIRECTORY = 2;

    /** Absent when the bytes are no such image. */
    static Optional<Iso9660> parse(byte[] image) {
        try {
            return Optional.ofNullable(descriptor(image, PRIMARY)).map(primary -> {
                byte[] joliet = descriptor(image, SUPPLEMENTARY);
                boolean long16 = joliet != null && joliet[88] == '%' && joliet[89] == '/';
                byte[] volume = long16 && joliet != null ? joliet : primary;
                Charset names = long16 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
                String label = new String(primary, 40, 32, StandardCharsets.ISO_8859_1).strip();
                return new Iso9660(label, root(image, volume, names));
            });
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static byte @Nullable [] descriptor(byte[] image, int type) {
        for (int sector = FIRST_DESCRIPTOR; (sector + 1) * SECTOR <= image.length; sector++) {
            byte[] descriptor = Arrays.copyOfRange(image, sector * SECTOR, (sector + 1) * SECTOR);
            int found = descriptor[0] & 0xFF;
            if (!new String(descriptor, 1, 5, StandardCharsets.ISO_8859_1).equals("CD001") || found == END) {
                return null;
            }
            if (found == type) {
                return descriptor;
            }
        }
        return null;
    }

    private static Map<String, byte[]> root(byte[] image, byte[] volume, Charset names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        int start = number(volume, 156 + 2) * SECTOR;
        int end = start + number(volume, 156 + 10);
        int at = start;
        while (at < end) {
            int length = image[at] & 0xFF;
            if (length == 0) {
                at = (at / SECTOR + 1) * SECTOR;
                continue;
            }
            if ((image[at + 25] & DIRECTORY) == 0) {
                int from = number(image, at + 2) * SECTOR;
                files.put(
                        name(image, at, length, names), Arrays.copyOfRange(image, from, from + number(image, at + 10)));
            }
            at += length;
        }
        return files;
    }

    private static String name(byte[] image, int record, int length, Charset names) {
        int nameLength = image[record + 32] & 0xFF;
        int systemUse = record + 33 + nameLength + (nameLength % 2 == 0 ? 1 : 0);
        Optional<String> rockRidge = rockRidgeName(image, systemUse, record + length);
        if (names.equals(StandardCharsets.ISO_8859_1) && rockRidge.isPresent()) {
            return rockRidge.get();
        }
        String plain = new String(image, record + 33, nameLength, names);
        int version = plain.indexOf(';');
        String name = version < 0 ? plain : plain.substring(0, version);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return names.equals(StandardCharsets.UTF_16BE) ? bare : bare.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> rockRidgeName(byte[] image, int from, int end) {
        StringBuilder name = new StringBuilder();
        int at = from;
        while (at + 4 <= end && (image[at + 2] & 0xFF) >= 4) {
            int length = image[at + 2] & 0xFF;
            if (image[at] == 'N' && image[at + 1] == 'M') {
                name.append(new String(image, at + 5, length - 5, StandardCharsets.UTF_8));
            }
            at += length;
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }

    private static int number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }
}
