package dev.switchboard;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class RoomsTest {

    @Test
    void roomsUseOnlyTheRoomsTheirSignAllows() {
        ApplicationModules.of(Switchboard.class).verify();
    }
}
