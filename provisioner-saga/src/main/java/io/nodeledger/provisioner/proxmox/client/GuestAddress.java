package io.nodeledger.provisioner.proxmox.client;

/**
 * An address inside a machine as its guest agent reports it.
 *
 * @param device the guest's name of the network device
 * @param macAddress the device's hardware address, in lower case
 * @param version {@code ipv4} or {@code ipv6}
 * @param address the address, without prefix length
 */
public record GuestAddress(String device, String macAddress, String version, String address) {}
