package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jackson.JacksonMixin;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.integration.annotation.MessagingGateway;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The application looks for configurations by their names, and those name the rest: nothing may be left out. */
class NothingForgottenTest {

    @TempDir
    private Path data;

    @Test
    void everyComponentAndEveryPropertiesRecordIsABean() {
        List<Class<?>> declared = annotated(Component.class, ConfigurationProperties.class);
        assertThat(declared).hasSizeGreaterThan(20);

        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Switchboard.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "switchboard.starter=false",
                        "switchboard.history.store=memory",
                        "switchboard.data-dir=" + data)
                .run()) {
            assertThat(declared)
                    .allSatisfy(type -> assertThat(context.getBeanNamesForType(type))
                            .as(
                                    "%s is found: a configuration by the pattern %s, anything else by @Import or"
                                            + " @EnableConfigurationProperties at its room's configuration",
                                    type, Switchboard.CONFIGURATIONS)
                            .hasSize(1));
        }
    }

    @Test
    void nothingNeedsTheScansThatSeeNextToNothing() {
        assertThat(annotated(MessagingGateway.class, JacksonMixin.class))
                .as("%s says where Spring Boot looks for these", Switchboard.class)
                .isEmpty();
    }

    /** As a scan of all classes finds them; the tests' own are left out. */
    @SafeVarargs
    private static List<Class<?>> annotated(Class<? extends Annotation>... annotations) {
        ClassPathScanningCandidateComponentProvider all = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return !definition.getMetadata().isAnnotation();
            }
        };
        Stream.of(annotations).map(AnnotationTypeFilter::new).forEach(all::addIncludeFilter);
        return all.findCandidateComponents(Switchboard.class.getPackageName()).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                // What is for a management port of its own is named where Spring Boot looks for that.
                .filter(type -> !type.isAnnotationPresent(ManagementContextConfiguration.class))
                .filter(type -> source(type).equals(source(Switchboard.class)))
                .toList();
    }

    private static String source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
