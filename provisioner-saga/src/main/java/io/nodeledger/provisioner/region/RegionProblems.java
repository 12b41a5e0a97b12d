package io.nodeledger.provisioner.region;

import io.nodeledger.provisioner.region.RegionsSettings.Proxmox;
import io.nodeledger.provisioner.region.RegionsSettings.Region;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with the settings of regions, each for itself and taken together. */
final class RegionProblems {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private final Problems problems = new Problems();

    private RegionProblems() {}

    static List<String> in(List<Region> regions) {
        var all = new RegionProblems();
        for (int index = 0; index < regions.size(); index++) {
            all.check("nodeledger.regions[" + index + "].", regions.get(index));
            for (int earlier = 0; earlier < index; earlier++) {
                all.compare(
                        "nodeledger.regions[" + earlier + "] and [" + index + "] ",
                        regions.get(earlier),
                        regions.get(index));
            }
        }
        return all.problems.found();
    }

    private void check(String prefix, Region region) {
        if (problems.has(prefix + "id", region.id(), "give the region a name, e.g. us-west-2")) {
            problems.require(
                    ID.matcher(region.id()).matches(),
                    prefix + "id is '" + region.id() + "': take lower-case letters, digits and dashes, e.g. us-west-2");
        }
        if (problems.has(
                prefix + "proxmox", region.proxmox(), "set proxmox.url, token, template, storage and bridge")) {
            ProxmoxProblems.check(problems, prefix + "proxmox.", region.proxmox());
        }
        @Nullable
        Path kubeconfig =
                region.kubernetes() == null ? null : region.kubernetes().kubeconfig();
        problems.has(prefix + "kubernetes.kubeconfig", kubeconfig, "name the kubeconfig of the region's cluster");
        problems.requireReadable(prefix + "kubernetes.kubeconfig", kubeconfig);
    }

    private void compare(String both, Region first, Region second) {
        problems.require(
                first.id() == null || !first.id().equals(second.id()),
                both + "have the same id '" + first.id() + "': give each a name of its own");
        if (first.proxmox() != null && second.proxmox() != null) {
            problems.require(
                    !shareMachines(first.proxmox(), second.proxmox()),
                    both + "share a Proxmox cluster and the ids of its machines: give each a vmid-range of its own");
        }
    }

    private static boolean shareMachines(Proxmox first, Proxmox second) {
        return first.url() != null
                && first.url().equals(second.url())
                && IdRange.overlap(first.vmidRange(), second.vmidRange());
    }
}
