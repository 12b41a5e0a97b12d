package io.nodeledger.simulators.proxmox.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A machine's configuration file: keys and values, with the few that mean something to the hypervisor typed. */
public final class VmConfig {
    private static final long MIB = 1L << 20;

    private final TreeMap<String, String> values;

    public VmConfig(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    public SortedMap<String, String> values() {
        return new TreeMap<>(values);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public void set(String key, String value) {
        values.put(key, value);
    }

    public void remove(String key) {
        values.remove(key);
    }

    public void replaceWith(Map<String, String> changed) {
        values.clear();
        values.putAll(changed);
    }

    public String name(int vmId) {
        return get("name").orElse("VM " + vmId);
    }

    public int cores() {
        return number("cores", 1) * number("sockets", 1);
    }

    public long memoryBytes() {
        String memory = get("memory").orElse("512");
        return Long.parseLong(memory.startsWith("current=") ? memory.substring(8) : memory) * MIB;
    }

    public boolean template() {
        return flag("template");
    }

    public boolean isProtected() {
        return flag("protection");
    }

    public boolean agent() {
        return get("agent")
                .map(value -> value.startsWith("1") || value.contains("enabled=1"))
                .orElse(false);
    }

    public Optional<String> lock() {
        return get("lock");
    }

    public void requireNotLocked() {
        lock().ifPresent(lock -> {
            throw PveError.failed("VM is locked (" + lock + ")");
        });
    }

    /** The drives by slot, CDs among them. */
    public SortedMap<String, Drive> drives() {
        TreeMap<String, Drive> drives = new TreeMap<>();
        values.forEach((key, value) -> {
            if (Drive.isSlot(key)) {
                drives.put(key, Drive.parse(value));
            }
        });
        return drives;
    }

    /** Size of the first real disk in bytes, 0 without one. */
    public long rootDiskBytes() {
        return drives().values().stream()
                .filter(drive -> !drive.isCdrom())
                .mapToLong(Drive::bytes)
                .findFirst()
                .orElse(0);
    }

    /** SHA-1 of the file, which guards against lost updates. */
    public String digest() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private boolean flag(String key) {
        return get(key).map("1"::equals).orElse(false);
    }

    private int number(String key, int otherwise) {
        return get(key).map(Integer::parseInt).orElse(otherwise);
    }
}
