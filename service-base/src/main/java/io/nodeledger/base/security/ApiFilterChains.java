package io.nodeledger.base.security;

import io.nodeledger.base.web.ErrorWriter;
import io.nodeledger.base.web.RequestLimit;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The security filters: one chain for the management endpoints, one for everything else, which denies by default. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ApiFilterChains {
    /**
     * On a port of their own, which is not published, health, info and metrics are open. All others, reads of projections too,
     * are for whoever is on the machine. On the API's port only health is.
     */
    @Bean
    @Order(1)
    SecurityFilterChain managementChain(HttpSecurity http, Environment environment) throws Exception {
        boolean ownPort = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(EndpointRequest.to("health")).permitAll();
                    if (ownPort) {
                        requests.requestMatchers(EndpointRequest.to("info", "prometheus"))
                                .permitAll();
                        requests.anyRequest().access(new FromTheSameMachine());
                    } else {
                        requests.anyRequest().denyAll();
                    }
                })
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            JwtSettings settings,
            JwtDecoder decoder,
            ErrorWriter writer,
            ObjectProvider<RequestLimit> limits,
            ObjectProvider<PublicPaths> publicPaths)
            throws Exception {
        var limit = limits.getIfAvailable(() -> RequestLimit.NONE);
        var unauthenticated = new Unauthenticated(limit, writer);
        var denied = new Denied(writer);
        List<PublicPaths> open = publicPaths.orderedStream().toList();
        return http.authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                            .permitAll();
                    for (PublicPaths paths : open) {
                        requests.requestMatchers(
                                        paths.method(), paths.patterns().toArray(String[]::new))
                                .permitAll();
                    }
                    requests.requestMatchers("/api/**").authenticated();
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(resources -> resources
                        .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(new CallerOfToken(settings)))
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(denied)
                        .withObjectPostProcessor(answeringOutages(unauthenticated)))
                .addFilterAfter(new RequestLimitFilter(limit, writer), BearerTokenAuthenticationFilter.class)
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(unauthenticated).accessDeniedHandler(denied))
                .headers(headers -> headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .addHeaderWriter((request, response) -> {
                            if (request.getRequestURI().startsWith("/api/")) {
                                response.setHeader(
                                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                            }
                        }))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** By default the filter rethrows when keys are out of reach, past the entry point that knows how to answer. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answeringOutages(Unauthenticated entryPoint) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(entryPoint::commence);
                return filter;
            }
        };
    }
}
