package dev.muster.simulation.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_in_order() {
        write("one", "two words", "three");
        assertThat(read()).containsExactly("one", "two words", "three");
    }

    @Test
    void a_journal_goes_on_where_it_ended() {
        write("one");
        write("two");
        assertThat(read()).containsExactly("one", "two");
    }

    @Test
    void cut_anywhere_the_whole_records_before_the_cut_remain() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            String rest = new String(whole, 0, length, StandardCharsets.US_ASCII);
            int records = Math.max(0, (int) rest.chars().filter(c -> c == '\n').count() - 1);
            assertThat(read())
                    .as("cut at %d", length)
                    .isEqualTo(List.of("one", "two", "three").subList(0, records));
        }
    }

    @Test
    void after_a_cut_new_records_follow_the_whole_ones() throws IOException {
        write("one", "two");
        byte[] whole = Files.readAllBytes(file());
        for (int length = whole.length - 5; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            write("new");
            assertThat(read()).containsExactly("one", "new");
        }
    }

    @Test
    void a_changed_byte_in_the_middle_is_refused_with_its_place() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(file());
        int end = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2);
        for (int at = 0; at < end; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x11;
            Files.write(file(), damaged);
            assertThatThrownBy(this::read)
                    .as("byte %d", at)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining(file().toString())
                    .hasMessageMatching("(?s).*record \\d+ at byte \\d+.*move it away.*");
            assertThat(Files.readAllBytes(file())).as("left as it was").isEqualTo(damaged);
        }
    }

    @Test
    void a_refused_journal_is_not_left_locked() throws IOException {
        write("one");
        byte[] whole = Files.readAllBytes(file());
        whole[3] ^= 1;
        Files.write(file(), whole);
        assertThatThrownBy(this::read).isInstanceOf(JournalDamaged.class);
        whole[3] ^= 1;
        Files.write(file(), whole);
        assertThat(read()).containsExactly("one");
    }

    @Test
    void a_file_that_is_no_journal_is_refused() throws IOException {
        Files.writeString(file(), "hello\nworld\n");
        assertThatThrownBy(this::read).isInstanceOf(JournalDamaged.class);
    }

    @Test
    void a_journal_of_a_later_program_is_refused() throws IOException {
        Files.write(file(), Journal.line("muster-cluster-journal 2"));
        assertThatThrownBy(this::read)
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("'muster-cluster-journal 2' where 'muster-cluster-journal 1' was expected");
    }

    @Test
    void a_record_that_its_reader_refuses_is_named() {
        write("one", "two");
        assertThatThrownBy(() -> Journal.open(directory, record -> {
                    if (record.equals("two")) {
                        throw new IllegalArgumentException("no such word");
                    }
                }))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("record 2")
                .hasMessageContaining("no such word");
    }

    @Test
    void only_one_may_have_it_open() {
        try (Journal first = Journal.open(directory, record -> {})) {
            assertThat(first.length()).isPositive();
            assertThatThrownBy(() -> Journal.open(directory, record -> {}))
                    .isInstanceOf(JournalLocked.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        assertThat(read()).isEmpty();
    }

    @Test
    void a_full_disk_loses_nothing_once_there_is_room_again() {
        AtomicBoolean full = new AtomicBoolean();
        try (Journal journal = Journal.open(directory, record -> {})) {
            FullDisk.under(journal, full);
            journal.append("one");
            journal.flush();
            full.set(true);
            journal.append("two");
            assertThatThrownBy(journal::flush)
                    .isInstanceOf(JournalUnwritable.class)
                    .hasMessageContaining("No space left");
            journal.append("three");
            assertThatThrownBy(journal::flush).isInstanceOf(JournalUnwritable.class);
            full.set(false);
            journal.flush();
            journal.append("four");
            journal.flush();
        }
        assertThat(read()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void who_dies_on_a_full_disk_leaves_a_journal_that_opens() {
        try (Journal journal = Journal.open(directory, record -> {})) {
            journal.append("one");
            journal.flush();
            FullDisk.under(journal, new AtomicBoolean(true));
            journal.append("two");
            assertThatThrownBy(journal::flush).isInstanceOf(JournalUnwritable.class);
        }
        assertThat(read()).containsExactly("one");
    }

    @Test
    void a_rewritten_journal_holds_what_was_handed_over_and_goes_on() {
        try (Journal journal = Journal.open(directory, record -> {})) {
            journal.append("old");
            journal.flush();
            journal.rewrite(records -> {
                records.accept("kept");
                records.accept("also kept");
            });
            journal.append("new");
            journal.flush();
        }
        assertThat(read()).containsExactly("kept", "also kept", "new");
    }

    @Test
    void a_rewriting_that_fails_leaves_the_journal_as_it_was() {
        try (Journal journal = Journal.open(directory, record -> {})) {
            journal.append("old");
            journal.flush();
            assertThatThrownBy(() -> journal.rewrite(records -> {
                        records.accept("half");
                        throw new IllegalStateException("on the way");
                    }))
                    .hasMessage("on the way");
            journal.append("new");
            journal.flush();
        }
        assertThat(read()).containsExactly("old", "new");
    }

    @Test
    void what_a_killed_rewriting_left_behind_is_ignored() throws IOException {
        write("one");
        Files.write(directory.resolve("journal.new"), Journal.line(Journal.TITLE));
        assertThat(read()).containsExactly("one");
        assertThat(directory.resolve("journal.new")).doesNotExist();
    }

    private void write(String... records) {
        try (Journal journal = Journal.open(directory, record -> {})) {
            for (String record : records) {
                journal.append(record);
            }
            journal.flush();
        }
    }

    private List<String> read() {
        List<String> records = new ArrayList<>();
        Journal.open(directory, records::add).close();
        return records;
    }

    private Path file() {
        return directory.resolve("journal");
    }
}
