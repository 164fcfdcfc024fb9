package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/jobs/",
                "/stages/stage/?id=1&attempt=0",
                "/static/a+b..c.js",
                "/x?path=../up",
                "/%20/%C3%B6"
            })
    void a_path_goes_on_below_the_page(String path) {
        assertThat(new PageRequest(4040, path, Map.of()).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jobs",
                "/..",
                "/../secrets",
                "/a/./b",
                "/%2e%2e/x",
                "/a/%2E./b",
                "/a%2f..%2fb",
                "/a\\..\\b",
                "/a b",
                "/%zz",
                "/%0d%0aX: y",
                "/ü"
            })
    void a_path_that_leads_out_of_it_or_is_none_is_refused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PageRequest(4040, path, Map.of()));
    }
}
