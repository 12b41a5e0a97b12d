package io.nodeledger.base.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Puts {@link EnvelopeValve} in the place of Tomcat's own HTML error report. */
final class EnvelopeServerCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final ErrorWriter writer;

    EnvelopeServerCustomizer(ErrorWriter writer) {
        this.writer = writer;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new EnvelopeValve(writer));
        });
    }
}
