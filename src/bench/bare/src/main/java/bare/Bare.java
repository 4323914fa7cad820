package bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers one request, and does nothing else. */
@SpringBootApplication
@RestController
class Bare {

    static void main(String[] args) {
        SpringApplication.run(Bare.class, args);
    }

    @GetMapping("/")
    String hello() {
        return "hello";
    }
}
