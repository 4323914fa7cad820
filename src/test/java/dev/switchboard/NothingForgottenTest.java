package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The application looks for configurations by their names, and those name the rest: nothing may be left out. */
class NothingForgottenTest {

    @TempDir
    private Path data;

    @Test
    void everyComponentAndEveryPropertiesRecordIsABean() {
        List<Class<?>> declared = declared();
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

    /** What says of itself that it is a bean, as a scan of all classes finds it; the tests' own are left out. */
    private static List<Class<?>> declared() {
        ClassPathScanningCandidateComponentProvider all = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return !definition.getMetadata().isAnnotation();
            }
        };
        all.addIncludeFilter(new AnnotationTypeFilter(Component.class));
        all.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class, false));
        return all.findCandidateComponents(Switchboard.class.getPackageName()).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .filter(type -> source(type).equals(source(Switchboard.class)))
                .toList();
    }

    private static String source(Class<?> type) {
        URL source = type.getProtectionDomain().getCodeSource().getLocation();
        return source.toString();
    }
}
