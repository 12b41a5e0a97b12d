package io.nodeledger.base.process;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** The {@code main} of every service. */
public final class ServiceProcess {
    private ServiceProcess() {}

    /** Starts the service; a signal ends it. */
    public static void run(Class<?> application, String... arguments) {
        var spring = new SpringApplication(application);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.run(arguments);
    }
}
