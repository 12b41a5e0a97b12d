package io.nodeledger.base.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The HTTP side of every service. */
@AutoConfiguration(before = {WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class WebBaseAutoConfiguration {
    @Bean
    ApiJson apiJson() {
        return ApiJson.standard();
    }

    @Bean
    ErrorWriter errorWriter(ApiJson json, ObjectProvider<RequestLimit> limit, ObjectProvider<MeterRegistry> meters) {
        return new ErrorWriter(
                json, limit.getIfAvailable(() -> RequestLimit.NONE), new RefusalMeters(meters::getIfAvailable));
    }

    @Bean
    ErrorTranslation errorTranslation(ObjectProvider<ExceptionMapping> mappings) {
        return new ErrorTranslation(mappings.orderedStream().toList());
    }

    @Bean
    ApiExceptionHandler apiExceptionHandler(ErrorTranslation translation, ErrorWriter writer) {
        return new ApiExceptionHandler(translation, writer);
    }

    @Bean
    EnvelopeErrorController envelopeErrorController(ErrorTranslation translation, ErrorWriter writer) {
        return new EnvelopeErrorController(translation, writer);
    }

    @Bean
    EnvelopeServerCustomizer envelopeServerCustomizer(ErrorWriter writer) {
        return new EnvelopeServerCustomizer(writer);
    }

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }

    @Bean
    ServerRequestObservationConvention requestSpans() {
        return new RequestSpans();
    }

    @Bean
    RequestBodyReader requestBodyReader(ApiJson json) {
        return new RequestBodyReader(json);
    }

    @Bean
    WebMvcConfigurer apiWebMvc(ApiJson json) {
        return new ApiWebMvc(json);
    }

    private record ApiWebMvc(ApiJson json) implements WebMvcConfigurer {
        @Override
        public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
            converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json.mapper()));
        }

        @Override
        public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
            negotiation.strategies(List.of(new ApiContentNegotiation()));
        }

        @Override
        public void addInterceptors(InterceptorRegistry interceptors) {
            interceptors.addInterceptor(new LoggedPath()).order(Ordered.HIGHEST_PRECEDENCE);
            interceptors.addInterceptor(new AcceptInterceptor()).order(Ordered.LOWEST_PRECEDENCE);
        }
    }
}
