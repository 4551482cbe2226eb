package dev.cloze.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM that measures is started with. */
class ForkedCheckTest {

    private static final List<String> ARGUMENTS = List.of("-cp", "C:\\Users\\Jürgen M\\a.jar");
    private static final String WRITTEN = "\"-cp\"\n\"C:\\\\Users\\\\Jürgen M\\\\a.jar\"";

    @ParameterizedTest
    @ValueSource(strings = {"Cp1252", "UTF-8", "IBM850"})
    void argumentsAreWrittenInTheEncodingThatTheLauncherReads(String encoding) {
        Properties system = new Properties();
        system.setProperty("sun.jnu.encoding", encoding);
        assertThat(ForkedCheck.written(ARGUMENTS, system)).isEqualTo(WRITTEN.getBytes(Charset.forName(encoding)));
    }

    @Test
    void theyAreUtf8WhereTheSystemNamesNoneThatIsKnown() {
        Properties system = new Properties();
        assertThat(ForkedCheck.written(ARGUMENTS, system)).isEqualTo(WRITTEN.getBytes(StandardCharsets.UTF_8));
        system.setProperty("sun.jnu.encoding", "x-unheard-of");
        assertThat(ForkedCheck.written(ARGUMENTS, system)).isEqualTo(WRITTEN.getBytes(StandardCharsets.UTF_8));
    }
}
