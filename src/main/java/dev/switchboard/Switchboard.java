package dev.switchboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The process: one Spring Boot application, the rooms of which are the packages beside this class. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Switchboard {

    public static void main(String[] args) {
        SpringApplication.run(Switchboard.class, args);
    }
}
