package io.nodeledger.simulators.proxmox.api;

import java.util.List;
import java.util.stream.Stream;

/** Every route the simulator serves. */
public final class Routes {
    private Routes() {}

    public static List<Route> all() {
        return Stream.of(
                        AccessRoutes.routes(),
                        ClusterRoutes.routes(),
                        NodeRoutes.routes(),
                        StorageRoutes.routes(),
                        UploadRoutes.routes(),
                        TaskRoutes.routes(),
                        CloneRoutes.routes(),
                        ConfigRoutes.routes(),
                        StatusRoutes.routes(),
                        PowerRoutes.routes(),
                        AgentRoutes.routes(),
                        BackupRoutes.routes(),
                        PoolRoutes.routes())
                .flatMap(List::stream)
                .toList();
    }
}
