package io.nodeledger.base.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorTranslation;
import io.nodeledger.base.web.ErrorWriter;
import io.nodeledger.base.web.WebBaseAutoConfiguration;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Bearer tokens, roles and permissions for every service. */
@AutoConfiguration(
        after = WebBaseAutoConfiguration.class,
        before = {
            SecurityAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            OAuth2ResourceServerAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(JwtSettings.class)
@Import(ApiFilterChains.class)
public class SecurityBaseAutoConfiguration {
    private static final Duration KEYS_LIVE = Duration.ofMinutes(5);
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEYS_OUTAGE = Duration.ofHours(4);
    /** Unknown key ids make the keys be read again, but no oftener than this. */
    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(10);

    private static final int LARGEST_KEY_SET = 256 * 1024;

    @Bean
    JwtDecoder jwtDecoder(JwtSettings settings, Clock clock) throws MalformedURLException {
        int timeout = (int) KEYS_TIMEOUT.toMillis();
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        settings.requiredJwksUrl().toURL(),
                        new DefaultResourceRetriever(timeout, timeout, LARGEST_KEY_SET))
                .cache(KEYS_LIVE.toMillis(), 2 * KEYS_TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_INTERVAL.toMillis())
                .outageTolerant(KEYS_OUTAGE.toMillis())
                .build();
        return new PinnedJwtDecoder(new SignatureCheck(keys), settings, clock);
    }

    /** Every request is measured as a whole; an observation of each of its filters costs more than it tells. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(ErrorTranslation translation, ErrorWriter writer) {
        return (request, response, rejected) -> {
            ApiError error = translation.errorFor(rejected, request.getRequestURI());
            writer.write(request, response, error);
        };
    }

    @Bean
    OpenRoutes openRoutes(ObjectProvider<PublicPaths> publicPaths) {
        return new OpenRoutes(publicPaths.orderedStream().toList());
    }

    @Bean
    WebMvcConfigurer permissions(OpenRoutes openRoutes, ObjectProvider<DeniedRequests> denied, Clock clock) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors
                        .addInterceptor(
                                new DenialInterceptor(denied.getIfAvailable(() -> DeniedRequests.UNTOLD), clock))
                        .order(Ordered.HIGHEST_PRECEDENCE);
                interceptors
                        .addInterceptor(new PermissionInterceptor(openRoutes))
                        .order(Ordered.HIGHEST_PRECEDENCE + 1);
            }
        };
    }

    @Bean
    RouteDeclarations routeDeclarations(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes, OpenRoutes openRoutes) {
        return new RouteDeclarations(routes, openRoutes);
    }
}
