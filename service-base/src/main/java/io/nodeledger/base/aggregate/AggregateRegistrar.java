package io.nodeledger.base.aggregate;

import java.util.Objects;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

/** Turns {@link Aggregates} into a registration and a typed repository per class, once each. */
final class AggregateRegistrar implements ImportBeanDefinitionRegistrar, BeanFactoryAware {

    private @org.jspecify.annotations.Nullable BeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = beanFactory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata annotated, BeanDefinitionRegistry registry) {
        annotated.getAnnotations().stream(Aggregates.class)
                .flatMap(annotation -> java.util.Arrays.stream(annotation.getClassArray("value")))
                .forEach(type -> register(type, registry));
    }

    private <T> void register(Class<T> type, BeanDefinitionRegistry registry) {
        var factory = Objects.requireNonNull(beans);
        var registration = "aggregate:" + type.getName();
        if (registry.containsBeanDefinition(registration)) {
            return;
        }
        var declared = new RootBeanDefinition();
        declared.setTargetType(ResolvableType.forClassWithGenerics(AggregateRegistration.class, type));
        declared.setInstanceSupplier(() -> AggregateRegistration.of(type));
        registry.registerBeanDefinition(registration, declared);

        var repository = new RootBeanDefinition();
        repository.setTargetType(ResolvableType.forClassWithGenerics(Repository.class, type));
        repository.setInstanceSupplier(() -> factory.getBean(Repositories.class).of(type));
        registry.registerBeanDefinition("repository:" + type.getName(), repository);
    }
}
