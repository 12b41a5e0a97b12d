package io.nodeledger.base.aggregate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Put on a configuration class, declares the aggregates that a service loads: each gets its command handlers subscribed
 * and an injectable {@code Repository<T>}. Two services in one JVM may name the same type.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(AggregateRegistrar.class)
public @interface Aggregates {

    /** The aggregates' root classes. */
    Class<?>[] value();
}
