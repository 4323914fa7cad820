package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConversationsTest {

    private final Conversations conversations = new Conversations();

    private static ConnectionKey key(String id, String local, String remote, long openedAt) {
        return new ConnectionKey(id, "meter", Transport.TCP, Role.ACCEPTED, local, remote, openedAt);
    }

    @Test
    void aSecondConnectionBetweenTheSamePortsBeginsElsewhere() {
        ConnectionKey first = key("1", "127.0.0.1:9001", "127.0.0.1:50000", 1_000_000_000);
        ConnectionKey second = key("2", "127.0.0.1:9001", "127.0.0.1:50000", 1_001_000_000);
        int before = conversations.of(first).packets().sequence(true);
        conversations.ended(first);
        assertThat(conversations.of(second).packets().sequence(true)).isNotEqualTo(before);
    }

    @Test
    void theOtherEndOfAConnectionOfOursIsAMirrorUntilBothAreGone() {
        ConnectionKey one = key("1", "127.0.0.1:9001", "127.0.0.1:50000", 0);
        ConnectionKey other = key("2", "127.0.0.1:50000", "127.0.0.1:9001", 0);
        assertThat(conversations.of(one).mirror()).isFalse();
        assertThat(conversations.of(other).mirror()).isTrue();
        conversations.ended(one);
        assertThat(conversations.of(other).mirror()).isTrue();
    }

    @Test
    @Timeout(30)
    void forgetsThoseThatWereSilentLongestWhenThereAreTooMany() {
        ConnectionKey talking = key("talking", "127.0.0.1:1", "127.0.0.1:2", 0);
        int begin = conversations.of(talking).packets().sequence(true);
        conversations.of(talking).packets().skip(true, 77);
        for (int i = 0; i < 300_000; i++) {
            conversations.of(key("c" + i, "127.0.0.1:9001", "10." + (i >> 16) + ".0.1:" + (i & 0xFFFF), 0));
            if (i % 1000 == 0) {
                conversations.of(talking);
            }
        }
        assertThat(conversations.of(talking).packets().sequence(true)).isEqualTo(begin + 77);
    }
}
