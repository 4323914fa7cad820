package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsRoomTest {

    @Test
    void someAreKeptForThePageAndForHistory() {
        assertThat(Descriptors.of(1_024, 200).room()).isEqualTo(1_024 - 200 - 256);
        assertThat(Descriptors.of(320, 200).room()).isEqualTo(24);
    }

    @Test
    void thereIsRoomForOneHoweverFewThereAreAndForAnyNumberWhereThereIsNoEnd() {
        assertThat(Descriptors.of(256, 250).room()).isEqualTo(1);
        assertThat(Descriptors.of(Long.MAX_VALUE, 250).room()).isEqualTo(Integer.MAX_VALUE);
    }
}
