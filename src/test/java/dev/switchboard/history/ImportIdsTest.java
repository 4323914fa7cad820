package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImportIdsTest {

    @Test
    void saysWhatToDoWhenThereAreNoMore() throws Exception {
        assertThat(ImportIds.begin(ImportIds.MOST)).isEqualTo(ImportIds.first(ImportIds.MOST));
        assertThatThrownBy(() -> ImportIds.begin(ImportIds.MOST + 1L))
                .isInstanceOf(ImportTooLargeException.class)
                .hasMessageContaining("5000 files")
                .hasMessageContaining("switchboard.data-dir");
    }

    @Test
    void tellsWhatWasImportedByItsId() {
        assertThat(ImportIds.number(ImportIds.first(7) + Import.IDS - 1)).isEqualTo(7);
        assertThat(ImportIds.imported(ImportIds.LAST)).isTrue();
        assertThat(ImportIds.imported(ImportIds.LAST + 1)).isFalse();
        assertThat(ImportIds.imported(1_795_000_000_000_000L)).isFalse();
    }
}
