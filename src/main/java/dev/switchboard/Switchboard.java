package dev.switchboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * The process: one Spring Boot application, the rooms of which are the packages beside this class. Of a room only its
 * configurations are looked for, and those name what else it has: to read every class at each start takes its time.
 */
@SpringBootApplication
@ComponentScan(
        resourcePattern = Switchboard.CONFIGURATIONS,
        excludeFilters = {
            // As SpringBootApplication has them, which this replaces.
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class)
        })
// Spring Boot scans for gateways of Spring Integration and mixins of Jackson. There are none: one room is read sooner.
@AutoConfigurationPackage(basePackages = "dev.switchboard.traffic")
public class Switchboard {

    static final String CONFIGURATIONS = "*/*Configuration.class";

    public static void main(String[] args) {
        SpringApplication.run(Switchboard.class, args);
    }
}
